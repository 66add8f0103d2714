"""Kill a workbench at random moments, and hold its project against what the screen had said."""

from __future__ import annotations

import random
import shutil
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.project.opening import create_project
from curate.store.store import Store
from tests.chaos.lives import Life, Nursery
from tests.chaos.oracle import KEYS, Oracle, comparable
from tests.tui.projects import AT, long_document

if TYPE_CHECKING:
    from pathlib import Path

    from tests.chaos.lives import Headline

ONWARDS = {
    "accept": 9, "reject": 4, "accept_all": 2, "skip": 1, "finish": 1, "next_atom": 1,
    "start_back": 2, "proclitic": 1,
}  # fmt: skip
"""Keys that never come back to a headline that was shown before, with their weights."""
BOTH_WAYS = {**ONWARDS, "undo": 5, "redo": 3, "end_forward": 1, "start_forward": 1}


@dataclass(slots=True)
class Tally:
    """What came of the kills."""

    kills: int = 0
    keys: int = 0
    """Keys sent."""
    acknowledged: int = 0
    """Keys whose outcome the screen had shown before the end."""
    decisions: int = 0
    """Rows in the journal."""
    lost: int = 0
    """Acknowledged keys whose rows are missing."""
    torn: int = 0
    """Lives after which the journal is not what some whole number of keys leaves."""
    repairs: int = 0
    """Projects that could not be opened and used at once, or that contradict themselves."""

    def __str__(self) -> str:
        return (
            f"{self.kills:,} kills, {self.keys:,} keys, {self.acknowledged:,} acknowledged, "
            f"{self.decisions:,} decisions: {self.lost} lost, {self.torn} torn, "
            f"{self.repairs} projects in need of repair"
        )

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.torn or self.repairs)


def make_project(path: Path, documents: int, sentences: int = 8) -> Path:
    """A project of invented documents with candidates, all different."""
    with create_project(path) as made:
        intake_of, found = long_document(sentences)
        for number in range(documents):
            text = f"{intake_of.text}\n{number}"
            document = replace(intake_of, id=f"d{number}", text=text)
            made.store.documents.add([document], made.unit, at=AT)
            made.store.candidates.put(document.id, "test/1", found, at=AT)
    return path


class Killer:
    """Lives and deaths on one project."""

    def __init__(self, folder: Path, seed: int, *, documents: int = 60) -> None:
        self._chance = random.Random(seed)
        self._copy = folder / "copy.curate"
        self._project = make_project(folder / "work.curate", documents)
        self.tally = Tally()
        self._rows = 0

    def kill_one(self, nursery: Nursery) -> None:
        """Let one workbench live for a moment, end it, and check the project."""
        shutil.copyfile(self._project, self._copy)
        oracle = Oracle(self._copy)
        try:
            with Life(nursery, self._project) as life:
                acknowledged = self._live(life, oracle)
            self._check(oracle, acknowledged)
        finally:
            oracle.close()
        self.tally.kills += 1

    # ------------------------------------------------------------------ living

    def _live(self, life: Life, oracle: Oracle) -> int:
        """Press keys until the kill; return how many of them the screen acknowledged."""
        kind = self._chance.random()
        if kind < 0.1:  # killed while it starts
            life.read_until(lambda: False, self._chance.uniform(0, 0.6))
            life.kill()
            return 0
        first = oracle.headlines[0]
        started = life.read_until(lambda: first in life.headlines())
        assert started, f"no workbench appeared: {life.written[-2000:]!r}"
        if kind < 0.6:
            return self._stream(life, oracle)
        return self._answer_by_answer(life, oracle)

    def _stream(self, life: Life, oracle: Oracle) -> int:
        """Keys come in bursts, and nobody waits for answers."""
        shown = len(life.written)
        end = time.monotonic() + self._chance.uniform(0.0, 0.6)
        while time.monotonic() < end:
            for command in self._some(ONWARDS, self._chance.randint(1, 4)):
                oracle.press(command)
                life.type(KEYS[command])
                self.tally.keys += 1
            life.read(self._chance.uniform(0, 0.05))
        life.kill()
        return _acknowledged(oracle.headlines, set(life.headlines(shown)))

    def _answer_by_answer(self, life: Life, oracle: Oracle) -> int:
        """Each key waits for the screen; the kill comes right behind the last one."""
        acknowledged = 0
        for command in self._some(BOTH_WAYS, self._chance.randint(1, 12)):
            shown = len(life.written)
            last = oracle.headlines[-1]
            wanted = oracle.press(command)
            life.type(KEYS[command])
            self.tally.keys += 1
            if wanted == last:  # this one changes nothing that the headline tells
                continue
            if not life.read_until(lambda: life.headlines(shown)[-1:] == [wanted], 10.0):  # noqa: B023
                break
            acknowledged = len(oracle.headlines) - 1
        command = self._some(BOTH_WAYS, 1)[0]
        oracle.press(command)
        life.type(KEYS[command])
        self.tally.keys += 1
        life.read(self._chance.uniform(0, 0.02))
        life.kill()
        return acknowledged

    def _some(self, weights: dict[str, int], count: int) -> list[str]:
        return self._chance.choices(list(weights), list(weights.values()), k=count)

    # ------------------------------------------------------------------ checking

    def _check(self, oracle: Oracle, acknowledged: int) -> None:
        """Open the project as anybody would, and hold it against the keys."""
        with Store.open(self._project) as store:
            count = store.journal.count() - self._rows
            rows = store.journal.history(limit=count)[::-1] if count else []
            said = comparable(rows)
            expected = oracle.journal()
            self.tally.lost += count < oracle.rows[acknowledged]
            whole = {n for n in oracle.rows if n >= oracle.rows[acknowledged]}
            self.tally.torn += count not in whole or said != expected[:count]
            touched = {(row.item, row.annotator) for row in rows}
            self.tally.repairs += not _is_sound(store, touched)
        self._rows += count
        self.tally.acknowledged += acknowledged
        self.tally.decisions = self._rows
        leftovers = {p.name for p in self._project.parent.glob("work.curate*")}
        self.tally.repairs += leftovers != {"work.curate"}


def _acknowledged(expected: list[Headline], seen: set[Headline]) -> int:
    """The most keys that must have been done when one of the headlines was painted."""
    first: dict[Headline, int] = {}
    for keys, headline in enumerate(expected):
        first.setdefault(headline, keys)
    return max((keys for headline, keys in first.items() if headline in seen), default=0)


def _is_sound(store: Store, touched: set[tuple[str, str]]) -> bool:
    """Whether SQLite has no complaint, and the state is what the journal tells."""
    connection = store._connection
    if connection.value("PRAGMA quick_check") != "ok":
        return False
    if connection.rows("PRAGMA foreign_key_check"):
        return False
    return all(
        store.annotations.get(item, who) == store.journal.replay(item, who) for item, who in touched
    )


def kill(
    folder: Path,
    kills: int,
    *,
    seed: int = 0,
    minutes: float = 600.0,
    manners: tuple[str, ...] = (),
) -> Tally:
    """Kill so many workbenches, or as many as the time allows."""
    end = time.monotonic() + minutes * 60
    killer = Killer(folder, seed, documents=20 + kills // 2)
    with Nursery(folder, *manners) as nursery:
        while killer.tally.kills < kills and time.monotonic() < end:
            killer.kill_one(nursery)
    return killer.tally
