from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.tui.edges import (
    clitic_stop,
    moved_edge,
    without_joined,
    without_proclitic,
    without_suffix,
    word_at,
    word_edge,
    word_stop,
    words,
)

TEXT = "دخلت القافلة وبالمدينة جنودهم، ثم عادوا."
ITEM = Span(0, len(TEXT))


def span(text: str) -> Span:
    return Span(TEXT.index(text), TEXT.index(text) + len(text))


def test_an_edge_moves_by_whole_words() -> None:
    two = span("القافلة وبالمدينة")
    assert moved_edge(TEXT, ITEM, two, edge="end", forward=False) == span("القافلة")
    assert moved_edge(TEXT, ITEM, two, edge="end", forward=True) == span("القافلة وبالمدينة جنودهم")
    assert moved_edge(TEXT, ITEM, two, edge="start", forward=False) == span(
        "دخلت القافلة وبالمدينة"
    )
    assert moved_edge(TEXT, ITEM, two, edge="start", forward=True) == span("وبالمدينة")


def test_an_edge_does_not_empty_a_span_or_leave_the_item() -> None:
    first = span("دخلت")
    assert moved_edge(TEXT, ITEM, first, edge="start", forward=True) is None
    assert moved_edge(TEXT, ITEM, first, edge="start", forward=False) is None
    assert moved_edge(TEXT, ITEM, first, edge="end", forward=False) is None


def test_proclitics_go_one_by_one_and_come_back_together() -> None:
    shape = span("وبالمدينة")
    seen = []
    for _ in range(4):
        found = without_proclitic(TEXT, ITEM, shape)
        assert found is not None
        shape = found
        seen.append(shape.of(TEXT))
    assert seen == ["بالمدينة", "المدينة", "مدينة", "وبالمدينة"]


@pytest.mark.parametrize(
    ("written", "marked"),
    [
        ("للقرية", "لقرية"),
        ("وللقرية", "لقرية"),
        ("والقرية", "القرية"),
        ("وبالقرية", "القرية"),
        ("كالقرية", "القرية"),
        ("وَالقَرية", "القَرية"),
        ("والدولة", "الدولة"),
        ("القرية", "القرية"),
        ("والدته", "والدته"),
        ("والي", "والي"),
        ("بالغون", "بالغون"),
        ("وكالتهم", "وكالتهم"),
        ("باليستية", "باليستية"),
        ("وزارة", "وزارة"),
        ("وقرية", "وقرية"),
        ("لله", "لله"),
    ],
)
def test_only_what_stands_before_an_article_comes_off_a_chosen_word(
    written: str, marked: str
) -> None:
    text = f"زار {written} اليوم"
    word = Span(4, 4 + len(written))
    found = without_joined(text, word)
    assert found.of(text) == marked
    assert found.end == word.end


def test_what_came_off_a_chosen_word_is_put_back_by_the_key_of_proclitics() -> None:
    text = "سلّمها للقرية"
    word = Span(7, len(text))
    bare = without_joined(text, word)
    assert without_proclitic(text, Span(0, len(text)), bare) == word


def test_a_pronoun_suffix_goes_and_comes_back() -> None:
    bare = without_suffix(TEXT, ITEM, span("جنودهم"))
    assert bare == span("جنود")
    assert without_suffix(TEXT, ITEM, bare) == span("جنودهم")
    assert without_suffix(TEXT, ITEM, span("القافلة")) is None


def test_proclitics_of_a_word_with_vowel_marks_are_found() -> None:
    text = "وَبِالمَدينَةِ"
    found = without_proclitic(text, Span(0, len(text)), Span(0, len(text)))
    assert found is not None
    assert found.of(text) == "بِالمَدينَةِ"


def test_words_are_stops_for_the_cursor() -> None:
    assert word_stop(TEXT, ITEM, 0, forward=True) == span("القافلة").start
    assert word_stop(TEXT, ITEM, span("القافلة").start, forward=False) == 0
    assert word_edge(TEXT, ITEM, 0, forward=True) == span("دخلت").end
    assert word_at(TEXT, ITEM, span("القافلة").start + 2) == span("القافلة")
    assert word_at("…", Span(0, 1), 0) is None


@given(st.text(alphabet="وبالمدينةهم ،َ12aنا", min_size=1, max_size=40), st.data())
def test_stepping_by_clitic_reaches_every_word_edge_and_the_ends(
    text: str, data: st.DataObject
) -> None:
    item = Span(0, len(text))
    at, seen = 0, {0}
    while at < item.end:
        following = clitic_stop(text, item, at, forward=True)
        assert following > at
        at = following
        seen.add(at)
    edges = {e for w in words(text, 0, len(text)) for e in (w.start, w.end)}
    assert edges <= seen
    start = data.draw(st.sampled_from(sorted(seen)))
    if start:
        assert clitic_stop(text, item, start, forward=False) < start
