"""Rows of the passage as strips of styled cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from curate.model.span import Span
from curate.tui.scene import Look
from curate.tui.widgets.cells import Manner, cells
from curate.tui.widgets.labels import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.text.layout import Line
    from curate.tui.looks import Looks
    from curate.tui.scene import Mark
    from curate.tui.widgets.labels import Tag


_UNDERLINED = Style(underline=True)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over the marks of a row, in code points of the document."""

    cursor: int | None = None
    selection: Span | None = None
    found: tuple[Span, ...] = ()
    said: tuple[Span, ...] = ()
    """What was marked in another item."""


class Painter:
    """Turns lines and labels into strips, with the colours of one theme."""

    def __init__(self, looks: Looks) -> None:
        self._look = looks.__getitem__
        self._looks = looks
        self._of_marks = lru_cache(maxsize=2048)(self._marked)

    def blank(self, width: int) -> Strip:
        """A row without anything."""
        return Strip([Segment(" " * width, self._look("text"))], width)

    def edge(self, *, thumb: bool) -> Strip:
        """The right edge of a row: a blank cell, and the sign of what is in view of the article."""
        return Strip([Segment(" ▐" if thumb else "  ", self._look("edge"))], 2)

    def text(
        self, line: Line, start: int, marks: Sequence[Mark], over: Overlay, width: int, base: str
    ) -> Strip:
        """A line of text whose block begins at code point `start`."""
        begin, end = line.start + start, line.end + start
        live = [m for m in marks if m.span.start < end and m.span.end > begin]
        plain = self._look(base)
        out: list[tuple[str, Style]] = []
        at = 0
        for glyph in line.glyphs:
            if glyph.cell > at:
                out.append((" " * (glyph.cell - at), plain))
            first, last = glyph.start + start, glyph.end + start
            hangs = last == end and glyph.text == " "
            over_it = () if hangs else live
            covering = tuple(m for m in over_it if m.span.start < last and m.span.end > first)
            style = self._of_marks(base, covering) if covering else plain
            out.append((glyph.text, self._overlaid(style, first, last, over)))
            at = glyph.cell + glyph.width
        if at < width:
            out.append((" " * (width - at), plain))
        return Strip(_joined(out), width)

    def with_cursor(self, strip: Strip, cell: int) -> Strip:
        """The strip with the cursor on a cell that shows no letter."""
        width = strip.cell_length
        parts = strip.divide([cell, cell + 1, width])
        cursor = Strip([Segment(s.text, self._look("cursor")) for s in parts[1]])
        return Strip.join([parts[0], cursor, *parts[2:]])

    def _overlaid(self, style: Style, first: int, last: int, over: Overlay) -> Style:
        if any(s.start < last and s.end > first for s in over.said):
            style += _UNDERLINED
        if any(f.start < last and f.end > first for f in over.found):
            style += self._look("found")
        if over.selection and over.selection.start < last and over.selection.end > first:
            style += self._look("selection")
        if over.cursor is not None and first <= over.cursor < last:
            style += self._look("cursor")
        return style

    def _marked(self, base: str, marks: tuple[Mark, ...]) -> Style:
        """The style of a cell under these marks: the innermost gives the colour."""
        style = self._look(base)
        for mark in sorted(marks, key=lambda m: -len(m.span)):
            style += self._mark_style(mark)
        return style

    def _mark_style(self, mark: Mark) -> Style:
        if (mark.quiet and not mark.focused) or (mark.hint and mark.look is Look.BARE):
            return Style()
        style = self._looks.ink(mark.colour)
        if mark.look is Look.TRIGGER:
            style += Style(bold=True)
            if not mark.proposed:
                style += self._looks.wash(mark.colour)
        if not mark.proposed:
            style += Style(underline=True)
        if mark.focused:
            style += self._look("focus")
        return style

    def labels(
        self, lane: Sequence[Tag], width: int, manner: Manner, base: str, *, rtl: bool
    ) -> Strip:
        """A line of labels."""
        plain = self._look(base)
        out: list[tuple[str, Style]] = []
        at = 0
        for piece in pieces(lane, width, rtl=rtl, manner=manner):
            if piece.x > at:
                out.append((" " * (piece.x - at), plain))
            style = plain
            if piece.is_hint:
                style += self._look("key" if piece.mark and piece.mark.quiet else "hint")
            elif piece.mark is not None:
                style += self._label_style(piece.mark)
            out.append((piece.text, style))
            at = piece.x + cells(piece.text)
        if at < width:
            out.append((" " * (width - at), plain))
        return Strip(_joined(out)).adjust_cell_length(width, plain)

    def _label_style(self, mark: Mark) -> Style:
        if mark.focused:
            return self._look("label-focus")
        if mark.quiet:
            return self._look("faint")
        if mark.in_focus:
            return self._look("role")
        return self._looks.ink(mark.colour)


def _joined(parts: Sequence[tuple[str, Style]]) -> list[Segment]:
    """Neighbouring cells of one style as one segment."""
    segments: list[Segment] = []
    run: list[str] = []
    style: Style | None = None
    for text, its_style in parts:
        if its_style is not style and its_style != style:
            if run:
                segments.append(Segment("".join(run), style))
            run, style = [], its_style
        run.append(text)
    if run:
        segments.append(Segment("".join(run), style))
    return segments
