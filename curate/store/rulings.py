"""What leads decided, in order and for good; taking a ruling back is a row too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.model.annotation import Annotation
from curate.store.encoding import annotation_from, annotation_parts, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.store.database import Connection
    from curate.store.items import Items


@dataclass(frozen=True, slots=True)
class RulingRow:
    """One ruling as it is kept."""

    id: str
    item: str
    """Id of the item."""
    adjudicator: str
    payload: Mapping[str, Any]
    """The ruling's parts as JSON knows them."""
    at: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another version of an annotation, from elsewhere, that its annotator did not write here."""

    item: str
    source: str
    """Where it came from, such as the name of a server."""
    annotation: Annotation


_SELECT = """
SELECT r.id, i.id, r.adjudicator, r.payload, r.at
FROM rulings r JOIN items i ON i.number = r.item
"""


class Rulings:
    """Rulings and versions in conflict, by item."""

    def __init__(self, connection: Connection, items: Items) -> None:
        self._connection = connection
        self._items = items

    def add(self, rows: Iterable[RulingRow]) -> None:
        """Keep rulings."""
        with self._connection.writing():
            self._connection.run_many(
                "INSERT INTO rulings (id, item, adjudicator, payload, at) VALUES (?, ?, ?, ?, ?)",
                (
                    (r.id, self._items.number(r.item), r.adjudicator, to_json(r.payload), r.at)
                    for r in rows
                ),
            )

    def of_item(self, item_id: str) -> list[RulingRow]:
        """The rulings on an item in the order they were made."""
        return self._rows("WHERE i.id = ? ORDER BY r.at, r.rowid", (item_id,))

    def of_document(self, document_id: str) -> list[RulingRow]:
        """The rulings on a document's items in the order they were made."""
        where = "JOIN documents d ON d.number = i.document WHERE d.id = ? ORDER BY r.at, r.rowid"
        return self._rows(where, (document_id,))

    def all(self) -> list[RulingRow]:
        """Every ruling, in the order they were made."""
        return self._rows("ORDER BY r.at, r.rowid", ())

    def latest(self, adjudicator: str) -> list[RulingRow]:
        """What an adjudicator ruled, the latest first."""
        return self._rows(
            "WHERE r.adjudicator = ? ORDER BY r.at DESC, r.rowid DESC", (adjudicator,)
        )

    def put_rival(self, rival: Rival, *, at: str) -> None:
        """Keep another version of an annotation; a later one from the same source replaces it."""
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO conflicts (item, annotator, source, payload, at) "
                "VALUES (?, ?, ?, ?, ?) ON CONFLICT (item, annotator, source) "
                "DO UPDATE SET payload = excluded.payload, at = excluded.at",
                (
                    self._items.number(rival.item), rival.annotation.annotator, rival.source,
                    to_json(annotation_parts(rival.annotation)), at,
                ),
            )  # fmt: skip

    def rivals(self, item_id: str | None = None) -> list[Rival]:
        """Versions in conflict, of an item or of all, in the order they came."""
        rows = self._connection.rows(
            "SELECT i.id, c.source, c.payload FROM conflicts c JOIN items i ON i.number = c.item "
            "WHERE ?1 IS NULL OR i.id = ?1 ORDER BY c.number",
            (item_id,),
        )
        return [Rival(item, source, annotation_from(from_json(p))) for item, source, p in rows]

    def rival_times(self) -> dict[str, str]:
        """Which versions there are, as `item annotator source`, and when each came."""
        rows = self._connection.rows(
            "SELECT i.id || ' ' || c.annotator || ' ' || c.source, c.at "
            "FROM conflicts c JOIN items i ON i.number = c.item"
        )
        return dict(rows)

    def drop_rival(self, item_id: str, annotator: str, source: str) -> None:
        """Forget a version: both sides say the same again."""
        with self._connection.writing():
            self._connection.run(
                "DELETE FROM conflicts WHERE item = ? AND annotator = ? AND source = ?",
                (self._items.number(item_id), annotator, source),
            )

    def _rows(self, where: str, values: Sequence[Any]) -> list[RulingRow]:
        return [
            RulingRow(ruling, item, who, from_json(payload), at)
            for ruling, item, who, payload, at in self._connection.rows(_SELECT + where, values)
        ]
