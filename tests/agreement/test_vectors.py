"""Figures that others published or compute, to the tolerance they give.

The vectors hold numbers and labels as facts, each with its source: tests of DKPro Statistics
(after Cohen, Fleiss, Krippendorff, Artstein and Poesio, Gwet and others) and of nervaluate.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curate.agreement.alpha import Distance, alpha, interval, nominal, ordinal
from curate.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, percent, scott_pi
from curate.agreement.ratings import Ratings, one_against_rest, ratings
from curate.agreement.score import NO_VARIATION, Coefficient
from curate.agreement.spans import Marked, strict

VECTORS = Path(__file__).parent / "vectors"
DISTANCES: dict[str, Distance] = {"nominal": nominal, "ordinal": ordinal, "interval": interval}
COEFFICIENTS = {
    "cohen_kappa": cohen_kappa,
    "scott_pi": scott_pi,
    "fleiss_kappa": fleiss_kappa,
    "gwet_ac1": gwet_ac1,
}


def vectors(name: str) -> list[dict[str, Any]]:
    """The vectors of a file."""
    found: list[dict[str, Any]] = json.loads((VECTORS / name).read_text(encoding="utf-8"))
    return found


def computed(vector: dict[str, Any]) -> Coefficient:
    """What we make of a vector."""
    rows = [row for times, *row in vector["rows"] for _ in range(times)]
    of = ratings(rows, vector.get("categories"))
    if vector.get("category") is not None:
        of = one_against_rest(of, vector["category"])
    if vector["measure"] == "percent_agreement":
        return Coefficient(percent(of))
    if vector["measure"] == "krippendorff_alpha":
        return alpha(of, DISTANCES[vector["distance"]])
    return COEFFICIENTS[vector["measure"]](of)


@pytest.mark.parametrize("vector", vectors("categorical.json"), ids=lambda v: v["id"])
def test_a_coefficient_is_what_others_find(vector: dict[str, Any]) -> None:
    found = computed(vector)
    within = vector["tolerance"]
    if vector["id"] == "categorical_dkpro-055":
        assert found.value == NO_VARIATION  # DKPro says 1 where a single label was used
        return
    for part, expected in vector["expected"].items():
        if part in {"value", "category"}:
            assert found.value == pytest.approx(expected, abs=within)
        elif part.startswith("observed"):
            assert found.observed == pytest.approx(expected, abs=within)
        elif part.startswith("expected"):
            assert found.expected == pytest.approx(expected, abs=within)


@pytest.mark.parametrize("vector", vectors("spans.json"), ids=lambda v: v["id"])
def test_exact_spans_match_as_in_semeval_2013(vector: dict[str, Any]) -> None:
    exact = vector["measure"].endswith("exact")

    def marked(spans: list[list[Any]]) -> list[Marked]:
        return [
            Marked(doc * 1000 + start, doc * 1000 + end, "" if exact else label)
            for *rest, start, end, label in spans
            for doc in (rest or [0])
        ]

    expected = vector["expected"]
    found = strict(marked(vector["gold"]), marked(vector["pred"]))
    assert found.matched == expected["correct"]
    assert found.second == expected["correct"] + expected["incorrect"] + expected["spurious"]
    if "f1" in expected:
        assert found.f1 == pytest.approx(expected["f1"])


def test_alpha_of_ratings_does_not_change_with_the_width_of_their_numbers() -> None:
    of = ratings([["a", "b"], ["a", "a"], ["b", "b"], [None, "a"]])
    assert alpha(of) == alpha(Ratings(of.codes.astype("int8"), of.labels))
