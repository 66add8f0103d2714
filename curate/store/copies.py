"""Which documents are near copies of an earlier one, as it was found at the last look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.store.database import Connection


@dataclass(frozen=True, slots=True)
class Copy:
    """A document that says almost what an earlier one says."""

    document: str
    original: str
    """Id of the first document of its cluster."""
    similarity: float
    """Largest Jaccard index with another document of the cluster."""


class Copies:
    """The copies among the documents; the originals are not listed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, copies: Iterable[Copy]) -> None:
        """Put what was found now in the place of what was found before."""
        with self._connection.writing():
            self._connection.run("DELETE FROM copies")
            self._connection.run_many(
                "INSERT INTO copies SELECT c.number, o.number, ? "
                "FROM documents c, documents o WHERE c.id = ? AND o.id = ?",
                ((c.similarity, c.document, c.original) for c in copies),
            )

    def all(self) -> list[Copy]:
        """Every copy, by original and then in the order of the documents."""
        rows = self._connection.rows(
            "SELECT c.id, o.id, x.similarity FROM copies x "
            "JOIN documents c ON c.number = x.document JOIN documents o ON o.number = x.original "
            "ORDER BY x.original, x.document"
        )
        return [Copy(*row) for row in rows]

    def original_of(self, document_id: str) -> str | None:
        """Id of the document that this one is a copy of, or None."""
        found = self._connection.value(
            "SELECT o.id FROM copies x JOIN documents c ON c.number = x.document "
            "JOIN documents o ON o.number = x.original WHERE c.id = ?",
            (document_id,),
        )
        return None if found is None else str(found)
