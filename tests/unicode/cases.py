"""The cases of Unicode's own conformance tests of UAX #9."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

CHARACTER = {
    "L": "a", "R": "\u05d0", "AL": "\u0627",
    "EN": "1", "ES": "+", "ET": "#", "AN": "\u0661", "CS": ",", "NSM": "\u0300", "BN": "\u00ad",
    "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
"""A character of each class."""


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph of one line, and what must come out."""

    text: str
    base: int | None
    """Paragraph level that is imposed, None to find it."""
    resolved_base: int | None
    """Paragraph level that must come out, None where the test does not say."""
    levels: list[str]
    """Level of each code point, x for one that X9 removes."""
    order: list[int]
    """Logical positions from left to right, without the removed ones."""


def _lines(name: str) -> Iterator[str]:
    with lzma.open(HERE / f"{name}.xz", "rt", encoding="utf-8") as file:
        for line in file:
            data = line.partition("#")[0].strip()
            if data:
                yield data


def character_cases() -> Iterator[Case]:
    """The cases of BidiCharacterTest.txt."""
    for line in _lines("BidiCharacterTest.txt"):
        points, direction, base, levels, order = line.split(";")
        yield Case(
            "".join(chr(int(point, 16)) for point in points.split()),
            {"0": 0, "1": 1, "2": None}[direction],
            int(base),
            levels.split(),
            [int(position) for position in order.split()],
        )


def class_cases(part: int = 0, parts: int = 1) -> Iterator[Case]:
    """The cases of BidiTest.txt, or those of every `parts`th line."""
    levels: list[str] = []
    order: list[int] = []
    for number, line in enumerate(_lines("BidiTest.txt")):
        if line.startswith("@Levels:"):
            levels = line[8:].split()
        elif line.startswith("@Reorder:"):
            order = [int(position) for position in line[9:].split()]
        elif number % parts == part and not line.startswith("@"):
            classes, directions = line.split(";")
            text = "".join([CHARACTER[name] for name in classes.split()])
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(directions, 16) & bit:
                    yield Case(text, base, base, levels, order)
