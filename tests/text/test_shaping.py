"""Shaping, letter by letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.shaping import SWALLOWED, lam_alefs, shape
from tests.text.mixed import splits, texts, thorough

TWO_SIDED = "بتثجحخسشصضطظعغفقكلمنهيئىپچگکی"
ONE_SIDED = "اأإآدذرزوؤةژۆ"


def forms(text: str, apart: frozenset[int] = frozenset()) -> list[str]:
    """The form of each letter, from Unicode's name of what is drawn."""
    found = []
    for character in shape(text, apart):
        name = "SWALLOWED" if character == SWALLOWED else unicodedata.name(character)
        found.append(name.removeprefix("ARABIC LETTER ").removesuffix(" FORM").lower())
    return found


@pytest.mark.parametrize("letter", TWO_SIDED)
def test_a_letter_that_joins_on_both_sides_has_four_forms(letter: str) -> None:
    shaped = (
        shape(letter),
        shape(f"ب{letter}")[1],
        shape(f"{letter}ب")[0],
        shape(f"ب{letter}ب")[1],
    )
    assert [form_of(drawn) for drawn in shaped] == ["isolated", "final", "initial", "medial"]


@pytest.mark.parametrize("letter", ONE_SIDED)
def test_a_letter_that_joins_on_one_side_has_two_forms(letter: str) -> None:
    shaped = (
        shape(letter),
        shape(f"ب{letter}")[1],
        shape(f"{letter}ب")[0],
        shape(f"ب{letter}ب")[1],
    )
    assert [form_of(drawn) for drawn in shaped] == ["isolated", "final", "isolated", "final"]
    assert form_of(shape(f"{letter}ب")[1]) == "isolated"


def form_of(drawn: str) -> str:
    """Which form a character is, from Unicode's decomposition of it."""
    return unicodedata.decomposition(drawn).partition(">")[0].removeprefix("<")


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("كتاب", ["kaf initial", "teh medial", "alef final", "beh isolated"]),
        ("وزارة", ["waw isolated", "zain isolated", "alef isolated", "reh isolated",
                   "teh marbuta isolated"]),
        ("مدينة", ["meem initial", "dal final", "yeh initial", "noon medial",
                   "teh marbuta final"]),
        ("على", ["ain initial", "lam medial", "alef maksura final"]),
        ("رئيس", ["reh isolated", "yeh with hamza above initial", "yeh medial", "seen final"]),
        ("مؤتمر", ["meem initial", "waw with hamza above final", "teh initial", "meem medial",
                   "reh final"]),
        ("أإآء", ["alef with hamza above isolated", "alef with hamza below isolated",
                  "alef with madda above isolated", "hamza"]),
        ("شيء", ["sheen initial", "yeh final", "hamza"]),
        ("پچژگ", ["peh initial", "tcheh medial", "jeh final", "gaf isolated"]),
        ("کی", ["keheh initial", "farsi yeh final"]),
        ("کۆ", ["keheh initial", "oe final"]),
        ("ھب", ["heh doachashmee initial", "beh final"]),
    ],
)  # fmt: skip
def test_words_are_joined_as_they_are_written(text: str, drawn: list[str]) -> None:
    assert forms(text) == drawn


@pytest.mark.parametrize("letter", "ڕێڵە")
def test_a_letter_without_forms_is_left_and_its_neighbours_still_join(letter: str) -> None:
    shaped = shape(f"ب{letter}")
    assert shaped[1] == letter
    assert unicodedata.name(shaped[0]) == "ARABIC LETTER BEH INITIAL FORM"


def test_alef_maksura_joins_onward_where_a_text_writes_it_inside_a_word() -> None:
    assert shape("ىب")[0] == "\ufbe8"
    assert shape("بىب")[1] == "\ufbe9"


def test_marks_and_tatweel_join_through() -> None:
    assert shape("بَب") == "\ufe91\u064e\ufe90"
    assert shape("بــب") == "\ufe91ــ\ufe90"


def test_joiners_join_and_part() -> None:
    assert shape("ه\u200d") == "\ufeeb\u200d"
    assert shape("ب\u200cب") == "\ufe8f\u200c\ufe8f"
    assert shape("ل\u200dا") == "\ufedf\u200d\ufe8e"
    assert shape("\u200dب\u200d") == "\u200d\ufe92\u200d"


@pytest.mark.parametrize(
    ("alef", "isolated", "final"),
    [("آ", "\ufef5", "\ufef6"), ("أ", "\ufef7", "\ufef8"), ("إ", "\ufef9", "\ufefa"),
     ("ا", "\ufefb", "\ufefc")],
)  # fmt: skip
def test_lam_and_alef_become_one_sign(alef: str, isolated: str, final: str) -> None:
    assert shape(f"ل{alef}") == isolated + SWALLOWED
    assert shape(f"ب{alef}ل{alef}")[2:] == isolated + SWALLOWED
    assert shape(f"بل{alef}ب")[1:] == final + SWALLOWED + "\ufe8f"
    assert shape(f"ل\u064e{alef}\u064f") == f"{isolated}\u064e{SWALLOWED}\u064f"


def test_a_boundary_between_lam_and_alef_keeps_both() -> None:
    assert forms("لأحمد", frozenset({1}))[:2] == ["lam initial", "alef with hamza above final"]
    assert forms("بلا", frozenset({2})) == ["beh initial", "lam medial", "alef final"]
    assert shape("ل\u064eا", frozenset({1})) == shape("ل\u064eا", frozenset({2}))
    assert list(lam_alefs("لا لا", frozenset({4}))) == [(0, 1)]


def test_boundaries_elsewhere_change_nothing() -> None:
    assert shape("لا بلا", frozenset({0, 2, 3, 4, 6})) == shape("لا بلا")


def test_what_is_not_arabic_is_left_alone() -> None:
    text = "NATO 25% 中文 שלום é 😀 ٣٫٥"
    assert shape(text) == text


@pytest.mark.slow
@thorough
@given(texts, splits)
def test_one_character_stands_for_one_and_is_the_same_letter(
    text: str, apart: frozenset[int]
) -> None:
    shaped = shape(text, apart)
    ligatures = dict(lam_alefs(text, apart))
    assert len(shaped) == len(text)
    for i, (letter, drawn) in enumerate(zip(text, shaped, strict=True)):
        if i in ligatures:
            assert unicodedata.normalize("NFKC", drawn) == letter + text[ligatures[i]]
        elif i in ligatures.values():
            assert drawn == SWALLOWED
        else:
            assert drawn == letter or unicodedata.normalize("NFKC", drawn) == letter


@pytest.mark.slow
@thorough
@given(st.lists(st.text(st.sampled_from("لاأبده\u064e\u200cـ"), max_size=6), max_size=8))
def test_what_a_word_looks_like_does_not_depend_on_its_neighbours(words: list[str]) -> None:
    assert shape(" ".join(words)) == " ".join(shape(word) for word in words)
