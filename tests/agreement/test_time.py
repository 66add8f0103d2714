"""Agreement over time, and of annotators with themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.agreement.collect import Selection, collect
from curate.agreement.intervals import Drawing, Interval
from curate.agreement.report import Report, report
from curate.agreement.score import NotComputable
from curate.agreement.showing import as_json, table
from curate.agreement.states import DocumentWork, Work
from curate.model.annotation import Status
from tests.agreement.test_states import EMPTY, GUN, WHOLE

OTHER = replace(WHOLE, annotator="bea")
LESS = replace(OTHER, mentions=(GUN,), frames=())


def dated(days: int, worse_from: int) -> list[DocumentWork]:
    """A document a day; from some day on, the second annotator finds half of it."""
    return [
        DocumentWork(
            f"d{day:03}",
            (
                Work(WHOLE, at=f"2026-01-01T{day:04}"),
                Work(LESS if day >= worse_from and day % 4 else OTHER, at=f"2026-01-02T{day:04}"),
            ),
        )
        for day in range(days)
    ]


def reported(works: list[DocumentWork], window: int | None = None) -> Report:
    """The report with windows of that size."""
    return report(collect(works, Selection()), Drawing(200), window)


def test_work_is_cut_into_windows_of_time_and_each_is_held_against_the_first() -> None:
    found = reported(dated(60, 40), window=20).windows
    assert [w.items for w in found] == [20, 20, 20]
    assert [w.first for w in found] == [f"2026-01-02T{day:04}" for day in (0, 20, 40)]
    assert [w.values["mentions"][0] for w in found[:2]] == [1, 1]
    assert not found[0].changes
    steady, worse = (w.changes["mentions"] for w in found[1:])
    assert not steady.is_sure
    assert worse.is_sure
    assert isinstance(worse.interval, Interval)
    assert worse.interval.high < 0
    shown = table(reported(dated(60, 40), window=20))
    assert f"{found[2].values['mentions'][0]:.3f}*" in shown


def test_windows_hold_fifty_items_unless_told_and_what_is_left_goes_to_the_last() -> None:
    assert [w.items for w in reported(dated(130, 200)).windows] == [50, 80]


def test_without_times_or_with_little_work_there_are_no_windows() -> None:
    assert reported(dated(60, 60)).windows == ()
    untimed = [replace(w, works=tuple(replace(x, at="") for x in w.works)) for w in dated(99, 99)]
    assert reported(untimed, window=10).windows == ()


def test_a_second_reading_by_the_same_annotator_measures_their_steadiness() -> None:
    works = [
        DocumentWork(f"d{n}", (Work(WHOLE), Work(replace(WHOLE, mentions=(GUN,), frames=()))))
        for n in range(3)
    ]
    found = reported(works)
    assert found.items == 0
    assert list(found.again) == ["ann"]
    assert found.again["ann"].items == 3
    assert found.again["ann"].figures["mentions"].value == pytest.approx(2 / 3)
    assert as_json(found)["again"]


def test_a_second_reading_that_is_not_done_or_of_another_version_does_not_count() -> None:
    draft = DocumentWork("d", (Work(WHOLE), Work(replace(WHOLE, status=Status.DRAFT))))
    newer = DocumentWork("e", (Work(WHOLE, "1"), Work(WHOLE, "2")))
    assert not reported([draft, newer]).again


def test_help_means_that_candidates_were_shown_where_that_was_recorded() -> None:
    works = [
        DocumentWork(
            f"d{n}", (Work(WHOLE), Work(OTHER if n % 2 else LESS)),
            hidden=frozenset() if n % 2 else frozenset({WHOLE.item}),
        )
        for n in range(40)
    ]  # fmt: skip
    found = reported(works).help
    assert (found.badge, found.is_controlled, found.assisted) == ("mixed", True, 20)
    value, interval = found.differences["mentions"]
    assert value == pytest.approx(1 / 3)
    assert not isinstance(interval, NotComputable)
    assert interval.low > 0
    assert "candidates shown and hidden" in table(reported(works))


def test_two_who_found_nothing_twice_have_no_figure() -> None:
    found = reported([DocumentWork("d", (Work(EMPTY), Work(EMPTY)))])
    assert isinstance(found.again["bea"].figures["mentions"].value, NotComputable)
