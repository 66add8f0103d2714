"""How far an annotator got today: items, decisions by the minute, what is left of the batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from curate.model.annotation import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.project.opening import Project

CLOSING = {"finish": True, "skip": True, "flag": True, "reopen": False}
"""Actions that close an item or take it up again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A day's work so far, and what is left."""

    items: int
    """Items closed today."""
    decisions: int
    seconds: float
    """Active seconds of today's decisions."""
    left: int
    """Items that are open for the annotator: of those assigned, or of all."""
    total: int
    batch: str | None = None
    """Name of the batch that the item at hand belongs to."""
    batch_left: int = 0
    batch_total: int = 0

    @property
    def speed(self) -> float:
        """Decisions in an active minute."""
        return self.decisions * 60 / self.seconds if self.seconds else 0.0


def local_midnight(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> str:
    """When today began where the annotator sits, as the journal writes times."""
    here = now().astimezone()
    start = here - timedelta(
        hours=here.hour, minutes=here.minute, seconds=here.second, microseconds=here.microsecond
    )
    return start.astimezone(UTC).isoformat(timespec="milliseconds")


class Today:
    """Counts along with the journal; only rows that are new are read."""

    def __init__(self, project: Project, annotator: str, *, since: str | None = None) -> None:
        self._store = project.store
        self._annotator = annotator
        self._since = local_midnight() if since is None else since
        self._seen = 0
        self._closed: dict[str, bool] = {}
        self._decisions = 0
        self._seconds = 0.0

    def progress(self, item_id: str) -> Progress:
        """The figures as they are now, with those of the item's batch."""
        self._catch_up()
        left, total = self._store.items.left(self._annotator)
        batch = self._store.items.batch(self._annotator, item_id)
        name, batch_left, batch_total = batch or (None, 0, 0)
        return Progress(
            sum(self._closed.values()),
            self._decisions,
            self._seconds,
            left,
            total,
            name,
            batch_left,
            batch_total,
        )

    def _catch_up(self) -> None:
        rows = self._store.journal.since(self._annotator, self._since, self._seen)
        for number, item, action, seconds in rows:
            self._seen = number
            self._decisions += action not in ("undo", "redo")
            self._seconds += seconds
            if action in CLOSING:
                self._closed[item] = CLOSING[action]
            elif action in ("undo", "redo"):
                status = self._store.annotations.get(item, self._annotator).status
                if item in self._closed or status not in (Status.NEW, Status.DRAFT):
                    self._closed[item] = status not in (Status.NEW, Status.DRAFT)
