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


@dataclass(frozen=True, slots=True)
class Choice:
    """One line to choose."""

    id: str
    names: tuple[str, ...]
    """What it is called, the first one shown first; the start of any word of them finds it."""
    key: str = ""
    """The US character that chooses it at once."""
    detail: str = ""
    colour: str = ""
    is_current: bool = False
    shown_key: str = ""
    """A key to show that does not choose here, such as a command's."""


class ChooseScreen(ModalScreen[str | None]):
    """Ask for one of several choices; gives its id, or None."""

    AUTO_FOCUS = ""
    """Keys choose until a name is asked for."""
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("enter", "take", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down,tab", "step(1)", show=False),
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
        box = self.query_one("#choose", Vertical)
        box.styles.height = min(len(self._choices) + 3, max(6, self.app.size.height * 6 // 10))
        self._draw()

    def _set_by_name(self, *, by_name: bool) -> None:
        self._by_name = by_name
        name = self.query_one(RtlInput)
        name.display = by_name
        self.set_focus(name if by_name else None)
        asked = self._words("type_name" if by_name else "type_key")
        heading = Row((Part(f" {self._heading}  ", "heading"), Part(asked, "dim")))
        self.query_one("#choose-title", Sheet).show([heading], rtl=self._words.rtl)

    def _draw(self) -> None:
        sheet = self.query_one("#choose-list", Sheet)
        wide = max((cells(fitted(c.names[0], 40)) for c in self._choices), default=0)
        rows = [self._row(n, choice, wide) for n, choice in enumerate(self._shown)]
        sheet.show(rows, rtl=self._words.rtl, keep=self._at)

    def _row(self, number: int, choice: Choice, wide: int) -> Row:
        name = fitted(choice.names[0], 40)
        key = self._keyboard.cap(choice.key).upper() if choice.key and not self._by_name else ""
        parts = [
            Part(f" {key:2} ", "key"),
            Part(name, "name", choice.colour, drawn=True),
            Part(" " * (wide - cells(name) + 2)),
            Part(" · ".join(n for n in choice.names[1:] if n != choice.names[0]), "plain"),
            Part(f"  {choice.detail}", "dim"),
        ]
        end = (Part(f"{shown_key(choice.shown_key)} ", "key"),) if choice.shown_key else ()
        return Row(tuple(parts), end, target=choice.id, chosen=number == self._at)

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
    names = [w.removeprefix("ال") for n in choice.names for w in _folded(n).split()]
    whole = [_folded(n) for n in choice.names]
    return all(
        any(n.startswith(part.removeprefix("ال")) for n in (*names, *whole)) for part in wanted
    )
