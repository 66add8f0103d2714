"""How sure a figure is: percentile intervals from drawing the documents anew.

The unit is the document: sentences of one text are alike, and an interval that draws them one by
one is far too narrow (Efron and Tibshirani 1993, chapter 8, on dependent data). A drawing is a
weight for each document, so that any measure made of sums costs one product of matrices.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from curate.agreement.ratings import Floats
from curate.agreement.score import NotComputable

if TYPE_CHECKING:
    from collections.abc import Iterator

RESAMPLES: Final = 1000
SEED: Final = 20060704
"""Stored with every result: the same seed gives the same interval anywhere."""

_CELLS: Final = 1 << 21
"""Weights that are held at a time."""
_TOLERATED: Final = 0.05
"""The share of drawings in which the measure may be missing."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float
    dropped: int = 0
    """Drawings in which the measure could not be computed."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How documents are drawn."""

    resamples: int = RESAMPLES
    seed: int = SEED


Measure = Callable[[Floats], Floats]
"""Sums (drawings × statistics) → values (drawings × measures), NaN where not computable."""


def bootstrap(
    statistics: Floats, measure: Measure, drawing: Drawing | None = None
) -> list[Interval | NotComputable]:
    """The interval of each measure from statistics by document (documents × statistics).

    Two measures in one call see the same drawings, so the interval of their difference is the
    interval of a third measure that subtracts them.
    """
    drawing = Drawing() if drawing is None else drawing
    if len(statistics) < 2:
        measures = measure(statistics.sum(axis=0, keepdims=True)).shape[-1]
        return [NotComputable("one document alone has no interval")] * measures
    sums = np.concatenate([w @ statistics for w in _weights(len(statistics), drawing)])
    return [_interval(column) for column in measure(sums).T]


def f1_of_sums(sums: Floats) -> Floats:
    """F1 of sums in threes, matched, first, second (drawings × 3·measures); NaN for no marks."""
    parts = sums.reshape(len(sums), -1, 3)
    marked = parts[..., 1] + parts[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        value: Floats = np.where(marked > 0, 2 * parts[..., 0] / marked, np.nan)
    return value


def _interval(values: Floats) -> Interval | NotComputable:
    kept = values[~np.isnan(values)]
    dropped = len(values) - len(kept)
    if dropped > _TOLERATED * len(values):
        return NotComputable(
            f"the measure is missing in {dropped} of {len(values)} drawings of the documents"
        )
    low, high = np.percentile(kept, [2.5, 97.5])
    return Interval(float(low), float(high), dropped)


def _weights(documents: int, drawing: Drawing) -> Iterator[Floats]:
    """How often each document is drawn: blocks of drawings × documents."""
    random = np.random.default_rng(drawing.seed)
    height = max(1, _CELLS // documents)
    for start in range(0, drawing.resamples, height):
        block = np.empty((min(height, drawing.resamples - start), documents))
        for row in block:
            drawn = random.integers(0, documents, documents, dtype=np.int32)
            row[:] = np.bincount(drawn, minlength=documents)
        yield block
