from __future__ import annotations

import pytest

from curate.model.annotation import Annotation, Argument, Frame, LinkKind, Mention, Status
from curate.model.span import Span
from curate.project import edits
from curate.project.edits import EditRefused
from tests.small import blank, small_schema, span

SCHEMA = small_schema()


def with_fire() -> Annotation:
    annotation = edits.with_mention(blank(), Mention("m1", span("المدفعية"), "Group"))
    annotation = edits.with_mention(annotation, Mention("m2", span("الريحانية"), "Site"))
    return edits.with_frame(annotation, Frame("f1", "Fire", span("قصفت")))


def test_a_first_edit_makes_a_new_annotation_a_draft() -> None:
    assert with_fire().status is Status.DRAFT


def test_a_role_refuses_a_filler_of_another_type() -> None:
    with pytest.raises(EditRefused):
        edits.with_argument(SCHEMA, with_fire(), "f1", Argument("Agent", mention="m2"))


def test_a_role_of_another_event_type_is_refused() -> None:
    with pytest.raises(EditRefused, match="no role"):
        edits.with_argument(SCHEMA, with_fire(), "f1", Argument("Said", mention="m1"))


def test_a_single_role_has_its_filler_exchanged() -> None:
    annotation = edits.with_mention(with_fire(), Mention("m3", span("الناطق"), "Group"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Agent", mention="m1"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Agent", mention="m3"))
    assert edits.get_frame(annotation, "f1").arguments == (Argument("Agent", mention="m3"),)


def test_a_role_for_many_keeps_every_filler_in_card_order() -> None:
    annotation = edits.with_argument(SCHEMA, with_fire(), "f1", Argument("Where", mention="m2"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Goal", mention="m1"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Goal", mention="m2"))
    assert [a.role for a in edits.get_frame(annotation, "f1").arguments] == [
        "Goal",
        "Goal",
        "Where",
    ]


def test_a_bare_span_needs_a_role_that_takes_one() -> None:
    bare = Argument("Goal", span=span("صباحا"))
    with pytest.raises(EditRefused):
        edits.with_argument(SCHEMA, with_fire(), "f1", bare)


def test_frames_cannot_hold_each_other_in_a_circle() -> None:
    annotation = edits.with_frame(blank(), Frame("f1", "Speech", span("قال")))
    annotation = edits.with_frame(annotation, Frame("f2", "Speech", span("القصف")))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Said", frame="f2"))
    with pytest.raises(EditRefused, match="hold itself"):
        edits.with_argument(SCHEMA, annotation, "f2", Argument("Said", frame="f1"))


def test_taking_a_mention_out_empties_its_slots_and_links() -> None:
    annotation = edits.with_mention(with_fire(), Mention("m3", span("الناطق"), "Group"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Agent", mention="m1"))
    annotation = edits.with_link(annotation, LinkKind.COREF, "m3", "m1")
    annotation = edits.without(annotation, "m1")
    assert edits.get_frame(annotation, "f1").arguments == ()
    assert annotation.links == ()


def test_retyping_a_mention_takes_it_out_of_slots_it_no_longer_fits() -> None:
    annotation = edits.with_argument(SCHEMA, with_fire(), "f1", Argument("Agent", mention="m1"))
    annotation, dropped = edits.retyped_mention(
        SCHEMA, annotation, Mention("m1", span("المدفعية"), "Site")
    )
    assert dropped == [Argument("Agent", mention="m1")]
    assert edits.get_frame(annotation, "f1").arguments == ()


def test_retyping_a_frame_keeps_what_fits_and_names_what_does_not() -> None:
    annotation = edits.with_argument(SCHEMA, with_fire(), "f1", Argument("Agent", mention="m1"))
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Goal", mention="m2"))
    annotation = edits.with_attribute(SCHEMA, annotation, "f1", "means", "far")
    annotation = edits.with_attribute(SCHEMA, annotation, "f1", "polarity", "no")
    annotation, homeless = edits.retyped_frame(SCHEMA, annotation, "f1", "Speech")
    frame = edits.get_frame(annotation, "f1")
    assert frame.arguments == (Argument("Agent", mention="m1"),)
    assert homeless == [Argument("Goal", mention="m2")]
    assert frame.attributes == {"polarity": "no"}


def test_an_attribute_takes_only_the_schemas_values() -> None:
    with pytest.raises(EditRefused, match="no value"):
        edits.with_attribute(SCHEMA, with_fire(), "f1", "means", "loud")


def test_a_span_outside_the_item_is_refused() -> None:
    with pytest.raises(EditRefused, match="leaves the item"):
        edits.check_inside(blank(), Span(0, 9999))


def test_only_roles_with_room_are_offered() -> None:
    annotation = with_fire()
    frame = edits.get_frame(annotation, "f1")
    offered = edits.roles_open_to(SCHEMA, annotation, frame, Argument("?", mention="m1"))
    assert offered == ["Agent", "Goal"]
    annotation = edits.with_argument(SCHEMA, annotation, "f1", Argument("Agent", mention="m1"))
    frame = edits.get_frame(annotation, "f1")
    assert edits.roles_open_to(SCHEMA, annotation, frame, Argument("?", mention="m1")) == ["Goal"]
