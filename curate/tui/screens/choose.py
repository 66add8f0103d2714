"""A list to choose from: by a key of its own, by a typed name in either language, by the arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from curate.tui.keys import shown_key
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from curate.tui.keys import Keyboard
    from curate.tui.words import Words


_FEW = 10
"""So many choices stand below each other, however wide the terminal is."""
_COLUMN = 38
"""Cells that a column of choices takes at least."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    id: str
    names: tuple[str, ...]
    """What it is called, the first one shown first; the start of any word of them finds it."""
    aliases: tuple[str, ...] = ()
    """What else finds it, without being shown."""
    key: str = ""
    """The US character that chooses it at once."""
    detail: str = ""
    colour: str = ""
    is_current: bool = False
    shown_key: str = ""
    """A key to show that does not choose here, such as a command's."""


class ChooseScreen(ModalScreen[str | None]):
    """Ask for one of several choices; gives its id, or None."""

    CSS = """
    ChooseScreen { align: center bottom; background: transparent; }
    #choose { width: 100%; height: 60%; background: $surface; border-top: heavy $accent; }
    #choose-title, #choose-name { height: 1; background: $surface; }
    #choose-list { height: 1fr; background: $surface; }
    """
    AUTO_FOCUS = ""
    """Keys choose until a name is asked for."""
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("enter", "take", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down,tab", "step(1)", show=False),
        Binding("left", "turn('left')", show=False),
        Binding("right", "turn('right')", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        words: Words,
        keyboard: Keyboard,
        by_name: bool = False,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__()
        self._heading = title
        self._choices = tuple(choices)
        self._words = words
        self._keyboard = keyboard
        self._by_name = by_name or not any(c.key for c in choices)
        self._manner = manner
        self._shown = self._choices
        current = next((n for n, c in enumerate(choices) if c.is_current), 0)
        self._at = current

    def compose(self) -> ComposeResult:
        """A line for the name above the list."""
        with Vertical(id="choose"):
            yield Sheet(id="choose-title", manner=self._manner)
            yield RtlInput(id="choose-name", manner=self._manner)
            yield Sheet(id="choose-list", manner=self._manner)

    def on_mount(self) -> None:
        """Show the list, and the line for typing when there are no keys."""
        self._set_by_name(by_name=self._by_name)
        rows = -(-len(self._choices) // self._columns())
        box = self.query_one("#choose", Vertical)
        box.styles.height = min(rows + 3, max(8, self.app.size.height * 6 // 10))
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _set_by_name(self, *, by_name: bool) -> None:
        self._by_name = by_name
        name = self.query_one(RtlInput)
        name.display = by_name
        self.set_focus(name if by_name else None)
        asked = self._words("type_name" if by_name else "type_key")
        heading = Row((Part(f" {self._heading}  ", "heading"), Part(asked, "dim")))
        self.query_one("#choose-title", Sheet).show([heading], rtl=self._words.rtl)

    def _columns(self) -> int:
        """How many columns of choices there are: one while they fit or say much."""
        if len(self._choices) <= _FEW or any(c.detail or c.shown_key for c in self._choices):
            return 1
        return max(1, self.app.size.width // _COLUMN)

    def _draw(self) -> None:
        columns = self._columns()
        width = max(20, self.app.size.width // columns)
        names = max((cells(fitted(c.names[0], 40)) for c in self._choices), default=0)
        height = -(-len(self._shown) // columns)
        rows = []
        for y in range(height):
            numbers = range(y, len(self._shown), height)
            parts = [p for n in numbers for p in self._parts(n, names, width)]
            one = self._shown[y] if columns == 1 else None
            end = (Part(f" {shown_key(one.shown_key)} ", "key"),) if one and one.shown_key else ()
            chosen = columns == 1 and y == self._at
            rows.append(Row(tuple(parts), end, target=one.id if one else None, chosen=chosen))
        keep = self._at % height if height else None
        self.query_one("#choose-list", Sheet).show(rows, rtl=self._words.rtl, keep=keep)

    def _parts(self, number: int, names: int, width: int) -> list[Part]:
        """One choice, filled up to the width of its column."""
        choice = self._shown[number]
        name = fitted(choice.names[0], 40, self._manner)
        key = self._keyboard.cap(choice.key).upper() if choice.key and not self._by_name else ""
        shown = "label-focus" if number == self._at else "name"
        head = fitted(f" {key:2} ", width, self._manner)
        others = " · ".join(n for n in choice.names[1:] if n != choice.names[0])
        room = width - cells(head) - names - 2
        rest = fitted(others, room - 1, self._manner)
        gap = "" if choice.detail else " " * (room - cells(rest))
        return [
            Part(head, "key", drawn=True, target=choice.id),
            Part(name, shown, choice.colour, drawn=True, target=choice.id),
            Part(" ✓" if choice.is_current else "  ", "good"),
            Part(" " * (names - cells(name))),
            Part(rest, "dim", drawn=True, target=choice.id),
            Part(gap),
            Part(f"  {choice.detail}" if choice.detail else "", "dim"),
        ]

    def on_rtl_input_changed(self, event: RtlInput.Changed) -> None:
        """Keep what begins like the typed name."""
        event.stop()
        wanted = _folded(event.value).split()
        self._shown = tuple(c for c in self._choices if _matches(c, wanted))
        self._at = 0
        self._draw()

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        """Take the line that is chosen."""
        event.stop()
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        """Choose by key; `/` or space begins a name."""
        if self._by_name or event.character is None:
            return
        key = event.character.lower()
        chosen = next((c for c in self._choices if c.key == key), None)
        if chosen is not None:
            event.stop()
            self.dismiss(chosen.id)
        elif key in ("/", " "):
            event.stop()
            self._set_by_name(by_name=True)
            self._draw()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Choose by mouse."""
        event.stop()
        self.dismiss(event.target)

    def action_step(self, by: int) -> None:
        """Move the choice."""
        self._at = max(0, min(len(self._shown) - 1, self._at + by))
        self._draw()

    def action_turn(self, direction: str) -> None:
        """Move the choice to the column beside."""
        height = -(-len(self._shown) // self._columns())
        by = height if (direction == "right") != self._words.rtl else -height
        if 0 <= self._at + by < len(self._shown):
            self.action_step(by)

    def action_take(self) -> None:
        """Take the line that is chosen."""
        if self._shown:
            self.dismiss(self._shown[self._at].id)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)


def _folded(text: str) -> str:
    from curate.text.normal import loose, normal

    return loose(normal(text)).casefold()


def _matches(choice: Choice, wanted: Sequence[str]) -> bool:
    """Whether each typed part begins some word of the choice's names."""
    whole = [_folded(n) for n in (*choice.names, *choice.aliases)]
    names = [w.removeprefix("ال") for n in whole for w in n.split()]
    return all(
        any(n.startswith(part.removeprefix("ال")) for n in (*names, *whole)) for part in wanted
    )
