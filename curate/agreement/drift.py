"""How agreement goes over time: windows of work, each held against the first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from curate.agreement.collect import HEADLINES
from curate.agreement.compare import Key
from curate.agreement.intervals import Drawing, Interval, bootstrap, f1_of_sums
from curate.agreement.score import NotComputable, Score, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.agreement.collect import DatedSums
    from curate.agreement.ratings import Floats

SMALLEST: Final = 50
"""Items of two annotators that a window holds at least."""
MOST: Final = 12
"""Windows at most."""


@dataclass(frozen=True, slots=True)
class Change:
    """A window's measure less that of the first window."""

    value: Score
    interval: Interval | NotComputable

    @property
    def is_sure(self) -> bool:
        """Whether the interval lies wholly on one side of zero."""
        found = self.interval
        return isinstance(found, Interval) and not found.low <= 0 <= found.high


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring work in time."""

    first: str
    """When its first item was done by both, ISO 8601."""
    last: str
    items: int
    """Pairs of annotators on items."""
    values: dict[str, tuple[Score, Interval | NotComputable, Tally]]
    """By headline measure."""
    changes: dict[str, Change]
    """By headline measure; of the first window empty."""


def windows(
    dated: Sequence[DatedSums], documents: int, drawing: Drawing, size: int | None = None
) -> list[Window]:
    """Cut what was done into windows of equal size, in time; none where there are not even two.

    Without a `size` they hold at least `SMALLEST` items, and there are `MOST` at most.
    """
    if size is None:
        size = max(SMALLEST, -(-len(dated) // MOST))
    ordered = sorted(dated, key=lambda d: (d.at, d.document))
    count = len(ordered) // size
    if count < 2:
        return []
    bounds = [size * n for n in range(count)] + [len(ordered)]
    cut = [ordered[a:b] for a, b in pairwise(bounds)]
    table = _table(cut, documents)
    values = bootstrap(table, f1_of_sums, drawing)
    changes = bootstrap(table, _from_first, drawing)
    wide = len(HEADLINES)
    return [
        _window(part, table, n * wide, values, changes if n else []) for n, part in enumerate(cut)
    ]


def _table(cut: Sequence[Sequence[DatedSums]], documents: int) -> Floats:
    """Documents × (windows × headline measures × 3)."""
    found = np.zeros((documents, len(cut), len(HEADLINES), 3))
    for window, part in enumerate(cut):
        for dated in part:
            for place, measure in enumerate(HEADLINES):
                found[dated.document, window, place] += dated.sums.get(Key(measure), (0, 0, 0))
    return found.reshape(documents, -1)


def _from_first(sums: Floats) -> Floats:
    """F1 of each window less that of the first, of the same drawing."""
    values = f1_of_sums(sums).reshape(len(sums), -1, len(HEADLINES))
    less: Floats = (values - values[:, :1]).reshape(len(sums), -1)
    return less


def _window(
    part: Sequence[DatedSums],
    table: Floats,
    at: int,
    values: Sequence[Interval | NotComputable],
    changes: Sequence[Interval | NotComputable],
) -> Window:
    totals = table.sum(axis=0).reshape(-1, 3)
    tallies = [Tally(float(m), int(a), int(b)) for m, a, b in totals]
    found, less = {}, {}
    for place, measure in enumerate(HEADLINES):
        tally = tallies[at + place]
        found[measure] = tally.f1, values[at + place], tally
        if changes:
            less[measure] = Change(_minus(tally.f1, tallies[place].f1), changes[at + place])
    return Window(part[0].at, part[-1].at, len(part), found, less)


def _minus(one: Score, other: Score) -> Score:
    if isinstance(one, NotComputable):
        return one
    return other if isinstance(other, NotComputable) else one - other
