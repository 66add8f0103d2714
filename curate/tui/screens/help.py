"""F1: every key, as the layout in use prints it, and the pages of the manual."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from curate.project.manual import page, reading_lines, topics
from curate.tui.screens.lines import help_rows
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.paragraphs import paragraph_rows
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from curate.tui.keys import Keyboard
    from curate.tui.words import Words


class HelpScreen(ModalScreen[None]):
    """The keys, made from the table of commands, then page after page of the manual."""

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
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
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
        self._pages = [t for t in topics(words.language) if t.name != "keys"]
        self._at = 0
        """Which page is open: 0 the keys, else one of `_pages`, counted from 1."""

    def compose(self) -> ComposeResult:
        """A heading and the table."""
        yield Sheet(id="help-title", manner=self._manner)
        yield Sheet(id="help-keys", manner=self._manner)

    def on_mount(self) -> None:
        """Show the keys once there is room to show them in."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        words, sheet = self._words, self.query_one("#help-keys", Sheet)
        topic = self._pages[self._at - 1] if self._at else None
        name = words("help_title") if topic is None else topic.title
        place = f" {name} · {self._at + 1}/{len(self._pages) + 1}"
        title = Row((Part(place, "heading"),), (Part(f"{words('help_hint')} ", "dim"),))
        self.query_one("#help-title", Sheet).show([title], rtl=words.rtl)
        if topic is None:
            sheet.show(help_rows(words, self._keyboard, self._keymap), rtl=words.rtl)
            return
        lines = islice(reading_lines(page(topic.name, words.language)), 1, None)
        rtl = words.rtl and not topic.title.isascii()
        width = max(20, sheet.content_size.width) - 2
        sheet.show(paragraph_rows(lines, width, self._manner, rtl=rtl), rtl=rtl)

    def action_turn(self, by: int) -> None:
        """Go to another page."""
        self._at = (self._at + by) % (len(self._pages) + 1)
        self.query_one("#help-keys", Sheet).scroll_rows(-(10**6))
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Scroll the page."""
        self.query_one("#help-keys", Sheet).scroll_rows(by)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
