"""Cases in the order a lead goes through them, and what of them is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.adjudication.cases import Case
from curate.adjudication.forms import Form, case_form
from curate.adjudication.merging import Merged
from curate.adjudication.stories import Cell
from curate.adjudication.values import ArgumentValue, EventValue, MentionValue, digest
from curate.model.item import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from curate.adjudication.values import Reading
    from curate.model.span import Span


class Order(StrEnum):
    """How cases follow each other."""

    TEXT = "text"
    """As the sentences stand in the project."""
    AGREEMENT = "agreement"
    """The sentences with the largest share of differences first."""
    FORM = "form"
    """The same words together, the most frequent first."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are shown."""

    kind: str = ""
    """How readings differ."""
    type: str = ""
    """Of an entity or event type, as any reading has it."""
    role: str = ""
    pair: tuple[str, str] | None = None
    """Two readers who differ in it."""
    parked: bool = False
    """Those that were laid aside for the guidelines, and no others."""
    stale: bool = False
    """Those that were ruled on before something changed."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a ruling."""

    case: Case
    item: Item
    form: frozenset[Form]
    """What it is about in words."""

    @property
    def key(self) -> str:
        """Names it."""
        return self.case.id


_STAGES = (Cell.MENTION, Cell.EVENT, Cell.ARGUMENT, Cell.ATTRIBUTE, Cell.LINK)


@dataclass(slots=True)
class Desk:
    """An item that has open cases, merged."""

    item: Item
    text: str
    """Of the document."""
    merged: Merged
    position: int
    """Among the items of the project, counted from 1."""
    share: float
    """Open cells of all cells when it was first looked at: it keeps its place in the queue."""
    open: int
    """Open cases, laid aside or not."""
    known: dict[bool, list[Waiting]] = field(default_factory=dict)
    """What waits, laid aside or not, once it was asked for."""


def waiting_of(desk: Desk, *, parked: bool = False) -> list[Waiting]:
    """The cases of an item that wait, in the order in which they are to be ruled."""
    if parked not in desk.known:
        cases = [c for c in desk.merged.open if (c.parked is not None) is parked]
        cases.sort(key=lambda c: (_STAGES.index(c.cell), c.region, c.id))
        place = places(desk)
        desk.known[parked] = [Waiting(c, desk.item, case_form(c, desk.text, place)) for c in cases]
    return desk.known[parked]


def places(desk: Desk) -> Callable[[str], Span | None]:
    """Where a node of an item stands."""
    spans = {m.id: m.span for m in desk.merged.annotation.mentions}
    spans |= {f.id: f.trigger for f in desk.merged.annotation.frames}
    of_node = {node: spans.get(atom) for atom, node in desk.merged.nodes.items()}
    return of_node.get


def queue(desks: Iterable[Desk], wanted: CaseFilter, order: Order) -> list[Waiting]:
    """All waiting cases that the filter lets through, in order."""
    there = sorted((d for d in desks if d.open), key=lambda d: d.position)
    if order is Order.AGREEMENT:
        there.sort(key=lambda d: -d.share)
    found = [w for d in there for w in _passing(d, wanted)]
    if order is Order.FORM:
        forms = Counter(w.form for w in found)
        found.sort(key=lambda w: (-forms[w.form], sorted(w.form)))
    return found


def _passing(desk: Desk, wanted: CaseFilter) -> list[Waiting]:
    found = waiting_of(desk, parked=wanted.parked)
    if wanted == CaseFilter(parked=wanted.parked):
        return found
    return [w for w in found if passes(w.case, desk.merged, wanted)]


def passes(case: Case, merged: Merged, wanted: CaseFilter) -> bool:
    """Whether a filter lets a case through; laid aside or not is not asked here."""
    return (
        (not wanted.kind or case.kind == wanted.kind)
        and (not wanted.type or wanted.type in types_of(case, merged))
        and (not wanted.role or wanted.role in roles_of(case))
        and (wanted.pair is None or differ(case, wanted.pair))
        and (not wanted.stale or case.earlier is not None)
    )


def types_of(case: Case, merged: Merged) -> set[str]:
    """Types of mentions and events that a case is about."""
    found = {
        v.type for r in case.readings for v in r.values if isinstance(v, MentionValue | EventValue)
    }
    frame = merged.annotation.frame(case.frame) if case.frame else None
    return found | ({frame.type} if frame is not None else set())


def roles_of(case: Case) -> set[str]:
    """Roles that a case is about."""
    return {v.role for r in case.readings for v in r.values if isinstance(v, ArgumentValue)}


def differ(case: Case, pair: tuple[str, str]) -> bool:
    """Whether two readers say different things in a case."""
    sides = [n for n, r in enumerate(case.readings) for name in pair if name in r.by]
    return len(set(sides)) > 1


def sides(readings: Sequence[Reading], item: str, seed: int) -> list[int]:
    """The order in which readings are shown: by chance, the same all through an item.

    A reading keeps its side with its readers, so that who is left stays left; who that is,
    nobody can tell.
    """

    def draw(place: int) -> str:
        # Every name has its own draw, so that it does not matter who else speaks in a case.
        return min((digest(str(seed), item, name) for name in readings[place].by), default="~")

    return sorted(range(len(readings)), key=draw)
