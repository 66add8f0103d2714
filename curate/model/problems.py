"""What in an annotation does not fit the schema or the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Frame, LinkKind, Mention
from curate.model.schema import EventSchema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Argument
    from curate.model.schema import Attribute, EventType
    from curate.model.span import Span


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """The schema or the text forbids it."""
    WARNING = "warning"
    """It may be right, but is worth a look."""


class Code(StrEnum):
    """What kind of problem it is; stable, for programs."""

    UNKNOWN_ENTITY_TYPE = "unknown-entity-type"
    UNKNOWN_SUBTYPE = "unknown-subtype"
    UNKNOWN_EVENT_TYPE = "unknown-event-type"
    UNKNOWN_ROLE = "unknown-role"
    UNKNOWN_ATTRIBUTE = "unknown-attribute"
    UNKNOWN_VALUE = "unknown-value"
    FILLER_NOT_ALLOWED = "filler-not-allowed"
    TOO_MANY_FILLERS = "too-many-fillers"
    SAME_FILLER_TWICE = "same-filler-twice"
    ROLE_MISSING = "role-missing"
    CYCLE = "cycle"
    DANGLING = "dangling"
    DUPLICATE_ID = "duplicate-id"
    DUPLICATE_ATOM = "duplicate-atom"
    OUTSIDE_TEXT = "outside-text"
    OUTSIDE_ITEM = "outside-item"
    BLANK_EDGE = "blank-edge"
    BAD_LINK = "bad-link"


WARNINGS = frozenset({Code.ROLE_MISSING, Code.DUPLICATE_ATOM, Code.BLANK_EDGE})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit, and where."""

    code: Code
    message: str
    atom: str | None = None
    """Id of the mention or frame; None for the annotation itself."""
    role: str | None = None
    """The slot of the frame, if it is about one."""

    @property
    def severity(self) -> Severity:
        """An error where the schema or the text forbids it, else a warning."""
        return Severity.WARNING if self.code in WARNINGS else Severity.ERROR


@dataclass(frozen=True, slots=True)
class _Look:
    """An annotation with all that it is held against."""

    annotation: Annotation
    schema: EventSchema
    text: str
    mentions: Mapping[str, Mention]
    frames: Mapping[str, Frame]


def problems_in(annotation: Annotation, schema: EventSchema, text: str) -> list[Problem]:
    """Everything in the annotation that does not fit, mentions first, then frames, then links.

    `text` is the text of the whole document.
    """
    look = _Look(
        annotation,
        schema,
        text,
        {m.id: m for m in annotation.mentions},
        {f.id: f for f in annotation.frames},
    )
    return [
        *_item_problems(look),
        *_id_problems(annotation),
        *(p for m in annotation.mentions for p in _mention_problems(m, look)),
        *(p for f in annotation.frames for p in _frame_problems(f, look)),
        *_cycles(look.frames),
        *_twins(annotation),
        *_link_problems(look),
    ]


def errors_in(annotation: Annotation, schema: EventSchema, text: str) -> list[Problem]:
    """The problems that the schema or the text forbids."""
    found = problems_in(annotation, schema, text)
    return [p for p in found if p.severity is Severity.ERROR]


def _item_problems(look: _Look) -> Iterator[Problem]:
    if look.annotation.item.end > len(look.text):
        message = f"the item ends behind the text of {len(look.text)} characters"
        yield Problem(Code.OUTSIDE_TEXT, message)


def _id_problems(annotation: Annotation) -> Iterator[Problem]:
    ids = Counter((*(m.id for m in annotation.mentions), *(f.id for f in annotation.frames)))
    for atom, count in ids.items():
        if count > 1:
            yield Problem(Code.DUPLICATE_ID, f"{count} mentions or frames have the id {atom}", atom)


def _span_problems(
    span: Span, look: _Look, atom: str, role: str | None = None
) -> Iterator[Problem]:
    text, item = look.text, look.annotation.item
    if span.end > len(text):
        message = f"{span.start}–{span.end} ends behind the text of {len(text)} characters"
        yield Problem(Code.OUTSIDE_TEXT, message, atom, role)
        return
    if not item.covers(span):
        message = f"{span.start}–{span.end} leaves the item {item.start}–{item.end}"
        yield Problem(Code.OUTSIDE_ITEM, message, atom, role)
    if text[span.start].isspace() or text[span.end - 1].isspace():
        message = f"{span.start}–{span.end} begins or ends with a blank"
        yield Problem(Code.BLANK_EDGE, message, atom, role)


def _mention_problems(mention: Mention, look: _Look) -> Iterator[Problem]:
    yield from _span_problems(mention.span, look, mention.id)
    entity = look.schema.entity_types.get(mention.type)
    if entity is None:
        message = f"the schema has no entity type {mention.type}"
        yield Problem(Code.UNKNOWN_ENTITY_TYPE, message, mention.id)
    elif mention.subtype is not None and mention.subtype not in entity.subtypes:
        message = f"{mention.type} has no subtype {mention.subtype}"
        yield Problem(Code.UNKNOWN_SUBTYPE, message, mention.id)
    known = look.schema.attributes_of_mention(mention.type)
    yield from _attribute_problems(mention.attributes, known, mention.type, mention.id)


def _attribute_problems(
    given: Mapping[str, str], known: Mapping[str, Attribute], owner: str, atom: str
) -> Iterator[Problem]:
    for name, value in given.items():
        attribute = known.get(name)
        if attribute is None:
            message = f"{owner} has no attribute {name}"
            yield Problem(Code.UNKNOWN_ATTRIBUTE, message, atom)
        elif not attribute.allows(value):
            yield Problem(Code.UNKNOWN_VALUE, f"{name} has no value {value}", atom)


def _frame_problems(frame: Frame, look: _Look) -> Iterator[Problem]:
    yield from _span_problems(frame.trigger, look, frame.id)
    for argument in frame.arguments:
        if argument.span is not None:
            yield from _span_problems(argument.span, look, frame.id, argument.role)
    yield from _dangling(frame, look)
    event = look.schema.event_types.get(frame.type)
    if event is None:
        message = f"the schema has no event type {frame.type}"
        yield Problem(Code.UNKNOWN_EVENT_TYPE, message, frame.id)
        return
    known = look.schema.frame_attributes(frame.type)
    yield from _attribute_problems(frame.attributes, known, frame.type, frame.id)
    for argument in frame.arguments:
        yield from _argument_problems(frame, argument, look)
    yield from _filling_problems(frame, event)


def _dangling(frame: Frame, look: _Look) -> Iterator[Problem]:
    for argument in frame.arguments:
        if argument.mention is not None and argument.mention not in look.mentions:
            message = f"{argument.role} holds the mention {argument.mention}, which is not there"
            yield Problem(Code.DANGLING, message, frame.id, argument.role)
        if argument.frame is not None and argument.frame not in look.frames:
            message = f"{argument.role} holds the frame {argument.frame}, which is not there"
            yield Problem(Code.DANGLING, message, frame.id, argument.role)


def _argument_problems(frame: Frame, argument: Argument, look: _Look) -> Iterator[Problem]:
    if argument.role not in look.schema.event_types[frame.type].roles:
        message = f"{frame.type} has no role {argument.role}"
        yield Problem(Code.UNKNOWN_ROLE, message, frame.id, argument.role)
        return
    role = look.schema.roles[argument.role]
    mention = look.mentions.get(argument.mention or "")
    held = look.frames.get(argument.frame or "")
    if argument.span is not None:
        allowed, filler = role.bare_span, "words without a type"
    elif mention is not None:
        allowed, filler = role.takes_entity(mention.type), mention.type
    elif held is not None:
        allowed, filler = role.takes_event(held.type), f"the event type {held.type}"
    else:
        return
    if not allowed:
        message = f"{argument.role} may not be filled by {filler}"
        yield Problem(Code.FILLER_NOT_ALLOWED, message, frame.id, argument.role)


def _filling_problems(frame: Frame, event: EventType) -> Iterator[Problem]:
    """Too many fillers in a slot, the same one twice, or none where one is wanted."""
    fillers = Counter(frame.arguments)
    for argument, count in fillers.items():
        if count > 1:
            message = f"{argument.role} holds the same filler {count} times"
            yield Problem(Code.SAME_FILLER_TWICE, message, frame.id, argument.role)
    held = Counter(argument.role for argument in fillers)
    for role, cardinality in event.roles.items():
        if held[role] > 1 and not cardinality.takes_many:
            message = f"{role} holds {held[role]} fillers, but takes one"
            yield Problem(Code.TOO_MANY_FILLERS, message, frame.id, role)
        if not held[role] and cardinality.is_required:
            yield Problem(Code.ROLE_MISSING, f"{role} is empty", frame.id, role)
    for roles in event.require_any:
        if not any(held[role] for role in roles):
            wanted = " and ".join(r for r in event.roles if r in roles)
            message = f"{wanted} are both empty" if len(roles) == 2 else f"{wanted} are all empty"
            yield Problem(Code.ROLE_MISSING, message, frame.id)


def _cycles(frames: Mapping[str, Frame]) -> Iterator[Problem]:
    """Frames that hold themselves, directly or through others."""
    held = {
        name: {a.frame for a in frame.arguments if a.frame is not None}
        for name, frame in frames.items()
    }
    for name in frames:
        seen: set[str] = set()
        waiting = list(held[name])
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting.extend(held.get(current, ()))
        if name in seen:
            yield Problem(Code.CYCLE, "the frame holds itself, directly or through others", name)


def _twins(annotation: Annotation) -> Iterator[Problem]:
    """Mentions and frames that say the same as another."""
    said: dict[object, str] = {}
    for mention in annotation.mentions:
        first = said.setdefault((mention.span, mention.type), mention.id)
        if first != mention.id:
            message = f"{first} has the same span and type"
            yield Problem(Code.DUPLICATE_ATOM, message, mention.id)
    for frame in annotation.frames:
        key = (frame.trigger, frame.type, frozenset(frame.arguments))
        first = said.setdefault(key, frame.id)
        if first != frame.id:
            message = f"{first} has the same trigger, type and fillers"
            yield Problem(Code.DUPLICATE_ATOM, message, frame.id)


def _link_problems(look: _Look) -> Iterator[Problem]:
    links = look.annotation.links
    pairs = Counter((x.kind, frozenset((x.source, x.target))) for x in links)
    for link in links:
        ends = look.mentions if link.kind is LinkKind.COREF else look.frames
        for end in (link.source, link.target):
            if end not in ends:
                what = "mention" if link.kind is LinkKind.COREF else "frame"
                message = f"a {link.kind} link names the {what} {end}, which is not there"
                yield Problem(Code.DANGLING, message, end)
        if link.source == link.target:
            message = f"a {link.kind} link leads from {link.source} to itself"
            yield Problem(Code.BAD_LINK, message, link.source)
    for (kind, joined), count in pairs.items():
        if count > 1:
            message = f"{count} {kind} links join {' and '.join(sorted(joined))}"
            yield Problem(Code.BAD_LINK, message, min(joined))
