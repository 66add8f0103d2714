"""The way back from a number of the report to what annotators marked, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from curate.agreement.collect import ASSISTED, UNAIDED, Selection, is_assisted, is_helped, said_of
from curate.agreement.compare import ALL
from curate.agreement.events import attribute_pairs
from curate.agreement.pairing import PAIRINGS, Atom, Matched, Said, aligned
from curate.agreement.score import Tally
from curate.agreement.states import Attendance, DocumentWork, done_together, items_said
from curate.model.annotation import Annotation, Status
from curate.model.item import item_id
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.agreement.spans import SameWords
    from curate.agreement.states import Work


class Outcome(StrEnum):
    """How two annotators stand to each other in one place."""

    MATCHED = "matched"
    DIFFERENT = "different"
    """Both marked something here, and it is not the same."""
    ONLY_FIRST = "only_first"
    ONLY_SECOND = "only_second"


class Difference(StrEnum):
    """In what they differ."""

    SAME = "same"
    FORM = "form"
    """A clitic, a diacritic or punctuation, and nothing else."""
    BOUNDARY = "boundary"
    LABEL = "label"
    PLACE_AND_LABEL = "place_and_label"
    ATTACHMENT = "attachment"
    """The same argument on frames that do not belong together."""
    CONTENT = "content"
    """Arguments or attributes of a frame with the same trigger and type."""
    MISSED = "missed"
    """One of the two has nothing here."""


EVERY_OUTCOME: Final = frozenset(Outcome)
CONFUSIONS: Final = frozenset({"confusion_mentions", "confusion_events"})


@dataclass(frozen=True, slots=True)
class Question:
    """Which number of a report is asked about."""

    measure: str
    """A name of `MEASURES`, or `confusion_mentions`, `confusion_events`, `presence` (of the event
    type `label`), `attributes` (of the attribute `label`)."""
    label: str = ALL
    pair: tuple[str, str] | None = None
    """Two annotators by name, in order; None for all pairs."""
    cell: tuple[str, str] | None = None
    """Of a confusion or an attribute: what the first and the second said, "" for nothing."""
    outcomes: frozenset[Outcome] = EVERY_OUTCOME
    condition: str | None = None
    """`assisted` or `unaided` items; None for both."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One place that a number is made of."""

    item: str
    """Id of the item: the same in every copy of a project."""
    document: str
    span: Span
    """The item in its document."""
    annotators: tuple[str, str]
    first: Atom | None
    second: Atom | None
    tally: Tally
    """What it adds: over all outcomes the tallies add up to the figure's."""
    difference: Difference

    @property
    def outcome(self) -> Outcome:
        """How the two stand to each other here."""
        if self.second is None:
            return Outcome.ONLY_FIRST
        if self.first is None:
            return Outcome.ONLY_SECOND
        return Outcome.MATCHED if self.tally.matched else Outcome.DIFFERENT


@dataclass(frozen=True, slots=True)
class Place:
    """An item that a count of the report counts."""

    item: str
    document: str
    span: Span
    annotators: tuple[str, ...]
    """Whom the count is about."""


@dataclass(frozen=True, slots=True)
class Here:
    """Two annotators on one item."""

    work: DocumentWork
    span: Span
    names: tuple[str, str]
    annotations: tuple[Annotation, Annotation]
    said: tuple[Said, Said]
    """What they mean by it, as it is compared."""
    is_helped: bool
    at: str = ""
    """When the later of the two closed it; "" where nobody knows."""


def evidence(
    works: Iterable[DocumentWork], selection: Selection, question: Question
) -> Iterator[Instance]:
    """What the number is made of, in the order of the documents; lazily, one document at a time.

    Raises KeyError for a measure that there is not.
    """
    if question.measure not in {*PAIRINGS, "skipping", "presence", "attributes"}:
        raise KeyError(question.measure)
    for work in works:
        skipping = question.measure == "skipping"
        for here in _skips(work, selection) if skipping else shared(work, selection):
            if question.pair not in {None, here.names} or not _is_in(here, question.condition):
                continue
            for pair in pairs(here, question):
                if (found := instance(here, pair, question)) is not None:
                    yield found


def places(
    works: Iterable[DocumentWork], selection: Selection, what: str, annotator: str | None = None
) -> Iterator[Place]:
    """The items behind a count.

    `what` is `shared`, `single`, `versions_differ`, `repeated`, `assisted`, `unaided`, or a status.
    Raises ValueError for anything else.
    """
    if what not in {"shared", "single", "versions_differ", "repeated", ASSISTED, UNAIDED}:
        what = Status(what)
    for work in works:
        attendance = Attendance()
        for span, said in items_said(work, attendance):
            for names in _counted(work, span, said, selection, what):
                if annotator is None or annotator in names:
                    yield Place(item_id(work.id, span), work.id, span, names)


def _counted(
    work: DocumentWork, span: Span, said: dict[str, Work], selection: Selection, what: str
) -> Iterator[tuple[str, ...]]:
    """Whom the item is counted for, once for each time that it is counted."""
    if what == "repeated":
        names = [w.annotation.annotator for w in work.works if w.annotation.item == span]
        yield from ((name,) for name in said for _ in range(names.count(name) - 1))
        return
    if isinstance(what, Status):
        yield from ((n,) for n, w in said.items() if w.annotation.status is what)
        return
    attendance = Attendance()
    groups = done_together(said, attendance, selection.statuses)
    closed = tuple(n for n, w in said.items() if w.annotation.status in selection.statuses)
    if what in {"single", "versions_differ"}:
        if getattr(attendance, what):
            yield closed
        return
    for group in groups:
        helped = is_helped(group, work)
        if what == "shared" or (what == ASSISTED) == helped:
            yield tuple(group)


def shared(work: DocumentWork, selection: Selection) -> Iterator[Here]:
    """Every pair of annotators on every item that both have done."""
    attendance = Attendance()
    for span, said in items_said(work, attendance):
        for group in done_together(said, attendance, selection.statuses):
            helped = is_helped(group, work)
            said_by = {name: said_of(w.annotation, selection) for name, w in group.items()}
            for first, second in combinations(group, 2):
                one, other = group[first], group[second]
                both = one.annotation, other.annotation
                means = said_by[first], said_by[second]
                at = max(one.at, other.at) if one.at and other.at else ""
                yield Here(work, span, (first, second), both, means, helped, at)


def _skips(work: DocumentWork, selection: Selection) -> Iterator[Here]:
    attendance = Attendance()
    for span, said in items_said(work, attendance):
        closed = {
            n: w.annotation
            for n, w in said.items()
            if w.annotation.status in {Status.SKIPPED, *selection.statuses}
        }
        for first, second in combinations(closed, 2):
            both = closed[first], closed[second]
            means = _NOTHING, _NOTHING
            yield Here(work, span, (first, second), both, means, any(map(is_assisted, both)))


_NOTHING: Final = Said([], [])


def _is_in(here: Here, condition: str | None) -> bool:
    return condition is None or (condition == ASSISTED) == here.is_helped


def pairs(here: Here, question: Question) -> Iterator[Matched]:
    """What the two marked, put together as the measure asked for does it."""
    if question.measure == "skipping":
        return _skipping(here)
    if question.measure == "presence":
        return _presence(here)
    if question.measure == "attributes":
        return (pair for name, pair in attribute_values(here) if name == question.label)
    return PAIRINGS[question.measure](*here.said, here.work.same_words)


def _skipping(here: Here) -> Iterator[Matched]:
    whole = Atom(here.span.start, here.span.end, Status.SKIPPED)
    first, second = (whole if a.status is Status.SKIPPED else None for a in here.annotations)
    if first or second:
        yield Matched(first, second, float(first == second))


def _presence(here: Here) -> Iterator[Matched]:
    """The event types that one of the two found, each once."""
    sides = [{e.type for e in side.events} for side in here.said]
    for kind in sorted(sides[0] | sides[1]):
        whole = Atom(here.span.start, here.span.end, kind)
        first, second = (whole if kind in side else None for side in sides)
        yield Matched(first, second, float(first == second))


def attribute_values(here: Here) -> Iterator[tuple[str, Matched]]:
    """The attributes of frames that tell the same event: name, and both values."""
    for pair in aligned(*here.said):
        if pair.first is None or pair.second is None:
            continue
        events = pair.first.event, pair.second.event
        if events[0] is None or events[1] is None:
            continue
        for name, first, second in attribute_pairs(events[0], events[1]):
            yield (
                name,
                Matched(
                    pair.first._replace(label=first),
                    pair.second._replace(label=second),
                    float(first == second),
                ),
            )


def instance(here: Here, pair: Matched, question: Question) -> Instance | None:
    """The pair as an answer; None where the question does not ask for it."""
    labels = tuple("" if atom is None else atom.label for atom in (pair.first, pair.second))
    if question.cell is not None and labels != question.cell:
        return None
    tally = _tally(pair, question)
    if tally is None:
        return None
    found = Instance(
        item_id(here.work.id, here.span), here.work.id, here.span, here.names,
        pair.first, pair.second, tally, difference(pair, here.work.same_words),
    )  # fmt: skip
    return found if found.outcome in question.outcomes else None


def _tally(pair: Matched, question: Question) -> Tally | None:
    """What the pair adds to the figure; None where it has none of the labels asked for."""
    if question.measure == "frames_exact":
        return Tally(pair.credit, 1, 1)
    if question.measure in CONFUSIONS:
        same = pair.first and pair.second and pair.first.label == pair.second.label
        pair = pair._replace(credit=float(bool(same)))
    label = question.label if question.measure != "attributes" else ALL
    first, second = (
        atom is not None and label in {ALL, atom.label} for atom in (pair.first, pair.second)
    )
    return Tally(pair.credit, first, second) if first or second else None


def difference(pair: Matched, same_words: SameWords | None = None) -> Difference:
    """In what two marks differ."""
    one, other = pair.first, pair.second
    if one is None or other is None:
        return Difference.MISSED
    if one.extent != other.extent:
        if one.label != other.label:
            return Difference.PLACE_AND_LABEL
        is_form = same_words is not None and same_words(one.extent, other.extent)
        return Difference.FORM if is_form else Difference.BOUNDARY
    if one.label != other.label:
        return Difference.LABEL
    if pair.credit or one.event is None or other.event is None:
        return Difference.SAME
    is_frame = one.extent == one.event.trigger and one.label == one.event.type
    return Difference.CONTENT if is_frame else Difference.ATTACHMENT
