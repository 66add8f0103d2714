"""What the schema says of a type or role, as lines."""

from __future__ import annotations

import pytest

from curate.errors import CurateError
from curate.project.guidelines import guideline, overview
from curate.project.opening import read_schema

SCHEMA = read_schema(None)


def test_a_label_that_repeats_the_name_is_left_out() -> None:
    title, _, roles, *_ = guideline(SCHEMA, "Death", "en")
    assert title == "Death"
    assert roles.startswith("Victim+ · Count* · ")


def test_in_arabic_the_label_comes_first_and_the_name_of_the_data_follows() -> None:
    title, _, roles, *_ = guideline(SCHEMA, "Death", "ar")
    assert title == "مقتل · Death"
    assert roles.startswith("الضحية+ Victim · العدد* Count · ")


def test_a_role_says_what_may_fill_it_and_where_it_stands() -> None:
    lines = list(guideline(SCHEMA, "Cause", "ar"))
    assert lines[0] == "السبب · Cause"
    assert lines[2] == "أي حدث · كلمات بلا نوع"
    assert "Death" in lines[3]


def test_every_type_and_role_has_its_lines_in_both_languages() -> None:
    for name in (*SCHEMA.entity_types, *SCHEMA.event_types, *SCHEMA.roles):
        for language in ("en", "ar"):
            assert len(list(guideline(SCHEMA, name, language))) >= 3
    assert sum(1 for _ in overview(SCHEMA, "ar")) > len(SCHEMA.roles)


def test_a_name_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(CurateError, match="Airstrik") as raised:
        guideline(SCHEMA, "Airstrik", "en")
    assert "Airstrike" in (raised.value.remedy or "")
