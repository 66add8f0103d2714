"""The workbench: one annotator, one project, one terminal."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, ClassVar

from curate.tui.background import EVERY, BackgroundLearning
from curate.tui.first_paint import release_collector
from curate.tui.keyed import KeyedApp
from curate.tui.pacing import Press
from curate.tui.pulling import BackgroundPull
from curate.tui.screens.annotate import AnnotateScreen
from curate.tui.themes import DARK
from curate.tui.widgets.cells import Manner
from curate.tui.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.driver import Driver

    from curate.project.annotating import Annotating
    from curate.project.practice import Practice
    from curate.tui.pacing import Pace


class Workbench(KeyedApp):
    """Shows one session. All it needs comes by argument; it reads no environment."""

    BINDINGS: ClassVar = []

    def __init__(  # noqa: PLR0913 (settings that have nothing to do with each other)
        self,
        session: Annotating,
        *,
        practice: Practice | None = None,
        project: str = "",
        language: str = "en",
        theme: str = DARK.name,
        keyboard: str = "auto",
        keymap: Mapping[str, str] | None = None,
        marks: bool = True,
        reorder: bool = True,
        pace: Pace | None = None,
        offers_tour: bool = False,
        learns: bool = False,
        pull_every: float | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(
            session.activity, theme=theme, keyboard=keyboard, driver_class=driver_class
        )
        self._held = ExitStack()
        words, keys = Words(language), dict(keymap or {})
        manner = Manner(reorder=reorder, marks=marks)
        if practice is None:
            self._annotate = AnnotateScreen(
                session, project=project, words=words, keyboard=self.keyboard, keymap=keys,
                manner=manner,
            )  # fmt: skip
        else:
            from curate.tui.screens.tour import TourScreen

            self._annotate = TourScreen(
                practice, words=words, keyboard=self.keyboard, keymap=keys, manner=manner
            )
        self._annotate.offers_tour = offers_tour
        self._learning = BackgroundLearning(
            session, tell=self._tell_failure, redraw=self._annotate.draw
        )
        self._learns = learns
        self._pull = None if pull_every is None else BackgroundPull(
            session.project, pull_every * 60, tell=self._tell_pulled, fail=self._tell_not_pulled
        )  # fmt: skip
        if pace is not None:
            self._annotate.pace = pace
        if keymap:
            self.set_keymap(dict(keymap))

    def on_mount(self) -> None:
        """Begin to look after what goes on beside."""
        self.call_after_refresh(release_collector)
        if self._learns:
            self.set_interval(EVERY, self._learning.tick)
        if self._pull is not None:
            self.set_interval(EVERY, self._pull.tick)

    def on_unmount(self) -> None:
        """Let what goes on beside end by itself, and throw away a practice item not left yet."""
        self._held.close()
        self._learning.leave()
        if self._pull is not None:
            self._pull.leave()

    def _tell_failure(self, why: str) -> None:
        words = self._annotate.words
        self._annotate.say(words("learning_failed", why=why), bad=True)

    def _tell_pulled(self, count: int, asked: int) -> None:
        """Show what was fetched from Label Studio; what is being chosen stays."""
        screen = self._annotate
        if count and screen.pick is None:
            screen.editor.session.refresh()
            screen.editor.look()
            screen.draw()
        if asked:
            screen.say(screen.words("pulled_asked", count=asked))
        elif count:
            screen.say(screen.words("pulled", count=count))

    def _tell_not_pulled(self, why: str) -> None:
        self._annotate.say(self._annotate.words("pull_failed", why=why), bad=True)

    def get_default_screen(self) -> AnnotateScreen:
        """The annotator's screen is the first thing painted."""
        return self._annotate

    def answering(self, event: events.Key) -> None:
        """Tell the screen what it answers."""
        screen = self.screen if isinstance(self.screen, AnnotateScreen) else self._annotate
        screen.press = Press(event.key, event.time)

    async def action_quit(self) -> None:
        """Leave the tour if it is on, else the workbench."""
        shown = self.screen
        if isinstance(shown, AnnotateScreen):
            shown.leave()
        else:
            self.exit()

    def on_tour_wanted(self) -> None:
        """Practise on an item that is nobody's work, then come back."""
        from curate.project.practice import practice
        from curate.tui.screens.tour import TourScreen

        screen, shown = self._annotate, self.screen
        if isinstance(shown, TourScreen):
            shown.attempt(lambda: shown.words("tour_on"))
            return
        held = self._held = ExitStack()
        made = TourScreen(
            held.enter_context(practice(screen.editor.session.annotator)),
            words=screen.words,
            keyboard=screen.keyboard,
            keymap=screen.keymap,
            manner=screen.manner,
        )
        made.pace = screen.pace

        def left(_: None) -> None:
            held.close()
            self._activity.take()  # keys and seconds of the practice cost no real decision
            screen.attempt(lambda: screen.words("tour_left"))

        self.push_screen(made, left)
