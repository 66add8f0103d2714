"""Bidi: all cases of Unicode's own tests, and what they do not cover."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text import bidi_resolve
from curate.text.bidi import (
    LETTER,
    base_level,
    classes_of,
    inverse,
    line_levels,
    resolved,
    visual_order,
    visual_runs,
)
from tests.text.mixed import texts, thorough
from tests.unicode.cases import Case, character_cases, class_cases

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES_IN_PART = (192_521, 192_569, 192_602, 192_549)
PARTS = len(CASES_IN_PART)
CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def failures(cases: Iterable[Case]) -> tuple[int, list[Case]]:
    """How many cases there were, and those that came out otherwise."""
    count, failed = 0, []
    for count, case in enumerate(cases, 1):  # noqa: B007
        paragraph = resolved(case.text, case.base)
        levels = line_levels(paragraph, 0, len(case.text))
        order = [i for i in visual_order(levels) if case.levels[i] != "x"]
        if (
            case.resolved_base not in {None, paragraph.base}
            or any(
                want not in ("x", str(level))
                for want, level in zip(case.levels, levels, strict=True)
            )
            or order != case.order
        ):
            failed.append(case)
    return count, failed


@pytest.mark.slow
def test_every_case_of_the_character_test_comes_out_right() -> None:
    count, failed = failures(character_cases())
    assert (count, failed[:3]) == (91_707, [])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_case_of_the_class_test_comes_out_right(part: int) -> None:
    count, failed = failures(class_cases(part, PARTS))
    assert (count, failed[:3]) == (CASES_IN_PART[part], [])


def test_the_parts_are_the_whole_class_test() -> None:
    assert sum(CASES_IN_PART) == 770_241


@pytest.mark.slow
def test_the_character_test_notices_that_brackets_are_not_paired(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bidi_resolve, "_paired_brackets", lambda classes, *_: classes)
    assert len(failures(character_cases())[1]) > 10_000


@pytest.mark.parametrize("rule", ["_terminators", "_european_to_arabic", "_european_to_left"])
def test_the_class_test_notices_a_missing_rule(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bidi_resolve, rule, lambda old: old if isinstance(old, str) else old[0])
    assert failures(class_cases(0, 100))[1]


def test_every_class_of_unicode_has_a_letter_and_its_characters() -> None:
    assert len(set(LETTER.values())) == len(LETTER) == 23
    assert classes_of("aאا1+$\u0661,\u064b\u00ad\n\t !") == "LRAEPTNCMZBSWO"
    assert classes_of("\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2068\u2069") == "abcdefghi"


def test_classes_agree_with_python_where_it_knows_the_character() -> None:
    """Python may hold another version of Unicode: a handful of characters may differ."""
    differ = [
        point
        for point in range(0x20000)
        if (known := unicodedata.bidirectional(chr(point)))
        and classes_of(chr(point)) != LETTER[known]
    ]
    assert len(differ) < 100


@pytest.mark.parametrize(
    ("text", "level"),
    [("", None), ("12 !", None), ("باب", 1), ("12 door", 0), ("\u2067باب\u2069 door", 0),
     ("\u2067باب", None), ("\u2068a\u2069 ب", 1), ("\u202eab", 0), ("!\nباب", None)],
)  # fmt: skip
def test_the_first_letter_outside_isolates_gives_the_direction(
    text: str, level: int | None
) -> None:
    assert base_level(text) == level


def test_a_text_without_letters_takes_the_default() -> None:
    assert [resolved("12", default=level).base for level in (0, 1)] == [0, 1]
    assert resolved("12", default=1).levels == bytes([2, 2])


@pytest.mark.parametrize("control", CONTROLS)
def test_a_thousand_nested_controls_are_borne(control: str) -> None:
    paragraph = resolved(control * 1000 + "ابa1" + "\u2069\u202c" * 1000)
    assert len(paragraph.levels) == 3004
    assert max(paragraph.levels) <= 126


@pytest.mark.slow
@thorough
@given(st.text(st.sampled_from(CONTROLS + "اa1١ \u0300()\u00ad\t"), max_size=60), st.booleans())
def test_any_heap_of_controls_gives_an_order(text: str, is_rtl: bool) -> None:
    paragraph = resolved(text, int(is_rtl))
    levels = line_levels(paragraph, 0, len(text))
    assert len(levels) == len(paragraph.classes) == len(text)
    assert all(is_rtl <= level <= 126 for level in levels)
    assert sorted(visual_order(levels)) == list(range(len(text)))


@thorough
@given(texts, st.data())
def test_the_maps_between_visual_and_logical_are_inverse(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    order = visual_order(line_levels(resolved(text), start, end))
    back = inverse(order)
    assert [order[visual] for visual in back] == list(range(end - start))
    assert inverse(back) == order


@thorough
@given(st.binary(max_size=40).map(lambda levels: bytes(level % 6 for level in levels)))
def test_runs_say_the_same_as_reversing_level_by_level(levels: bytes) -> None:
    order = list(range(len(levels)))
    for lowest in range(6, 0, -1):
        order = reversed_from(order, levels, lowest)
    assert visual_order(levels) == order
    assert sum(end - start for start, end, _ in visual_runs(levels)) == len(levels)


def reversed_from(order: list[int], levels: bytes, lowest: int) -> list[int]:
    """L2 to the letter: reverse every stretch at this level or higher."""
    out: list[int] = []
    stretch: list[int] = []
    for i in order:
        if levels[i] >= lowest:
            stretch.append(i)
            continue
        out += [*reversed(stretch), i]
        stretch = []
    return out + stretch[::-1]
