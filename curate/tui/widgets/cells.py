"""Text as cells of one line: how wide it is, and how much of it fits."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len

from curate.text.layout import visual


@dataclass(frozen=True, slots=True)
class Manner:
    """How this terminal wants its Arabic."""

    reorder: bool = True
    """Whether curate puts letters into visual order; else the terminal does."""
    marks: bool = True
    """Whether vowel marks are shown."""


VISUAL = Manner()


def cells(drawn: str) -> int:
    """How many cells a text in visual order takes."""
    return cell_len(drawn)


def fitted(text: str, room: int, manner: Manner = VISUAL, *, rtl: bool | None = None) -> str:
    """A text in visual order, its logical end cut off with an ellipsis when there is no room.

    Its direction is that of its first strong letter, where `rtl` does not give it.
    """
    if len(text) <= room and text.isascii() and text.isprintable():
        return text
    if room <= 0:
        return ""
    return visual(
        text,
        width=room,
        marks=manner.marks,
        reorder=manner.reorder,
        direction=None if rtl is None else "rtl" if rtl else "ltr",
    )
