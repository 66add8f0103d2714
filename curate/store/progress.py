"""How far each annotator is, kept up to date so that nobody has to count or search.

The closed items of an annotator are kept as runs of neighbouring item numbers: the next open
item is the one after the run that holds the item asked for, found by index however many
items are done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Status
from curate.store import queue

if TYPE_CHECKING:
    from curate.store.database import Connection

CLOSED = frozenset({Status.DONE, Status.SKIPPED, Status.FLAGGED})
"""What an annotator is through with."""


def status_changed(
    connection: Connection, annotator: str, item: int, before: Status, after: Status
) -> None:
    """Book that an annotator's item went from one status to another."""
    if before == after:
        return
    _tally(connection, annotator, before, -1)
    _tally(connection, annotator, after, +1)
    if (before in CLOSED) == (after in CLOSED):
        return
    if after in CLOSED:
        _close(connection, annotator, item)
        queue.closed(connection, annotator)
    else:
        _open(connection, annotator, item)
        queue.opened(connection, annotator, item)
    connection.run(
        "UPDATE assignments SET is_open = ? WHERE annotator = ? AND item = ?",
        (after not in CLOSED, annotator, item),
    )


def next_open(connection: Connection, annotator: str, after: int) -> int | None:
    """Number of the first open item behind that number, or None; assigned ones only, if any."""
    assigned = "SELECT 1 FROM assignments WHERE annotator = ? LIMIT 1"
    if connection.row(assigned, (annotator,)):
        number = connection.value(
            "SELECT min(item) FROM assignments WHERE annotator = ? AND is_open AND item > ?",
            (annotator, after),
        )
    else:
        run = _run_with(connection, annotator, after + 1)
        number = connection.value(
            "SELECT min(number) FROM items WHERE number > ?", (run[1] if run else after,)
        )
    return None if number is None else int(number)


def counts(connection: Connection, annotator: str, total: int) -> dict[Status, int]:
    """How many of all items are in each status for an annotator."""
    rows = connection.rows("SELECT status, items FROM progress WHERE annotator = ?", (annotator,))
    found = {Status(status): items for status, items in rows}
    found[Status.NEW] = total - sum(found.values())
    return {status: found.get(status, 0) for status in Status}


def _tally(connection: Connection, annotator: str, status: Status, by: int) -> None:
    if status is Status.NEW:  # all that nobody touched: the rest
        return
    if by > 0:
        connection.run(
            "INSERT INTO progress VALUES (?, ?, 1) "
            "ON CONFLICT (annotator, status) DO UPDATE SET items = items + 1",
            (annotator, status),
        )
    else:
        connection.run(
            "UPDATE progress SET items = items - 1 WHERE annotator = ? AND status = ?",
            (annotator, status),
        )


def _run_with(connection: Connection, annotator: str, item: int) -> tuple[int, int] | None:
    """First and last of the run that holds an item."""
    row = connection.row(
        "SELECT first, last FROM closed_runs WHERE annotator = ? AND first <= ? "
        "ORDER BY first DESC LIMIT 1",
        (annotator, item),
    )
    return (row[0], row[1]) if row and item <= row[1] else None


def _close(connection: Connection, annotator: str, item: int) -> None:
    left = _run_with(connection, annotator, item - 1)
    right = _run_with(connection, annotator, item + 1)
    if right:
        _drop(connection, annotator, right[0])
    last = right[1] if right else item
    if left:
        _set_last(connection, annotator, left[0], last)
    else:
        connection.run("INSERT INTO closed_runs VALUES (?, ?, ?)", (annotator, item, last))


def _open(connection: Connection, annotator: str, item: int) -> None:
    run = _run_with(connection, annotator, item)
    if run is None:
        return
    first, last = run
    if first < item:
        _set_last(connection, annotator, first, item - 1)
    else:
        _drop(connection, annotator, first)
    if item < last:
        connection.run("INSERT INTO closed_runs VALUES (?, ?, ?)", (annotator, item + 1, last))


def _drop(connection: Connection, annotator: str, first: int) -> None:
    connection.run("DELETE FROM closed_runs WHERE annotator = ? AND first = ?", (annotator, first))


def _set_last(connection: Connection, annotator: str, first: int, last: int) -> None:
    connection.run(
        "UPDATE closed_runs SET last = ? WHERE annotator = ? AND first = ?",
        (last, annotator, first),
    )
