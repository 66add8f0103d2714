"""Merge what annotators say of an item into gold: mentions first, then events, then the rest.

What all of them share is gold, nothing included; what a lead ruled is gold; the rest are open
cases. The result depends neither on the order of the annotators nor on that of rulings on
different cases, and made again from the same it is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from curate.adjudication.assembling import Dropped, assembled
from curate.adjudication.bench import Bench, Material, Terms, node_of
from curate.adjudication.cases import Case, hull, kind_of_spans, readings_of
from curate.adjudication.grouping import frame_groups, mention_groups
from curate.adjudication.parts import settle_events, settle_links
from curate.adjudication.rulings import Choice, Court
from curate.adjudication.stories import Cell, How, Story
from curate.adjudication.values import EventValue, MentionValue, digest, sorted_values
from curate.model.annotation import Annotation, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.adjudication.grouping import SaidFrame, SaidMention
    from curate.adjudication.values import Attributes, Value
    from curate.model.annotation import Mention
    from curate.model.schema import EventSchema


@dataclass(frozen=True, slots=True)
class Merged:
    """What an item comes to."""

    annotation: Annotation
    """Gold so far, by the given name; done when nothing is open."""
    stories: tuple[Story, ...]
    cases: tuple[Case, ...]
    """Every cell that could be looked at; those that wait for others come later."""
    dropped: tuple[Dropped, ...] = ()
    """What was settled, but does not fit together with the rest."""
    nodes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Id in gold → node."""

    @property
    def open(self) -> tuple[Case, ...]:
        """Cases that nobody has settled, those laid aside included."""
        return tuple(c for c in self.cases if c.is_open)

    @property
    def to_rule(self) -> tuple[Case, ...]:
        """Cases that wait for a ruling now."""
        return tuple(c for c in self.cases if c.is_open and c.parked is None)


def merge(material: Material, terms: Terms, name: str) -> Merged | None:
    """The gold of an item under a name; None when too few annotators have done it."""
    court = Court(material.rulings)
    taken = _taken(court, name)
    if taken is not None:
        return taken
    if len(material.works) < max(1, terms.required):
        return None
    works = tuple(sorted(material.works, key=lambda w: w.annotator))
    material = replace(material, works=works)
    bench = Bench(material, terms, court, tuple(w.annotator for w in works))
    _mentions(bench)
    holders = _events(bench)
    settle_events(bench, holders)
    settle_links(bench)
    annotation, stories, dropped = assembled(bench, name)
    is_open = any(case.is_open for case in bench.cases)
    annotation = replace(annotation, status=Status.DRAFT if is_open else Status.DONE)
    nodes = {node.atom: node.id for node in bench.nodes.values()}
    return Merged(annotation, stories, tuple(bench.cases), dropped, nodes)


def _taken(court: Court, name: str) -> Merged | None:
    """The annotation that a lead took over as it is, if so."""
    ruling = next((r for r in court.rulings if r.choice is Choice.TAKEN), None)
    if ruling is None or ruling.annotation is None:
        return None
    work = ruling.annotation
    story = Story("", Cell.ITEM, How.TAKEN, (work.annotator,), ruling=ruling.id,
                  schema=ruling.schema)  # fmt: skip
    atoms = (*(m.id for m in work.mentions), *(f.id for f in work.frames))
    stories = tuple(replace(story, atom=atom) for atom in atoms)
    gold = replace(work, annotator=name, status=Status.DONE, fates={}, note=None, reason=None)
    return Merged(gold, stories, ())


def _mentions(bench: Bench) -> None:
    schema, text = bench.material.schema, bench.material.text
    groups = mention_groups(bench.material.works)
    put = []
    for group, twin in _numbered(groups):
        said = dict.fromkeys(bench.readers, sorted_values(()))
        for name in {s.annotator for s in group}:
            said[name] = sorted_values(
                mention_value(s.atom, schema) for s in group if s.annotator == name
            )
        readings = readings_of(said)
        case = bench.put(
            Cell.MENTION, readings, kind_of_spans(readings, text), hull([s.span for s in group]),
            print_=twin,
        )  # fmt: skip
        put.append(_with_sources(case, group))
    judged = bench.settle(put)
    for case, group in zip(judged, groups, strict=True):
        for said_mention in group:
            value = mention_value(said_mention.atom, schema)
            bench.became[said_mention.annotator, said_mention.atom.id] = node_of(case, value)
    added = bench.added(Cell.MENTION)
    bench.cases += added
    bench.make_nodes([*judged, *added])


def _events(bench: Bench) -> dict[str, list[SaidFrame]]:
    """Settle which events there are; return the frames behind each node."""
    text = bench.material.text
    groups = frame_groups(bench.material.works)
    put = []
    for group, twin in _numbered(groups):
        said = dict.fromkeys(bench.readers, sorted_values(()))
        said |= {s.annotator: (_event_value(s),) for s in group}
        readings = readings_of(said)
        print_ = twin + (_content(group[0]) if len(group) == 1 and len(bench.readers) > 1 else "")
        case = bench.put(
            Cell.EVENT, readings, kind_of_spans(readings, text), hull([s.span for s in group]),
            print_=print_,
        )  # fmt: skip
        put.append(_with_sources(case, group))
    judged = bench.settle(put)
    behind: dict[str, list[SaidFrame]] = {}
    for case, group in zip(judged, groups, strict=True):
        for said_frame in group:
            node = node_of(case, _event_value(said_frame))
            bench.became[said_frame.annotator, said_frame.atom.id] = node
            behind.setdefault(node, []).append(said_frame)
    added = bench.added(Cell.EVENT)
    bench.cases += added
    bench.make_nodes([*judged, *added])
    return behind


G = TypeVar("G", bound="Sequence[SaidMention] | Sequence[SaidFrame]")


def _numbered(groups: Sequence[G]) -> list[tuple[G, str]]:
    """Each group with a number where there are several of the same content."""
    seen: dict[str, int] = {}
    found = []
    for group in groups:
        content = "|".join(sorted({f"{s.span.start}-{s.span.end} {s.atom.type}" for s in group}))
        count = seen[content] = seen.get(content, -1) + 1
        found.append((group, str(count) if count else ""))
    return found


def _content(said: SaidFrame) -> str:
    """All that one annotator alone says of an event: a ruling on it is a ruling on all of it."""
    places = (f"{role}:{place.start}-{place.end}" for role, place in said.places)
    return digest(*places, *(f"{k}={v}" for k, v in sorted(said.atom.attributes.items())))


def _with_sources(case: Case, group: Sequence[SaidMention | SaidFrame]) -> Case:
    sources = tuple(sorted(f"{s.annotator}:{s.atom.id}" for s in group))
    assisted = any(s.atom.candidate is not None for s in group)
    return replace(case, sources=sources, assisted=assisted)


def _event_value(said: SaidFrame) -> Value:
    return EventValue(said.atom.trigger, said.atom.type)


def mention_value(mention: Mention, schema: EventSchema) -> MentionValue:
    """A mention as it is compared: without its id, and without attributes at their default."""
    known = schema.attributes_of_mention(mention.type)
    kept: Attributes = tuple(
        sorted(
            (name, value)
            for name, value in mention.attributes.items()
            if name not in known or known[name].default != value
        )
    )
    return MentionValue(mention.span, mention.type, mention.subtype or "", kept)
