"""Keep the terminal from reordering while the app draws: at start, on every resize and resume."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any, ClassVar

from textual.drivers.linux_driver import LinuxDriver
from textual.events import AppFocus, Resize

from curate.tui.bidi_mode import switching_back, switching_off

if TYPE_CHECKING:
    from types import FrameType

    from textual.app import App
    from textual.message import Message

    from curate.tui.bidi_mode import ScreenState


class SwitchingDriver(LinuxDriver):
    """Textual's own driver, which also says who puts the cells of a row in order.

    Everything goes through Textual's writer thread, never between two halves of a frame.
    """

    state: ClassVar[ScreenState]

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.state.leave = self._leave

    def start_application_mode(self) -> None:
        """Take the screen; also after `suspend` and SIGCONT."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual gives none
        self._switch_off()
        self._follow_resizes()

    def stop_application_mode(self) -> None:
        """Give the screen back."""
        if self.state.switched:
            self.write(switching_back(self.state.plan, self.state.rows))
            self.state.switched = False
        super().stop_application_mode()

    def process_message(self, message: Message) -> None:
        """Say it again when rows were added, or when another terminal may be looking (tmux)."""
        super().process_message(message)
        if isinstance(message, (Resize, AppFocus)):
            self._switch_off()

    def _switch_off(self) -> None:
        plan = self.state.plan
        if plan.switch is not None and not self.exit_event.is_set():
            self.state.rows = max(self.state.rows, self._get_terminal_size()[1])
            self.state.switched = True
            self.write(switching_off(plan, self.state.rows))

    def _follow_resizes(self) -> None:
        """Hook SIGWINCH behind Textual, which tells the app without telling its driver."""
        textual_handler = signal.getsignal(signal.SIGWINCH)

        def on_resize(signum: int, frame: FrameType | None) -> None:
            if callable(textual_handler):
                textual_handler(signum, frame)
            self._loop.call_soon_threadsafe(self._switch_off)

        signal.signal(signal.SIGWINCH, on_resize)

    def _leave(self) -> None:
        """Ask the app to end, from a signal handler."""
        self._loop.call_soon_threadsafe(self._app.exit)
