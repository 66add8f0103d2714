"""Which differences of spans are of form alone."""

from __future__ import annotations

import pytest

from curate.text.same_words import same_words

TEXT = "وصل الرجلُ «المُسِنّ» إلى السوق، وبالحافلة عاد. فقال: لِلجار كلمة ـ سأعود و نعود"


def spans(longer: str, shorter: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first place of the longer part, and of the shorter one inside it."""
    start = TEXT.index(longer)
    inside = start + longer.index(shorter)
    return (start, start + len(longer)), (inside, inside + len(shorter))


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("وبالحافلة", "حافلة"),
        ("وبالحافلة", "بالحافلة"),
        ("وبالحافلة", "الحافلة"),
        ("السوق،", "السوق"),
        ("«المُسِنّ»", "المُسِنّ"),
        ("«المُسِنّ»", "مُسِنّ"),
        ("الرجلُ", "الرجل"),
        ("لِلجار", "جار"),
        ("فقال:", "قال"),
        ("سأعود", "أعود"),
        ("كلمة ـ", "كلمة"),
    ],
)
def test_clitics_marks_and_punctuation_do_not_make_other_words(longer: str, shorter: str) -> None:
    long, short = spans(longer, shorter)
    assert same_words(TEXT, long, short)
    assert same_words(TEXT, short, long)


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("الرجلُ «المُسِنّ»", "المُسِنّ"),
        ("إلى السوق", "السوق"),
        ("الحافلة", "الحافل"),
        ("وصل الرجل", "وصل"),
        ("و نعود", "نعود"),
        ("السوق", "وق"),
        ("الحافلة", "لة"),
    ],
)
def test_other_words_and_parts_of_words_are_a_difference(longer: str, shorter: str) -> None:
    long, short = spans(longer, shorter)
    assert not same_words(TEXT, long, short)
    assert not same_words(TEXT, short, long)


def test_spans_that_do_not_meet_hold_other_words() -> None:
    assert not same_words(TEXT, (0, 3), (4, 9))
    assert not same_words(TEXT, (0, 3), (3, 9))


def test_a_span_holds_the_same_words_as_itself() -> None:
    assert same_words(TEXT, (4, 9), (4, 9))
