"""A line to type into: its value is logical, what it draws is visual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from curate.text.layout import Layout
from curate.text.words import next_word, previous_word
from curate.tui.looks import Looks
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted

if TYPE_CHECKING:
    from textual import events

_WIDEST = 100_000
"""Cells enough that a line is never broken."""


class RtlInput(Widget, can_focus=True):
    """One line of text; left and right lead where they point in Arabic as in Latin text."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar = [
        Binding("enter", "submit", show=False),
        Binding("left", "step('left')", show=False),
        Binding("right", "step('right')", show=False),
        Binding("ctrl+left", "step_word('left')", show=False),
        Binding("ctrl+right", "step_word('right')", show=False),
        Binding("home,ctrl+a", "go(0)", show=False),
        Binding("end,ctrl+e", "go(-1)", show=False),
        Binding("backspace", "delete_back", show=False),
        Binding("delete", "delete_forward", show=False),
        Binding("ctrl+w", "delete_word", show=False),
        Binding("ctrl+u", "clear", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The value is another now."""

        input: RtlInput
        value: str

    @dataclass
    class Submitted(Message):
        """Enter was pressed."""

        input: RtlInput
        value: str

    def __init__(self, *, id: str | None = None, manner: Manner = VISUAL) -> None:  # noqa: A002
        super().__init__(id=id)
        self._manner = manner
        self.prompt = ""
        self.value = ""
        self.cursor = 0
        """Position in the value, in code points."""

    def ask(self, prompt: str, value: str = "") -> None:
        """Begin anew with a prompt and a value."""
        self.prompt, self.value, self.cursor = prompt, value, len(value)
        self.refresh()

    def check_consume_key(
        self,
        key: str,  # noqa: ARG002 (as Textual calls it)
        character: str | None,
    ) -> bool:
        """Whether the key types something here."""
        return character is not None and character.isprintable()

    # ------------------------------------------------------------------ drawing

    def _layout(self) -> Layout:
        return Layout(self.value, _WIDEST, marks=self._manner.marks, reorder=self._manner.reorder)

    def render_line(self, y: int) -> Strip:
        """Draw prompt, value and cursor; the part around the cursor when it is too long."""
        width = max(1, self.size.width)
        base = self.rich_style
        if y:
            return Strip.blank(width, base)
        prompt = fitted(self.prompt, width // 2, self._manner)
        room = max(2, width - cells(prompt))
        text, cursor = self._window(room)
        segments = [Segment(prompt, base + Looks.of(self.app)["heading"])]
        segments.extend(Segment(t, base) for t in text)
        strip = Strip(segments).adjust_cell_length(width, base)
        return self._with_cursor(strip, cells(prompt) + cursor, width)

    def _with_cursor(self, strip: Strip, cell: int, width: int) -> Strip:
        if not self.has_focus:
            return strip
        parts = strip.divide([cell, min(cell + 1, width), width])
        style = self.rich_style + Looks.of(self.app)["cursor"]
        marked = Strip([Segment(s.text or " ", style) for s in parts[1]])
        return Strip.join([parts[0], marked, *parts[2:]])

    def _window(self, room: int) -> tuple[list[str], int]:
        """The cells of the value that are shown, from the left, and the cursor's among them."""
        layout = self._layout()
        line = layout.lines[0]
        grid = [" "] * (line.width + 1)
        shift = (line.glyphs[0].cell if line.glyphs else _WIDEST) - (1 if line.rtl else 0)
        if not line.rtl:
            shift = 0
        for glyph in line.glyphs:
            grid[glyph.cell - shift] = glyph.text
            for extra in range(1, glyph.width):
                grid[glyph.cell - shift + extra] = ""
        cursor = layout.cell_of(self.cursor)[1] - shift
        cursor = max(0, min(len(grid) - 1, cursor))
        if line.rtl and len(grid) < room:
            pad = room - len(grid)
            return [*[" "] * pad, *grid], cursor + pad
        first = max(0, min(cursor - room // 2, len(grid) - room))
        return grid[first : first + room], cursor - first

    # ------------------------------------------------------------------ editing

    def _change(self, value: str, cursor: int) -> None:
        self.value, self.cursor = value, cursor
        self.refresh()
        self.post_message(self.Changed(self, value))

    def on_key(self, event: events.Key) -> None:
        """Type a character."""
        if event.character is not None and event.is_printable:
            event.stop()
            event.prevent_default()
            self.insert(event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted, its line ends as spaces."""
        event.stop()
        self.insert(" ".join(event.text.split()))

    def insert(self, text: str) -> None:
        """Put text in at the cursor."""
        value = self.value[: self.cursor] + text + self.value[self.cursor :]
        self._change(value, self.cursor + len(text))

    def action_submit(self) -> None:
        """Hand the value over."""
        self.post_message(self.Submitted(self, self.value))

    def action_step(self, direction: str) -> None:
        """Move the cursor by what shares a cell."""
        layout = self._layout()
        if (direction == "left") == layout.rtl:
            self.action_go(layout.next_cluster(self.cursor))
        else:
            self.action_go(layout.previous_cluster(self.cursor))

    def action_step_word(self, direction: str) -> None:
        """Move the cursor by a word."""
        step = next_word if (direction == "left") == self._layout().rtl else previous_word
        self.action_go(step(self.value, self.cursor))

    def action_go(self, position: int) -> None:
        """Put the cursor at a position; -1 is the end."""
        self.cursor = len(self.value) if position < 0 else min(position, len(self.value))
        self.refresh()

    def action_delete_back(self) -> None:
        """Take out the code point before the cursor: a mark goes before its letter does."""
        if self.cursor:
            self._change(self.value[: self.cursor - 1] + self.value[self.cursor :], self.cursor - 1)

    def action_delete_forward(self) -> None:
        """Take out the cluster at the cursor."""
        if self.cursor < len(self.value):
            end = self._layout().next_cluster(self.cursor)
            self._change(self.value[: self.cursor] + self.value[end:], self.cursor)

    def action_delete_word(self) -> None:
        """Take out the word before the cursor."""
        start = previous_word(self.value, self.cursor)
        self._change(self.value[:start] + self.value[self.cursor :], start)

    def action_clear(self) -> None:
        """Take everything out."""
        self._change("", 0)
