"""Counts of what an export was given, wrote and left out, held against each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.records import Record

DOCUMENTS: Final = "documents"
MENTIONS: Final = "mentions"
FRAMES: Final = "frames"
ARGUMENTS: Final = "arguments"
ATTRIBUTES: Final = "attributes"
LINKS: Final = "links"
CANDIDATES: Final = "candidates"
THREADS: Final = "threads"
KINDS: Final = (DOCUMENTS, MENTIONS, FRAMES, ARGUMENTS, ATTRIBUTES, LINKS, CANDIDATES, THREADS)
"""What is counted, in the order it is told; an annotation's subtype is no attribute."""


@dataclass(slots=True)
class Tally:
    """What an export was given, wrote and dropped, by kind.

    A writer counts what stands in the value that it writes, not what it was given:
    only so does `check` find what was lost on the way.
    """

    given: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    dropped: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(kind, reason) → how many."""

    def give(self, record: Record) -> None:
        """Count a record on its way in."""
        self.given.update(counts_of(record))

    def wrote(self, kind: str, number: int = 1) -> None:
        """Count what was written."""
        self.written[kind] += number

    def drop(self, kind: str, reason: str, number: int = 1) -> None:
        """Count what was left out, and why."""
        if number:
            self.dropped[kind, reason] += number

    def dropped_of(self, kind: str) -> int:
        """How many of a kind were left out."""
        return sum(number for (of, _), number in self.dropped.items() if of == kind)

    def missing(self) -> dict[str, int]:
        """Kinds of which something neither arrived nor was dropped with a reason, and how many."""
        lost = {k: self.given[k] - self.written[k] - self.dropped_of(k) for k in KINDS}
        return {kind: number for kind, number in lost.items() if number}

    def check(self, name: str, keeps: Iterable[str] = ()) -> None:
        """Raise FormatError where something is lost, or dropped though the format keeps it."""
        lost = self.missing()
        for kind in keeps:
            if number := self.dropped_of(kind):
                lost[kind] = lost.get(kind, 0) + number
        if lost:
            told = ", ".join(f"{abs(n):,} {k}" for k, n in lost.items())
            raise FormatError(
                f"the export to {name} does not add up: {told} did not arrive; it was not put "
                "in place",
                "this is a fault of curate: please report it; `curate export jsonl` loses nothing",
            )

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return {
            "given": {k: self.given[k] for k in KINDS},
            "written": {k: self.written[k] for k in KINDS},
            "dropped": [
                {"kind": kind, "reason": reason, "number": number}
                for (kind, reason), number in sorted(self.dropped.items())
            ],
        }

    def lines(self) -> list[str]:
        """The figures for a reader: one line, and one for each reason to leave something out."""
        told = ", ".join(f"{self.written[k]:,} {k}" for k in KINDS if self.given[k] or k in _ALWAYS)
        order = {kind: place for place, kind in enumerate(KINDS)}
        left = sorted(self.dropped.items(), key=lambda entry: (order[entry[0][0]], entry[0][1]))
        return [f"wrote {told}", *(f"left out {n:,} {k}: {reason}" for (k, reason), n in left)]


_ALWAYS = frozenset({DOCUMENTS, MENTIONS, FRAMES})


def counts_of(record: Record) -> Mapping[str, int]:
    """How many of each kind a record holds."""
    annotations = record.annotations
    frames = [f for a in annotations for f in a.frames]
    mentions = [m for a in annotations for m in a.mentions]
    return {
        DOCUMENTS: 1,
        MENTIONS: len(mentions),
        FRAMES: len(frames),
        ARGUMENTS: sum(len(f.arguments) for f in frames),
        ATTRIBUTES: sum(len(m.attributes) for m in mentions)
        + sum(len(f.attributes) for f in frames),
        LINKS: sum(len(a.links) for a in annotations),
        CANDIDATES: len(record.candidates),
        THREADS: len(record.threads),
    }


def counted(
    records: Iterable[Record], tally: Tally, omits: Mapping[str, str] | None = None
) -> Iterator[Record]:
    """Pass records on and count them; what the format never holds is counted as left out."""
    for record in records:
        tally.give(record)
        here = counts_of(record)
        for kind, reason in (omits or {}).items():
            tally.drop(kind, reason, here[kind])
        yield record
