"""Candidates cut to what the schema allows: what could never be accepted is not offered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.model.annotation import Argument
    from curate.model.candidate import FrameCandidate, MentionCandidate
    from curate.model.schema import Attribute, EventSchema


def fitting(
    schema: EventSchema, mentions: Iterable[MentionCandidate], frames: Iterable[FrameCandidate]
) -> tuple[list[MentionCandidate], list[FrameCandidate]]:
    """The candidates of a document without what the schema forbids.

    A candidate of an unknown type is left out; of the others unknown subtypes,
    attributes and values, slots that may not hold their filler, and fillers
    beyond the one that a role takes.
    """
    kept = [_mention(schema, c) for c in mentions if c.type in schema.entity_types]
    types = {c.id: c.type for c in kept}
    known = [c for c in frames if c.type in schema.event_types]
    events = {c.id: c.type for c in known}
    return kept, [_frame(schema, c, types, events) for c in known]


def _mention(schema: EventSchema, candidate: MentionCandidate) -> MentionCandidate:
    subtype = candidate.subtype
    if subtype is not None and subtype not in schema.entity_types[candidate.type].subtypes:
        candidate = replace(candidate, subtype=None)
    if candidate.attributes:
        known = schema.attributes_of_mention(candidate.type)
        kept = allowed_attributes(candidate.attributes, known)
        candidate = replace(candidate, attributes=kept)
    return candidate


def _frame(
    schema: EventSchema,
    candidate: FrameCandidate,
    types: Mapping[str, str],
    events: Mapping[str, str],
) -> FrameCandidate:
    roles = schema.event_types[candidate.type].roles
    kept: list[Argument] = []
    for argument in candidate.arguments:
        many = argument.role in roles and roles[argument.role].takes_many
        room = many or all(a.role != argument.role for a in kept)
        if room and argument not in kept and _may_stand(schema, candidate, argument, types, events):
            kept.append(argument)
    attributes = candidate.attributes
    if attributes:
        attributes = allowed_attributes(attributes, schema.frame_attributes(candidate.type))
    if len(kept) == len(candidate.arguments) and len(attributes) == len(candidate.attributes):
        return candidate
    return replace(candidate, arguments=tuple(kept), attributes=attributes)


def _may_stand(
    schema: EventSchema,
    candidate: FrameCandidate,
    argument: Argument,
    types: Mapping[str, str],
    events: Mapping[str, str],
) -> bool:
    if argument.role not in schema.event_types[candidate.type].roles:
        return False
    role = schema.roles[argument.role]
    if argument.mention is not None:
        return role.takes_entity(types.get(argument.mention, ""))
    if argument.frame is not None:
        return argument.frame in events and role.takes_event(events[argument.frame])
    return role.bare_span


def allowed_attributes(
    given: Mapping[str, str], known: Mapping[str, Attribute]
) -> Mapping[str, str]:
    """Those attributes that are known, with a value they may have."""
    if all(name in known and known[name].allows(value) for name, value in given.items()):
        return given
    return {n: v for n, v in given.items() if n in known and known[n].allows(v)}
