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
from curate.agreement.states import Attendance, DocumentWork, done_together, items_said
from curate.model.annotation import Annotation, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Shared items in which somebody took something from a candidate or turned one down."""


def collect(works: Iterable[DocumentWork], selection: Selection) -> Collected:
    """Compare every pair of annotators on every item that both have done."""
    into = Collected()
    for work in works:
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
                _item(into, number, group, selection, work.same_words)
        if any(number in pair.by_document for pair in into.pairs.values()):
            into.documents.append(work.id)
    return into


def _skipping(into: Collected, number: int, closed: dict[str, Annotation]) -> None:
    """Whether two annotators who closed an item skipped the same."""
    for first, second in combinations(closed, 2):
        skips = [closed[name].status is Status.SKIPPED for name in (first, second)]
        if any(skips):
            sums = into.pairs[first, second].by_document[number]
            add(sums, Key("skipping"), Tally(all(skips), skips[0], skips[1]))


def _item(
    into: Collected, number: int, group: dict[str, Annotation], selection: Selection,
    same_words: SameWords | None,
) -> None:  # fmt: skip
    said = {n: said_of(a, selection) for n, a in group.items()}
    types = {n: frozenset(e.type for e in said[n].events) for n in group}
    into.items.append(SharedItem(number, types))
    assisted = any(map(is_assisted, group.values()))
    into.assisted += assisted
    for first, second in combinations(group, 2):
        sums: Sums = {}
        one, other = said[first], said[second]
        compare_mentions(sums, one.mentions, other.mentions, same_words)
        confuse_mentions(into.confusion["mentions"], one.mentions, other.mentions)
        alignment = compare_events(sums, one.events, other.events, same_words)
        confuse_events(into.confusion["events"], alignment)
        for event, like in alignment.pairs:
            for name, a, b in attribute_pairs(event, like):
                into.attributes[name].append(AttributePair(a, b, (first, second)))
        pair = into.pairs[first, second]
        pair.items += 1
        _pool(pair.by_document[number], sums)
        for measure in HEADLINES:
            if (key := Key(measure)) in sums:
                help_key = Key(measure, ASSISTED if assisted else UNAIDED)
                _pool(into.by_help[number], {help_key: sums[key]})


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


def is_assisted(annotation: Annotation) -> bool:
    """Whether the annotator took something from a candidate or turned one down."""
    return (
        bool(annotation.fates)
        or any(m.candidate is not None for m in annotation.mentions)
        or any(f.candidate is not None for f in annotation.frames)
    )
