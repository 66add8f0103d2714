"""Builders for the store's tests: invented texts, stores, decisions."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Mention, Status
from curate.model.change import difference
from curate.model.document import Document, Origin, Sentence, document_id
from curate.model.ids import new_id
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.store.journal import Decision
from curate.store.settings import ITEM_UNIT
from curate.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = "2024-05-01T10:00:00.000+00:00"
_PLACES = ("الساحل", "الوادي", "الجسر", "السوق", "المرفأ")


def sentence(number: int) -> str:
    """An invented sentence, another one for each number."""
    return f"وصلت القافلة رقم {number} إلى {_PLACES[number % 5]} قبل الظهر."


def document(sentences: int, first: int = 0) -> Document:
    """An invented document of that many sentences."""
    text = ""
    spans: list[Sentence] = []
    for number in range(first, first + sentences):
        start = len(text)
        text += sentence(number)
        spans.append(Sentence(Span(start, len(text))))
        text += " "
    origin = Origin("قوافل.txt", 0, len(text))
    return Document(document_id(text), text, {"source": "test"}, tuple(spans), origin)


def store(path: Path, *, sentences: int = 6, documents: int = 1) -> Store:
    """A new store with documents of that many sentences each."""
    made = Store.create(path, {ITEM_UNIT: "sentence"})
    texts = [document(sentences, number * sentences) for number in range(documents)]
    made.documents.add(texts, ItemUnit.SENTENCE, at=NOW)
    return made


def item_ids(opened: Store) -> list[str]:
    """Ids of all items, in order."""
    return [item.id for item in opened.items.all()]


def decided(opened: Store, item: str, after: Annotation, row: str | None = None) -> Decision:
    """The decision that leads from the stored annotation to another."""
    before = opened.annotations.get(item, after.annotator)
    return Decision(
        row or new_id(), after.annotator, item, "test", difference(before, after), 1.5, 2, NOW
    )


def close(opened: Store, item: str, annotator: str = "a1") -> None:
    """Let an annotator finish an item."""
    after = replace(opened.annotations.get(item, annotator), status=Status.DONE)
    opened.journal.write(decided(opened, item, after))


def with_mention(opened: Store, item: str, name: str, annotator: str = "a1") -> Annotation:
    """The stored annotation and one more mention, at its start."""
    before = opened.annotations.get(item, annotator)
    mention = Mention(name, Span(before.item.start, before.item.start + 4), "Group")
    mentions = sorted((*before.mentions, mention), key=lambda m: (m.span, m.id))
    return replace(before, status=Status.DRAFT, mentions=tuple(mentions))


def rows() -> Iterator[str]:
    """Row ids r1, r2, …"""
    return (f"r{number}" for number in count(1))
