"""Under which condition each item is annotated: with its candidates, or with none shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.span import Span

if TYPE_CHECKING:
    from curate.store.database import Connection


class Conditions:
    """Conditions of items; once recorded, one holds for every annotator and for good."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, item_id: str) -> bool | None:
        """Whether the item's candidates are hidden; None while nothing was recorded."""
        hidden = self._connection.value(
            "SELECT c.hidden FROM conditions c JOIN items i ON i.number = c.item WHERE i.id = ?",
            (item_id,),
        )
        return None if hidden is None else bool(hidden)

    def record(self, item_id: str, *, hidden: bool, at: str) -> None:
        """Record an item's condition, unless one was recorded before."""
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO conditions SELECT number, ?, ? FROM items WHERE id = ? "
                "ON CONFLICT DO NOTHING",
                (hidden, at, item_id),
            )

    def record_touched(self, at: str) -> int:
        """Record every item that somebody worked on as one with its candidates; return how many."""
        with self._connection.writing():
            return self._connection.run(
                "INSERT INTO conditions SELECT DISTINCT item, 0, ? FROM annotations WHERE TRUE "
                "ON CONFLICT DO NOTHING",
                (at,),
            )

    def hidden(self, document_id: str) -> frozenset[Span]:
        """The items of a document that were annotated without candidates."""
        rows = self._connection.rows(
            "SELECT i.start, i.end FROM conditions c JOIN items i ON i.number = c.item "
            "JOIN documents d ON d.number = i.document WHERE d.id = ? AND c.hidden",
            (document_id,),
        )
        return frozenset(Span(start, end) for start, end in rows)

    def counts(self) -> tuple[int, int]:
        """How many items were recorded with their candidates shown, and with them hidden."""
        rows = dict(self._connection.rows("SELECT hidden, count(*) FROM conditions GROUP BY 1"))
        return int(rows.get(0, 0)), int(rows.get(1, 0))
