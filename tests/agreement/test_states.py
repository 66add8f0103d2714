"""Who counts on an item, and what the report says of those who do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.agreement.collect import Selection, collect
from curate.agreement.report import Report, report
from curate.agreement.score import NOTHING_MARKED, NotComputable
from curate.agreement.showing import as_json, table
from curate.agreement.states import DocumentWork, Work
from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention, Status
from curate.model.span import Span

ITEM = Span(0, 40)
GUN = Mention("m1", Span(5, 9), "Group")
TOWN = Mention("m2", Span(10, 16), "Site")
FIRE = Frame(
    "f1", "Fire", Span(0, 4), (Argument("Agent", mention="m1"), Argument("Goal", mention="m2"))
)
WHOLE = Annotation("ann", ITEM, Status.DONE, (GUN, TOWN), (FIRE,))
EMPTY = Annotation("bea", ITEM, Status.DONE)


def reported(*said: Annotation, selection: Selection | None = None) -> Report:
    """The report on one document with that said of it."""
    work = DocumentWork("d", tuple(map(Work, said)))
    return report(collect([work], selection or Selection()))


def test_done_with_nothing_marked_is_an_answer() -> None:
    found = reported(WHOLE, EMPTY)
    assert found.items == 1
    assert found.figures["mentions"].value == 0
    assert found.figures["mentions"].tally.first == 2


def test_two_who_found_nothing_agree_but_have_no_f1() -> None:
    found = reported(replace(EMPTY, annotator="ann"), EMPTY)
    assert found.items == 1
    assert found.figures["mentions"].value == NOTHING_MARKED
    assert found.presence.all.alpha == NOTHING_MARKED


@pytest.mark.parametrize("status", [Status.NEW, Status.DRAFT, Status.SKIPPED, Status.FLAGGED])
def test_only_what_is_done_counts(status: Status) -> None:
    found = reported(WHOLE, replace(EMPTY, status=status))
    assert found.items == 0
    assert found.attendance.single == 1
    assert found.attendance.statuses["bea"][status] == 1
    assert isinstance(found.nothing, NotComputable)


def test_another_status_counts_when_it_is_asked_for() -> None:
    both = Selection(statuses=frozenset({Status.DONE, Status.FLAGGED}))
    found = reported(WHOLE, replace(WHOLE, annotator="bea", status=Status.FLAGGED), selection=both)
    assert found.items == 1


def test_skipped_items_are_listed_with_their_reason() -> None:
    found = reported(WHOLE, replace(EMPTY, status=Status.SKIPPED, reason="no text"))
    [skip] = found.attendance.skipped
    assert (skip.document, skip.item, skip.annotator, skip.reason) == ("d", ITEM, "bea", "no text")
    assert "no text" in table(found)
    assert found.figures["skipping"].value == 0


def test_skipping_the_same_is_agreement_on_skipping() -> None:
    skips = [replace(EMPTY, annotator=n, status=Status.SKIPPED) for n in ("ann", "bea")]
    assert reported(*skips).figures["skipping"].value == 1


def test_the_last_word_of_an_annotator_counts() -> None:
    found = reported(replace(EMPTY, annotator="ann"), WHOLE, replace(WHOLE, annotator="bea"))
    assert found.figures["frames_exact"].value == 1
    assert found.attendance.repeated == 1


def test_work_under_two_versions_is_not_compared() -> None:
    works = (Work(WHOLE, "1"), Work(replace(WHOLE, annotator="bea"), "2"))
    found = report(collect([DocumentWork("d", works)], Selection()))
    assert found.items == 0
    assert found.attendance.versions_differ == 1


def test_ids_make_no_difference() -> None:
    other = replace(
        WHOLE, annotator="bea",
        mentions=(replace(GUN, id="x"), replace(TOWN, id="y")),
        frames=(replace(FIRE, id="z", arguments=(
            Argument("Goal", mention="y"), Argument("Agent", mention="x"))),),
    )  # fmt: skip
    found = reported(WHOLE, other)
    assert found.figures["frames_exact"].value == 1
    assert found.figures["arg_c_attached"].value == 1


def test_a_filler_counts_by_its_place_whatever_it_is() -> None:
    bare = replace(FIRE, arguments=(Argument("Agent", span=GUN.span), *FIRE.arguments[1:]))
    found = reported(WHOLE, replace(WHOLE, annotator="bea", frames=(bare,)))
    assert found.figures["arg_c_attached"].value == 1


def test_types_that_were_not_asked_for_do_not_count() -> None:
    other = replace(WHOLE, annotator="bea", mentions=(GUN,), frames=())
    found = reported(WHOLE, other, selection=Selection(types=frozenset({"Group"})))
    assert found.figures["mentions"].value == 1
    assert found.figures["tri_c"].value == NOTHING_MARKED


def test_three_annotators_are_three_pairs_pooled() -> None:
    found = reported(WHOLE, replace(WHOLE, annotator="bea"), replace(EMPTY, annotator="cem"))
    assert [(p.first, p.second) for p in found.pairs] == [
        ("ann", "bea"), ("ann", "cem"), ("bea", "cem")
    ]  # fmt: skip
    tally = found.figures["mentions"].tally
    assert (tally.matched, tally.first, tally.second) == (2, 6, 2)
    assert found.figures["mentions"].value == 0.5


def test_schema_defaults_are_what_was_not_set() -> None:
    said = replace(FIRE, attributes={"polarity": "yes"})
    selection = Selection(attributes=lambda frame: {"polarity": "yes", **frame.attributes})
    found = reported(WHOLE, replace(WHOLE, annotator="bea", frames=(said,)), selection=selection)
    assert found.attributes["polarity"].percent == 1
    assert isinstance(found.attributes["polarity"].kappa, NotComputable)
    assert found.figures["frames_exact"].value == 1


def test_differences_of_form_are_counted_apart() -> None:
    moved = replace(WHOLE, annotator="bea", mentions=(replace(GUN, span=Span(4, 9)), TOWN))
    work = DocumentWork("d", (Work(WHOLE), Work(moved)), lambda _, __: True)
    found = report(collect([work], Selection()))
    assert found.figures["mentions"].value == 0.5
    assert found.figures["mentions_forgiving"].value == 1


def test_the_badge_says_whether_a_machine_helped() -> None:
    other = replace(WHOLE, annotator="bea")
    assert reported(WHOLE, other).help.badge == "unaided"
    helped = replace(other, fates={"c": Fate.REJECTED})
    assert reported(WHOLE, helped).help.badge == "assisted"
    alone = [replace(a, item=Span(40, 80)) for a in (EMPTY, replace(EMPTY, annotator="ann"))]
    assert reported(WHOLE, helped, *alone).help.badge == "mixed"


def test_help_and_no_help_are_compared_with_an_interval() -> None:
    works = []
    for number in range(30):
        helped = number % 2 == 0
        other = replace(WHOLE, annotator="bea", fates={"c": Fate.ACCEPTED} if helped else {})
        if not helped and number % 3 == 0:
            other = replace(other, mentions=(GUN,), frames=())
        works.append(DocumentWork(f"d{number}", (Work(WHOLE), Work(other))))
    found = report(collect(works, Selection())).help
    value, interval = found.differences["mentions"]
    assert isinstance(value, float)
    assert not isinstance(interval, NotComputable)
    assert interval.low <= value <= interval.high
    assert value > 0


def test_json_names_a_reason_where_there_is_no_figure() -> None:
    found = as_json(reported(WHOLE))
    assert found["format"] == "curate-agreement/1"
    assert found["not_computable"] == "there are fewer than two annotators"
    measures = found["measures"]
    assert isinstance(measures, dict)
    assert measures["mentions"]["value"] is None
    assert measures["mentions"]["because"]
