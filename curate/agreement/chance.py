"""Agreement on labels, plain and corrected for chance, for two annotators and for many.

Notation: n_ik annotators gave item i label k, r_i = Σ_k n_ik gave it any, q labels were offered.
Missing cells are treated as Gwet does (Handbook of Inter-Rater Reliability, 4th ed., 2014).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curate.agreement.ratings import MISSING
from curate.agreement.score import (
    NO_VARIATION,
    NOTHING_SHARED,
    Coefficient,
    Score,
    above_chance,
)

if TYPE_CHECKING:
    from curate.agreement.ratings import Floats, Ratings


def percent(of: Ratings) -> Score:
    """Mean over items with r_i ≥ 2 of Σ_k n_ik(n_ik − 1) / (r_i(r_i − 1)) (Fleiss 1971; Gwet)."""
    observed, _ = _observed(of)
    return NOTHING_SHARED if observed is None else observed


def cohen_kappa(of: Ratings) -> Coefficient:
    """Cohen's κ (1960) of two annotators: Pe = Σ_k p_k^A · p_k^B, each with their own marginals.

    Only items that both rated count. Raises ValueError for any number of annotators but two.
    """
    shares = _marginals_of_two(of)
    if shares is None:
        return Coefficient(NOTHING_SHARED)
    equal, first, second = shares
    return above_chance(equal, float(first @ second))


def scott_pi(of: Ratings) -> Coefficient:
    """Scott's π (1955) of two annotators: Pe = Σ_k ((p_k^A + p_k^B) / 2)², marginals pooled.

    Only items that both rated count. Raises ValueError for any number of annotators but two.
    """
    shares = _marginals_of_two(of)
    if shares is None:
        return Coefficient(NOTHING_SHARED)
    equal, first, second = shares
    return above_chance(equal, float((((first + second) / 2) ** 2).sum()))


def fleiss_kappa(of: Ratings) -> Coefficient:
    """Fleiss' κ (1971) of any number of annotators: Pe = Σ_k p_k², p_k = mean_i n_ik / r_i.

    It generalises Scott's π, not Cohen's κ. p_k is taken over all items that anyone rated.
    """
    observed, shares = _observed(of)
    if observed is None:
        return Coefficient(NOTHING_SHARED)
    return above_chance(observed, float((shares**2).sum()))


def gwet_ac1(of: Ratings) -> Coefficient:
    """Gwet's AC1 (2008): Pe = Σ_k p_k(1 − p_k) / (q − 1), with q the labels offered.

    It stays high where one label is far more frequent than the others: to be shown beside a
    coefficient such as α, never in its place.
    """
    observed, shares = _observed(of)
    if observed is None:
        return Coefficient(NOTHING_SHARED)
    if len(of.labels) < 2:
        return Coefficient(NO_VARIATION, observed)
    expected = float((shares * (1 - shares)).sum()) / (len(of.labels) - 1)
    return above_chance(observed, expected)


def _observed(of: Ratings) -> tuple[float | None, Floats]:
    """Percent agreement, None where no item has two ratings; and the labels' mean shares p_k."""
    agreed, pairable, rated = 0.0, 0, 0
    shares = np.zeros(len(of.labels))
    for counts in of.blocks():
        raters = counts.sum(axis=1)
        some, several = raters > 0, raters > 1
        shares += (counts[some] / raters[some, None]).sum(axis=0)
        rated += int(some.sum())
        n, r = counts[several], raters[several]
        agreed += float(((n * (n - 1)).sum(axis=1) / (r * (r - 1))).sum())
        pairable += int(several.sum())
    return (agreed / pairable if pairable else None), shares / max(rated, 1)


def _marginals_of_two(of: Ratings) -> tuple[float, Floats, Floats] | None:
    """The share of equal labels and each annotator's label shares, on items that both rated."""
    if of.annotators != 2:
        raise ValueError(f"this measure is of two annotators, not of {of.annotators}")
    both = of.codes[(of.codes != MISSING).all(axis=1)]
    if not len(both):
        return None
    first, second = (np.bincount(both[:, side], minlength=len(of.labels)) for side in (0, 1))
    return float((both[:, 0] == both[:, 1]).mean()), first / len(both), second / len(both)
