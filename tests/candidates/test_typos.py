"""Slips of writing in long names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.candidates.engine import RuleEngine
from curate.candidates.muting import source_of
from curate.candidates.seeds import Entry, Seeds
from curate.candidates.typos import SHORTEST, redotted, swapped
from curate.model.candidate import MentionCandidate
from tests.candidates.conftest import document, farm_schema, farm_seeds

if TYPE_CHECKING:
    from curate.model.schema import EventSchema

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def mentions(text: str, schema: EventSchema, seeds: Seeds) -> list[MentionCandidate]:
    found = RuleEngine(schema, seeds).propose(document(text))
    return [c for c in found if isinstance(c, MentionCandidate)]


@given(st.text(LETTERS, max_size=9))
def test_a_slip_keeps_the_length_and_changes_one_letter_or_swaps_two(form: str) -> None:
    for other in (*redotted(form), *swapped(form)):
        assert len(form) >= SHORTEST
        assert len(other) == len(form)
        assert other[:2] == form[:2]
        assert 1 <= sum(a != b for a, b in zip(form, other, strict=True)) <= 2


@pytest.mark.parametrize("written", ["سنجاربات", "سنحاريات", "سنجارايت"])
def test_a_long_name_is_found_one_slip_away_and_the_reason_says_so(written: str) -> None:
    seeds = Seeds((Entry("سنجاريات", "Spot", "village"),))
    (found,) = mentions(f"وصل إلى {written} مساء", farm_schema(), seeds)
    assert found.span.of(f"وصل إلى {written} مساء") == written
    assert found.reason.startswith("slip of writing: ")


def test_who_mutes_the_entry_mutes_its_slips() -> None:
    seeds = Seeds((Entry("سنجاريات", "Spot", "village"),))
    exact = mentions("وصل إلى سنجاريات", farm_schema(), seeds)[0]
    slipped = mentions("وصل إلى سنجاربات", farm_schema(), seeds)[0]
    assert source_of(slipped) == source_of(exact)


def test_the_second_word_of_a_name_may_slip_too() -> None:
    (found,) = mentions("بين مرج الرهور والبيوت", farm_schema(), farm_seeds())
    assert (found.type, found.span.of("بين مرج الرهور والبيوت")) == ("Spot", "مرج الرهور")


@pytest.mark.parametrize(
    "text",
    [
        "جلسوا عند الصقا",  # with the article: too many ordinary words are so near to a name
        "سنحاريات وسنجاريات",  # the exact one only counts once it is in no doubt
        "وصل إلى سنخارباب",  # two slips
    ],
)
def test_short_names_names_with_the_article_and_two_slips_stay_unfound(text: str) -> None:
    seeds = Seeds(
        (
            Entry("الصفا", "Spot", "village"),
            Entry("سنجاريات", "Spot", "village"),
            Entry("سنخاريات", "Spot", "village"),
        )
    )
    slipped = [m for m in mentions(text, farm_schema(), seeds) if "slip" in m.reason]
    assert slipped == []
