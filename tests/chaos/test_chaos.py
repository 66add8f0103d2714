"""The short run of `make chaos`: kills, crowds, full disks, files that may not be written."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from tests.chaos.crowd import gather
from tests.chaos.disks import fill_the_disk, forbid_to_write
from tests.chaos.kills import kill, make_project
from tests.chaos.lives import Life, Nursery
from tests.chaos.oracle import KEYS, Oracle

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_kills_at_random_moments_lose_no_decision_that_the_screen_had_shown(tmp_path: Path) -> None:
    tally = kill(tmp_path, 50, seed=50, minutes=1.0)
    assert tally.is_clean, str(tally)
    assert tally.kills >= 5
    assert tally.acknowledged > tally.kills


def test_a_program_that_answers_before_it_commits_would_be_caught(tmp_path: Path) -> None:
    tally = kill(tmp_path, 8, seed=8, minutes=1.0, manners=("--careless",))
    assert tally.lost > 0


def test_four_programs_lose_and_double_nothing(tmp_path: Path) -> None:
    outcome = gather(make_project(tmp_path / "p.curate", 3), 4.0)
    assert outcome.is_clean, str(outcome)
    assert outcome.decisions > 50


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    outcome = fill_the_disk(tmp_path)
    assert outcome.is_honest, str(outcome)
    assert outcome.decisions > 0
    assert outcome.recovered > 0


def test_a_file_that_may_not_be_written_is_told_at_each_key(tmp_path: Path) -> None:
    outcome = forbid_to_write(tmp_path)
    assert outcome.is_honest, str(outcome)


def test_every_key_does_what_the_oracle_says(tmp_path: Path) -> None:
    """Without kills: all keys that the chaos run uses, one after the other."""
    project = make_project(tmp_path / "p.curate", 2)
    copy = shutil.copyfile(project, tmp_path / "copy.curate")
    oracle = Oracle(copy)
    with Nursery(tmp_path) as nursery, Life(nursery, project) as life:
        assert life.read_until(lambda: oracle.headlines[0] in life.headlines())
        for command in [*KEYS, *KEYS, "undo", "undo", "redo"]:
            last, shown = oracle.headlines[-1], len(life.written)
            wanted = oracle.press(command)
            life.type(KEYS[command])
            if wanted != last:
                assert life.read_until(lambda: wanted in life.headlines(shown)), command  # noqa: B023
    oracle.close()
