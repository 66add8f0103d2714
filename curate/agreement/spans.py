"""Agreement on labelled spans: exact, overlapping, and with credit for the shared part."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from curate.agreement.align import Extent, best_pairs, dice, overlapping
from curate.agreement.score import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SameWords = Callable[[Extent, Extent], bool]
"""Whether two overlapping extents of a text hold the same words, but for clitics and marks."""

_SCALE = 1 << 40
_PAIR = 1 << 10
"""Weights are whole numbers: Dice in units of 1/2⁴⁰, and a little for every pair, so that of equal
totals the one with more pairs wins, whichever annotator comes first."""


class Marked(NamedTuple):
    """A span with a label."""

    start: int
    end: int
    label: str

    @property
    def extent(self) -> Extent:
        """Start and end."""
        return self.start, self.end


class Pair(NamedTuple):
    """Two spans that were matched, and Dice's coefficient of their extents."""

    first: Marked
    second: Marked
    dice: float


def strict(first: Iterable[Marked], second: Iterable[Marked]) -> Tally:
    """F1 = 2|A∩B| / (|A| + |B|) over start, end and label, the annotators' spans as sets."""
    one, other = frozenset(first), frozenset(second)
    return Tally(len(one & other), len(one), len(other))


def match(
    first: Iterable[Marked], second: Iterable[Marked], *, same_label: bool = True
) -> list[Pair]:
    """Pair overlapping spans one to one by the largest total Dice coefficient.

    With `same_label` only spans of the same label; without, a shared label decides between totals
    that are otherwise equal. What is given twice can be paired twice.
    """
    one, other = sorted(first), sorted(second)
    if one == other:
        return [Pair(span, span, 1.0) for span in one]
    found: dict[tuple[int, int], float] = {}
    weights: dict[tuple[int, int], int] = {}
    for a, b in overlapping([x.extent for x in one], [x.extent for x in other]):
        same = one[a].label == other[b].label
        if same or not same_label:
            share = dice(one[a].extent, other[b].extent)
            found[a, b] = share
            weights[a, b] = round(share * _SCALE) + _PAIR + same
    return [Pair(one[a], other[b], found[a, b]) for a, b in best_pairs(weights)]


def overlap(first: Sequence[Marked], second: Sequence[Marked]) -> Tally:
    """Overlap F1 = 2·pairs / (|A| + |B|): every matched pair counts whole."""
    return Tally(len(match(first, second)), len(first), len(second))


def shared_part(first: Sequence[Marked], second: Sequence[Marked]) -> Tally:
    """Dice F1 = 2·ΣDice / (|A| + |B|): a pair counts by its shared part (TAC KBP event nuggets)."""
    return Tally(sum(p.dice for p in match(first, second)), len(first), len(second))


def form_only(pairs: Iterable[Pair], shared: frozenset[Marked], same_words: SameWords) -> int:
    """How many pairs of one label differ in form alone (a clitic, a diacritic), as the caller says.

    `shared` are the spans that both marked exactly: they are not counted again.
    """
    return sum(
        same_words(p.first.extent, p.second.extent)
        for p in pairs
        if p.first.label == p.second.label and p.first not in shared and p.second not in shared
    )
