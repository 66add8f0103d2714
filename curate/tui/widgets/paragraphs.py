"""Running text as rows of a sheet, each paragraph in its own direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.text.layout import Layout
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def paragraph_rows(
    lines: Iterable[tuple[str, str]], width: int, manner: Manner = VISUAL
) -> Iterator[Row]:
    """Wrap paragraphs, each with its look, to a width."""
    for text, look in lines:
        if not text:
            yield Row()
            continue
        layout = Layout(text, width, marks=manner.marks, reorder=manner.reorder)
        for line in layout.lines:
            drawn, at = [], 0
            for glyph in line.glyphs:
                drawn.append(" " * (glyph.cell - at) + glyph.text)
                at = glyph.cell + glyph.width
            yield Row((Part(" "), Part("".join(drawn), look, drawn=True)))
