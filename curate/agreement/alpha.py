"""Krippendorff's α for any number of annotators, with missing cells.

o_ck = Σ_i n_ic(n_ik − [c = k]) / (r_i − 1) over items with r_i ≥ 2; n_c = Σ_k o_ck; n = Σ_c n_c.
Do = Σ o_ck·δ²_ck / n, De = Σ n_c·n_k·δ²_ck / (n(n − 1)), α = 1 − Do / De
(Krippendorff, Content Analysis, 2004, chapter 11). Items with one rating drop out by themselves.
The coincidences are WᵀM with W = M / (r − 1), block by block: the memory does not grow.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

import numpy as np

from curate.agreement.ratings import Floats
from curate.agreement.score import NO_VARIATION, NOTHING_SHARED, Coefficient

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from curate.agreement.ratings import Ratings

Distance = Callable[[tuple[Hashable, ...], Floats], Floats]
"""δ² of all labels against each other, from the labels and how often each was given (n_c)."""


def alpha(of: Ratings, distance: Distance | None = None) -> Coefficient:
    """Krippendorff's α with a distance between labels; without one every difference is the same."""
    coincidences, ones = np.zeros((len(of.labels), len(of.labels))), np.ones(len(of.labels))
    for counts in of.blocks():
        others = counts @ ones - 1
        weights = np.divide(1, others, out=np.zeros(len(others)), where=others > 0)
        coincidences += (counts * weights[:, None]).T @ counts
        coincidences -= np.diag(weights @ counts)
    totals = coincidences.sum(axis=0)
    n = float(totals.sum())
    if n < 2:
        return Coefficient(NOTHING_SHARED)
    delta = (nominal if distance is None else distance)(of.labels, totals)
    observed = float((coincidences * delta).sum()) / n
    expected = float(totals @ delta @ totals) / (n * (n - 1))
    if expected <= 0:
        return Coefficient(NO_VARIATION, observed, expected)
    return Coefficient(1 - observed / expected, observed, expected)


def nominal(labels: tuple[Hashable, ...], _: Floats) -> Floats:
    """δ² = 0 for the same label, 1 for any other."""
    return 1 - np.eye(len(labels))


def ordinal(_: tuple[Hashable, ...], totals: Floats) -> Floats:
    """δ²_ck = (Σ_{g=c..k} n_g − (n_c + n_k) / 2)²: the ratings that lie between two labels.

    The order is that of the labels.
    """
    place = np.cumsum(totals) - totals / 2
    squared: Floats = np.subtract.outer(place, place) ** 2
    return squared


def interval(labels: tuple[Hashable, ...], _: Floats) -> Floats:
    """δ²_ck = (c − k)². The labels are numbers; raises TypeError or ValueError where not."""
    values = np.array([float(label) for label in labels])  # type: ignore[arg-type]  # raises
    squared: Floats = np.subtract.outer(values, values) ** 2
    return squared


def masi(labels: tuple[Hashable, ...], _: Floats) -> Floats:
    """Passonneau's distance of sets (2006), in the place of δ²: 1 − Jaccard · m.

    m is 1 for equal sets, 2/3 where one holds the other, 1/3 where they share a part, else 0. The
    labels are sets; raises TypeError where not. Two empty sets are equal.
    """
    sets = [_as_set(label) for label in labels]
    places = {element: place for place, element in enumerate(set().union(*sets))}
    holds = np.zeros((len(sets), len(places)))
    for row, elements in enumerate(sets):
        holds[row, [places[element] for element in elements]] = 1
    shared, sizes = holds @ holds.T, holds.sum(axis=1)
    union = sizes[:, None] + sizes - shared
    nested = shared == np.minimum(sizes[:, None], sizes)
    monotony = np.where(shared == union, 1, np.where(nested, 2 / 3, 1 / 3))
    jaccard = np.where(union > 0, shared / np.maximum(union, 1), 1)
    found: Floats = 1 - jaccard * monotony
    return found


def _as_set(label: Hashable) -> AbstractSet[Hashable]:
    if not isinstance(label, AbstractSet):
        raise TypeError(f"MASI compares sets, and {label!r} is none")
    return label


def sums_by_document(of: Ratings, document: NDArray[np.intp], documents: int) -> Floats:
    """What nominal α needs, by document: agreement mass, then n_k for each label.

    The mass is Σ_i Σ_k n_ik(n_ik − 1) / (r_i − 1). `document` has each item's document, counted
    from 0. Sums of rows are the sums of the documents together.
    """
    found = np.zeros((documents, 1 + len(of.labels)))
    start = 0
    for counts in of.blocks():
        where = document[start : start + len(counts)]
        start += len(counts)
        raters = counts.sum(axis=1)
        several = raters > 1
        n, where = counts[several], where[several]
        mass = (n * (n - 1)).sum(axis=1) / (raters[several] - 1)
        found[:, 0] += np.bincount(where, mass, documents)
        for label in range(len(of.labels)):
            found[:, 1 + label] += np.bincount(where, n[:, label], documents)
    return found


def alpha_of_sums(sums: Floats) -> Floats:
    """Nominal α of sums as `sums_by_document` gives them (… × 1 + labels); NaN where there is none.

    Do = 1 − mass / n and De = 1 − Σ_k n_k(n_k − 1) / (n(n − 1)).
    """
    mass, totals = sums[..., 0], sums[..., 1:]
    n = totals.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = 1 - mass / n
        expected = 1 - (totals * (totals - 1)).sum(axis=-1) / (n * (n - 1))
        value: Floats = np.where(expected > 1e-12, 1 - observed / expected, np.nan)
    return value
