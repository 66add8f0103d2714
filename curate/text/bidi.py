"""The Unicode Bidirectional Algorithm (UAX #9): levels and order, with the map between them.

Rules are named as in https://www.unicode.org/reports/tr9/. Most work is done by regular
expressions over a string that holds one letter per code point, the letter of its class, so that
a sentence costs a handful of passes and not a step per character and rule. Every expression is
linear in the text, whatever it holds. Rule L3 (marks after their letter) is `curate.text.layout`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.text.bidi_data import CLASSES, MIRRORED
from curate.text.bidi_explicit import (
    ISOLATES,
    REMOVED,
    explicit_levels,
    first_strong,
    matching_isolates,
    run_sequences,
)
from curate.text.bidi_resolve import resolve
from curate.text.runs import PointTable

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER: Final = {
    "L": "L", "R": "R", "AL": "A",
    "EN": "E", "ES": "P", "ET": "T", "AN": "N", "CS": "C", "NSM": "M", "BN": "Z",
    "B": "B", "S": "S", "WS": "W", "ON": "O",
    "LRE": "a", "RLE": "b", "LRO": "c", "RLO": "d", "PDF": "e",
    "LRI": "f", "RLI": "g", "FSI": "h", "PDI": "i",
}  # fmt: skip
"""The letter that stands for a bidirectional class; small letters are the explicit controls."""

MIRROR: Final = str.maketrans(
    {
        chr(int(character, 16)): chr(int(image, 16))
        for character, image in (pair.split() for pair in MIRRORED.split("; "))
    }
)
"""What characters look like from right to left (L4), for `str.translate`."""

_TABLE = PointTable(CLASSES, LETTER)
_EXPLICIT = re.compile("[a-i]")
_SEPARATOR = re.compile("[SB]")
_BLANK = "Wabcdefghi" + "Z"
_LEVEL_RUN = re.compile(rb"(.)\1*+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Resolved:
    """One paragraph after the rules P2–I2."""

    levels: bytes
    """The embedding level of each code point; what X9 takes out has that of the one before it."""
    base: int
    """The paragraph level: even from left to right, odd from right to left."""
    classes: str
    """The letter of each code point's class."""


def classes_of(text: str) -> str:
    """One letter per code point, see `LETTER`."""
    return text.translate(_TABLE)


def base_level(text: str) -> int | None:
    """0 or 1 after the first strong character outside isolates (P2, P3); None without one."""
    strong = _first_strong_without_isolates(text)
    if strong == "isolate":
        classes = classes_of(text)
        strong = first_strong(classes, 0, len(classes), matching_isolates(classes))
    return None if strong is None else int(strong != "L")


def _first_strong_without_isolates(text: str) -> str | None:
    """P2 for most texts, where it is the first letter; "isolate" if more must be known."""
    for character in text:
        letter = _TABLE[ord(character)]
        if letter in "LRA":
            return letter
        if letter in ISOLATES:
            return "isolate"
        if letter == "B":
            break
    return None


def resolved(text: str, base: int | None = None, default: int = 0) -> Resolved:
    """Levels of one paragraph; `base` None finds its direction, `default` is for one without."""
    classes = classes_of(text)
    if base is None:
        base = base_level(text)
    if base is None:
        base = default
    if _EXPLICIT.search(classes):
        levels = _with_explicit(text, classes, base)
    elif "Z" in classes:
        levels = _without_boundaries(text, classes, base)
    else:
        direction = "R" if base & 1 else "L"
        levels = resolve(classes, text, base, direction, direction)
    return Resolved(levels, base, classes)


def _without_boundaries(text: str, classes: str, base: int) -> bytes:
    """X9 and X10 where boundary neutrals are the only thing to take out."""
    kept = [i for i, letter in enumerate(classes) if letter != "Z"]
    direction = "R" if base & 1 else "L"
    characters = "".join([text[i] for i in kept])
    found = resolve(classes.replace("Z", ""), characters, base, direction, direction)
    levels = bytearray(len(classes))
    for i, level in zip(kept, found, strict=True):
        levels[i] = level
    return _filled(levels, classes, base)


def _with_explicit(text: str, classes: str, base: int) -> bytes:
    """X1–X10 in full."""
    match = matching_isolates(classes)
    explicit, overridden = explicit_levels(classes, base, match)
    levels = bytearray(explicit)
    for sequence in run_sequences(classes, explicit, base, match):
        points = sequence.points
        letters = "".join([overridden[i] for i in points])
        characters = "".join([text[i] for i in points])
        found = resolve(letters, characters, sequence.level, sequence.start, sequence.end)
        for i, level in zip(points, found, strict=True):
            levels[i] = level
    return _filled(levels, classes, base)


def _filled(levels: bytearray, classes: str, base: int) -> bytes:
    """Give what X9 takes out the level of the code point before it (5.2)."""
    previous = base
    for i, letter in enumerate(classes):
        if letter in REMOVED:
            levels[i] = previous
        else:
            previous = levels[i]
    return bytes(levels)


def line_levels(paragraph: Resolved, start: int, end: int) -> bytes:
    """Levels of the line `[start, end)`: separators and trailing space fall to the base (L1)."""
    classes = paragraph.classes[start:end]
    kept = len(classes.rstrip(_BLANK + "SB"))
    levels = paragraph.levels[start : start + kept]
    if _SEPARATOR.search(classes, 0, kept):
        levels = _separators_lowered(levels, classes, paragraph.base)
    return levels + bytes([paragraph.base]) * (len(classes) - kept)


def _separators_lowered(levels: bytes, classes: str, base: int) -> bytes:
    lowered = bytearray(levels)
    past = 0
    for separator in _SEPARATOR.finditer(classes, 0, len(levels)):
        first = past + len(classes[past : separator.start()].rstrip(_BLANK))
        past = separator.end()
        lowered[first:past] = bytes([base]) * (past - first)
    return bytes(lowered)


def visual_runs(levels: bytes) -> list[tuple[int, int, int]]:
    """Runs of one level `(start, end, level)` from left to right (L2).

    A run of odd level is to be read backwards.
    """
    runs = [(*run.span(), run[1][0]) for run in _LEVEL_RUN.finditer(levels)]
    if len(runs) < 2:
        return runs
    found = [level for _, _, level in runs]
    for lowest in range(max(found), min(level | 1 for level in found) - 1, -1):
        _reverse_from(runs, lowest)
    return runs


def _reverse_from(runs: list[tuple[int, int, int]], lowest: int) -> None:
    """Reverse every stretch of runs whose level is at least `lowest`."""
    i, count = 0, len(runs)
    while i < count:
        if runs[i][2] < lowest:
            i += 1
            continue
        j = i + 1
        while j < count and runs[j][2] >= lowest:
            j += 1
        runs[i:j] = runs[i:j][::-1]
        i = j


def visual_order(levels: bytes) -> list[int]:
    """Which logical position each visual position shows, from left to right (L2)."""
    order: list[int] = []
    for start, end, level in visual_runs(levels):
        order += range(end - 1, start - 1, -1) if level & 1 else range(start, end)
    return order


def inverse(order: Sequence[int]) -> list[int]:
    """Turn visual → logical positions into logical → visual ones, and the other way round."""
    back = [0] * len(order)
    for visual, logical in enumerate(order):
        back[logical] = visual
    return back
