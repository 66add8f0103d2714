"""Several programs on one project, some of them killed in the middle."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from curate.store.store import Store
from tests.store.building import item_ids, store

if TYPE_CHECKING:
    from pathlib import Path


def program(path: Path, annotator: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writing_program", str(path), annotator, str(count)],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def check_nothing_lost_or_doubled(path: Path, said: set[str], annotators: list[str]) -> None:
    with Store.open(path) as opened:
        assert opened._connection.value("PRAGMA integrity_check") == "ok"
        assert opened._connection.rows("PRAGMA foreign_key_check") == []
        decisions = opened.journal.history(limit=1_000_000)
        written = [d.id for d in decisions]
        assert len(set(written)) == len(written)
        assert said <= set(written)
        kept: list[str] = []
        for annotator in annotators:
            for item in item_ids(opened):
                annotation = opened.annotations.get(item, annotator)
                assert annotation == opened.journal.replay(item, annotator)
                kept += [m.id for m in annotation.mentions]
        assert sorted(kept) == sorted(written)


@pytest.mark.slow
def test_two_programs_write_to_one_project(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    programs = [program(path, who, 150) for who in ("a1", "a2")]
    said = {line for p in programs for line in p.communicate(timeout=60)[0].split()}
    assert [p.returncode for p in programs] == [0, 0]
    assert len(said) == 300
    check_nothing_lost_or_doubled(path, said, ["a1", "a2"])


@pytest.mark.slow
def test_killing_a_program_loses_nothing_that_it_said(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    chance = random.Random(7)
    said: set[str] = set()
    for _ in range(20):
        writer = program(path, "a1", 100_000)
        assert writer.stdout is not None
        said.add(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.05))
        writer.kill()
        lines = writer.communicate(timeout=60)[0].split("\n")
        said.update(line for line in lines[:-1] if line)  # the last one may be cut short
        check_nothing_lost_or_doubled(path, said, ["a1"])
    assert len(said) >= 20
