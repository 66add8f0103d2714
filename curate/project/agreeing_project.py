"""What a project's annotators said, with when, under which version and with what help."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property, partial
from typing import TYPE_CHECKING

from curate.agreement.states import DocumentWork, Work
from curate.model.item import item_id
from curate.project.control import hidden_items
from curate.project.gold import GOLD
from curate.store.progress import CLOSED
from curate.store.settings import SCHEMA_VERSION
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.model.annotation import Annotation
    from curate.model.span import Span
    from curate.project.agreeing_options import AgreementOptions
    from curate.store.rounds import Reading
    from curate.store.store import Store


class ProjectWork:
    """Reads the work on one document at a time."""

    def __init__(self, store: Store, options: AgreementOptions) -> None:
        self._store = store
        self._options = options
        self._schema = str(store.settings.get(SCHEMA_VERSION) or "")
        self._guidelines = store.rounds.guidelines()

    @cached_property
    def _closed(self) -> Mapping[tuple[str, str], str]:
        return self._store.rounds.closed(own=True)

    @cached_property
    def _batched(self) -> Mapping[str, frozenset[str]]:
        """Items by batch."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._store.rounds.assigned():
            if row.batch is not None:
                found[row.batch].add(row.item)
        return {name: frozenset(items) for name, items in found.items()}

    @property
    def batches(self) -> frozenset[str]:
        """The batches that there are."""
        return frozenset(self._batched)

    @cached_property
    def _wanted(self) -> frozenset[str] | None:
        """The items of the batches asked for; None for all items."""
        if not self._options.batches:
            return None
        return frozenset().union(*(self._batched[name] for name in self._options.batches))

    def text_of(self, document: str) -> str:
        """The text of a document."""
        return self._store.documents.get(document).text

    def work_of(self, document: str) -> DocumentWork:
        """What was said of a document, each annotator's earlier readings of an item first."""
        works = (
            work
            for work in self._works(document, self._store.annotations.of_document(document))
            if self._takes(document, work)
        )
        return DocumentWork(
            document,
            tuple(works),
            partial(same_words, self.text_of(document)),
            hidden_items(self._store, document),
        )

    def _works(self, document: str, annotations: list[Annotation]) -> Iterator[Work]:
        earlier: dict[tuple[str, Span], list[Reading]] = defaultdict(list)
        for reading in self._store.rounds.of_document(document):
            earlier[reading.annotation.annotator, reading.annotation.item].append(reading)
        for annotation in annotations:
            key = annotation.annotator, annotation.item
            before = earlier.pop(key, [])
            for reading in before:
                yield self._work(reading.annotation, reading.closed)
            if annotation.status in CLOSED or not before:
                at = self._closed.get((item_id(document, annotation.item), annotation.annotator))
                yield self._work(annotation, at or "")
        for readings in earlier.values():  # given again, and not begun
            for reading in readings:
                yield self._work(reading.annotation, reading.closed)

    def _work(self, annotation: Annotation, at: str) -> Work:
        if self._options.mix_versions:
            return Work(annotation, "", at)
        begun = bisect_right(self._guidelines, at, key=lambda version: version[0])
        guidelines = self._guidelines[begun - 1][1] if begun else ""
        return Work(annotation, f"{self._schema} {guidelines}".strip(), at)

    def _leaves_out(self, annotator: str) -> bool:
        """Gold is no annotator; it is compared where it is asked for by name."""
        return annotator == GOLD and not self._options.annotators

    def notes(self, annotators: Iterable[str]) -> Iterator[str]:
        """What people should know of what was left out."""
        if any(map(self._leaves_out, annotators)):
            yield f"{GOLD} is left out: --by {GOLD} --by NAME compares with it"

    def _takes(self, document: str, work: Work) -> bool:
        options, annotation = self._options, work.annotation
        if not options.takes(annotation.annotator) or self._leaves_out(annotation.annotator):
            return False
        if self._wanted is not None and item_id(document, annotation.item) not in self._wanted:
            return False
        day = work.at[:10]
        if (options.since or options.until) and not day:
            return False
        return (options.since or day) <= day <= (options.until or day)
