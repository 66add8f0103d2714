"""The short run of the power cuts, and a clock that is set back."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from curate.project.annotating import Annotating
from curate.project.auditing import audit
from curate.project.merging import merge
from curate.project.opening import open_project
from curate.project.safekeeping import back_up
from tests.chaos.kills import make_project
from tests.chaos.power import Disk, _decide, between, cut_the_power

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_a_power_cut_takes_no_acknowledged_decision_and_leaves_no_half(tmp_path: Path) -> None:
    tally = cut_the_power(tmp_path, decisions=40, cuts=3, seed=4)
    assert tally.is_clean, str(tally)
    assert tally.in_transfer > 3


def test_a_disk_that_forgets_what_it_confirmed_would_be_caught(tmp_path: Path) -> None:
    path = make_project(tmp_path / "p.curate", 1)
    draw = random.Random(1)
    with open_project(path) as project:
        session = Annotating(project, "a1")
        _decide(session, draw)
        empty = replace(Disk.of(path), log=b"")
        kept = project.store.journal.count()
    victim = tmp_path / "cut" / "p.curate"
    victim.parent.mkdir()
    empty.put(victim)
    with open_project(victim) as project:
        assert project.store.journal.count() < kept


def test_a_cut_holds_only_old_and_new_sectors() -> None:
    old, new = Disk(b"a" * 2048, b"x" * 1024), Disk(b"a" * 2048, b"y" * 4096)
    for seed in range(30):
        cut = between(old, new, random.Random(seed))
        assert cut.project == old.project
        sectors = {cut.log[n : n + 512] for n in range(0, len(cut.log) - 511, 512)}
        assert sectors <= {b"x" * 512, b"y" * 512, b"\0" * 512}


def test_a_clock_that_is_set_back_costs_no_decision(tmp_path: Path) -> None:
    """Order comes from the journal's numbers, never from the time of day."""
    path = make_project(tmp_path / "here.curate", 2)
    hours = count(23, -1)

    def backwards() -> str:
        return f"2024-05-01T{next(hours) % 24:02}:00:00.000+00:00"

    with open_project(path) as project:
        other = back_up(project, tmp_path / "there.curate")
    with open_project(other) as project:
        session = Annotating(project, "a1", now=backwards)
        draw = random.Random(2)
        for _ in range(12):
            _decide(session, draw)
        wanted = session.view.annotation
        for _ in range(3):
            session.undo()
        for _ in range(3):
            session.redo()
        assert session.view.annotation == wanted
        item = session.view.item.id
        assert not list(audit(project))
    with open_project(path) as project:
        assert not merge(project, other).conflicts
        assert project.store.annotations.get(item, "a1") == wanted
        assert not list(audit(project))
        again = Annotating(project, "a1")
        again.undo()
        assert not list(audit(project))
