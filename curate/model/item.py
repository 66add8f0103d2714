"""What an annotator works on at a time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.model.document import Document, SentenceKind
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class ItemUnit(StrEnum):
    """How large an item is; a setting of the project."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Item:
    """A span of a document that is annotated as one."""

    id: str
    document: str
    """Id of the document."""
    span: Span


def item_id(document: str, span: Span) -> str:
    """The id of an item: the same in every copy of a project."""
    return f"{document}:{span.start}-{span.end}"


def span_of_item(item: str) -> Span:
    """The span that an item's id names."""
    start, _, end = item.rpartition(":")[2].partition("-")
    return Span(int(start), int(end))


def items_of(document: Document, unit: ItemUnit) -> Iterator[Item]:
    """Cut a document into items; boilerplate belongs to none."""
    for span in _item_spans(document, unit):
        yield Item(item_id(document.id, span), document.id, span)


def _item_spans(document: Document, unit: ItemUnit) -> Iterator[Span]:
    kept = [s.span for s in document.sentences if s.kind is not SentenceKind.BOILERPLATE]
    if unit is ItemUnit.SENTENCE or not kept:
        yield from kept
    elif unit is ItemUnit.DOCUMENT:
        yield Span(kept[0].start, kept[-1].end)
    else:
        yield from _paragraphs(document.text, kept)


def _paragraphs(text: str, sentences: list[Span]) -> Iterator[Span]:
    """Join neighbouring sentences that no line end parts."""
    start, end = sentences[0].start, sentences[0].end
    for span in sentences[1:]:
        if "\n" in text[end : span.start] or "\r" in text[end : span.start]:
            yield Span(start, end)
            start = span.start
        end = span.end
    yield Span(start, end)
