"""What leads decide: rulings as data, and which of them are in force."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from curate.adjudication.stories import Cell
from curate.adjudication.values import Reading, Value, Values, reading_of, value_of
from curate.model.annotation import Annotation
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Choice(StrEnum):
    """What a lead says of a case."""

    READING = "reading"
    """One of the readings is right."""
    BOTH = "both"
    """All that the readings hold is right."""
    NEITHER = "neither"
    """There is nothing."""
    EDITED = "edited"
    """Something else is right, which stands in the ruling."""
    NEW = "new"
    """Something is right that nobody said."""
    CONFIRMED = "confirmed"
    """What was merged without a ruling is right: said in an audit."""
    GAP = "gap"
    """The guidelines do not say: the case waits until they do."""
    BACK = "back"
    """The item goes back to the annotators."""
    TAKEN = "taken"
    """The whole item is taken over from one annotator."""
    WITHDRAWN = "withdrawn"
    """An earlier ruling is taken back."""


DECIDES = frozenset(
    {Choice.READING, Choice.BOTH, Choice.NEITHER, Choice.EDITED, Choice.NEW, Choice.CONFIRMED}
)
"""Choices that settle a cell."""


class Reason(StrEnum):
    """Why readings differ, as the lead sees it."""

    SLIP = "slip"
    """Somebody was inattentive."""
    GUIDELINE = "guideline"
    """Somebody read the guidelines otherwise."""
    AMBIGUOUS = "ambiguous"
    """The text can be read both ways."""
    KNOWLEDGE = "knowledge"
    """It takes knowledge of the world."""
    SUGGESTION = "suggestion"
    """A wrong candidate was accepted."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of a lead, with what it was taken on."""

    id: str
    item: str
    """Id of the item."""
    case: str
    """Id of the case."""
    cell: Cell
    choice: Choice
    by: str
    """The lead."""
    at: str
    """ISO 8601, UTC."""
    values: Values = ()
    """What the cell comes to; without meaning where the choice settles nothing."""
    readings: tuple[Reading, ...] = ()
    """What was judged."""
    kind: str = ""
    """How the readings differed."""
    about: str = ""
    """The node of the event that an argument or attribute belongs to; see `merging`."""
    region: Span | None = None
    """Where it is about, in code points of the document."""
    reason: Reason | None = None
    note: str | None = None
    schema: str = ""
    """Identity of the schema that it was made under."""
    blind: bool = True
    """Whether the lead did not see whose reading is whose."""
    audit: bool = False
    """Whether the case was drawn to check the merge."""
    undoes: str | None = None
    """Id of the ruling that is taken back."""
    seconds: float = 0.0
    """Active time that went into it."""
    keys: int = 0
    """Keys pressed for it."""
    annotation: Annotation | None = None
    """The gold of the whole item, where that is what the ruling says."""
    group: str | None = None
    """Id that rulings made at once share: they are taken back together."""

    @property
    def is_decision(self) -> bool:
        """Whether it settles the cell."""
        return self.choice in DECIDES

    def parts(self) -> dict[str, object]:
        """The ruling as JSON knows it, without its id, item, lead, time and annotation.

        Those are kept in places of their own; what is empty is left out.
        """
        found = {
            "case": self.case,
            "cell": self.cell.value,
            "choice": self.choice.value,
            "values": [v.parts() for v in self.values],
            "readings": [r.parts() for r in self.readings],
            "kind": self.kind,
            "about": self.about,
            "region": [self.region.start, self.region.end] if self.region else None,
            "reason": self.reason and self.reason.value,
            "note": self.note,
            "schema": self.schema,
            "unblinded": not self.blind,
            "audit": self.audit,
            "undoes": self.undoes,
            "group": self.group,
            "seconds": self.seconds,
            "keys": self.keys,
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, ruling: str, item: str, by: str, at: str, parts: Mapping[str, Any]) -> Ruling:
        """Read what `parts` gave."""
        cell = Cell(parts["cell"])
        region = parts.get("region")
        return cls(
            id=ruling, item=item, case=parts["case"], cell=cell,
            choice=Choice(parts["choice"]), by=by, at=at,
            values=tuple(value_of(cell, v) for v in parts.get("values", ())),
            readings=tuple(reading_of(cell, r) for r in parts.get("readings", ())),
            kind=parts.get("kind", ""),
            about=parts.get("about", ""),
            region=Span(*region) if region else None,
            reason=Reason(parts["reason"]) if "reason" in parts else None,
            note=parts.get("note"),
            schema=parts.get("schema", ""),
            blind=not parts.get("unblinded", False),
            audit=parts.get("audit", False),
            undoes=parts.get("undoes"),
            group=parts.get("group"),
            seconds=parts.get("seconds", 0.0),
            keys=parts.get("keys", 0),
        )  # fmt: skip


def standing(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings that were not taken back, in their order."""
    given = list(rulings)
    withdrawn = {r.undoes for r in given if r.undoes is not None}
    return [r for r in given if r.choice is not Choice.WITHDRAWN and r.id not in withdrawn]


class Court:
    """The rulings on one item that are in force: the latest on each case, less the withdrawn."""

    def __init__(self, rulings: Iterable[Ruling] = ()) -> None:
        self._on = {r.case: r for r in standing(rulings)}
        self._abouts = {r.about for r in self._on.values() if r.about}
        self._of: dict[Cell, list[Ruling]] = defaultdict(list)
        for ruling in self._on.values():
            self._of[ruling.cell].append(ruling)

    def speaks_of(self, about: str) -> bool:
        """Whether any ruling is about that event, or that attribute of an event."""
        return about in self._abouts

    def on(self, case_id: str) -> Ruling | None:
        """The ruling on a case, or None."""
        return self._on.get(case_id)

    @property
    def rulings(self) -> list[Ruling]:
        """All that are in force."""
        return list(self._on.values())

    def new(self, cell: Cell) -> list[Ruling]:
        """What leads added of their own, sorted by what they added."""
        found = [r for r in self._of[cell] if r.choice is Choice.NEW]
        return sorted(found, key=lambda r: r.case)

    def outdated(self, cell: Cell, current: Iterable[str]) -> list[Ruling]:
        """Decisions on cases of that cell which are no longer put like that, the latest last.

        `current` are the ids of the cases as they are put now.
        """
        known = set(current)
        return [
            r
            for r in self._of[cell]
            if r.case not in known and r.is_decision and r.choice is not Choice.NEW
        ]


def named(readings: Iterable[Reading]) -> set[Value]:
    """Every value that some reading holds."""
    return {v for r in readings for v in r.values}
