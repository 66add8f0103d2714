"""Rows that search reads: documents by index, items, mentions, frames and fillers by filter."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from curate.model.annotation import Status
from curate.model.item import Item
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.store.database import Connection

_ITEM = "i.number, i.id, d.id, i.start, i.end, substr(d.text, i.start + 1, i.end - i.start)"
_FROM_SAID = (
    "FROM annotations a CROSS JOIN items i ON i.number = a.item "
    "CROSS JOIN documents d ON d.number = i.document "
)
_IN_ORDER = " ORDER BY a.item, a.annotator"
_TALKED = "EXISTS (SELECT 1 FROM comments c WHERE c.item = i.number)"


@dataclass(frozen=True, slots=True)
class Condition:
    """What an item and its annotation have to be like."""

    annotator: str | None = None
    status: Status | None = None
    noted: bool = False
    """Whether it has to carry a note."""
    talked: bool = False
    """Whether there has to be a comment on it."""

    def __bool__(self) -> bool:
        return self != Condition()

    def sql(self) -> tuple[str, dict[str, Any]]:
        """As conditions on an annotation `a` of an item `i`, each after an AND."""
        parts = {
            "a.annotator = :annotator": self.annotator is not None,
            "a.status = :status": self.status is not None,
            "a.note IS NOT NULL": self.noted,
            _TALKED: self.talked,
        }
        values = {"annotator": self.annotator, "status": self.status}
        said = "".join(f" AND {sql}" for sql, holds in parts.items() if holds)
        return said, {k: v for k, v in values.items() if v is not None}


@dataclass(frozen=True, slots=True)
class Found:
    """A row: an item, who annotated it, and what in it."""

    number: int
    """Of the item, counted from 1."""
    item: Item
    text: str
    """The item's."""
    annotator: str | None = None
    status: Status | None = None
    atom: str | None = None
    """Id of the mention or frame."""
    label: str | None = None
    """Its type, or a role."""
    span: Span | None = None


class Finding:
    """What search asks of a project; every answer comes row by row, in the order of the items."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # ------------------------------------------------------------------ the index

    @property
    def has_index(self) -> bool:
        """Whether the file has an index: where it was made there was full-text search."""
        sql = "SELECT 1 FROM sqlite_schema WHERE name = 'search_index'"
        return self._connection.row(sql) is not None

    def covered(self) -> int:
        """Number of the last document in the index."""
        return int(self._connection.value("SELECT document FROM search_covered") or 0)

    def uncovered(self, limit: int) -> list[tuple[int, str]]:
        """The next documents that are not in the index: number and text."""
        return self._connection.rows(
            "SELECT number, text FROM documents WHERE number > ? ORDER BY number LIMIT ?",
            (self.covered(), limit),
        )

    def cover(self, words: Iterable[tuple[int, str]]) -> None:
        """Put the words of documents into the index, in the order of their numbers."""
        with self._connection.writing():
            covered = self.covered()
            fresh = [(number, text) for number, text in words if number > covered]
            self._connection.run_many(
                "INSERT INTO search_index (rowid, words) VALUES (?, ?)", fresh
            )
            if fresh:
                self._connection.run("UPDATE search_covered SET document = ?", (fresh[-1][0],))

    def documents(self, trigrams: Iterable[str]) -> Iterator[tuple[int, str, str]]:
        """Number, id and text of the documents that may hold all trigrams, in order.

        Those that are not in the index are among them; without trigrams it is all of them.
        """
        match = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in trigrams)
        last = 0
        if match and self.has_index:
            last = self.covered()
            yield from self._connection.each(
                "SELECT d.number, d.id, d.text FROM search_index s "
                "CROSS JOIN documents d ON d.number = s.rowid "
                "WHERE search_index MATCH ? ORDER BY s.rowid",
                (match,),
            )
        yield from self._connection.each(
            "SELECT number, id, text FROM documents WHERE number > ? ORDER BY number", (last,)
        )

    def items_of(self, number: int) -> list[tuple[int, str, int, int]]:
        """Number, id, start and end of the items of a document, in order."""
        return self._connection.rows(
            "SELECT number, id, start, end FROM items WHERE document = ? ORDER BY number", (number,)
        )

    # ------------------------------------------------------------------ by filter

    def items(self, condition: Condition) -> Iterator[Found]:
        """Items whose annotation is like that, once for each annotator of whom it holds."""
        if condition.status is Status.NEW:
            yield from self._untouched(condition)
        elif condition == Condition(talked=True):
            for row in self._connection.each(
                f"SELECT {_ITEM} FROM items i CROSS JOIN documents d ON d.number = i.document "  # noqa: S608 (ours)
                f"WHERE i.number IN (SELECT item FROM comments) ORDER BY i.number"
            ):
                yield _found(row)
        else:
            where, values = condition.sql()
            sql = f"SELECT {_ITEM}, a.annotator, a.status {_FROM_SAID} WHERE 1 {where}{_IN_ORDER}"
            for row in self._connection.each(sql, values):
                yield _found(row)

    def _untouched(self, condition: Condition) -> Iterator[Found]:
        """Items that the annotator, or without one anybody, has yet to begin."""
        mine = "" if condition.annotator is None else "AND a.annotator = :annotator"
        talked = f"AND {_TALKED}" if condition.talked else ""
        noted = "AND 0" if condition.noted else ""
        values = {} if condition.annotator is None else {"annotator": condition.annotator}
        for row in self._connection.each(
            f"SELECT {_ITEM}, NULL, 'new' FROM items i "  # noqa: S608 (ours)
            "CROSS JOIN documents d ON d.number = i.document WHERE NOT EXISTS ("
            f"SELECT 1 FROM annotations a WHERE a.item = i.number AND a.status <> 'new' {mine}) "
            f"{talked} {noted} ORDER BY i.number",
            values,
        ):
            yield _found(row)

    def mentions(self, entity_type: str, condition: Condition) -> Iterator[Found]:
        """Mentions of an entity type."""
        where, values = condition.sql()
        yield from self._atoms(
            "m.id, m.type, m.start, m.end",
            "CROSS JOIN mentions m ON m.annotation = a.number",
            f"WHERE m.type = :type {where}",
            {**values, "type": entity_type},
        )

    def frames(self, event_type: str, condition: Condition) -> Iterator[Found]:
        """Frames of an event type, by their triggers."""
        where, values = condition.sql()
        yield from self._atoms(
            "f.id, f.type, f.start, f.end",
            "CROSS JOIN frames f ON f.annotation = a.number",
            f"WHERE f.type = :type {where}",
            {**values, "type": event_type},
        )

    def fillers(self, role: str, of_type: str | None, condition: Condition) -> Iterator[Found]:
        """Fillers of a role; with a type, those of it or in frames of it."""
        where, values = condition.sql()
        typed = "" if of_type is None else "AND :type IN (f.type, m.type, g.type)"
        if of_type is not None:
            values["type"] = of_type
        yield from self._atoms(
            "f.id, r.role, coalesce(r.start, m.start, g.start), coalesce(r.end, m.end, g.end)",
            "CROSS JOIN arguments r ON r.annotation = a.number "
            "JOIN frames f ON f.annotation = r.annotation AND f.id = r.frame "
            "LEFT JOIN mentions m ON m.annotation = r.annotation AND m.id = r.mention "
            "LEFT JOIN frames g ON g.annotation = r.annotation AND g.id = r.filler_frame",
            f"WHERE r.role = :role {typed} {where}",
            {**values, "role": role},
        )

    def _atoms(self, what: str, join: str, where: str, values: dict[str, Any]) -> Iterator[Found]:
        sql = (
            f"SELECT {_ITEM}, a.annotator, a.status, {what} {_FROM_SAID} {join} {where}{_IN_ORDER}"
        )
        atoms = (_found(row) for row in self._connection.each(sql, values))
        for _, together in groupby(atoms, key=lambda f: (f.number, f.annotator)):
            yield from sorted(together, key=lambda f: f.span or f.item.span)


def _found(row: tuple[Any, ...]) -> Found:
    number, key, document, start, end, text, *said = row
    found = Found(number, Item(key, document, Span(start, end)), text)
    if not said:
        return found
    annotator, status, *atom = said
    label, span = None, None
    name = None
    if atom:
        name, label, first, last = atom
        span = Span(first, last)
    return Found(number, found.item, text, annotator, Status(status), name, label, span)
