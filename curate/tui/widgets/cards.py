"""The frames of an item as cards: type, trigger, and the slots of the one that has the focus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.tui.atoms import Atom, Kind
from curate.tui.scene import colour_of, role_label, type_label
from curate.tui.widgets.cells import cells, fitted
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Argument
    from curate.model.schema import Cardinality, EventType
    from curate.tui.editor import Editor
    from curate.tui.words import Words

LONGEST_QUOTE = 60
"""Code points of a filler that a slot shows at most."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One role of a frame on its card."""

    number: int
    """Counted from 1; the key that chooses it."""
    role: str
    label: str
    fillers: tuple[tuple[str, str, bool], ...]
    """Text, type and whether it is still proposed, of each filler."""
    missing: bool
    """Whether the schema wants it filled."""


def slots(editor: Editor, frame: Atom, words: Words) -> list[Slot]:
    """The slots of a frame, in the order of its card."""
    event = editor.schema.event_types.get(frame.type)
    roles = {} if event is None else event.roles
    unmet = set() if event is None else _unmet(event, frame)
    return [
        Slot(
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


def _filler(editor: Editor, argument: Argument) -> tuple[str, str, bool]:
    text = editor.view.document.text
    atom = editor.atoms.filler(argument)
    if atom is None:
        span = argument.span
        return ("?" if span is None else span.of(text)[:LONGEST_QUOTE]), "", False
    return atom.span.of(text)[:LONGEST_QUOTE], atom.type, atom.proposed


def card_rows(
    editor: Editor, words: Words, *, width: int, columns: int, unfold_all: bool, open_role: str = ""
) -> list[Row]:
    """The card of every frame, the focused one unfolded; first the focused mention, if one is."""
    rows: list[Row] = []
    focus = editor.focus
    if focus is not None and focus.kind is Kind.MENTION:
        rows.append(_mention_row(editor, focus, words))
    for number, frame in enumerate(editor.atoms.frames, start=1):
        unfolded = frame == focus or unfold_all
        rows.append(_head(editor, frame, words, number, unfolded=unfolded))
        if unfolded:
            rows.extend(_body(editor, frame, words, width, columns, open_role))
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
    subtype = getattr(atom.value, "subtype", None)
    if subtype:
        parts.append(Part(f" · {subtype}", "plain"))
    text = atom.span.of(editor.view.document.text)
    parts += [Part("   ", "plain"), Part(text, "quote")]
    for other in editor.linked(atom):
        parts += [Part("  = ", "key"), Part(other.span.of(editor.view.document.text), "quote")]
    return Row(tuple(parts), _state(atom), target=atom.id, chosen=True)


def _head(editor: Editor, frame: Atom, words: Words, number: int, *, unfolded: bool) -> Row:
    focused = frame == editor.focus
    text = editor.view.document.text
    parts = [
        Part("▸ " if focused else "  ", "key"),
        Part(f"{number} ", "dim"),
        Part(frame.type if words.language == "en" else "", "name", colour_of(editor.schema, frame)),
        Part(" " if words.language == "en" else "", "plain"),
        Part(_arabic_name(editor, frame), "name" if words.rtl else "dim"),
        Part("   ", "plain"),
        Part(f"«{frame.span.of(text)}»", "quote"),
    ]
    if not unfolded:
        parts += _brief(editor, frame, words)
    for other in editor.linked(frame):
        parts += [Part("  = ", "key"), Part(other.span.of(text), "quote")]
    return Row(tuple(parts), _state(frame), target=frame.id, chosen=focused)


def _arabic_name(editor: Editor, frame: Atom) -> str:
    known = editor.schema.event_types.get(frame.type)
    return frame.type if known is None else known.label.ar


def _brief(editor: Editor, frame: Atom, words: Words) -> list[Part]:
    """The filled slots in one line, for a card that is folded."""
    parts = []
    for argument in frame.arguments:
        label = role_label(editor.schema, argument.role, words.language)
        parts += [Part(f"  {label} ", "dim"), Part(_filler(editor, argument)[0], "plain")]
    return parts


def _body(
    editor: Editor, frame: Atom, words: Words, width: int, columns: int, open_role: str
) -> Iterator[Row]:
    shown = slots(editor, frame, words)
    filled = [s for s in shown if s.fillers or s.role == open_role or s.missing]
    room = (width - 4) // columns
    for i in range(0, len(filled), columns):
        parts = [Part("    ")]
        for slot in filled[i : i + columns]:
            parts += _slot_parts(slot, words, room, is_open=slot.role == open_role)
        yield Row(tuple(parts), target=frame.id)
    rest = [s for s in shown if s not in filled]
    parts = [Part("    ")]
    for slot in rest:
        parts += [Part(f"{slot.number % 10} ", "key"), Part(f"{slot.label}  ", "dim")]
    if rest:
        yield Row(tuple(parts), target=frame.id)
    yield Row(tuple(_attributes(editor, frame, words)), target=frame.id)


def _slot_parts(slot: Slot, words: Words, room: int, *, is_open: bool) -> list[Part]:
    look = "hint" if is_open else "key"
    head = f"{slot.number % 10} ", f"{slot.label} "
    parts = [Part(head[0], look), Part(head[1], "role")]
    left = room - sum(cells(fitted(h, room)) for h in head) - 2
    if not slot.fillers:
        empty = words("missing") if slot.missing else "—"
        parts.append(Part(empty, "warn" if slot.missing else "dim"))
        left -= cells(fitted(empty, room))
    for n, (text, type_name, proposed) in enumerate(slot.fillers):
        tail = f" {type_name}" + ("?" if proposed else "")
        share = max(4, left // (len(slot.fillers) - n) - cells(tail) - 2)
        joint = "، " if n else ""
        for words_, look_ in ((joint, "dim"), (text, "quote")):
            drawn = fitted(words_, share) if words_ else ""
            parts.append(Part(drawn, look_, drawn=True))
            left -= cells(drawn)
        parts.append(Part(tail, "dim"))
        left -= cells(tail)
    parts.append(Part(" " * max(1, left + 2)))
    return parts


def _attributes(editor: Editor, frame: Atom, words: Words) -> Iterator[Part]:
    """The values of all attributes; the name only of those that were set."""
    known = {}
    if frame.type in editor.schema.event_types:
        known = editor.schema.frame_attributes(frame.type)
    yield Part("    ")
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
