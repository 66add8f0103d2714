"""Every number of a report leads back to what it is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.agreement.collect import Selection, collect
from curate.agreement.evidence import (
    Difference,
    Instance,
    Outcome,
    Question,
    evidence,
    places,
)
from curate.agreement.pairing import Atom
from curate.agreement.report import MEASURES, Report, report
from curate.agreement.score import Tally
from curate.agreement.states import DocumentWork, Work
from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention, Status
from curate.model.span import Span
from tests.agreement.test_states import EMPTY, FIRE, GUN, ITEM, TOWN, WHOLE
from tests.small import TEXT, small_schema
from tests.strategies import annotations_of

OTHER = replace(WHOLE, annotator="bea")
few = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Documents by several annotators take their time to draw."""


def document(*said: Annotation, name: str = "d") -> DocumentWork:
    """A document with that said of it."""
    return DocumentWork(name, tuple(map(Work, said)), lambda one, other: one[1] == other[1])


def asked(question: Question, *works: DocumentWork) -> list[Instance]:
    """What stands behind a number."""
    return list(evidence(works, Selection(), question))


def reported(*works: DocumentWork) -> Report:
    """The report on these documents."""
    return report(collect(works, Selection()))


def added(found: list[Instance]) -> tuple[float, int, int]:
    """The tallies together."""
    whole = sum((i.tally for i in found), Tally())
    return whole.matched, int(whole.first), int(whole.second)


@st.composite
def works(draw: st.DrawFn) -> list[DocumentWork]:
    """A few documents by up to three annotators."""
    whole, found = Span(0, len(TEXT)), []
    for number in range(draw(st.integers(1, 2))):
        readings = [draw(annotations_of(small_schema(), TEXT, whole)) for _ in range(2)]
        said = []
        for name in ("ann", "bea", "cem")[: draw(st.integers(2, 3))]:
            reading = draw(st.sampled_from(readings))
            kept = draw(st.sets(st.sampled_from(reading.frames))) if reading.frames else ()
            status = draw(st.sampled_from([Status.DONE, Status.DONE, Status.SKIPPED]))
            frames = tuple(
                replace(f, arguments=tuple(a for a in f.arguments if a.frame is None))
                for f in reading.frames
                if f not in kept
            )
            said.append(replace(reading, annotator=name, status=status, frames=frames, links=()))
        found.append(document(*said, name=f"d{number}"))
    return found


@few
@given(works())
def test_what_stands_behind_a_figure_adds_up_to_it(found: list[DocumentWork]) -> None:
    whole = reported(*found)
    for measure in MEASURES:
        tally = whole.figures[measure].tally
        behind = added(asked(Question(measure), *found))
        assert behind == pytest.approx((tally.matched, tally.first, tally.second)), measure
    for measure, labels in whole.by_label.items():
        for label, figure in labels.items():
            tally = figure.tally
            behind = added(asked(Question(measure, label), *found))
            assert behind == pytest.approx((tally.matched, tally.first, tally.second))
    for pair in whole.pairs:
        for measure, tally in pair.tallies.items():
            question = Question(measure, pair=(pair.first, pair.second))
            expected = (tally.matched, tally.first, tally.second)
            assert added(asked(question, *found)) == pytest.approx(expected)


@few
@given(works())
def test_what_stands_behind_a_confusion_adds_up_to_its_cells(found: list[DocumentWork]) -> None:
    whole = reported(*found)
    for kind, cells in whole.confusion.items():
        seen = Counter(
            ("" if i.first is None else i.first.label, "" if i.second is None else i.second.label)
            for i in asked(Question(f"confusion_{kind}"), *found)
        )
        assert seen == cells
        for cell, count in cells.items():
            assert len(asked(Question(f"confusion_{kind}", cell=cell), *found)) == count


@few
@given(works())
def test_attributes_and_counts_lead_back_too(found: list[DocumentWork]) -> None:
    whole = reported(*found)
    for name, figures in whole.attributes.items():
        behind = asked(Question("attributes", name), *found)
        assert len(behind) == figures.pairs
        same = sum(i.outcome is Outcome.MATCHED for i in behind)
        assert same / len(behind) == pytest.approx(figures.percent)
    assert len(list(places(found, Selection(), "shared"))) == whole.items
    assert len(list(places(found, Selection(), "single"))) == whole.attendance.single
    assert len(list(places(found, Selection(), "assisted"))) == whole.help.assisted
    for name, statuses in whole.attendance.statuses.items():
        for status, count in statuses.items():
            assert len(list(places(found, Selection(), status, name))) == count


def test_a_place_is_named_by_item_document_and_span() -> None:
    [found] = asked(
        Question("mentions", outcomes=frozenset({Outcome.ONLY_FIRST})),
        document(WHOLE, replace(OTHER, mentions=(GUN,), frames=())),
    )
    assert (found.item, found.document, found.span) == ("d:0-40", "d", ITEM)
    assert found.first == Atom(TOWN.span.start, TOWN.span.end, TOWN.type)
    assert (found.second, found.annotators) == (None, ("ann", "bea"))


@pytest.mark.parametrize(
    ("mention", "difference"),
    [
        (GUN, Difference.SAME),
        (replace(GUN, span=Span(4, 9)), Difference.FORM),
        (replace(GUN, span=Span(5, 10)), Difference.BOUNDARY),
        (replace(GUN, type="Site"), Difference.LABEL),
        (replace(GUN, span=Span(5, 10), type="Site"), Difference.PLACE_AND_LABEL),
        (replace(GUN, span=Span(30, 35)), Difference.MISSED),
    ],
)
def test_a_difference_says_what_differs(mention: Mention, difference: Difference) -> None:
    one, other = (replace(a, frames=(), mentions=(m,)) for a, m in ((WHOLE, GUN), (OTHER, mention)))
    found = asked(Question("mentions"), document(one, other))
    assert {i.difference for i in found} == {difference}


def test_an_argument_on_another_frame_is_a_difference_of_attachment() -> None:
    second = Frame("f2", "Fire", Span(20, 24))
    one = replace(WHOLE, frames=(FIRE, second))
    other = replace(
        OTHER,
        frames=(
            replace(FIRE, arguments=FIRE.arguments[:1]),
            replace(second, arguments=(Argument("Goal", mention="m2"),)),
        ),
    )
    found = asked(Question("arg_c_attached", "Goal"), document(one, other))
    assert [(i.outcome, i.difference) for i in found] == [
        (Outcome.DIFFERENT, Difference.ATTACHMENT)
    ]


def test_a_frame_with_other_arguments_differs_in_content() -> None:
    other = replace(OTHER, frames=(replace(FIRE, arguments=()),))
    [found] = asked(Question("frames_exact"), document(WHOLE, other))
    assert (found.outcome, found.difference) == (Outcome.DIFFERENT, Difference.CONTENT)


def test_a_condition_keeps_to_items_with_or_without_help() -> None:
    helped = replace(OTHER, fates={"c": Fate.ACCEPTED})
    both = [document(WHOLE, helped, name="a"), document(WHOLE, OTHER, name="b")]
    for condition, name in (("assisted", "a"), ("unaided", "b")):
        found = asked(Question("mentions", condition=condition), *both)
        assert {i.document for i in found} == {name}


def test_a_measure_that_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError):
        asked(Question("nonsense"), document(WHOLE, OTHER))


def test_repeated_and_single_items_are_named() -> None:
    twice = document(replace(EMPTY, annotator="ann"), WHOLE)
    [again] = places([twice], Selection(), "repeated")
    assert again.annotators == ("ann",)
    [single] = places([twice], Selection(), "single")
    assert single.item == "d:0-40"
