"""Items are given out evenly, by lot, and never twice to one person unless it is a repeat."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.errors import CurateError
from curate.model.annotation import Annotation, Mention, Status
from curate.model.span import Span
from curate.project.agreeing import AgreementOptions, compare_project
from curate.project.annotating import Annotating
from curate.project.assigning import (
    AssignOptions,
    assign,
    assignments_as_json,
    make_plan,
    share_lines,
    shares,
)
from curate.project.assigning_plan import Offered, Wish, plan_new, plan_repeats, plan_takeover
from curate.project.edits import EditRefused
from curate.project.guideline_versions import begin_version, versions
from curate.project.opening import Project
from tests.small import small_schema
from tests.store.building import decided, item_ids, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.store.store import Store

MAY = "2024-05-01T10:00:00.000+00:00"
JUNE = "2024-06-01T10:00:00.000+00:00"
AFTERWARDS = "2999-01-01T10:00:00.000+00:00"
JULY = "2024-07-01T10:00:00.000+00:00"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A document of twenty sentences."""
    path = tmp_path / "w.curate"
    with Project(path, small_schema(), store(path, sentences=20)) as made:
        yield made


def done(
    opened: Store, item: str, name: str, *mentions: Mention, at: str = MAY, undoable: bool = True
) -> None:
    """Somebody does an item."""
    from dataclasses import replace

    blank = opened.annotations.get(item, name)
    after = replace(blank, status=Status.DONE, mentions=mentions)
    opened.journal.write(replace(decided(opened, item, after), at=at, undoable=undoable))


def offered(count: int, strata: int = 1) -> list[Offered]:
    """Items in documents of four."""
    return [Offered(f"i{n}", f"d{n // 4}", f"s{n % strata}") for n in range(count)]


@settings(deadline=None)
@given(
    st.integers(0, 60), st.integers(2, 5), st.integers(1, 2),
    st.floats(0, 1), st.integers(0, 99), st.booleans(),
)  # fmt: skip
def test_everybody_gets_as_much_and_nobody_the_same_twice(
    count: int, people: int, each: int, overlap: float, seed: int, is_drawn: bool
) -> None:
    names = tuple(f"p{n}" for n in range(people))
    wish = Wish(names, each, overlap, is_drawn=is_drawn)
    plan = plan_new(offered(count), wish, Random(seed))
    assert len({(g.annotator, g.item) for g in plan}) == len(plan)
    readers = Counter(g.item for g in plan)
    assert set(readers) == {f"i{n}" for n in range(count)}
    assert sum(n == 2 for n in readers.values()) == (count if each == 2 else round(overlap * count))
    loads = Counter(g.annotator for g in plan)
    assert max(loads.values(), default=0) - min((loads[n] for n in names), default=0) <= 1 + (
        people > 2
    )
    assert plan == plan_new(offered(count), wish, Random(seed))


def test_pairs_of_annotators_share_about_as_much() -> None:
    plan = plan_new(offered(60), Wish(("a", "b", "c"), each=2), Random(1))
    pairs: dict[str, str] = {}
    for given_ in plan:
        pairs[given_.item] = pairs.get(given_.item, "") + given_.annotator
    assert Counter(pairs.values()) == {"ab": 20, "ac": 20, "bc": 20}


@settings(deadline=None)
@given(st.integers(0, 99))
def test_a_lot_takes_of_every_stratum_its_share(seed: int) -> None:
    items = [Offered(f"i{n}", f"d{n}", "big" if n < 90 else "small") for n in range(100)]
    wish = Wish(("a", "b"), overlap=0.5, size=20, is_drawn=True)
    plan = plan_new(items, wish, Random(seed))
    chosen = {g.item for g in plan}
    assert len(chosen) == 20
    assert sum(int(item[1:]) >= 90 for item in chosen) == 2


def test_whole_documents_stay_with_the_same_people() -> None:
    plan = plan_new(offered(40), Wish(("a", "b"), whole_documents=True), Random(1))
    readers: dict[int, set[str]] = {}
    for given_ in plan:
        readers.setdefault(int(given_.item[1:]) // 4, set()).add(given_.annotator)
    assert all(len(names) == 1 for names in readers.values())


def test_what_was_abandoned_goes_to_whoever_has_least_and_never_had_it() -> None:
    holders = {"x": frozenset({"old", "a"}), "y": frozenset({"old"}), "z": frozenset({"old"})}
    plan, left = plan_takeover(
        [("old", "x"), ("old", "y"), ("old", "z")], ["a", "b"], holders, {"b": 5}
    )
    assert [(g.annotator, g.item) for g in plan] == [("b", "x"), ("a", "y"), ("a", "z")]
    assert left == []
    assert plan_takeover([("old", "x")], ["a"], holders, {})[1] == ["x"]


def test_repeats_are_a_share_of_what_was_done() -> None:
    plan = plan_repeats({"a": [f"i{n}" for n in range(40)], "b": []}, 0.05, Random(1))
    assert [g.annotator for g in plan] == ["a", "a"]


def test_a_plan_writes_nothing_until_it_is_carried_out(project: Project) -> None:
    options = AssignOptions(("ann", "bea"), overlap=0.2, batch="one", size=10, seed=3)
    plan = make_plan(project, options)
    assert plan == make_plan(project, options)
    assert not shares(project)
    assign(project, plan)
    found = shares(project)
    assert [(s.annotator, s.batch, s.items, s.shared) for s in found] == [
        ("ann", "one", 6, 2), ("bea", "one", 6, 2)
    ]  # fmt: skip
    assert "one" in "\n".join(share_lines(found))
    [lot] = project.store.rounds.lots()
    assert (lot["seed"], lot["overlap"], lot["items"]) == (3, 0.2, 10)


def test_the_queue_holds_what_was_assigned(project: Project) -> None:
    assign(project, make_plan(project, AssignOptions(("ann",), size=3, seed=1)))
    mine = {g.id for g in project.store.items.assigned("ann")}
    assert len(mine) == 3
    first = project.store.items.next_open("ann")
    assert first is not None
    assert first.id in mine


def test_the_next_lot_holds_only_what_nobody_has(project: Project) -> None:
    done(project.store, item_ids(project.store)[0], "zed")
    for _ in range(2):
        assign(project, make_plan(project, AssignOptions(("ann", "bea"), size=8, with_copies=True)))
    plan = make_plan(project, AssignOptions(("ann", "bea"), with_copies=True))
    assert plan.items == 20 - 1 - 16
    rows = project.store.rounds.assigned()
    assert len({(r.annotator, r.item) for r in rows}) == len(rows) == 16


def test_a_second_reading_is_of_what_one_alone_has_done(project: Project) -> None:
    items = item_ids(project.store)
    for item in items[:4]:
        done(project.store, item, "ann")
    done(project.store, items[0], "bea")
    plan = make_plan(project, AssignOptions(("cem",), second_of="ann"))
    assert [g.item for g in plan.given] == items[1:4]
    with pytest.raises(CurateError, match="second time"):
        make_plan(project, AssignOptions(("ann",), second_of="ann"))


def test_what_idle_people_left_open_is_taken_over(project: Project) -> None:
    assign(project, make_plan(project, AssignOptions(("ann", "bea"), size=4)), now=lambda: MAY)
    busy = project.store.items.assigned("bea")[0].id
    done(project.store, busy, "bea", at="2024-05-30T10:00:00.000+00:00")
    plan = make_plan(project, AssignOptions(("bea", "cem"), abandoned=14), now=lambda: JUNE)
    assert {g.reason for g in plan.given} == {"from ann"}
    assign(project, plan, now=lambda: JUNE)
    assert not project.store.items.assigned("ann")
    assert len(project.store.rounds.assigned()) == 4


GUN = Mention("m1", Span(0, 4), "Group")
TOWN = Mention("m2", Span(5, 9), "Site")


def test_an_item_given_again_is_blank_and_the_first_answer_is_kept(project: Project) -> None:
    item = item_ids(project.store)[0]
    done(project.store, item, "ann", GUN, TOWN)
    options = AssignOptions(("ann",), repeat=1.0, after=14)
    assert not make_plan(project, options, now=lambda: MAY).given
    assign(project, make_plan(project, options, now=lambda: JUNE), now=lambda: JUNE)
    opened = project.store.items.next_open("ann")
    assert opened is not None
    assert opened.id == item
    assert project.store.annotations.get(item, "ann") == Annotation("ann", opened.span)
    [reading] = project.store.rounds.of_document(opened.document)
    assert reading.annotation.mentions == (GUN, TOWN)
    assert (reading.round, reading.closed) == (1, MAY)
    assert project.store.journal.replay(item, "ann") == Annotation("ann", opened.span)


def test_undo_does_not_reach_behind_an_item_that_was_given_again(project: Project) -> None:
    item = item_ids(project.store)[0]
    session = Annotating(project, "ann")
    session.finish()
    plan = make_plan(project, AssignOptions(("ann",), repeat=1.0, after=0), now=lambda: AFTERWARDS)
    assign(project, plan, now=lambda: AFTERWARDS)
    again = Annotating(project, "ann")
    assert again.view.item.id == item
    with pytest.raises(EditRefused):
        again.undo()
    again.finish()
    assert project.store.annotations.get(item, "ann").status is Status.DONE


@pytest.mark.parametrize("assigned", [True, False])
def test_a_repeat_changes_nothing_about_what_else_an_annotator_has_to_do(
    project: Project, assigned: bool
) -> None:
    items = item_ids(project.store)
    if assigned:
        assign(project, make_plan(project, AssignOptions(("ann",), size=3)), now=lambda: MAY)
    done(project.store, items[0], "ann")
    left = project.store.items.left("ann")
    plan = make_plan(project, AssignOptions(("ann",), repeat=1.0), now=lambda: JUNE)
    assign(project, plan, now=lambda: JUNE)
    assert project.store.items.left("ann") == (left[0] + 1, left[1])


def test_until_it_is_done_again_the_first_answer_counts_then_both_are_compared(
    project: Project,
) -> None:
    item = item_ids(project.store)[0]
    done(project.store, item, "ann", GUN, TOWN)
    done(project.store, item, "bea", GUN, TOWN)
    plan = make_plan(project, AssignOptions(("ann",), repeat=1.0), now=lambda: JUNE)
    assign(project, plan, now=lambda: JUNE)
    before = compare_project(project, AgreementOptions()).report
    assert before.items == 1
    assert before.figures["mentions"].value == 1
    assert not before.again
    done(project.store, item, "ann", GUN, at=JUNE)
    after = compare_project(project, AgreementOptions()).report
    assert after.figures["mentions"].value == pytest.approx(2 / 3)
    assert after.again["ann"].figures["mentions"].value == pytest.approx(2 / 3)
    assert not make_plan(project, AssignOptions(("ann",), repeat=1.0), now=lambda: JULY).given


def test_work_under_two_guidelines_is_not_compared_unless_asked(project: Project) -> None:
    item = item_ids(project.store)[0]
    begin_version(project, "1", now=lambda: "2024-04-01T00:00:00.000+00:00")
    done(project.store, item, "ann")
    begin_version(project, "2", now=lambda: "2024-05-15T00:00:00.000+00:00")
    done(project.store, item, "bea", at=JUNE)
    found = compare_project(project, AgreementOptions()).report
    assert (found.items, found.attendance.versions_differ) == (0, 1)
    assert compare_project(project, AgreementOptions(mix_versions=True)).report.items == 1
    assert [name for _, name in versions(project)] == ["1", "2"]
    with pytest.raises(CurateError, match="in force"):
        begin_version(project, "2")


def test_work_is_told_apart_by_day_and_batch(project: Project) -> None:
    items = item_ids(project.store)
    assign(project, make_plan(project, AssignOptions(("ann", "bea"), each=2, size=2, batch="one")))
    for name in ("ann", "bea"):
        done(project.store, items[0], name, at=MAY)
        done(project.store, items[1], name, at=JUNE)
        done(project.store, items[5], name, at=JULY)

    def count(**options: object) -> int:
        return compare_project(project, AgreementOptions(**options)).report.items  # type: ignore[arg-type]  # checked by the calls

    assert count() == 3
    assert count(since="2024-06-01") == 2
    assert count(until="2024-06-01") == 2
    assert count(since="2024-05-02", until="2024-06-30") == 1
    assert count(batches=frozenset({"one"})) == 2
    with pytest.raises(CurateError, match="no batch two"):
        count(batches=frozenset({"two"}))


def test_gold_is_no_annotator_unless_it_is_asked_for(project: Project) -> None:
    item = item_ids(project.store)[0]
    for name in ("ann", "bea", "gold"):
        done(project.store, item, name, GUN)
    found = compare_project(project, AgreementOptions())
    assert [(p.first, p.second) for p in found.report.pairs] == [("ann", "bea")]
    assert found.notes
    asked = compare_project(project, AgreementOptions(annotators=frozenset({"ann", "gold"})))
    assert asked.report.items == 1
    assert not asked.notes


def test_what_was_imported_has_no_time_of_its_own(project: Project) -> None:
    item = item_ids(project.store)[0]
    for name in ("ann", "bea"):
        done(project.store, item, name, undoable=False)
    assert compare_project(project, AgreementOptions()).report.items == 1
    assert compare_project(project, AgreementOptions(since="2000-01-01")).report.items == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (AssignOptions(()), "nobody is named"),
        (AssignOptions(("a", "a")), "named twice"),
        (AssignOptions(("gold",)), "no person"),
        (AssignOptions(("a",), each=2), "2 annotators"),
        (AssignOptions(("a", "b"), overlap=20), "between 0 and 1"),
        (AssignOptions(("a",), overlap=0.2), "needs two"),
    ],
)
def test_wishes_that_cannot_be_met_are_refused(
    project: Project, options: AssignOptions, message: str
) -> None:
    with pytest.raises(CurateError, match=message):
        make_plan(project, options)


def test_everything_given_can_be_had_as_json(project: Project) -> None:
    plan = make_plan(project, AssignOptions(("ann", "bea"), each=2, size=1))
    assert plan.as_json()["items"] == 1
    assign(project, plan)
    found = assignments_as_json(project)
    assert [row["annotator"] for row in found["items"]] == ["ann", "bea"]  # type: ignore[attr-defined]  # JSON
