"""Running text as rows of a sheet, each paragraph in its own direction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import bidirectional

from curate.text.layout import Layout
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.text.layout import Direction


def paragraph_rows(
    lines: Iterable[tuple[str, str]], width: int, manner: Manner = VISUAL, *, rtl: bool = False
) -> Iterator[Row]:
    """Wrap paragraphs, each with its look, to a width, with a blank cell on either side.

    Quotations with Arabic in them run from the right, also where the name of a role
    comes first; all else runs as the interface does, also where a rule of the
    guidelines begins with an Arabic word.
    """
    own: Direction = "rtl" if rtl else "ltr"
    for text, look in lines:
        if not text:
            yield Row()
            continue
        layout = Layout(
            text,
            max(1, width - 1),
            marks=manner.marks,
            reorder=manner.reorder,
            direction=_quoted(text) if look == "quote" else own,
        )
        for line in layout.lines:
            drawn, at = [], 0
            for glyph in line.glyphs:
                drawn.append(" " * (glyph.cell - at) + glyph.text)
                at = glyph.cell + glyph.width
            yield Row((Part(" "), Part("".join(drawn), look, drawn=True)))


def _quoted(text: str) -> Direction:
    return "rtl" if any(bidirectional(c) in ("R", "AL") for c in text) else "ltr"
