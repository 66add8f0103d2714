"""Mentions of times and quantities, bound to the types a schema has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.candidates.hits import Hit
from curate.candidates.numbers import Number, number_at
from curate.candidates.times import Time, time_at
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from curate.candidates.scan import Scan
    from curate.model.schema import EventSchema


class Expressions:
    """Finds times and quantities in the scan of one sentence."""

    __slots__ = ("_bindings", "_day", "_scan", "_schema")

    def __init__(
        self, scan: Scan, schema: EventSchema, bindings: Mapping[str, str], day: date | None
    ) -> None:
        self._scan = scan
        self._schema = schema
        self._bindings = bindings
        self._day = day

    def hits(self) -> Iterator[Hit]:
        """Times and quantities in reading order; none overlaps another."""
        words = self._scan.reading.words
        vocabulary = self._scan.vocabulary
        at = 0
        while at < len(words):
            word = words[at]
            found: Time | Number | None = None
            if at in vocabulary or word.form[0].isdecimal() or "particle" in word.tags:
                found = time_at(self._scan, at, self._day) or number_at(self._scan, at)
            elif word.form == "ال" or word.core in ("هذا", "هذه", "قبل", "وقت"):
                found = time_at(self._scan, at, self._day)
            if found is None:
                at += 1
                continue
            hit = self._hit(found)
            if hit is not None:
                yield hit
            at = found.last + 1

    def _hit(self, found: Time | Number) -> Hit | None:
        """The mention, unless the schema has no type for what the expression means."""
        kind, _, subtype = self._bindings.get(found.meaning, "").partition("/")
        if kind not in self._schema.entity_types:
            return None
        reading = self._scan.reading
        tail = found.tail if isinstance(found, Number) else 0
        rule = "time" if isinstance(found, Time) else "number"
        subtypes = self._schema.entity_types[kind].subtypes
        named = self._bindings.get("value")
        keeps = found.value and named in self._schema.attributes_of_mention(kind)
        return Hit(
            found.first,
            found.last,
            Span(reading.start_of(found.first, found.cut), reading.end_of(found.last) + tail),
            kind,
            subtype if subtype in subtypes else None,
            f"{rule}-{found.meaning}",
            f"{rule}: {found.value or found.meaning}",
            attributes={named: found.value} if keeps and named is not None else {},
        )
