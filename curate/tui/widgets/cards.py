"""The frames of an item as cards: type, trigger, and the slots of the one that has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.tui.atoms import Atom, Kind
from curate.tui.scene import colour_of, role_label, type_label
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Argument
    from curate.model.schema import Cardinality, EventType
    from curate.tui.editor import Editor
    from curate.tui.words import Words

LONGEST_QUOTE = 80
"""Code points of a filler that a slot shows at most."""
_ROWS_OF_A_CARD = 3
"""An unfolded card takes so many rows at least: head, slots, attributes."""
_INDENT = Part("    ")
_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in a slot."""

    text: str
    type: str
    """Empty for a bare span."""
    proposed: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One role of a frame on its card."""

    frame: str
    """Id of the frame."""
    number: int
    """Counted from 1; the key that chooses it."""
    role: str
    label: str
    fillers: tuple[Filler, ...]
    missing: bool
    """Whether the schema wants it filled."""

    @property
    def target(self) -> str:
        """What a click on it means."""
        return f"slot {self.number} {self.frame}"


@dataclass(frozen=True, slots=True)
class CardRoom:
    """How cards are to be laid out."""

    width: int
    columns: int = 1
    """How many slots stand side by side."""
    manner: Manner = VISUAL


def slots(editor: Editor, frame: Atom, words: Words) -> list[Slot]:
    """The slots of a frame, in the order of its card."""
    event = editor.schema.event_types.get(frame.type)
    roles = {} if event is None else event.roles
    unmet = set() if event is None else _unmet(event, frame)
    return [
        Slot(
            frame=frame.id,
            number=number,
            role=role,
            label=role_label(editor.schema, role, words.language),
            fillers=tuple(_filler(editor, a) for a in frame.arguments if a.role == role),
            missing=role in unmet or _is_missing(cardinality, frame, role),
        )
        for number, (role, cardinality) in enumerate(roles.items(), start=1)
    ]


def _is_missing(cardinality: Cardinality, frame: Atom, role: str) -> bool:
    return cardinality.is_required and all(a.role != role for a in frame.arguments)


def _unmet(event: EventType, frame: Atom) -> set[str]:
    """Roles of which at least one should be filled and none is."""
    filled = {a.role for a in frame.arguments}
    return {role for group in event.require_any if not group & filled for role in group}


def _filler(editor: Editor, argument: Argument) -> Filler:
    atom, span = editor.atoms.filler(argument), editor.atoms.filler_span(argument)
    text = "?" if span is None else span.of(editor.view.document.text)[:LONGEST_QUOTE]
    if atom is None:
        return Filler(text, "", proposed=False)
    return Filler(text, atom.type, atom.proposed)


def card_rows(
    editor: Editor, words: Words, room: CardRoom, *, open_role: str = "", height: int = 0
) -> list[Row]:
    """The card of every frame; first the focused mention, if one is.

    All are unfolded where `height` rows hold them, else only the one that has the focus.
    """
    if height > _ROWS_OF_A_CARD * len(editor.atoms.frames):
        rows = _cards(editor, words, room, open_role, unfold_all=True)
        if len(rows) <= height:
            return rows
    return _cards(editor, words, room, open_role, unfold_all=False)


def _cards(
    editor: Editor, words: Words, room: CardRoom, open_role: str, *, unfold_all: bool
) -> list[Row]:
    rows: list[Row] = []
    focus = editor.focus
    if focus is not None and focus.kind is Kind.MENTION:
        rows.append(_mention_row(editor, focus, words))
    for number, frame in enumerate(editor.atoms.frames, start=1):
        unfolded = frame == focus or unfold_all
        rows.append(_head(editor, frame, words, number, unfolded=unfolded))
        if unfolded:
            shown = slots(editor, frame, words)
            rows.extend(_body(shown, words, room, open_role if frame == focus else "", frame))
            rows.append(Row(tuple(_attributes(editor, frame, words)), target=frame.id))
    return rows


def _state(atom: Atom) -> tuple[Part, ...]:
    if isinstance(atom.value, MentionCandidate | FrameCandidate):
        return (Part(f" {atom.value.score:.2f} ", "dim"), Part("? ", "warn"))
    return (Part(" ✓ ", "good"),)


def _mention_row(editor: Editor, atom: Atom, words: Words) -> Row:
    parts = [
        Part("▸ ", "key"),
        Part(atom.type, "name", colour_of(editor.schema, atom)),
        Part(f" {type_label(editor.schema, atom, words.language)}", "dim"),
    ]
    subtype = None if isinstance(atom.value, FrameCandidate) else getattr(atom.value, "subtype", "")
    if subtype:
        known = editor.schema.entity_types[atom.type].subtypes
        parts.append(Part(f" · {words.of(known[subtype]) if subtype in known else subtype}"))
    parts += [Part("   "), Part(atom.span.of(editor.view.document.text), "quote")]
    parts += _linked(editor, atom)
    return Row(tuple(parts), _state(atom), target=atom.id, chosen=True)


def _linked(editor: Editor, atom: Atom) -> list[Part]:
    text = editor.view.document.text
    found = []
    for other in editor.linked(atom):
        found += [Part("  = ", "key"), Part(other.span.of(text), "quote")]
    return found


def _head(editor: Editor, frame: Atom, words: Words, number: int, *, unfolded: bool) -> Row:
    focused = frame == editor.focus
    colour = colour_of(editor.schema, frame)
    known = editor.schema.event_types.get(frame.type)
    arabic = frame.type if known is None else known.label.ar
    if words.rtl:
        name = [Part(arabic, "name", colour)]
    else:
        name = [Part(frame.type, "name", colour), Part(f" {arabic}", "dim")]
    parts = [
        Part("▸ " if focused else "  ", "key"),
        Part(f"{number} ", "dim"),
        *name,
        Part(f"   «{frame.span.of(editor.view.document.text)}»", "quote"),
    ]
    if not unfolded:
        parts += _brief(editor, frame, words)
    parts += _linked(editor, frame)
    return Row(tuple(parts), _state(frame), target=frame.id, chosen=focused)


def _brief(editor: Editor, frame: Atom, words: Words) -> list[Part]:
    """The filled slots in one line, for a card that is folded."""
    parts = []
    for argument in frame.arguments:
        label = role_label(editor.schema, argument.role, words.language)
        parts += [Part(f"  {label} ", "dim"), Part(_filler(editor, argument).text)]
    return parts


def _body(
    shown: list[Slot], words: Words, room: CardRoom, open_role: str, frame: Atom
) -> Iterator[Row]:
    """The slots that hold or need something, in columns; the empty ones in one line."""
    column = (room.width - 4) // room.columns
    parts, left = [_INDENT], room.columns
    rest = []
    for slot in shown:
        if not (slot.fillers or slot.missing or slot.role == open_role):
            rest.append(slot)
            continue
        wanted = -(-_natural_width(slot, words, room.manner) // column)
        span = min(room.columns, wanted)
        if span > left:
            yield Row(tuple(parts), target=frame.id)
            parts, left = [_INDENT], room.columns
        parts += _slot_parts(slot, words, room.manner, span * column, slot.role == open_role)
        left -= span
    if len(parts) > 1:
        yield Row(tuple(parts), target=frame.id)
    if rest:
        yield Row((_INDENT, *_empty_slots(rest)), target=frame.id)


def _empty_slots(rest: list[Slot]) -> Iterator[Part]:
    for slot in rest:
        yield Part(f"{slot.number % 10} ", "key", target=slot.target)
        yield Part(f"{slot.label}  ", "dim", target=slot.target)


def _pieces(slot: Slot, words: Words) -> list[Part]:
    """A slot as words: number, role, fillers with their types."""
    parts = [Part(f"{slot.number % 10} ", "key"), Part(f"{slot.label} ", "role")]
    if not slot.fillers:
        look = "warn" if slot.missing else "dim"
        parts.append(Part(words("missing") if slot.missing else "—", look))
    for n, filler in enumerate(slot.fillers):
        parts += [Part("، " if n else "", "dim"), Part(filler.text, "quote")]
        parts.append(Part(f" {filler.type}" + ("?" if filler.proposed else ""), "dim"))
    return parts


def _natural_width(slot: Slot, words: Words, manner: Manner) -> int:
    return sum(cells(fitted(p.text, 400, manner)) for p in _pieces(slot, words)) + _MARGIN


def _slot_parts(
    slot: Slot,
    words: Words,
    manner: Manner,
    width: int,
    is_open: bool,  # noqa: FBT001
) -> Iterator[Part]:
    """A slot, cut or filled up to its width."""
    left = width - _MARGIN
    for n, part in enumerate(_pieces(slot, words)):
        look = "hint" if is_open and n == 0 else part.look
        wide = cells(fitted(part.text, 400, manner))
        text = part.text if wide <= left else fitted(part.text, max(left, 1), manner)
        yield Part(text, look, drawn=wide > left, target=slot.target)
        left -= min(wide, left)
        if left <= 0:
            break
    yield Part(" " * (max(0, left) + _MARGIN))


def _attributes(editor: Editor, frame: Atom, words: Words) -> Iterator[Part]:
    """The values of all attributes; the name only of those that were set."""
    known = {}
    if frame.type in editor.schema.event_types:
        known = editor.schema.frame_attributes(frame.type)
    yield _INDENT
    attributes = frame.value.attributes
    joint = ""
    for name, attribute in known.items():
        value = attributes.get(name, attribute.default)
        if value is None:
            continue
        label = words.of(attribute.values[value]) if value in attribute.values else value
        yield Part(joint, "dim")
        if name in attributes:
            yield Part(f"{words.of(attribute.label)} ", "dim")
        yield Part(label, "plain" if name in attributes else "dim")
        joint = " · "
