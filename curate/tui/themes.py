"""Two themes of our own, calm and legible in 16 colours, with a variable for each kind of span."""

from __future__ import annotations

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
