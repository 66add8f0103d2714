"""The workbench: one annotator, one project, one terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App

from curate.tui.keys import Keyboard, key_name
from curate.tui.pacing import Press
from curate.tui.screens.annotate import AnnotateScreen
from curate.tui.themes import DARK, LIGHT, THEMES
from curate.tui.widgets.cells import Manner
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.driver import Driver

    from curate.project.annotating import Annotating
    from curate.tui.pacing import Pace


class Workbench(App[None]):
    """Shows one session. All it needs comes by argument; it reads no environment."""

    CSS_PATH = "app.tcss"
    TITLE = "curate"
    ENABLE_COMMAND_PALETTE = False
    """The commands have their own list, which shows Arabic."""
    BINDINGS: ClassVar = []

    def __init__(  # noqa: PLR0913 (settings that have nothing to do with each other)
        self,
        session: Annotating,
        *,
        project: str = "",
        language: str = "en",
        theme: str = DARK.name,
        keyboard: str = "auto",
        keymap: Mapping[str, str] | None = None,
        marks: bool = True,
        reorder: bool = True,
        pace: Pace | None = None,
        driver_class: type[Driver] | None = None,
    ) -> None:
        super().__init__(driver_class=driver_class)
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK.name
        self.keyboard = Keyboard(keyboard)
        self._annotate = AnnotateScreen(
            session,
            project=project,
            words=Words(language),
            keyboard=self.keyboard,
            keymap=dict(keymap or {}),
            manner=Manner(reorder=reorder, marks=marks),
        )
        if pace is not None:
            self._annotate.pace = pace
        if keymap:
            self.set_keymap(dict(keymap))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of spans for the themes that are not ours."""
        own = DARK if self.current_theme.dark else LIGHT
        return dict(own.variables)

    def get_default_screen(self) -> AnnotateScreen:
        """The annotator's screen is the first thing painted."""
        return self._annotate

    async def on_event(self, event: events.Event) -> None:
        """Lead characters back to keys, except where text is typed."""
        if isinstance(event, events.Key):
            if event.is_forwarded:  # it comes back from the widgets, to what it is bound to
                self._annotate.press = Press(event.key, event.time)
            elif not isinstance(self.focused, RtlInput):
                event = self._on_us_keyboard(event)
        await super().on_event(event)

    def _on_us_keyboard(self, event: events.Key) -> events.Key:
        character = event.character
        if character is None or not character.isprintable() or "+" in event.key:
            return event
        us_key = self.keyboard.key(character)
        if us_key == character:
            return event
        key = events.Key(key_name(us_key), us_key)
        key.time = event.time
        return key
