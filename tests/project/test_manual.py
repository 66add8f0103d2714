"""The manual as text to read on a screen."""

from __future__ import annotations

import pytest

from curate.errors import CurateError
from curate.project.manual import page, reading_lines, topics

PAGE = """# Title
Some **bold** words and `a key`.

    curate demo    try it

| key | what |
|---|---|
| `a` | all |
## Part
- **One.** Two
"""


def test_a_page_loses_its_markup_and_keeps_its_words() -> None:
    assert list(reading_lines(PAGE)) == [
        ("Title", "heading"),
        ("Some bold words and `a key`.", "plain"),
        ("", "plain"),
        ("    curate demo    try it", "quote"),
        ("", "plain"),
        ("key — what", "plain"),
        ("`a` — all", "plain"),
        ("Part", "heading"),
        ("- One. Two", "plain"),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_that_ships_leaves_markup_behind(language: str) -> None:
    for topic in topics(language):
        for line, look in reading_lines(page(topic.name, language)):
            assert look == "quote" or not line.startswith(("#", "|", "---"))
            assert "**" not in line


def test_the_first_page_is_where_to_start() -> None:
    assert topics()[0].name == "start"


def test_a_page_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(CurateError, match="no page 'strat'") as raised:
        page("strat")
    assert "start" in (raised.value.remedy or "")
