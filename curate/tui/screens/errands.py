"""Commands that lead away from the item for a while: search, talk, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tui.editor import CannotDo
from curate.tui.screens.asking import ask
from curate.tui.screens.desk import Place, TourWanted

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


def go_to_state(screen: Desk) -> None:
    """Choose a state, see the annotator's items of that state, and go to one."""
    from curate.tui.screens.choose import Choice
    from curate.tui.search_line import token_of
    from curate.tui.searched import Searched

    session, words = screen.editor.session, screen.words
    counts = session.project.store.items.counts(session.annotator)
    keys = {"new": "n", "draft": "d", "done": "e", "skipped": "s", "flagged": "f"}
    choices = [
        Choice(
            state.value, (words(f"state_{state.value}"),), key=keys[state.value],
            detail=f"{count:,}",
        )
        for state, count in counts.items()
    ]  # fmt: skip

    def listed(state: str) -> None:
        by = token_of("by", session.annotator)
        screen.searched = Searched(f"state:{state} {by} ")
        search_project(screen)

    ask(screen, words("states_title"), choices, listed)


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


def comments(screen: Desk) -> None:
    """Read and write comments on the item, or on what has the focus."""
    from curate.project.talking import Talker
    from curate.tui.screens.talk import TalkScreen

    session, focus = screen.editor.session, screen.editor.focus
    asked = TalkScreen(
        Talker(session.project, session.annotator),
        session.view.item.id,
        about=None if focus is None else (focus.id, focus.span),
        words=screen.words,
        manner=screen.manner,
    )

    def left(answer: str | None) -> None:
        session.refresh()
        screen.editor.look()
        screen.attempt(lambda: open_threads(screen) if answer == "all" else None)

    screen.app.push_screen(asked, left)


def open_threads(screen: Desk) -> str | None:
    """List the threads of the project that nobody has settled, and go to one."""
    from curate.project.talking import threads, words_about
    from curate.tui.screens.choose import Choice

    session, words = screen.editor.session, screen.words
    found = threads(session.project, session.annotator, only_open=True)
    if not found:
        return words("no_threads")
    choices = [
        Choice(
            id=thread.item,
            names=(("● " if thread.unread else "") + thread.comments[-1].text[:30],
                   f"« {words_about(session.project, thread)[:40]} »"),
            aliases=tuple({c.author for c in thread.comments}),
            is_current=thread.item == session.view.item.id,
        )
        for thread in found
    ]  # fmt: skip

    def go(item: str) -> None:
        def there() -> None:
            visit(screen, item)
            comments(screen)

        screen.attempt(there)

    ask(screen, words("threads_title", count=len(found)), choices, go, by_name=True)
    return None


def feedback(screen: Desk) -> str | None:
    """List the annotator's items in which gold says otherwise, and go to one or stay."""
    from curate.project.feedback import is_allowed
    from curate.tui.review_case import Telling
    from curate.tui.screens.feedback import FeedbackScreen

    session = screen.editor.session
    if not is_allowed(session.project):
        return screen.words("feedback_closed")
    telling = Telling(session.project.schema, screen.words)
    asked = FeedbackScreen(session.project, session.annotator, telling, screen.manner)

    def chosen(item: str | None) -> None:
        if item is not None:
            screen.attempt(lambda: visit(screen, item))

    screen.app.push_screen(asked, chosen)
    return None


def elsewhere(screen: Desk) -> None:
    """Do to the same words in the document's open items what was done to the focused mention."""
    from curate.model.annotation import Mention
    from curate.model.candidate import MentionCandidate
    from curate.project.spreading import Kind, Occurrence, carry_out
    from curate.tui.screens.spread import SpreadScreen

    session, atom = screen.editor.session, screen.editor.focused()
    value = atom.value
    if not isinstance(value, Mention | MentionCandidate):
        raise CannotDo(screen.words("needs_mention"))
    kind = Kind(value.type, value.subtype)

    def chosen(places: list[Occurrence] | None) -> None:
        if places:
            screen.attempt(lambda: done(places))

    def done(places: list[Occurrence]) -> str:
        items = carry_out(session, places, kind)
        screen.editor.look()
        key = screen.keyboard.cap("u")
        return screen.words("spread_done", count=len(places), items=items, key=key)

    asked = SpreadScreen(session, atom.span, kind, words=screen.words, manner=screen.manner)
    screen.app.push_screen(asked, chosen)


def tour(screen: Desk) -> None:
    """Practise on an item that is nobody's work, then come back."""
    screen.app.post_message(TourWanted())


def sync(screen: Desk) -> None:
    """Sync with Label Studio, and go to an item that a question is about, or stay."""
    from curate.project.syncing_apart import Apart
    from curate.tui.screens.sync import SyncScreen

    session = screen.editor.session
    asked = SyncScreen(
        session.project, Apart(session.project.path), words=screen.words, manner=screen.manner
    )

    def left(item: str | None) -> None:
        session.refresh()
        screen.editor.look()
        screen.attempt(lambda: None if item is None else visit(screen, item))

    screen.app.push_screen(asked, left)


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


ERRANDS = (search_project, go_to_state, comments, open_threads, feedback, elsewhere, sync, tour)
"""The deeds of this file, by the names that `commands` uses."""
