"""The lead's screens as an app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.tui.keyed import KeyedApp
from curate.tui.pacing import Press
from curate.tui.screens.annotate import AnnotateScreen
from curate.tui.screens.review import ReviewScreen
from curate.tui.themes import DARK
from curate.tui.widgets.cells import Manner
from curate.tui.words import Words

if TYPE_CHECKING:
    from textual import events
    from textual.driver import Driver

    from curate.project.reviewing_session import Reviewing
    from curate.tui.pacing import Pace


class ReviewApp(KeyedApp):
    """Shows one lead's session. All it needs comes by argument; it reads no environment."""

    def __init__(  # noqa: PLR0913 (settings that have nothing to do with each other)
        self, reviewing: Reviewing, *, project: str = "", language: str = "en",
        theme: str = DARK.name, keyboard: str = "auto", marks: bool = True, reorder: bool = True,
        pace: Pace | None = None, driver_class: type[Driver] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            reviewing.activity, theme=theme, keyboard=keyboard, driver_class=driver_class
        )
        self._review = ReviewScreen(
            reviewing, project=project, words=Words(language), keyboard=self.keyboard,
            manner=Manner(reorder=reorder, marks=marks),
        )  # fmt: skip
        self._pace = pace
        if pace is not None:
            self._review.pace = pace

    def get_default_screen(self) -> ReviewScreen:
        """The lead's screen is the first thing painted."""
        return self._review

    def answering(self, event: events.Key) -> None:
        """Tell the screen what it answers; a workbench that is open over it too."""
        press = Press(event.key, event.time)
        self._review.press = press
        if isinstance(self.screen, AnnotateScreen):
            self.screen.press = press
            if self._pace is not None:
                self.screen.pace = self._pace
