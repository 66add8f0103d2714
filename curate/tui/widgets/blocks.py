"""The rows of an article: which sentence and which of its lines each row of the view shows.

Heights are exact near what is looked at and estimated elsewhere, so that an
article of ten thousand sentences opens as fast as one of ten.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from curate.model.document import Document, Sentence, SentenceKind
from curate.model.span import Span
from curate.text.layout import Layout
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.labels import Tag, lanes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.tui.scene import Mark

MOST_LAID_OUT = 400
"""How many sentences are kept laid out; some 20 kB each."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a block: a line of text, a line of labels under it, or a blank one."""

    block: int
    line: int
    """Which line of the text; -1 for a blank row."""
    lane: int = -1
    """Which line of labels under it; -1 for the text itself."""


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A sentence laid out, with its labels spread over lines."""

    layout: Layout
    lanes: tuple[tuple[tuple[Tag, ...], ...], ...]
    """Line → its lines of labels, each a tuple of tags."""

    @property
    def rows(self) -> int:
        """How many rows the block takes."""
        return len(self.layout.lines) + sum(map(len, self.lanes))

    def place(self, block: int, row: int) -> Place:
        """What the row-th row of the block is."""
        for line, labels in enumerate(self.lanes):
            if row <= len(labels):
                return Place(block, line, row - 1)
            row -= 1 + len(labels)
        return Place(block, -1)

    def row_of(self, line: int) -> int:
        """The row of a line of text."""
        return line + sum(map(len, self.lanes[:line]))


class Blocks:
    """An article as blocks of rows, at one width."""

    def __init__(
        self,
        document: Document,
        item: Span,
        width: int,
        manner: Manner = VISUAL,
    ) -> None:
        self.document = document
        self.item = item
        self.width = width
        self.manner = manner
        self.sentences: Sequence[Sentence] = document.sentences or _whole(document)
        self.marks: tuple[Mark, ...] = ()
        self._starts = [s.span.start for s in self.sentences]
        self._drawn: dict[int, DrawnBlock] = {}
        self._exact: set[int] = set()
        self._item_blocks = self.blocks_of(item)
        self._heights = self._estimates()
        self._tops: list[int] = []
        self._stack()

    # ------------------------------------------------------------------ blocks

    def in_item(self, block: int) -> bool:
        """Whether the sentence is what is being annotated."""
        return block in self._item_blocks

    def block_of(self, offset: int) -> int:
        """The sentence that holds a code point, or the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def blocks_of(self, span: Span) -> range:
        """The sentences that a span touches."""
        return range(self.block_of(span.start), self.block_of(span.end - 1) + 1)

    def marks_of(self, block: int) -> tuple[Mark, ...]:
        """The marks that touch a sentence."""
        span = self.sentences[block].span
        if not self.in_item(block):
            return ()
        return tuple(m for m in self.marks if m.span.overlaps(span))

    def set_marks(self, marks: tuple[Mark, ...]) -> set[int]:
        """Put other marks on the item; return the blocks that look different now."""
        changed = {*self.marks} ^ {*marks}
        touched = {b for mark in changed for b in self.blocks_of(mark.span)}
        self.marks = marks
        for block in touched:
            self._drawn.pop(block, None)
            self._exact.discard(block)
        return touched

    def set_item(self, item: Span) -> None:
        """Turn to another item of the same document; the marks go with the old one."""
        around = {*self._around(self._item_blocks), *self._around(self.blocks_of(item))}
        self.item, self.marks = item, ()
        self._item_blocks = self.blocks_of(item)
        for block in around:
            self._drawn.pop(block, None)
        self._settle_all(sorted(around)[:MOST_LAID_OUT])

    def _around(self, blocks: range) -> range:
        """The blocks, with one before and one after, whose blank rows depend on them."""
        return range(max(0, blocks.start - 1), min(len(self.sentences), blocks.stop + 1))

    def drawn(self, block: int) -> DrawnBlock:
        """A sentence laid out, from the cache if it is there."""
        found = self._drawn.pop(block, None)
        if found is None:
            found = self._draw(block)
            if len(self._drawn) >= MOST_LAID_OUT:
                del self._drawn[next(iter(self._drawn))]
        self._drawn[block] = found
        return found

    def _draw(self, block: int) -> DrawnBlock:
        sentence = self.sentences[block].span
        marks = self.marks_of(block)
        layout = Layout(
            sentence.of(self.document.text),
            self.width,
            splits=_splits(marks, sentence),
            marks=self.manner.marks,
            reorder=self.manner.reorder,
        )
        if not self.in_item(block):
            return DrawnBlock(layout, ((),) * len(layout.lines))
        by_line: list[list[Tag]] = [[] for _ in layout.lines]
        words_on_offer = any(m.hint and not m.label for m in marks)
        for mark in marks:
            if words_on_offer and not mark.hint:
                continue
            for line, tag in _tags(layout, mark, sentence):
                by_line[line].append(tag)
        spread = tuple(tuple(map(tuple, lanes(tags))) or ((),) for tags in by_line)
        return DrawnBlock(layout, spread)

    # ------------------------------------------------------------------ rows

    @property
    def total(self) -> int:
        """How many rows the article takes; exact where it was looked at."""
        return self._tops[-1] + self._heights[-1] if self._tops else 0

    def _gap(self, block: int) -> int:
        """Blank rows above a block: between paragraphs, and around the item."""
        if block == 0:
            return 0
        if block in self._item_blocks or block - 1 in self._item_blocks:
            return 1
        between = self.document.text[self.sentences[block - 1].span.end : self._starts[block]]
        return 1 if "\n" in between or "\r" in between else 0

    def _estimates(self) -> list[int]:
        """How many rows each block may take, told from its length alone."""
        per_row = max(1, self.width - 4)
        ends = [s.span.end for s in self.sentences]
        pairs = zip(self._starts, ends, strict=True)
        heights = [1 + (end - start) * 97 // (100 * per_row) for start, end in pairs]
        for block in self._item_blocks:
            heights[block] *= 2
        return heights

    def _measure(self, block: int) -> None:
        """Put the exact height of a block in the place of the estimate."""
        self._heights[block] = self._gap(block) + self.drawn(block).rows
        self._exact.add(block)

    def _stack(self) -> None:
        self._tops = [0, *accumulate(self._heights)][: len(self._heights)]

    def settle(self, top: int, height: int) -> int:
        """Measure what `height` rows from `top` show; return by how much `top` has to move.

        The row at the top keeps what it shows.
        """
        moved = 0
        while self._tops:
            first = max(0, bisect_right(self._tops, top) - 1)
            last = bisect_right(self._tops, top + height)
            rough = [b for b in range(first, last) if b not in self._exact]
            if not rough:
                break
            inside = top - self._tops[first]
            for block in rough:
                self._measure(block)
            self._stack()
            moved += self._tops[first] + inside - top
            top = self._tops[first] + inside
        return moved

    def settle_blocks(self, blocks: Iterable[int]) -> None:
        """Measure some blocks whose height may have changed."""
        rough = [b for b in blocks if b not in self._exact]
        if rough:
            self._settle_all(rough)

    def _settle_all(self, blocks: Iterable[int]) -> None:
        for block in blocks:
            self._measure(block)
        self._stack()

    def place(self, row: int) -> Place:
        """What a row shows; one beyond the article is blank."""
        if not self._tops or not 0 <= row < self.total:
            return Place(0, -1)
        block = max(0, bisect_right(self._tops, row) - 1)
        inside = row - self._tops[block] - self._gap(block)
        return Place(block, -1) if inside < 0 else self.drawn(block).place(block, inside)

    def rows_of(self, block: int) -> tuple[int, int]:
        """First row of a block and how many it takes, blank rows left out."""
        gap = self._gap(block)
        return self._tops[block] + gap, self._heights[block] - gap

    def row_and_cell(self, offset: int) -> tuple[int, int]:
        """Where a code point is shown."""
        block = self.block_of(offset)
        self.settle_blocks((block,))
        drawn = self.drawn(block)
        line, cell = drawn.layout.cell_of(offset - self._starts[block])
        return self.rows_of(block)[0] + drawn.row_of(line), cell

    def hit(self, row: int, cell: int) -> Span:
        """The cluster under a cell, or next to it."""
        place = self.place(row)
        layout = self.drawn(place.block).layout
        start = self._starts[place.block]
        line = max(0, place.line)
        offset = min(layout.hit(line, cell), max(0, len(layout.text) - 1))
        return layout.cluster(offset).shifted(start)

    def start_of(self, block: int) -> int:
        """The first code point of a block."""
        return self._starts[block]


def _whole(document: Document) -> tuple[Sentence, ...]:
    if not document.text:
        return ()
    return (Sentence(Span(0, len(document.text)), SentenceKind.BODY),)


def _splits(marks: tuple[Mark, ...], sentence: Span) -> frozenset[int]:
    """Span boundaries inside the sentence, counted from its start."""
    edges = {edge for m in marks if not m.hint or m.label for edge in (m.span.start, m.span.end)}
    inside = range(sentence.start + 1, sentence.end)
    return frozenset(edge - sentence.start for edge in edges if edge in inside)


def _tags(layout: Layout, mark: Mark, sentence: Span) -> list[tuple[int, Tag]]:
    """The parts of a mark on each line of the sentence."""
    start = max(mark.span.start, sentence.start) - sentence.start
    end = min(mark.span.end, sentence.end) - sentence.start
    by_line: dict[int, list[tuple[int, int]]] = {}
    for run in layout.runs(Span(start, end)):
        by_line.setdefault(run.row, []).append((run.start, run.end))
    found = []
    for line, runs in by_line.items():
        row = layout.lines[line]
        tag = Tag(
            mark,
            tuple(runs),
            begins=row.start <= start and mark.span.start >= sentence.start,
            ends=end <= row.end and mark.span.end <= sentence.end,
        )
        found.append((line, tag))
    return found
