"""Commands that lead away from the item for a while: search, talk, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tui.screens.desk import Place

if TYPE_CHECKING:
    from curate.project.searching import Hit
    from curate.tui.screens.desk import Desk


def search_project(screen: Desk) -> None:
    """Search the whole project, and go to a hit or stay."""
    from curate.tui.screens.search import SearchScreen

    asked = SearchScreen(
        screen.editor.session.project,
        screen.searched,
        words=screen.words,
        keyboard=screen.keyboard,
        manner=screen.manner,
    )

    def chosen(hit: Hit | None) -> None:
        if hit is not None:
            screen.attempt(lambda: _go_to(screen, hit))

    screen.app.push_screen(asked, chosen)


def _go_to(screen: Desk, hit: Hit) -> str:
    """Open the item of a hit, with the focus on what was found."""
    visit(screen, hit.item)
    editor = screen.editor
    mine = hit.annotator == editor.session.annotator
    found = editor.atoms.find(hit.atom) if mine else None
    editor.focus = found or editor.atoms.at(hit.span.start) or editor.focus
    screen.found, screen.found_in, screen.hit = (hit.span,), hit.document, 0
    screen.app.call_after_refresh(screen.passage.show_offset, hit.span.start)
    return screen.words("went_to_hit", position=hit.position)


def visit(screen: Desk, item: str) -> None:
    """Go to an item, and remember where one was."""
    editor = screen.editor
    focus = None if editor.focus is None else editor.focus.id
    screen.came_from = Place(editor.view.item.id, focus, item)
    editor.session.go_to(item)
    editor.enter_item()


def go_back(screen: Desk) -> bool:
    """Return to where one was before `visit`; False when one has gone on from there."""
    place, screen.came_from = screen.came_from, None
    if place is None or screen.editor.view.item.id != place.landed:
        return False
    screen.editor.session.go_to(place.item)
    screen.editor.enter_item()
    screen.editor.look(place.focus)
    return True


ERRANDS = (search_project,)
"""The deeds of this file, by the names that `commands` uses."""
