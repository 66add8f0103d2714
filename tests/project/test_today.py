from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from curate.project.annotating import Annotating
from curate.project.today import Today, local_midnight
from tests.small import TEXT
from tests.tui.projects import SECOND, project_of
from tests.tui.watching import press, rows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project

YESTERDAY, TODAY = "2026-03-01T20:00:00.000+00:00", "2026-03-02T08:00:00.000+00:00"
SINCE = "2026-03-02T00:00:00.000+00:00"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_of(tmp_path / "w.curate", TEXT, SECOND, TEXT + ".") as made:
        yield made


def test_only_what_was_done_today_counts(project: Project) -> None:
    Annotating(project, "amal", now=lambda: YESTERDAY).finish()
    session = Annotating(project, "amal", now=lambda: TODAY)
    session.skip("")
    session.next_open()
    session.add_mention(session.view.item.span, "Site")
    Annotating(project, "basim", now=lambda: TODAY).finish()
    made = Today(project, "amal", since=SINCE).progress(session.view.item.id)
    assert (made.items, made.decisions, made.left, made.total) == (1, 2, 1, 3)


def test_the_count_follows_each_decision_and_undo(project: Project) -> None:
    session = Annotating(project, "amal", now=lambda: TODAY)
    today, item = Today(project, "amal", since=SINCE), session.view.item.id
    counts = []
    for step in (session.finish, session.undo, session.redo, session.reopen, session.finish):
        step()
        counts.append(today.progress(item).items)
    assert counts == [1, 0, 1, 0, 1]


def test_what_is_left_is_left_of_the_items_assigned_and_of_the_batch(project: Project) -> None:
    first, second, third = (item.id for item in project.store.items.all())
    project.store.items.assign("amal", [first], at=TODAY, batch="one")
    project.store.items.assign("amal", [second, third], at=TODAY, batch="two")
    session = Annotating(project, "amal", now=lambda: TODAY)
    session.go_to(second)
    session.finish()
    made = Today(project, "amal", since=SINCE).progress(second)
    assert (made.left, made.total) == (2, 3)
    assert (made.batch, made.batch_left, made.batch_total) == ("two", 1, 2)


def test_today_begins_at_midnight_where_the_annotator_sits() -> None:
    now = datetime(2026, 3, 2, 13, 30, tzinfo=UTC)
    start = datetime.fromisoformat(local_midnight(lambda: now))
    assert timedelta() <= now - start < timedelta(days=1)
    assert start.astimezone().hour == 0


async def test_the_day_is_told_above_where_there_is_room_and_in_full_by_a_key(
    project: Project,
) -> None:
    session = Annotating(project, "amal")
    async with workbench(session).run_test(size=(130, 24)) as pilot:
        await pilot.pause()
        assert "today 0 · 3 left" in rows(pilot)[0]
        await press(pilot, "s", "p")
        assert "today 1 · 2 left" in rows(pilot)[0]
        assert "today: items 1, decisions 1" in rows(pilot)[-1]
        assert "2 of 3 left" in rows(pilot)[-1]
