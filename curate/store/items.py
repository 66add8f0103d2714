"""Items in the order of the project: which comes next, which is open, who has how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ProjectError
from curate.model.item import Item
from curate.model.span import Span
from curate.store import progress, queue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.model.annotation import Status
    from curate.store.database import Connection

_ITEM = """
SELECT i.id, d.id, i.start, i.end FROM items i JOIN documents d ON d.number = i.document
"""


class Items:
    """The items of a project; numbers count from 1 without gaps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, item_id: str) -> Item | None:
        """The item of that id, or None."""
        return self._item("WHERE i.id = ?", (item_id,))

    def first(self) -> Item | None:
        """The first item of the project."""
        return self._item("ORDER BY i.number LIMIT 1", ())

    def last(self) -> Item | None:
        """The last item of the project."""
        return self._item("ORDER BY i.number DESC LIMIT 1", ())

    def at(self, position: int) -> Item | None:
        """The item at a position, counted from 1."""
        return self._item("WHERE i.number = ?", (position,))

    def after(self, item_id: str) -> Item | None:
        """The item that follows, or None at the end."""
        return self.at(self.number(item_id) + 1)

    def before(self, item_id: str) -> Item | None:
        """The item ahead, or None at the start."""
        return self.at(self.number(item_id) - 1)

    def position(self, item_id: str) -> tuple[int, int]:
        """Where the item stands, counted from 1, and how many there are."""
        return self.number(item_id), self.count()

    def count(self) -> int:
        """How many items there are."""
        return int(self._connection.value("SELECT coalesce(max(number), 0) FROM items"))

    def of_document(self, document_id: str) -> list[Item]:
        """The items of a document, in order."""
        sql = _ITEM + "WHERE d.id = ? ORDER BY i.number"
        return [_item(row) for row in self._connection.rows(sql, (document_id,))]

    def all(self) -> Iterator[Item]:
        """Every item, in order."""
        for row in self._connection.each(_ITEM + "ORDER BY i.number"):
            yield _item(row)

    def next_open(self, annotator: str, after: str | None = None) -> Item | None:
        """The next item that is new or in draft for the annotator, from the start again at the end.

        The order is the project's: that of the documents, or by rank (see `curate.store.queue`).
        Only assigned items count for an annotator who was assigned any.
        """
        start = 0 if after is None else self.number(after)
        if queue.is_ranked(self._connection):
            ranked = queue.next_ranked(self._connection, annotator, start or None)
            if ranked is not None:
                return self.at(ranked)
        number = progress.next_open(self._connection, annotator, start)
        if number is None and start:
            number = progress.next_open(self._connection, annotator, 0)
        return None if number is None else self.at(number)

    def counts(self, annotator: str) -> dict[Status, int]:
        """How many items are in each status for an annotator."""
        return progress.counts(self._connection, annotator, self.count())

    def left(self, annotator: str) -> tuple[int, int]:
        """How many items an annotator has to do and has in all; assigned ones only, if any."""
        row = self._connection.row(
            "SELECT sum(is_open), count(*) FROM assignments WHERE annotator = ?", (annotator,)
        )
        if row is not None and row[1]:
            return int(row[0]), int(row[1])
        counts = self.counts(annotator)
        closed = sum(counts[status] for status in progress.CLOSED)
        total = sum(counts.values())
        return total - closed, total

    def batch(self, annotator: str, item_id: str) -> tuple[str, int, int] | None:
        """The batch that an item was assigned in: its name, items to do, and items in all."""
        name = self._connection.value(
            "SELECT s.batch FROM assignments s JOIN items i ON i.number = s.item "
            "WHERE i.id = ? AND s.annotator = ?",
            (item_id, annotator),
        )
        if name is None:
            return None
        row = self._connection.row(
            "SELECT sum(is_open), count(*) FROM assignments WHERE annotator = ? AND batch = ?",
            (annotator, name),
        )
        return None if row is None else (str(name), int(row[0]), int(row[1]))

    def assign(
        self, annotator: str, item_ids: Iterable[str], *, at: str, batch: str | None = None
    ) -> int:
        """Give items to an annotator; return how many were new to them."""
        with self._connection.writing():
            return sum(self._assign(annotator, item, at, batch) for item in item_ids)

    def assigned(self, annotator: str) -> list[Item]:
        """The items that were assigned to an annotator, in order."""
        sql = _ITEM + (
            "JOIN assignments s ON s.item = i.number WHERE s.annotator = ? ORDER BY i.number"
        )
        return [_item(row) for row in self._connection.rows(sql, (annotator,))]

    def number(self, item_id: str) -> int:
        """The number of an item; refused when there is no such item."""
        found = self._connection.value("SELECT number FROM items WHERE id = ?", (item_id,))
        if found is None:
            raise ProjectError(f"{self._connection.path} has no item {item_id}")
        return int(found)

    def _assign(self, annotator: str, item_id: str, at: str, batch: str | None) -> int:
        number = self.number(item_id)
        status = self._connection.value(
            "SELECT status FROM annotations WHERE item = ? AND annotator = ?", (number, annotator)
        )
        return self._connection.run(
            "INSERT INTO assignments VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (annotator, number, batch, at, status not in progress.CLOSED),
        )

    def _item(self, where: str, values: Sequence[str | int]) -> Item | None:
        row = self._connection.row(_ITEM + where, values)
        return None if row is None else _item(row)


def _item(row: tuple[str, str, int, int]) -> Item:
    item, document, start, end = row
    return Item(item, document, Span(start, end))
