"""Articles from saved web pages: trafilatura tells the article from what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from curate.errors import TextError
from curate.formats.doors import needed
from curate.formats.records import Record
from curate.model.document import Document, document_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.document import MetaValue

PACKAGE: Final = "trafilatura"
LARGEST: Final = 20_000_000
"""Bytes that a page may have."""
_META: Final = {
    "title": "title",
    "author": "author",
    "date": "date",
    "url": "url",
    "source": "sitename",
}
"""Name here → trafilatura's."""


def read_page(content: bytes, name: str) -> Iterator[Record]:
    """The article of a page, with what the page says of it; raises TextError where there is none.

    Nothing is fetched: links, scripts and pictures are left alone.
    """
    if len(content) > LARGEST:
        raise TextError(f"{name} has {len(content):,} bytes", f"at most {LARGEST:,} are read")
    found: Any = needed(PACKAGE, PACKAGE).bare_extraction(
        content, include_comments=False, with_metadata=True
    )
    text = None if found is None else found.text
    if not text or not text.strip():
        raise TextError(f"{name} holds no article", "save its text as .txt instead")
    meta: dict[str, MetaValue] = {"page": name}
    for ours, theirs in _META.items():
        value = getattr(found, theirs, None)
        if value:
            meta[ours] = str(value)
    yield Record(Document(document_id(text), text, meta))
