"""Checks what can only be seen once all parts of a schema are together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats.schema_parts import Kind, Reference, SchemaParts
from curate.formats.yaml_nodes import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from curate.model.schema import EventSchema

MOST_SHOWN = 15


def check_references(schema: EventSchema, references: Iterable[Reference]) -> None:
    """Tell each reader of the names in its file that nothing stands behind."""
    known: dict[Kind, Collection[str]] = {
        Kind.GROUP: schema.groups,
        Kind.ENTITY_TYPE: schema.entity_types,
        Kind.EVENT_TYPE: schema.event_types,
        Kind.ROLE: schema.roles,
    }
    for reference in references:
        if reference.kind is Kind.CONDITION:
            _check_condition(schema, reference)
            continue
        names = known.get(reference.kind)
        if names is None:
            names = _names_in_scope(schema, reference)
        if reference.name not in names:
            whose = f" of `{reference.scope}`" if reference.kind is Kind.ROLE_OF_TYPE else ""
            reference.reader.flaw(
                reference.node,
                f"there is no {reference.kind}{whose} `{reference.name}`",
                near(reference.name, names) or known_names(names),
            )


def known_names(names: Collection[str]) -> str:
    """The first of the known names, as a remedy."""
    shown = list(names)[:MOST_SHOWN]
    more = ", …" if len(names) > MOST_SHOWN else ""
    return f"known: {', '.join(shown)}{more}"


def _names_in_scope(schema: EventSchema, reference: Reference) -> Collection[str]:
    """What a role of an event type, or a mark in an example, may be called."""
    event = schema.event_types.get(reference.scope)
    roles = schema.roles if event is None else event.roles
    if reference.kind is Kind.ROLE_OF_TYPE:
        return roles
    return {**roles, **schema.entity_types, **schema.event_types}


def _check_condition(schema: EventSchema, reference: Reference) -> None:
    """Check one `when: {attribute or Role.type or Role.subtype: value}`."""
    role, dot, aspect = reference.name.partition(".")
    event = schema.event_types[reference.scope]
    known: Collection[str]
    if not dot:
        attribute = schema.frame_attributes(event.name).get(reference.name)
        if attribute is None:
            names = schema.frame_attributes(event.name)
            reference.reader.flaw(
                reference.node, f"`{event.name}` has no attribute `{reference.name}`",
                near(reference.name, names),
            )  # fmt: skip
            return
        known = attribute.values
    elif role not in event.roles or aspect not in ("type", "subtype"):
        reference.reader.flaw(
            reference.node, f"`{reference.name}` is no condition",
            "write an attribute, Role.type or Role.subtype",
        )  # fmt: skip
        return
    elif aspect == "type":
        known = schema.entity_types
    else:
        known = {s for entity in schema.entity_types.values() for s in entity.subtypes}
    for value in reference.values:
        if known and value not in known:
            reference.reader.flaw(
                reference.node, f"`{reference.name}` is never `{value}`", near(value, known)
            )


def check_keys(schema: EventSchema, parts: Iterable[SchemaParts]) -> None:
    """Tell of keys that two entity types, or two event types, share."""
    parts = list(parts)
    for section, types in (
        ("entity_types", schema.entity_types),
        ("event_types", schema.event_types),
    ):
        holders: dict[str, str] = {}
        for name, described in types.items():
            if described.key is None:
                continue
            first = holders.setdefault(described.key, name)
            if first != name:
                _flaw_at(
                    parts, section, name,
                    f"`{name}` has the key {described.key}, which `{first}` has already",
                    "give it a key of its own",
                )  # fmt: skip


def check_attributes(schema: EventSchema, parts: Iterable[SchemaParts]) -> None:
    """Tell of event types whose attribute hides one that every frame has."""
    parts = list(parts)
    for event in schema.event_types.values():
        for name in event.attributes.keys() & schema.attributes.keys():
            _flaw_at(
                parts, "event_types", event.name,
                f"`{event.name}` has an attribute `{name}`, which every frame has already",
                "give it another name",
            )  # fmt: skip


def _flaw_at(
    parts: Iterable[SchemaParts], section: str, name: str, message: str, remedy: str
) -> None:
    """Put a flaw where the entry stands; the last file that has it is to blame."""
    holder = next((p for p in reversed(list(parts)) if (section, name) in p.nodes), None)
    if holder is not None:
        holder.reader.flaw(holder.nodes[section, name], message, remedy)
