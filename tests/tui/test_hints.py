from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.tui.hints import LETTERS, assign_hints, hint_labels


@given(st.integers(0, 625))
def test_no_hint_begins_another_and_none_is_longer_than_two(count: int) -> None:
    labels = hint_labels(count)
    assert len(labels) == len(set(labels)) == count
    assert all(len(label) <= 2 and set(label) <= set(LETTERS) for label in labels)
    singles = {label for label in labels if len(label) == 1}
    assert not any(label[0] in singles for label in labels if len(label) == 2)


def test_a_few_things_get_one_letter_each() -> None:
    assert hint_labels(3) == ["f", "j", "d"]


def test_likely_things_get_the_short_hints() -> None:
    things = list(range(60))
    hints = {thing: hint for hint, thing in assign_hints(things, likely={55, 58}).items()}
    assert (len(hints[55]), len(hints[58])) == (1, 1)
    assert len(hints[54]) == 2
