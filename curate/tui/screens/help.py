"""F1: every key, as the layout in use prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from curate.tui.screens.lines import help_rows
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from curate.tui.keys import Keyboard
    from curate.tui.words import Words


class HelpScreen(ModalScreen[None]):
    """The table of commands, made from the table of commands."""

    CSS = """
    HelpScreen { background: $background; }
    #help-title { height: 1; background: $surface; }
    #help-keys { height: 1fr; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q,f1,h", "leave", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
        Binding("pageup", "scroll(-15)", show=False),
    ]

    def __init__(
        self,
        words: Words,
        keyboard: Keyboard,
        keymap: Mapping[str, str],
        *,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__()
        self._words = words
        self._keyboard = keyboard
        self._keymap = keymap
        self._manner = manner

    def compose(self) -> ComposeResult:
        """A heading and the table."""
        yield Sheet(id="help-title", manner=self._manner)
        yield Sheet(id="help-keys", manner=self._manner)

    def on_mount(self) -> None:
        """Show the table."""
        words = self._words
        title = Row(
            (Part(f" {words('help_title')}", "heading"),), (Part(f"{words('help_hint')} ", "dim"),)
        )
        self.query_one("#help-title", Sheet).show([title], rtl=words.rtl)
        rows = help_rows(words, self._keyboard, self._keymap)
        self.query_one("#help-keys", Sheet).show(rows, rtl=words.rtl)

    def action_scroll(self, by: int) -> None:
        """Scroll the table."""
        self.query_one("#help-keys", Sheet).scroll_rows(by)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
