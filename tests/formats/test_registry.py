from __future__ import annotations

import json
from functools import partial

import pytest
from hypothesis import given, settings

from curate.errors import FormatError
from curate.formats.records import Record
from curate.formats.registry import FORMATS, InFile, Setting, format_named, format_of
from curate.formats.schema_file import shipped_schema
from curate.formats.tally import KINDS
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from tests.small import TEXT, small_schema
from tests.strategies import records_of

SCHEMA = shipped_schema()


@given(records_of(SCHEMA))
@settings(max_examples=20, deadline=None)
def test_every_lossless_format_gives_back_what_it_took(record: Record) -> None:
    setting = Setting(SCHEMA)
    for entry in FORMATS.values():
        if entry.is_lossless and entry.read and entry.write:
            (file,) = entry.write([record], setting)
            assert list(entry.read(b"".join(file.content).splitlines(keepends=True), setting)) == [
                record
            ]


def test_a_format_is_known_by_name_and_by_the_end_of_a_file() -> None:
    assert format_named("jsonl") is FORMATS["jsonl"]
    assert format_of("A/b.CSV") is FORMATS["csv"]
    assert format_of("b.docx") is None


def test_an_unknown_name_is_told_with_what_was_meant() -> None:
    with pytest.raises(FormatError) as caught:
        format_named("label-stodio")
    assert "label-studio" in (caught.value.remedy or "")


def test_every_format_says_what_it_is() -> None:
    for name, entry in FORMATS.items():
        assert entry.name == name
        assert entry.description
        assert all(s.startswith(".") for s in entry.suffixes)
        assert entry.read or entry.write


def test_label_studio_files_come_with_their_config() -> None:
    files = {}
    setting = Setting(small_schema(), ItemUnit.DOCUMENT)
    write = format_named("label-studio").write
    assert write is not None
    document = Document("d", TEXT, sentences=(Sentence(Span(0, len(TEXT))),))
    for file in write([Record(document)], setting):
        files[file.name] = b"".join(file.content)
    assert json.loads(files["tasks.json"])[0]["data"]["text"] == TEXT
    assert files["config.xml"].startswith(b"<View")


def test_a_table_that_is_not_utf_8_is_refused() -> None:
    read = format_named("csv").read_files
    assert read is not None
    file = InFile("a.csv", partial(_arabic, "cp1256"))
    with pytest.raises(FormatError, match=r"a\.csv:2: this is not UTF-8"):
        list(read([file], Setting(small_schema())))


def _arabic(encoding: str) -> bytes:
    return "text\nقصف".encode(encoding)


def test_every_format_says_what_it_keeps_and_loses() -> None:
    for entry in FORMATS.values():
        assert entry.keeps <= set(KINDS)
        assert not entry.keeps & entry.omits.keys()
        if entry.is_lossless:
            assert entry.keeps == set(KINDS)
        elif entry.write:
            assert entry.loses


def test_the_longest_ending_names_the_format() -> None:
    assert format_of("x.oneie.json") is FORMATS["oneie"]
    assert format_of("x.json") is FORMATS["label-studio"]
    assert format_of("x.bio.tsv") is FORMATS["bio"]
