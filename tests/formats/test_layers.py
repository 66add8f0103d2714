from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from curate.formats.layers import divided, layers_of, record_of, shifted
from curate.formats.records import Record
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Argument, Frame, Mention
from curate.model.document import Document
from curate.model.problems import errors_in
from curate.model.span import Span
from curate.project.importing_fit import fitted
from tests.formats.same import said
from tests.small import TEXT, small_schema, span
from tests.strategies import annotations_of, records_of

SCHEMA = shipped_schema()
HALF = Span(0, 34), Span(35, len(TEXT))


@given(records_of(SCHEMA))
@settings(max_examples=40, deadline=None)
def test_layers_joined_again_are_the_record(record: Record) -> None:
    back = [a for layer in layers_of(record) for a in record_of(layer).annotations]
    bare = [replace(a, fates=b.fates) for a, b in zip(back, record.annotations, strict=True)]
    assert bare == list(record.annotations)


def test_ids_that_two_items_share_are_told_apart() -> None:
    mention = Mention("m", span("المدفعية"), "Group")
    other = Mention("m", span("الناطق"), "Group")
    frame = Frame("f", "Say", span("قال"), (Argument("Agent", mention="m"),))
    record = Record(
        Document("d", TEXT),
        (
            Annotation("a", HALF[0], mentions=(mention,)),
            Annotation("a", HALF[1], mentions=(other,), frames=(frame,)),
        ),
    )
    (layer,) = layers_of(record)
    assert len({m.id for m in layer.mentions}) == 2
    assert layer.filler(layer.frames[0].arguments[0]) == span("الناطق")


def test_what_reaches_over_an_edge_is_given_back() -> None:
    gun = Mention("m", span("المدفعية"), "Group")
    wide = Mention("w", Span(30, 40), "Group")
    frame = Frame("f", "Say", span("قال"), (Argument("Agent", mention="m"),))
    whole = Annotation("a", Span(0, len(TEXT)), mentions=(gun, wide), frames=(frame,))
    made, strays = divided(whole, HALF)
    assert [len(a.mentions) for a in made] == [1, 0]
    assert made[1].frames[0].arguments == ()
    assert len(strays) == 2
    assert any("w Group" in stray.reason for stray in strays)


@given(annotations_of(SCHEMA, TEXT * 3))
@settings(max_examples=30, deadline=None)
def test_nothing_is_cut_when_all_lies_in_one_item(annotation: Annotation) -> None:
    made, strays = divided(annotation, [Span(0, len(TEXT) * 3)])
    assert not strays
    assert made[0].mentions == annotation.mentions
    assert made[0].frames == annotation.frames
    assert shifted(shifted(annotation, 7), -7) == annotation


@given(annotations_of(SCHEMA, TEXT * 2, Span(0, len(TEXT) * 2)))
@settings(max_examples=40, deadline=None)
def test_what_fits_stays_and_what_is_left_has_no_errors(annotation: Annotation) -> None:
    assert fitted(annotation, SCHEMA)[1] == [] or errors_in(annotation, SCHEMA, TEXT * 2)
    kept, misfits = fitted(annotation, small_schema())
    assert not errors_in(kept, small_schema(), TEXT * 2)
    assert len(misfits) >= len(annotation.mentions) + len(annotation.frames) - len(
        kept.mentions
    ) - len(kept.frames)


def test_the_comparison_sees_a_changed_filler() -> None:
    frame = Frame("f", "Say", span("قال"), (Argument("Said", span=Span(0, 4)),))
    moved = replace(frame, arguments=(Argument("Said", span=Span(0, 5)),))
    layers = [
        layers_of(Record(Document("d", TEXT), (Annotation("a", HALF[1], frames=(f,)),)))[0]
        for f in (frame, moved)
    ]
    assert said(layers[0]) != said(layers[1])
