"""What the merge of one item works on: who said what, what leads ruled, what became of it.

A *node* stands for one mention or event of gold before gold has ids: the id of the case that it
came from, with `+1`, `+2` … for further values where a case came to several. It stays the same
when a ruling moves a boundary or changes a type, so that rulings on arguments stay too.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.adjudication.cases import Case, Kind, Verdict, case_id, is_about
from curate.adjudication.rulings import Choice, Court, Ruling, named
from curate.adjudication.stories import Cell, How
from curate.adjudication.values import EventValue, MentionValue, Value, digest
from curate.model.annotation import Annotation
from curate.model.item import Item
from curate.model.schema import EventSchema

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from curate.adjudication.values import Reading
    from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class Terms:
    """What it takes for a cell to be gold without a ruling."""

    required: int = 2
    """How many annotators must have done an item."""
    majority: int = 0
    """How many must say the same where they are not all of one mind; 0: only all of them count.
    Half of them never settle anything."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the gold of an item is made from."""

    item: Item
    text: str
    """Of the whole document."""
    schema: EventSchema
    works: tuple[Annotation, ...]
    """Of annotators who have done the item, one each; in any order."""
    rulings: tuple[Ruling, ...] = ()
    """In the order they were made."""


@dataclass(frozen=True, slots=True)
class Node:
    """One mention or event that is to be gold."""

    id: str
    atom: str
    """Its id in gold."""
    value: MentionValue | EventValue
    case: Case


@dataclass(slots=True)
class Bench:
    """The state of one merge."""

    material: Material
    terms: Terms
    court: Court
    readers: tuple[str, ...]
    cases: list[Case] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    """Nodes of which it is not settled whether they are to be."""
    became: dict[tuple[str, str], str] = field(default_factory=dict)
    """(annotator, id of a mention or frame) → node; empty where it was ruled out."""

    def settle(self, cases: Sequence[Case], unput: Container[str] = ()) -> list[Case]:
        """Judge all cases of one kind of cell; keep and return them.

        `unput` are nodes of events of which some cases cannot be put yet: rulings on them are
        not outdated, they only wait.
        """
        outdated = self.court.outdated(cases[0].cell, [c.id for c in cases]) if cases else []
        outdated = [r for r in outdated if r.about not in unput]
        judged = [self._judged(case, outdated) for case in cases]
        self.cases += judged
        return judged

    def _judged(self, case: Case, outdated: Sequence[Ruling]) -> Case:
        ruling = self.court.on(case.id)
        if ruling is not None and ruling.is_decision:
            return replace(case, verdict=Verdict(ruling.values, How.RULED, ruling))
        if ruling is not None and ruling.choice is Choice.GAP:
            return replace(case, parked=ruling)
        earlier = next((r for r in reversed(outdated) if is_about(r, case)), None)
        verdict = self._shared(case)
        if verdict is None or (earlier is not None and _goes_against(verdict, earlier)):
            return case if earlier is None else replace(case, earlier=earlier)
        return replace(case, verdict=verdict)

    def _shared(self, case: Case) -> Verdict | None:
        """What the annotators settle among themselves."""
        if len(case.readings) == 1:
            how = How.FOLLOWS if case.followers else How.UNANIMOUS
            return Verdict(case.readings[0].values, how)
        wanted = self.terms.majority
        for reading in case.readings:
            if wanted and len(reading.by) >= wanted and 2 * len(reading.by) > len(case.readers):
                return Verdict(reading.values, How.MAJORITY)
        return None

    def put(
        self, cell: Cell, readings: tuple[Reading, ...], kind: Kind, region: Span,
        *, about: str = "", print_: str = "",
    ) -> Case:  # fmt: skip
        """A case that nobody has judged yet."""
        name = case_id(self.material.item.id, cell, about, readings, print_)
        return Case(name, self.material.item.id, cell, kind, readings, region, about)

    def added(self, cell: Cell) -> list[Case]:
        """What leads added of their own to that kind of cell, as settled cases."""
        found = []
        for ruling in self.court.new(cell):
            region = ruling.region or self.material.item.span
            case = Case(
                ruling.case, ruling.item, cell, Kind.AGREED, ruling.readings, region,
                about=ruling.about, verdict=Verdict(ruling.values, How.RULED, ruling),
            )  # fmt: skip
            found.append(case)
        return found

    def make_nodes(self, cases: Iterable[Case]) -> None:
        """Give every value of a settled mention or event a node and an id in gold."""
        found: list[tuple[MentionValue | EventValue, str, Case]] = []
        for case in cases:
            if case.verdict is None:
                self.waiting.add(case.id)
                continue
            for place, value in enumerate(case.verdict.values):
                if isinstance(value, MentionValue | EventValue):
                    found.append((value, node_name(case, place), case))
        twins: dict[tuple[str, ...], int] = {}
        shared: dict[MentionValue | EventValue, list[Node]] = {}
        for value, name, case in sorted(found, key=lambda f: (_named(f[0]), _is_new(f[2]), f[1])):
            later = shared.get(value, [])[_known_then(case, value) :] if _is_new(case) else []
            if later:  # annotators have come to say it too
                self.nodes[name] = later[0]
                continue
            key = _named(value)
            count = twins[key] = twins.get(key, -1) + 1
            letter = "m" if isinstance(value, MentionValue) else "f"
            atom = letter + digest(self.material.item.id, *key, str(count))[:11]
            self.nodes[name] = Node(name, atom, value, case)
            if not _is_new(case):
                shared.setdefault(value, []).append(self.nodes[name])

    def atom(self, node: str) -> str | None:
        """The id in gold of a node, or None when there is none."""
        known = self.nodes.get(node)
        return None if known is None else known.atom


def _is_new(case: Case) -> bool:
    """Whether a lead added it, so that it may be what annotators say by now."""
    ruling = None if case.verdict is None else case.verdict.ruling
    return ruling is not None and ruling.choice is Choice.NEW


def _known_then(case: Case, value: MentionValue | EventValue) -> int:
    """How many of the same there were in gold when a lead added one more."""
    return sum(v == value for reading in case.readings for v in reading.values)


def _goes_against(verdict: Verdict, ruling: Ruling) -> bool:
    """Whether annotators now share what a lead had judged and not found right."""
    judged = named(ruling.readings) | set(ruling.values)
    return ruling.values != verdict.values and bool(judged & set(verdict.values))


def node_name(case: Case, place: int) -> str:
    """The node of one of the values that a case came to."""
    return case.id if place == 0 else f"{case.id}+{place}"


def node_of(case: Case, said: Value) -> str:
    """The node that an annotator's mention or frame has become; empty where it was ruled out."""
    if case.verdict is None:
        return case.id
    values = case.verdict.values
    if not values:
        return ""
    return node_name(case, values.index(said) if said in values else 0)


def _named(value: MentionValue | EventValue) -> tuple[str, ...]:
    span = value.span if isinstance(value, MentionValue) else value.trigger
    cell = Cell.MENTION if isinstance(value, MentionValue) else Cell.EVENT
    return cell.value, f"{span.start:09}", f"{span.end:09}", value.type
