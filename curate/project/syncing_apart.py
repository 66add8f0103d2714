"""Syncs for a screen: in the thread that calls, with a connection of its own, one at a time."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.project.opening import Project
    from curate.project.syncing import Direction, Outcome, Plan, Remote

    Progress = Callable[[int, int, str], None]

_ONE_AT_A_TIME: Final = Lock()


def is_linked(project: Project) -> bool:
    """Whether the project was ever synced with anything."""
    return bool(project.store.remotes.projects())


@dataclass(frozen=True, slots=True)
class Apart:
    """Looks and syncs away from the screen's own connection, until it is stopped."""

    path: Path
    """The project file."""
    _stop: Event = field(default_factory=Event)

    def look(self, progress: Progress) -> Plan:
        """What a sync would do. Raises `CurateError`."""
        from curate.project.syncing import look

        with self._both() as (project, remote):
            return look(project, remote, progress=progress)

    def sync(self, direction: Direction, progress: Progress) -> Outcome:
        """Bring both sides together. Raises `CurateError`."""
        from curate.project.syncing import sync

        with self._both() as (project, remote):
            return sync(project, remote, direction, progress=progress)

    def stop(self) -> None:
        """End what is under way before its next request, and begin nothing more."""
        self._stop.set()

    @contextmanager
    def _both(self) -> Iterator[tuple[Project, Remote]]:
        from curate.project.opening import open_project
        from curate.project.syncing import open_remote

        if not _ONE_AT_A_TIME.acquire(blocking=False):
            raise CurateError("a sync is under way already", "wait until it is done")
        try:
            with (
                open_project(self.path) as project,
                open_remote(project, stop=self._stop) as remote,
            ):
                yield project, remote
        finally:
            _ONE_AT_A_TIME.release()
