"""Documents on their way in: nothing of them is seen in the project until `commit`.

They wait in temporary tables, which live in a file of their own and hold no lock, so that an
import of any size needs little memory, keeps annotators waiting only for the final copy, and
leaves nothing behind when it is broken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.errors import Busy, FormatError, TextError
from curate.model.document import Document, SentenceKind
from curate.model.item import ItemUnit, items_of
from curate.store.candidates import candidates_to_json
from curate.store.encoding import to_json
from curate.store.queue import rank_new

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.candidate import Candidate
    from curate.store.database import Connection

_BATCH = 200
"""Documents to hold in memory before they go to the temporary tables."""

_BATCH_CHARACTERS = 4_000_000
"""Characters of text to hold in memory at most, beyond one document."""

_TABLES = {
    "documents": "number INTEGER PRIMARY KEY, id, sha256, meta, file, start, end, at, text",
    "sentences": "document INTEGER, start, end, kind",
    "items": "id, document INTEGER, start, end",
    "candidates": "document INTEGER, producer, at, payload",
}
"""Columns of the temporary tables, which are called `coming_…`."""

_DOCUMENTS = """
INSERT INTO main.documents
SELECT number + :base, id, sha256, meta, file, start, end, at, text
FROM temp.coming_documents ORDER BY number
"""
_SENTENCES = """
INSERT INTO main.sentences
SELECT document + :base, start, end, kind FROM temp.coming_sentences ORDER BY rowid
"""
_ITEMS = """
INSERT INTO main.items (number, id, document, start, end)
SELECT rowid + :last, id, document + :base, start, end FROM temp.coming_items ORDER BY rowid
"""
_CANDIDATES = """
INSERT INTO main.candidates (document, producer, at, payload)
SELECT document + :base, producer, at, payload FROM temp.coming_candidates ORDER BY rowid
"""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a producer proposes for a document, ready to be stored."""

    producer: str
    """Name and version."""
    payload: str
    """The candidates as `candidates_to_json` writes them."""
    count: int

    @classmethod
    def of(cls, producer: str, candidates: Sequence[Candidate]) -> Proposed:
        """Make candidates ready to be stored."""
        return cls(producer, candidates_to_json(candidates), len(candidates))


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of adding documents."""

    documents: int = 0
    sentences: int = 0
    """Of any kind."""
    boilerplate: int = 0
    """Sentences that are scraped matter around an article."""
    items: int = 0
    candidates: int = 0
    duplicates: int = 0
    """Documents whose text was there already."""

    def __add__(self, other: AddReport) -> AddReport:
        return AddReport(
            self.documents + other.documents,
            self.sentences + other.sentences,
            self.boilerplate + other.boilerplate,
            self.items + other.items,
            self.candidates + other.candidates,
            self.duplicates + other.duplicates,
        )


class Intake:
    """Collects documents and puts them into the project in one transaction."""

    def __init__(self, connection: Connection, unit: ItemUnit, *, at: str) -> None:
        self._connection = connection
        self._unit = unit
        self._at = at
        self._waiting: list[tuple[int, Document, tuple[Proposed, ...]]] = []
        self._characters = 0
        self._hashes: set[str] = set()
        self._ids: set[str] = set()
        self._added = 0
        self._report = AddReport()
        for name, columns in _TABLES.items():
            connection.run(f"CREATE TEMP TABLE IF NOT EXISTS coming_{name} ({columns})")
        self.discard()

    def claim(self, document: Document) -> bool:
        """Whether the text is new: `add` is to follow. Counts it as a duplicate otherwise.

        Raises `FormatError` when another text has this id, `TextError` for a text that is not
        Unicode throughout.
        """
        _check_unicode(document)
        digest = document.sha256
        known = digest in self._hashes or self._connection.row(
            "SELECT 1 FROM documents WHERE sha256 = ?", (digest,)
        )
        if known:
            self._report += AddReport(duplicates=1)
            return False
        if document.id in self._ids or self._connection.row(
            "SELECT 1 FROM documents WHERE id = ?", (document.id,)
        ):
            raise FormatError(
                f"two different texts have the id {document.id}",
                "give one of them another id, or take the ids out of the file",
            )
        self._hashes.add(digest)
        self._ids.add(document.id)
        return True

    def add(self, document: Document, proposed: Iterable[Proposed] = ()) -> None:
        """Take a document that was claimed, with what is proposed for it."""
        self._added += 1
        self._waiting.append((self._added, document, tuple(proposed)))
        self._characters += len(document.text)
        if len(self._waiting) >= _BATCH or self._characters >= _BATCH_CHARACTERS:
            self._set_down()

    def commit(self) -> AddReport:
        """Make everything that was added part of the project."""
        self._set_down()
        report = self._report
        with self._connection.writing():
            self._check_alone()
            base = self._connection.value("SELECT coalesce(max(number), 0) FROM documents")
            last = self._connection.value("SELECT coalesce(max(number), 0) FROM items")
            self._connection.run(_DOCUMENTS, {"base": base})
            self._connection.run(_SENTENCES, {"base": base})
            self._connection.run(_ITEMS, {"base": base, "last": last})
            self._connection.run(_CANDIDATES, {"base": base})
            rank_new(self._connection, base)
        self.discard()
        return report

    def discard(self) -> None:
        """Forget what was added since the last commit."""
        self._waiting.clear()
        self._hashes.clear()
        self._ids.clear()
        self._added = 0
        self._characters = 0
        self._report = AddReport()
        for name in _TABLES:
            self._connection.run(f"DELETE FROM temp.coming_{name}")  # noqa: S608 (our names)

    def _check_alone(self) -> None:
        """Refuse when another program added some of the texts since they were claimed."""
        if self._connection.row(
            "SELECT 1 FROM temp.coming_documents c JOIN main.documents d "
            "ON d.sha256 = c.sha256 OR d.id = c.id LIMIT 1"
        ):
            raise Busy(
                f"another program added the same texts to {self._connection.path} just now",
                "run the command again: what is there already is only counted",
            )

    def _set_down(self) -> None:
        """Move what waits in memory to the temporary tables."""
        if not self._waiting:
            return
        rows = _Rows(self._unit, self._at)
        for number, document, proposed in self._waiting:
            self._report += rows.take(number, document, proposed)
        self._waiting.clear()
        self._characters = 0
        with self._connection.setting_down():
            for name, values in rows.tables().items():
                places = ", ".join("?" * (_TABLES[name].count(",") + 1))
                self._connection.run_many(
                    f"INSERT INTO temp.coming_{name} VALUES ({places})",  # noqa: S608 (our names)
                    values,
                )


class _Rows:
    """Rows for the temporary tables."""

    def __init__(self, unit: ItemUnit, at: str) -> None:
        self._unit = unit
        self._at = at
        self._documents: list[tuple[Any, ...]] = []
        self._sentences: list[tuple[Any, ...]] = []
        self._items: list[tuple[Any, ...]] = []
        self._candidates: list[tuple[Any, ...]] = []

    def take(self, number: int, document: Document, proposed: tuple[Proposed, ...]) -> AddReport:
        """Turn a document into rows."""
        origin = document.origin
        place = (None, None, None) if origin is None else (origin.file, origin.start, origin.end)
        meta = to_json(dict(document.meta))
        self._documents.append(
            (number, document.id, document.sha256, meta, *place, self._at, document.text)
        )
        self._sentences += [
            (number, s.span.start, s.span.end, s.kind.value) for s in document.sentences
        ]
        items = [
            (item.id, number, item.span.start, item.span.end)
            for item in items_of(document, self._unit)
        ]
        self._items += items
        self._candidates += [(number, p.producer, self._at, p.payload) for p in proposed]
        return AddReport(
            documents=1,
            sentences=len(document.sentences),
            boilerplate=sum(s.kind is SentenceKind.BOILERPLATE for s in document.sentences),
            items=len(items),
            candidates=sum(p.count for p in proposed),
        )

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Rows by table."""
        return {
            "documents": self._documents,
            "sentences": self._sentences,
            "items": self._items,
            "candidates": self._candidates,
        }


def _check_unicode(document: Document) -> None:
    """Refuse halves of surrogate pairs, which are no characters and which no file can hold."""
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        raise TextError(
            f"character {error.start + 1} of document {document.id} is half a surrogate pair "
            f"(U+{ord(document.text[error.start]):04X})",
            "mend the text where it was made; such a half stands for no character",
        ) from error
