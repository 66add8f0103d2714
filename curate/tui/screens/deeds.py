"""What each command does on the annotator's screen, by the names that `commands` uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.span import Span
from curate.tui.atoms import Kind
from curate.tui.edges import without_joined
from curate.tui.picking import Purpose, pick_any, pick_fillers, pick_linked, pick_word
from curate.tui.screens import asking, errands
from curate.tui.screens.telling import TELLING, take_back_mute
from curate.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from curate.tui.atoms import Atom
    from curate.tui.screens.desk import Desk

KEEP_CHOOSING = frozenset({"travel", "travel_line", "select_sentence", "copy", "scroll", "back"})
"""Deeds that do not end a choice by letters."""
RESHAPING = frozenset({"edge", "proclitic", "suffix"})
"""Deeds that move an edge of the selected text, or of the focus."""


# ---------------------------------------------------------------------- deciding


def accept(screen: Desk) -> str | None:
    """Accept the focus and move on; with nothing open close the item."""
    item = screen.editor.view.item.id
    if not screen.editor.accept():
        return None
    same = screen.editor.view.item.id == item
    return screen.words("last" if same else "closed")


def accept_all(screen: Desk) -> None:
    """Accept everything that is open."""
    screen.editor.accept_all()


def reject(screen: Desk) -> None:
    """Reject or take out the focus."""
    screen.editor.reject()


def undo(screen: Desk) -> str:
    """Take the last decision back."""
    return take_back_mute(screen) or screen.editor.travel(back=True) or screen.words("undone")


def redo(screen: Desk) -> str:
    """Repeat what was taken back."""
    return screen.editor.travel(back=False) or screen.words("redone")


def retype(screen: Desk) -> None:
    """Choose another type for the focus."""
    atom = screen.editor.focused()
    asking.ask_type(
        screen,
        atom.kind,
        lambda name: screen.attempt(lambda: screen.editor.retype(name)),
        current=atom.type,
    )


def subtype(screen: Desk) -> None:
    """Choose the subtype of the focused mention."""
    asking.ask_subtype(screen)


def attributes(screen: Desk) -> None:
    """Choose the value of an attribute."""
    asking.ask_attribute(screen)


def link(screen: Desk) -> None:
    """Offer what the focus can be linked with."""
    screen.start_pick(pick_linked(screen.editor))


# ---------------------------------------------------------------------- moving


def step(screen: Desk, by: int) -> None:
    """Move the focus in reading order."""
    screen.passage.drop_caret()
    screen.editor.focus = screen.editor.atoms.step(screen.editor.focus, by)


def step_frame(screen: Desk, by: int) -> None:
    """Move the focus to another frame."""
    screen.passage.drop_caret()
    found = screen.editor.atoms.step_frame(screen.editor.focus, by)
    if found is not None:
        screen.editor.focus = found


def jump(screen: Desk) -> None:
    """Offer everything that can have the focus."""
    screen.start_pick(pick_any(screen.editor))


def next_item(screen: Desk) -> None:
    """Go to the next item."""
    screen.editor.session.next()
    screen.editor.enter_item()


def previous_item(screen: Desk) -> None:
    """Go to the item before."""
    screen.editor.session.previous()
    screen.editor.enter_item()


def next_open_item(screen: Desk) -> None:
    """Go to the next item that is not done."""
    screen.editor.session.next_open()
    screen.editor.enter_item()


def go_to(screen: Desk) -> None:
    """Ask for the number of an item."""
    asking.ask_item(screen)


def search(screen: Desk) -> None:
    """Ask for words to find."""
    asking.ask_search(screen)


def search_next(screen: Desk) -> str:
    """Go to the next place found."""
    return asking.go_to_hit(screen)


# ---------------------------------------------------------------------- frames and mentions


def new_frame(screen: Desk) -> None:
    """Choose a trigger word, or take the selected text for it."""
    selection = screen.selection
    if selection is not None:
        screen.passage.drop_caret()
        asking.begin_frame(screen, selection)
        return
    offer_triggers(screen, Purpose.TRIGGER)


def offer_triggers(screen: Desk, purpose: Purpose) -> None:
    """Put hints on all words, the shortest on those that the lexicon knows."""
    view = screen.editor.view
    lexicon = screen.trigger_words
    taken = {a.span for a in screen.editor.atoms.frames}

    def is_likely(word: Span) -> bool:
        if word in taken:
            return False
        return lexicon.at(view.document.text, word, view.item.span) is not None

    screen.start_pick(pick_word(screen.editor, purpose, is_likely))


def slot(screen: Desk, number: int) -> None:
    """Offer what may fill a slot."""
    role = screen.editor.role_of_slot(number)
    screen.start_pick(pick_fillers(screen.editor, role, Purpose.SLOT))


def fill(screen: Desk) -> str | None:
    """Offer fillers for all slots; selected text fills the first slot that takes bare words."""
    selection = screen.selection
    if selection is not None:
        screen.passage.drop_caret()
        return screen.words("went_to", role=screen.editor.fill(selection))
    screen.start_pick(pick_fillers(screen.editor, None, Purpose.FILL))
    return None


def duplicate(screen: Desk) -> None:
    """Choose the trigger of a copy of the focused frame."""
    screen.editor.focused_frame()
    offer_triggers(screen, Purpose.DUPLICATE)


def anchor(screen: Desk) -> None:
    """Put the focused frame on the selected text, or on a word to be chosen."""
    screen.editor.focused_frame()
    selection = screen.selection
    if selection is None:
        offer_triggers(screen, Purpose.ANCHOR)
        return
    screen.passage.drop_caret()
    screen.editor.set_span(selection)


def new_mention(screen: Desk) -> None:
    """Choose a word to mark, or the type of the selected text."""
    selection = screen.selection
    if selection is not None:
        ask_mention_type(screen, selection)
        return
    covered = [a.span for a in screen.editor.atoms.mentions]
    pick = pick_word(screen.editor, Purpose.WORD, lambda w: not any(c.overlaps(w) for c in covered))
    screen.start_pick(pick)


def ask_mention_type(screen: Desk, span: Span) -> None:
    """Ask for the entity type of a new mention."""
    screen.passage.drop_caret()

    def mark(name: str) -> str | None:
        there = screen.editor.mention_at(span, name)
        screen.editor.add_mention(span, name)
        known = there is not None and not there.proposed
        return screen.words("marked_already") if known else None

    def add(name: str) -> None:
        screen.attempt(lambda: mark(name))

    asking.ask_type(screen, Kind.MENTION, add)


def use_choice(screen: Desk, purpose: Purpose, target: Atom | Span) -> str | None:
    """Go on with what was chosen by letters."""
    if not isinstance(target, Span) and purpose is Purpose.JUMP:
        screen.editor.focus = target
        return None
    if not isinstance(target, Span):
        there = screen.editor.toggle_link(target)
        return screen.words("linked" if there else "unlinked")
    if purpose is Purpose.WORD:
        screen.passage.select(without_joined(screen.editor.view.document.text, target))
    elif purpose is Purpose.TRIGGER:
        asking.begin_frame(screen, target)
    elif purpose is Purpose.DUPLICATE:
        screen.editor.duplicate(target)
    else:
        screen.editor.set_span(target)
    return None


def edge(screen: Desk, which: str, direction: str) -> None:
    """Move one edge of the selection or of the focus by a word."""
    forward = screen.passage.is_forward(direction)
    _reshape(screen, lambda span: screen.editor.edge(span, which, forward=forward))


def proclitic(screen: Desk) -> None:
    """Strip the next proclitic, or put all back."""
    _reshape(screen, lambda span: screen.editor.clitic(span, head=True))


def suffix(screen: Desk) -> None:
    """Strip the pronoun suffix, or put it back."""
    _reshape(screen, lambda span: screen.editor.clitic(span, head=False))


def _reshape(screen: Desk, shape: Callable[[Span], Span]) -> None:
    selection = screen.selection
    if selection is not None:
        screen.passage.select(shape(selection))
        return
    screen.editor.set_span(shape(screen.editor.focused().span))


# ---------------------------------------------------------------------- text


def travel(screen: Desk, direction: str, unit: str, extend: bool) -> None:  # noqa: FBT001
    """Move the text cursor, with or without selecting."""
    focus, item = screen.editor.focus, screen.editor.view.item.span
    origin = item.start if focus is None else focus.span.start
    screen.passage.travel(direction, unit, origin, extend=extend)


def travel_line(screen: Desk, by: int) -> None:
    """Move the text cursor to another line."""
    focus, item = screen.editor.focus, screen.editor.view.item.span
    screen.passage.travel_line(by, item.start if focus is None else focus.span.start)


def select_sentence(screen: Desk) -> None:
    """Select the sentence the cursor is in, or the whole item."""
    view = screen.editor.view
    at = view.item.span.start if screen.passage.caret.at is None else screen.passage.caret.at
    spans = [s.span for s in view.document.sentences if at in s.span]
    span = spans[0] if spans and view.item.span.covers(spans[0]) else view.item.span
    screen.passage.select(span)


def copy(screen: Desk) -> str:
    """Put the selected text, the focus or the item on the clipboard, in logical order."""
    span = screen.selection
    if span is None:
        focus = screen.editor.focus
        span = screen.editor.view.item.span if focus is None else focus.span
    screen.app.copy_to_clipboard(span.of(screen.editor.view.document.text))
    return screen.words("copied")


def scroll(screen: Desk, by: int) -> None:
    """Scroll the article by most of a page, or the pane that is open."""
    if not screen.scroll_pane(by):
        screen.passage.scroll_page(by)


# ---------------------------------------------------------------------- the item


def skip(screen: Desk) -> str:
    """Skip the item and open the next one."""
    return asking.skip_because(screen, "")


def skip_because(screen: Desk) -> None:
    """Ask why, then skip."""
    asking.ask_skip(screen)


def flag(screen: Desk) -> None:
    """Ask why, then leave the item to the lead."""
    asking.ask_flag(screen)


def note(screen: Desk) -> None:
    """Ask for a note."""
    asking.ask_note(screen)


def finish(screen: Desk) -> str:
    """Close the item as it is."""
    item = screen.editor.view.item.id
    screen.editor.finish()
    return screen.words("last" if screen.editor.view.item.id == item else "closed")


# ---------------------------------------------------------------------- help and screen


def why(screen: Desk) -> None:
    """Show or hide why the focus was proposed."""
    screen.toggle_pane("why")


def guideline(screen: Desk) -> None:
    """Show or hide the guideline of the focus."""
    screen.toggle_pane("guideline")


def show_help(screen: Desk) -> None:
    """Show all keys."""
    asking.show_help(screen)


def palette(screen: Desk) -> None:
    """Find a command by name."""
    asking.ask_command(screen)


def back(screen: Desk) -> None:
    """One step back: out of a choice, a selection, a pane, a search."""
    screen.step_back()


def theme(screen: Desk) -> None:
    """Switch between light and dark."""
    screen.app.theme = LIGHT.name if screen.app.current_theme.dark else DARK.name


def language(screen: Desk) -> None:
    """Switch the interface between English and Arabic."""
    screen.switch_language()


def leave(screen: Desk) -> None:
    """Leave the workbench."""
    screen.leave()


DEEDS: Mapping[str, Callable[..., str | None]] = {
    deed.__name__: deed
    for deed in (
        accept, accept_all, reject, undo, redo, retype, subtype, attributes, link,
        step, step_frame, jump, next_item, previous_item, next_open_item, go_to,
        search, search_next,
        new_frame, slot, fill, duplicate, anchor, new_mention, edge, proclitic, suffix,
        travel, travel_line, select_sentence, copy, scroll,
        skip, skip_because, flag, note, finish,
        why, guideline, show_help, palette, back, theme, language, leave,
        *errands.ERRANDS, *TELLING,
    )
}  # fmt: skip
