"""What things look like: a style for each use, made from the variables of the theme.

Textual's component classes say the same in CSS, but are worked out anew for
every widget at every restyling; that alone cost half of the time to the first paint.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from textual.color import Color, ColorParseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import App


class _Look(NamedTuple):
    letters: str = ""
    """Theme variable of the colour of letters."""
    behind: str = ""
    """Theme variable of the background."""
    bold: bool | None = None
    reverse: bool | None = None
    underline: bool | None = None


_LOOKS: Mapping[str, _Look] = {
    "plain": _Look("foreground"),
    "text": _Look("foreground", "background"),
    "context": _Look("span-context", "background"),
    "title": _Look("span-context", "background", bold=True),
    "faint": _Look("span-faint", "background"),
    "edge": _Look("panel", "background"),
    "dim": _Look("span-context"),
    "key": _Look("primary", bold=True),
    "name": _Look("foreground", bold=True),
    "quote": _Look("foreground"),
    "good": _Look("success"),
    "warn": _Look("warning"),
    "error": _Look("error", bold=True),
    "heading": _Look("accent", bold=True),
    "role": _Look("span-role", bold=True),
    "hint": _Look("span-hint-text", "span-hint", bold=True),
    "chosen": _Look("foreground", "panel"),
    "focus": _Look(bold=True, reverse=True),
    "cursor": _Look(reverse=True),
    "selection": _Look("foreground", "span-selection"),
    "found": _Look(behind="span-found"),
    "label-focus": _Look("span-role", bold=True, reverse=True),
}


class Looks:
    """The styles of one theme by name."""

    def __init__(self, variables: Mapping[str, str], *, dark: bool) -> None:
        self.dark = dark
        self._variables = variables
        self._made: dict[str, Style] = {}

    @classmethod
    def of(cls, app: App[object]) -> Looks:
        """The looks of the theme that an app has on."""
        return cls(app.theme_variables, dark=app.current_theme.dark)

    def __getitem__(self, name: str) -> Style:
        style = self._made.get(name)
        if style is None:
            look = _LOOKS[name]
            style = self._made[name] = Style(
                color=self.colour(look.letters),
                bgcolor=self.colour(look.behind),
                bold=look.bold,
                reverse=look.reverse,
                underline=look.underline,
            )
        return style

    def colour(self, variable: str) -> str | None:
        """The colour of a theme variable as `#rrggbb`; None where the theme has no such colour."""
        value = self._variables.get(variable, "") if variable else ""
        return _hex(value.split(" ")[0]) or None

    def ink(self, colour: str) -> Style:
        """A schema's colour for letters that can be read on this theme."""
        return Style(color=_ink(colour, dark=self.dark) or None)

    def wash(self, colour: str) -> Style:
        """A schema's colour behind letters."""
        return Style(bgcolor=_wash(colour, self.colour("background") or "#000000") or None)


@lru_cache(maxsize=512)
def _hex(colour: str) -> str:
    try:
        parsed = Color.parse(colour)
    except ColorParseError:
        return ""
    return "" if parsed.ansi is not None else parsed.hex6


@lru_cache(maxsize=512)
def _ink(colour: str, *, dark: bool) -> str:
    try:
        given = Color.parse(colour)
    except ColorParseError:
        return ""
    target, share = ("#ffffff", 0.5) if dark else ("#000000", 0.15)
    return given.blend(Color.parse(target), share).hex6


@lru_cache(maxsize=512)
def _wash(colour: str, background: str) -> str:
    try:
        return Color.parse(background).blend(Color.parse(colour), 0.42).hex6
    except ColorParseError:
        return ""
