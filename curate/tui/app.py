"""The workbench: one annotator, one project, one terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App

from curate.tui.keys import LAM, Keyboard, key_name
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

AT_ONCE: Final = 0.012
"""Seconds within which two characters come from one key."""


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
        self._activity = session.activity
        self._lam: events.Key | None = None
        """A lam that an alef may follow from the same key."""
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
        if not isinstance(event, events.Key):
            if isinstance(event, events.MouseDown) and not event.is_forwarded:
                self._activity.seen()
            await super().on_event(event)
        elif event.is_forwarded:  # it comes back from the widgets, to what it is bound to
            self._annotate.press = Press(event.key, event.time)
            await super().on_event(event)
        else:
            for key in self._keys_of(event):
                self._activity.key()
                await super().on_event(key)

    def _keys_of(self, event: events.Key) -> list[events.Key]:
        """The keys that a key event stands for: none yet for half a lam-alef, or two."""
        waiting, self._lam = self._lam, None
        if isinstance(self.focused, RtlInput):
            return [event] if waiting is None else [waiting, event]
        lam_alef = self.keyboard.lam_alef_key(event.character or "")
        if waiting is not None and lam_alef and event.time - waiting.time < AT_ONCE:
            self.keyboard.key(LAM)
            return [_us_key(lam_alef, event)]
        found = [] if waiting is None else [self._on_us_keyboard(waiting)]
        if event.character != LAM:
            return [*found, self._on_us_keyboard(event)]
        self._lam = event
        self.set_timer(AT_ONCE, self._let_lam_go)
        return found

    async def _let_lam_go(self) -> None:
        """No alef came right after a lam: it was the key of lam."""
        waiting, self._lam = self._lam, None
        if waiting is not None:
            self._activity.key()
            await super().on_event(self._on_us_keyboard(waiting))

    def _on_us_keyboard(self, event: events.Key) -> events.Key:
        character = event.character
        if character is None or not character.isprintable() or "+" in event.key:
            return event
        us_key = self.keyboard.key(character)
        if us_key == character:
            return event
        return _us_key(us_key, event)


def _us_key(character: str, event: events.Key) -> events.Key:
    """A key of the US keyboard, pressed when the event says."""
    key = events.Key(key_name(character), character)
    key.time = event.time
    return key
