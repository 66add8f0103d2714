"""A screen that asks for a line of text below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from curate.tui.themes import DARK, LIGHT
from curate.tui.widgets.passage import Passage
from curate.tui.widgets.rtl_input import RtlInput

if TYPE_CHECKING:
    from collections.abc import Callable


class LineScreen(Screen[None]):
    """Has a text, an input that is shown while something is asked, and two themes."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Callable[[str], None] | None = None
        """What to do with the line that is being typed."""

    def ask_line(self, prompt: str, value: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text below."""
        line = self.query_one(RtlInput)
        self.asked = then
        line.ask(f" {prompt}", value)
        self.add_class("-asking")
        line.focus()

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        """Hand what was typed to whoever asked."""
        asked, self.asked = self.asked, None
        self._leave_line()
        if asked is not None:
            asked(event.value)

    def key_escape(self) -> None:
        """Leave the line that is being typed."""
        self.asked = None
        self._leave_line()

    def _leave_line(self) -> None:
        self.remove_class("-asking")
        self.query_one(Passage).focus()

    def do_theme(self) -> None:
        """Switch between light and dark."""
        self.app.theme = LIGHT.name if self.app.current_theme.dark else DARK.name

    def do_leave(self) -> None:
        """Leave."""
        self.app.exit()
