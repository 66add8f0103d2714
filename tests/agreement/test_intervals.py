"""Intervals hold the truth about as often as they promise, where documents differ."""

from __future__ import annotations

import numpy as np
import pytest

from curate.agreement.alpha import alpha_of_sums, sums_by_document
from curate.agreement.intervals import Drawing, Interval, bootstrap, f1_of_sums
from curate.agreement.ratings import Codes, Floats, Ratings

LABELS = ("a", "b", "c", "d")
DOCUMENTS, ITEMS, PROJECTS = 60, 10, 300
DRAWING = Drawing(resamples=300)


def project(random: np.random.Generator, documents: int) -> tuple[Codes, Codes]:
    """Two annotators' labels and each item's document; some documents are harder than others."""
    truth = random.choice(len(LABELS), (documents, ITEMS), p=(0.4, 0.3, 0.2, 0.1))
    care = random.beta(8, 2, (documents, 1))
    said = [
        np.where(random.random(truth.shape) < care, truth, random.integers(0, 4, truth.shape))
        for _ in range(2)
    ]
    return (
        np.stack([s.ravel() for s in said], axis=1),
        np.repeat(np.arange(documents), ITEMS),
    )


def sums(random: np.random.Generator, documents: int) -> Floats:
    """What α needs, by document."""
    codes, where = project(random, documents)
    return sums_by_document(Ratings(codes, LABELS), where, documents)


def coverage(intervals: list[Interval], truth: float) -> float:
    """How many intervals hold the truth."""
    return sum(i.low <= truth <= i.high for i in intervals) / len(intervals)


@pytest.mark.slow
def test_intervals_of_alpha_hold_the_truth_as_often_as_they_promise() -> None:
    random = np.random.default_rng(11)
    truth = float(alpha_of_sums(sums(random, 40_000).sum(axis=0)))
    found = []
    for _ in range(PROJECTS):
        [interval] = bootstrap(
            sums(random, DOCUMENTS), lambda s: alpha_of_sums(s)[:, None], DRAWING
        )
        assert isinstance(interval, Interval)
        found.append(interval)
    assert 0.90 <= coverage(found, truth) <= 0.98


@pytest.mark.slow
def test_intervals_of_f1_hold_the_truth_as_often_as_they_promise() -> None:
    random = np.random.default_rng(12)

    def tallies(documents: int) -> Floats:
        """Matched, first, second by document; each document has its own difficulty."""
        ease = random.beta(8, 2, documents)
        there = random.poisson(6, documents)
        both = random.binomial(there, ease)
        first = both + random.binomial(there - both, 0.5)
        second = both + (there - first)
        return np.stack([both, first, second], axis=1).astype(float)

    truth = float(f1_of_sums(tallies(400_000).sum(axis=0, keepdims=True))[0, 0])
    found = []
    for _ in range(PROJECTS):
        [interval] = bootstrap(tallies(DOCUMENTS), f1_of_sums, DRAWING)
        assert isinstance(interval, Interval)
        found.append(interval)
    assert 0.90 <= coverage(found, truth) <= 0.98


def test_drawing_items_instead_of_documents_would_be_far_too_sure() -> None:
    random = np.random.default_rng(13)
    codes, where = project(random, DOCUMENTS)
    of = Ratings(codes, LABELS)
    alone = np.arange(len(codes))
    widths = []
    for units, count in ((where, DOCUMENTS), (alone, len(codes))):
        table = sums_by_document(of, units, count)
        [interval] = bootstrap(table, lambda s: alpha_of_sums(s)[:, None], DRAWING)
        assert isinstance(interval, Interval)
        widths.append(interval.high - interval.low)
    assert widths[0] > widths[1]
