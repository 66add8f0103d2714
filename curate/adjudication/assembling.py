"""Put settled cells together into one annotation that fits the schema, each atom with its story."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.adjudication.stories import (
    Cell,
    How,
    Story,
    argument_atom,
    attribute_atom,
    link_atom,
)
from curate.adjudication.values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    MentionValue,
)
from curate.model.annotation import (
    Annotation,
    Argument,
    Frame,
    Link,
    LinkKind,
    Mention,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.problems import Code, errors_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.adjudication.bench import Bench, Node
    from curate.adjudication.cases import Case
    from curate.model.problems import Problem
    from curate.model.schema import EventSchema


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was settled and yet cannot be in gold."""

    atom: str
    """The mention, frame or, with the role, the argument that it was about."""
    why: str


def assembled(bench: Bench, name: str) -> tuple[Annotation, tuple[Story, ...], tuple[Dropped, ...]]:
    """Gold from all that is settled, with its stories and what had to be left out."""
    stories: dict[str, Story] = {}
    own = [node for name, node in bench.nodes.items() if name == node.id]
    mentions = [_mention(n, n.value) for n in own if isinstance(n.value, MentionValue)]
    frames = {n.id: _frame(n, n.value) for n in own if isinstance(n.value, EventValue)}
    for node in own:
        stories[node.atom] = _story(bench, node.case, node.atom, node.value)
    for case in _trusted_first(bench.cases):
        if case.cell is Cell.ARGUMENT:
            _fill(bench, frames, case, stories)
        elif case.cell is Cell.ATTRIBUTE:
            _set(bench, frames, case, stories)
    annotation = Annotation(
        name,
        bench.material.item.span,
        mentions=tuple(sorted(mentions, key=mention_order)),
        frames=tuple(sorted(frames.values(), key=frame_order)),
        links=tuple(sorted(_links(bench, stories), key=link_order)),
    )
    annotation, dropped = _fitted(bench, annotation)
    ordered = tuple(_in_card_order(bench.material.schema, f) for f in annotation.frames)
    annotation = replace(annotation, frames=ordered)
    there = _atoms(annotation)
    kept = (stories[atom] for atom in there if atom in stories)
    return annotation, tuple(kept), tuple(dropped)


def _trusted_first(cases: Iterable[Case]) -> list[Case]:
    """Cases in the order of their ids, those that were ruled before the others.

    Where two fillers cannot both be, the last is left out: see `_fitted`.
    """
    settled = [c for c in cases if c.verdict is not None]
    return sorted(settled, key=lambda c: (c.verdict is not None and c.verdict.how is not How.RULED,
                                          c.id))  # fmt: skip


def _mention(node: Node, value: MentionValue) -> Mention:
    return Mention(node.atom, value.span, value.type, value.subtype or None, dict(value.attributes))


def _frame(node: Node, value: EventValue) -> Frame:
    return Frame(node.atom, value.type, value.trigger)


def _fill(bench: Bench, frames: dict[str, Frame], case: Case, stories: dict[str, Story]) -> None:
    frame = frames.get(case.about)
    if frame is None or case.verdict is None:
        return
    for value in case.verdict.values:
        argument = _argument(bench, value) if isinstance(value, ArgumentValue) else None
        if argument is None or argument in frame.arguments:
            continue
        frame = replace(frame, arguments=(*frame.arguments, argument))
        atom = argument_atom(frame.id, argument)
        stories[atom] = _story(bench, case, atom, value)
    frames[case.about] = frame


def _argument(bench: Bench, value: ArgumentValue) -> Argument | None:
    """The argument with ids of gold; None when its filler is not there."""
    if value.span is not None:
        return Argument(value.role, span=value.span)
    node = bench.nodes.get(value.filler)
    if node is None:
        return None
    if isinstance(node.value, MentionValue):
        return Argument(value.role, mention=node.atom)
    return Argument(value.role, frame=node.atom)


def _set(bench: Bench, frames: dict[str, Frame], case: Case, stories: dict[str, Story]) -> None:
    about, _, name = case.about.rpartition("@")
    frame = frames.get(about)
    if frame is None or case.verdict is None:
        return
    known = bench.material.schema.frame_attributes(frame.type).get(name)
    for value in case.verdict.values:
        if known is None or not isinstance(value, AttributeValue):
            continue
        if value.value and value.value != known.default:
            frames[about] = replace(frame, attributes={**frame.attributes, name: value.value})
            atom = attribute_atom(frame.id, name)
            stories[atom] = _story(bench, case, atom, value)


def _in_card_order(schema: EventSchema, frame: Frame) -> Frame:
    """The frame with its arguments in the order of the card on screen."""
    event = schema.event_types.get(frame.type)
    order = {role: n for n, role in enumerate(event.roles)} if event else {}
    arguments = sorted(
        frame.arguments, key=lambda a: (order.get(a.role, len(order)), argument_atom("", a))
    )
    attributes = dict(sorted(frame.attributes.items()))
    return replace(frame, arguments=tuple(arguments), attributes=attributes)


def _links(bench: Bench, stories: dict[str, Story]) -> list[Link]:
    found: dict[Link, None] = {}
    for case in bench.cases:
        if case.cell is not Cell.LINK or case.verdict is None:
            continue
        for value in case.verdict.values:
            link = _link(bench, value) if isinstance(value, LinkValue) else None
            if link is not None:
                found[link] = None
                stories[link_atom(link)] = _story(bench, case, link_atom(link), value)
    return list(found)


def _link(bench: Bench, value: LinkValue) -> Link | None:
    source, target = bench.atom(value.source), bench.atom(value.target)
    if source is None or target is None or source == target:
        return None
    return Link(LinkKind(value.kind), min(source, target), max(source, target))


def _story(bench: Bench, case: Case, atom: str, value: object) -> Story:
    verdict = case.verdict
    said = {name for r in case.readings if value in r.values for name in r.by}
    ruling = None if verdict is None else verdict.ruling
    return Story(
        atom=atom,
        cell=case.cell,
        how=How.UNANIMOUS if verdict is None else verdict.how,
        annotators=tuple(sorted(said)),
        others=tuple(name for name in bench.readers if name not in said),
        sources=tuple(s for s in case.sources if s.partition(":")[0] in said),
        assisted=case.assisted,
        ruling=None if ruling is None else ruling.id,
        schema=bench.material.schema.identity,
    )


def _fitted(bench: Bench, annotation: Annotation) -> tuple[Annotation, list[Dropped]]:
    """Leave out what the schema forbids, the least trusted first, until nothing is left of it."""
    dropped: list[Dropped] = []
    schema, text = bench.material.schema, bench.material.text
    while errors := errors_in(annotation, schema, text):
        annotation = _without(annotation, errors[0])
        dropped.append(Dropped(errors[0].atom or "", errors[0].message))
    return annotation, dropped


def _without(annotation: Annotation, problem: Problem) -> Annotation:
    """The annotation without what one problem is about."""
    atom = problem.atom or ""
    frame = annotation.frame(atom)
    if problem.role is not None and frame is not None:
        last = max(n for n, a in enumerate(frame.arguments) if a.role == problem.role)
        shorter = frame.arguments[:last] + frame.arguments[last + 1 :]
        return _with_frame(annotation, replace(frame, arguments=shorter))
    if problem.code is Code.CYCLE and frame is not None:
        kept = tuple(a for a in frame.arguments if a.frame is None)
        return _with_frame(annotation, replace(frame, arguments=kept))
    if problem.code in (Code.UNKNOWN_ATTRIBUTE, Code.UNKNOWN_VALUE):
        return _without_attributes(annotation, atom)
    return _without_atom(annotation, atom)


def _with_frame(annotation: Annotation, frame: Frame) -> Annotation:
    others = tuple(frame if f.id == frame.id else f for f in annotation.frames)
    return replace(annotation, frames=others)


def _without_attributes(annotation: Annotation, atom: str) -> Annotation:
    return replace(
        annotation,
        mentions=tuple(replace(m, attributes={}) if m.id == atom else m
                       for m in annotation.mentions),
        frames=tuple(replace(f, attributes={}) if f.id == atom else f for f in annotation.frames),
    )  # fmt: skip


def _without_atom(annotation: Annotation, atom: str) -> Annotation:
    """Without a mention or frame, its places in slots, and links to it."""
    return replace(
        annotation,
        mentions=tuple(m for m in annotation.mentions if m.id != atom),
        frames=tuple(
            replace(f, arguments=tuple(a for a in f.arguments if atom not in (a.mention, a.frame)))
            for f in annotation.frames
            if f.id != atom
        ),
        links=tuple(x for x in annotation.links if atom not in (x.source, x.target)),
    )


def _atoms(annotation: Annotation) -> list[str]:
    """The names of everything in an annotation, in reading order."""
    found = [m.id for m in annotation.mentions]
    for frame in annotation.frames:
        found.append(frame.id)
        found += [argument_atom(frame.id, a) for a in frame.arguments]
        found += [attribute_atom(frame.id, name) for name in frame.attributes]
    return [*found, *map(link_atom, annotation.links)]
