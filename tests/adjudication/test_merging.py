"""The merge of annotations into gold: what is shared, what is open, what rulings make of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from curate.adjudication.bench import Terms
from curate.adjudication.cases import Kind, choice_values
from curate.adjudication.merging import Merged, merge
from curate.adjudication.rulings import Choice, Ruling
from curate.adjudication.stories import Cell, How
from curate.adjudication.values import digest
from curate.model.annotation import Annotation, Argument, Mention, Status
from curate.model.problems import errors_in
from tests.adjudication.merged import SCHEMA, WHOLE, fire, gold, gun, material, town, work
from tests.small import TEXT, span
from tests.strategies import annotations_of

if TYPE_CHECKING:
    from random import Random

    from curate.adjudication.cases import Case

NUMBERS = count()


def ruling(case: Case, choice: Choice = Choice.READING, reading: int = 0) -> Ruling:
    """A ruling on a case."""
    return Ruling(
        f"r{next(NUMBERS)}", case.item, case.id, case.cell, choice, "lead", "now",
        values=choice_values(case, choice, reading), readings=case.readings, kind=case.kind,
        about=case.about, region=case.region,
    )  # fmt: skip


def kinds(merged: Merged) -> list[tuple[Cell, Kind]]:
    """What is open."""
    return [(c.cell, c.kind) for c in merged.open]


def said(annotation: Annotation) -> object:
    """An annotation without its ids, so that two that say the same are equal."""
    spans = {m.id: (m.span, m.type) for m in annotation.mentions}
    spans |= {f.id: (f.trigger, f.type) for f in annotation.frames}
    return (
        sorted((m.span, m.type, m.subtype or "") for m in annotation.mentions),
        sorted(
            (
                f.trigger, f.type,
                sorted(
                    (a.role, a.span or spans[a.mention or a.frame or ""][0]) for a in f.arguments
                ),
            )
            for f in annotation.frames
        ),
    )  # fmt: skip


def test_what_all_say_is_gold_and_nothing_is_open() -> None:
    one = work("a", gun(), town(), fire(Argument("Agent", mention="g")))
    other = replace(one, annotator="b")
    merged = gold(one, other)
    assert merged.open == ()
    assert merged.annotation.status is Status.DONE
    assert said(merged.annotation) == said(one)
    assert {s.how for s in merged.stories} == {How.UNANIMOUS}
    assert all(s.annotators == ("a", "b") and s.others == () for s in merged.stories)


def test_an_item_that_all_leave_empty_is_gold_without_a_ruling() -> None:
    merged = gold(work("a"), work("b"))
    assert merged.open == ()
    assert merged.annotation.mentions == ()
    assert merged.annotation.status is Status.DONE


def test_an_item_that_too_few_have_done_has_no_gold() -> None:
    assert merge(material(work("a", gun())), Terms(), "gold") is None
    alone = gold(work("a", gun()), terms=Terms(required=1))
    assert [m.type for m in alone.annotation.mentions] == ["Group"]


def test_two_equal_frames_of_both_annotators_are_two_in_gold() -> None:
    twins = [
        replace(fire(Argument("Agent", mention="g")), id="f1"),
        replace(fire(Argument("Goal", mention="t")), id="f2"),
    ]
    merged = gold(work("a", gun(), town(), *twins), work("b", gun(), town(), *reversed(twins)))
    assert merged.open == ()
    assert sorted(f.arguments[0].role for f in merged.annotation.frames) == ["Agent", "Goal"]


def test_differences_are_told_apart() -> None:
    assert kinds(gold(work("a", gun()), work("b"))) == [(Cell.MENTION, Kind.MISSED)]
    label = gold(work("a", gun()), work("b", gun(kind="Site")))
    assert kinds(label) == [(Cell.MENTION, Kind.LABEL)]
    form = gold(work("a", gun()), work("b", gun(words="مدفعية")))
    assert kinds(form) == [(Cell.MENTION, Kind.FORM)]
    wide = gold(work("a", town()), work("b", town(words="بلدة الريحانية")))
    assert kinds(wide) == [(Cell.MENTION, Kind.BOUNDARY)]
    army = gold(work("a", gun()), work("b", replace(gun(), subtype="army")))
    assert kinds(army) == [(Cell.MENTION, Kind.ATTRIBUTE)]
    event = gold(work("a", fire()), work("b", fire(kind="Speech")))
    assert kinds(event) == [(Cell.EVENT, Kind.TYPE)]
    mood = gold(work("a", fire(means="near")), work("b", fire(means="far")))
    assert kinds(mood) == [(Cell.ATTRIBUTE, Kind.ATTRIBUTE)]


def test_parts_of_one_annotator_and_a_whole_of_the_other_are_one_case() -> None:
    parts = [Mention("p", span("بلدة"), "Site"), town("q")]
    merged = gold(work("a", town(words="بلدة الريحانية")), work("b", *parts))
    assert kinds(merged) == [(Cell.MENTION, Kind.SPLIT)]
    assert sorted(len(r.values) for r in merged.open[0].readings) == [1, 2]


def test_an_agreed_event_with_a_disputed_role_has_only_the_role_open() -> None:
    one = work(
        "a", gun(), town(), fire(Argument("Goal", mention="t"), Argument("Agent", mention="g"))
    )
    other = work(
        "b", gun(), town(), fire(Argument("Where", mention="t"), Argument("Agent", mention="g"))
    )
    merged = gold(one, other)
    assert kinds(merged) == [(Cell.ARGUMENT, Kind.ROLE)]
    [frame] = merged.annotation.frames
    assert [a.role for a in frame.arguments] == ["Agent"]
    where = next(n for n, r in enumerate(merged.open[0].readings)
                 if any(getattr(v, "role", "") == "Where" for v in r.values))  # fmt: skip
    settled = gold(one, other, rulings=[ruling(merged.open[0], reading=where)])
    assert settled.open == ()
    assert [a.role for a in settled.annotation.frames[0].arguments] == ["Agent", "Where"]


def test_arguments_of_an_event_wait_until_their_fillers_are_settled() -> None:
    one = work("a", gun(), fire(Argument("Agent", mention="g")))
    other = work("b", fire())
    first = gold(one, other)
    assert kinds(first) == [(Cell.MENTION, Kind.MISSED)]
    no = gold(one, other, rulings=[ruling(first.open[0], Choice.NEITHER)])
    assert no.open == ()  # without the mention there is nothing to ask
    assert no.annotation.frames[0].arguments == ()
    yes = gold(one, other, rulings=[ruling(first.open[0])])
    assert kinds(yes) == [(Cell.ARGUMENT, Kind.MISSED)]


def test_the_same_filler_with_another_boundary_is_no_second_question() -> None:
    one = work("a", town(), fire(Argument("Goal", mention="t")))
    other = work("b", town(words="بلدة الريحانية"), fire(Argument("Goal", mention="t")))
    first = gold(one, other)
    assert len(first.open) == 1
    settled = gold(one, other, rulings=[ruling(first.open[0], reading=1)])
    assert settled.open == ()
    [argument] = settled.annotation.frames[0].arguments
    assert argument.mention == settled.annotation.mentions[0].id


def test_an_event_that_one_alone_has_comes_with_its_arguments() -> None:
    one = work("a", gun(), fire(Argument("Agent", mention="g"), means="far"))
    other = work("b", gun())
    first = gold(one, other)
    merged = gold(one, other, rulings=[ruling(first.open[0])])
    assert merged.open == ()
    assert said(merged.annotation) == said(one)
    hows = {s.cell: s.how for s in merged.stories}
    assert hows == {
        Cell.MENTION: How.UNANIMOUS, Cell.EVENT: How.RULED, Cell.ARGUMENT: How.FOLLOWS,
        Cell.ATTRIBUTE: How.FOLLOWS,
    }  # fmt: skip


def test_saying_no_to_all_closes_the_item() -> None:
    one, other = work("a", gun(), fire(Argument("Agent", mention="g"))), work("b", town())
    rulings: list[Ruling] = []
    while waiting := gold(one, other, rulings=rulings).open:
        rulings += [ruling(case, Choice.NEITHER) for case in waiting]
    merged = gold(one, other, rulings=rulings)
    assert merged.annotation.status is Status.DONE
    assert (merged.annotation.mentions, merged.annotation.frames) == ((), ())


def test_a_majority_settles_only_where_it_is_asked_for() -> None:
    works = [work("a", gun()), work("b", gun()), work("c")]
    assert len(gold(*works).open) == 1
    merged = gold(*works, terms=Terms(majority=2))
    assert merged.open == ()
    assert [(s.how, s.annotators, s.others) for s in merged.stories] == [
        (How.MAJORITY, ("a", "b"), ("c",))
    ]
    tie = gold(work("a", gun()), work("b"), terms=Terms(majority=1))
    assert len(tie.open) == 1


def test_a_ruling_stays_when_another_annotator_sides_with_a_reading() -> None:
    works = [work("a", gun()), work("b", gun(kind="Site"))]
    decided = ruling(gold(*works).open[0])
    merged = gold(*works, work("c", gun()), rulings=[decided])
    assert merged.open == ()
    assert merged.cases[0].verdict is not None
    assert merged.cases[0].verdict.ruling == decided


def test_a_ruling_on_what_was_changed_is_asked_again_with_what_was_judged() -> None:
    before = gold(work("a", gun()), work("b", gun(kind="Site")))
    decided = ruling(before.open[0])
    after = gold(work("a", gun()), work("b", gun(words="مدفعية", kind="Site")), rulings=[decided])
    [case] = after.open
    assert case.earlier == decided
    assert case.readings != decided.readings


def test_what_a_lead_ruled_out_is_asked_again_when_all_say_it() -> None:
    before = gold(work("a", gun()), work("b"))
    no = ruling(before.open[0], Choice.NEITHER)
    after = gold(work("a", gun()), work("b", gun()), rulings=[no])
    assert [c.earlier for c in after.open] == [no]
    yes = ruling(before.open[0])
    assert gold(work("a", gun()), work("b", gun()), rulings=[yes]).open == ()


def test_a_ruling_on_an_argument_stays_when_the_event_is_typed_otherwise() -> None:
    one = work("a", gun(), fire(Argument("Agent", mention="g")))
    other = work("b", gun(), fire(kind="Speech"))
    event = gold(one, other).open[0]
    first, second = ruling(event), ruling(event, reading=1)
    argument = gold(one, other, rulings=[first]).open[0]
    assert argument.cell is Cell.ARGUMENT
    yes = ruling(argument, reading=0)
    assert gold(one, other, rulings=[first, yes]).open == ()
    assert gold(one, other, rulings=[second, yes]).open == ()


def test_a_guideline_gap_leaves_the_case_open_but_out_of_the_queue() -> None:
    works = [work("a", gun()), work("b")]
    gap = ruling(gold(*works).open[0], Choice.GAP)
    merged = gold(*works, rulings=[gap])
    assert (len(merged.open), merged.to_rule) == (1, ())
    assert merged.annotation.status is Status.DRAFT


def test_a_withdrawn_ruling_is_as_if_it_had_not_been() -> None:
    works = [work("a", gun()), work("b")]
    case = gold(*works).open[0]
    yes = ruling(case)
    back = replace(ruling(case, Choice.WITHDRAWN), undoes=yes.id)
    assert gold(*works, rulings=[yes, back]) == gold(*works)


def test_a_filler_that_the_ruled_type_cannot_have_is_left_out() -> None:
    one = work("a", gun(), fire(Argument("Agent", mention="g")))
    other = work("b", gun(kind="Site"), fire(Argument("Where", mention="g")))
    case = gold(one, other).open[0]
    for reading, role in enumerate(("Agent", "Where")):
        merged = gold(one, other, rulings=[ruling(case, reading=reading)])
        assert errors_in(merged.annotation, SCHEMA, TEXT) == []
        assert [c.kind for c in merged.open] == [Kind.MISSED]
        assert role in str(merged.open[0].readings)


works_of_three = st.lists(annotations_of(SCHEMA, TEXT, WHOLE), min_size=2, max_size=3).map(
    lambda found: [replace(a, annotator=f"a{n}", status=Status.DONE) for n, a in enumerate(found)]
)


def choose(case: Case) -> Ruling:
    """Always the same ruling on the same case."""
    choices = (*(range(len(case.readings))), Choice.NEITHER, Choice.BOTH)
    chosen = choices[int(digest(case.id), 16) % len(choices)]
    if isinstance(chosen, Choice):
        return ruling(case, chosen)
    return ruling(case, reading=chosen)


def ruled(works: list[Annotation], random: Random) -> tuple[Merged, list[Ruling]]:
    """Rule on every case, in an order of chance."""
    rulings: list[Ruling] = []
    for _ in range(500):
        waiting = gold(*works, rulings=rulings).open
        if not waiting:
            break
        rulings.append(choose(random.choice(waiting)))
    return gold(*works, rulings=rulings), rulings


@settings(max_examples=60, deadline=None)
@given(works_of_three)
def test_gold_fits_the_schema_whatever_annotators_say(works: list[Annotation]) -> None:
    merged = gold(*works)
    assert errors_in(merged.annotation, SCHEMA, TEXT) == []
    atoms = {*(m.id for m in merged.annotation.mentions), *(f.id for f in merged.annotation.frames)}
    assert atoms <= {s.atom for s in merged.stories}


@settings(max_examples=60, deadline=None)
@given(works_of_three, st.randoms(use_true_random=False))
def test_the_order_of_annotators_does_not_matter(works: list[Annotation], random: Random) -> None:
    shuffled = works[:]
    random.shuffle(shuffled)
    assert gold(*works) == gold(*shuffled)


@settings(max_examples=40, deadline=None)
@given(works_of_three, st.randoms(use_true_random=False))
def test_the_order_of_rulings_does_not_matter(works: list[Annotation], random: Random) -> None:
    merged, rulings = ruled(works, random)
    assert merged.open == ()
    assert errors_in(merged.annotation, SCHEMA, TEXT) == []
    other, _ = ruled(works, random)
    assert other.annotation == merged.annotation
    random.shuffle(rulings)
    assert gold(*works, rulings=rulings) == merged


@settings(max_examples=40, deadline=None)
@given(annotations_of(SCHEMA, TEXT, WHOLE))
def test_whoever_agrees_with_themselves_gets_their_own_work(one: Annotation) -> None:
    one = replace(one, annotator="a", status=Status.DONE)
    merged = gold(one, replace(one, annotator="b"))
    assert merged.open == ()
    if not errors_in(merged.annotation, SCHEMA, TEXT) and not merged.dropped:
        assert said(merged.annotation) == said(one)
