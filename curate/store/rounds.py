"""Earlier readings of items that were given again, how items were drawn, versions of guidelines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Fate
from curate.model.span import Span
from curate.store.encoding import annotation_from, annotation_parts, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.store.database import Connection
    from curate.store.encoding import Json

_CLOSED = """
SELECT item, annotator, max(number), at, undoable OR action IN ('undo', 'redo') FROM journal
WHERE change ->> '$.status[1]' IN ('done', 'skipped', 'flagged')
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an annotator said of an item before it was given to them again."""

    annotation: Annotation
    round: int
    """Counted from 1."""
    closed: str
    """When it was closed, ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One item of one annotator."""

    annotator: str
    item: str
    document: str
    span: Span
    batch: str | None
    at: str
    is_open: bool
    readings: int
    """How often they have read it before."""


class Rounds:
    """Keeps what must not be overwritten, and how it came about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, item: int, annotation: Annotation, *, closed: str, at: str) -> int:
        """Keep a reading for good; return which one of this annotator and item it is."""
        parts = annotation_parts(annotation)
        parts["fates"] = {name: fate.value for name, fate in annotation.fates.items()}
        with self._connection.writing():
            return int(
                self._connection.value(
                    "INSERT INTO readings SELECT ?1, ?2, 1 + coalesce(max(round), 0), ?3, ?4, ?5 "
                    "FROM readings WHERE annotator = ?1 AND item = ?2 RETURNING round",
                    (annotation.annotator, item, to_json(parts), closed, at),
                )
            )

    def of_document(self, document_id: str) -> list[Reading]:
        """The earlier readings of a document's items, each annotator's in order."""
        rows = self._connection.rows(
            "SELECT r.payload, r.round, r.closed FROM readings r JOIN items i ON i.number = r.item "
            "JOIN documents d ON d.number = i.document WHERE d.id = ? "
            "ORDER BY i.number, r.annotator, r.round",
            (document_id,),
        )
        return [Reading(_annotation(payload), number, closed) for payload, number, closed in rows]

    def closed(self, *, own: bool = False) -> dict[tuple[str, str], str]:
        """Item id and annotator → when it was last closed, ISO 8601, UTC.

        An item that was opened again since is here too: its annotation says so. With `own` only
        what was closed here by a person, not what was imported as closed.
        """
        return {
            (item, name): at
            for item, name, _, at, is_own in self._connection.each(_CLOSED)
            if is_own or not own
        }

    def assigned(self) -> list[Assigned]:
        """Everything that was assigned, by annotator, in the order of the items."""
        rows = self._connection.rows(
            "SELECT s.annotator, i.id, d.id, i.start, i.end, s.batch, s.at, s.is_open, "
            "(SELECT count(*) FROM readings r WHERE r.item = s.item AND r.annotator = s.annotator) "
            "FROM assignments s JOIN items i ON i.number = s.item "
            "JOIN documents d ON d.number = i.document ORDER BY s.annotator, s.item"
        )
        return [
            Assigned(name, item, document, Span(start, end), batch, at, bool(is_open), readings)
            for name, item, document, start, end, batch, at, is_open, readings in rows
        ]

    def pool(self) -> list[tuple[str, str, str | None, str | None]]:
        """Every item, in order: its id, its document's id, source and date."""
        rows = self._connection.rows(
            "SELECT i.id, d.id, d.meta ->> '$.source', d.meta ->> '$.date' "
            "FROM items i JOIN documents d ON d.number = i.document ORDER BY i.number"
        )
        return [
            (item, document, source and str(source), date and str(date))
            for item, document, source, date in rows
        ]

    def touched(self, but: str) -> set[str]:
        """Ids of the items that anybody but one annotator has said anything of."""
        rows = self._connection.rows(
            "SELECT DISTINCT i.id FROM annotations a JOIN items i ON i.number = a.item "
            "WHERE a.annotator <> ?",
            (but,),
        )
        return {item for (item,) in rows}

    def documents(self) -> list[str]:
        """Ids of the documents that anybody has said anything of, now or before, in order."""
        rows = self._connection.rows(
            "SELECT id FROM documents WHERE number IN (SELECT i.document FROM items i "
            "WHERE i.number IN (SELECT item FROM annotations UNION SELECT item FROM readings)) "
            "ORDER BY number"
        )
        return [document for (document,) in rows]

    def last_active(self) -> dict[str, str]:
        """When each annotator last decided anything, ISO 8601, UTC."""
        rows = self._connection.rows(
            "SELECT annotator, max(at) FROM journal WHERE undoable GROUP BY annotator"
        )
        return dict(rows)

    def hand_over(self, item: int, old: str, new: str, *, at: str) -> None:
        """Give an open item of one annotator to another."""
        with self._connection.writing():
            self._connection.run(
                "UPDATE assignments SET annotator = ?, at = ? WHERE annotator = ? AND item = ?",
                (new, at, old, item),
            )

    def give_again(self, annotator: str, item: int, batch: str | None, *, at: str) -> None:
        """Open an item for an annotator who had it already.

        Who works without assignments goes on so: the item is open in the project's order.
        """
        if self._connection.row("SELECT 1 FROM assignments WHERE annotator = ?", (annotator,)):
            self._connection.run(
                "INSERT INTO assignments VALUES (?, ?, ?, ?, 1) ON CONFLICT (annotator, item) "
                "DO UPDATE SET batch = excluded.batch, at = excluded.at, is_open = 1",
                (annotator, item, batch, at),
            )

    def given_again(self) -> set[tuple[str, str]]:
        """Item id and annotator of everything that was given again."""
        rows = self._connection.rows(
            "SELECT DISTINCT i.id, r.annotator FROM readings r JOIN items i ON i.number = r.item"
        )
        return {(item, annotator) for item, annotator in rows}

    def note_lot(self, how: Mapping[str, Json], *, at: str) -> None:
        """Note how items were drawn."""
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO lots (at, payload) VALUES (?, ?)", (at, to_json(dict(how)))
            )

    def lots(self) -> list[dict[str, Json]]:
        """How items were drawn, the first lot first."""
        rows = self._connection.rows("SELECT at, payload FROM lots ORDER BY number")
        return [{"at": at, **from_json(payload)} for at, payload in rows]

    def begin_guidelines(self, name: str, *, at: str) -> None:
        """From now on work counts under this version of the guidelines."""
        with self._connection.writing():
            self._connection.run("INSERT INTO guideline_versions VALUES (?, ?)", (at, name))

    def guidelines(self) -> list[tuple[str, str]]:
        """When each version of the guidelines began, and its name; the first one first."""
        rows = self._connection.rows("SELECT at, name FROM guideline_versions ORDER BY at")
        return [(at, name) for at, name in rows]


def _annotation(payload: str) -> Annotation:
    parts = from_json(payload)
    fates = {name: Fate(fate) for name, fate in parts.pop("fates").items()}
    return replace(annotation_from(parts), fates=fates)
