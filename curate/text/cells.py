"""How many cells of a terminal a text takes, and what may be sent to draw a character.

Every code point has a kind, one letter (see `cells_data`). Code points form clusters: a base with
the marks and invisible characters that share its cells. Kinds become a string of cells, one
letter per cell in logical order, in which lines are broken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from curate.text.cells_data import KINDS
from curate.text.runs import PointTable
from curate.text.shaping import lam_alefs

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN: Final = "\ufffd"
"""Drawn for what must not reach a terminal and has no picture of its own."""

DOTTED_CIRCLE: Final = "\u25cc"
"""Drawn under a mark that has no letter to sit on."""

ELLIPSIS: Final = "…"
"""Drawn where a text was cropped."""

MOST_MARKS: Final = 8
"""How many marks are drawn on one letter; no language needs more."""

_KINDS = PointTable(KINDS)
_PLAIN_LINE_ENDS: Final = "\n\r\x85\u2028\u2029"
_CONTROL_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
_CIRCLED_LETTERS: Final = 0x24B6

_ATTACHED = re.compile("[miof]")
_COMPOUND = re.compile("[xwnp][mi]+|si+|bf|m[mi]+|[io]+(?:[xwnp][mi]*|si*|bf?|m[mi]*|)")
_INVISIBLE_START = re.compile("(?:^|[bf])i|o")
_MARKS = re.compile("m[mi]*")
_BASE = re.compile("[^io]")
_UNDRAWN = re.compile("[if]")
_LONE_MARK = re.compile("(?:^|(?<=[sbo]))m")
_TO_CELLS = str.maketrans({"w": "xv", "n": "x", "p": "x", "m": None, "o": None})
_CLUSTER_CELLS = re.compile("[^v]v?")
_NOT_SPACE = re.compile("[^s]")


class _Drawings(dict[int, str]):
    """Code point → the one character to send to draw it; a space for what is invisible."""

    def __missing__(self, point: int) -> str:
        kind = _KINDS[point]
        if kind in "snio" or chr(point) in _PLAIN_LINE_ENDS:
            drawn = " "
        elif kind in "bp":
            drawn = _picture(point)
        else:
            drawn = chr(point)
        self[point] = drawn
        return drawn


def _picture(point: int) -> str:
    """A harmless sign of one cell for a control or a code point of unknown width."""
    if point < 0x20:
        return chr(_CONTROL_PICTURES + point)
    if point == _DELETE:
        return "\u2421"
    if point in _FLAG_LETTERS:
        return chr(_CIRCLED_LETTERS + point - _FLAG_LETTERS.start)
    return UNKNOWN


_DRAWINGS = _Drawings()


def drawn(text: str) -> str:
    """What to send to draw each character, one for one; it takes the cells that its kind says."""
    return text.translate(_DRAWINGS)


def marks_in(kinds: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The stretches of marks, each with all of its cluster that follows."""
    return _MARKS.finditer(kinds, start, end)


def marks_of(kinds: str, drawings: str) -> str:
    """The marks among the characters of a cluster, as many as are drawn."""
    marks = [mark for mark, kind in zip(drawings, kinds, strict=True) if kind == "m"]
    return "".join(marks[:MOST_MARKS])


def kinds_of(text: str, splits: frozenset[int] = frozenset(), *, ligatures: bool = True) -> str:
    """One letter per code point: its kind in this text.

    The alef of a lam-alef is invisible (unless a boundary in `splits` keeps it apart or there are
    no `ligatures`), and so, as f, is the line feed of a CR LF pair.
    """
    kinds = text.translate(_KINDS)
    changed = {}
    if ligatures:
        for lam, alef in lam_alefs(text, splits):
            changed[alef] = "i"
            if "o" in kinds[lam:alef]:
                changed.update((i, "i") for i in range(lam + 1, alef) if kinds[i] == "o")
    if "\r\n" in text:
        changed.update((feed.end() - 1, "f") for feed in re.finditer("\r\n", text))
    if not changed:
        return kinds
    letters = list(kinds)
    for i, kind in changed.items():
        letters[i] = kind
    return "".join(letters)


def clusters(kinds: str) -> tuple[list[int], list[int]]:
    """Where each cluster starts, and where the character stands that gives it its place.

    Both lists end with the length of the text.
    """
    length = len(kinds)
    if not _ATTACHED.search(kinds):
        starts = list(range(length + 1))
        return starts, starts
    starts = []
    past = 0
    for cluster in _COMPOUND.finditer(kinds):
        starts += range(past, cluster.start() + 1)
        past = cluster.end()
    starts += range(past, length + 1)
    bases = starts
    if _INVISIBLE_START.search(kinds):
        bases = [_base(kinds, start) for start in starts]
    return starts, bases


def _base(kinds: str, start: int) -> int:
    """Where the first visible character of a cluster stands, or the cluster if it has none."""
    base = _BASE.search(kinds, start)
    return start if base is None else base.start()


def cells_of(kinds: str) -> str:
    """The cells of a text in logical order, one letter each.

    x a cell of a letter, v the second cell of a wide one, s a space, b a line end.
    """
    if not _ATTACHED.search(kinds):
        return kinds.translate(_TO_CELLS)
    body = kinds.rstrip("io")
    tail = kinds[len(body) :]
    if tail and (not body or body[-1] in "bf" or "o" in tail):
        body += "s"
    body = _LONE_MARK.sub("x", _UNDRAWN.sub("", body))
    return body.translate(_TO_CELLS)


def line_starts(cells: str, limit: int) -> list[int]:
    """Where lines of at most `limit` cells start; spaces at the end of a line do not count."""
    starts: list[int] = []
    start = 0
    while start < len(cells):
        end = cells.find("b", start)
        end = len(cells) if end < 0 else end
        starts.append(start)
        while end - start > limit:
            start = _break(cells, start, start + limit)
            if start >= end:
                break
            starts.append(start)
        start = end + 1
    return starts or [0]


def clusters_at(cells: str, starts: list[int]) -> list[int]:
    """Which cluster each of these cells (in rising order) belongs to."""
    if "v" not in cells:
        return starts
    found = []
    wide = past = 0
    for start in starts:
        wide += cells.count("v", past, start)
        past = start
        found.append(start - wide)
    return found


def widths_of(cells: str) -> bytes:
    """How many cells each cluster takes."""
    if "v" not in cells:
        return b"\1" * len(cells)
    return bytes([len(cluster[0]) for cluster in _CLUSTER_CELLS.finditer(cells)])


def _break(cells: str, start: int, cut: int) -> int:
    """Where the next line starts if the cell `cut` does not fit on this one any more."""
    space = cut if cells[cut] == "s" else cells.rfind("s", start, cut)
    if space >= 0:
        ink = _NOT_SPACE.search(cells, space)
        return len(cells) if ink is None else ink.start()
    if cells[cut] != "v":
        return cut
    return cut - 1 if cut - 1 > start else cut + 1


def cell_width(text: str, *, ligatures: bool = True) -> int:
    """How many cells a text takes on one line."""
    return len(cells_of(kinds_of(text, ligatures=ligatures)))


def cropped(text: str, width: int, *, ligatures: bool = True) -> str:
    """As much of a text as fits in `width` cells with an ellipsis at its end."""
    if width <= 0:
        return ""
    kinds = kinds_of(text, ligatures=ligatures)
    starts, _ = clusters(kinds)
    used = 0
    for start, cells in zip(starts, widths_of(cells_of(kinds)), strict=False):
        used += cells
        if used >= width:
            return text[:start] + ELLIPSIS
    return text
