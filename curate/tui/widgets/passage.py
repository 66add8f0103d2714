"""The article with the item in it: read, moved about in, selected from and clicked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from curate.model.document import Document, SentenceKind
from curate.model.span import Span
from curate.tui.edges import word_at
from curate.tui.looks import Looks
from curate.tui.widgets.blocks import Blocks, Place
from curate.tui.widgets.caret import NOWHERE, Caret, is_forward, moved, moved_line
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.painting import Overlay, Painter

if TYPE_CHECKING:
    from textual import events

    from curate.tui.scene import Scene

MOST_STRIPS = 4000
WHEEL = 3
"""Rows that a turn of the mouse wheel scrolls."""
_NARROWEST = 4


class Passage(Widget, can_focus=True):
    """Text by the Line API: laid out per sentence, strips kept, few rows drawn again."""

    ALLOW_SELECT = False
    """Textual's selection counts cells from the left: wrong for Arabic."""

    @dataclass
    class Pressed(Message):
        """A letter was clicked."""

        passage: Passage
        offset: int

    @dataclass
    class Selected(Message):
        """The selection or the cursor changed."""

        passage: Passage

        def can_replace(self, message: Message) -> bool:
            """Only the last of several matters."""
            return isinstance(message, Passage.Selected)

    def __init__(self, *, id: str | None = None, manner: Manner = VISUAL) -> None:  # noqa: A002
        super().__init__(id=id)
        self._manner = manner
        self._document: Document | None = None
        self._scene: Scene | None = None
        self._blocks: Blocks | None = None
        self._painter: Painter | None = None
        self._strips: dict[tuple[object, ...], Strip] = {}
        self._pressed: Span | None = None
        self.top = 0
        """The first row in view."""
        self.caret = NOWHERE
        """The text cursor and what it has selected."""

    # ------------------------------------------------------------------ what is shown

    @property
    def selection(self) -> Span | None:
        """The selected code points."""
        return self.caret.selection

    def show(self, document: Document, scene: Scene) -> None:
        """Show an item of a document; only rows that look different are drawn again."""
        before = self._scene
        other_text = document is not self._document
        self._document, self._scene = document, scene
        if before is None or other_text or self._blocks is None:
            self.caret = NOWHERE
            self._lay_out()
            return
        if before.item != scene.item:
            self.caret = NOWHERE
            self._blocks.set_item(scene.item)
            self._blocks.set_marks(scene.marks)
            self.reveal()
            self.refresh()
            return
        found = {b for f in {*before.found} ^ {*scene.found} for b in self._blocks.blocks_of(f)}
        self._restack(self._blocks.set_marks(scene.marks), found)

    def _restack(self, changed: set[int], found: set[int]) -> None:
        """Draw blocks again whose marks changed; everything when their height did."""
        blocks = self._blocks
        if blocks is None:
            return
        total = blocks.total
        blocks.settle_blocks(changed)
        if blocks.total != total:
            self._go_to_row(self.top)
            self.refresh()
            return
        for block in changed | found:
            self._refresh_rows(*blocks.rows_of(block))

    def _refresh_rows(self, first: int, count: int) -> None:
        """Draw some rows of the article again, as far as they are in view."""
        start = max(first - self.top, 0)
        end = min(first + count - self.top, self._height)
        if start < end:
            self.refresh(Region(0, start, self.content_size.width, end - start))

    @property
    def _width(self) -> int:
        """Cells for text; beside them a blank one and the sign of where in the article this is."""
        return self.content_size.width - 2

    @property
    def _height(self) -> int:
        return max(1, self.content_size.height)

    def _lay_out(self) -> None:
        """Lay the article out anew, with the item in view."""
        if self._document is None or self._scene is None or self._width < _NARROWEST:
            return
        self._strips.clear()
        self._blocks = Blocks(self._document, self._scene.item, self._width, self._manner)
        self._blocks.set_marks(self._scene.marks)
        self.reveal()
        self.refresh()

    def reveal(self) -> None:
        """Bring the item into view with some of the article before it."""
        blocks, scene = self._blocks, self._scene
        if blocks is None or scene is None:
            return
        height = self._height
        covered = blocks.blocks_of(scene.item)
        blocks.settle_blocks(range(max(0, covered[0] - height), covered[0]))
        blocks.settle_blocks(covered[:height])
        top, _ = blocks.rows_of(covered[0])
        last, rows = blocks.rows_of(covered[-1])
        item_rows = last + rows - top
        above = max(2, (height - item_rows) // 2) if item_rows < height else 1
        self._go_to_row(top - above)

    def _go_to_row(self, row: int) -> None:
        """Scroll so that a row is the first in view, as far as there are rows."""
        blocks = self._blocks
        if blocks is None:
            return
        row = max(0, row)
        row += blocks.settle(row, self._height)
        top = max(0, min(row, blocks.total - self._height))
        blocks.settle(top, self._height)
        if top != self.top:
            self.top = top
            self.refresh()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        if self._blocks is None or self._blocks.width != self._width:
            self._lay_out()
        else:
            self.reveal()

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()
        self._painter = None

    # ------------------------------------------------------------------ drawing

    @property
    def painter(self) -> Painter:
        """Paints in the colours of the theme."""
        if self._painter is None:
            self._painter = Painter(Looks.of(self.app))
        return self._painter

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        blocks = self._blocks
        if blocks is None:
            return self.painter.blank(self.content_size.width)
        place = blocks.place(y + self.top)
        over = Overlay() if place.line < 0 else self._overlay(place.block)
        in_view = self._is_thumb(blocks, y)
        key = (place, blocks.marks_of(place.block), over, blocks.width, in_view)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            text = self._paint(blocks, place, over, blocks.width)
            strip = Strip.join([text, self.painter.edge(thumb=in_view)])
            self._strips[key] = strip
        return strip

    def _is_thumb(self, blocks: Blocks, y: int) -> bool:
        """Whether the edge of this row belongs to the sign of what is in view."""
        height, total = self._height, blocks.total
        if total <= height:
            return False
        size = max(1, height * height // total)
        first = self.top * (height - size) // max(1, total - height)
        return first <= y < first + size

    def _overlay(self, block: int) -> Overlay:
        """What lies over one sentence."""
        blocks, scene = self._blocks, self._scene
        if blocks is None or scene is None:
            return Overlay()
        span = blocks.sentences[block].span
        selection = self.selection
        at = self.caret.at if selection is None else None
        here = at is not None and blocks.block_of(at) == block
        return Overlay(
            cursor=at if here else None,
            selection=selection if selection is not None and selection.overlaps(span) else None,
            found=tuple(f for f in scene.found if f.overlaps(span)),
            said=() if blocks.in_item(block) else _overlapping(scene.around, span),
        )

    def _paint(self, blocks: Blocks, place: Place, over: Overlay, width: int) -> Strip:
        if place.line < 0:
            return self.painter.blank(width)
        drawn = blocks.drawn(place.block)
        line = drawn.layout.lines[place.line]
        base = self._base(blocks, place.block)
        if place.lane >= 0:
            lane = drawn.lanes[place.line][place.lane]
            return self.painter.labels(lane, width, self._manner, base, rtl=line.rtl)
        start = blocks.start_of(place.block)
        marks = blocks.marks_of(place.block)
        strip = self.painter.text(line, start, marks, over, width, base)
        if over.cursor is not None:
            row, cell = drawn.layout.cell_of(over.cursor - start)
            if row == place.line and not any(g.cell == cell for g in line.glyphs):
                strip = self.painter.with_cursor(strip, cell)
        return strip

    def _base(self, blocks: Blocks, block: int) -> str:
        if blocks.in_item(block):
            return "text"
        kind = blocks.sentences[block].kind
        looks = {SentenceKind.TITLE: "title", SentenceKind.BOILERPLATE: "faint"}
        return looks.get(kind, "context")

    # ------------------------------------------------------------------ moving and selecting

    def is_forward(self, direction: str) -> bool:
        """Whether `left` or `right` leads on in the text here."""
        if self._blocks is None:
            return direction == "left"
        return is_forward(self._blocks, self.caret, direction)

    def put_caret(self, caret: Caret) -> None:
        """Put the cursor somewhere, with or without a selection, and keep it in view."""
        touched = (*self.caret.reach, *caret.reach)
        self.caret = caret
        if not touched:
            return
        self._touch(min(touched), max(touched))
        if caret.at is not None:
            self.show_offset(caret.at)
        self.post_message(self.Selected(self))

    def drop_caret(self) -> bool:
        """Leave the text; False when the cursor was not in it."""
        if self.caret.at is None:
            return False
        self.put_caret(NOWHERE)
        return True

    def _touch(self, start: int, end: int) -> None:
        """Draw the sentences between two code points again."""
        if self._blocks is not None:
            for block in self._blocks.blocks_of(Span(start, end + 1)):
                self._refresh_rows(*self._blocks.rows_of(block))

    def show_offset(self, offset: int) -> None:
        """Scroll so that a code point is in view."""
        if self._blocks is None:
            return
        row, _ = self._blocks.row_and_cell(offset)
        if not self.top <= row < self.top + self._height - 1:
            self._go_to_row(row - self._height // 2)

    def scroll_page(self, by: int) -> None:
        """Scroll by most of a page."""
        self._go_to_row(self.top + by * max(1, self._height - 2))

    def travel(self, direction: str, unit: str, start: int, *, extend: bool) -> None:
        """Move the cursor by a unit of text, from `start` when it is not in the text yet."""
        if self._blocks is not None:
            self.put_caret(
                moved(self._blocks, self.caret, direction, unit, start=start, extend=extend)
            )

    def travel_line(self, by: int, start: int) -> None:
        """Move the cursor a line of text up or down."""
        if self._blocks is not None:
            self.put_caret(moved_line(self._blocks, self.caret, by, start=start))

    def select(self, span: Span) -> None:
        """Select these code points."""
        self.put_caret(Caret(span.end, span.start))

    # ------------------------------------------------------------------ mouse

    def _under(self, event: events.MouseEvent) -> Span | None:
        offset = event.get_content_offset(self)
        if offset is None or self._blocks is None:
            return None
        return self._blocks.hit(offset.y + self.top, offset.x)

    def _in_item(self, span: Span) -> bool:
        return self._scene is not None and self._scene.item.covers(span)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection, or press on a letter."""
        hit = self._under(event)
        if hit is None or event.button != 1 or not self._in_item(hit):
            return
        self.focus()
        self.drop_caret()
        self._pressed = hit
        self.capture_mouse()
        self.post_message(self.Pressed(self, hit.start))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select what lies between the press and the pointer, both end cells included."""
        hit, pressed = self._under(event), self._pressed
        if hit is None or pressed is None or hit == pressed or not self._in_item(hit):
            return
        if hit.start >= pressed.start:
            self.put_caret(Caret(hit.end, pressed.start))
        else:
            self.put_caret(Caret(hit.start, pressed.end))

    def on_mouse_up(self) -> None:
        """End the selection."""
        self._pressed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word on a double click."""
        hit = self._under(event)
        if event.chain != 2 or hit is None or not self._in_item(hit) or self._blocks is None:
            return
        word = word_at(self._blocks.document.text, self._blocks.item, hit.start)
        if word is not None:
            self.select(word)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self._go_to_row(self.top + WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self._go_to_row(self.top - WHEEL)


def _overlapping(spans: tuple[Span, ...], block: Span) -> tuple[Span, ...]:
    return tuple(s for s in spans if s.overlaps(block))
