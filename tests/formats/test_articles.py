from __future__ import annotations

import json

import pytest

from curate.errors import FormatError
from curate.formats.articles import read_line, read_lines
from curate.formats.jsonl import write_record
from curate.formats.records import Record
from curate.model.document import Document, document_id

TEXT = "قُصفت البلدة \u200fأمس.\r\n\r\n شاهد أيضا"


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode()


def test_an_object_with_a_text_is_an_article() -> None:
    document = read_line(
        line(id="n-5", source="وكالة", date="2015-07-21 02:51:40", title="عنوان", text=TEXT), "x:1"
    ).document
    assert document.id == "n-5"
    assert document.text == TEXT
    assert dict(document.meta) == {
        "source": "وكالة", "date": "2015-07-21 02:51:40", "title": "عنوان"
    }  # fmt: skip


def test_a_number_may_be_an_id_and_none_means_the_one_of_the_text() -> None:
    assert read_line(line(id=7, text=TEXT), "x").document.id == "7"
    assert read_line(line(text=TEXT), "x").document.id == document_id(TEXT)


def test_nested_metadata_are_kept_as_json_text() -> None:
    meta = read_line(
        line(text=TEXT, tags=["أ", 1], meta={"page": 3, "url": None}), "x"
    ).document.meta
    assert dict(meta) == {"tags": '["أ",1]', "page": 3}


def test_articles_and_records_may_stand_in_one_file() -> None:
    record = Record(Document("d", TEXT))
    found = list(read_lines([b"\xef\xbb\xbf" + line(text="أ"), b"\n", write_record(record)], "x"))
    assert [r.document.text for r in found] == ["أ", TEXT]


@pytest.mark.parametrize(
    "content", [line(body=TEXT), line(text=3), line(text=None), b"[1]", b"{", b"\xff", b"3"]
)
def test_what_is_neither_is_refused_with_its_line(content: bytes) -> None:
    with pytest.raises(FormatError, match=r"^x:2: "):
        list(read_lines([line(text="أ"), content], "x"))
