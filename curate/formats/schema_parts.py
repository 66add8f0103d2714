"""The pieces of a schema file, and what else to check once all of them are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import yaml

from curate.formats.yaml_nodes import YamlReader
from curate.model.schema import (
    Attribute,
    Cardinality,
    EntityType,
    EventType,
    Group,
    Guideline,
    Label,
    Role,
)

FORMAT: Final = "curate-schema/1"
ANY_EVENT: Final = "EVENT"
"""A filler that is a frame of any type; `EVENT.Name` is a frame of one type."""
BARE_SPAN: Final = "SPAN"
"""A filler that is words without a type."""
DEFAULT_COLOUR: Final = "#757575"


class Kind(StrEnum):
    """What a name in one part of a schema stands for in another."""

    GROUP = "group"
    ENTITY_TYPE = "entity type"
    EVENT_TYPE = "event type"
    ROLE = "role"
    ROLE_OF_TYPE = "role of this event type"
    MARK = "role, entity type or event type"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Reference:
    """A name at a node that has to exist once all parts are together."""

    reader: YamlReader
    node: yaml.Node
    kind: Kind
    name: str
    scope: str = ""
    """The event type that it is said of."""
    values: tuple[str, ...] = ()
    """What a condition compares with."""


@dataclass(slots=True)
class SchemaParts:
    """What one document of a schema file says."""

    reader: YamlReader
    root: yaml.Node
    name: str = ""
    version: str = ""
    extends: str | None = None
    title: Label = field(default_factory=lambda: Label("", ""))
    licence: str | None = None
    groups: dict[str, Group] = field(default_factory=dict)
    entity_types: dict[str, EntityType] = field(default_factory=dict)
    event_types: dict[str, EventType] = field(default_factory=dict)
    """With their own roles alone; the common ones come when the parts are put together."""
    roles: dict[str, Role] = field(default_factory=dict)
    common_roles: dict[str, Cardinality] = field(default_factory=dict)
    attributes: dict[str, Attribute] = field(default_factory=dict)
    mention_attributes: dict[str, Attribute] = field(default_factory=dict)
    guidelines: tuple[Guideline, ...] = ()
    migrations: tuple[Mapping[str, object], ...] = ()
    overrides: Mapping[str, Mapping[str, yaml.Node]] = field(default_factory=dict)
    """Section → name → what a pack changes there."""
    nodes: dict[tuple[str, str], yaml.Node] = field(default_factory=dict)
    """(section, name) → where it stands."""
    references: list[Reference] = field(default_factory=list)


SECTIONS: Final = (
    "groups",
    "entity_types",
    "mention_attributes",
    "roles",
    "attributes",
    "event_types",
)
