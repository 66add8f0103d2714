"""A sheet of rows drawn cell by cell: status lines, cards, lists and panes are sheets.

Whatever a row says goes through `curate.text.layout`, never through markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from curate.tui.looks import Looks
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from textual import events

MOST_STRIPS = 2000
_QUOTED = frozenset({"quote", "name", "key", "hint"})
"""Looks of names, keys and texts: they run in the direction of their own letters."""
WHEEL = 3
"""Rows that a turn of the mouse wheel scrolls."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a row in one look."""

    text: str
    look: str = "plain"
    """A name of `curate.tui.looks`."""
    colour: str = ""
    """A schema's colour for the letters, in the place of the look's."""
    drawn: bool = False
    """Whether the text is in visual order already."""
    target: str | None = None
    """What a click on the part means, where that is not what one on the row means."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet: parts from the start, and parts at the far end."""

    parts: tuple[Part, ...] = ()
    ends: tuple[Part, ...] = ()
    target: str | None = None
    """What a click on the row means to its owner."""
    chosen: bool = False
    """Whether the row has the focus of its list."""


class Sheet(Widget):
    """Rows of text; it scrolls by rows without a layout of the screen."""

    ALLOW_SELECT = False
    """Textual's selection counts cells from the left: wrong for Arabic."""

    @dataclass
    class Pressed(Message):
        """A row was clicked."""

        sheet: Sheet
        target: str

        @property
        def control(self) -> Sheet:
            """The sheet, so that `@on(Sheet.Pressed, "#id")` works."""
            return self.sheet

    def __init__(self, *, id: str | None = None, manner: Manner = VISUAL) -> None:  # noqa: A002
        super().__init__(id=id)
        self._manner = manner
        self._looks: Looks | None = None
        self._strips: dict[tuple[Row, int, bool], Strip] = {}
        self.rows: tuple[Row, ...] = ()
        self.rtl = False
        """Whether rows begin at the right edge."""
        self.top = 0
        """The first row in view."""

    def show(self, rows: Iterable[Row], *, rtl: bool = False, keep: int | None = None) -> None:
        """Show these rows, with row `keep` in view; only what differs is drawn again."""
        old, old_top = self.rows, self.top
        self.rows = tuple(rows)
        self.top = self._clamped(self._top_with(keep))
        if rtl != self.rtl or self.top != old_top:
            self.rtl = rtl
            self.refresh()
            return
        for y in range(self._height):
            if _at(old, self.top + y) != _at(self.rows, self.top + y):
                self.refresh(Region(0, y, self.size.width, 1))

    def scroll_rows(self, by: int) -> None:
        """Scroll by some rows."""
        top = self._clamped(self.top + by)
        if top != self.top:
            self.top = top
            self.refresh()

    @property
    def _height(self) -> int:
        return max(1, self.content_size.height)

    def _top_with(self, row: int | None) -> int:
        """The first row in view when `row` has to be, with as little scrolling as can be."""
        if row is None:
            return self.top
        return max(row - self._height + 1, min(self.top, row))

    def _clamped(self, top: int) -> int:
        return max(0, min(top, len(self.rows) - self._height))

    def on_resize(self) -> None:
        """Keep within the rows."""
        self.top = self._clamped(self.top)

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._looks = None
        self._strips.clear()

    @property
    def looks(self) -> Looks:
        """The styles of the theme."""
        if self._looks is None:
            self._looks = Looks.of(self.app)
        return self._looks

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        row = _at(self.rows, y + self.top)
        key = (row, self.content_size.width, self.rtl)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._draw(row)
        return strip

    def _draw(self, row: Row) -> Strip:
        width = self.content_size.width
        base = self.rich_style + self.looks["chosen"] if row.chosen else self.rich_style
        pieces = self._pieces(row, width)
        strip = Strip([Segment(text, base + self._style(part)) for text, part in pieces if text])
        return strip.adjust_cell_length(width, base)

    def _pieces(self, row: Row, width: int) -> list[tuple[str, Part]]:
        """The parts in visual order from the left, with the room between them."""
        ends = self._fitted(row.ends, width)
        used = sum(cells(text) for text, _ in ends)
        parts = self._fitted(row.parts, width - used)
        gap = width - used - sum(cells(text) for text, _ in parts)
        between = (" " * max(0, gap), _GAP)
        if self._mirrored:
            return [*reversed(ends), between, *reversed(parts)]
        return [*parts, between, *ends]

    @property
    def _mirrored(self) -> bool:
        """Whether rows are put together from the right; a terminal that reorders does it itself."""
        return self.rtl and self._manner.reorder

    def _fitted(self, parts: Sequence[Part], room: int) -> list[tuple[str, Part]]:
        """Each part in visual order, cut where the room ends."""
        drawn: list[tuple[str, Part]] = []
        for part in parts:
            if room <= 0:
                break
            rtl = None if part.look in _QUOTED else self.rtl
            text = part.text if part.drawn else self._oriented(part.text, room, rtl=rtl)
            room -= cells(text)
            drawn.append((text, part))
        return drawn

    def _oriented(self, text: str, room: int, *, rtl: bool | None) -> str:
        """A text in visual order; the spaces around it lie as the rows run, not as it does."""
        core = text.strip(" ")
        lead = " " * (len(text) - len(text.lstrip(" "))) if core else text
        trail = " " * (len(text) - len(text.rstrip(" "))) if core else ""
        lead = lead[:room]
        drawn = fitted(core, room - len(lead), self._manner, rtl=rtl)
        trail = trail[: max(0, room - len(lead) - cells(drawn))]
        return trail + drawn + lead if self._mirrored else lead + drawn + trail

    def _style(self, part: Part) -> Style:
        style = self.looks[part.look]
        return style + self.looks.ink(part.colour) if part.colour else style

    def target_at(self, x: int, y: int) -> str | None:
        """What a click on a cell means."""
        row = _at(self.rows, y + self.top)
        at = 0
        for text, part in self._pieces(row, self.content_size.width):
            if at <= x < at + cells(text) and part.target is not None:
                return part.target
            at += cells(text)
        return row.target

    def on_click(self, event: events.Click) -> None:
        """Tell the owner what was clicked."""
        offset = event.get_content_offset(self)
        target = None if offset is None else self.target_at(offset.x, offset.y)
        if target is not None:
            event.stop()
            self.post_message(self.Pressed(self, target))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_rows(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_rows(-WHEEL)


_GAP = Part("")
_BLANK = Row()


def _at(rows: Sequence[Row], number: int) -> Row:
    """A row, or a blank one beyond the last."""
    return rows[number] if 0 <= number < len(rows) else _BLANK
