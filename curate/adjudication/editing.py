"""What a lead changed in an item, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.adjudication.cases import Case, Kind
from curate.adjudication.merging import mention_value
from curate.adjudication.rulings import Choice
from curate.adjudication.stories import Cell
from curate.adjudication.values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    Reading,
    Value,
    Values,
    sorted_values,
)
from curate.model.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.adjudication.merging import Merged
    from curate.model.annotation import Annotation, Argument, Frame, Link
    from curate.model.schema import EventSchema
    from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class Edited:
    """What one cell comes to after an edit."""

    case: Case
    choice: Choice
    values: Values


def edited(before: Merged, after: Annotation, about: Case, schema: EventSchema) -> list[Edited]:
    """The cells in which an edited annotation differs from the gold it began as.

    `about` is the case that was being edited: its item is where what is new belongs.
    """
    return list(_Differences(before, after, about, schema).all())


class _Differences:
    """Goes through an annotation before and after."""

    def __init__(self, before: Merged, after: Annotation, about: Case, schema: EventSchema) -> None:
        self._gold = before.annotation
        self._after = after
        self._about = about
        self._schema = schema
        self._cases = {c.id: c for c in before.cases}
        self._nodes = dict(before.nodes)
        """Atom → node; what is new gets one of its own."""
        known = {*self._nodes}
        for atom in (*(m.id for m in after.mentions), *(f.id for f in after.frames)):
            if atom not in known:
                self._nodes[atom] = f"new:{new_id()}"
        self._parts: dict[tuple[Cell, str], list[Case]] = {}
        for case in before.cases:
            self._parts.setdefault((case.cell, case.about), []).append(case)

    def all(self) -> Iterator[Edited]:
        """Mentions first, then events with their parts, then links."""
        mentions = {m.id: mention_value(m, self._schema) for m in self._gold.mentions}
        now = {m.id: mention_value(m, self._schema) for m in self._after.mentions}
        spans = {m.id: m.span for m in self._after.mentions}
        yield from self._atoms(Cell.MENTION, mentions, now, spans)
        events = {f.id: EventValue(f.trigger, f.type) for f in self._gold.frames}
        later = {f.id: EventValue(f.trigger, f.type) for f in self._after.frames}
        triggers = {f.id: f.trigger for f in self._after.frames}
        yield from self._atoms(Cell.EVENT, events, later, triggers)
        for frame in self._after.frames:
            yield from self._arguments(frame)
            yield from self._attributes(frame)
        yield from self._links()

    def _atoms(
        self, cell: Cell, before: Mapping[str, Value], after: Mapping[str, Value],
        places: Mapping[str, Span],
    ) -> Iterator[Edited]:  # fmt: skip
        changed: dict[str, dict[Value, Value | None]] = {}
        for atom, value in before.items():
            if after.get(atom) != value:
                name = self._nodes[atom].partition("+")[0]
                changed.setdefault(name, {})[value] = after.get(atom)
        for case_id, steps in changed.items():
            case = self._cases[case_id]
            held = case.verdict.values if case.verdict is not None else ()
            kept = sorted_values(
                v for v in (steps.get(value, value) for value in held) if v is not None
            )
            yield Edited(case, Choice.EDITED if kept else Choice.NEITHER, kept)
        for atom, value in after.items():
            if atom not in before:
                there = tuple(v for v in before.values() if v == value)
                readings = (Reading(there),) if there else ()
                yield self._new(cell, (value,), places[atom], case=self._nodes[atom],
                                readings=readings)  # fmt: skip

    def _arguments(self, frame: Frame) -> Iterator[Edited]:
        node = self._nodes[frame.id]
        old = self._gold.frame(frame.id)
        before = set() if old is None else {self._value(a) for a in old.arguments}
        after = {self._value(a): None for a in frame.arguments}
        gone = before - set(after)
        for case in self._parts.get((Cell.ARGUMENT, node), ()):
            held = case.verdict.values if case.verdict is not None else ()
            if gone & set(held):
                kept = tuple(v for v in held if v not in gone)
                yield Edited(case, Choice.EDITED if kept else Choice.NEITHER, kept)
        for value in after:
            if value not in before:
                yield self._new(Cell.ARGUMENT, (value,), frame.trigger, about=node)

    def _value(self, argument: Argument) -> ArgumentValue:
        if argument.span is not None:
            return ArgumentValue(argument.role, "", argument.span.start, argument.span.end)
        atom = argument.mention or argument.frame or ""
        return ArgumentValue(argument.role, self._nodes.get(atom, ""))

    def _attributes(self, frame: Frame) -> Iterator[Edited]:
        old = self._gold.frame(frame.id)
        before = {} if old is None else old.attributes
        for name in dict.fromkeys((*before, *frame.attributes)):
            if before.get(name) == frame.attributes.get(name):
                continue
            known = self._schema.frame_attributes(frame.type).get(name)
            default = "" if known is None else known.default or ""
            values = (AttributeValue(frame.attributes.get(name, default)),)
            about = f"{self._nodes[frame.id]}@{name}"
            case = next(iter(self._parts.get((Cell.ATTRIBUTE, about), ())), None)
            if case is None:
                yield self._new(Cell.ATTRIBUTE, values, frame.trigger, about=about)
            else:
                yield Edited(case, Choice.EDITED, values)

    def _links(self) -> Iterator[Edited]:
        before = {self._link(x) for x in self._gold.links}
        after = {self._link(x) for x in self._after.links}
        for case in self._cases.values():
            held = () if case.verdict is None else case.verdict.values
            if case.cell is Cell.LINK and set(held) & (before - after):
                yield Edited(case, Choice.NEITHER, ())
        for link in sorted(after - before):
            yield self._new(Cell.LINK, (link,), self._about.region)

    def _link(self, link: Link) -> LinkValue:
        ends = [self._nodes.get(end, "") for end in (link.source, link.target)]
        return LinkValue(link.kind.value, min(ends), max(ends))

    def _new(
        self, cell: Cell, values: Iterable[Value], region: Span, *, case: str = "",
        about: str = "", readings: tuple[Reading, ...] = (),
    ) -> Edited:  # fmt: skip
        name = case or f"new:{new_id()}"
        made = Case(name, self._about.item, cell, Kind.AGREED, readings, region, about)
        return Edited(made, Choice.NEW, tuple(values))
