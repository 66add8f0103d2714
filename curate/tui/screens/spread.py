"""The same words elsewhere: each place in its sentence, to be switched off singly."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from curate.project.spreading import Kind, Occurrence, Spread, places
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.widgets.snippet import snippet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from curate.model.span import Span
    from curate.project.sitting import Sitting
    from curate.tui.words import Words

_HEAD = 22
"""Cells for the box, the number of the item and what would be done there."""


class SpreadScreen(ModalScreen[list[Occurrence] | None]):
    """Gives the places that are switched on, or None."""

    CSS = """
    SpreadScreen { align: center bottom; background: transparent; }
    #spread { width: 100%; height: 60%; background: $surface; border-top: heavy $accent; }
    #spread-title, #spread-foot { height: 1; background: $surface; }
    #spread-list { height: 1fr; background: $surface; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("escape,o", "leave", show=False),
        Binding("enter", "take", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("space", "switch", show=False),
        Binding("a", "switch_all", show=False),
        Binding("x,tab", "turn", show=False, priority=True),
    ]

    def __init__(
        self,
        session: Sitting,
        span: Span,
        kind: Kind,
        *,
        words: Words,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__()
        self._session = session
        self._span = span
        self._kind = kind
        self._words = words
        self._manner = manner
        self._spread = Spread.MARK
        self._places: list[Occurrence] = []
        self._off: set[Occurrence] = set()
        self._at = 0

    def compose(self) -> ComposeResult:
        """A heading, the places, and what can be done."""
        with Vertical(id="spread"):
            yield Sheet(id="spread-title", manner=self._manner)
            yield Sheet(id="spread-list", manner=self._manner)
            yield Sheet(id="spread-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Look for the places."""
        self._look()
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _look(self) -> None:
        self._places = places(self._session, self._span, self._kind, self._spread)
        self._off, self._at = set(), 0

    def _draw(self) -> None:
        words, rtl = self._words, self._words.rtl
        on = len(self._places) - len(self._off)
        mark = " ".join(p for p in (self._kind.type, self._kind.subtype) if p)
        text = words(f"spread_{self._spread}", words=self._surface(), type=mark)
        count = words("spread_count", on=on, count=len(self._places))
        title = Row((Part(f" {text}", "heading"),), (Part(f"{count} ", "dim"),))
        self.query_one("#spread-title", Sheet).show([title], rtl=rtl)
        sheet = self.query_one("#spread-list", Sheet)
        room = max(20, sheet.content_size.width) - _HEAD
        rows = [self._row(number, place, room) for number, place in enumerate(self._places)]
        nothing = [Row((Part(f" {words('spread_nothing')}", "dim"),))]
        sheet.show(rows or nothing, rtl=rtl, keep=self._at)
        foot = Row((Part(f" {words('spread_keys')}", "dim"),))
        self.query_one("#spread-foot", Sheet).show([foot], rtl=rtl)

    def _surface(self) -> str:
        return " ".join(self._span.of(self._session.view.document.text).split())[:24]

    def _row(self, number: int, place: Occurrence, room: int) -> Row:
        is_on = place not in self._off
        position = self._session.project.store.items.number(place.item.id)
        head = (
            Part(" ☑ " if is_on else " ☐ ", "good" if is_on else "dim"),
            Part(f"{position} ", "key"),
            Part(self._words(f"spread_{place.does}_here"), "plain" if is_on else "dim"),
            Part(" "),
        )
        item = place.item.span
        text = item.of(self._session.view.document.text)
        parts = tuple(snippet(text, place.span.shifted(-item.start), room, self._manner))
        chosen = number == self._at
        if self._words.rtl:
            return Row((*head, *reversed(parts)), target=str(number), chosen=chosen)
        return Row(head, parts, target=str(number), chosen=chosen)

    # ------------------------------------------------------------------ keys

    def action_step(self, by: int) -> None:
        """Move the choice."""
        self._at = max(0, min(len(self._places) - 1, self._at + by))
        self._draw()

    def action_switch(self) -> None:
        """Switch the chosen place on or off, and go to the next."""
        if self._places:
            self._off ^= {self._places[self._at]}
            self.action_step(1)

    def action_switch_all(self) -> None:
        """Switch all on, or all off when all are on."""
        self._off = set() if self._off else set(self._places)
        self._draw()

    def action_turn(self) -> None:
        """Turn from marking to rejecting and back."""
        self._spread = Spread.REJECT if self._spread is Spread.MARK else Spread.MARK
        self._look()
        self._draw()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Switch the place that was clicked."""
        event.stop()
        self._at = int(event.target)
        self._off ^= {self._places[self._at]}
        self._draw()

    def action_take(self) -> None:
        """Do it where it is switched on."""
        self.dismiss([place for place in self._places if place not in self._off])

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)
