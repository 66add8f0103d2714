from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.candidates.linear import calibrated, fitted, logistic, probabilities

FEATURES = st.lists(st.sampled_from("abcdef"), max_size=4).map(tuple)


def test_the_option_with_the_telling_feature_becomes_likely() -> None:
    first: list[tuple[str, ...]] = [("good", "x"), ("bad", "x")]
    second: list[tuple[str, ...]] = [("bad",), ("good",)]
    cases = [(first, 0), (second, 1)] * 10
    weights = fitted(cases)
    assert probabilities([("good",), ("bad",)], weights)[0] > 0.9


def test_without_lessons_all_options_are_alike() -> None:
    assert fitted([]) == {}
    assert probabilities([("a",), ("b",)], {}) == [0.5, 0.5]


@given(st.lists(FEATURES, min_size=1, max_size=5), st.dictionaries(st.sampled_from("abcdef"),
       st.floats(-50, 50)))  # fmt: skip
def test_chances_sum_to_one(options: list[tuple[str, ...]], weights: dict[str, float]) -> None:
    assert math.isclose(sum(probabilities(options, weights)), 1.0)


def test_calibration_finds_how_often_a_score_is_right() -> None:
    examples = [(2.0, n % 10 < 8) for n in range(200)] + [(-2.0, n % 10 < 3) for n in range(200)]
    slope, shift = calibrated(examples)
    assert logistic(2 * slope + shift) == pytest.approx(0.8, abs=0.02)
    assert logistic(-2 * slope + shift) == pytest.approx(0.3, abs=0.02)


@given(st.lists(st.tuples(st.floats(-25, 25), st.booleans()), max_size=40))
def test_a_higher_score_never_means_less(examples: list[tuple[float, bool]]) -> None:
    slope, shift = calibrated(examples)
    assert 0 < slope <= 5
    assert -5 <= shift <= 5
