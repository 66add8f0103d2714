"""Puts the parts of a schema together: the first document, then each pack onto it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from curate.formats.schema_checks import check_attributes, check_keys, check_references
from curate.formats.schema_reading import EXTENDS, PartsReader
from curate.formats.yaml_nodes import near
from curate.model.schema import EventSchema, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import yaml

    from curate.formats.schema_parts import SchemaParts

T = TypeVar("T")


def assembled(parts: list[SchemaParts]) -> EventSchema:
    """The schema that the documents make together; raises SchemaError with all that is wrong."""
    base, *packs = parts
    schema = EventSchema(
        name=base.name,
        version=base.version,
        title=base.title,
        entity_types=base.entity_types,
        event_types=base.event_types,
        roles=base.roles,
        attributes=base.attributes,
        mention_attributes=base.mention_attributes,
        groups=base.groups,
        guidelines=base.guidelines,
        licence=base.licence,
        migrations=base.migrations,
    )
    for pack in packs:
        schema = _extended(schema, pack)
    schema = _with_common_roles(schema, parts)
    for section in ("entity_types", "event_types"):
        if not getattr(schema, section):
            base.reader.flaw(base.root, f"the schema has no `{section}`", "it needs at least one")
    check_references(schema, (r for part in parts for r in part.references))
    check_keys(schema, parts)
    check_attributes(schema, parts)
    for reader in dict.fromkeys(part.reader for part in parts):
        reader.raise_flaws()
    return schema


def _with_common_roles(schema: EventSchema, parts: list[SchemaParts]) -> EventSchema:
    """Give every event type the common roles it does not have itself, last."""
    common = {role: how_many for part in parts for role, how_many in part.common_roles.items()}
    return replace(
        schema,
        event_types={
            name: replace(event, roles={**event.roles, **common, **event.roles})
            for name, event in schema.event_types.items()
        },
    )


def _extended(schema: EventSchema, pack: SchemaParts) -> EventSchema:
    """The schema with what a pack adds, widens and overrides."""
    _check_version(schema, pack)
    reader = PartsReader(pack.reader, pack.root)
    reader.parts = pack
    entities = _overridden(pack, "entity_types", schema.entity_types, reader.overridden_entity_type)
    events = _overridden(pack, "event_types", schema.event_types, reader.overridden_event_type)
    return replace(
        schema,
        entity_types=_joined(pack, "entity_types", entities, pack.entity_types),
        event_types=_joined(pack, "event_types", events, pack.event_types),
        roles=_with_roles(schema, pack),
        attributes=_joined(pack, "attributes", schema.attributes, pack.attributes),
        mention_attributes=_joined(
            pack, "mention_attributes", schema.mention_attributes, pack.mention_attributes
        ),
        groups=_joined(pack, "groups", schema.groups, pack.groups),
        guidelines=(*schema.guidelines, *pack.guidelines),
        packs=(*schema.packs, f"{pack.name}@{pack.version}"),
    )


def _check_version(schema: EventSchema, pack: SchemaParts) -> None:
    wanted = EXTENDS.fullmatch(pack.extends or "")
    if wanted is None:
        return
    if wanted["name"] != schema.name:
        message = f"the pack extends `{wanted['name']}`, but stands on `{schema.name}`"
        pack.reader.flaw(pack.root, message, "name the schema it stands on")
    elif not _satisfies(schema.version, wanted["kind"], wanted["version"]):
        message = f"the pack extends {pack.extends}, but the schema is {schema.version}"
        pack.reader.flaw(pack.root, message, "take a pack for this version of the schema")


def _satisfies(version: str, kind: str, wanted: str) -> bool:
    """Whether a version is `^1.2` (same major, not older), `~1.2` (same minor) or begins so."""
    has = [int(part) for part in version.partition("-")[0].split(".")]
    asked = [int(part) for part in wanted.split(".")]
    fixed = len(asked) if not kind else 1 if kind == "^" else min(2, len(asked))
    return has[:fixed] == asked[:fixed] and has[: len(asked)] >= asked


def _joined(
    pack: SchemaParts, section: str, old: Mapping[str, T], new: Mapping[str, T]
) -> dict[str, T]:
    """Old and new entries; a new one with an old name is a flaw."""
    for name in old.keys() & new.keys():
        pack.reader.flaw(
            pack.nodes[section, name],
            f"`{name}` is defined in the schema that this pack extends",
            "give it another name, or change the old one under `overrides`",
        )
    return {**old, **new}


def _with_roles(schema: EventSchema, pack: SchemaParts) -> dict[str, Role]:
    """The roles with new ones added; an old one may come again if it only takes more."""
    for name, role in pack.roles.items():
        old = schema.roles.get(name)
        if old is not None and not _widens(old, role):
            pack.reader.flaw(
                pack.nodes["roles", name],
                f"role `{name}` would no longer take all it takes in the extended schema",
                "list the old fillers too, or give the role another name",
            )
    return {**schema.roles, **pack.roles}


def _widens(old: Role, new: Role) -> bool:
    return (
        new.entity_types >= old.entity_types
        and (new.any_event or (not old.any_event and new.event_types >= old.event_types))
        and new.bare_span >= old.bare_span
    )


def _overridden(
    pack: SchemaParts, section: str, old: Mapping[str, T], override: Callable[[T, yaml.Node], T]
) -> dict[str, T]:
    """The entries with the pack's overrides done."""
    changed = dict(old)
    for name, node in pack.overrides.get(section, {}).items():
        if name in changed:
            changed[name] = override(changed[name], node)
        else:
            message = f"there is nothing called `{name}` to override in `{section}`"
            pack.reader.flaw(node, message, near(name, old))
    return changed
