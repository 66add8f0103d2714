"""A sheet of rows drawn cell by cell: status lines, cards, lists and panes are sheets.

Whatever a row says goes through `curate.text.layout`, never through markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from curate.tui.themes import ink
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a row in one look."""

    text: str
    look: str = "plain"
    """Name of a component class of `Sheet`, without `sheet--`."""
    colour: str = ""
    """A schema's colour for the letters, in the place of the look's."""
    drawn: bool = False
    """Whether the text is in visual order already."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet: parts from the start, and parts at the far end."""

    parts: tuple[Part, ...] = ()
    ends: tuple[Part, ...] = ()
    target: str | None = None
    """What a click on the row means to its owner."""
    chosen: bool = False
    """Whether the row has the focus of its list."""
    flush: bool = False
    """Whether the parts stand at the far edge whatever the direction of the sheet."""


class Sheet(ScrollView):
    """Rows of text, virtual and cached."""

    ALLOW_SELECT = False
    """Textual's selection counts cells from the left: wrong for Arabic."""
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--plain",
        "sheet--dim",
        "sheet--key",
        "sheet--name",
        "sheet--quote",
        "sheet--good",
        "sheet--warn",
        "sheet--error",
        "sheet--hint",
        "sheet--chosen",
        "sheet--heading",
        "sheet--role",
    }
    can_focus = False

    @dataclass
    class Pressed(Message):
        """A row was clicked."""

        sheet: Sheet
        target: str

        @property
        def control(self) -> Sheet:
            """The sheet, so that `@on(Sheet.Pressed, "#id")` works."""
            return self.sheet

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 (Textual's name for it)
        classes: str | None = None,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.manner = manner
        self.rtl = False
        """Whether rows begin at the right edge."""
        self.rows: tuple[Row, ...] = ()
        self._strips: dict[tuple[Row, int, bool], Strip] = {}

    def show(self, rows: Iterable[Row], *, rtl: bool | None = None) -> None:
        """Show these rows; only the lines that differ are drawn again."""
        new = tuple(rows)
        turned = rtl is not None and rtl != self.rtl
        if rtl is not None:
            self.rtl = rtl
        old, self.rows = self.rows, new
        if len(new) != len(old) or self.virtual_size.width != self._width:
            self.virtual_size = Size(self._width, len(new))
        if turned or len(new) != len(old):
            self.refresh()
            return
        for y, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.refresh_line(y)

    def show_row(self, y: int) -> None:
        """Scroll so that the row is in view."""
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        if y < top:
            self.scroll_to(y=y, animate=False)
        elif y >= top + height:
            self.scroll_to(y=y - height + 1, animate=False)

    @property
    def _width(self) -> int:
        return max(1, self.scrollable_content_region.width)

    def on_resize(self) -> None:
        """Lay the rows out for the new width."""
        self._strips.clear()
        self.virtual_size = Size(self._width, len(self.rows))

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        row_number = y + self.scroll_offset.y
        row = self.rows[row_number] if row_number < len(self.rows) else Row()
        width = self._width
        key = (row, width, self.rtl)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > 2000:
                self._strips.clear()
            strip = self._strips[key] = self._draw(row, width)
        return strip

    def _draw(self, row: Row, width: int) -> Strip:
        base = self.get_component_rich_style("sheet--chosen") if row.chosen else self.rich_style
        ends = self._pieces(row.ends, width, base)
        used = sum(cells(text) for text, _ in ends)
        parts = self._pieces(row.parts, max(0, width - used), base)
        gap = max(0, width - used - sum(cells(text) for text, _ in parts))
        middle = [(" " * gap, base)]
        rtl = self.rtl != row.flush
        pieces = [*reversed(ends), *middle, *reversed(parts)] if rtl else [*parts, *middle, *ends]
        strip = Strip([Segment(text, style) for text, style in pieces if text])
        return strip.adjust_cell_length(width, base)

    def _pieces(self, parts: Sequence[Part], room: int, base: Style) -> list[tuple[str, Style]]:
        """Each part in visual order, cut where the room ends."""
        drawn: list[tuple[str, Style]] = []
        for part in parts:
            if room <= 0:
                break
            text = part.text if part.drawn else fitted(part.text, room, self.manner)
            room -= cells(text)
            drawn.append((text, base + self._look(part)))
        return drawn

    def _look(self, part: Part) -> Style:
        style = self.get_component_rich_style(f"sheet--{part.look}", partial=True)
        if part.colour:
            colour = ink(part.colour, dark=self.app.current_theme.dark)
            if colour:
                style += Style(color=colour)
        return style

    def on_click(self, event: events.Click) -> None:
        """Tell the owner which row was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        y = offset.y + self.scroll_offset.y
        if y < len(self.rows) and self.rows[y].target is not None:
            event.stop()
            self.post_message(self.Pressed(self, self.rows[y].target or ""))
