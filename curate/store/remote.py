"""What was on a Label Studio server at the last sync, task by task and answer by answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from curate.store.encoding import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.store.database import Connection
    from curate.store.items import Items


@dataclass(frozen=True, slots=True)
class RemoteProject:
    """A project on a server that this project is synced with."""

    number: int
    """Ours; tasks and annotations are kept under it."""
    server: str
    """Address."""
    project: int
    """Its number there."""
    title: str
    config: str = ""
    """Fingerprint of the labelling config that was sent last; empty: none was."""
    config_version: int = 0
    """How often it was sent."""
    seen: str | None = None
    """Up to when the server's changes are known, in its own time."""
    journal: int = 0
    """Number of the last journal row whose annotation was looked at."""
    candidates: int = 0
    """Number of the last row of candidates that was looked at."""
    strangers: int = 0
    """Tasks there that are not of this project."""
    at: str | None = None
    """When it was synced last, ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class RemoteTask:
    """A task as it was after the last sync."""

    item: str
    """Id of the item."""
    task: int
    """Its number there."""
    updated_at: str | None
    """The server's time of its last change; None: not known."""
    answers: int = 0
    """Annotations that it had."""
    proposed: str = ""
    """Fingerprint of the candidates that were sent with it."""
    question: str | None = None
    keep: str | None = None
    is_dropped: bool = False
    """Whether it was deleted there, and stays away."""


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """An annotation as it was on both sides after the last sync."""

    item: str
    """Id of the item."""
    annotator: str
    annotation: int | None
    """Its number there."""
    updated_at: str | None
    here: str | None
    """Fingerprint of what it said here; None: it was not here."""
    there: str | None
    question: str | None = None
    keep: str | None = None
    is_settled: bool = False
    """Whether the sides may differ: a ruling decided."""


_PROJECT = """
SELECT number, server, project, title, config, config_version, seen, journal, candidates,
       strangers, at
FROM remote_projects
"""
_TASK = """
SELECT i.id, t.task, t.updated_at, t.answers, t.proposed, t.question, t.keep, t.is_dropped
FROM remote_tasks t JOIN items i ON i.number = t.item
WHERE t.link = ?
"""
_ANSWER = """
SELECT i.id, r.annotator, r.annotation, r.updated_at, r.here, r.there, r.question, r.keep,
       r.is_settled
FROM remote r JOIN items i ON i.number = r.item
WHERE r.link = ?
"""
_AMONG = "(SELECT value FROM json_each(?))"


class Remotes:
    """The servers that a project is synced with, and what they held."""

    def __init__(self, connection: Connection, items: Items) -> None:
        self._connection = connection
        self._items = items

    # ------------------------------------------------------------ projects

    def projects(self) -> list[RemoteProject]:
        """Every project on a server that was ever synced with, the latest first."""
        rows = self._connection.rows(_PROJECT + "ORDER BY number DESC")
        return [RemoteProject(*row) for row in rows]

    def find(self, server: str, project: int) -> RemoteProject | None:
        """What is known of a project on a server."""
        row = self._connection.row(_PROJECT + "WHERE server = ? AND project = ?", (server, project))
        return None if row is None else RemoteProject(*row)

    def add(self, server: str, project: int, title: str) -> RemoteProject:
        """Begin to sync with a project on a server."""
        with self._connection.writing():
            number = self._connection.value(
                "INSERT INTO remote_projects (server, project, title, config, config_version, "
                "journal, candidates, strangers) VALUES (?, ?, ?, '', 0, 0, 0, 0) "
                "ON CONFLICT (server, project) DO UPDATE SET title = excluded.title "
                "RETURNING number",
                (server, project, title),
            )
        return next(link for link in self.projects() if link.number == number)

    def save(self, project: RemoteProject) -> None:
        """Keep what is known of a project."""
        with self._connection.writing():
            self._connection.run(
                "UPDATE remote_projects SET title = ?, config = ?, config_version = ?, seen = ?, "
                "journal = ?, candidates = ?, strangers = ?, at = ? WHERE number = ?",
                (
                    project.title, project.config, project.config_version, project.seen,
                    project.journal, project.candidates, project.strangers, project.at,
                    project.number,
                ),
            )  # fmt: skip

    def forget(self, project: RemoteProject) -> RemoteProject:
        """Forget all that the server held, as if it had never been synced."""
        with self._connection.writing():
            for table in ("remote", "remote_tasks"):
                self._connection.run(
                    f"DELETE FROM {table} WHERE link = ?",  # noqa: S608 (our names)
                    (project.number,),
                )
            fresh = replace(project, seen=None, journal=0, candidates=0, strangers=0, at=None)
            self.save(fresh)
        return fresh

    # ------------------------------------------------------------ tasks

    def tasks(self, link: int, items: Sequence[str] | None = None) -> list[RemoteTask]:
        """Tasks that are known: of these items, or all."""
        if items is None:
            return self._tasks("ORDER BY t.item", (link,))
        return self._tasks(f"AND i.id IN {_AMONG}", (link, to_json(list(items))))

    def tasks_by_number(self, link: int, numbers: Sequence[int]) -> list[RemoteTask]:
        """Tasks that are known by their numbers there."""
        return self._tasks(f"AND t.task IN {_AMONG}", (link, to_json(list(numbers))))

    def asked_tasks(self, link: int) -> list[RemoteTask]:
        """Tasks of which something was asked or answered."""
        return self._tasks("AND (t.question IS NOT NULL OR t.keep IS NOT NULL)", (link,))

    def put_tasks(self, link: int, tasks: Iterable[RemoteTask]) -> None:
        """Keep how tasks are now."""
        with self._connection.writing():
            self._connection.run_many(
                "INSERT OR REPLACE INTO remote_tasks (link, item, task, updated_at, answers, "
                "proposed, question, keep, is_dropped) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        link, self._items.number(t.item), t.task, t.updated_at, t.answers,
                        t.proposed, t.question, t.keep, t.is_dropped,
                    )
                    for t in tasks
                ),
            )  # fmt: skip

    def items_without_task(self, link: int) -> Iterator[str]:
        """Ids of items for which no task is known, in order."""
        rows = self._connection.rows(
            "SELECT i.id FROM items i WHERE NOT EXISTS "
            "(SELECT 1 FROM remote_tasks t WHERE t.link = ? AND t.item = i.number) "
            "ORDER BY i.number",
            (link,),
        )
        return (item for (item,) in rows)

    # ------------------------------------------------------------ answers

    def answers(self, link: int, items: Sequence[str] | None = None) -> list[RemoteAnswer]:
        """Annotations that are known: of these items, or all."""
        if items is None:
            return self._answers("ORDER BY r.item, r.annotator", (link,))
        return self._answers(f"AND i.id IN {_AMONG}", (link, to_json(list(items))))

    def asked_answers(self, link: int) -> list[RemoteAnswer]:
        """Annotations of which something was asked or answered."""
        return self._answers("AND (r.question IS NOT NULL OR r.keep IS NOT NULL)", (link,))

    def put_answers(self, link: int, answers: Iterable[RemoteAnswer]) -> None:
        """Keep how annotations are now on both sides."""
        with self._connection.writing():
            self._connection.run_many(
                "INSERT OR REPLACE INTO remote (link, item, annotator, annotation, updated_at, "
                "here, there, question, keep, is_settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        link, self._items.number(a.item), a.annotator, a.annotation, a.updated_at,
                        a.here, a.there, a.question, a.keep, a.is_settled,
                    )
                    for a in answers
                ),
            )  # fmt: skip

    def forget_answer(self, link: int, item: str, annotator: str) -> None:
        """Forget an annotation that is gone on both sides."""
        with self._connection.writing():
            self._connection.run(
                "DELETE FROM remote WHERE link = ? AND item = ? AND annotator = ?",
                (link, self._items.number(item), annotator),
            )

    def forget_answers(self, link: int, item: str) -> None:
        """Forget what was known of an item's annotations there: its task is a new one."""
        with self._connection.writing():
            self._connection.run(
                "DELETE FROM remote WHERE link = ? AND item = ?", (link, self._items.number(item))
            )

    def counts(self, link: int) -> tuple[int, int, int]:
        """Tasks with nothing asked, annotations with nothing asked, and answers there in all."""
        tasks, there = self._connection.rows(
            "SELECT coalesce(sum(question IS NULL AND NOT is_dropped), 0), "
            "coalesce(sum(iif(is_dropped OR question IS NOT NULL, 0, answers)), 0) "
            "FROM remote_tasks WHERE link = ?",
            (link,),
        )[0]
        answers = self._connection.value(
            "SELECT count(*) FROM remote WHERE link = ? AND question IS NULL AND keep IS NULL",
            (link,),
        )
        return int(tasks), int(answers), int(there)

    def is_ruled(self, item: str, annotator: str) -> bool:
        """Whether the item's gold was settled after a version in conflict came."""
        found = self._connection.row(
            "SELECT 1 FROM items i JOIN gold g ON g.item = i.number "
            "JOIN conflicts c ON c.item = i.number "
            "WHERE i.id = ? AND c.annotator = ? AND g.open = 0 AND g.at > c.at LIMIT 1",
            (item, annotator),
        )
        return found is not None

    # ------------------------------------------------------------ what changed here

    def newest(self) -> tuple[int, int]:
        """Numbers of the last rows of the journal and of the candidates."""
        journal = self._connection.value("SELECT coalesce(max(number), 0) FROM journal")
        candidates = self._connection.value("SELECT coalesce(max(number), 0) FROM candidates")
        return int(journal), int(candidates)

    def worked_on(self, since: int) -> list[str]:
        """Ids of items that anybody worked on after that journal row."""
        rows = self._connection.rows("SELECT DISTINCT item FROM journal WHERE number > ?", (since,))
        return [item for (item,) in rows]

    def golden(self, link: int, since: str | None, name: str) -> list[str]:
        """Ids of items whose gold was made since, or is gone though it was sent under `name`."""
        rows = self._connection.rows(
            "SELECT i.id FROM items i JOIN gold g ON g.item = i.number "
            "WHERE g.open = 0 AND g.at >= coalesce(?, '') UNION "
            "SELECT i.id FROM items i JOIN remote r ON r.item = i.number "
            "WHERE r.link = ? AND r.annotator = ? AND NOT EXISTS "
            "(SELECT 1 FROM gold g WHERE g.item = i.number AND g.open = 0)",
            (since, link, name),
        )
        return [item for (item,) in rows]

    def in_order(self, items: Iterable[str]) -> list[str]:
        """Those of the ids that are of items here, in the order of the project."""
        rows = self._connection.rows(
            f"SELECT id FROM items WHERE id IN {_AMONG} ORDER BY number",  # noqa: S608 (ours)
            (to_json(list(items)),),
        )
        return [item for (item,) in rows]

    def is_blank(self) -> bool:
        """Whether nobody has said anything in this project."""
        return self._connection.row("SELECT 1 FROM annotations LIMIT 1") is None

    def written(self, after: int, until: int) -> int:
        """How many journal rows there are behind one, up to another."""
        return int(
            self._connection.value(
                "SELECT count(*) FROM journal WHERE number > ? AND number <= ?", (after, until)
            )
        )

    def proposed_for(self, since: int) -> list[str]:
        """Ids of items of documents that got candidates after that row."""
        rows = self._connection.rows(
            "SELECT i.id FROM items i WHERE i.document IN "
            "(SELECT document FROM candidates WHERE number > ?) ORDER BY i.number",
            (since,),
        )
        return [item for (item,) in rows]

    def _tasks(self, where: str, values: Sequence[Any]) -> list[RemoteTask]:
        return [_task(row) for row in self._connection.rows(_TASK + where, values)]

    def _answers(self, where: str, values: Sequence[Any]) -> list[RemoteAnswer]:
        return [_answer(row) for row in self._connection.rows(_ANSWER + where, values)]


def _task(row: tuple[Any, ...]) -> RemoteTask:
    item, task, updated_at, answers, proposed, question, keep, dropped = row
    return RemoteTask(
        item, task, updated_at, answers, proposed, question, keep, is_dropped=bool(dropped)
    )


def _answer(row: tuple[Any, ...]) -> RemoteAnswer:
    item, annotator, annotation, updated_at, here, there, question, keep, settled = row
    return RemoteAnswer(
        item, annotator, annotation, updated_at, here, there, question, keep,
        is_settled=bool(settled),
    )  # fmt: skip
