"""Which items have to be looked at: those that changed on a side, or that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from curate.sync.emptied import FEW, SuddenlyEmpty
from curate.sync.plan import GOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from curate.store.remote import RemoteTask
    from curate.sync.answers import Row
    from curate.sync.job import Job

    Progress = Callable[[int, int, str], None]

OVERLAP: Final = timedelta(seconds=5)
"""What the server changed so long before the last look may have shown itself only after it."""
_TIME: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Scope:
    """The items in question, and up to when both sides are known once they are dealt with."""

    items: tuple[str, ...]
    """Ids in the order of the project."""
    absent: frozenset[str]
    """Those of which it is known that they have no task there."""
    seen: str | None
    """The last change there, in the server's time."""
    journal: int
    candidates: int
    strangers: int
    """Tasks there that are none of ours."""
    at: str
    """When the looking began, ISO 8601, UTC."""


@dataclass(slots=True)
class _Found:
    """What a listing of tasks there came to."""

    until: str = ""
    """Time of the last change that was known before."""

    changed: set[str] = field(default_factory=set)
    """Keys of tasks that are not as they were."""
    present: set[str] = field(default_factory=set)
    """Keys of all tasks of the listing."""
    seen: str | None = None
    """The last change among them."""
    first_changed: str | None = None
    """The first change among those that are not as they were."""
    unknown: int = 0
    """Tasks whose number is not known, and which were not counted before."""
    tasks: int = 0
    answers: int = 0

    def take(self, row: Row, before: RemoteTask | None, ours: Collection[str]) -> None:
        """Add a task; `before` is what was known under its number, `ours` the keys of items."""
        self.tasks += 1
        self.answers += row.answers
        self.seen = max(self.seen or "", row.updated_at)
        self.unknown += before is None and row.updated_at > self.until
        key = row.key if row.data or before is None else before.item
        if before is not None and before.item != key:
            self.changed.add(before.item)  # the number was used again
        if key is None or (row.data and key not in ours):
            return  # a task of somebody else's
        self.present.add(key)
        if not is_same(before, row):
            self.changed.add(key)
            self.first_changed = min(self.first_changed or row.updated_at, row.updated_at)


def scope(job: Job, *, full: bool, progress: Progress | None = None) -> Scope:
    """Find what is in question.

    Only what changed since the last sync is looked at, by the server's time and
    by the journal; `full` lists every task there, which also happens when tasks
    are missing. Raises `SuddenlyEmpty`.
    """
    remotes, link, at = job.store.remotes, job.link, job.now()
    journal, candidates = remotes.newest()
    total = job.remote.totals(job.project)
    known_tasks, _, _ = remotes.counts(link.number)
    since = None if full or link.seen is None else earlier(link.seen)
    found = listed(job, since, total.total, progress)
    wanted = set(found.changed)
    is_full = since is None
    expected = known_tasks + link.strangers + found.unknown
    if not is_full and total.total < expected:  # some may have been deleted
        found, is_full = listed(job, None, total.total, progress), True
        wanted |= found.changed
    if is_full:
        wanted |= _missing(job, found, known_tasks)
    wanted |= _changed_here(job)
    bare = set(remotes.items_without_task(link.number))
    absent = bare - found.present
    items = remotes.in_order(wanted | bare)
    _check_here(job)
    return Scope(
        items=tuple(items),
        absent=frozenset(absent),
        seen=found.seen or link.seen,
        journal=journal,
        candidates=candidates,
        strangers=max(0, total.total - known_tasks - len(found.present & bare)),
        at=at,
    )


def listed(job: Job, since: str | None, total: int = 0, progress: Progress | None = None) -> _Found:
    """Compare the server's tasks, all or those changed since, with what is known of them."""
    found = _Found(job.link.seen or "")
    is_brief = job.link.at is not None  # else all is new, and its data are wanted
    for chunk in _chunks(job.remote.listing(job.project, since, brief=is_brief)):
        numbers = [row.id for row in chunk]
        known = {
            task.task: task for task in job.store.remotes.tasks_by_number(job.link.number, numbers)
        }
        rows = list(_with_data(job, chunk, known)) if is_brief else chunk
        ours = set(job.store.remotes.in_order({row.key for row in rows if row.key is not None}))
        for row in rows:
            found.take(row, known.get(row.id), ours)
        if progress is not None:
            progress(found.tasks, max(total, found.tasks), "looking")
    return found


def _with_data(job: Job, chunk: list[Row], known: Mapping[int, RemoteTask]) -> Iterator[Row]:
    """The rows, with the data of those that are not as they were."""
    odd = [row.id for row in chunk if not is_same(known.get(row.id), row)]
    whole = {row.id: row for row in job.remote.listing(job.project, numbers=odd)} if odd else {}
    changed = set(odd)
    for row in chunk:
        if row.id not in changed:
            yield row
        elif row.id in whole:  # else it was deleted just now
            yield whole[row.id]


def is_same(known: RemoteTask | None, row: Row) -> bool:
    """Whether a task is just as it was after the last sync; its data, if not there, are taken so.

    A number that was used again has another time.
    """
    return (
        known is not None
        and (not row.data or known.item == row.key)
        and known.updated_at == row.updated_at
        and known.answers == row.answers
        and known.question is None
        and not known.is_dropped
        and (row.total_predictions > 0 or not known.proposed)
    )


def _chunks(rows: Iterable[Row], size: int = 1_000) -> Iterable[list[Row]]:
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _missing(job: Job, found: _Found, known_tasks: int) -> set[str]:
    """Items whose task is gone. Raises `SuddenlyEmpty` when all are."""
    known = job.store.remotes.tasks(job.link.number)
    gone = {t.item for t in known if not t.is_dropped and t.item not in found.present}
    asked = {t.item for t in known if t.question is not None or t.keep is not None}
    if known_tasks > FEW and len(gone - asked) == known_tasks:
        raise SuddenlyEmpty.of_tasks(known_tasks)
    answers = sum(t.answers for t in known if t.item not in asked and not t.is_dropped)
    if answers > FEW and not found.answers and not gone:
        raise SuddenlyEmpty.of_answers(answers)
    return gone


def _check_here(job: Job) -> None:
    """Refuse when all that was synced is gone from the project."""
    _, answers, _ = job.store.remotes.counts(job.link.number)
    if answers > FEW and job.store.remotes.is_blank():
        raise SuddenlyEmpty.of_work(answers)


def _changed_here(job: Job) -> set[str]:
    """Items that were worked on or proposed for here, or of which something was asked."""
    remotes, link = job.store.remotes, job.link
    return {
        *remotes.worked_on(link.journal),
        *(() if link.at is None else remotes.proposed_for(link.candidates)),
        *remotes.golden(link.number, link.at, GOLD),
        *(task.item for task in remotes.asked_tasks(link.number)),
        *(answer.item for answer in remotes.asked_answers(link.number)),
    }


def earlier(time: str) -> str:
    """The server's time a little before, in the only form that its filters take."""
    return (datetime.fromisoformat(time) - OVERLAP).strftime(_TIME)
