from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import FormatError
from curate.formats.jsonl import read_record, read_records, write_record, write_records
from curate.formats.records import Record
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.candidate import MentionCandidate
from curate.model.document import Document, Sentence, SentenceKind, document_id
from curate.model.span import Span
from tests.strategies import records_of

SCHEMA = shipped_schema()
TEXT = "وقُتل 😀 ثلاثة في البلــدة"


def line(**fields: object) -> bytes:
    return json.dumps({"format": "curate/1", "text": TEXT, **fields}, ensure_ascii=False).encode()


def annotation(**fields: object) -> dict[str, object]:
    return {"annotator": "a1", "item": {"start": 0, "end": 10}, "status": "done", **fields}


def error_of(content: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read_record(content, "file.jsonl:7")
    assert caught.value.message.startswith("file.jsonl:7: ")
    assert caught.value.remedy
    return caught.value


@given(records_of(SCHEMA))
@settings(max_examples=80, deadline=None)
def test_what_was_written_reads_back_the_same(record: Record) -> None:
    assert read_record(write_record(record), "x") == record


@given(records_of(SCHEMA))
@settings(max_examples=50, deadline=None)
def test_the_same_record_has_the_same_bytes(record: Record) -> None:
    written = write_record(record)
    assert write_record(read_record(written, "x")) == written
    assert written.count(b"\n") == 1


@given(st.lists(records_of(SCHEMA), max_size=3))
@settings(max_examples=20, deadline=None)
def test_a_file_is_read_line_by_line(many: list[Record]) -> None:
    content = b"\xef\xbb\xbf" + b"\n".join(write_records(many)) + b"  \n"
    assert list(read_records(content.splitlines(keepends=True), "x")) == many


def test_a_reader_gives_records_before_it_comes_to_a_bad_line() -> None:
    reader = read_records([line(), b"nonsense"], "file.jsonl")
    assert next(reader).document.text == TEXT
    with pytest.raises(FormatError, match=r"file\.jsonl:2: this line is not JSON"):
        next(reader)


def test_words_are_written_from_the_offsets() -> None:
    mention = Mention("m", Span(1, 5), "ARM")
    record = Record(
        Document("d", TEXT), (Annotation("a", Span(0, 10), Status.DONE, mentions=(mention,)),)
    )
    written: dict[str, Any] = json.loads(write_record(record))
    assert written["annotations"][0]["mentions"][0]["text"] == "قُتل"


def test_arabic_stays_readable_in_the_file() -> None:
    assert TEXT.encode() in write_record(Record(Document("d", TEXT)))


def test_words_that_are_not_at_the_offsets_are_refused_with_both() -> None:
    mention = {"id": "m", "start": 1, "end": 5, "type": "ARM", "text": "وقُت"}
    error = error_of(line(annotations=[annotation(mentions=[mention])]))
    assert "$.annotations[0].mentions[0]" in error.message
    assert "قُتل" in error.message
    assert "وقُت" in error.message


def test_a_sentence_without_a_kind_is_body() -> None:
    record = read_record(line(sentences=[{"start": 0, "end": 4}]), "x")
    assert record.document.sentences == (Sentence(Span(0, 4), SentenceKind.BODY),)


def test_a_document_without_an_id_gets_the_one_of_its_text() -> None:
    assert read_record(line(), "x").document.id == document_id(TEXT)


def test_null_stands_for_nothing() -> None:
    made = annotation(
        note=None, mentions=[{"id": "m", "start": 0, "end": 1, "type": "T", "subtype": None}]
    )
    assert read_record(line(annotations=[made]), "x").annotations[0].mentions[0].subtype is None


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"extra": 1}, "extra"),
        ({"sentences": [{"start": 5, "end": 5}]}, "$.sentences[0]"),
        ({"sentences": [{"start": 0, "end": 999}]}, "$.sentences[0]"),
        ({"sentences": [{"start": -1, "end": 3}]}, "$.sentences[0].start"),
        ({"sentences": [{"start": 0, "end": 3, "kind": "heading"}]}, "$.sentences[0].kind"),
        ({"sentences": [{"start": 0, "end": 5}, {"start": 4, "end": 6}]}, "$.sentences[1]"),
        ({"meta": {"tags": ["a"]}}, "$.meta"),
        ({"origin": {"file": "f", "start": 9, "end": 3}}, "$.origin"),
        ({"annotations": [annotation(status="finished")]}, "$.annotations[0].status"),
        ({"annotations": [annotation(item={"start": 3, "end": 99})]}, "$.annotations[0].item"),
        (
            {"annotations": [annotation(links=[{"kind": "coref", "from": "a", "to": "b"}])]},
            "$.annotations[0].links[0]",
        ),
        (
            {
                "annotations": [
                    annotation(
                        frames=[
                            {
                                "id": "f",
                                "type": "T",
                                "trigger": {"start": 0, "end": 1},
                                "arguments": [{"role": "R", "mention": "gone"}],
                            }
                        ]
                    )
                ]
            },
            "$.annotations[0].frames[0].arguments[0].mention",
        ),
        (
            {
                "annotations": [
                    annotation(
                        frames=[
                            {
                                "id": "f",
                                "type": "T",
                                "trigger": {"start": 0, "end": 1},
                                "arguments": [{"role": "R"}],
                            }
                        ]
                    )
                ]
            },
            "$.annotations[0].frames[0].arguments[0]",
        ),
        (
            {
                "annotations": [
                    annotation(mentions=[{"id": "m", "start": 0, "end": 1, "type": "T"}] * 2)
                ]
            },
            "$.annotations[0].mentions[1].id",
        ),
        (
            {"candidates": [{"kind": "mention", "id": "c", "start": 0, "end": 1, "type": "T",
                             "score": 1.5, "producer": "p", "reason": ""}]},
            "$.candidates[0].score",
        ),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_named_by_its_path(
    fields: dict[str, object], path: str
) -> None:
    assert path in error_of(line(**fields)).message


def test_a_newer_format_is_told_apart() -> None:
    assert "newer" in (error_of(b'{"format": "curate/2", "text": ""}').remedy or "")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[]", b"1", b'{"a":', b'{"format":"curate/1"}'])
def test_what_is_no_record_is_refused(content: bytes) -> None:
    error_of(content)


def test_numbers_that_json_cannot_hold_are_refused() -> None:
    candidate = MentionCandidate("c", Span(0, 1), "T", None, float("nan"), "p/1", "r")
    with pytest.raises(FormatError, match="not finite"):
        write_record(Record(Document("d", TEXT), candidates=(candidate,)))


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(FormatError, match="surrogate"):
        write_record(Record(Document("d", "\ud800")))


def test_frames_and_mentions_come_in_reading_order() -> None:
    mentions = [
        {"id": "late", "start": 4, "end": 6, "type": "T"},
        {"id": "early", "start": 0, "end": 2, "type": "T"},
    ]
    record = read_record(line(annotations=[annotation(mentions=mentions)]), "x")
    assert [m.id for m in record.annotations[0].mentions] == ["early", "late"]


def test_a_bare_span_filler_keeps_its_place() -> None:
    frame = Frame("f", "Statement", Span(0, 5), (Argument("Content", span=Span(6, 9)),))
    record = Record(Document("d", TEXT), (Annotation("a", Span(0, 10), frames=(frame,)),))
    assert read_record(write_record(record), "x") == record
