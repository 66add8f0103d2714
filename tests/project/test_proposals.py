from __future__ import annotations

from dataclasses import replace

from curate.model.annotation import Annotation, Fate, Mention
from curate.model.ids import new_id
from curate.project import edits
from curate.project.proposals import Proposals, accept_frame, accept_mention, reject, with_fates
from tests.small import blank, counter, proposals, small_schema, span

SCHEMA = small_schema()
PROPOSED = Proposals.of(*proposals())


def accept(annotation: Annotation, *candidates: str) -> Annotation:
    for name in candidates:
        before = annotation
        annotation, _ = accept_frame(SCHEMA, annotation, PROPOSED.frames[name], PROPOSED, new_id)
        annotation = with_fates(before, annotation, PROPOSED)
    return annotation


def test_accepting_a_frame_takes_its_mentions_along() -> None:
    annotation = accept(blank(), "c-fire")
    assert {m.candidate for m in annotation.mentions} == {"c-gun", "c-town"}
    assert [a.role for a in annotation.frames[0].arguments] == ["Agent", "Goal"]
    assert annotation.fates == dict.fromkeys(("c-fire", "c-gun", "c-town"), Fate.ACCEPTED)


def test_a_slot_for_a_frame_fills_when_that_frame_is_accepted_after() -> None:
    annotation = accept(blank(), "c-speech")
    assert len(annotation.frames[0].arguments) == 1
    assert annotation.fates["c-speech"] is Fate.ACCEPTED
    annotation = accept(annotation, "c-again")
    speech = next(f for f in annotation.frames if f.candidate == "c-speech")
    held = next(f for f in annotation.frames if f.candidate == "c-again")
    assert [a.frame for a in speech.arguments] == [None, held.id]
    assert annotation.fates["c-speech"] is Fate.ACCEPTED


def test_the_order_of_accepting_makes_no_difference() -> None:
    one, other = accept(blank(), "c-speech", "c-again"), accept(blank(), "c-again", "c-speech")
    assert {len(f.arguments) for f in one.frames} == {len(f.arguments) for f in other.frames}
    assert one.fates == other.fates


def test_an_edited_frame_counts_as_corrected() -> None:
    before = accept(blank(), "c-fire")
    after = edits.without_argument(before, before.frames[0].id, before.frames[0].arguments[1])
    after = with_fates(before, after, PROPOSED)
    assert after.fates["c-fire"] is Fate.CORRECTED
    assert after.fates["c-town"] is Fate.ACCEPTED


def test_a_moved_boundary_corrects_the_mention_and_not_the_frame() -> None:
    before = accept(blank(), "c-fire")
    town = next(m for m in before.mentions if m.candidate == "c-town")
    after = edits.with_mention(before, replace(town, span=span("بلدة الريحانية")))
    after = with_fates(before, after, PROPOSED)
    assert after.fates["c-town"] is Fate.CORRECTED
    assert after.fates["c-fire"] is Fate.ACCEPTED


def test_taking_out_what_was_accepted_rejects_its_candidate() -> None:
    before = accept(blank(), "c-fire")
    after = with_fates(before, edits.without(before, before.frames[0].id), PROPOSED)
    assert after.fates["c-fire"] is Fate.REJECTED


def test_a_rejected_filler_leaves_the_proposed_slot() -> None:
    annotation = reject(blank(), PROPOSED.mentions["c-town"])
    proposed = next(f for f in PROPOSED.open_frames(annotation) if f.id == "c-fire")
    assert [a.role for a in proposed.arguments] == ["Agent"]
    annotation = accept(annotation, "c-fire")
    assert {m.candidate for m in annotation.mentions} == {"c-gun"}
    assert annotation.fates["c-fire"] is Fate.ACCEPTED


def test_a_mention_made_by_hand_is_used_instead_of_a_second_one() -> None:
    by_hand = Mention("mine", span("الريحانية"), "Site")
    annotation = accept(edits.with_mention(blank(), by_hand), "c-fire")
    assert [m.id for m in annotation.mentions if m.span == by_hand.span] == ["mine"]
    assert annotation.fates["c-fire"] is Fate.ACCEPTED


def test_only_what_is_open_and_inside_the_item_is_offered() -> None:
    annotation = blank()
    assert len(PROPOSED.open_mentions(annotation)) == 3
    annotation, _ = accept_mention(SCHEMA, annotation, PROPOSED.mentions["c-gun"], counter())
    assert [c.id for c in PROPOSED.open_mentions(annotation)] == ["c-town", "c-voice"]
    narrow = replace(annotation, item=span("قصفت المدفعية"))
    assert PROPOSED.open_mentions(narrow) == ()
    assert [c.id for c in PROPOSED.open_frames(narrow)] == ["c-fire"]
