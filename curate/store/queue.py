"""In which order open items come: by their place in the project, or by a rank kept for each item.

Where ranks hold, each annotator has a mark before which nothing is open, so that
the next open item is found without walking over all that is done.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from curate.store.encoding import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.store.database import Connection

ORDER: Final = "queue.order"
"""Name of the setting."""
NO_CANDIDATES: Final = 1.0
"""Rank by doubt of an item that nothing is proposed for: after all others."""
_START = (-1.0, 0)
_AT_ONCE = 100
"""Documents that are ranked in one transaction."""
_SCORE = 5
"""Place of the score in the stored row of a candidate."""
_CLOSED = "('done', 'skipped', 'flagged')"


_ANY: Final = f"""
SELECT q.item FROM queue q WHERE {{}} AND NOT EXISTS (
    SELECT 1 FROM annotations a
    WHERE a.item = q.item AND a.annotator = ? AND a.status IN {_CLOSED}
) ORDER BY q.rank, q.item LIMIT 1
"""  # noqa: S608 (our words)
_ASSIGNED: Final = """
SELECT s.item FROM assignments s JOIN queue q ON q.item = s.item
WHERE {} AND s.annotator = ? AND s.is_open ORDER BY q.rank, q.item LIMIT 1
"""


class Order(StrEnum):
    """How items are queued."""

    DOCUMENT = "document"
    """As they came."""
    UNCERTAINTY = "uncertainty"
    """Those first of whose candidates one is nearest to a score of 0.5."""
    RANDOM = "random"
    """By a draw that the seed fixes, the same in every copy of the project."""


@dataclass(frozen=True, slots=True)
class Queued:
    """The order of a project, with the seed of a random one."""

    order: Order = Order.DOCUMENT
    seed: int = 0


class Queue:
    """The order of a project's items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def order(self) -> Queued:
        """How items are queued now."""
        return order_of(self._connection)

    def set_order(self, queued: Queued) -> Iterator[int]:
        """Rank every item anew, in short transactions; yields how many documents are done.

        Until a document has its turn its items come after those that are ranked.
        """
        with self._connection.writing():
            self._connection.run("DELETE FROM queue")
            self._connection.run(
                "INSERT INTO settings VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (ORDER, to_json({"order": queued.order.value, "seed": queued.seed})),
            )
        last = int(self._connection.value("SELECT coalesce(max(number), 0) FROM documents"))
        for start in range(0, 0 if queued.order is Order.DOCUMENT else last, _AT_ONCE):
            end = min(start + _AT_ONCE, last)
            with self._connection.writing():
                for number in range(start + 1, end + 1):
                    rank_document(self._connection, number)
            yield end


def order_of(connection: Connection) -> Queued:
    """How the items of a project are queued."""
    text = connection.value("SELECT value FROM settings WHERE name = ?", (ORDER,))
    if text is None:
        return Queued()
    value = from_json(text)
    return Queued(Order(value["order"]), int(value["seed"]))


def rank_new(connection: Connection, after: int) -> None:
    """Rank the items of documents with a higher number, where ranks hold."""
    if order_of(connection).order is not Order.DOCUMENT:
        for (number,) in connection.rows("SELECT number FROM documents WHERE number > ?", (after,)):
            rank_document(connection, number)


def rank_document(connection: Connection, number: int) -> None:
    """Rank the items of a document by the order that holds, inside a transaction."""
    queued = order_of(connection)
    if queued.order is Order.DOCUMENT:
        return
    items = connection.rows(
        "SELECT number, id, start, end FROM items WHERE document = ? ORDER BY start", (number,)
    )
    if queued.order is Order.RANDOM:
        ranks = [drawn(queued.seed, item[1]) for item in items]
    else:
        ranks = doubts(_latest(connection, number), [item[2:] for item in items])
    connection.run_many(
        "INSERT INTO queue VALUES (?, ?) ON CONFLICT (item) DO UPDATE SET rank = excluded.rank",
        ((item[0], rank) for item, rank in zip(items, ranks, strict=True)),
    )
    connection.run("DELETE FROM queue_marks")


def drawn(seed: int, item: str) -> float:
    """A number from 0 to 1 for an item, which the seed fixes."""
    digest = hashlib.blake2b(f"{seed} {item}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def doubts(payloads: Iterable[str], items: Sequence[tuple[int, int]]) -> list[float]:
    """For each item (start and end, in order) how far the most doubtful score is from 0.5."""
    starts = [start for start, _ in items]
    ranks = [NO_CANDIDATES] * len(items)
    for payload in payloads:
        parts = from_json(payload)
        for row in (*parts["mentions"], *parts["frames"]):
            place = bisect_right(starts, row[1]) - 1
            if place >= 0 and row[1] < items[place][1]:
                ranks[place] = min(ranks[place], abs(row[_SCORE] - 0.5))
    return ranks


def _latest(connection: Connection, number: int) -> list[str]:
    """What each producer proposed last for a document."""
    runs = connection.rows(
        "SELECT producer, number FROM candidates WHERE document = ? ORDER BY number", (number,)
    )
    last = {producer.partition("/")[0]: run for producer, run in runs}
    return [
        connection.value("SELECT payload FROM candidates WHERE number = ?", (run,))
        for run in last.values()
    ]


# ---------------------------------------------------------------------- what comes next


def next_ranked(connection: Connection, annotator: str, after: int | None) -> int | None:
    """Number of the open item that comes next, round the end; None where no ranked one is open."""
    place = None if after is None else _place(connection, after)
    if place is not None:
        found = _first(connection, annotator, place, ">")
        if found is not None:
            return found
    return _first(connection, annotator, _mark(connection, annotator), ">=")


def is_ranked(connection: Connection) -> bool:
    """Whether items come by rank."""
    return connection.row("SELECT 1 FROM queue LIMIT 1") is not None


def closed(connection: Connection, annotator: str) -> None:
    """Move the annotator's mark on over what is closed now."""
    if is_ranked(connection):
        first = _first(connection, annotator, _mark(connection, annotator), ">=", assigned=False)
        place = (2.0, 0) if first is None else _place(connection, first) or _START
        _set_mark(connection, annotator, place)


def opened(connection: Connection, annotator: str, item: int) -> None:
    """Move the annotator's mark back to an item that is open again."""
    place = _place(connection, item)
    if place is not None and place < _mark(connection, annotator):
        _set_mark(connection, annotator, place)


def _first(
    connection: Connection,
    annotator: str,
    place: tuple[float, int],
    than: str,
    *,
    assigned: bool = True,
) -> int | None:
    """The first open item behind (or at) a place; of those assigned, where any were."""
    rank, item = place
    is_assigned = assigned and connection.row(
        "SELECT 1 FROM assignments WHERE annotator = ? LIMIT 1", (annotator,)
    )
    sql = _ASSIGNED if is_assigned else _ANY
    # Asked in two parts: a comparison of pairs would walk over all items of one rank.
    same = connection.value(sql.format(f"q.rank = ? AND q.item {than} ?"), (rank, item, annotator))
    found = same or connection.value(sql.format("q.rank > ?"), (rank, annotator))
    return None if found is None else int(found)


def _place(connection: Connection, item: int) -> tuple[float, int] | None:
    row = connection.row("SELECT rank FROM queue WHERE item = ?", (item,))
    return None if row is None else (row[0], item)


def _mark(connection: Connection, annotator: str) -> tuple[float, int]:
    row = connection.row("SELECT rank, item FROM queue_marks WHERE annotator = ?", (annotator,))
    return _START if row is None else (row[0], row[1])


def _set_mark(connection: Connection, annotator: str, place: tuple[float, int]) -> None:
    connection.run(
        "INSERT INTO queue_marks VALUES (?, ?, ?) ON CONFLICT (annotator) DO UPDATE SET "
        "rank = excluded.rank, item = excluded.item",
        (annotator, *place),
    )
