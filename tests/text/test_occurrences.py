from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.text.normal import normal
from curate.text.occurrences import occurrences
from curate.text.tokens import tokens
from tests.strategies import texts


def found(text: str, words: str) -> list[str]:
    start = text.index(words)
    return [s.of(text) for s in occurrences(text, Span(start, start + len(words)))]


@pytest.mark.parametrize(
    ("text", "words", "same"),
    [
        ("قرب الجسر، ومن الجسر وبالجسر إلى جسره", "الجسر", ["الجسر", "الجسر", "الجسر"]),
        ("القرية للقرية والقريتان", "القرية", ["القرية", "لقرية"]),
        ("إدلب وإِدلب ولادلب", "إدلب", ["إدلب", "إِدلب", "ادلب"]),
        ("نهر الفرات ونهر  الفرات ونهر، الفرات", "نهر الفرات", ["نهر الفرات", "نهر  الفرات"]),
        ("عام ٢٠١٦ ثم 2016", "2016", ["٢٠١٦", "2016"]),
        ("ولده والد", "ولد", []),
    ],
)
def test_the_same_words_are_found_behind_their_proclitics(
    text: str, words: str, same: list[str]
) -> None:
    assert found(text, words) == same


@given(texts(), st.data())
def test_a_run_of_words_is_among_its_own_occurrences(text: str, data: st.DataObject) -> None:
    every = list(tokens(text))
    if not every:
        return
    first = data.draw(st.integers(0, len(every) - 1))
    last = data.draw(st.integers(first, min(first + 3, len(every) - 1)))
    span = Span(every[first].start, every[last].end)
    places = list(occurrences(text, span))
    assert span in places
    assert all(normal(p.of(text))[-1:] == normal(span.of(text))[-1:] for p in places)
