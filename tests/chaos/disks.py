"""A full disk, and a file that may not be written: the workbench says so and pretends nothing."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.store.store import Store
from tests.chaos.kills import make_project
from tests.chaos.lives import Life, Nursery
from tests.chaos.oracle import KEYS

if TYPE_CHECKING:
    from pathlib import Path

MANY_KEYS = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the workbench did where it could not write."""

    said: str
    """What it said; empty if it never did."""
    decisions: int
    """Rows in the journal once it could no longer write."""
    pretended: int
    """Rows more or fewer than that after further keys."""
    recovered: int
    """Rows that came when the disk had room again, without a new start."""
    sound: bool
    """Whether the project opens, is whole and is what its journal tells."""

    @property
    def is_honest(self) -> bool:
        """Whether it said so, wrote nothing more, and left the project whole."""
        return bool(self.said) and not self.pretended and self.sound

    def __str__(self) -> str:
        return (
            f"said {self.said!r} after {self.decisions} decisions; {self.pretended} pretended; "
            f"{self.recovered} more once it could write; {'sound' if self.sound else 'UNSOUND'}"
        )


def fill_the_disk(folder: Path, room: int = 60_000) -> Outcome:
    """No file can grow beyond `room` bytes more; then it can again."""
    project = make_project(folder / "full.curate", 20)
    limit = project.stat().st_size + room
    with Nursery(folder) as nursery, Life(nursery, project, limit=limit) as life:
        assert life.read_until(lambda: bool(life.headlines())), life.written[-2000:]
        said = _press_until_told(life, ("the disk",))
        decisions = _rows(project)
        _press(life, 20)
        pretended = abs(_rows(project) - decisions)
        resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        _press(life, 5)
        recovered = _rows(project) - decisions
    return Outcome(said, decisions, pretended, recovered, _is_sound(project))


def forbid_to_write(folder: Path) -> Outcome:
    """The file and its folder belong to somebody else."""
    project = make_project(folder / "closed.curate", 2)
    project.chmod(0o444)
    folder.chmod(0o555)
    try:
        with Nursery(folder, "--unprivileged") as nursery, Life(nursery, project) as life:
            assert life.read_until(lambda: bool(life.headlines())), life.written[-2000:]
            said = _press_until_told(life, ("nothing can be written",))
            _press(life, 20)
    finally:
        folder.chmod(0o755)
    project.chmod(0o644)
    rows = _rows(project)
    return Outcome(said, 0, rows, 0, _is_sound(project))


def _press_until_told(life: Life, words: tuple[str, ...]) -> str:
    for _ in range(MANY_KEYS):
        shown = len(life.written)
        life.type(KEYS["accept"])
        life.read_until(lambda: len(life.written) > shown, 5.0)  # noqa: B023 (called now)
        life.read_until(lambda: False, 0.02)
        for wanted in words:
            if life.shows(wanted, shown):
                return wanted
    return ""


def _press(life: Life, count: int) -> None:
    for _ in range(count):
        life.type(KEYS["accept"])
        life.read_until(lambda: False, 0.05)


def _rows(project: Path) -> int:
    with Store.open(project, read_only=True) as store:
        return store.journal.count()


def _is_sound(project: Path) -> bool:
    with Store.open(project) as store:
        return store._connection.value("PRAGMA integrity_check") == "ok" and all(
            store.annotations.get(item.id, "a1") == store.journal.replay(item.id, "a1")
            for item in store.items.all()
        )
