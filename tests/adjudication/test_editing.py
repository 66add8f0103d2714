"""What a lead changed in an item comes back as gold, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.adjudication.bench import Terms
from curate.adjudication.editing import edited
from curate.adjudication.merging import Merged, merge
from curate.adjudication.rulings import Ruling
from curate.adjudication.stories import How
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.problems import errors_in
from curate.project.edits import with_frame, with_mention, without
from tests.adjudication.merged import SCHEMA, WHOLE, fire, gold, gun, material, town, work
from tests.small import TEXT
from tests.strategies import annotations_of

if TYPE_CHECKING:
    from random import Random

    from curate.adjudication.cases import Case


def spoken(annotation: Annotation) -> object:
    """What an annotation says, without ids; twins count once."""
    spans = {m.id: (m.span, m.type) for m in annotation.mentions}
    spans |= {f.id: (f.trigger, f.type) for f in annotation.frames}
    frames = {
        (
            f.trigger, f.type, frozenset(f.attributes.items()),
            frozenset(
                (a.role, a.span or spans[a.mention or a.frame or ""]) for a in f.arguments
            ),
        )
        for f in annotation.frames
    }  # fmt: skip
    return {(m.span, m.type, m.subtype or "") for m in annotation.mentions}, frames


def about(merged: Merged) -> Case:
    """Any case, so that what is new has a place."""
    return merged.cases[0]


def rulings_of(before: Merged, after: Annotation, count: int = 0) -> list[Ruling]:
    """The edit as rulings."""
    found = edited(before, after, about(before), SCHEMA)
    return [
        Ruling(
            f"e{count}-{n}", e.case.item, e.case.id, e.case.cell, e.choice, "lead", "now",
            values=e.values, readings=e.case.readings, about=e.case.about, region=e.case.region,
        )
        for n, e in enumerate(found)
    ]  # fmt: skip


def test_an_edit_without_a_change_is_none() -> None:
    works = [work("a", gun(), fire()), work("b", gun(), fire())]
    before = gold(*works)
    assert edited(before, before.annotation, about(before), SCHEMA) == []


def test_a_moved_mention_stays_in_its_slots() -> None:
    one = work("a", gun(), town(), fire(Argument("Goal", mention="t")))
    works = [one, replace(one, annotator="b")]
    before = gold(*works)
    mention = next(m for m in before.annotation.mentions if m.type == "Site")
    wide = replace(mention, span=town(words="بلدة الريحانية").span)
    after = with_mention(before.annotation, wide)
    now = gold(*works, rulings=rulings_of(before, after))
    assert spoken(now.annotation) == spoken(after)
    assert now.open == ()
    hows = {s.how for s in now.stories if s.atom == now.annotation.frames[0].arguments[0].mention}
    assert hows == {How.RULED}


def test_what_was_set_back_to_its_default_is_gone() -> None:
    one = work("a", fire(means="far"))
    works = [one, replace(one, annotator="b")]
    before = gold(*works)
    [frame] = before.annotation.frames
    after = with_frame(before.annotation, replace(frame, attributes={}))
    now = gold(*works, rulings=rulings_of(before, after))
    assert now.annotation.frames[0].attributes == {}


def test_what_annotators_add_later_like_the_lead_is_there_once() -> None:
    works = [work("a", town()), work("b", town())]
    before = gold(*works)
    rulings = rulings_of(before, with_mention(before.annotation, gun("new")))
    later = [work("a", town(), gun()), work("b", town(), gun())]
    now = gold(*later, rulings=rulings)
    assert sorted(m.type for m in now.annotation.mentions) == ["Group", "Site"]
    assert now.open == ()


works_of_two = st.lists(annotations_of(SCHEMA, TEXT, WHOLE), min_size=2, max_size=2).map(
    lambda found: [replace(a, annotator=f"a{n}", status=Status.DONE) for n, a in enumerate(found)]
)


@settings(max_examples=50, deadline=None)
@given(works_of_two, annotations_of(SCHEMA, TEXT, WHOLE), st.randoms(use_true_random=False))
def test_gold_is_what_the_edit_left(
    works: list[Annotation], more: Annotation, random: Random
) -> None:
    before = gold(*works)
    if not before.cases:
        return
    after = before.annotation
    for atom in [*(m.id for m in after.mentions), *(f.id for f in after.frames)]:
        if random.random() < 0.3:
            after = without(after, atom)
    after = with_all(after, more)
    now = merge(material(*works, rulings=rulings_of(before, after)), Terms(), "gold")
    assert now is not None
    assert errors_in(now.annotation, SCHEMA, TEXT) == []
    assert spoken(now.annotation) == spoken(replace(after, links=()))


def with_all(annotation: Annotation, more: Annotation) -> Annotation:
    """The annotation with the mentions and frames of another, under ids of their own."""
    ids = (*(m.id for m in more.mentions), *(f.id for f in more.frames))
    new = {atom: f"x{atom}" for atom in ids}
    for mention in more.mentions:
        annotation = with_mention(annotation, renamed_mention(mention, new))
    for frame in more.frames:
        annotation = with_frame(annotation, renamed_frame(frame, new))
    return annotation


def renamed_mention(mention: Mention, new: dict[str, str]) -> Mention:
    """The mention under its new id, without attributes."""
    return replace(mention, id=new[mention.id], candidate=None, attributes={})


def renamed_frame(frame: Frame, new: dict[str, str]) -> Frame:
    """The frame under its new id, with fillers under theirs, and without defaults."""
    arguments = tuple(
        replace(a, mention=a.mention and new[a.mention], frame=a.frame and new[a.frame])
        for a in frame.arguments
    )
    known = SCHEMA.frame_attributes(frame.type)
    kept = {k: v for k, v in frame.attributes.items() if known[k].default != v}
    return replace(frame, id=new[frame.id], arguments=arguments, candidate=None, attributes=kept)
