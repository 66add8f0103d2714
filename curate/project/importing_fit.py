"""What of an annotation fits the schema, and what does not: the rest is kept, atom by atom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.formats.records import Misfit
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.model.annotation import Annotation, Argument, Frame, Link, Mention
    from curate.model.schema import Attribute, EventSchema
    from curate.model.span import Span


def fitted(annotation: Annotation, schema: EventSchema) -> tuple[Annotation, list[Misfit]]:
    """The part of an annotation that the schema allows, and what was left out, with why."""
    fit = _Fit(schema, annotation.item)
    mentions = tuple(m for given in annotation.mentions if (m := fit.mention(given)) is not None)
    heads = [f for given in annotation.frames if (f := fit.head(given)) is not None]
    frames = tuple(fit.filled(frame) for frame in heads)
    links = tuple(link for link in annotation.links if fit.takes_link(link))
    return replace(annotation, mentions=mentions, frames=frames, links=links), fit.misfits


class _Fit:
    """Holds atoms against the schema, and against those that were let in before."""

    def __init__(self, schema: EventSchema, item: Span) -> None:
        self._schema = schema
        self._item = item
        self._mentions: dict[str, Mention] = {}
        self._frames: dict[str, Frame] = {}
        self._holds: dict[str, set[str]] = {}
        self._joined: set[tuple[LinkKind, frozenset[str]]] = set()
        self.misfits: list[Misfit] = []

    def _out(self, reason: str, what: object) -> None:
        self.misfits.append(Misfit(reason, what))

    def mention(self, mention: Mention) -> Mention | None:
        """The mention as it fits, or None."""
        entity = self._schema.entity_types.get(mention.type)
        if entity is None:
            self._out(f"the schema has no entity type {mention.type}", mention)
            return None
        if not self._item.covers(mention.span):
            self._out(f"mention {mention.id} leaves its item", mention)
            return None
        subtype = mention.subtype
        if subtype is not None and subtype not in entity.subtypes:
            self._out(f"{mention.type} has no subtype {subtype}", mention)
            subtype = None
        known = self._schema.attributes_of_mention(mention.type)
        attributes = self._attributes(mention.attributes, known, mention.type, mention.id)
        kept = replace(mention, subtype=subtype, attributes=attributes)
        self._mentions[kept.id] = kept
        return kept

    def _attributes(
        self, given: Mapping[str, str], known: Mapping[str, Attribute], owner: str, atom: str
    ) -> dict[str, str]:
        kept = {}
        for name, value in given.items():
            if name not in known:
                self._out(f"{owner} has no attribute {name}", f"{atom}: {name}={value}")
            elif not known[name].allows(value):
                self._out(f"{name} has no value {value}", f"{atom}: {name}={value}")
            else:
                kept[name] = value
        return kept

    def head(self, frame: Frame) -> Frame | None:
        """The frame without looking at its fillers, or None."""
        if frame.type not in self._schema.event_types:
            self._out(f"the schema has no event type {frame.type}", frame)
            return None
        if not self._item.covers(frame.trigger):
            self._out(f"the trigger of {frame.id} leaves its item", frame)
            return None
        known = self._schema.frame_attributes(frame.type)
        attributes = self._attributes(frame.attributes, known, frame.type, frame.id)
        kept = replace(frame, attributes=attributes)
        self._frames[kept.id] = kept
        return kept

    def filled(self, frame: Frame) -> Frame:
        """The frame with the fillers that its roles take."""
        kept: list[Argument] = []
        for argument in frame.arguments:
            reason = self._objection(frame, argument, kept)
            if reason is None:
                kept.append(argument)
                if argument.frame is not None:
                    self._holds.setdefault(frame.id, set()).add(argument.frame)
            else:
                self._out(f"{frame.type} {frame.id}: {reason}", argument)
        return replace(frame, arguments=tuple(kept))

    def _objection(self, frame: Frame, argument: Argument, held: list[Argument]) -> str | None:
        """Why a filler may not go into a slot, or None."""
        roles = self._schema.event_types[frame.type].roles
        if argument.role not in roles:
            return f"{frame.type} has no role {argument.role}"
        if argument in held:
            return f"{argument.role} holds the same filler twice"
        if not roles[argument.role].takes_many and any(a.role == argument.role for a in held):
            return f"{argument.role} takes one filler"
        return self._misfilled(frame, argument)

    def _misfilled(self, frame: Frame, argument: Argument) -> str | None:
        role = self._schema.roles[argument.role]
        if argument.span is not None:
            if not self._item.covers(argument.span):
                return f"{argument.role} leaves the item"
            return None if role.bare_span else f"{role.name} may not be filled by words alone"
        if argument.mention is not None:
            mention = self._mentions.get(argument.mention)
            if mention is None:
                return f"{role.name} holds {argument.mention}, which is not there"
            fits = role.takes_entity(mention.type)
            return None if fits else f"{role.name} may not be filled by {mention.type}"
        other = self._frames.get(argument.frame or "")
        if other is None:
            return f"{role.name} holds {argument.frame}, which is not there"
        if not role.takes_event(other.type):
            return f"{role.name} may not be filled by the event type {other.type}"
        return "the frame would hold itself" if self._reaches(other.id, frame.id) else None

    def _reaches(self, start: str, goal: str) -> bool:
        waiting, seen = [start], set()
        while waiting:
            current = waiting.pop()
            if current == goal:
                return True
            if current not in seen:
                seen.add(current)
                waiting.extend(self._holds.get(current, ()))
        return False

    def takes_link(self, link: Link) -> bool:
        """Whether a link joins two that are there, and for the first time."""
        known: Mapping[str, object] = (
            self._mentions if link.kind is LinkKind.COREF else self._frames
        )
        pair = link.kind, frozenset((link.source, link.target))
        there = link.source in known and link.target in known
        if not there or link.source == link.target or pair in self._joined:
            self._out(f"a {link.kind} link between these cannot be kept", link)
            return False
        self._joined.add(pair)
        return True
