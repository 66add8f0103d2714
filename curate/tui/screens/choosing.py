"""Keys while something is being chosen on the annotator's screen: by hint letters, by type keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tui.keys import code_of
from curate.tui.picking import Pick, Purpose, is_hint_key, pick_fillers
from curate.tui.scene import role_label
from curate.tui.screens.deeds import use_choice

if TYPE_CHECKING:
    from curate.model.span import Span
    from curate.tui.atoms import Atom
    from curate.tui.screens.desk import Desk


def take_key(screen: Desk, key: str, character: str) -> bool:
    """Let a key choose something; False when it does not, and goes on to what it is bound to."""
    return _mark_by_key(screen, character) or _choose_by_key(screen, key, character)


def _mark_by_key(screen: Desk, character: str) -> bool:
    """With text selected, the schema's key of an entity type makes a mention of it."""
    selection = screen.selection
    code = code_of(character)
    types = screen.editor.schema.entity_types.values()
    entity = next((e.name for e in types if code and e.key == code), None)
    if entity is None or selection is None:
        return False
    screen.attempt(lambda: _mark(screen, selection, entity))
    return True


def _mark(screen: Desk, selection: Span, entity: str) -> str | None:
    frame, pick = screen.editor.focus, screen.pick
    mention = screen.editor.add_mention(selection, entity)
    screen.passage.drop_caret()
    if pick is not None and pick.purpose.fills and frame is not None:
        screen.editor.look(frame)
        return fill_with(screen, mention)
    screen.pick = None
    return None


def _choose_by_key(screen: Desk, key: str, character: str) -> bool:
    pick = screen.pick
    if pick is None:
        return False
    if is_hint_key(character):
        _press_hint(screen, pick, character)
    elif key == "enter":
        screen.attempt(lambda: _end_of_filling(screen, pick))
    elif key == "backspace":
        _go_back(screen, pick)
    elif character.isdigit() and pick.purpose.fills:
        screen.attempt(lambda: _offer_slot(screen, pick, int(character) or 10))
    else:
        screen.draw_foot()
        return False
    return True


def _go_back(screen: Desk, pick: Pick) -> None:
    """Forget the letters pressed; with none pressed, empty the slot that was asked for."""
    role = pick.role
    if pick.started or role is None:
        screen.start_pick(pick.restarted())
        return
    screen.pick = None
    screen.attempt(lambda: screen.editor.empty_slot(role))


def _press_hint(screen: Desk, pick: Pick, letter: str) -> None:
    chosen = pick.press(letter)
    if isinstance(chosen, Pick):
        screen.start_pick(chosen)
    elif chosen is None:
        screen.start_pick(pick.restarted())
    else:
        screen.attempt(lambda: _chosen(screen, pick, chosen))


def _chosen(screen: Desk, pick: Pick, chosen: str | Span) -> str | None:
    target = screen.editor.atoms.find(chosen) if isinstance(chosen, str) else chosen
    if target is not None and pick.purpose.fills:
        return fill_with(screen, target)
    screen.pick = None
    return None if target is None else use_choice(screen, pick.purpose, target)


def choose_word_at(screen: Desk, offset: int) -> bool:
    """Choose the word on offer that holds a code point; False when words are not on offer there."""
    pick = screen.pick
    words = () if pick is None else pick.picking.spans.values()
    word = next((w for w in words if offset in w), None)
    if pick is None or word is None:
        return False
    screen.attempt(lambda: _chosen(screen, pick, word))
    return True


def fill_with(screen: Desk, filler: Atom | Span) -> str | None:
    """Put a filler where the choice under way wants it; filling goes on until Enter."""
    pick = screen.pick
    role = screen.editor.fill(filler, None if pick is None else pick.role)
    keep_on = pick is not None and pick.purpose is Purpose.FILL
    screen.pick = pick_fillers(screen.editor, None, Purpose.FILL) if keep_on else None
    label = role_label(screen.editor.schema, role, screen.words.language)
    return None if keep_on else screen.words("went_to", role=label)


def _end_of_filling(screen: Desk, pick: Pick) -> str | None:
    """Enter: the selected text fills the slot, else filling is over and the focus moves on."""
    selection = screen.selection
    if selection is not None and pick.purpose.fills:
        screen.passage.drop_caret()
        return fill_with(screen, selection)
    screen.pick = None
    if screen.editor.atoms.open:
        screen.editor.focus = screen.editor.atoms.next_open(screen.editor.focus)
    return None


def _offer_slot(screen: Desk, pick: Pick, number: int) -> None:
    """Force the role of the next filler; then filling goes on as before."""
    role = screen.editor.role_of_slot(number)
    screen.pick = pick_fillers(screen.editor, role, pick.purpose)
