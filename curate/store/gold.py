"""Gold by item: what the merge of annotations and rulings came to, ready to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.model.annotation import Annotation
from curate.store.encoding import annotation_from, annotation_parts, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.store.database import Connection
    from curate.store.items import Items


@dataclass(frozen=True, slots=True)
class GoldRow:
    """The gold of one item as it is kept."""

    item: str
    """Id of the item."""
    annotation: Annotation
    open: int
    """Cases of the item that wait for a ruling."""
    stories: Sequence[Mapping[str, Any]]
    """How each atom came about, as JSON knows it."""
    at: str
    """When it was last made, ISO 8601, UTC."""


_SELECT = """
SELECT g.item, i.id, g.payload, g.open, g.at FROM gold g JOIN items i ON i.number = g.item
"""
_CHUNK = 500


class Gold:
    """The gold of a project; everything in it can be made anew from annotations and rulings."""

    def __init__(self, connection: Connection, items: Items) -> None:
        self._connection = connection
        self._items = items

    def put(self, row: GoldRow) -> None:
        """Keep the gold of an item in the place of what was there."""
        parts = {"annotation": annotation_parts(row.annotation), "stories": list(row.stories)}
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO gold (item, payload, open, at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (item) DO UPDATE SET payload = excluded.payload, "
                "open = excluded.open, at = excluded.at",
                (self._items.number(row.item), to_json(parts), row.open, row.at),
            )

    def drop(self, item_id: str) -> None:
        """Take the gold of an item away: too few annotators have done it."""
        with self._connection.writing():
            number = self._items.number(item_id)
            self._connection.run("DELETE FROM gold WHERE item = ?", (number,))

    def get(self, item_id: str) -> GoldRow | None:
        """The gold of an item, or None."""
        found = self._connection.row(_SELECT + "WHERE i.id = ?", (item_id,))
        return None if found is None else _row(found)

    def all(self) -> Iterator[GoldRow]:
        """All gold, in the order of the items."""
        last = 0
        while found := self._connection.rows(
            f"{_SELECT}WHERE g.item > ? ORDER BY g.item LIMIT {_CHUNK}", (last,)
        ):
            yield from map(_row, found)
            last = found[-1][0]

    def of_document(self, document_id: str) -> list[GoldRow]:
        """The gold of a document's items, in order."""
        where = "JOIN documents d ON d.number = i.document WHERE d.id = ? ORDER BY g.item"
        return [_row(found) for found in self._connection.rows(_SELECT + where, (document_id,))]

    def touched(self, journal: int, rulings: int) -> tuple[set[str], int, int]:
        """Items decided or ruled on after those rows, and the numbers of the last rows."""
        rows = self._connection.rows(
            "SELECT item FROM journal WHERE number > ?1 UNION SELECT i.id FROM rulings r "
            "JOIN items i ON i.number = r.item WHERE r.rowid > ?2",
            (journal, rulings),
        )
        last = self._connection.row(
            "SELECT (SELECT coalesce(max(number), 0) FROM journal), "
            "(SELECT coalesce(max(rowid), 0) FROM rulings)"
        )
        return {item for (item,) in rows}, *(last or (0, 0))

    def open_items(self) -> set[str]:
        """Ids of the items with open cases."""
        rows = self._connection.rows(
            "SELECT i.id FROM gold g JOIN items i ON i.number = g.item WHERE g.open > 0"
        )
        return {item for (item,) in rows}

    def counts(self) -> tuple[int, int, int]:
        """Items with gold, those of them without an open case, and open cases."""
        found = self._connection.row(
            "SELECT count(*), coalesce(sum(open = 0), 0), coalesce(sum(open), 0) FROM gold"
        )
        return (0, 0, 0) if found is None else (found[0], found[1], found[2])


def _row(found: tuple[Any, ...]) -> GoldRow:
    _, item, payload, waiting, at = found
    parts = from_json(payload)
    return GoldRow(item, annotation_from(parts["annotation"]), waiting, parts["stories"], at)
