"""Splits: near the shares, copies and days kept together, the same in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.corpus.splits import PARTS, Dated, SplitBy, Unit, split, units

if TYPE_CHECKING:
    import random

DAYS = st.sampled_from(["", "2018-01-01", "2018-01-02", "2019-05-06", "2020-07-08", "2021-09-10"])
UNITS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=4), st.tuples(DAYS, st.integers(1, 9)), max_size=30
).map(lambda found: [Unit((key,), day, size) for key, (day, size) in found.items()])
SHARES = st.sampled_from([(0.8, 0.1, 0.1), (0.5, 0.25, 0.25), (1.0, 0.0, 0.0), (0.0, 0.5, 0.5)])


@given(UNITS, SHARES, st.sampled_from(SplitBy), st.integers(0, 5), st.randoms())
def test_every_document_is_in_one_part_whatever_the_order(
    given_units: list[Unit],
    shares: tuple[float, float, float],
    by: SplitBy,
    seed: int,
    order: random.Random,
) -> None:
    parts = split(given_units, shares, by=by, seed=seed)
    mixed = list(given_units)
    order.shuffle(mixed)
    assert split(mixed, shares, by=by, seed=seed) == parts
    assert set(parts) == {d for unit in given_units for d in unit.documents}
    empty = {part for part, share in zip(PARTS, shares, strict=True) if not share}
    assert not empty & set(parts.values())


@given(UNITS, SHARES)
def test_by_time_no_day_is_cut_and_tests_are_the_latest(
    given_units: list[Unit], shares: tuple[float, float, float]
) -> None:
    parts = split(given_units, shares, by=SplitBy.TIME, seed=1)
    day_of = {d: unit.day for unit in given_units for d in unit.documents}
    seen = [(day_of[d], PARTS.index(part)) for d, part in parts.items()]
    by_day: dict[str, set[int]] = {}
    for day, part in seen:
        by_day.setdefault(day, set()).add(part)
    assert all(len(found) == 1 for found in by_day.values())
    ordered = [by_day[day].pop() for day in sorted(by_day)]
    assert ordered == sorted(ordered)


def test_shares_are_met_when_units_are_small() -> None:
    many = [Unit((f"d{n}",), f"2019-01-{n % 28 + 1:02}", 1) for n in range(1000)]
    for by in SplitBy:
        parts = list(split(many, (0.8, 0.1, 0.1), by=by, seed=3).values())
        assert abs(parts.count("train") - 800) <= 40
        assert abs(parts.count("test") - 100) <= 40


def test_a_copy_goes_where_its_original_goes() -> None:
    documents = [Dated(f"d{n}", f"2019-01-{n + 1:02}", 1) for n in range(20)]
    together = units(documents, {"d19": "d0", "d18": "d0"})
    for by in SplitBy:
        parts = split(together, (0.5, 0.25, 0.25), by=by, seed=1)
        assert parts["d0"] == parts["d18"] == parts["d19"]


@pytest.mark.parametrize("shares", [(0.5, 0.5), (0.8, 0.1, 0.2), (1.2, -0.1, -0.1)])
def test_shares_that_do_not_add_up_are_refused(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        split([], shares, by=SplitBy.RANDOM, seed=1)
