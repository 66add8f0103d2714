"""Syncs through a proxy that breaks things, until so many faults were done; then who lost what."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from unittest import mock

from curate.errors import WorldError
from curate.model.ids import new_id
from curate.project.syncing import Direction, Remote, link, linked, look, sync
from curate.sync.addresses import parse_address
from curate.sync.http import Limits
from tests.labelstudio.proxy import Fault, FaultProxy, at_random
from tests.labelstudio.sides import add, drawn, edited_there, made, said, say, wrongs

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import httpx

    from curate.model.annotation import Annotation
    from curate.project.opening import Project
    from tests.labelstudio.server import Address
    from tests.labelstudio.sides import Case, Pair

TRIES = 60
"""How often a sync that was broken off is run again."""
BATCH = 3
"""Items of a batch: many imports, each of which may meet a fault."""
ROUNDS = 4
"""Syncs of one project, with work on both sides between them."""
EDITS = 3
"""Annotations that are changed on the server between two syncs."""
LIMITS = Limits(seconds=60.0, size=1 << 28, attempts=3)


@dataclass(slots=True)
class Tally:
    """What came of the faults."""

    faults: Counter[str] = field(default_factory=Counter)
    syncs: int = 0
    broken_off: int = 0
    wrongs: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Faults in all."""
        return self.faults.total()

    def __str__(self) -> str:
        return (
            f"{self.count:,} faults, {self.syncs:,} syncs, {self.broken_off:,} of them broken off: "
            f"{len(self.wrongs)} wrong"
        )


class Trouble:
    """One project, one server, and a proxy between them."""

    def __init__(self, folder: Path, address: Address, api: httpx.Client, number: int) -> None:
        self._folder = folder
        self._address = address
        self._api = api
        self._chance = random.Random(number)
        self._number = number
        self._expected: dict[Pair, Annotation] = {}
        self.tally = Tally()

    def run(self, faults: int, items: int = 20) -> Tally:
        """Make worlds and break them, until so many faults were done."""
        cases = drawn(items, number=self._number)
        with mock.patch("curate.sync.run.BATCH", BATCH):
            return self._worlds(cases, faults)

    def _worlds(self, cases: list[Case], faults: int) -> Tally:
        world = 0
        with FaultProxy(self._address.url) as proxy:
            while self.tally.count < faults and not self.tally.wrongs:
                world += 1
                path = self._folder / f"faults-{self._number}-{world}.curate"
                with made(path, ()) as project:
                    self._world(project, proxy, cases, faults)
        return self.tally

    def _world(self, project: Project, proxy: FaultProxy, cases: list[Case], faults: int) -> None:
        """Push everything, then change both sides and sync, with the proxy in the way."""
        self._expected = {}
        share = len(cases) // ROUNDS
        known = cases[:0]
        for step in range(ROUNDS):
            add(project, cases[step * share : (step + 1) * share])
            known = cases[: (step + 1) * share]
            if step:
                self._change(project, known)
            self._annotate(project, known[-share:], 0.7)
            self._under_fire(project, proxy)
            if self.tally.count >= faults:
                break
        self._check(project, known)

    def _change(self, project: Project, cases: list[Case]) -> None:
        """Let people work on both sides, never on the same annotation."""
        there = edited_there(self._api, _number(project), self._chance, EDITS)
        for pair, note in there.items():
            self._expected[pair] = replace(self._expected[pair], note=note)
        self._annotate(project, cases, 0.3, but=set(there))

    def _annotate(
        self, project: Project, cases: list[Case], share: float, but: Collection[Pair] = ()
    ) -> None:
        """Let annotators say something here, a new reading or for the first time."""
        for case in cases:
            if self._chance.random() < share:
                who = self._chance.choice(("a1", "a2"))
                reading = replace(self._chance.choice(case.readings), annotator=who)
                if (case.item, who) not in but:
                    say(project, case.item, reading)
                    self._expected[case.item, who] = reading

    def _under_fire(self, project: Project, proxy: FaultProxy) -> None:
        """Sync, again and again, until it goes through."""
        proxy.log.clear()
        proxy.choose = at_random(self._chance.randrange(1 << 30), writes=0.8, reads=0.45)
        for _ in range(TRIES):
            with self._remote(proxy.url) as remote:
                self.tally.syncs += 1
                try:
                    if linked(project) is None:
                        link(project, remote, create=f"faults {self._number}")
                    sync(project, remote)
                except WorldError:
                    self.tally.broken_off += 1
                else:
                    break
        else:
            self.tally.wrongs.append(f"no sync went through in {TRIES} tries")
        proxy.settle()
        if Fault.LATER in proxy.faults:  # it may have reached the server behind everything else
            with self._remote(self._address.url) as remote:
                sync(project, remote)
        self.tally.faults.update(d.fault.name for d in proxy.log if d.fault is not Fault.NONE)

    def _check(self, project: Project, cases: list[Case]) -> None:
        """Hold both sides against what was said, past curate and through a new copy."""
        number = _number(project)
        found = wrongs(project, self._api, number)
        found += [f"{p} is not what was said last" for p in _differ(self._expected, said(project))]
        path = self._folder / f"copy-{new_id()}.curate"
        with made(path, cases) as copy, self._remote(self._address.url) as remote:
            link(copy, remote, number=number)
            sync(copy, remote, Direction.PULL)
            found += [f"{p} is another there" for p in _differ(self._expected, said(copy))]
            found += [f"left to do: {a}" for a in look(project, remote)]
        self.tally.wrongs += found

    def _remote(self, url: str) -> Remote:
        return Remote(parse_address(url), self._address.token, limits=LIMITS, pause=lambda _: None)


def _number(project: Project) -> int:
    """Number of the project on the server."""
    current = linked(project)
    assert current is not None
    return current.project


def _differ(wanted: dict[Pair, Annotation], found: dict[Pair, Annotation]) -> list[Pair]:
    """Pairs of which not the same is said."""
    return [p for p in wanted.keys() | found.keys() if wanted.get(p) != found.get(p)]
