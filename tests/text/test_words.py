"""Words for a cursor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.text.words import next_word, previous_word, word_at
from tests.text.mixed import texts, thorough

TEXT = "قُتِلَ «أبو_علي» في T-72، نِي\u200cمروز!"


@pytest.mark.parametrize(
    ("at", "word"),
    [
        ("تِ", "قُتِلَ"),
        ("و_", "أبو_علي"),
        ("72", "72"),
        ("T", "T"),
        ("مروز", "نِي\u200cمروز"),
        ("«", "«"),
    ],
)
def test_the_word_at_a_place(at: str, word: str) -> None:
    assert word_at(TEXT, TEXT.index(at)).of(TEXT) == word


def test_steps_go_from_word_to_word() -> None:
    forward, at = [], 0
    while at < len(TEXT):
        at = next_word(TEXT, at)
        forward.append(at)
    back = [at]
    while at:
        at = previous_word(TEXT, at)
        back.append(at)
    assert [word_at(TEXT, i).of(TEXT) for i in forward[:-1]] == [
        "أبو_علي", "في", "T", "72", "نِي\u200cمروز",
    ]  # fmt: skip
    assert back[::-1] == [0, *forward]


@thorough
@given(texts, st.integers(0, 89))
def test_steps_make_progress_and_words_hold_their_place(text: str, offset: int) -> None:
    if offset >= len(text):
        return
    word = word_at(text, offset)
    assert offset in word
    assert all(word_at(text, i) == word for i in range(word.start, word.end))
    assert next_word(text, offset) >= word.end
    assert previous_word(text, word.end) <= offset
    assert Span(offset, len(text)).start < next_word(text, offset)
