"""The whole of what can be said about agreement: pooled over pairs, never averaged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from curate.agreement.alpha import alpha
from curate.agreement.chance import cohen_kappa, percent
from curate.agreement.collect import ASSISTED, HEADLINES, UNAIDED, Collected, PairSums
from curate.agreement.compare import ALL, Confusion, Key, Sums
from curate.agreement.drift import Window, windows
from curate.agreement.intervals import Drawing, Interval, bootstrap, f1_of_sums
from curate.agreement.presence import Presences, presences
from curate.agreement.ratings import Floats, ratings
from curate.agreement.score import SMALL_DOCUMENTS, SMALL_ITEMS, NotComputable, Score, Tally
from curate.agreement.states import Attendance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.agreement.collect import AttributePair

MEASURES: Final[Mapping[str, str]] = {
    "mentions": "mentions, span and type",
    "mentions_span": "mentions, span alone",
    "mentions_overlap": "mentions of a type that overlap",
    "mentions_dice": "mentions of a type, by their shared part",
    "mentions_forgiving": "mentions, clitics and marks forgiven",
    "tri_i": "triggers, span (Tri-I)",
    "tri_c": "triggers, span and type (Tri-C)",
    "tri_i_dice": "triggers, by their shared part",
    "tri_c_overlap": "triggers of a type that overlap",
    "tri_c_dice": "triggers of a type, by their shared part",
    "tri_c_forgiving": "triggers of a type, clitics and marks forgiven",
    "events": "frames that tell the same event",
    "arg_i_attached": "arguments of the event, span (Arg-I+)",
    "arg_c_attached": "arguments of the event, span and role (Arg-C+)",
    "arg_c_attached_overlap": "arguments of the event, role and overlap",
    "arg_i": "arguments anywhere, span (Arg-I)",
    "arg_c": "arguments anywhere, span and role (Arg-C)",
    "frames_exact": "frames equal in everything",
    "tri_i_set": "Tri-I as ACE-style sets",
    "tri_c_set": "Tri-C as ACE-style sets",
    "arg_i_set": "Arg-I as ACE-style sets",
    "arg_c_set": "Arg-C as ACE-style sets",
    "arg_i_attached_set": "Arg-I+ as ACE-style sets",
    "arg_c_attached_set": "Arg-C+ as ACE-style sets",
    "skipping": "items that were skipped",
}
"""Every measure by name, with its title. All are F1; `frames_exact` is a share of all frames."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value, how sure it is, and what it is made of."""

    value: Score
    interval: Interval | NotComputable
    tally: Tally


EMPTY: Final = Figure(Tally().f1, NotComputable("there is no value"), Tally())
"""Of a measure that nothing was marked for."""


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Two annotators and their measures."""

    first: str
    second: str
    items: int
    """Items that both have done."""
    tallies: dict[str, Tally]


@dataclass(frozen=True, slots=True)
class AttributeFigures:
    """An attribute on frames that were found to tell the same event."""

    pairs: int
    percent: Score
    kappa: Score
    """Cohen's κ; of two annotators only."""
    alpha: Score


@dataclass(frozen=True, slots=True)
class Help:
    """How the machine's candidates go along with agreement."""

    assisted: int
    """Shared items in which a candidate was taken, corrected or turned down."""
    items: int
    figures: dict[str, dict[str, Figure]]
    """By headline measure: `assisted`, `unaided`."""
    differences: dict[str, tuple[Score, Interval | NotComputable]]
    """By headline measure: assisted less unaided."""
    is_controlled: bool = False
    """Whether help means that candidates were shown: it was recorded where they were hidden."""

    @property
    def badge(self) -> str:
        """`unaided`, `assisted` or `mixed`."""
        if self.assisted == 0:
            return UNAIDED
        return ASSISTED if self.assisted == self.items else "mixed"


@dataclass(frozen=True, slots=True)
class Again:
    """How far an annotator agrees with what they said before of the same items."""

    items: int
    figures: dict[str, Figure]
    """By headline measure."""


@dataclass(frozen=True, slots=True)
class Report:
    """Agreement over a selection of work."""

    attendance: Attendance
    documents: int
    """With shared items."""
    items: int
    """That two or more annotators have done."""
    figures: dict[str, Figure]
    """By measure, in the order of `MEASURES`, pooled over all pairs."""
    by_label: dict[str, dict[str, Figure]]
    """By measure and type or role."""
    pairs: tuple[PairFigures, ...]
    attributes: dict[str, AttributeFigures]
    presence: Presences
    confusion: dict[str, Confusion]
    help: Help
    drawing: Drawing
    windows: tuple[Window, ...] = ()
    """Over time; none where times are not known or there is too little."""
    again: Mapping[str, Again] = field(default_factory=dict)
    """By annotator, of those who did items twice."""

    @property
    def is_small(self) -> bool:
        """Whether there is too little to rest much on."""
        return self.documents < SMALL_DOCUMENTS or self.items < SMALL_ITEMS

    @property
    def nothing(self) -> NotComputable | None:
        """Why there is nothing at all to compare, if there is not."""
        if self.items:
            return None
        if len(self.attendance.statuses) < 2:
            return NotComputable("there are fewer than two annotators")
        return NotComputable("no item was done by two annotators")


def report(
    collected: Collected, drawing: Drawing | None = None, window: int | None = None
) -> Report:
    """Make figures of what was collected; `window` is how many items one of time holds."""
    drawing = Drawing() if drawing is None else drawing
    documents = len(collected.documents)
    pooled = [pair.by_document for pair in collected.pairs.values()]
    figures = _figures(pooled, documents, drawing)
    by_label: dict[str, dict[str, Figure]] = defaultdict(dict)
    for key, figure in sorted(figures.items()):
        if key.label != ALL:
            by_label[key.measure][key.label] = figure
    return Report(
        attendance=collected.attendance,
        documents=len({item.document for item in collected.items}),
        items=len(collected.items),
        figures={name: figures.get(Key(name), EMPTY) for name in MEASURES},
        by_label=dict(by_label),
        pairs=tuple(_pairs(collected)),
        attributes=_attributes(collected),
        presence=presences(collected.items, documents, drawing),
        confusion=collected.confusion,
        help=_help(collected, drawing),
        drawing=drawing,
        windows=tuple(windows(collected.dated, documents, drawing, window)),
        again={name: _again(pair, drawing) for name, pair in sorted(collected.again.items())},
    )


def _again(pair: PairSums, drawing: Drawing) -> Again:
    places = {document: place for place, document in enumerate(pair.by_document)}
    pooled = {places[document]: sums for document, sums in pair.by_document.items()}
    figures = _figures([pooled], len(places), drawing)
    return Again(pair.items, {m: figures.get(Key(m), EMPTY) for m in HEADLINES})


def _figures(
    pooled: Iterable[Mapping[int, Sums]], documents: int, drawing: Drawing
) -> dict[Key, Figure]:
    keys, table = _table(list(pooled), documents)
    if not keys:
        return {}
    intervals = bootstrap(table, f1_of_sums, drawing)
    totals = [Tally(float(m), int(a), int(b)) for m, a, b in table.sum(axis=0).reshape(-1, 3)]
    return {
        key: Figure(tally.f1, interval, tally)
        for key, tally, interval in zip(keys, totals, intervals, strict=True)
    }


def _table(pooled: Sequence[Mapping[int, Sums]], documents: int) -> tuple[list[Key], Floats]:
    """The keys in order, and documents × (3 for each key)."""
    keys = sorted({key for pair in pooled for sums in pair.values() for key in sums})
    place = {key: 3 * number for number, key in enumerate(keys)}
    table = np.zeros((documents, 3 * len(keys)))
    for pair in pooled:
        for document, sums in pair.items():
            row = table[document]
            for key, (matched, first, second) in sums.items():
                at = place[key]
                row[at] += matched
                row[at + 1] += first
                row[at + 2] += second
    return keys, table


def _pairs(collected: Collected) -> Iterable[PairFigures]:
    for (first, second), pair in sorted(collected.pairs.items()):
        tallies: dict[str, Tally] = {}
        for sums in pair.by_document.values():
            for key, (matched, one, other) in sums.items():
                if key.label == ALL:
                    known = tallies.get(key.measure, Tally())
                    tallies[key.measure] = known + Tally(matched, int(one), int(other))
        ordered = {name: tallies.get(name, Tally()) for name in MEASURES}
        yield PairFigures(first, second, pair.items, ordered)


def _attributes(collected: Collected) -> dict[str, AttributeFigures]:
    return {name: _attribute(found) for name, found in sorted(collected.attributes.items())}


def _attribute(found: Sequence[AttributePair]) -> AttributeFigures:
    """Percent and α over pairs of frames; κ where all pairs are of the same two annotators."""
    of = ratings([(pair.first, pair.second) for pair in found])
    kappa: Score = NotComputable("Cohen's κ is of two annotators")
    if len({pair.annotators for pair in found}) == 1:
        kappa = cohen_kappa(of).value
    return AttributeFigures(len(found), percent(of), kappa, alpha(of).value)


def _help(collected: Collected, drawing: Drawing) -> Help:
    documents = len(collected.documents)
    figures = _figures([collected.by_help], documents, drawing)
    found: dict[str, dict[str, Figure]] = {}
    differences: dict[str, tuple[Score, Interval | NotComputable]] = {}
    for measure in HEADLINES:
        found[measure] = {k.label: f for k, f in figures.items() if k.measure == measure}
        if found[measure].keys() == {ASSISTED, UNAIDED}:
            differences[measure] = _difference(collected, measure, found[measure], drawing)
    return Help(
        collected.assisted, len(collected.items), found, differences, collected.is_controlled
    )


def _difference(
    collected: Collected, measure: str, figures: Mapping[str, Figure], drawing: Drawing
) -> tuple[Score, Interval | NotComputable]:
    """F1 of assisted items less that of unaided ones, both from the same drawings."""
    wanted = (Key(measure, ASSISTED), Key(measure, UNAIDED))
    table = np.zeros((len(collected.documents), 6))
    for document, sums in collected.by_help.items():
        table[document] = [x for key in wanted for x in sums.get(key, (0, 0, 0))]
    [interval] = bootstrap(table, lambda s: -np.diff(f1_of_sums(s)), drawing)
    with_help, without = (figures[key.label].value for key in wanted)
    if isinstance(with_help, NotComputable) or isinstance(without, NotComputable):
        return NotComputable("one of the two is not computable"), interval
    return with_help - without, interval
