"""Documents go in and come out as they were."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import Busy, FormatError, ProjectError, TextError
from curate.model.document import Document, Origin, Sentence, SentenceKind, document_id, text_hash
from curate.model.item import ItemUnit, items_of
from curate.model.span import Span
from curate.store.intake import AddReport, Proposed
from curate.store.store import Store
from tests.small import proposals
from tests.store.building import NOW, document, store

texts = st.text(st.sampled_from("ابتّـً 1.\r\n\0\u200f\u202e😀é"), min_size=1, max_size=60)
metas = st.dictionaries(
    st.sampled_from(["source", "date", "تاريخ"]),
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False,
    allow_infinity=False) | st.text(st.characters(exclude_categories=["Cs"])),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(texts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [Span(a, b) for a, b in pairwise(cuts)]
    sentences = tuple(Sentence(span, draw(st.sampled_from(SentenceKind))) for span in spans)
    origin = draw(st.none() | st.builds(Origin, st.just("ملف.txt"), st.just(0), st.just(9)))
    return Document(document_id(text), text, draw(metas), sentences, origin)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents(), max_size=5), st.sampled_from(ItemUnit))
def test_what_goes_in_comes_out(given_documents: list[Document], unit: ItemUnit) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder) / "p.curate", {}) as made,
    ):
        report = made.documents.add(given_documents, unit, at=NOW)
        unique = list({d.id: d for d in reversed(given_documents)}.values())[::-1]
        kept = {d.id: d for d in made.documents.all()}
        assert len(kept) == len(unique) == report.documents == made.documents.count()
        assert report.duplicates == len(given_documents) - len(unique)
        first = {d.id: d for d in reversed(given_documents)}
        assert kept == first
        assert [d.id for d in made.documents.all()] == list(dict.fromkeys(
            d.id for d in given_documents))  # fmt: skip
        expected = [i for d in made.documents.all() for i in items_of(d, unit)]
        assert list(made.items.all()) == expected
        assert report.items == len(expected) == made.items.count()
        for each in kept.values():
            assert made.documents.find_text(text_hash(each.text)) == each
            assert made.items.of_document(each.id) == list(items_of(each, unit))


def test_adding_the_same_text_twice_adds_nothing(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        again = document(6)
        renamed = Document("other-id", again.text, {}, again.sentences)
        report = made.documents.add([again, renamed], ItemUnit.SENTENCE, at=NOW)
        assert report == AddReport(duplicates=2)
        assert made.items.count() == 6


def test_two_texts_with_one_id_are_refused_and_nothing_is_added(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        taken = made.documents.ids()[0]
        clash = Document(taken, "نص آخر تماما.")
        with pytest.raises(FormatError, match=taken):
            made.documents.add([document(3, 70), clash], ItemUnit.SENTENCE, at=NOW)
        twice = [Document("x", "نص أول."), Document("x", "نص ثان.")]
        with pytest.raises(FormatError, match="x"):
            made.documents.add(twice, ItemUnit.SENTENCE, at=NOW)
        assert made.documents.count() == 1
        assert made.documents.add([document(3, 70)], ItemUnit.SENTENCE, at=NOW).documents == 1


def test_half_a_surrogate_pair_is_refused_with_its_place(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        with pytest.raises(TextError, match=r"character 4 of document d1 .*D83D"):
            made.documents.add([Document("d1", "نص \ud83d")], ItemUnit.SENTENCE, at=NOW)
        assert made.documents.count() == 1


def test_nothing_is_seen_of_an_intake_before_it_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    with store(path) as made, Store.open(path) as reader:
        intake = made.documents.intake(ItemUnit.SENTENCE, at=NOW)
        for number in range(450):
            intake.add(document(1, 100 + number))
        assert reader.documents.count() == made.documents.count() == 1
        reader.settings["while"] = "another program can write"
        intake.discard()
        assert intake.commit() == AddReport()
        for number in range(450):
            intake.add(document(2, 1000 + 2 * number))
        assert intake.commit() == AddReport(documents=450, sentences=900, items=900)
        assert reader.documents.count() == 451
        assert [i.id for i in reader.items.all()] == [
            i.id for d in reader.documents.all() for i in items_of(d, ItemUnit.SENTENCE)
        ]
        assert reader.items.position(list(reader.items.all())[-1].id) == (906, 906)


def test_two_programs_that_add_the_same_text_do_not_double_it(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    with store(path) as one, Store.open(path) as other:
        intakes = [s.documents.intake(ItemUnit.SENTENCE, at=NOW) for s in (one, other)]
        for intake in intakes:
            assert intake.claim(document(3, 30))
            intake.add(document(3, 30))
        intakes[0].commit()
        with pytest.raises(Busy, match="same texts"):
            intakes[1].commit()
        assert one.documents.count() == 2


def test_boilerplate_is_kept_and_belongs_to_no_item(tmp_path: Path) -> None:
    text = "عنوان الخبر\nشاركنا رأيك"
    kinds = [SentenceKind.TITLE, SentenceKind.BOILERPLATE]
    spans = [Span(0, 11), Span(12, len(text))]
    sentences = tuple(Sentence(s, k) for s, k in zip(spans, kinds, strict=True))
    with store(tmp_path / "p.curate") as made:
        report = made.documents.add(
            [Document("d", text, sentences=sentences)], ItemUnit.SENTENCE, at=NOW
        )
        assert report == AddReport(documents=1, sentences=2, boilerplate=1, items=1)
        assert made.documents.get("d").sentences == sentences


def test_candidates_come_out_as_they_were_and_the_latest_run_holds(tmp_path: Path) -> None:
    mentions, frames = proposals()
    with store(tmp_path / "p.curate") as made:
        text = document(2, 20)
        intake = made.documents.intake(ItemUnit.SENTENCE, at=NOW)
        intake.add(text, [Proposed.of("rules/1", (*mentions, *frames))])
        assert intake.commit().candidates == 6
        assert made.candidates.of(text.id) == (mentions, frames)
        made.candidates.put(text.id, "tagger/1", mentions[:1], at=NOW)
        made.candidates.put(text.id, "rules/2", frames[2:], at=NOW)
        assert made.candidates.of(text.id) == (mentions[:1], frames[2:])
        producers = [run.producer for run in made.candidates.runs(text.id)]
        assert producers == ["rules/1", "tagger/1", "rules/2"]
        assert made.candidates.of(made.documents.ids()[0]) == ([], [])
        with pytest.raises(ProjectError):
            made.candidates.put("nowhere", "rules/1", [], at=NOW)


def test_an_unknown_document_is_refused(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made, pytest.raises(ProjectError, match="no document x"):
        made.documents.get("x")
