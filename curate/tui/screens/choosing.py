"""Keys while something is being chosen on the annotator's screen: by hint letters, by type keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tui.commands import BY_ID, COMMANDS, keys_of
from curate.tui.keys import key_name, key_of_code, shifted
from curate.tui.picking import Pick, Purpose, is_hint_key, pick_fillers
from curate.tui.scene import role_label
from curate.tui.screens.deeds import RESHAPING, use_choice

if TYPE_CHECKING:
    from curate.model.span import Span
    from curate.tui.atoms import Atom
    from curate.tui.screens.desk import Desk


_GOING_ON = ("annotate.new_frame", "annotate.new_mention")
"""Commands that may follow on filling without a key between."""


def take_key(screen: Desk, key: str, character: str) -> bool:
    """Let a key choose something; False when it does not, and goes on to what it is bound to."""
    return _mark_by_key(screen, character) or _choose_by_key(screen, key, character)


def _mark_by_key(screen: Desk, character: str) -> bool:
    """With text selected, the key of an entity type makes a mention of it."""
    selection = screen.selection
    entity = None if selection is None else mark_keys(screen).get(character)
    if entity is None or selection is None:
        return False
    screen.attempt(lambda: mark(screen, selection, entity))
    return True


def mark_keys(screen: Desk) -> dict[str, str]:
    """US characters that mark selected text, with their entity types.

    The schema names them; where one moves an edge of the selection, it marks with Shift.
    """
    edges = {
        key
        for command in COMMANDS
        if command.deed in RESHAPING
        for key in keys_of(command, screen.keymap)
    }
    found = {}
    for entity in screen.editor.schema.entity_types.values():
        key = key_of_code(entity.key or "")
        if key:
            found[shifted(key) if key_name(key) in edges else key] = entity.name
    return found


def mark(screen: Desk, span: Span, entity: str) -> str | None:
    """Mark a span; it fills the slot that something is being chosen for. Return what to say."""
    frame, pick = screen.editor.focus, screen.pick
    there = screen.editor.mention_at(span, entity)
    mention = screen.editor.add_mention(span, entity)
    screen.passage.drop_caret()
    if pick is not None and pick.purpose.fills and frame is not None:
        screen.editor.look(frame)
        return fill_with(screen, mention)
    screen.pick = None
    return None if there is None or there.proposed else screen.words("marked_already")


def _choose_by_key(screen: Desk, key: str, character: str) -> bool:
    pick = screen.pick
    if pick is None:
        return False
    if _goes_on(screen, pick, key, character):
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


def _goes_on(screen: Desk, pick: Pick, key: str, character: str) -> bool:
    """Whether a letter that names no filler begins the next frame or mention: filling is over."""
    if pick.purpose is not Purpose.FILL or pick.started or pick.offers(character):
        return False
    return any(key in keys_of(BY_ID[name], screen.keymap) for name in _GOING_ON)


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
