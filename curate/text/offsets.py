"""Maps between a text and a normal form of it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from curate.model.span import NormalOffset, Span


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """For each character of a normal form, the code points of the text it stands for.

    `starts` and `ends` are None when both texts have the same positions.
    """

    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    @property
    def is_identity(self) -> bool:
        """Whether positions in text and normal form are the same."""
        return self.starts is None

    def span(self, start: int, end: int) -> Span:
        """The code points of the text that `[start, end)` of the normal form stands for.

        Marks on the last letter belong to the span; a tatweel or an invisible
        character before the first or after the last letter does not.
        """
        if self.starts is None or self.ends is None:
            return Span(start, end)
        return Span(self.starts[start], self.ends[end - 1])

    def normal_offset(self, offset: int) -> NormalOffset:
        """Where a position of the text lies in the normal form (the next kept character)."""
        if self.ends is None:
            return NormalOffset(offset)
        return NormalOffset(bisect_left(self.ends, offset + 1))


IDENTITY = OffsetMap()
"""The map between two texts with the same positions."""


def offset_map(starts: Sequence[int], ends: Sequence[int]) -> OffsetMap:
    """Build a map from the first and past-the-last code point of each normal character."""
    return OffsetMap(array("l", starts), array("l", ends))
