"""The power goes at any moment: what was not yet forced to the disk is there in part, in any order.

The workbench's own store writes decisions; before and after each, the bytes of the project and of
its log are kept. A cut lies between the two: of every 512-byte sector that changed, the disk holds
the old or the new one, as chance has it. What SQLite had forced to the disk before (`fsync`) is
taken as there: the log as far as the last decision, and the log as a whole while its pages are
being taken into the project.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.auditing import audit
from curate.project.opening import open_project
from tests.chaos.kills import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from curate.model.annotation import Annotation

SECTOR = 512
PAGES = 40
"""Pages of the log after which it is taken into the project: often, so that cuts meet it."""


@dataclass(frozen=True, slots=True)
class Disk:
    """What the files hold."""

    project: bytes
    log: bytes

    @classmethod
    def of(cls, path: Path) -> Disk:
        """The files as they are now."""
        log = path.with_name(path.name + "-wal")
        return cls(path.read_bytes(), log.read_bytes() if log.exists() else b"")

    def put(self, path: Path) -> None:
        """Make these the files of a project; the shared memory beside them is gone."""
        path.write_bytes(self.project)
        path.with_name(path.name + "-wal").write_bytes(self.log)
        path.with_name(path.name + "-shm").unlink(missing_ok=True)


@dataclass(slots=True)
class PowerTally:
    """What came of the cuts."""

    decisions: int = 0
    cuts: int = 0
    in_transfer: int = 0
    """Cuts while the log was being taken into the project."""
    lost: int = 0
    """Cuts after which an acknowledged decision was missing."""
    torn: int = 0
    """Cuts after which half a decision was there."""
    unsound: int = 0
    """Cuts after which the project could not be opened, or contradicted itself."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.lost or self.torn or self.unsound)

    def __str__(self) -> str:
        return (
            f"{self.cuts:,} power cuts in {self.decisions:,} decisions, {self.in_transfer:,} of "
            f"them while the log was taken in: {self.lost} lost, {self.torn} torn, "
            f"{self.unsound} unsound"
        )


def between(before: Disk, after: Disk, draw: random.Random) -> Disk:
    """What the disk may hold when the power goes on the way from one to the other."""
    if before.project != after.project:
        return Disk(_mixed(before.project, after.project, draw), after.log)
    return Disk(before.project, _mixed(before.log, after.log, draw))


def _mixed(old: bytes, new: bytes, draw: random.Random) -> bytes:
    """Sectors of either; a file that grew may have grown only so far."""
    length = draw.choice((len(new), max(len(old), draw.randint(0, len(new)))))
    share = draw.choice((0.1, 0.5, 0.9))
    parts = []
    for start in range(0, length, SECTOR):
        fresh, stale = new[start : start + SECTOR], old[start : start + SECTOR]
        parts.append(fresh if draw.random() < share else stale.ljust(len(fresh), b"\0"))
    return b"".join(parts)[:length]


def cut_the_power(folder: Path, decisions: int, cuts: int, seed: int) -> PowerTally:
    """Take decisions, and cut the power so many times in each of them."""
    draw, tally = random.Random(seed), PowerTally()
    path = make_project(folder / "power.curate", 3)
    victim = folder / "cut" / "power.curate"
    victim.parent.mkdir(exist_ok=True)
    with open_project(path) as project:
        project.store._connection.run(f"PRAGMA wal_autocheckpoint = {PAGES}")
        session = Annotating(project, "a1")
        before, seen = Disk.of(path), session.view.annotation
        rows = project.store.journal.count()
        for _ in range(decisions):
            _decide(session, draw)
            after, now = Disk.of(path), project.store.annotations.get(
                session.view.item.id, "a1"
            )  # fmt: skip
            tally.decisions += 1
            for _ in range(cuts):
                between(before, after, draw).put(victim)
                tally.in_transfer += before.project != after.project
                _judge(victim, tally, rows, project.store.journal.count())
            before, seen, rows = after, now, project.store.journal.count()
    assert seen is not None
    return tally


def _decide(session: Annotating, draw: random.Random) -> None:
    """One decision: a mention more or less, undo, or the next item."""
    annotation: Annotation = session.view.annotation
    span = session.view.item.span
    if annotation.mentions and draw.random() < 0.3:
        session.remove_mention(draw.choice(annotation.mentions).id)
    elif draw.random() < 0.1:
        session.undo()
    else:
        start = draw.randrange(span.start, span.end - 3)
        kind = draw.choice(list(session.schema.entity_types))
        session.add_mention(Span(start, start + draw.randint(1, 3)), kind)


def _judge(victim: Path, tally: PowerTally, acknowledged: int, coming: int) -> None:
    tally.cuts += 1
    try:
        with open_project(victim) as project:
            rows = project.store.journal.count()
            tally.lost += rows < acknowledged
            tally.torn += rows not in range(acknowledged, coming + 1)
            tally.unsound += any(True for _ in audit(project))
    except CurateError:
        tally.unsound += 1
