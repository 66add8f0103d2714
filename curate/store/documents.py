"""Texts as imported, with their sentences and metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curate.errors import ProjectError
from curate.model.document import Document, Origin, Sentence, SentenceKind
from curate.model.span import Span
from curate.store.encoding import from_json, to_json
from curate.store.intake import AddReport, Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.model.document import MetaValue
    from curate.model.item import ItemUnit
    from curate.store.database import Connection

_DOCUMENT = "SELECT number, id, meta, file, start, end, text FROM documents "


_KINDS = {kind.value: kind for kind in SentenceKind}
"""Kinds by the words they are kept as."""


class Documents:
    """The documents of a project, in the order they came."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def intake(self, unit: ItemUnit, *, at: str) -> Intake:
        """Begin to take documents in, one at a time; one intake per connection at a time."""
        return Intake(self._connection, unit, at=at)

    def add(self, documents: Iterable[Document], unit: ItemUnit, *, at: str) -> AddReport:
        """Add all of them or, on an error, none; a text that is there already is only counted."""
        intake = self.intake(unit, at=at)
        for document in documents:
            if intake.claim(document):
                intake.add(document)
        return intake.commit()

    def get(self, document_id: str) -> Document:
        """The document of that id."""
        row = self._connection.row(_DOCUMENT + "WHERE id = ?", (document_id,))
        if row is None:
            raise ProjectError(f"{self._connection.path} has no document {document_id}")
        return self._document(row)

    def find_text(self, sha256: str) -> Document | None:
        """The document whose text has that hash, or None."""
        row = self._connection.row(_DOCUMENT + "WHERE sha256 = ?", (sha256,))
        return None if row is None else self._document(row)

    def id_of_text(self, sha256: str) -> str | None:
        """Id of the document whose text has that hash, or None."""
        found = self._connection.value("SELECT id FROM documents WHERE sha256 = ?", (sha256,))
        return None if found is None else str(found)

    def all(self) -> Iterator[Document]:
        """Every document, in order; safe to write meanwhile."""
        last = 0
        while row := self._connection.row(
            _DOCUMENT + "WHERE number > ? ORDER BY number LIMIT 1", (last,)
        ):
            yield self._document(row)
            last = row[0]

    def set_meta(self, document_id: str, meta: Mapping[str, MetaValue]) -> None:
        """Put other metadata in the place of a document's; the text stays as it came."""
        with self._connection.writing():
            self._connection.run(
                "UPDATE documents SET meta = ? WHERE id = ?", (to_json(dict(meta)), document_id)
            )

    def ids(self) -> list[str]:
        """Ids of all documents, in order."""
        rows = self._connection.rows("SELECT id FROM documents ORDER BY number")
        return [key for (key,) in rows]

    def count(self) -> int:
        """How many documents there are."""
        return int(self._connection.value("SELECT count(*) FROM documents"))

    def _document(self, row: tuple[Any, ...]) -> Document:
        number, key, meta, file, start, end, text = row
        sentences = self._connection.rows(
            "SELECT start, end, kind FROM sentences WHERE document = ? ORDER BY start", (number,)
        )
        return Document(
            key,
            text,
            {} if meta == "{}" else from_json(meta),
            tuple(Sentence(Span(a, b), _KINDS[kind]) for a, b, kind in sentences),
            None if file is None else Origin(file, start, end),
        )
