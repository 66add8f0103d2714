from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

import pytest

from curate.errors import WorldError
from curate.project.syncing import CURRENT, Act, Action, Direction, Outcome, Plan, Question, Side
from curate.store.remote import RemoteAnswer, RemoteTask
from curate.tui.screens.sync import SyncScreen
from tests.tui.watching import SMALL, annotate, press, rows, shows, workbench

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from curate.project.annotating import Annotating
    from curate.tui.screens.sync import Progress

WAIT = 20.0


@dataclass
class Recorded:
    """Both sides as a recording: what a look and a sync come to."""

    plan: Plan = field(default_factory=Plan)
    outcome: Outcome = field(default_factory=Outcome)
    error: WorldError | None = None
    go: Event = field(default_factory=Event)
    """A sync waits for it."""
    synced: list[Direction] = field(default_factory=list)
    is_stopped: bool = False

    def look(self, progress: Progress) -> Plan:
        progress(1, 1, "looking")
        if self.error is not None:
            raise self.error
        return self.plan

    def sync(self, direction: Direction, progress: Progress) -> Outcome:
        self.synced.append(direction)
        progress(400, 1_000, "syncing")
        assert self.go.wait(WAIT)
        return self.outcome

    def stop(self) -> None:
        self.is_stopped = True
        self.go.set()


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch, session: Annotating) -> Recorded:
    """A project that is synced with something, and what the other side is said to hold."""
    store = session.project.store
    link = store.remotes.add("https://label.example.org", 7, "War news")
    store.settings[CURRENT] = link.number
    made = Recorded()

    def apart(path: Path) -> Recorded:
        assert path == session.project.path
        return made

    monkeypatch.setattr("curate.project.syncing_apart.Apart", apart)
    return made


def ask(session: Annotating, question: Question, annotator: str = "a1") -> str:
    """Leave a question about the second item, as a sync does; return the item."""
    store = session.project.store
    item = store.items.at(2)
    assert item is not None
    store.remotes.put_tasks(1, [RemoteTask(item.id, 11, None)])
    answer = RemoteAnswer(item.id, annotator, 5, None, "x", "y", question.value)
    store.remotes.put_answers(1, [answer])
    return item.id


async def opened(pilot: Pilot[None]) -> SyncScreen:
    """Open the screen by its key, and wait until both sides were looked at."""
    await press(pilot, "f5")
    screen = pilot.app.screen
    assert isinstance(screen, SyncScreen)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


async def test_a_project_synced_with_nothing_says_how_to_begin(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "curate sync login")
        await press(pilot, "s", "escape")
        assert pilot.app.screen is annotate(pilot)


async def test_it_shows_what_would_go_and_come_before_anything_does(
    session: Annotating, recorded: Recorded
) -> None:
    push = [Action(Act.PUSH, f"i{n}", "a1") for n in range(3)]
    recorded.plan = Plan((Action(Act.TASK, "i1"), *push, Action(Act.PULL, "i9", "a2")))
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        text = "\n".join(rows(pilot))
        assert text.index("Goes there") < text.index("annotations: 3") < text.index("Comes here")
        assert "new tasks, with candidates: 1" in text
        assert "project 7: War news" in text
        assert recorded.synced == []


async def test_keys_are_answered_while_a_sync_waits_for_the_server(
    session: Annotating, recorded: Recorded
) -> None:
    recorded.outcome.counts = Counter({Act.PULL: 2})
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "s")
        await pilot.pause(0.1)
        assert shows(pilot, "syncing 400 of 1000")
        await press(pilot, "s", "down")
        assert recorded.synced == [Direction.BOTH], "a second one does not begin"
        recorded.go.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert shows(pilot, "Done")
        assert shows(pilot, "annotations: 2")


async def test_leaving_stops_what_is_under_way(session: Annotating, recorded: Recorded) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "c", "escape")
        await pilot.app.workers.wait_for_complete()
        assert pilot.app.screen is annotate(pilot)
        assert recorded.is_stopped
        assert recorded.synced == [Direction.PULL]


@pytest.mark.parametrize(("key", "side"), [("h", Side.HERE), ("t", Side.THERE)])
async def test_a_question_is_answered_by_a_key_and_kept_for_the_next_sync(
    session: Annotating, recorded: Recorded, key: str, side: Side
) -> None:
    item = ask(session, Question.GONE_THERE)
    recorded.plan = Plan((Action(Act.REMIND, item, "a1", Question.GONE_THERE),))
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "item 2 · a1 · deleted in Label Studio, still here")
        await press(pilot, "h" if key == "t" else "t", key)  # one may think again
        assert shows(pilot, f"what is {side} ✓")
    (kept,) = session.project.store.remotes.asked_answers(1)
    assert kept.keep == side.value


async def test_what_was_only_looked_at_is_not_decided_yet(
    session: Annotating, recorded: Recorded
) -> None:
    item = session.view.item.id
    recorded.plan = Plan((Action(Act.CONFLICT, item, "a1", Question.CONFLICT),))
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "h")
        assert shows(pilot, "s first")
    assert session.project.store.remotes.asked_answers(1) == []


async def test_enter_goes_to_the_item_of_a_question(
    session: Annotating, recorded: Recorded
) -> None:
    item = ask(session, Question.CONFLICT)
    recorded.plan = Plan((Action(Act.REMIND, item, "a1", Question.CONFLICT),))
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        assert session.view.item.id == item
        assert pilot.app.screen is annotate(pilot)


async def test_gold_cannot_be_replaced_from_there(session: Annotating, recorded: Recorded) -> None:
    item = ask(session, Question.CONFLICT, "=gold")
    recorded.plan = Plan((Action(Act.REMIND, item, "=gold", Question.CONFLICT),))
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "item 2 · gold")
        await press(pilot, "t")
        assert shows(pilot, "gold is made here")


async def test_what_went_wrong_is_said_and_it_can_be_tried_again(
    session: Annotating, recorded: Recorded
) -> None:
    recorded.error = WorldError("https://label.example.org: it cannot be connected to", "try later")
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "it cannot be connected to")
        recorded.error = None
        await press(pilot, "r")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert shows(pilot, "nothing: both sides say the same")


async def test_it_speaks_arabic(session: Annotating, recorded: Recorded) -> None:
    item = ask(session, Question.TASK_GONE)
    recorded.plan = Plan(
        (Action(Act.PUSH, item, "a1"), Action(Act.REMIND, item, "", Question.TASK_GONE))
    )
    async with workbench(session, language="ar").run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "يُرسَل")
        assert shows(pilot, "المهمة · حُذفت مهمته في Label Studio")
