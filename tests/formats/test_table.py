from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import FormatError
from curate.formats.table import read_table
from curate.model.document import document_id
from tests.strategies import texts

if TYPE_CHECKING:
    from curate.formats.records import Record


def read(content: str) -> list[Record]:
    return list(read_table(io.StringIO(content, newline=""), "t.csv"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_heading_shows_the_delimiter(delimiter: str) -> None:
    rows = [["id", "Text", "source"], ["7", 'قال: "نعم"، ثم; مضى, |', "وكالة"]]
    content = io.StringIO(newline="")
    csv.writer(content, delimiter=delimiter).writerows(rows)
    (record,) = read("\ufeff" + content.getvalue())
    assert (record.document.id, record.document.text) == ("7", rows[1][1])
    assert dict(record.document.meta) == {"source": "وكالة"}


@given(st.lists(texts().filter(lambda t: t.strip()), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_texts_are_kept_as_they_are(wanted: list[str]) -> None:
    content = io.StringIO(newline="")
    csv.writer(content, quoting=csv.QUOTE_ALL).writerows([["text"], *([t] for t in wanted)])
    assert [r.document.text for r in read(content.getvalue())] == wanted


def test_other_columns_become_metadata_and_empty_cells_nothing() -> None:
    (record,) = read("text,date,عدد,\nنص,2018-04-20,5,x\n")
    assert dict(record.document.meta) == {"date": "2018-04-20", "عدد": "5"}
    assert record.document.id == document_id("نص")


def test_blank_rows_are_skipped_and_short_ones_completed() -> None:
    assert [r.document.text for r in read("text,url\nأ\n\n,\nب,u\n")] == ["أ", "ب"]


def test_a_long_article_is_no_problem() -> None:
    (record,) = read("text\n" + "قصف " * 100_000 + "\n")
    assert len(record.document.text) == 400_000


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", "t.csv:1: the heading is missing"),
        ("id,body\n1,x\n", "t.csv:1: no column is called text: id,body"),
        ("text,text\na,b\n", "t.csv:1: the column text stands twice"),
        ("text,id\nأ,1\nب,2,3\n", "t.csv:3: the row has 3 cells, the heading 2"),
        ('text,id\n"أ\nب",1\n,2\n', "t.csv:4: the row has no text"),
        ('text\nأ\n"ب\nج', "t.csv:3: the row that begins here is broken"),
        ('text\n"أ"ب\n', "t.csv:2: the row that begins here is broken"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: str, place: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(content)
    assert caught.value.message.startswith(place)
    assert caught.value.remedy
