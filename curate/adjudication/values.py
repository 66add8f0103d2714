"""What a cell may hold, as values that are equal when they say the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from curate.adjudication.stories import Cell
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Attributes = tuple[tuple[str, str], ...]
"""Names and values, sorted; defaults of the schema left out."""

Parts = dict[str, object]
_ENCODE: Final = json.JSONEncoder(sort_keys=True).encode


@dataclass(frozen=True, slots=True, order=True)
class MentionValue:
    """A mention without its id."""

    span: Span
    type: str
    subtype: str = ""
    attributes: Attributes = ()

    def parts(self) -> Parts:
        """The value as JSON knows it."""
        found: Parts = {"start": self.span.start, "end": self.span.end, "type": self.type}
        if self.subtype:
            found["subtype"] = self.subtype
        if self.attributes:
            found["attributes"] = dict(self.attributes)
        return found


@dataclass(frozen=True, slots=True, order=True)
class EventValue:
    """That there is an event."""

    trigger: Span
    type: str

    def parts(self) -> Parts:
        """The value as JSON knows it."""
        return {"start": self.trigger.start, "end": self.trigger.end, "type": self.type}


@dataclass(frozen=True, slots=True, order=True)
class ArgumentValue:
    """A role of an event with its filler: a node (see `merging`), or a bare span."""

    role: str
    filler: str = ""
    """The node of a mention or an event; empty for a bare span."""
    start: int = -1
    end: int = -1

    @property
    def span(self) -> Span | None:
        """The bare span, if it is one."""
        return None if self.filler else Span(self.start, self.end)

    def parts(self) -> Parts:
        """The value as JSON knows it."""
        if self.filler:
            return {"role": self.role, "filler": self.filler}
        return {"role": self.role, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True, order=True)
class AttributeValue:
    """The value of an attribute of an event, defaults included; empty when there is none."""

    value: str

    def parts(self) -> Parts:
        """The value as JSON knows it."""
        return {"value": self.value}


@dataclass(frozen=True, slots=True, order=True)
class LinkValue:
    """A link between two nodes."""

    kind: str
    source: str
    target: str

    def parts(self) -> Parts:
        """The value as JSON knows it."""
        return {"kind": self.kind, "source": self.source, "target": self.target}


Value = MentionValue | EventValue | ArgumentValue | AttributeValue | LinkValue
Values = tuple[Value, ...]
"""What one cell comes to; nothing where nothing is to be there."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What some annotators say in one cell."""

    values: Values
    """Sorted; empty: there is nothing."""
    by: tuple[str, ...] = ()
    """Who says so, sorted."""

    @property
    def order(self) -> str:
        """Readings of a case are sorted by this; nothing comes last."""
        return as_text(self.values) if self.values else "~"

    def parts(self) -> Parts:
        """The reading as JSON knows it."""
        return {"values": [v.parts() for v in self.values], "by": list(self.by)}


def sorted_values(values: Iterable[Value]) -> Values:
    """The values in an order that does not depend on where they come from."""
    found = set(values)
    if len(found) < 2:
        return tuple(found)
    return tuple(sorted(found, key=lambda v: as_text((v,))))


def as_text(values: Values) -> str:
    """The same text for the same values, on any machine."""
    return _ENCODE([v.parts() for v in values])


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def value_of(cell: Cell, parts: Mapping[str, Any]) -> Value:
    """Read what a value's `parts` gave."""
    if cell is Cell.MENTION:
        attributes = tuple(sorted(parts.get("attributes", {}).items()))
        span = Span(parts["start"], parts["end"])
        return MentionValue(span, parts["type"], parts.get("subtype", ""), attributes)
    if cell is Cell.EVENT:
        return EventValue(Span(parts["start"], parts["end"]), parts["type"])
    if cell is Cell.ARGUMENT:
        place = parts.get("start", -1), parts.get("end", -1)
        return ArgumentValue(parts["role"], parts.get("filler", ""), *place)
    if cell is Cell.ATTRIBUTE:
        return AttributeValue(parts["value"])
    return LinkValue(parts["kind"], parts["source"], parts["target"])


def reading_of(cell: Cell, parts: Mapping[str, Any]) -> Reading:
    """Read what a reading's `parts` gave."""
    return Reading(tuple(value_of(cell, v) for v in parts["values"]), tuple(parts["by"]))
