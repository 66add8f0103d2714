"""Two themes of our own, calm and legible in 16 colours, with a variable for each kind of span."""

from __future__ import annotations

from functools import lru_cache

from textual.color import Color, ColorParseError
from textual.theme import Theme

DARK = Theme(
    name="curate-dark",
    primary="#7fb4ff",
    secondary="#a8b4c4",
    accent="#ffd166",
    warning="#ffb454",
    error="#ff7a7a",
    success="#7fd88f",
    foreground="#e6e6e6",
    background="#14171c",
    surface="#1a1e25",
    panel="#232833",
    dark=True,
    variables={
        "span-context": "#8b93a1",
        "span-faint": "#5d6470",
        "span-selection": "#2f5d8a",
        "span-found": "#5a4a12",
        "span-hint": "#ffd166",
        "span-hint-text": "#14171c",
        "span-role": "#ffd166",
        "scrollbar": "#2a303c",
        "scrollbar-hover": "#3b4352",
        "scrollbar-active": "#4b5568",
        "scrollbar-background": "#14171c",
        "scrollbar-background-hover": "#14171c",
        "scrollbar-background-active": "#14171c",
    },
)
LIGHT = Theme(
    name="curate-light",
    primary="#0b5cad",
    secondary="#4b5563",
    accent="#8a5a00",
    warning="#9a5b00",
    error="#b3261e",
    success="#1d7a36",
    foreground="#1b1f24",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e5e2da",
    dark=False,
    variables={
        "span-context": "#6a6f78",
        "span-faint": "#9a9da3",
        "span-selection": "#b7d4f5",
        "span-found": "#f6e3a1",
        "span-hint": "#8a5a00",
        "span-hint-text": "#fbfaf7",
        "span-role": "#8a5a00",
        "scrollbar": "#d9d5cb",
        "scrollbar-hover": "#c5c0b4",
        "scrollbar-active": "#b1ab9d",
        "scrollbar-background": "#fbfaf7",
        "scrollbar-background-hover": "#fbfaf7",
        "scrollbar-background-active": "#fbfaf7",
    },
)
THEMES = (DARK, LIGHT)


@lru_cache(maxsize=512)
def ink(colour: str, *, dark: bool) -> str:
    """A schema's colour as a letter colour that can be read on the theme; empty if unknown."""
    try:
        given = Color.parse(colour)
    except ColorParseError:
        return ""
    target = Color.parse("#ffffff" if dark else "#000000")
    share = 0.5 if dark else 0.15
    return given.blend(target, share).hex6


@lru_cache(maxsize=512)
def wash(colour: str, background: str, *, share: float = 0.42) -> str:
    """A schema's colour as a background behind letters; empty if unknown."""
    try:
        return Color.parse(background).blend(Color.parse(colour), share).hex6
    except ColorParseError:
        return ""
