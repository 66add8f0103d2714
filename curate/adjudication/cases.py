"""Cases: the cells of an item with what was said in each, and how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.adjudication.rulings import Choice, Ruling, named
from curate.adjudication.stories import Cell, How
from curate.adjudication.values import EventValue, MentionValue, Reading, Values, as_text, digest
from curate.model.span import Span
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kind(StrEnum):
    """How readings differ."""

    AGREED = "agreed"
    """They do not."""
    MISSED = "missed"
    """Some have it, some do not."""
    BOUNDARY = "boundary"
    """The same thing, begun or ended elsewhere."""
    FORM = "form"
    """The same, but for clitics, vowel marks, tatweel or punctuation at the edges."""
    SPLIT = "split"
    """One has as one what another has as several."""
    LABEL = "label"
    """The same words, called something else."""
    TYPE = "type"
    """The same event, of another type."""
    ROLE = "role"
    """The same filler in another role."""
    FILLER = "filler"
    """Another filler in a role that takes one."""
    ATTACHMENT = "attachment"
    """The same argument, of another event."""
    ATTRIBUTE = "attribute"
    """Another subtype or another value of an attribute."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a cell comes to."""

    values: Values
    how: How
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One cell with what was said in it, and what it comes to, if that is settled."""

    id: str
    """Made from the cell and its different readings: the same question has the same id, however
    many annotators share a reading."""
    item: str
    """Id of the item."""
    cell: Cell
    kind: Kind
    readings: tuple[Reading, ...]
    """Different ones, in an order that tells nothing of who said them."""
    region: Span
    """Where to look, in code points of the document."""
    about: str = ""
    """The node of the event that an argument belongs to; with `@name` that of an attribute."""
    frame: str = ""
    """Id of that event's frame in gold."""
    sources: tuple[str, ...] = ()
    """Ids of the mentions and frames that hold the readings, as `annotator:id`."""
    assisted: bool = False
    """Whether one of them was made from the machine's candidate."""
    followers: bool = False
    """Whether not everybody who did the item could speak here: the event was ruled in."""
    verdict: Verdict | None = None
    parked: Ruling | None = None
    """The ruling that lays the case aside: the guidelines do not say."""
    earlier: Ruling | None = None
    """A ruling on what was said here before; it no longer holds."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it."""
        return self.verdict is None

    @property
    def readers(self) -> tuple[str, ...]:
        """Everybody who said one of the readings, by name."""
        return tuple(sorted(name for r in self.readings for name in r.by))


def case_id(item: str, cell: Cell, about: str, readings: tuple[Reading, ...], print_: str) -> str:
    """The id of a case; `print_` stands for what belongs to the readings beside their values."""
    return digest(item, cell, about, *(as_text(r.values) for r in readings), print_)


def readings_of(said: Mapping[str, Values]) -> tuple[Reading, ...]:
    """The different readings from what each annotator says."""
    by: dict[Values, list[str]] = {}
    for name in sorted(said):
        by.setdefault(said[name], []).append(name)
    found = [Reading(values, tuple(names)) for values, names in by.items()]
    return tuple(sorted(found, key=lambda r: r.order)) if len(found) > 1 else tuple(found)


def kind_of_spans(readings: tuple[Reading, ...], text: str) -> Kind:
    """How readings of a mention or an event differ; `text` is the document's."""
    if len(readings) < 2:
        return Kind.AGREED
    held = [r.values for r in readings if r.values]
    if len(held) < 2:
        return Kind.MISSED
    if any(len(values) > 1 for values in held):
        return Kind.SPLIT
    values = [v for (v,) in held if isinstance(v, MentionValue | EventValue)]
    if len({v.type for v in values}) > 1:
        return Kind.TYPE if isinstance(values[0], EventValue) else Kind.LABEL
    spans = sorted({_span(v) for v in values})
    if len(spans) == 1:
        return Kind.ATTRIBUTE
    return Kind.FORM if only_form(text, spans) else Kind.BOUNDARY


def only_form(text: str, spans: list[Span]) -> bool:
    """Whether all spans hold the same words, but for clitics, marks and punctuation."""
    first = (spans[0].start, spans[0].end)
    return all(same_words(text, first, (s.start, s.end)) for s in spans[1:])


def _span(value: MentionValue | EventValue) -> Span:
    return value.span if isinstance(value, MentionValue) else value.trigger


def hull(spans: list[Span]) -> Span:
    """The shortest span over all of them."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def both(case: Case) -> Values:
    """All values that any reading holds, in order."""
    found = {v: None for r in case.readings for v in r.values}
    return tuple(sorted(found, key=lambda v: as_text((v,))))


def choice_values(case: Case, choice: Choice, reading: int = 0) -> Values:
    """What a cell comes to by a choice that needs nothing but the readings.

    Raises IndexError for a reading that the case does not have.
    """
    if choice is Choice.READING:
        return case.readings[reading].values
    if choice is Choice.BOTH:
        return both(case)
    if choice is Choice.CONFIRMED and case.verdict is not None:
        return case.verdict.values
    return ()


def is_about(ruling: Ruling, case: Case) -> bool:
    """Whether an outdated ruling speaks of what a case is about now."""
    if ruling.cell is not case.cell or ruling.about != case.about:
        return False
    if ruling.cell is Cell.ATTRIBUTE or named(ruling.readings) & named(case.readings):
        return True
    near = ruling.region is not None and ruling.region.overlaps(case.region)
    if ruling.cell is Cell.ARGUMENT:
        return near and bool(_roles(ruling.readings) & _roles(case.readings))
    return near and ruling.cell is not Cell.LINK


def _roles(readings: Iterable[Reading]) -> set[str]:
    return {role for r in readings for v in r.values if (role := getattr(v, "role", ""))}
