"""Search over a project: words however they are written, and what annotators made of them.

Texts are found by an index of the trigrams of their words, which says in
milliseconds which documents may hold them; each of those is then read. What is
not in the index yet is read too, so that an answer never depends on it.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.annotation import Status
from curate.model.span import Span
from curate.store.finding import Condition
from curate.text.search import Needle, indexed_words

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from curate.model.schema import EventSchema
    from curate.project.opening import Project
    from curate.store.finding import Found

AT_ONCE = 200
"""Documents that go into the index in one short transaction."""

MOST_HITS = 1000
"""Hits that are looked for unless more are asked for."""


class Has(StrEnum):
    """What an item may carry."""

    NOTE = "note"
    FLAG = "flag"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for; everything that is given has to hold."""

    text: str = ""
    """Words in the text, or with a type or role in the mention, trigger or filler."""
    type: str | None = None
    """Entity type or event type."""
    role: str | None = None
    annotator: str | None = None
    state: Status | None = None
    has: frozenset[Has] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not Needle.of(self.text) and self == Query(self.text)

    @property
    def condition(self) -> Condition:
        """What it asks of items and annotations."""
        state = self.state
        if Has.FLAG in self.has:
            if state not in (None, Status.FLAGGED):
                raise CurateError(f"an item that is flagged is not {state}", "ask for one of them")
            state = Status.FLAGGED
        return Condition(self.annotator, state, Has.NOTE in self.has, Has.COMMENT in self.has)


def query_of(
    text: str,
    kind: str | None,
    role: str | None,
    annotator: str | None,
    state: str | None,
    has: Iterable[str],
) -> Query:
    """A query from words of a command line."""
    status = None if state is None else Status(state)
    return Query(text, kind, role, annotator, status, frozenset(map(Has, has)))


@dataclass(frozen=True, slots=True)
class Hit:
    """One place that was found."""

    document: str
    item: str
    position: int
    """Of the item, counted from 1."""
    span: Span
    """In code points of the document's text."""
    item_span: Span
    item_text: str
    annotator: str | None = None
    state: Status | None = None
    atom: str | None = None
    """Id of the mention or frame."""
    label: str | None = None
    """Its type, or the role that was asked for."""

    @property
    def text(self) -> str:
        """The words that were found."""
        return self.span.shifted(-self.item_span.start).of(self.item_text)

    def as_json(self) -> dict[str, object]:
        """The hit as values that JSON can hold."""
        said = {"annotator": self.annotator, "state": self.state, "id": self.atom,
                "label": self.label}  # fmt: skip
        return {
            "document": self.document,
            "item": self.item,
            "position": self.position,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "sentence": self.item_text,
            **{name: value for name, value in said.items() if value is not None},
        }


def search(
    project: Project,
    query: Query,
    limit: int | None = MOST_HITS,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> Generator[Hit, None, None]:
    """The places where the query holds, in the order of the project, the first ones at once.

    It ends early when `stopped` says so, which is asked between documents. Raises
    `CurateError` for an empty query and for names that the schema does not know.
    """
    _check(project.schema, query)
    with closing(_hits(project, query, stopped)) as hits:
        yield from islice(hits, limit)


def _check(schema: EventSchema, query: Query) -> None:
    if query.is_empty:
        raise CurateError("there is nothing to look for", "give words, or a filter such as --type")
    if query.type is not None and not (
        query.type in schema.entity_types or query.type in schema.event_types
    ):
        raise CurateError(f"the schema has no type {query.type}", "`curate schema show` lists them")
    if query.role is not None and query.role not in schema.roles:
        raise CurateError(f"the schema has no role {query.role}", "`curate schema show` lists them")


def _hits(
    project: Project, query: Query, stopped: Callable[[], bool]
) -> Generator[Hit, None, None]:
    needle = Needle.of(query.text)
    if query.type is not None or query.role is not None:
        for found in takewhile(lambda _: not stopped(), _atoms(project, query)):
            if needle.is_in(_words(found)):
                yield _hit(found, found.span or found.item.span)
    elif query.condition:
        rows = project.store.finding.items(query.condition)
        for found in takewhile(lambda _: not stopped(), rows):
            if not needle:
                yield _hit(found, found.item.span)
            for span in needle.hits(found.text):
                yield _hit(found, span.shifted(found.item.span.start))
    else:
        yield from _text_hits(project, needle, stopped)


def _atoms(project: Project, query: Query) -> Iterator[Found]:
    finding, condition = project.store.finding, query.condition
    if query.role is not None:
        return finding.fillers(query.role, query.type, condition)
    named = str(query.type)
    if named in project.schema.entity_types:
        return finding.mentions(named, condition)
    return finding.frames(named, condition)


def _words(found: Found) -> str:
    span = found.span or found.item.span
    return span.shifted(-found.item.span.start).of(found.text)


def _hit(found: Found, span: Span) -> Hit:
    return Hit(
        found.item.document, found.item.id, found.number, span, found.item.span, found.text,
        found.annotator, found.status, found.atom, found.label,
    )  # fmt: skip


def _text_hits(project: Project, needle: Needle, stopped: Callable[[], bool]) -> Iterator[Hit]:
    """Hits in the texts; those outside all items, in scraped matter, cannot be gone to."""
    finding = project.store.finding
    texts = finding.documents(needle.trigrams)
    for number, document, text in takewhile(lambda _: not stopped(), texts):
        items = None
        for span in needle.hits(text):
            items = finding.items_of(number) if items is None else items
            place = bisect_right(items, span.start, key=lambda item: item[2]) - 1
            if place < 0 or span.start >= items[place][3]:
                continue
            position, item, start, end = items[place]
            whole = Span(start, end)
            inside = Span(span.start, min(span.end, end))
            yield Hit(document, item, position, inside, whole, whole.of(text))


def keep_up(project: Project, say: Callable[[int], None] = lambda _: None) -> int:
    """Bring the index up to the last document, in short transactions; return how many came in."""
    finding = project.store.finding
    if not finding.has_index:
        return 0
    done = 0
    while waiting := finding.uncovered(AT_ONCE):
        finding.cover([(number, indexed_words(text)) for number, text in waiting])
        done += len(waiting)
        say(done)
    return done
