"""Go through the items that several annotators have done, and keep sums by document."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.agreement.compare import (
    Confusion,
    Key,
    Sums,
    add,
    compare_events,
    compare_mentions,
    confuse_events,
    confuse_mentions,
)
from curate.agreement.events import AttributesOf, attribute_pairs, events_of
from curate.agreement.pairing import Said
from curate.agreement.score import Tally
from curate.agreement.spans import Marked
from curate.agreement.states import (
    Attendance,
    DocumentWork,
    Work,
    done_again,
    done_together,
    items_said,
)
from curate.model.annotation import Annotation, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.agreement.spans import SameWords

ASSISTED: Final = "assisted"
UNAIDED: Final = "unaided"
HEADLINES: Final = ("mentions", "tri_c", "arg_c_attached")
"""The measures that are also compared with and without the machine's candidates."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is compared."""

    types: frozenset[str] = frozenset()
    """Mentions and frames of which types; empty for all."""
    statuses: frozenset[Status] = frozenset({Status.DONE})
    """Items in which status count as done."""
    attributes: AttributesOf | None = None
    """How a frame's attributes are read."""

    def takes(self, kind: str) -> bool:
        """Whether that type is compared."""
        return not self.types or kind in self.types


class SharedItem(NamedTuple):
    """The event types that each annotator found in an item that several have done."""

    document: int
    """Counted from 0 among the documents that have shared items."""
    types: dict[str, frozenset[str]]
    """By annotator."""


class DatedSums(NamedTuple):
    """The headline measures of one pair of annotators on one item, and when it was done."""

    at: str
    """When the later of the two closed it."""
    document: int
    sums: Sums


class AttributePair(NamedTuple):
    """The values of one attribute in a pair of frames that tell the same event."""

    first: str
    second: str
    annotators: tuple[str, str]


@dataclass(slots=True)
class PairSums:
    """What two annotators have in common, by document."""

    items: int = 0
    by_document: dict[int, Sums] = field(default_factory=lambda: defaultdict(dict))


@dataclass(slots=True)
class Collected:
    """Everything that a report is made of."""

    attendance: Attendance = field(default_factory=Attendance)
    documents: list[str] = field(default_factory=list)
    """Those with shared items."""
    items: list[SharedItem] = field(default_factory=list)
    pairs: dict[tuple[str, str], PairSums] = field(default_factory=lambda: defaultdict(PairSums))
    attributes: dict[str, list[AttributePair]] = field(default_factory=lambda: defaultdict(list))
    confusion: dict[str, Confusion] = field(
        default_factory=lambda: {"mentions": Counter(), "events": Counter()}
    )
    by_help: dict[int, Sums] = field(default_factory=lambda: defaultdict(dict))
    """By document: the headline measures, with `ASSISTED` and `UNAIDED` for labels."""
    assisted: int = 0
    """Shared items with help: see `is_helped`."""
    is_controlled: bool = False
    """Whether it was recorded which items had their candidates hidden."""
    dated: list[DatedSums] = field(default_factory=list)
    """Where times are known."""
    again: dict[str, PairSums] = field(default_factory=lambda: defaultdict(PairSums))
    """By annotator: what they said first and later of the same items; documents count apart."""


def collect(works: Iterable[DocumentWork], selection: Selection) -> Collected:
    """Compare every pair of annotators on every item that both have done."""
    into = Collected()
    for place, work in enumerate(works):
        number = len(into.documents)
        for _, said in items_said(work, into.attendance):
            closed = {
                n: w.annotation
                for n, w in said.items()
                if w.annotation.status is Status.SKIPPED
                or w.annotation.status in selection.statuses
            }
            _skipping(into, number, closed)
            for group in done_together(said, into.attendance, selection.statuses):
                _item(into, number, group, selection, work)
        if any(number in pair.by_document for pair in into.pairs.values()):
            into.documents.append(work.id)
        into.is_controlled |= work.hidden is not None
        for _, before, after in done_again(work, selection.statuses):
            _again(into, place, (before.annotation, after.annotation), selection, work.same_words)
    return into


def _again(
    into: Collected, place: int, readings: tuple[Annotation, Annotation], selection: Selection,
    same_words: SameWords | None,
) -> None:  # fmt: skip
    """Compare an annotator with themselves."""
    sums: Sums = {}
    one, other = (said_of(a, selection) for a in readings)
    compare_mentions(sums, one.mentions, other.mentions, same_words)
    compare_events(sums, one.events, other.events, same_words)
    pair = into.again[readings[0].annotator]
    pair.items += 1
    _pool(pair.by_document[place], sums)


def _skipping(into: Collected, number: int, closed: dict[str, Annotation]) -> None:
    """Whether two annotators who closed an item skipped the same."""
    for first, second in combinations(closed, 2):
        skips = [closed[name].status is Status.SKIPPED for name in (first, second)]
        if any(skips):
            sums = into.pairs[first, second].by_document[number]
            add(sums, Key("skipping"), Tally(all(skips), skips[0], skips[1]))


def _item(
    into: Collected, number: int, group: dict[str, Work], selection: Selection, work: DocumentWork
) -> None:
    said = {n: said_of(w.annotation, selection) for n, w in group.items()}
    types = {n: frozenset(e.type for e in said[n].events) for n in group}
    into.items.append(SharedItem(number, types))
    helped = is_helped(group, work)
    into.assisted += helped
    for first, second in combinations(group, 2):
        pair = into.pairs[first, second]
        pair.items += 1
        sums = pair.by_document[number]
        before = {key: list(sums[key]) for key in _HEADLINE_KEYS if key in sums}
        one, other = said[first], said[second]
        compare_mentions(sums, one.mentions, other.mentions, work.same_words)
        confuse_mentions(into.confusion["mentions"], one.mentions, other.mentions)
        alignment = compare_events(sums, one.events, other.events, work.same_words)
        confuse_events(into.confusion["events"], alignment)
        for event, like in alignment.pairs:
            for name, a, b in attribute_pairs(event, like):
                into.attributes[name].append(AttributePair(a, b, (first, second)))
        headlines = _added(before, sums)
        label = ASSISTED if helped else UNAIDED
        _pool(into.by_help[number], {k._replace(label=label): v for k, v in headlines.items()})
        if group[first].at and group[second].at:
            at = max(group[first].at, group[second].at)
            into.dated.append(DatedSums(at, number, headlines))


_HEADLINE_KEYS: Final = tuple(map(Key, HEADLINES))


def _added(before: Sums, after: Sums) -> Sums:
    """What one item added to the headline measures of its document."""
    nothing = [0.0, 0, 0]
    return {
        key: [new - old for new, old in zip(after[key], before.get(key, nothing), strict=True)]
        for key in _HEADLINE_KEYS
        if key in after
    }


def _pool(into: Sums, sums: Sums) -> None:
    for key, (matched, first, second) in sums.items():
        known = into.setdefault(key, [0.0, 0, 0])
        known[0] += matched
        known[1] += first
        known[2] += second


def said_of(annotation: Annotation, selection: Selection) -> Said:
    """What an annotation says, as it is compared; of mentions that are equal one counts."""
    mentions = {
        Marked(m.span.start, m.span.end, m.type)
        for m in annotation.mentions
        if selection.takes(m.type)
    }
    events = events_of(annotation, selection.attributes)
    return Said(sorted(mentions), [e for e in events if selection.takes(e.type)])


def is_helped(group: Mapping[str, Work], work: DocumentWork) -> bool:
    """Whether the machine helped with an item.

    Where it was recorded which items had their candidates hidden: whether they were shown. Else
    whether somebody took something from a candidate or turned one down.
    """
    annotations = [w.annotation for w in group.values()]
    if work.hidden is not None:
        return annotations[0].item not in work.hidden
    return any(map(is_assisted, annotations))


def is_assisted(annotation: Annotation) -> bool:
    """Whether the annotator took something from a candidate or turned one down."""
    return (
        bool(annotation.fates)
        or any(m.candidate is not None for m in annotation.mentions)
        or any(f.candidate is not None for f in annotation.frames)
    )
