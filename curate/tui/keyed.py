"""An app whose keys are places on the keyboard, whatever layout is switched on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import App

from curate.tui.keys import LAM, Keyboard, key_name
from curate.tui.themes import DARK, LIGHT, THEMES
from curate.tui.widgets.rtl_input import RtlInput

if TYPE_CHECKING:
    from textual.driver import Driver

    from curate.project.activity import Activity

AT_ONCE: Final = 0.012
"""Seconds within which two characters come from one key."""


class KeyedApp(App[None]):
    """Leads every key back to its place, counts it, and knows our themes."""

    CSS_PATH = "app.tcss"
    TITLE = "curate"
    ENABLE_COMMAND_PALETTE = False
    """The commands have their own list, which shows Arabic."""

    def __init__(
        self, activity: Activity, *, theme: str, keyboard: str,
        driver_class: type[Driver] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(driver_class=driver_class)
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK.name
        self.keyboard = Keyboard(keyboard)
        self._activity = activity
        self._lam: events.Key | None = None
        """A lam that an alef may follow from the same key."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of spans for the themes that are not ours."""
        own = DARK if self.current_theme.dark else LIGHT
        return dict(own.variables)

    def answering(self, event: events.Key) -> None:
        """A key is about to be answered by what it is bound to."""

    async def on_event(self, event: events.Event) -> None:
        """Lead characters back to keys, except where text is typed."""
        if not isinstance(event, events.Key):
            if isinstance(event, events.MouseDown) and not event.is_forwarded:
                self._activity.seen()
            await super().on_event(event)
        elif event.is_forwarded:  # it comes back from the widgets, to what it is bound to
            self.answering(event)
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
