"""The normal form, and the way back from it to the exact code points."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.letters import INVISIBLE, LETTERS, MARKS, TATWEEL
from curate.text.normal import loose, normal, normal_with_map

ARABIC = st.text(
    alphabet=st.sampled_from(
        sorted(LETTERS | MARKS | INVISIBLE | {TATWEEL}) + list(" ٣۴7aﻻﷲﺑ“”.،\u00a0")
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("مُدَرِّسة", "مدرسة"),
        ("لـــمدينة", "لمدينة"),
        ("أحمد إلى آب ٱلنهر", "احمد الى اب النهر"),
        ("مسؤول شاطئ", "مسوول شاطي"),
        ("٢٤ و۱۵", "24 و15"),
        ("ﻻ ﷲ", "لا الله"),
        ("کتیبه", "كتيبه"),
        ("بيت\u200cنا\u200f", "بيتنا"),
        ("قال\u00a0إن", "قال ان"),
    ],
)
def test_variants_fall_together(text: str, form: str) -> None:
    assert normal(text) == form


def test_final_yeh_and_alef_maksura_stay_apart_in_the_first_form() -> None:
    assert normal("على") != normal("علي")
    assert loose(normal("على")) == loose(normal("علي"))


def test_a_match_takes_the_marks_of_its_last_letter_but_no_tatweel_around_it() -> None:
    text = "لـــمَدينةٍـ"
    form, offsets = normal_with_map(text)
    assert form == "لمدينة"
    assert offsets.span(1, 6).of(text) == "مَدينةٍ"


def test_a_ligature_maps_to_its_one_code_point() -> None:
    form, offsets = normal_with_map("اﻻن")
    assert form == "االان"[1:] or form == "الان"
    assert offsets.span(1, 3).of("اﻻن") == "ﻻ"


@given(ARABIC)
def test_form_and_map_agree(text: str) -> None:
    form, offsets = normal_with_map(text)
    assert form == normal(text)
    for at, char in enumerate(form):
        span = offsets.span(at, at + 1)
        assert char in normal(span.of(text))
        assert span.end <= len(text)


@given(ARABIC)
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(ARABIC)
def test_spans_of_neighbouring_characters_are_in_order(text: str) -> None:
    form, offsets = normal_with_map(text)
    spans = [offsets.span(i, i + 1) for i in range(len(form))]
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))


@given(ARABIC, st.integers(0, 45))
def test_an_offset_of_the_text_finds_its_character_in_the_form(text: str, offset: int) -> None:
    form, offsets = normal_with_map(text)
    at = offsets.normal_offset(min(offset, len(text)))
    if at < len(form) and offsets.span(at, at + 1).start <= offset:
        assert offset < offsets.span(at, at + 1).end
