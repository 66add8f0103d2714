from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.text.search import Needle, indexed_words
from tests.strategies import texts

TEXT = "أعلنت المُديريّة فتحَ مدرســة القرية يوم ٢٣ آذار"


def found(typed: str, text: str = TEXT) -> list[str]:
    return [span.of(text) for span in Needle.of(typed).hits(text)]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("اعلنت", "أعلنت"),
        ("المديرية", "المُديريّة"),
        ("المديريه", "المُديريّة"),
        ("فَتح", "فتحَ"),
        ("مدرسة", "مدرســة"),
        ("23", "٢٣"),
        ("اذار", "آذار"),
        ("مدرسه  القريه", "مدرســة القرية"),
    ],
)
def test_spelling_variants_are_found_at_their_code_points(typed: str, words: str) -> None:
    assert found(typed) == [words]


def test_hits_are_spans_of_the_untouched_text() -> None:
    (span,) = Needle.of("القرية").hits(TEXT)
    assert span == Span(TEXT.index("القرية"), TEXT.index("القرية") + len("القرية"))


def test_words_are_found_over_any_white_space() -> None:
    assert found("وصل القطار", "وصل\n  القطار") == ["وصل\n  القطار"]


def test_hits_do_not_lie_within_each_other() -> None:
    assert len(found("تت", "تتتت")) == 2


def test_case_does_not_matter_even_where_folding_would_lengthen() -> None:
    assert found("straße", "İ Straße İ") == ["Straße"]


def test_nothing_is_found_without_words() -> None:
    assert not Needle.of(" \u0640 ")
    assert found("\u064b") == []


@given(texts(), st.data())
def test_what_stands_in_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    needle = Needle.of(text[start:end])
    hits = list(needle.hits(text))
    assert bool(hits) == bool(needle)
    assert all(needle.is_in(s.of(text)) for s in hits)
    assert needle.is_in(text)


@given(texts(), st.data())
def test_the_index_holds_every_trigram_of_what_can_be_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = indexed_words(text)
    assert all(piece in words for piece in Needle.of(text[start:end]).trigrams)
