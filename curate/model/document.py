"""Documents and their sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from curate.model.span import Span

MetaValue = str | int | float | bool | None


class SentenceKind(StrEnum):
    """What a sentence is to a reader of the article."""

    TITLE = "title"
    BODY = "body"
    BOILERPLATE = "boilerplate"
    """Scraped matter around the article (share lines, teasers): kept, not annotated."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A derived span of a document that holds one sentence or title."""

    span: Span
    kind: SentenceKind = SentenceKind.BODY


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was cut from: file name and half-open code point range in its text."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One text as imported. The text is never changed, trimmed or repaired."""

    id: str
    text: str
    meta: Mapping[str, MetaValue] = field(default_factory=dict, hash=False)
    """Free metadata; `source`, `date` (ISO 8601), `url` and `licence` are known by name."""
    sentences: tuple[Sentence, ...] = ()
    origin: Origin | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as hexadecimal digits."""
        return text_hash(self.text)

    @property
    def date(self) -> str | None:
        """The document's date as its metadata give it."""
        value = self.meta.get("date")
        return value if isinstance(value, str) else None


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8 (lone surrogates kept as they are), as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_id(text: str) -> str:
    """The id of a text that came without one: the same text has the same id everywhere."""
    return "d" + text_hash(text)[:16]
