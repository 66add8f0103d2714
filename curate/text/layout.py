"""Text on a grid of cells: clusters, lines broken in logical order, cells in visual order.

Every position is a code point of the text as it stands. Nothing that a terminal could obey is
ever in what is drawn: controls become visible signs, bidi controls and joiners are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, overload

from curate.model.span import Span
from curate.text.bidi import (
    MIRROR,
    Resolved,
    base_level,
    line_levels,
    resolved,
    visual_runs,
)
from curate.text.cells import (
    DOTTED_CIRCLE,
    cell_width,
    cells_of,
    clusters,
    clusters_at,
    cropped,
    drawn,
    kinds_of,
    line_starts,
    marks_in,
    marks_of,
    widths_of,
)
from curate.text.shaping import shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Direction", "Glyph", "Layout", "Line", "Run", "cell_width", "height", "visual"]

Direction = Literal["auto", "rtl", "ltr"]
"""Where lines begin; auto: each paragraph as its first letter says."""

NARROWEST: Final = 2
"""A view of fewer cells is laid out as if it had these: a wide character must fit."""

_LONG: Final = 1000
"""Labels of more characters are not remembered."""

_NO_SPLITS: Final[frozenset[int]] = frozenset()
_PARAGRAPH_END = re.compile("\r\n|[\n\r\x1c-\x1e\x85\u2029]")
_ONE_LINE = str.maketrans(
    dict.fromkeys("\n\r\x85\u2028\u2029", "↵") | {c: drawn(c) for c in "\v\f\x1c\x1d\x1e"}
)


class Glyph(NamedTuple):
    """What one cluster looks like and where; a tuple because a page makes thousands."""

    text: str
    """What to send to the terminal: the form of the base and its marks."""
    start: int
    end: int
    """The code points it stands for."""
    cell: int
    """Its first column, counted from the left of the view."""
    width: int
    """Cells: 1 or 2."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    start: int
    end: int
    """The code points of the row, with the spaces and the line end that hang at its end."""
    glyphs: tuple[Glyph, ...]
    """From left to right; spaces that hang beyond the view are left out."""
    width: int
    """Cells used, from the first glyph to the last."""
    rtl: bool
    """Whether the row begins at the right."""


@dataclass(frozen=True, slots=True)
class Run:
    """Cells `[start, end)` of a row."""

    row: int
    start: int
    end: int


class _Lines(Sequence[Line]):
    """The rows of a layout, each made when it is first asked for."""

    __slots__ = ("_build", "_made")

    def __init__(self, build: Callable[[int], Line], count: int) -> None:
        self._build = build
        self._made: list[Line | None] = [None] * count

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, row: int) -> Line: ...
    @overload
    def __getitem__(self, row: slice) -> list[Line]: ...
    def __getitem__(self, row: int | slice) -> Line | list[Line]:
        if isinstance(row, slice):
            return [self[i] for i in range(*row.indices(len(self)))]
        line = self._made[row]
        if line is None:
            line = self._made[row] = self._build(range(len(self))[row])
        return line


class Layout:
    """A text laid out for a view of some width: which cell shows which code points.

    `splits` are span boundaries: a lam-alef that one runs through stays two cells. `reorder` off
    leaves the letters as they are in logical order, for terminals that reorder and shape by
    themselves. Rows of a right-to-left paragraph end at the right edge of the view. One column
    of each row stays free for the space it was broken at, or the cursor at the end of the text.
    """

    def __init__(
        self,
        text: str,
        width: int,
        *,
        splits: frozenset[int] = _NO_SPLITS,
        marks: bool = True,
        direction: Direction = "auto",
        reorder: bool = True,
    ) -> None:
        self.text = text
        self.width = max(NARROWEST, width)
        self._marks = marks
        self._reorder = reorder
        self._direction = direction
        self._kinds = kinds_of(text, splits, ligatures=reorder)
        self._drawings = drawn(shape(text, splits) if reorder else text)
        self._starts, self._bases = clusters(self._kinds)
        cells = cells_of(self._kinds)
        self._widths = widths_of(cells)
        self._firsts = clusters_at(cells, line_starts(cells, self.width - 1))
        self._firsts.append(len(self._starts) - 1)
        self._paragraphs = [0, *(found.end() for found in _PARAGRAPH_END.finditer(text))]
        if self._paragraphs[-1] < len(text) or not text:
            self._paragraphs.append(len(text))
        self._resolved: dict[int, Resolved] = {}
        self._base_drawings = self._drawings
        if len(self._bases) <= len(text):
            self._base_drawings = "".join([self._drawings[base] for base in self._bases[:-1]])
        self.rtl = self._is_rtl()
        """Whether the text as a whole begins at the right."""
        self.lines: Sequence[Line] = _Lines(self._line, self.height)
        """The rows from top to bottom; an empty text has one."""

    @property
    def height(self) -> int:
        """The number of rows, at least one."""
        return len(self._firsts) - 1

    def hit(self, row: int, cell: int) -> int:
        """The code point under a cell; beyond the text the start or end of the row.

        Rows above and below the text count as its first and last one.
        """
        row = min(max(row, 0), self.height - 1)
        line = self.lines[row]
        glyphs = line.glyphs
        if not glyphs:
            return line.start
        if cell < glyphs[0].cell:
            return self._row_end(row)
        glyph = glyphs[bisect_right(glyphs, cell, key=_first_cell) - 1]
        if cell < glyph.cell + glyph.width:
            return glyph.start
        return line.start if self._is_from_right(line) else self._row_end(row)

    def cell_of(self, offset: int) -> tuple[int, int]:
        """Row and first cell of the cluster that holds a code point, or of the text's end.

        A space that hangs beyond the view is at its edge.
        """
        if offset >= len(self.text):
            line = self.lines[-1]
            used = line.width
            row = self.height - 1
        else:
            row = self._row_of(offset)
            line = self.lines[row]
            start = self.cluster(offset).start
            for glyph in line.glyphs:
                if glyph.start == start:
                    return row, glyph.cell
            used = self.width
        if self._is_from_right(line):
            return row, max(0, self.width - used - 1)
        return row, min(self.width - 1, used)

    def runs(self, span: Span) -> list[Run]:
        """The cells of a span from top to bottom and left to right; several where it is torn."""
        found: list[Run] = []
        for row in range(self._row_of(span.start), self._row_of(span.end - 1) + 1):
            start = end = -1
            for glyph in self.lines[row].glyphs:
                if glyph.start >= span.end or glyph.end <= span.start:
                    continue
                if glyph.cell != end:
                    if end > start:
                        found.append(Run(row, start, end))
                    start = glyph.cell
                end = glyph.cell + glyph.width
            if end > start:
                found.append(Run(row, start, end))
        return found

    def row_text(self, row: int) -> str:
        """What to send to the terminal for a row, without the blank cells before it."""
        stretches = self._stretches(row)
        return "".join(
            ["".join(self._texts(a, b, is_backwards=backwards)) for a, b, backwards in stretches]
        )

    def cluster(self, offset: int) -> Span:
        """The code points that share a cell with this one; IndexError outside the text."""
        if not 0 <= offset < len(self.text):
            raise IndexError(f"offset {offset} is outside the text of {len(self.text)}")
        cluster = self._cluster(offset)
        return Span(self._starts[cluster], self._starts[cluster + 1])

    def next_cluster(self, offset: int) -> int:
        """Where the next cluster after this position starts, or the end of the text."""
        return self._starts[min(self._cluster(offset) + 1, len(self._starts) - 1)]

    def previous_cluster(self, offset: int) -> int:
        """Where the nearest cluster before this position starts, or 0."""
        return self._starts[max(0, bisect_left(self._starts, offset) - 1)]

    def _row_of(self, offset: int) -> int:
        return bisect_right(self._firsts, self._cluster(offset), 0, self.height) - 1

    def _cluster(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _is_from_right(self, line: Line) -> bool:
        return line.rtl and self._reorder

    def _row_end(self, row: int) -> int:
        """Where a cursor at the end of the row stands: on what the row was broken at."""
        if row == self.height - 1:
            return len(self.text)
        return self._starts[self._firsts[row + 1] - 1]

    def _is_rtl(self) -> bool:
        if self._direction != "auto":
            return self._direction == "rtl"
        for start, end in pairwise(self._paragraphs):
            level = base_level(self.text[start:end])
            if level is not None:
                return level == 1
        return True

    def _paragraph(self, number: int) -> Resolved:
        """Bidi levels of a paragraph; one without letters goes with the text as a whole."""
        found = self._resolved.get(number)
        if found is None:
            base = None if self._direction == "auto" else int(self.rtl)
            text = self.text[slice(*self._paragraphs[number : number + 2])]
            found = self._resolved[number] = resolved(text, base, default=int(self.rtl))
        return found

    def _line(self, row: int) -> Line:
        """Lay one row out."""
        first, last = self._firsts[row : row + 2]
        rtl = self._paragraph(self._paragraph_at(first)).base == 1
        used = min(self.width, sum(self._widths[first:last]))
        order: list[int] = []
        texts: list[str] = []
        for a, b, is_backwards in self._stretches(row):
            order += range(b - 1, a - 1, -1) if is_backwards else range(a, b)
            texts += self._texts(a, b, is_backwards=is_backwards)
        left = self.width - used if rtl and self._reorder else 0
        starts = [self._starts[cluster] for cluster in order]
        ends = [self._starts[cluster + 1] for cluster in order]
        widths = [self._widths[cluster] for cluster in order]
        cells = accumulate(widths, initial=left)
        glyphs = tuple(map(Glyph, texts, starts, ends, cells, widths))
        return Line(self._starts[first], self._starts[last], glyphs, used, rtl)

    def _paragraph_at(self, cluster: int) -> int:
        last = len(self._paragraphs) - 1
        return bisect_right(self._paragraphs, self._starts[cluster], 0, last) - 1

    def _stretches(self, row: int) -> Iterator[tuple[int, int, bool]]:
        """Clusters `[a, b)` of a row from left to right, and whether they go backwards.

        The spaces that hang beyond the view, one cell each, are left out.
        """
        first, last = self._firsts[row : row + 2]
        shown = last - max(0, sum(self._widths[first:last]) - self.width)
        if not self._reorder:
            yield first, shown, False
            return
        start, end = self._starts[first], self._starts[last]
        number = self._paragraph_at(first)
        before = self._paragraphs[number]
        levels = line_levels(self._paragraph(number), start - before, end - before)
        for run_start, run_end, level in visual_runs(levels):
            a = bisect_left(self._bases, start + run_start, first, last)
            b = bisect_left(self._bases, start + run_end, first, last)
            if a < min(b, shown):
                yield a, min(b, shown), level % 2 == 1

    def _texts(self, a: int, b: int, *, is_backwards: bool) -> list[str]:
        """What to send to the terminal for each of the clusters `[a, b)`, from left to right."""
        drawings = self._base_drawings[a:b]
        texts = list(drawings.translate(MIRROR) if is_backwards else drawings)
        for found in marks_in(self._kinds, self._starts[a], self._starts[b]):
            start, end = found.span()
            cluster = self._cluster(start)
            base = DOTTED_CIRCLE if start == self._bases[cluster] else texts[cluster - a]
            marks = ""
            if self._marks:
                marks = marks_of(self._kinds[start:end], self._drawings[start:end])
            texts[cluster - a] = base + marks
        if is_backwards:
            texts.reverse()
        return texts


def _first_cell(glyph: Glyph) -> int:
    return glyph.cell


def height(
    text: str, width: int, *, splits: frozenset[int] = _NO_SPLITS, reorder: bool = True
) -> int:
    """The rows that `Layout` with the same arguments has, without laying anything out."""
    cells = cells_of(kinds_of(text, splits, ligatures=reorder))
    return len(line_starts(cells, max(NARROWEST, width) - 1))


def visual(
    text: str,
    *,
    width: int | None = None,
    marks: bool = True,
    reorder: bool = True,
    direction: Direction | None = None,
) -> str:
    """One line of text as a list, a table or a label sends it: in visual order, shaped, harmless.

    Without a `direction` the first strong letter gives it. A text of more cells than `width` loses
    its logical end to an ellipsis. What comes out must not be wrapped, cut, searched or copied.
    """
    if width is not None:
        text = _beginning(text, width)
    if len(text) > _LONG:
        return _visual.__wrapped__(text, width, marks, reorder, direction)
    return _visual(text, width, marks, reorder, direction)


def _beginning(text: str, width: int) -> str:
    """The text, or so much of it that the rest makes no difference to a label of that width."""
    beginning = text[: _LONG + 16 * width]
    if len(beginning) == len(text) or cell_width(beginning) <= width:
        return text
    return beginning


@lru_cache(maxsize=1 << 12)
def _visual(
    text: str,
    width: int | None,
    marks: bool,  # noqa: FBT001
    reorder: bool,  # noqa: FBT001
    given: Direction | None,
) -> str:
    line = text.translate(_ONE_LINE)
    direction: Direction = given or ("rtl" if base_level(line) else "ltr")
    if width is not None and cell_width(line, ligatures=reorder) > width:
        line = cropped(line, width, ligatures=reorder)
    layout = Layout(line, 2 * len(line) + 2, marks=marks, direction=direction, reorder=reorder)
    return layout.row_text(0)
