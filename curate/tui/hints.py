"""Letters that name things on the screen, so that two hands reach them without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence

    T = TypeVar("T", bound=Hashable)

LETTERS = "fjdkslaghrueiwoqptyvnmcxz"
"""US keys from the easiest to the hardest; `b` types two letters on some Arabic keyboards."""


def hint_labels(count: int) -> list[str]:
    """Labels for `count` things, the shortest first; no label begins another.

    One letter each while they suffice; else the last letters of the alphabet
    begin labels of two, which name up to 625 things.
    """
    prefixes = 0
    while prefixes < len(LETTERS) and len(LETTERS) + prefixes * (len(LETTERS) - 1) < count:
        prefixes += 1
    singles = LETTERS[: len(LETTERS) - prefixes]
    pairs = (a + b for a in LETTERS[len(singles) :] for b in LETTERS)
    return [*singles, *pairs][:count]


def assign_hints(things: Sequence[T], likely: Collection[T] = ()) -> dict[str, T]:
    """Name the things: the likely ones get the shortest labels, then the order given counts."""
    ordered = sorted(things, key=lambda thing: thing not in likely)
    return dict(zip(hint_labels(len(ordered)), ordered, strict=False))
