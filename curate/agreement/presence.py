"""Chance-corrected agreement on events: does an item tell an event of a type, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from curate.agreement.alpha import alpha, alpha_of_sums, masi, sums_by_document
from curate.agreement.chance import gwet_ac1, percent
from curate.agreement.intervals import Drawing, Interval, bootstrap
from curate.agreement.ratings import MISSING, Floats, Ratings, ratings
from curate.agreement.score import NOTHING_MARKED, NotComputable, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.agreement.collect import SharedItem


@dataclass(frozen=True, slots=True)
class Presence:
    """Agreement on whether events of a type are there."""

    alpha: Score
    """Krippendorff's nominal α over present and absent."""
    interval: Interval | NotComputable
    ac1: Score
    percent: Score
    prevalence: float
    """The share of ratings that say present; where it is under a tenth, α alone misleads."""


@dataclass(frozen=True, slots=True)
class Presences:
    """Presence of all types together and of each."""

    all: Presence
    """Over every pair of item and type; types that nobody used are left out."""
    by_type: dict[str, Presence]
    masi: Score
    """Krippendorff's α over the set of types of each item, with Passonneau's distance."""


def presences(items: Sequence[SharedItem], documents: int, drawing: Drawing) -> Presences:
    """Measure presence over items that several annotators have done."""
    names = sorted({name for item in items for name in item.types})
    types = sorted({kind for item in items for found in item.types.values() for kind in found})
    if not types:
        nothing = Presence(NOTHING_MARKED, NOTHING_MARKED, NOTHING_MARKED, NOTHING_MARKED, 0.0)
        return Presences(nothing, {}, NOTHING_MARKED)
    cells = _cells(items, names, types)
    where = np.array([item.document for item in items], dtype=np.intp)
    sums = np.zeros((len(types), documents, 3))
    for place in range(len(types)):
        sums[place] = sums_by_document(_ratings(cells[:, :, place]), where, documents)
    intervals = _intervals(sums, drawing)
    whole = _ratings(cells.transpose(0, 2, 1).reshape(-1, len(names)))
    return Presences(
        _presence(whole, intervals[0]),
        {
            kind: _presence(_ratings(cells[:, :, place]), intervals[1 + place])
            for place, kind in enumerate(types)
        },
        alpha(ratings([[item.types.get(n) for n in names] for item in items]), masi).value,
    )


def _cells(
    items: Sequence[SharedItem], names: Sequence[str], types: Sequence[str]
) -> NDArray[np.int8]:
    """1 present, 0 absent, `MISSING`: items × annotators × types."""
    column = {name: place for place, name in enumerate(names)}
    layer = {kind: place for place, kind in enumerate(types)}
    cells = np.full((len(items), len(names), len(types)), MISSING, dtype=np.int8)
    for row, item in enumerate(items):
        for name, found in item.types.items():
            cells[row, column[name]] = 0
            cells[row, column[name], [layer[kind] for kind in found]] = 1
    return cells


def _ratings(cells: NDArray[np.int8]) -> Ratings:
    return Ratings(cells, (False, True))


def _presence(of: Ratings, interval: Interval | NotComputable) -> Presence:
    given = of.codes[of.codes != MISSING]
    return Presence(
        alpha=alpha(of).value,
        interval=interval,
        ac1=gwet_ac1(of).value,
        percent=percent(of),
        prevalence=float(given.mean()) if len(given) else 0.0,
    )


def _intervals(sums: Floats, drawing: Drawing) -> list[Interval | NotComputable]:
    """The interval of α over all types, then of each type, from sums types × documents × 3."""
    layers = np.concatenate([sums.sum(axis=0, keepdims=True), sums])
    flat = layers.transpose(1, 0, 2).reshape(layers.shape[1], -1)
    return bootstrap(flat, lambda drawn: alpha_of_sums(drawn.reshape(len(drawn), -1, 3)), drawing)
