"""Reads one YAML document of a schema file, top level and sections."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from curate.formats.schema_events import EventReader
from curate.formats.schema_parts import ANY_EVENT, BARE_SPAN, FORMAT, SECTIONS, Kind, SchemaParts
from curate.formats.schema_words import NAME
from curate.model.schema import EntityType, EventType, Group, Label, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import yaml

T = TypeVar("T")
EXTENDS = re.compile(r"(?P<name>[a-z][a-z0-9-]*)@(?P<kind>[\^~]?)(?P<version>\d+(\.\d+){0,2})")
_VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?")


class PartsReader(EventReader):
    """Reads one YAML document into `SchemaParts`; problems go to the reader."""

    def read(self) -> SchemaParts:
        """Read the whole document."""
        fields = self.reader.fields(
            self.parts.root,
            "the schema",
            ("format", "name", "version"),
            ("extends", "title", "licence", "guidelines", "common_roles", "overrides",
             "migrations", *SECTIONS),
        )  # fmt: skip
        self._identity(fields)
        parts = self.parts
        if "guidelines" in fields:
            parts.guidelines = self.guidelines(fields["guidelines"])
        parts.groups = self._section(fields, "groups", self._group)
        parts.entity_types = self._section(fields, "entity_types", self.entity_type)
        parts.mention_attributes = self._section(fields, "mention_attributes", self.attribute)
        parts.roles = self._section(fields, "roles", self._role)
        parts.attributes = self._section(fields, "attributes", self.attribute)
        parts.event_types = self._section(fields, "event_types", self.event_type)
        if "common_roles" in fields:
            parts.common_roles = self.cardinalities(fields["common_roles"])
        self._overrides(fields.get("overrides"))
        if "migrations" in fields:
            steps = self.reader.sequence(fields["migrations"], "`migrations`")
            plain = (self.reader.plain(step) for step in steps)
            parts.migrations = tuple(step for step in plain if isinstance(step, dict))
        return parts

    def _identity(self, fields: Mapping[str, yaml.Node]) -> None:
        parts, reader = self.parts, self.reader
        if "format" in fields and reader.text(fields["format"], "`format`") != FORMAT:
            reader.flaw(fields["format"], "this format is unknown", f"write `format: {FORMAT}`")
        if "name" in fields:
            parts.name = self.matching(fields["name"], "`name`", NAME, "letters, digits, - and _")
        if "version" in fields:
            parts.version = self.matching(
                fields["version"], "`version`", _VERSION, "three numbers, such as 1.0.0"
            )
        if "extends" in fields:
            parts.extends = self.matching(
                fields["extends"], "`extends`", EXTENDS, "name@^1.0, the schema it adds to"
            )
        parts.title = self.label(fields["title"]) if "title" in fields else Label("", "")
        if not parts.title.en:
            parts.title = Label(parts.name, parts.name)
        if "licence" in fields:
            parts.licence = reader.text(fields["licence"], "`licence`")

    def _section(
        self, fields: Mapping[str, yaml.Node], section: str, read: Callable[[str, yaml.Node], T]
    ) -> dict[str, T]:
        """Read every entry of a section, and check the names."""
        if section not in fields:
            return {}
        found: dict[str, T] = {}
        for name, node in self.reader.mapping(fields[section], f"`{section}`").items():
            if not NAME.fullmatch(name) or name in (ANY_EVENT, BARE_SPAN):
                self.reader.flaw(
                    node, f"`{name}` cannot be a name here",
                    f"names are ASCII letters, digits, - and _; not {ANY_EVENT} or {BARE_SPAN}",
                )  # fmt: skip
            self.parts.nodes[section, name] = node
            found[name] = read(name, node)
        return found

    def _group(self, name: str, node: yaml.Node) -> Group:
        fields = self.reader.fields(node, f"group `{name}`", ("label",), ("colour",))
        return Group(name, self.label_of(fields, name), self.colour(fields))

    def entity_type(self, name: str, node: yaml.Node) -> EntityType:
        """Read an entity type."""
        fields = self.reader.fields(
            node,
            f"entity type `{name}`",
            ("label",),
            ("definition", "key", "colour", "subtypes", "guidelines", "mapping"),
        )
        subtypes = fields.get("subtypes")
        rules = fields.get("guidelines")
        return EntityType(
            name=name,
            label=self.label_of(fields, name),
            definition=self.definition(fields),
            key=self.key(fields),
            colour=self.colour(fields),
            subtypes=self.labels(subtypes, "`subtypes`") if subtypes else {},
            guidelines=self.guidelines(rules) if rules else (),
            mapping=self.mapping(fields),
        )

    def _role(self, name: str, node: yaml.Node) -> Role:
        fields = self.reader.fields(node, f"role `{name}`", ("label", "fillers"), ("definition",))
        fillers: tuple[str, ...] = ()
        if "fillers" in fields:
            fillers = self.reader.texts(fields["fillers"], "`fillers`")
            if not fillers:
                self.reader.flaw(fields["fillers"], f"nothing may fill `{name}`", "name a filler")
        events = {f.removeprefix(f"{ANY_EVENT}.") for f in fillers if f.startswith("EVENT.")}
        special = {ANY_EVENT, BARE_SPAN, *(f"{ANY_EVENT}.{event}" for event in events)}
        entities = [f for f in fillers if f not in special]
        for event in sorted(events):
            self.refer(fields["fillers"], Kind.EVENT_TYPE, event)
        for entity in entities:
            self.refer(fields["fillers"], Kind.ENTITY_TYPE, entity)
        return Role(
            name=name,
            label=self.label_of(fields, name),
            definition=self.definition(fields),
            entity_types=frozenset(entities),
            event_types=frozenset(events),
            any_event=ANY_EVENT in fillers,
            bare_span=BARE_SPAN in fillers,
        )

    def _overrides(self, node: yaml.Node | None) -> None:
        """Note what a pack changes; it is read once the changed schema is known."""
        if node is None:
            return
        if self.parts.extends is None:
            self.reader.flaw(
                node,
                "only a pack may have `overrides`",
                "add `extends: name@^1.0`, or change the types",
            )
        sections = self.reader.fields(node, "`overrides`", (), ("entity_types", "event_types"))
        self.parts.overrides = {
            section: self.reader.mapping(entries, f"`overrides` of `{section}`")
            for section, entries in sections.items()
        }

    def overridden_entity_type(self, old: EntityType, node: yaml.Node) -> EntityType:
        """The entity type with what a pack changes or adds."""
        fields = self.reader.fields(
            node, f"the override of `{old.name}`", (),
            ("label", "definition", "key", "colour", "subtypes", "guidelines"),
        )  # fmt: skip
        more = self.labels(fields["subtypes"], "`subtypes`") if "subtypes" in fields else {}
        rules = self.guidelines(fields["guidelines"]) if "guidelines" in fields else ()
        return replace(
            old,
            label=self.label(fields["label"]) if "label" in fields else old.label,
            definition=self.definition(fields) if "definition" in fields else old.definition,
            key=self.key(fields) if "key" in fields else old.key,
            colour=self.colour(fields) if "colour" in fields else old.colour,
            subtypes={**old.subtypes, **more},
            guidelines=(*old.guidelines, *rules),
        )

    def overridden_event_type(self, old: EventType, node: yaml.Node) -> EventType:
        """The event type with what a pack changes or adds."""
        fields = self.reader.fields(
            node, f"the override of `{old.name}`", (),
            ("label", "definition", "key", "roles", "triggers", "guidelines"),
        )  # fmt: skip
        rules = self.guidelines(fields["guidelines"]) if "guidelines" in fields else ()
        triggers = self.triggers(fields["triggers"]) if "triggers" in fields else ()
        roles = self.cardinalities(fields["roles"]) if "roles" in fields else {}
        return replace(
            old,
            label=self.label(fields["label"]) if "label" in fields else old.label,
            definition=self.definition(fields) if "definition" in fields else old.definition,
            key=self.key(fields) if "key" in fields else old.key,
            roles={**old.roles, **roles},
            triggers=(*old.triggers, *triggers),
            guidelines=(*old.guidelines, *rules),
        )
