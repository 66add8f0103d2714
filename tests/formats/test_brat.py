from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from curate.errors import FormatError
from curate.formats.brat import configuration, write_annotations
from curate.formats.brat_reading import Standoff, read_document
from curate.formats.doors import NO_CANDIDATES
from curate.formats.layers import Layer, layers_of, record_of
from curate.formats.schema_file import shipped_schema
from curate.formats.shells import read_shell, write_shell
from curate.formats.tally import Tally, counted
from curate.model.annotation import Argument, LinkKind
from curate.model.span import Span
from tests.formats.same import said
from tests.small import TEXT, small_schema
from tests.strategies import records_of

if TYPE_CHECKING:
    from curate.formats.records import Record

SCHEMA = shipped_schema()
SMALL = small_schema()


def written(layer: Layer) -> str:
    return write_annotations(layer, Tally())


def read(annotations: str, text: str = TEXT) -> Layer:
    return read_document(Standoff("x.ann", text, annotations), "a1", SMALL)


def error_of(annotations: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(annotations)
    assert caught.value.remedy
    return caught.value


@given(records_of(SCHEMA))
@settings(max_examples=30, deadline=None)
def test_everything_that_is_said_reads_back_the_same(record: Record) -> None:
    tally = Tally()
    for counted_record in counted([record], tally, NO_CANDIDATES):
        for layer in layers_of(counted_record):
            lines = write_annotations(layer, tally)
            shell = read_shell(write_shell(layer), "x")
            files = Standoff("x.ann", layer.document.text, lines, shell)
            back = read_document(files, "", SCHEMA)
            assert said(back) == said(layer)
            assert back.document == layer.document
            assert not back.misfits
            again = layers_of(record_of(back))[0]
            assert written(again) == lines
            assert [(p.item, p.status, p.note, p.reason) for p in again.parts] == [
                (p.item, p.status, p.note, p.reason) for p in layer.parts
            ]
    tally.wrote("documents")
    tally.check("brat", ["mentions", "frames", "arguments", "attributes", "links"])


@given(records_of(SCHEMA))
@settings(max_examples=15, deadline=None)
def test_a_line_says_one_thing_for_every_reader_of_lines(record: Record) -> None:
    for layer in layers_of(record):
        lines = written(layer)
        assert lines.splitlines() == [x for x in lines.split("\n") if x]
        for line in lines.splitlines():
            assert line.count("\t") >= 1
            assert line[0] in "TEAR#"


def test_the_published_example_is_read() -> None:
    layer = read(
        "T1\tGroup 5 13\tالمدفعية\n"
        "T2\tFire 0 4\tقصفت\n"
        "T3\tSite 19 28\tالريحانية\n"
        "E1\tFire:T2 Agent:T1 Goal:T3 Goal2:T1\n"
        "A1\tpolarity E1 no\n"
        "A2\tSubtype T1 army\n"
        "*\tEquiv T1 T3\n"
        "N1\tReference T3 Places:17\tالريحانية\n"
        "#1\tAnnotatorNotes E1\tانظر الخريطة\n"
    )
    (frame,) = layer.frames
    assert frame.arguments == (
        Argument("Agent", mention="T1"),
        Argument("Goal", mention="T3"),
        Argument("Goal", mention="T1"),
    )
    assert frame.attributes == {"polarity": "no"}
    assert layer.mentions[0].subtype == "army"
    assert layer.links[0].kind is LinkKind.COREF
    assert len(layer.misfits) == 2


def test_a_span_with_gaps_is_taken_whole_and_told() -> None:
    layer = read("T1\tGroup 0 4;14 18\tقصفت بلدة\n")
    assert layer.mentions[0].span == Span(0, 18)
    assert "gaps" in layer.misfits[0].reason


def test_a_trigger_that_no_event_names_is_a_frame() -> None:
    layer = read("T1\tFire 0 4\tقصفت\n")
    assert [f.type for f in layer.frames] == ["Fire"]
    assert not layer.mentions


@pytest.mark.parametrize(
    ("lines", "said_at"),
    [
        ("T1 Group 0 4 قصفت\n", "x.ann:1"),
        ("T1\tGroup 0 4\tقصفت\nT1\tGroup 0 4\tقصفت\n", "x.ann:2"),
        ("\n\nT1\tGroup 0 999\tقصفت\n", "x.ann:3"),
        ("T1\tGroup 4 0\tقصفت\n", "x.ann:1"),
        ("T1\tGroup 0 4\tقصفوا\n", "قصفوا"),
        ("E1\tFire:T9\n", "T9"),
        ("T1\tFire 0 4\tقصفت\nE1\tFire:T1 Agent:T7\n", "T7"),
        ("R1\tCoreference Arg1:T1 Arg2:T2\n", "x.ann:1"),
        ("X1\tGroup 0 4\n", "x.ann:1"),
    ],
)
def test_what_is_broken_is_told_with_its_line(lines: str, said_at: str) -> None:
    assert said_at in error_of(lines).message


def test_the_configuration_names_every_type_and_role() -> None:
    files = dict(configuration(SCHEMA))
    for name in (*SCHEMA.entity_types, *SCHEMA.event_types):
        assert f"\n{name}" in files["annotation.conf"]
        assert f"\n{name} | " in files["visual.conf"]
