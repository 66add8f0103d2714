"""Hold the terminal ready for Arabic while an app draws on it, and put it back."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from curate.tui.bidi_mode import ScreenState, TerminalPlan, switching_back
from curate.tui.terminal_probe import tmux_says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from textual.driver import Driver

GRACE: Final = 2.0
"""Seconds the app has to end after SIGTERM or SIGHUP before the terminal is put back for it."""

LEAVING: Final = (
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # the mouse
    "\x1b[?2004l\x1b[?1004l\x1b[?2048l\x1b[?2026l\x1b[<u"  # paste, focus, resize, frames, kitty
    "\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"  # wrap, colours, our screen, cursor
)
"""Puts a terminal back whose app had no time to do it."""


@dataclass(slots=True)
class PreparedTerminal:
    """The terminal while the app draws on it."""

    state: ScreenState
    ended_by: int | None = None
    """The signal that ended the app."""
    _attributes: list[Any] | None = None
    _before: dict[int, Any] = field(default_factory=dict)

    @property
    def driver_class(self) -> type[Driver] | None:
        """The driver to give to the app; None (Textual's choice) in a browser and on Windows."""
        if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
            return None
        from curate.tui.terminal_driver import SwitchingDriver

        return type("PreparedDriver", (SwitchingDriver,), {"state": self.state})

    def open(self) -> None:
        """Note how the terminal was, and listen for signals."""
        self._attributes = _attributes()
        if self.state.plan.opens_passthrough:
            tmux_says("set-option", "-p", "allow-passthrough", "on")
        for number in _fatal_signals():
            with suppress(ValueError):  # outside the main thread nobody may listen
                self._before[number] = signal.signal(number, self._on_signal)
        atexit.register(self.close)

    def close(self) -> None:
        """Put back whatever is not back yet; calling it again does nothing."""
        atexit.unregister(self.close)
        if self.state.switched:
            self._put_back()
        if self.state.plan.opens_passthrough:
            tmux_says("set-option", "-pu", "allow-passthrough")
        _stop_alarm()
        while self._before:
            number, handler = self._before.popitem()
            signal.signal(number, handler)

    def _put_back(self) -> None:
        self.state.switched = False
        _write(switching_back(self.state.plan, self.state.rows))

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        """End the app in good order; at once if it does not listen or the signal comes again."""
        if self.state.leave is None or self.ended_by is not None:
            self._die(number)
        self.ended_by = number
        if self.state.leave is not None:
            self.state.leave()
        signal.signal(signal.SIGALRM, lambda *_: self._die(number))
        signal.setitimer(signal.ITIMER_REAL, GRACE)

    def _die(self, number: int) -> None:
        """Put the terminal back from outside the app, and end as the signal would have."""
        if self.state.leave is not None:
            _write(switching_back(self.state.plan, self.state.rows) + LEAVING)
            self.state.switched = False
        _set_attributes(self._attributes)
        self.close()
        end_by(number)


@contextmanager
def prepared(plan: TerminalPlan) -> Iterator[PreparedTerminal]:
    """Hold the terminal ready for the app, and put it back however the app ends."""
    terminal = PreparedTerminal(ScreenState(plan))
    terminal.open()
    try:
        yield terminal
    finally:
        terminal.close()
    if terminal.ended_by is not None:
        end_by(terminal.ended_by)


def end_by(number: int) -> None:
    """End this process as if nobody had listened to the signal."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _fatal_signals() -> tuple[int, ...]:
    return () if sys.platform == "win32" else (signal.SIGTERM, signal.SIGHUP)


def _stop_alarm() -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def _write(words: str) -> None:
    """Write to the terminal itself, wherever the standard streams go; a lost one is no error."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY)
        try:
            os.write(terminal, words.encode("ascii"))
        finally:
            os.close(terminal)


def _attributes() -> list[Any] | None:
    if sys.platform == "win32":
        return None
    import termios

    try:
        return termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
    except (termios.error, ValueError, OSError):
        return None


def _set_attributes(attributes: list[Any] | None) -> None:
    if sys.platform == "win32" or attributes is None or sys.__stdin__ is None:
        return
    import termios

    with suppress(termios.error, ValueError, OSError):
        termios.tcsetattr(sys.__stdin__.fileno(), termios.TCSANOW, attributes)
