"""Some words of a sentence around a place in it, in visual order, the place in another look."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from curate.text.layout import Layout
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part

if TYPE_CHECKING:
    from curate.model.span import Span

_AHEAD = 3
"""One part in so many of the room goes to what stands before the place."""


def snippet(text: str, span: Span, room: int, manner: Manner = VISUAL) -> list[Part]:
    """Parts from the left, in no more than `room` cells; `span` is in code points of `text`."""
    room = max(8, room)
    ahead = min(span.start - room // _AHEAD, len(text) - room + 2)
    start = 0 if span.end <= room - 2 else max(0, ahead)
    if start:
        start = max(start, text.find(" ", start, span.start) + 1)
    end = min(len(text), start + room - 2)
    if end < len(text):
        end = max(min(end, span.end), text.rfind(" ", start, end))
    shown = text[start:end]
    head = "…" if start else ""
    tail = "…" if start + len(shown) < len(text) else ""
    line = head + _one_line(shown) + tail
    layout = Layout(line, room, marks=manner.marks, reorder=manner.reorder)
    first, last = span.start - start + len(head), span.end - start + len(head)
    at = min((g.cell for g in layout.lines[0].glyphs), default=0)
    drawn: list[tuple[str, bool]] = []
    for glyph in sorted(layout.lines[0].glyphs, key=lambda g: g.cell):
        drawn.append((" " * (glyph.cell - at) + glyph.text, first <= glyph.start < last))
        at = glyph.cell + glyph.width
    return [
        Part("".join(text for text, _ in run), "found" if hit else "plain", drawn=True)
        for hit, run in groupby(drawn, key=lambda piece: piece[1])
    ]


def _one_line(text: str) -> str:
    """The text with every kind of line end and blank as a space, as long as it was."""
    return "".join(" " if c.isspace() else c for c in text)
