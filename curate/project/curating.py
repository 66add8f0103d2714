"""What is known of each document beside its text: metadata, quality flags, copies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.corpus.quality import Flag, quality
from curate.errors import CurateError
from curate.model.document import MetaValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.model.document import Document
    from curate.project.opening import Project

REQUIRED = "meta.required"
"""Setting: metadata that every document must bring to be added."""
COLUMNS = ("source", "date", "url", "licence", "genre", "dialect")
"""Metadata known by name, in the order they are shown."""
FLAGS = tuple(flag.value for flag in Flag)
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_MONTH = re.compile(r"(\d{4}-\d{2})(?:-\d{2})?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as it stands in the list."""

    id: str
    meta: Mapping[str, MetaValue]
    words: int
    sentences: int
    flags: tuple[str, ...]
    copy_of: str | None

    def as_json(self) -> dict[str, object]:
        """The row as values that JSON can hold."""
        return {
            "id": self.id,
            "meta": dict(self.meta),
            "words": self.words,
            "sentences": self.sentences,
            "flags": list(self.flags),
            "copy_of": self.copy_of,
        }

    def cells(self) -> list[str]:
        """The row for a table: id, words, sentences, flags, copy of, then `COLUMNS`."""
        known = [_shown(self.meta.get(name)) for name in COLUMNS]
        counted = [str(self.words), str(self.sentences)]
        return [self.id, *counted, ",".join(self.flags), self.copy_of or "", *known]


HEADER = ("document", "words", "sentences", "flags", "copy of", *COLUMNS)


def document_rows(project: Project) -> Iterator[DocumentRow]:
    """Every document, in order; copies as they were found at the last look."""
    copies = {c.document: c.original for c in project.store.copies.all()}
    for document in project.store.documents.all():
        yield row_of(document, copies.get(document.id))


def row_of(document: Document, copy_of: str | None = None) -> DocumentRow:
    """The row of one document."""
    found = quality(document)
    flags = tuple(flag.value for flag in found.flags)
    return DocumentRow(
        document.id, document.meta, found.words, len(document.sentences), flags, copy_of
    )


def month_of(document: Document) -> str:
    """The document's month, `2018-04`, or '' without a date that can be read."""
    found = _MONTH.fullmatch(document.date or "")
    return "" if found is None else found.group(1)


def source_of(document: Document) -> str:
    """The document's source, or ''."""
    value = document.meta.get("source")
    return "" if value is None else str(value)


def set_metadata(
    project: Project, values: Mapping[str, MetaValue], documents: Iterable[str] | None = None
) -> int:
    """Set metadata of the documents named, or of all; None takes a value away. Gives how many."""
    for name in values:
        if not _NAME.fullmatch(name):
            raise CurateError(
                f"{name!r} cannot be the name of metadata",
                "use small Latin letters, digits, - and _, beginning with a letter",
            )
    store = project.store
    ids = store.documents.ids() if documents is None else list(documents)
    changed = 0
    with store.writing():
        for key in ids:
            before = store.documents.get(key).meta
            after = {**before, **values}
            kept = {name: value for name, value in after.items() if value is not None}
            if kept != dict(before):
                store.documents.set_meta(key, kept)
                changed += 1
    return changed


def require_metadata(project: Project, names: Iterable[str]) -> None:
    """From now on only documents that bring these metadata are added."""
    wanted = list(dict.fromkeys(names))
    for name in wanted:
        if not _NAME.fullmatch(name):
            raise CurateError(f"{name!r} cannot be the name of metadata", "such as: source, date")
    project.store.settings[REQUIRED] = [*wanted]


def required_metadata(project: Project) -> tuple[str, ...]:
    """What every document must bring."""
    names = project.store.settings.get(REQUIRED)
    return tuple(str(n) for n in names) if isinstance(names, list) else ()


def missing_metadata(document: Document, required: Iterable[str]) -> list[str]:
    """The metadata that a document ought to bring and does not."""
    return [name for name in required if document.meta.get(name) in (None, "")]


def _shown(value: MetaValue) -> str:
    return "" if value is None else " ".join(str(value).split())
