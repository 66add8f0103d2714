"""Annotators see where gold says otherwise, if the lead allows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.adjudication.stories import Cell, How, Story
from curate.agreement.evidence import Difference
from curate.errors import CurateError
from curate.model.annotation import Annotation, Mention, Status
from curate.model.span import Span
from curate.project.feedback import (
    allow,
    difference_lines,
    differing,
    everybody,
    feedback_as_json,
    feedback_for,
    precision,
    recall,
    summary_lines,
)
from curate.project.opening import Project
from curate.store.gold import GoldRow
from tests.small import small_schema
from tests.store.building import NOW, decided, item_ids, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUN = Mention("m1", Span(0, 4), "Group")
TOWN = Mention("m2", Span(5, 12), "Site")
WIDE = replace(TOWN, span=Span(5, 16))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two sentences that ann has done, with gold: the first disputed, the second unanimous."""
    path = tmp_path / "w.curate"
    with Project(path, small_schema(), store(path, sentences=3)) as made:
        one, two, _ = item_ids(made.store)
        work: list[tuple[str, tuple[Mention, ...], tuple[Mention, ...], How]] = [
            (one, (GUN, WIDE), (TOWN,), How.RULED),
            (two, (), (), How.UNANIMOUS),
        ]
        for item, theirs, settled, how in work:
            blank = made.store.annotations.get(item, "ann")
            after = replace(blank, status=Status.DONE, mentions=theirs)
            made.store.journal.write(decided(made.store, item, after))
            said = Annotation("gold", blank.item, Status.DONE, settled)
            story = Story("m2", Cell.MENTION, how).parts()
            made.store.gold.put(GoldRow(item, said, 0, [story], NOW))
        yield made


def test_until_the_lead_allows_it_nothing_is_shown(project: Project) -> None:
    with pytest.raises(CurateError, match="has not opened feedback"):
        feedback_for(project, "ann")
    allow(project, allowed=True)
    assert feedback_for(project, "ann").items == 2
    allow(project, allowed=False)
    with pytest.raises(CurateError, match="has not opened feedback"):
        feedback_for(project, "ann")


def test_what_gold_says_otherwise_is_told_with_both_readings(project: Project) -> None:
    allow(project, allowed=True)
    found = feedback_for(project, "ann")
    told = {(d.difference, d.first is None, d.second is None) for d in found.differences}
    assert told == {(Difference.MISSED, False, True), (Difference.BOUNDARY, False, False)}
    lines = list(difference_lines(project, found))
    assert any(line.strip().startswith("you") and "[Group]" in line for line in lines)
    assert any(line.strip() == "gold  nothing" for line in lines)
    assert feedback_as_json(found)["items"] == 2


def test_precision_and_recall_are_against_gold_disputed_items_apart(project: Project) -> None:
    [found] = everybody(project)
    assert (found.items, found.disputed) == (2, 1)
    mentions = found.figures["mentions"]
    assert (mentions.all.matched, mentions.all.first, mentions.all.second) == (0, 2, 1)
    assert precision(mentions.disputed) == 0
    assert recall(mentions.disputed) == 0
    assert "disputed items" in "\n".join(summary_lines([found]))


def test_gold_with_open_cases_and_work_that_is_not_done_does_not_count(project: Project) -> None:
    one, _two, three = item_ids(project.store)
    row = project.store.gold.get(one)
    assert row is not None
    project.store.gold.put(replace(row, open=1))
    span = project.store.annotations.get(three, "ann").item
    said = Annotation("gold", span, Status.DONE, (GUN,))
    project.store.gold.put(GoldRow(three, said, 0, [], NOW))
    assert everybody(project)[0].items == 1


def test_items_come_newest_first_and_the_search_can_be_broken_off(project: Project) -> None:
    with pytest.raises(CurateError, match="has not opened feedback"):
        next(differing(project, "ann"))
    allow(project, allowed=True)
    one, two, _ = item_ids(project.store)
    row = project.store.gold.get(two)
    assert row is not None
    missed = replace(TOWN, span=project.store.annotations.get(two, "ann").item)
    said = replace(row.annotation, mentions=(missed,))
    project.store.gold.put(replace(row, annotation=said, at=f"{NOW}9"))
    found = list(differing(project, "ann"))
    assert [d.gold.item.id for d in found] == [two, one]
    assert [(d.position, len(d.places)) for d in found] == [(2, 1), (1, 2)]
    together = [place for d in reversed(found) for place in d.places]
    assert together == feedback_for(project, "ann").differences
    assert list(differing(project, "nobody")) == []
    assert list(differing(project, "ann", stopped=lambda: True)) == []


def test_who_is_not_there_is_told_who_is(project: Project) -> None:
    allow(project, allowed=True)
    with pytest.raises(CurateError, match="there is no annotator bea"):
        feedback_for(project, "bea")


def test_without_gold_there_is_nothing_to_say() -> None:
    assert "no gold yet" in next(iter(summary_lines([])))
