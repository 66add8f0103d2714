"""Several programs write to one project at once; nothing is lost, doubled or kept waiting."""

from __future__ import annotations

import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("a1", "a1", "a2", "lead")
"""Two of them work under one name."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    programs: int
    failed: int
    """Programs that ended with an error."""
    decisions: int
    """Rows in the journal."""
    lost: int
    """Decisions that a program was told were written, and that are not there."""
    doubled: int
    """Rows that no program knows, or that are there twice."""
    unsound: int
    """Annotations that are not what the journal tells."""
    refused: int
    """Decisions refused because the other program of that name had been faster."""
    median: float
    """Milliseconds that a decision took."""
    longest: float
    """Milliseconds that the slowest decision took."""

    def __str__(self) -> str:
        return (
            f"{self.programs} programs ({self.failed} failed), {self.decisions:,} decisions: "
            f"{self.lost} lost, {self.doubled} doubled, {self.unsound} unsound; {self.refused:,} "
            f"refused; a decision took {self.median:.1f} ms, the slowest {self.longest:.0f} ms"
        )

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.failed or self.lost or self.doubled or self.unsound)


def gather(project: Path, seconds: float, names: tuple[str, ...] = NAMES) -> Outcome:
    """Let programs write to a project for some seconds, and check what they left."""
    with Store.open(project) as store:
        before = store.journal.count()
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.writer", project, name, str(seed), f"{seconds}"],
            stdout=subprocess.PIPE, text=True,
        )
        for seed, name in enumerate(names)
    ]  # fmt: skip
    outputs = [program.communicate()[0] for program in programs]
    lines = [line.split("\t") for output in outputs for line in output.splitlines()]
    said = [row for kind, row, _ in lines if kind == "said"]
    taken = [float(ms) for kind, _, ms in lines if kind == "said"]
    with Store.open(project) as store:
        rows = [row.id for row in store.journal.history(limit=store.journal.count() - before)]
        unsound = sum(
            store.annotations.get(item.id, name) != store.journal.replay(item.id, name)
            for item in store.items.all()
            for name in set(names)
        )
        unsound += store._connection.value("PRAGMA integrity_check") != "ok"
    return Outcome(
        programs=len(programs),
        failed=sum(program.returncode != 0 for program in programs),
        decisions=len(rows),
        lost=len(set(said) - set(rows)),
        doubled=len(rows) - len(set(rows) & set(said)) + len(said) - len(set(said)),
        unsound=unsound,
        refused=sum(kind == "refused" for kind, *_ in lines),
        median=statistics.median(taken),
        longest=max(taken),
    )
