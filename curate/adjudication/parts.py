"""Arguments, attributes and links: settled under events and mentions that are."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from curate.adjudication.cases import Case, Kind, hull, only_form, readings_of
from curate.adjudication.stories import Cell
from curate.adjudication.values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    MentionValue,
    sorted_values,
)
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.adjudication.bench import Bench, Node
    from curate.adjudication.grouping import SaidFrame
    from curate.adjudication.values import Reading
    from curate.model.annotation import Annotation, Argument, Frame
    from curate.model.span import Span

Arguments = dict[str, frozenset[ArgumentValue]]
"""What each annotator who has the event says of its arguments."""


def settle_events(bench: Bench, behind: Mapping[str, Sequence[SaidFrame]]) -> None:
    """Settle the arguments and attributes of every event that is to be."""
    events = [n for n in bench.nodes.values() if isinstance(n.value, EventValue)]
    found = {n.id: _arguments(bench, n, behind.get(n.id, ())) for n in events}
    put: list[Case] = []
    for node in events:
        put += _argument_cases(bench, node, found, behind.get(node.id, ()))
        put += _attribute_cases(bench, node, behind.get(node.id, ()))
    unput = {node.id for node in events if _is_waiting(bench, found[node.id])}
    for cell in (Cell.ARGUMENT, Cell.ATTRIBUTE):
        bench.settle([case for case in put if case.cell is cell], unput)
        bench.cases += [c for c in bench.added(cell) if c.about.partition("@")[0] in bench.nodes]


def _arguments(bench: Bench, node: Node, frames: Sequence[SaidFrame]) -> Arguments:
    """The arguments by annotator, fillers as nodes; without those whose filler was ruled out."""
    return {
        said.annotator: frozenset(_values(bench, node, said.annotator, said.atom))
        for said in frames
    }


def _values(bench: Bench, node: Node, annotator: str, frame: Frame) -> Iterable[ArgumentValue]:
    for argument in frame.arguments:
        value = _argument_value(bench, annotator, argument)
        if value is not None and value.filler != node.id and _fits(bench, node, value):
            yield value


def _argument_value(bench: Bench, annotator: str, argument: Argument) -> ArgumentValue | None:
    if argument.span is not None:
        return ArgumentValue(argument.role, "", argument.span.start, argument.span.end)
    filler = bench.became.get((annotator, argument.mention or argument.frame or ""))
    return ArgumentValue(argument.role, filler) if filler else None


def _fits(bench: Bench, node: Node, value: ArgumentValue) -> bool:
    """Whether the event, as it was settled, has the role, and the role takes the filler."""
    schema = bench.material.schema
    event = schema.event_types.get(node.value.type)
    if event is None or value.role not in event.roles:
        return False
    filler = bench.nodes.get(value.filler)
    if filler is None:
        return True
    role = schema.roles[value.role]
    if isinstance(filler.value, MentionValue):
        return role.takes_entity(filler.value.type)
    return role.takes_event(filler.value.type)


def _is_waiting(bench: Bench, said: Arguments) -> bool:
    """Whether it is open of some filler whether it is to be at all."""
    return any(value.filler in bench.waiting for values in said.values() for value in values)


def _argument_cases(
    bench: Bench, node: Node, found: Mapping[str, Arguments], frames: Sequence[SaidFrame]
) -> list[Case]:
    """One case for each argument that all share, and one for each knot of those that differ.

    While it is open whether a filler is to be at all, only what is shared is put.
    """
    said = found[node.id]
    if not said:
        return []
    shared = frozenset.intersection(*said.values())
    knots = [[value] for value in sorted(shared)]
    rest = frozenset().union(*said.values()) - shared
    if not _is_waiting(bench, said):
        knots += _knots(bench, node, rest)
    return [_argument_case(bench, node, knot, found, frames) for knot in knots]


def _argument_case(
    bench: Bench, node: Node, knot: Sequence[ArgumentValue], found: Mapping[str, Arguments],
    frames: Sequence[SaidFrame],
) -> Case:  # fmt: skip
    said = found[node.id]
    readings = readings_of(
        {name: sorted_values(v for v in knot if v in values) for name, values in said.items()}
    )
    kind = _kind(bench, node, readings, found)
    places = [place for v in knot if (place := _place(bench, v)) is not None]
    case = bench.put(Cell.ARGUMENT, readings, kind, hull(places or [_trigger(node)]), about=node.id)
    return _of_event(bench, node, case, frames)


def _of_event(bench: Bench, node: Node, case: Case, frames: Sequence[SaidFrame]) -> Case:
    return replace(
        case,
        frame=node.atom,
        followers=len({s.annotator for s in frames}) < len(bench.readers),
        sources=tuple(sorted(f"{s.annotator}:{s.atom.id}" for s in frames)),
        assisted=any(s.atom.candidate is not None for s in frames),
    )


def _trigger(node: Node) -> Span:
    return node.value.trigger if isinstance(node.value, EventValue) else node.value.span


def _place(bench: Bench, value: ArgumentValue) -> Span | None:
    if value.span is not None:
        return value.span
    node = bench.nodes.get(value.filler)
    return None if node is None else _trigger(node)


def _knots(bench: Bench, node: Node, values: Iterable[ArgumentValue]) -> list[list[ArgumentValue]]:
    """Arguments that hang together: one filler, one role that takes one, or shared words."""
    waiting = sorted(values)
    knots: list[list[ArgumentValue]] = []
    for value in waiting:
        tied = [k for k in knots if any(_is_tied(bench, node, value, other) for other in k)]
        knots = [k for k in knots if k not in tied]
        knots.append([value, *(v for k in tied for v in k)])
    return [sorted(k) for k in knots]


def _is_tied(bench: Bench, node: Node, one: ArgumentValue, other: ArgumentValue) -> bool:
    if one.filler and one.filler == other.filler:
        return True
    if one.span is not None and one.span == other.span:
        return True
    if one.role != other.role:
        return False
    cardinality = bench.material.schema.event_types[node.value.type].roles[one.role]
    places = _place(bench, one), _place(bench, other)
    near = places[0] is not None and places[1] is not None and places[0].overlaps(places[1])
    return near or not cardinality.takes_many


def _kind(
    bench: Bench, node: Node, readings: Sequence[Reading], found: Mapping[str, Arguments]
) -> Kind:
    """How readings of an argument differ."""
    if len(readings) < 2:
        return Kind.AGREED
    values = [v for r in readings for v in r.values if isinstance(v, ArgumentValue)]
    for one, other in combinations(set(values), 2):
        if one.role != other.role and (one.filler, one.span) == (other.filler, other.span):
            return Kind.ROLE
    spans = sorted({p for v in values if (p := _place(bench, v)) is not None})
    if len([r for r in readings if r.values]) > 1:
        if len(spans) < 2 or not spans[0].overlaps(spans[1]):
            return Kind.FILLER
        return Kind.FORM if only_form(bench.material.text, spans) else Kind.BOUNDARY
    lacking = {name for r in readings if not r.values for name in r.by}
    elsewhere = (
        value
        for other, said in found.items()
        if other != node.id
        for name in lacking
        for value in said.get(name, ())
    )
    return Kind.ATTACHMENT if set(values) & set(elsewhere) else Kind.MISSED


def _attribute_cases(bench: Bench, node: Node, frames: Sequence[SaidFrame]) -> list[Case]:
    schema = bench.material.schema
    if node.value.type not in schema.event_types or not frames:
        return []
    put = []
    for name, attribute in schema.frame_attributes(node.value.type).items():
        said = {
            s.annotator: (AttributeValue(s.atom.attributes.get(name, attribute.default or "")),)
            for s in frames
        }
        about = f"{node.id}@{name}"
        usual = (AttributeValue(attribute.default or ""),)
        if all(values == usual for values in said.values()) and not bench.court.speaks_of(about):
            continue  # nobody set it: there is nothing to keep and nothing to ask
        readings = readings_of(dict(said))
        kind = Kind.ATTRIBUTE if len(readings) > 1 else Kind.AGREED
        case = bench.put(Cell.ATTRIBUTE, readings, kind, _trigger(node), about=about)
        put.append(_of_event(bench, node, case, frames))
    return put


def settle_links(bench: Bench) -> None:
    """Settle links between nodes that are to be.

    A link is said by all who can reach one end from the other over links of their own.
    """
    put = []
    for kind in LinkKind:
        reached = {w.annotator: _reached(bench, w, kind) for w in bench.material.works}
        drawn = {pair for w in bench.material.works for pair in _pairs(bench, w, kind)}
        for source, target in sorted(drawn):
            if source not in bench.nodes or target not in bench.nodes:
                continue
            put.append(_link_case(bench, LinkValue(kind, source, target), reached))
    bench.settle(put)
    ends = (
        c for c in bench.added(Cell.LINK)
        if c.verdict and all(_is_whole(bench, v) for v in c.verdict.values)
    )  # fmt: skip
    bench.cases += ends


def _is_whole(bench: Bench, value: object) -> bool:
    return (
        isinstance(value, LinkValue) and value.source in bench.nodes and value.target in bench.nodes
    )


def _link_case(bench: Bench, link: LinkValue, reached: Mapping[str, set[frozenset[str]]]) -> Case:
    ends = frozenset((link.source, link.target))
    able = {
        name
        for name in bench.readers
        if ends <= {node for (who, _), node in bench.became.items() if who == name}
    }
    said = {n: (link,) if ends in reached[n] else sorted_values(()) for n in sorted(able)}
    readings = readings_of(dict(said))
    kind = Kind.MISSED if len(readings) > 1 else Kind.AGREED
    region = hull([_trigger(bench.nodes[end]) for end in ends])
    case = bench.put(Cell.LINK, readings, kind, region)
    return replace(case, followers=len(able) < len(bench.readers))


def _pairs(bench: Bench, work: Annotation, kind: LinkKind) -> set[tuple[str, str]]:
    found = set()
    for link in work.links:
        if link.kind is kind:
            ends = [bench.became.get((work.annotator, e), "") for e in (link.source, link.target)]
            if all(ends) and ends[0] != ends[1]:
                found.add((min(ends), max(ends)))
    return found


def _reached(bench: Bench, work: Annotation, kind: LinkKind) -> set[frozenset[str]]:
    """All pairs of nodes that the annotator's links join, through others too."""
    islands: list[set[str]] = []
    for pair in _pairs(bench, work, kind):
        touched = [i for i in islands if i & set(pair)]
        islands = [i for i in islands if i not in touched]
        islands.append(set(pair).union(*touched))
    return {frozenset(pair) for island in islands for pair in combinations(sorted(island), 2)}
