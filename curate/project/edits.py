"""Edits of one annotation as pure functions; the schema is enforced at each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.annotation import (
    Annotation,
    Argument,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)
from curate.project.fitting import allowed_attributes
from curate.project.view import Keep

if TYPE_CHECKING:
    from curate.model.schema import EventSchema
    from curate.model.span import Span


class EditRefused(CurateError):
    """The schema or the state of the annotation does not allow the edit; nothing changed."""


def get_mention(annotation: Annotation, mention_id: str) -> Mention:
    """Return the mention of that id; refused when there is none."""
    mention = annotation.mention(mention_id)
    if mention is None:
        raise EditRefused(f"there is no mention {mention_id} in this item")
    return mention


def get_frame(annotation: Annotation, frame_id: str) -> Frame:
    """Return the frame of that id; refused when there is none."""
    frame = annotation.frame(frame_id)
    if frame is None:
        raise EditRefused(f"there is no frame {frame_id} in this item")
    return frame


def started(annotation: Annotation) -> Annotation:
    """The annotation as work in progress, if it was new."""
    return (
        replace(annotation, status=Status.DRAFT) if annotation.status is Status.NEW else annotation
    )


def with_mention(annotation: Annotation, mention: Mention) -> Annotation:
    """The annotation with the mention added, or put in the place of the one of the same id."""
    others = [m for m in annotation.mentions if m.id != mention.id]
    return replace(
        started(annotation), mentions=tuple(sorted([*others, mention], key=mention_order))
    )


def with_frame(annotation: Annotation, frame: Frame) -> Annotation:
    """The annotation with the frame added, or put in the place of the one of the same id."""
    others = [f for f in annotation.frames if f.id != frame.id]
    return replace(started(annotation), frames=tuple(sorted([*others, frame], key=frame_order)))


def without(annotation: Annotation, atom: str) -> Annotation:
    """The annotation without that mention or frame, its places in slots and its links."""
    frames = tuple(
        replace(f, arguments=tuple(a for a in f.arguments if atom not in (a.mention, a.frame)))
        for f in annotation.frames
        if f.id != atom
    )
    return replace(
        started(annotation),
        mentions=tuple(m for m in annotation.mentions if m.id != atom),
        frames=frames,
        links=tuple(x for x in annotation.links if atom not in (x.source, x.target)),
    )


def check_type(schema: EventSchema, entity_type: str, subtype: str | None) -> None:
    """Refuse an entity type or subtype that the schema does not have."""
    known = schema.entity_types.get(entity_type)
    if known is None:
        raise EditRefused(f"the schema has no entity type {entity_type}")
    if subtype is not None and subtype not in known.subtypes:
        raise EditRefused(f"{entity_type} has no subtype {subtype}")


def check_event_type(schema: EventSchema, event_type: str) -> None:
    """Refuse an event type that the schema does not have."""
    if event_type not in schema.event_types:
        raise EditRefused(f"the schema has no event type {event_type}")


def check_inside(annotation: Annotation, span: Span) -> None:
    """Refuse a span that leaves the item."""
    if not annotation.item.covers(span):
        raise EditRefused("the span leaves the item that is being annotated")


def roles_open_to(
    schema: EventSchema, annotation: Annotation, frame: Frame, argument: Argument
) -> list[str]:
    """Roles of the frame that may take this filler now, in card order."""
    return [
        role
        for role in _roles_allowing(schema, annotation, frame.type, argument)
        if schema.event_types[frame.type].roles[role].takes_many
        or all(a.role != role for a in frame.arguments)
    ]


def _roles_allowing(
    schema: EventSchema, annotation: Annotation, event_type: str, argument: Argument
) -> list[str]:
    if argument.mention is not None:
        filler = get_mention(annotation, argument.mention).type
        return schema.roles_for(event_type, entity_type=filler)
    if argument.frame is not None:
        filler = get_frame(annotation, argument.frame).type
        return schema.roles_for(event_type, filler_event=filler)
    return schema.roles_for(event_type)


def with_argument(
    schema: EventSchema, annotation: Annotation, frame_id: str, argument: Argument
) -> Annotation:
    """The annotation with the argument in the frame.

    A role that takes one filler has its filler exchanged. Refused when the
    role is not of this event type, may not take this filler, or when a frame
    would come to hold itself.
    """
    frame = get_frame(annotation, frame_id)
    if argument.span is not None:
        check_inside(annotation, argument.span)
    if argument.role not in schema.event_types[frame.type].roles:
        raise EditRefused(f"{frame.type} has no role {argument.role}")
    if argument.role not in _roles_allowing(schema, annotation, frame.type, argument):
        raise EditRefused(f"{argument.role} may not be filled by this")
    if argument.frame is not None and _reaches(annotation, argument.frame, frame_id):
        raise EditRefused("a frame cannot hold itself, not even through another")
    if argument in frame.arguments:
        return annotation
    many = schema.event_types[frame.type].roles[argument.role].takes_many
    kept = tuple(a for a in frame.arguments if many or a.role != argument.role)
    order = list(schema.event_types[frame.type].roles)
    arguments = tuple(sorted((*kept, argument), key=lambda a: order.index(a.role)))
    return with_frame(annotation, replace(frame, arguments=arguments))


def _reaches(annotation: Annotation, source: str, goal: str) -> bool:
    """Whether frame `source` holds frame `goal`, directly or through others."""
    seen: set[str] = set()
    waiting = [source]
    while waiting:
        current = waiting.pop()
        if current == goal:
            return True
        frame = annotation.frame(current)
        if frame is not None and current not in seen:
            seen.add(current)
            waiting.extend(a.frame for a in frame.arguments if a.frame is not None)
    return False


def without_argument(annotation: Annotation, frame_id: str, argument: Argument) -> Annotation:
    """The annotation with that argument taken out of the frame."""
    frame = get_frame(annotation, frame_id)
    if argument not in frame.arguments:
        raise EditRefused(f"{argument.role} does not hold this filler")
    kept = tuple(a for a in frame.arguments if a != argument)
    return with_frame(annotation, replace(frame, arguments=kept))


def changed_mention(
    schema: EventSchema,
    annotation: Annotation,
    mention_id: str,
    *,
    span: Span | None,
    entity_type: str | None,
    subtype: str | Keep | None,
) -> Mention:
    """The mention with another span, type or subtype.

    A new type drops the old subtype and the attributes that it does not carry.
    """
    mention = get_mention(annotation, mention_id)
    if span is not None:
        check_inside(annotation, span)
        mention = replace(mention, span=span)
    if entity_type is not None and entity_type != mention.type:
        check_type(schema, entity_type, None)
        known = schema.attributes_of_mention(entity_type)
        kept = allowed_attributes(mention.attributes, known)
        mention = replace(mention, type=entity_type, subtype=None, attributes=kept)
    if not isinstance(subtype, Keep):
        mention = replace(mention, subtype=subtype)
    check_type(schema, mention.type, mention.subtype)
    return mention


def with_mention_attribute(
    schema: EventSchema, annotation: Annotation, mention_id: str, name: str, value: str | None
) -> Annotation:
    """The annotation with an attribute of a mention set, or back to its default for None."""
    mention = get_mention(annotation, mention_id)
    attribute = schema.attributes_of_mention(mention.type).get(name)
    if attribute is None:
        raise EditRefused(f"{mention.type} has no attribute {name}")
    if value is not None and not attribute.allows(value):
        raise EditRefused(f"{name} has no value {value}; it has {', '.join(attribute.values)}")
    kept = {k: v for k, v in mention.attributes.items() if k != name}
    if value is not None:
        kept[name] = value
    return with_mention(annotation, replace(mention, attributes=kept))


def retyped_mention(
    schema: EventSchema, annotation: Annotation, mention: Mention
) -> tuple[Annotation, list[Argument]]:
    """The annotation with the mention changed, and the arguments that no longer fit it.

    Arguments whose role may not take the new type are taken out.
    """
    changed = with_mention(annotation, mention)
    dropped: list[Argument] = []
    for frame in changed.frames:
        unfit = [
            a
            for a in frame.arguments
            if a.mention == mention.id
            and a.role not in schema.roles_for(frame.type, entity_type=mention.type)
        ]
        for argument in unfit:
            changed = without_argument(changed, frame.id, argument)
        dropped.extend(unfit)
    return changed, dropped


def retyped_frame(
    schema: EventSchema, annotation: Annotation, frame_id: str, event_type: str
) -> tuple[Annotation, list[Argument]]:
    """The annotation with the frame under another event type, and what found no place there.

    An argument keeps its role where the new type has it, else it goes to the
    first open role that may take it. Attributes of the old type alone are dropped.
    """
    check_event_type(schema, event_type)
    frame = get_frame(annotation, frame_id)
    allowed = schema.frame_attributes(event_type)
    bare = replace(
        frame,
        type=event_type,
        arguments=(),
        attributes={
            name: value
            for name, value in frame.attributes.items()
            if name in allowed and (not allowed[name].values or value in allowed[name].values)
        },
    )
    changed = with_frame(annotation, bare)
    homeless: list[Argument] = []
    for argument in frame.arguments:
        current = get_frame(changed, frame_id)
        open_roles = roles_open_to(schema, changed, current, argument)
        if not open_roles:
            homeless.append(argument)
            continue
        role = argument.role if argument.role in open_roles else open_roles[0]
        changed = with_argument(schema, changed, frame_id, replace(argument, role=role))
    return _without_unfit_frame(schema, changed, frame_id, homeless)


def _without_unfit_frame(
    schema: EventSchema, annotation: Annotation, frame_id: str, homeless: list[Argument]
) -> tuple[Annotation, list[Argument]]:
    """Take the frame out of slots of other frames that may not hold its new type."""
    event_type = get_frame(annotation, frame_id).type
    for holder in annotation.frames:
        for argument in holder.arguments:
            fits = schema.roles_for(holder.type, filler_event=event_type)
            if argument.frame == frame_id and argument.role not in fits:
                annotation = without_argument(annotation, holder.id, argument)
                homeless.append(argument)
    return annotation, homeless


def with_attribute(
    schema: EventSchema, annotation: Annotation, frame_id: str, name: str, value: str | None
) -> Annotation:
    """The annotation with an attribute of a frame set, or back to its default for None."""
    frame = get_frame(annotation, frame_id)
    attribute = schema.frame_attributes(frame.type).get(name)
    if attribute is None:
        raise EditRefused(f"{frame.type} has no attribute {name}")
    if value is not None and attribute.values and value not in attribute.values:
        raise EditRefused(f"{name} has no value {value}; it has {', '.join(attribute.values)}")
    kept = {k: v for k, v in frame.attributes.items() if k != name}
    if value is not None:
        kept[name] = value
    return with_frame(annotation, replace(frame, attributes=kept))


def with_link(annotation: Annotation, kind: LinkKind, source: str, target: str) -> Annotation:
    """The annotation with two mentions (coref) or two frames (same event) linked."""
    if source == target:
        raise EditRefused("a link needs two ends")
    get = get_mention if kind is LinkKind.COREF else get_frame
    first, second = sorted((get(annotation, source).id, get(annotation, target).id))
    link = Link(kind, first, second)
    if link in annotation.links:
        return annotation
    return replace(
        started(annotation), links=tuple(sorted((*annotation.links, link), key=link_order))
    )


def without_link(annotation: Annotation, link: Link) -> Annotation:
    """The annotation without the link; refused when it is not there."""
    if link not in annotation.links:
        raise EditRefused("these two are not linked")
    return replace(started(annotation), links=tuple(x for x in annotation.links if x != link))
