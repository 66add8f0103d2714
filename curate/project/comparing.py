"""A comparison of annotators: its report, and the way back from each number to the sentences."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.agreement.collect import collect
from curate.agreement.compare import ALL, LABELLED, Key
from curate.agreement.evidence import evidence, places
from curate.agreement.gathering import gather
from curate.agreement.intervals import Drawing
from curate.agreement.page.naming import Naming
from curate.agreement.page.page import Subject, page
from curate.agreement.page.sentences import Sentence
from curate.agreement.report import MEASURES, report
from curate.agreement.states import Attendance, items_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curate.agreement.collect import Selection
    from curate.agreement.evidence import Instance, Place, Question
    from curate.agreement.states import DocumentWork
    from curate.model.annotation import Annotation
    from curate.model.schema import EventSchema
    from curate.model.span import Span

PLACES: Final = 12
"""Places behind each number of a page unless told otherwise."""


@dataclass(frozen=True, slots=True)
class How:
    """How a comparison is made."""

    drawing: Drawing = field(default_factory=Drawing)
    window: int | None = None
    """Items in a window of time."""
    notes: tuple[str, ...] = ()
    """What did not fit together, for people."""


class Comparison:
    """Annotators compared on a selection of documents.

    What stands behind a number is read again when it is asked for, from the documents that count
    for it alone. Belongs to the thread of the project it was made from.
    """

    def __init__(
        self,
        documents: Sequence[str],
        work_of: Callable[[str], DocumentWork],
        text_of: Callable[[str], str],
        selection: Selection,
        schema: EventSchema,
        how: How,
    ) -> None:
        self._documents = documents
        self._work_of = work_of
        self._text_of = text_of
        self._selection = selection
        self._schema = schema
        self._sentences: dict[tuple[str, Span], Sentence] = {}
        with _without_collector():
            self._collected = collect(map(work_of, documents), selection)
        self.report = report(self._collected, how.drawing, how.window)
        self.notes = how.notes

    @property
    def documents(self) -> Sequence[str]:
        """Ids of all documents that were looked at, in their order."""
        return self._documents

    def text(self, document: str) -> str:
        """The text of a document."""
        return self._text_of(document)

    def said(self, document: str, item: Span) -> dict[str, Annotation]:
        """The last word of each annotator on an item, by name."""
        for span, said in items_said(self._work_of(document), Attendance()):
            if span == item:
                return {name: work.annotation for name, work in said.items()}
        return {}

    def behind(self, question: Question) -> Iterator[Instance]:
        """What a number is made of, in the order of the documents, as it is asked for.

        Raises KeyError for a measure that there is not.
        """
        works = map(self._work_of, self._that_count(question))
        return evidence(works, self._selection, question)

    def items(self, what: str, annotator: str | None = None) -> Iterator[Place]:
        """The items behind a count: see `curate.agreement.evidence.places`."""
        return places(map(self._work_of, self._documents), self._selection, what, annotator)

    def page(self, name: str, language: str, limit: int | None = None) -> Iterator[str]:
        """The report as one HTML page in `en` or `ar`, in pieces.

        Each number has up to `limit` places where annotators differ behind it, and a third of that
        where they do not.
        """
        works = map(self._work_of, self._collected.documents)
        found = gather(
            works,
            self._selection,
            self.report.attributes,
            self.report.windows,
            PLACES if limit is None else limit,
        )
        subject = Subject(name, self.report, found, self._sentence_at, self._selection.attributes)
        return page(subject, Naming(self._schema, language))

    def _sentence_at(self, place: tuple[str, Span]) -> Sentence:
        document, span = place
        if place not in self._sentences:
            self._sentences[place] = Sentence(
                document, span, self.text(document), self.said(document, span)
            )
        return self._sentences[place]

    def _that_count(self, question: Question) -> Iterable[str]:
        """The documents in which there is anything to find."""
        known = self._collected.documents
        if question.measure not in MEASURES:
            return known
        key = Key(question.measure, question.label if question.measure in LABELLED else ALL)
        found = {
            number
            for names, pair in self._collected.pairs.items()
            if question.pair in {None, names}
            for number, sums in pair.by_document.items()
            if key in sums
        }
        return [known[number] for number in sorted(found)]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the collector of circles out: millions of small values are made here, and no circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
