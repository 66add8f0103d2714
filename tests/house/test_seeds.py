"""The demo corpus: whole, true to its texts and to the schema, and plainly fiction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from curate.formats.jsonl import read_records, write_records
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Frame, Status
from curate.model.item import ItemUnit, items_of
from curate.model.problems import errors_in
from curate.model.span import Span
from curate.text.articles import split_articles
from curate.text.sentences import segment

if TYPE_CHECKING:
    from curate.formats.records import Record

SEEDS = Path(__file__).parents[2] / "seeds"
DEMO = SEEDS / "demo" / "demo.jsonl"
READERS = ("a1", "a2")
INVENTED = "original text written for this project; incidents and persons are invented"


@cache
def records() -> Mapping[str, Record]:
    """The demo's documents by id."""
    found = list(read_records(DEMO.read_bytes().splitlines(keepends=True), "demo.jsonl"))
    return {record.document.id: record for record in found}


@cache
def split() -> Mapping[str, list[str]]:
    """The ids of each part."""
    return cast(Mapping[str, list[str]], json.loads((SEEDS / "demo" / "split.json").read_text()))


def of(record: Record, annotator: str) -> list[Annotation]:
    """What one annotator says of a document."""
    return [x for x in record.annotations if x.annotator == annotator]


def read_twice() -> list[Record]:
    """The documents that two readers annotated."""
    return [r for r in records().values() if of(r, READERS[0])]


IDS = sorted(records())


def test_every_document_has_its_own_id() -> None:
    assert len(DEMO.read_bytes().splitlines()) == len(records())


def test_the_file_is_just_what_curate_would_write() -> None:
    assert b"".join(write_records(records().values())) == DEMO.read_bytes()


@pytest.mark.parametrize("document", IDS)
def test_every_document_says_that_it_is_fiction_and_free(document: str) -> None:
    meta = records()[document].document.meta
    assert meta["fiction"] is True
    assert meta["licence"] == "CC0-1.0"
    assert meta["source"] == INVENTED
    assert date.fromisoformat(str(meta["date"])).year >= 2011
    assert meta["style"]


@pytest.mark.parametrize("document", IDS)
def test_the_annotations_fit_the_schema_and_the_text(document: str) -> None:
    record = records()[document]
    schema = shipped_schema()
    for annotation in record.annotations:
        problems = errors_in(annotation, schema, record.document.text)
        assert not problems, [x.message for x in problems]


def test_no_two_atoms_share_an_id() -> None:
    seen = Counter(
        atom
        for record in records().values()
        for annotation in record.annotations
        for atom in (*(x.id for x in annotation.mentions), *(x.id for x in annotation.frames))
    )
    assert [x for x, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("document", IDS)
def test_the_sentences_are_those_of_the_segmenter(document: str) -> None:
    found = records()[document].document
    assert found.sentences == segment(found.text)


@pytest.mark.parametrize("document", IDS)
def test_each_reader_has_annotated_every_item_once(document: str) -> None:
    record = records()[document]
    items = [x.span for x in items_of(record.document, ItemUnit.SENTENCE)]
    readers = {x.annotator for x in record.annotations}
    assert readers in ({"gold"}, {"gold", *READERS})
    for reader in readers:
        annotations = of(record, reader)
        assert [x.item for x in annotations] == items
        assert all(x.status is Status.DONE for x in annotations)


def test_two_readers_share_enough_to_measure_their_agreement() -> None:
    assert len(read_twice()) >= 8
    assert sum(len(of(record, "a1")) for record in read_twice()) >= 80


def test_the_two_readers_differ_like_careful_people() -> None:
    def agreement(first: set[object], second: set[object]) -> float:
        return 2 * len(first & second) / (len(first) + len(second))

    mentions: list[set[object]] = [set(), set()]
    triggers: list[set[object]] = [set(), set()]
    for record in read_twice():
        for place, reader in enumerate(READERS):
            for annotation in of(record, reader):
                mentions[place] |= {
                    (record.document.id, m.span, m.type) for m in annotation.mentions
                }
                triggers[place] |= {(record.document.id, f.trigger) for f in annotation.frames}
    assert 0.85 <= agreement(*mentions) <= 0.95
    assert 0.75 <= agreement(*triggers) <= 0.90


def test_every_article_belongs_to_exactly_one_part_of_the_split() -> None:
    assert set(split()) == {"train", "dev", "test"}
    assert sorted(x for part in split().values() for x in part) == IDS


def test_the_test_part_was_read_only_once() -> None:
    assert not {r.document.id for r in read_twice()} & set(split()["test"])


@pytest.mark.parametrize("document", IDS)
def test_the_article_file_holds_the_text_to_the_letter(document: str) -> None:
    found = records()[document].document
    assert found.origin is not None
    text = (SEEDS / "articles" / found.origin.file).read_bytes().decode("utf-8")
    assert text[found.origin.start : found.origin.end] == found.text


def test_curate_would_cut_the_article_files_into_the_documents_of_the_demo() -> None:
    origins = [r.document.origin for r in records().values() if r.document.origin]
    expected: dict[str, list[Span]] = {}
    for origin in origins:
        expected.setdefault(origin.file, []).append(Span(origin.start, origin.end))
    files = sorted((SEEDS / "articles").iterdir())
    assert sorted(expected) == [x.name for x in files]
    for file in files:
        assert list(split_articles(file.read_bytes().decode("utf-8"))) == sorted(
            expected[file.name]
        )


@pytest.mark.parametrize("document", IDS)
def test_what_is_claimed_or_denied_in_the_gold_says_by_whom(document: str) -> None:
    record = records()[document]
    for annotation in of(record, "gold"):
        reported = {
            argument.frame
            for frame in annotation.frames
            for argument in frame.arguments
            if argument.role in {"Content", "Allegation", "Denied"}
        }
        unbacked = [
            frame.trigger.of(record.document.text)
            for frame in annotation.frames
            if frame.attributes.get("modality") in {"claimed", "denied"}
            and frame.id not in reported
            and not _has_source(frame)
        ]
        assert not unbacked


def _has_source(frame: Frame) -> bool:
    return any(argument.role == "Source" for argument in frame.arguments)


def test_quotation_marks_and_stops_stay_outside_the_mentions_of_the_gold() -> None:
    edges = set('«»“”"،.؛:() ')
    ragged = [
        words
        for record in records().values()
        for annotation in of(record, "gold")
        for mention in annotation.mentions
        for words in [mention.span.of(record.document.text)]
        if words[0] in edges or words[-1] in edges
    ]
    assert not ragged


def test_the_readme_counts_right() -> None:
    gold = [x for record in records().values() for x in of(record, "gold")]
    twice = [x for record in read_twice() for x in of(record, "a1")]
    readme = (SEEDS / "README.md").read_text(encoding="utf-8")
    sentences = sum(len(r.document.sentences) for r in records().values())
    frames = [f for x in gold for f in x.frames]
    arguments = sum(len(x.arguments) for x in frames)
    links = sum(len(x.links) for x in gold)
    counts = [
        f"- {len(records())} articles, {sentences:,} sentences and titles, {len(gold):,} items",
        f"- gold: {sum(len(x.mentions) for x in gold):,} mentions, {len(frames):,} frames",
        f"- with {arguments:,} arguments and {links:,} links",
        f"- read twice: {len(read_twice())} articles, {len(twice):,} items",
    ]
    assert [x for x in counts if x not in readme] == []
