"""Positions in a document: half-open spans of Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

ByteOffset = NewType("ByteOffset", int)
"""An offset into UTF-8 bytes; never mix with code points."""

NormalOffset = NewType("NormalOffset", int)
"""An offset into a normal form (see `curate.text.normal`)."""

Cell = NewType("Cell", int)
"""A column of the terminal, counted from the left."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`[start, end)` in Unicode code points of the document; never empty or backwards."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}–{self.end} is empty, backwards or negative")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, offset: object) -> bool:
        return isinstance(offset, int) and self.start <= offset < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by that many code points."""
        return Span(self.start + by, self.end + by)

    def of(self, text: str) -> str:
        """Return the part of `text` that the span covers."""
        return text[self.start : self.end]
