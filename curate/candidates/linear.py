"""Choosing one of several options by weighted features: conditional logistic regression."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Option = tuple[str, ...]
"""The features of an option."""

ROUNDS: Final = 12
RATE: Final = 0.5
_DECIMALS: Final = 3


def fitted(cases: Sequence[tuple[Sequence[Option], int]]) -> dict[str, float]:
    """Weights under which the right option (its place is given) of each case is likely.

    Stochastic gradient ascent on the conditional likelihood, in the order of
    the cases, weights averaged over all steps; rounded, and zeros left out.
    """
    weights: dict[str, float] = {}
    sums: dict[str, float] = {}
    step, steps = 0, ROUNDS * len(cases)
    for turn in range(ROUNDS):
        rate = RATE / (1 + turn)
        for options, right in cases:
            chances = probabilities(options, weights)
            for place, (option, chance) in enumerate(zip(options, chances, strict=True)):
                change = rate * ((place == right) - chance)
                if abs(change) < 1e-6:
                    continue
                for feature in option:
                    weights[feature] = weights.get(feature, 0.0) + change
                    sums[feature] = sums.get(feature, 0.0) + change * (steps - step)
            step += 1
    means = ((f, round(total / steps, _DECIMALS)) for f, total in sorted(sums.items()))
    return {feature: mean for feature, mean in means if mean}


def probabilities(options: Sequence[Option], weights: Mapping[str, float]) -> list[float]:
    """How likely each option is to be the right one; they sum to 1."""
    scores = [sum(weights.get(f, 0.0) for f in option) for option in options]
    highest = max(scores)
    odds = [math.exp(score - highest) for score in scores]
    total = sum(odds)
    return [o / total for o in odds]


def calibrated(examples: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift that turn a log-odds score into a probability that holds.

    Platt's scaling with his smoothed targets, by Newton steps; the slope is
    kept positive, so that a higher score never means less.
    """
    right = sum(1 for _, ok in examples if ok)
    wrong = len(examples) - right
    goals = {True: (right + 1) / (right + 2), False: 1 / (wrong + 2)}
    slope, shift = 0.1, math.log((right + 1) / (wrong + 1))
    for _ in range(30):
        g_slope = g_shift = 0.0
        h_slope = h_shift = 1e-3
        h_both = 0.0
        for score, ok in examples:
            chance = logistic(slope * score + shift)
            error, width = goals[ok] - chance, chance * (1 - chance)
            g_slope += error * score
            g_shift += error
            h_slope += width * score * score
            h_shift += width
            h_both += width * score
        determinant = h_slope * h_shift - h_both * h_both
        slope += (h_shift * g_slope - h_both * g_shift) / determinant
        shift += (h_slope * g_shift - h_both * g_slope) / determinant
        slope, shift = min(max(slope, 0.001), 5.0), min(max(shift, -5.0), 5.0)
    return round(slope, 4), round(shift, 4)


def logistic(score: float) -> float:
    """The probability that log-odds stand for."""
    return 1 / (1 + math.exp(-min(max(score, -30.0), 30.0)))
