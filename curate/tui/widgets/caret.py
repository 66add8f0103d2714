"""Where the text cursor is and what it has selected, as a value that moves over an article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.model.span import Span
from curate.tui.edges import clitic_stop, word_at, word_edge, word_stop

if TYPE_CHECKING:
    from curate.tui.widgets.blocks import Blocks


@dataclass(frozen=True, slots=True)
class Caret:
    """A place in the text, in code points of the document."""

    at: int | None = None
    """None while the cursor is not in the text."""
    origin: int | None = None
    """Where the selection began, if there is one."""
    column: int | None = None
    """The cell that moves by line keep to."""

    @property
    def selection(self) -> Span | None:
        """The selected code points."""
        if self.at is None or self.origin is None or self.at == self.origin:
            return None
        return Span(min(self.at, self.origin), max(self.at, self.origin))

    @property
    def reach(self) -> tuple[int, ...]:
        """The code points whose drawing depends on it."""
        return tuple(x for x in (self.at, self.origin) if x is not None)


NOWHERE = Caret()


def is_forward(blocks: Blocks, caret: Caret, direction: str) -> bool:
    """Whether `left` or `right` leads on in the text at the cursor, or in the item."""
    at = blocks.item.start if caret.at is None else caret.at
    return (direction == "left") == blocks.drawn(blocks.block_of(at)).layout.rtl


def moved(
    blocks: Blocks, caret: Caret, direction: str, unit: str, *, start: int, extend: bool
) -> Caret:
    """Move by a unit of text, from `start` when the cursor is not in the text yet.

    A move by word selects the word that is reached, ready for its type.
    """
    at = start if caret.at is None else caret.at
    origin = (at if caret.origin is None else caret.origin) if extend else None
    if direction in ("start", "end"):
        return Caret(blocks.item.start if direction == "start" else blocks.item.end, origin)
    forward = is_forward(blocks, caret, direction)
    if unit == "word" and not extend:
        return _on_word(blocks, caret, at, forward=forward)
    return Caret(_stop(blocks, at, unit, forward=forward), origin)


def _on_word(blocks: Blocks, caret: Caret, at: int, *, forward: bool) -> Caret:
    item, text = blocks.item, blocks.document.text
    if caret.at is not None:
        begin = at if caret.selection is None else caret.selection.start
        at = word_stop(text, item, begin, forward=forward)
    word = word_at(text, item, min(at, item.end - 1))
    return caret if word is None else Caret(word.end, word.start)


def _stop(blocks: Blocks, at: int, unit: str, *, forward: bool) -> int:
    item, text = blocks.item, blocks.document.text
    if unit == "word":
        return word_edge(text, item, at, forward=forward)
    if unit == "clitic":
        return clitic_stop(text, item, at, forward=forward)
    block = blocks.block_of(at if forward or at == item.start else at - 1)
    start = blocks.start_of(block)
    layout = blocks.drawn(block).layout
    step = layout.next_cluster if forward else layout.previous_cluster
    return max(item.start, min(item.end, start + step(at - start)))


def moved_line(blocks: Blocks, caret: Caret, by: int, *, start: int) -> Caret:
    """Move a line of text up or down, in the column where the move began."""
    row, cell = blocks.row_and_cell(start if caret.at is None else caret.at)
    cell = cell if caret.column is None else caret.column
    row += by
    while 0 <= row < blocks.total:
        place = blocks.place(row)
        if place.line >= 0 and place.lane < 0:
            at = blocks.hit(row, cell).start
            return Caret(max(blocks.item.start, min(blocks.item.end, at)), column=cell)
        row += by
    return replace(caret, column=cell)
