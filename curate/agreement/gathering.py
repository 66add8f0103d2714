"""What stands behind every number of a report, gathered in one go, a few places for each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.agreement.collect import ASSISTED, HEADLINES, UNAIDED
from curate.agreement.compare import ALL, LABELLED
from curate.agreement.evidence import (
    CONFUSIONS,
    Difference,
    Here,
    Instance,
    Outcome,
    Question,
    attribute_values,
    instance,
    pairs,
    shared,
)
from curate.agreement.pairing import PAIRINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.agreement.collect import Selection
    from curate.agreement.drift import Window
    from curate.agreement.states import DocumentWork


class Number(NamedTuple):
    """Which number it is."""

    measure: str
    label: str = ALL
    pair: tuple[str, str] | None = None
    cell: tuple[str, str] | None = None
    condition: str | None = None
    window: int | None = None
    """Counted from 0."""
    kind: Difference | None = None


@dataclass(slots=True)
class Behind:
    """What a number is made of."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    """Of all places that were looked at."""
    different: list[Instance] = field(default_factory=list)
    same: list[Instance] = field(default_factory=list)

    def is_full(self, limit: int) -> bool:
        """Whether no more is wanted of either sort."""
        return len(self.different) >= limit and len(self.same) >= _same(limit)

    def take(self, found: Instance, limit: int) -> None:
        """Count a place, and keep it where there is room."""
        self.outcomes[found.outcome] += 1
        if found.outcome is not Outcome.MATCHED:
            if len(self.different) < limit:
                self.different.append(found)
        elif len(self.same) < _same(limit):
            self.same.append(found)


def _same(limit: int) -> int:
    """How many places where annotators say the same go with so many where they do not."""
    return -(-limit // 3)


_ALONE: Final = tuple(m for m in PAIRINGS if m not in {*LABELLED, *CONFUSIONS})
"""Measures that are kept as a whole alone: once there is enough of one it is left out."""


def gather(
    works: Iterable[DocumentWork],
    selection: Selection,
    attributes: Iterable[str],
    windows: Sequence[Window],
    limit: int,
) -> dict[Number, Behind]:
    """Up to `limit` places where annotators differ, and a third where they do not, by number."""
    found: dict[Number, Behind] = defaultdict(Behind)
    starts = [w.first for w in windows]
    asked = [Question(m) for m in (*LABELLED, *sorted(CONFUSIONS), "presence")]
    attributes_asked = {name: Question("attributes", name) for name in attributes}
    for work in works:
        for here in shared(work, selection):
            alone = (Question(m) for m in _ALONE if not found[Number(m)].is_full(limit))
            matched = [(q, pair) for q in (*asked, *alone) for pair in pairs(here, q)]
            matched += [
                (attributes_asked[name], pair)
                for name, pair in attribute_values(here)
                if name in attributes_asked
            ]
            for question, pair in matched:
                place = instance(here, pair, question)
                if place is not None:
                    for number in _numbers(here, place, question, starts):
                        found[number].take(place, limit)
    return {number: behind for number, behind in found.items() if behind.outcomes}


def _numbers(
    here: Here, place: Instance, question: Question, starts: Sequence[str]
) -> Iterator[Number]:
    """The numbers that a place stands behind."""
    measure = question.measure
    labels = ("" if a is None else a.label for a in (place.first, place.second))
    one, other = labels
    if measure in CONFUSIONS:
        yield Number(measure, cell=(one, other))
        return
    yield Number(measure, question.label)
    if measure == "presence" or measure in LABELLED:
        yield from (Number(measure, label) for label in sorted({one, other} - {ALL}))
    if measure in HEADLINES:
        yield Number(measure, pair=here.names)
        yield Number(measure, condition=ASSISTED if here.is_helped else UNAIDED)
        if starts and here.at:
            yield Number(measure, window=max(0, bisect_right(starts, here.at) - 1))
        if place.outcome is not Outcome.MATCHED:
            yield Number(measure, kind=place.difference)
