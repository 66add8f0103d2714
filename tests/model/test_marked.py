from __future__ import annotations

import pytest

from curate.model.marked import Mark, parse_marked
from curate.model.span import Span


def test_marks_are_taken_out_of_the_text() -> None:
    marked = parse_marked("{!:نفى} {Speaker:ناطق} الخبر")
    assert marked.text == "نفى ناطق الخبر"
    assert [(m.name, m.span.of(marked.text)) for m in marked.marks] == [
        ("!", "نفى"),
        ("Speaker", "ناطق"),
    ]


def test_marks_may_nest_and_outer_ones_come_first() -> None:
    marked = parse_marked("{Place:ريف {GPE:درعا}}")
    assert marked.marks == (Mark("Place", Span(0, 8)), Mark("GPE", Span(4, 8)))


def test_a_text_without_marks_is_itself() -> None:
    assert parse_marked("نص: بلا علامات").text == "نص: بلا علامات"


@pytest.mark.parametrize("source", ["{نفى}", "{!:نفى", "نفى}", "{!:}", "{:x}", "{a{b:c}"])
def test_broken_marks_are_told(source: str) -> None:
    with pytest.raises(ValueError, match=r"mark|closes|Name"):
        parse_marked(source)
