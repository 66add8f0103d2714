"""What the parts of the lead's screen know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.worker import Worker

    from curate.project.reviewing_queue import Waiting
    from curate.project.reviewing_session import Because, Reviewing
    from curate.project.reviewing_values import Choice
    from curate.tui.keys import Keyboard
    from curate.tui.review_case import Telling
    from curate.tui.widgets.cells import Manner
    from curate.tui.words import Words


class ReviewDesk(Protocol):
    """The lead's screen."""

    reviewing: Reviewing
    words: Words
    keyboard: Keyboard
    manner: Manner
    page: int
    because: Because
    auditing: bool
    last: tuple[Waiting, Choice, int] | None

    @property
    def app(self) -> App[Any]:
        """The app that it runs in."""
        ...

    @property
    def waiting(self) -> Waiting | None:
        """The case on view."""
        ...

    @property
    def place(self) -> tuple[int, int]:
        """Which case is on view, counted from 1, and how many there are."""
        ...

    @property
    def telling(self) -> Telling:
        """What a case is told with."""
        ...

    def run_worker(
        self, work: Callable[[], None], *, group: str = "", thread: bool = False
    ) -> Worker[Any]:
        """Do something in a thread."""
        ...

    def draw(self) -> None:
        """Show everything as it is now."""
        ...

    def look(self) -> None:
        """Read the queue anew."""
        ...

    def go_on(self, item: str) -> None:
        """Go to what a ruling brought up in its item, else to what came next."""
        ...

    def set_reason(self, reason: str) -> None:
        """Keep a reason for the next ruling."""
        ...

    def attempt(self, step: Callable[[], str | None]) -> None:
        """Do something, show what it led to, and say what it said or why it was refused."""
        ...

    def ask_line(self, prompt: str, value: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text below."""
        ...
