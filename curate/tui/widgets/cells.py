"""Text as cells of one line: how wide it is, and how much of it fits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

from curate.text.layout import visual

ELLIPSIS = "…"


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


@lru_cache(maxsize=4096)
def fitted(text: str, room: int, manner: Manner = VISUAL) -> str:
    """A text in visual order, its logical end cut off with an ellipsis when there is no room."""
    drawn = visual(text, reorder=manner.reorder, marks=manner.marks)
    if cells(drawn) <= room:
        return drawn
    low, high = 0, min(len(text), max(0, room) * 4)
    while low < high:
        middle = (low + high + 1) // 2
        if (
            cells(visual(text[:middle] + ELLIPSIS, reorder=manner.reorder, marks=manner.marks))
            <= room
        ):
            low = middle
        else:
            high = middle - 1
    return (
        visual(text[:low].rstrip() + ELLIPSIS, reorder=manner.reorder, marks=manner.marks)
        if room > 0
        else ""
    )
