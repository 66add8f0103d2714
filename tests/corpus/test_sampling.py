"""Samples: fair to the strata, the same for the same seed, whatever the order."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from curate.corpus.sampling import Draw, allotted, sample

if TYPE_CHECKING:
    import random

DRAWS = st.lists(
    st.builds(Draw, st.text("abc0123", min_size=1, max_size=6), st.sampled_from("xyz"),
              st.floats(0, 1)),
    unique_by=lambda d: d.item, max_size=40,
)  # fmt: skip


@given(DRAWS, st.integers(0, 50), st.integers(0, 9), st.booleans(), st.randoms())
def test_a_sample_does_not_depend_on_the_order_of_the_items(
    draws: list[Draw], size: int, seed: int, uncertain: bool, order: random.Random
) -> None:
    drawn = sample(draws, size, seed=seed, most_uncertain=uncertain)
    mixed = list(draws)
    order.shuffle(mixed)
    assert sample(mixed, size, seed=seed, most_uncertain=uncertain) == drawn
    assert len(drawn) == len(set(drawn)) == min(size, len(draws))


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 90), max_size=8), st.integers(0, 200))
def test_seats_add_up_and_no_stratum_is_more_than_one_off(
    sizes: dict[str, int], total: int
) -> None:
    seats = allotted(sizes, total)
    everyone = sum(sizes.values())
    assert sum(seats.values()) == min(total, everyone)
    for name, size in sizes.items():
        exact = min(total, everyone) * size / everyone if everyone else 0
        assert abs(seats[name] - exact) < 1
        assert seats[name] <= size


def test_the_first_half_is_spread_like_the_whole() -> None:
    draws = [Draw(f"a{n}", "a") for n in range(80)] + [Draw(f"b{n}", "b") for n in range(20)]
    drawn = sample(draws, 50, seed=1)
    assert Counter(i[0] for i in drawn) == {"a": 40, "b": 10}
    assert abs(Counter(i[0] for i in drawn[:25])["b"] - 5) <= 1


def test_another_seed_draws_other_items() -> None:
    draws = [Draw(f"i{n}") for n in range(1000)]
    first, second = (set(sample(draws, 100, seed=seed)) for seed in (1, 2))
    assert len(first & second) < 30


def test_the_most_uncertain_come_first() -> None:
    draws = [Draw(f"i{n}", uncertainty=n / 10) for n in range(10)]
    assert sample(draws, 3, seed=5, most_uncertain=True) == ["i9", "i8", "i7"]
