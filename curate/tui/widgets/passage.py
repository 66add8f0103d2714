"""The article with the item in it: read, moved about in, selected from and clicked on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

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
    from textual.strip import Strip

    from curate.tui.scene import Scene

MOST_STRIPS = 4000


class Passage(ScrollView, can_focus=True, inherit_bindings=False):
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
            self.virtual_size = Size(blocks.width, blocks.total)
            self.refresh()
            return
        for block in changed | found:
            self.refresh_lines(*blocks.rows_of(block))

    def _lay_out(self) -> None:
        """Lay the article out anew, with the item in view."""
        width = self.scrollable_content_region.width
        if self._document is None or self._scene is None or width < 4:
            return
        self._strips.clear()
        self._blocks = Blocks(self._document, self._scene.item, width, self._manner)
        self._blocks.set_marks(self._scene.marks)
        self.reveal()
        self.refresh()

    def reveal(self) -> None:
        """Bring the item into view with some of the article before it."""
        blocks, scene = self._blocks, self._scene
        if blocks is None or scene is None:
            return
        height = max(1, self.scrollable_content_region.height)
        covered = blocks.blocks_of(scene.item)
        blocks.settle_blocks(range(max(0, covered[0] - height), covered[0]))
        blocks.settle_blocks(covered[:height])
        top, _ = blocks.rows_of(covered[0])
        last, rows = blocks.rows_of(covered[-1])
        item_rows = last + rows - top
        above = max(2, (height - item_rows) // 2) if item_rows < height else 1
        self._scroll_rows(max(0, top - above))

    def _scroll_rows(self, y: int) -> None:
        blocks = self._blocks
        if blocks is None:
            return
        height = max(1, self.scrollable_content_region.height)
        moved = blocks.settle(y, height)
        self.virtual_size = Size(blocks.width, max(blocks.total, 1))
        self.scroll_to(y=y + moved, animate=False)

    def _settle_view(self) -> None:
        """Make heights exact around what is in view, and keep it in view."""
        blocks = self._blocks
        if blocks is None:
            return
        y = self.scroll_offset.y
        moved = blocks.settle(y, max(1, self.scrollable_content_region.height))
        if blocks.total != self.virtual_size.height:
            self.virtual_size = Size(blocks.width, blocks.total)
        if moved:
            self.scroll_to(y=y + moved, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Measure what comes into view before it is drawn."""
        super().watch_scroll_y(old_value, new_value)
        self._settle_view()

    def on_resize(self) -> None:
        """Lay out for the new width."""
        width = self.scrollable_content_region.width
        if self._blocks is None or self._blocks.width != width:
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
        width = max(1, self.scrollable_content_region.width)
        if blocks is None:
            return self.painter.blank(width)
        place = blocks.place(y + self.scroll_offset.y)
        if place.line < 0:
            return self.painter.blank(width)
        over = self._overlay(place.block)
        key = (place, blocks.marks_of(place.block), over, width)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._paint(blocks, place, over, width)
        return strip

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
        )

    def _paint(self, blocks: Blocks, place: Place, over: Overlay, width: int) -> Strip:
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
                self.refresh_lines(*self._blocks.rows_of(block))

    def show_offset(self, offset: int) -> None:
        """Scroll so that a code point is in view."""
        if self._blocks is None:
            return
        row, _ = self._blocks.row_and_cell(offset)
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if not top <= row < top + height - 1:
            self._scroll_rows(max(0, row - height // 2))

    def scroll_page(self, by: int) -> None:
        """Scroll by most of a page."""
        height = max(2, self.scrollable_content_region.height)
        self._scroll_rows(max(0, self.scroll_offset.y + by * (height - 2)))

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
        return self._blocks.hit(offset.y + self.scroll_offset.y, offset.x)

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
