"""Offsets that Java and browsers count, UTF-16 units, to and from code points."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Units:
    """The astral characters of a text: each counts two units."""

    places: tuple[int, ...]
    """Where they stand, in code points."""
    units: tuple[int, ...]
    """Where they stand, in units."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Count a text."""
        places = tuple(n for n, character in enumerate(text) if ord(character) > 0xFFFF)
        return cls(places, tuple(place + n for n, place in enumerate(places)))

    def to_units(self, offset: int) -> int:
        """An offset in UTF-16 units."""
        return offset + bisect_left(self.places, offset)

    def to_points(self, offset: int) -> int:
        """An offset in code points; one inside a character counts as behind it."""
        return offset - bisect_left(self.units, offset)
