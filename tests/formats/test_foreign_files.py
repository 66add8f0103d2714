"""Files of other tools, which know nothing of curate: what they say is taken as far as it fits."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from curate.formats.doors import InFile, Setting
from curate.formats.registry import FORMATS
from curate.formats.renaming import renames
from curate.model.annotation import Argument
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.span import Span
from tests.small import TEXT, small_schema, span

if TYPE_CHECKING:
    from curate.formats.records import Record

SETTING = Setting(small_schema(), name="x")


def read(name: str, content: str, setting: Setting = SETTING) -> Record:
    door = FORMATS[name].read
    assert door is not None
    (record,) = door(content.encode().splitlines(keepends=True), setting)
    return record


def region(atom: str, control: str, label: str, words: str, **more: object) -> dict[str, object]:
    where = span(words)
    value = {"start": where.start, "end": where.end, "text": words, "labels": [label]}
    return {
        "id": atom,
        "type": "labels",
        "from_name": control,
        "to_name": "t",
        "value": value,
        **more,
    }


def choice(atom: str, control: str, value: str, words: str) -> dict[str, object]:
    where = span(words)
    said = {"start": where.start, "end": where.end, "text": words, "choices": [value]}
    return {"id": atom, "type": "choices", "from_name": control, "to_name": "t", "value": said}


RESULT = [
    region("r1", "entities", "Group", "المدفعية"),
    choice("r1", "kind", "army", "المدفعية"),
    region("r2", "ev", "Fire", "قصفت"),
    choice("r2", "polarity", "no", "قصفت"),
    region("r3", "entities", "Town", "الريحانية"),
    {"type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["By"]},
    {"type": "relation", "from_id": "r2", "to_id": "r3", "direction": "right", "labels": ["Goal"]},
]


def test_a_project_of_label_studio_that_curate_did_not_configure_is_read() -> None:
    task = {
        "id": 7,
        "data": {"text": TEXT},
        "annotations": [
            {"result": RESULT, "completed_by": {"email": "a@example.org"}},
            {"result": RESULT[:1], "completed_by": 12},
        ],
    }
    setting = replace(SETTING, names=renames(["Town=Site", "role:By=Agent"]))
    record = read("label-studio", json.dumps([task]), setting)
    first, second = record.annotations
    assert (first.annotator, second.annotator) == ("a@example.org", "12")
    assert {(m.type, m.subtype) for m in first.mentions} == {("Group", "army"), ("Site", None)}
    (frame,) = first.frames
    assert frame.attributes == {"polarity": "no"}
    assert set(frame.arguments) == {Argument("Agent", mention="r1"), Argument("Goal", mention="r3")}
    assert not record.misfits


def test_predictions_become_candidates_with_their_scores() -> None:
    result = [region("p1", "entities", "Group", "المدفعية", score=0.9), *RESULT[2:3]]
    prediction = {"model_version": "ner-3", "score": 0.4, "result": result}
    task = {"data": {"text": TEXT}, "predictions": [prediction], "annotations": []}
    mention, frame = read("label-studio", json.dumps([task])).candidates
    assert isinstance(mention, MentionCandidate)
    assert isinstance(frame, FrameCandidate)
    assert (mention.score, mention.producer, frame.score) == (0.9, "ner-3", 0.4)


def test_columns_of_ner_become_mentions_whatever_their_scheme() -> None:
    words = "قصفت\tO\nالمدفعية\tB-Group\nالثقيلة\tI-Group\nبلدة\tO\n\nالريحانية\tS-Site\nصباحا\tO\n"
    record = read("conll2003", words)
    assert record.document.text == "قصفت المدفعية الثقيلة بلدة\nالريحانية صباحا"
    text = record.document.text
    found = [(m.type, m.span.of(text)) for m in record.annotations[0].mentions]
    assert found == [("Group", "المدفعية الثقيلة"), ("Site", "الريحانية")]
    assert len(record.document.sentences) == 2


def test_a_table_of_frames_without_comments_is_read_by_its_offsets() -> None:
    rows = (
        "# tok\tstart\tend\tNER\tTRIGGER\tV1:Fire\n"
        "قصفت\t0\t4\tO\tB-Fire\tO\nالمدفعية\t5\t13\tB-Group\tO\tB-Agent\n\n"
        "بلدة\t14\t18\tO\tO\tO\n"
    )
    record = read("bio", rows)
    assert record.document.text == "قصفت المدفعية\nبلدة"
    (frame,) = record.annotations[0].frames
    assert frame.trigger == Span(0, 4)
    assert frame.arguments == (Argument("Agent", mention="m1"),)


def test_universal_dependencies_with_words_inside_tokens() -> None:
    columns = "# global.columns = ID FORM MISC CE:ENTITY CE:TRIGGER CE:ARGS\n"
    rows = (
        "# newdoc id = d7\n# sent_id = 1\n"
        "1\tقصفت\t_\t*\tV1:Fire\t*\n"
        "2-3\tبالمدفعية\tSpaceAfter=No\t_\t_\t_\n"
        "2\tب\t_\t*\t*\t*\n"
        "3\tالمدفعية\t_\t1:Group\t*\tV1:Agent\n"
        "4\t.\t_\t*\t*\t*\n\n"
    )
    record = read("conllup", columns + rows)
    assert record.document.id == "d7"
    assert record.document.text.startswith("قصفت بالمدفعية.")
    (mention,) = record.annotations[0].mentions
    assert mention.span.of(record.document.text) == "بالمدفعية"
    assert record.annotations[0].frames[0].arguments == (Argument("Agent", mention=mention.id),)


def test_webanno_layers_of_another_project() -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.2\n"
        "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n\n\n"
        "#Text=😀 قصفت المدفعية بلدة\n"
        "1-1\t0-2\t😀\t_\t_\t\n1-2\t3-7\tقصفت\t_\t_\t\n"
        "1-3\t8-16\tالمدفعية\t*[1]\tGroup[1]\t\n1-4\t17-21\tبلدة\t*[1]\tGroup[1]\t\n"
    )
    door = FORMATS["webanno-tsv"].read_files
    assert door is not None
    (record,) = door([InFile("anna/doc.tsv", content.encode)], SETTING)
    assert record.document.text == "😀 قصفت المدفعية بلدة"
    (annotation,) = record.annotations
    assert annotation.annotator == "anna"
    (mention,) = annotation.mentions
    assert mention.span.of(record.document.text) == "المدفعية بلدة"


@pytest.mark.slow
def test_a_docbin_of_another_tool_gives_its_entities() -> None:
    import spacy
    from spacy.tokens import Doc, DocBin

    blank = spacy.blank("ar")
    doc = Doc(blank.vocab, words=["قصفت", "المدفعية", "بلدة"])
    doc.ents = [doc.char_span(5, 13, label="Group")]  # type: ignore[list-item]  # it is there
    door = FORMATS["spacy"].read_files
    assert door is not None
    content = DocBin(docs=[doc]).to_bytes()
    (record,) = door([InFile("x.spacy", lambda: content)], SETTING)
    assert [(m.type, m.span) for m in record.annotations[0].mentions] == [("Group", Span(5, 13))]


def test_named_entities_in_uima_are_mentions_and_other_layers_are_told() -> None:
    cassis = import_module("cassis")
    system = cassis.TypeSystem()
    named = system.create_type(
        "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", "uima.tcas.Annotation"
    )
    system.create_feature(named, "value", "uima.cas.String")
    other = system.create_type("custom.Other", "uima.tcas.Annotation")
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = "😀 " + TEXT, "text/plain"
    cas.add(named(begin=7, end=15, value="Group"))
    cas.add(other(begin=0, end=1))
    door = FORMATS["xmi"].read_files
    assert door is not None
    files = [
        InFile("TypeSystem.xml", system.to_xml().encode),
        InFile("lina/doc.xmi", cas.to_xmi().encode),
    ]
    (record,) = door(files, SETTING)
    (annotation,) = record.annotations
    assert annotation.annotator == "lina"
    assert [m.span.of(record.document.text) for m in annotation.mentions] == ["المدفعية"]
    assert any("custom.Other" in m.reason for m in record.misfits)
