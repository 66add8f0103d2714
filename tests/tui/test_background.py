"""Learning beside the annotator: it starts when due, blocks nothing, and fails aloud but once."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from curate.project.annotating import Annotating
from curate.project.learning import EVERY, SINCE, claimed, is_due, set_every
from curate.tui.background import BackgroundLearning, command
from tests.small import TEXT, proposals
from tests.tui.projects import AT, SECOND, project_of
from tests.tui.watching import rows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.model.candidate import Candidate

DONE = "pass"
FAILS = "import sys; sys.exit('curate: the disk is full')"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Annotating]:
    """Twelve finished items of thirteen; twelve are enough to learn from."""
    texts = [f"{SECOND} {number}" for number in range(12)]
    with project_of(tmp_path / "w.curate", *texts, TEXT) as project:
        made = Annotating(project, "amal")
        for _ in texts:
            made.finish()
            made.next_open()
        set_every(project, 12)
        yield made


class Beside:
    """Learning that runs a program of the test's, and what it told."""

    def __init__(self, session: Annotating, program: str) -> None:
        self.told: list[str] = []
        self.started: list[str] = []
        self.drawn = 0

        def run(path: str, item: str) -> list[str]:
            self.started.append(item)
            return [sys.executable, "-c", program]

        self.learning = BackgroundLearning(
            session, tell=self.told.append, redraw=self._draw, command=run
        )

    def _draw(self) -> None:
        self.drawn += 1

    def until(self, session: Annotating, state: str) -> None:
        """Look after it until the header says so."""
        deadline = time.monotonic() + 20
        while session.learning != state:
            assert time.monotonic() < deadline
            self.learning.tick()
            time.sleep(0.02)


def test_it_starts_when_enough_was_finished_and_says_when_it_is_over(session: Annotating) -> None:
    beside = Beside(session, DONE)
    beside.learning.tick()
    assert session.learning == "learning"
    assert beside.started == [session.view.item.id]
    beside.until(session, "learned")
    assert beside.told == []
    assert beside.drawn == 2


def test_it_does_not_start_when_switched_off_or_not_due(session: Annotating) -> None:
    beside = Beside(session, DONE)
    for every in (0, 13):
        set_every(session.project, every)
        beside.learning.tick()
    assert beside.started == []


def test_a_failure_is_told_once_and_tried_again_only_after_more_items(
    session: Annotating,
) -> None:
    beside = Beside(session, FAILS)
    beside.learning.tick()
    beside.until(session, "")
    for _ in range(3):
        beside.learning.tick()
    assert beside.told == ["the disk is full"]
    assert len(beside.started) == 1
    session.finish()
    beside.learning.tick()
    beside.until(session, "")
    assert len(beside.started) == 2


def test_a_program_that_is_not_there_is_a_failure_too(session: Annotating) -> None:
    told: list[str] = []
    learning = BackgroundLearning(
        session, tell=told.append, redraw=lambda: None, command=lambda *_: ["/no/such/program"]
    )
    learning.tick()
    assert len(told) == 1


def test_only_one_process_learns_at_a_time(session: Annotating) -> None:
    assert is_due(session.project)
    with claimed(session.project) as first, claimed(session.project) as second:
        assert (first, second) == (True, False)
        assert not is_due(session.project)
    assert is_due(session.project)
    session.project.store.settings[SINCE] = time.time() - 10_000
    assert is_due(session.project)


def test_new_candidates_appear_when_another_item_is_opened(session: Annotating) -> None:
    store, item = session.project.store, session.view.item
    mentions, _ = proposals()
    found: list[Candidate] = [*mentions]
    store.candidates.put(item.document, "new/1", found, at=AT)
    session.expect_new_candidates()
    before = session.view
    session.set_note("still here")
    assert session.view.frames == before.frames
    session.previous()
    session.next()
    assert {m.id for m in session.view.mentions} >= {m.id for m in mentions}


def test_the_command_keeps_the_item_on_the_screen() -> None:
    words = command("/a/b.curate", "d1:0-9")
    assert words[1:] == ["-m", "curate", "-p", "/a/b.curate", "learn", "--if-due", "--gently",
                         "--keep", "d1:0-9"]  # fmt: skip


def test_the_setting_is_kept(session: Annotating) -> None:
    set_every(session.project, 7)
    assert session.project.store.settings.get(EVERY) == 7


async def test_the_line_above_says_so_quietly(session: Annotating) -> None:
    async with workbench(session).run_test(size=(130, 24)) as pilot:
        session.learning = "learning"
        session.next()
        await pilot.press("tab")
        await pilot.pause()
        assert "learning …" in rows(pilot)[0]
