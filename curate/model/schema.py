"""The event schema: entity types, event types, roles and attributes, with labels and guidelines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Label:
    """A display text in the interface languages."""

    en: str
    ar: str

    def in_language(self, language: str) -> str:
        """The text in `ar` or, for any other language, in English."""
        return self.ar if language == "ar" else self.en


@dataclass(frozen=True, slots=True)
class Guideline:
    """One rule for annotators, with an optional example, in both languages."""

    rule: Label
    example: str | None = None
    """Arabic, with marks such as `{!:trigger}` and `{Role:filler}`; `model.marked` reads them."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A choice between named values that a frame or mention carries."""

    name: str
    label: Label
    values: Mapping[str, Label]
    """Empty: any text is allowed."""
    default: str | None
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Value → Arabic forms that hint at it."""
    on: frozenset[str] = frozenset()
    """Entity types whose mentions carry it; empty: all of them."""

    def allows(self, value: str) -> bool:
        """Whether the attribute may have that value."""
        return not self.values or value in self.values


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of mention."""

    name: str
    label: Label
    definition: Label
    key: str | None
    """Physical key, as in the browser's `KeyboardEvent.code` (`Digit1`, `KeyA`)."""
    colour: str
    subtypes: Mapping[str, Label]
    guidelines: tuple[Guideline, ...] = ()
    mapping: Mapping[str, object] = field(default_factory=dict)
    """Codes in other ontologies, such as `ace`."""


class Cardinality(StrEnum):
    """How many fillers a role takes."""

    ONE = "1"
    OPTIONAL = "?"
    ANY = "*"
    SOME = "+"

    @property
    def is_required(self) -> bool:
        """Whether an empty role is worth a warning (news may leave it out: never an error)."""
        return self in (Cardinality.ONE, Cardinality.SOME)

    @property
    def takes_many(self) -> bool:
        """Whether a second filler is allowed."""
        return self in (Cardinality.ANY, Cardinality.SOME)


@dataclass(frozen=True, slots=True)
class Role:
    """A role and what may fill it."""

    name: str
    label: Label
    definition: Label
    entity_types: frozenset[str]
    event_types: frozenset[str]
    """Event types that may fill it; `any_event` stands for all."""
    any_event: bool
    bare_span: bool
    """Whether a span without an entity type may fill it."""

    def takes_entity(self, entity_type: str) -> bool:
        """Whether a mention of that type may fill the role."""
        return entity_type in self.entity_types

    def takes_event(self, event_type: str) -> bool:
        """Whether a frame of that type may fill the role."""
        return self.any_event or event_type in self.event_types


class PartOfSpeech(StrEnum):
    """What kind of word a trigger is."""

    VERB = "V"
    MASDAR = "M"
    NOUN = "N"
    ACTIVE_PARTICIPLE = "AP"
    PASSIVE_PARTICIPLE = "PP"
    PHRASE = "MWE"
    LIGHT_VERB = "LV"
    """Hints at the type but is never the trigger itself."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A lexicon entry: forms (without clitics) that may trigger an event type."""

    lemma: str
    part_of_speech: PartOfSpeech
    forms: tuple[str, ...]
    note: str | None = None
    ambiguous_with: tuple[str, ...] = ()
    """Other event types that share a form."""


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event frame, with its roles in the order of the card on screen."""

    name: str
    label: Label
    definition: Label
    group: str
    key: str | None
    roles: Mapping[str, Cardinality]
    """Common roles included, last."""
    attributes: Mapping[str, Attribute]
    """The type's own attributes; `EventSchema.attributes` hold for every type."""
    triggers: tuple[Trigger, ...] = ()
    guidelines: tuple[Guideline, ...] = ()
    require_any: tuple[frozenset[str], ...] = ()
    """Of each set of roles at least one should be filled."""
    example: str | None = None
    mapping: Mapping[str, object] = field(default_factory=dict)
    conditional_mapping: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A family of event types that share a colour."""

    name: str
    label: Label
    colour: str


@dataclass(frozen=True, slots=True)
class EventSchema:
    """All types and roles of a project, in the order of the file."""

    name: str
    version: str
    title: Label
    entity_types: Mapping[str, EntityType]
    event_types: Mapping[str, EventType]
    roles: Mapping[str, Role]
    attributes: Mapping[str, Attribute]
    """Attributes of every frame."""
    mention_attributes: Mapping[str, Attribute]
    groups: Mapping[str, Group]
    guidelines: tuple[Guideline, ...] = ()
    """Rules for the whole annotation, not for one type."""
    licence: str | None = None
    migrations: tuple[Mapping[str, object], ...] = ()
    packs: tuple[str, ...] = ()
    """Extension packs that went in, each as `name@version`, in their order."""

    @property
    def identity(self) -> str:
        """Name and version, with those of the packs: `name@1.2.3+pack@1.0.0`."""
        return "+".join((f"{self.name}@{self.version}", *self.packs))

    def frame_attributes(self, event_type: str) -> dict[str, Attribute]:
        """The attributes a frame of that type carries, common ones first."""
        return {**self.attributes, **self.event_types[event_type].attributes}

    def attributes_of_mention(self, entity_type: str) -> dict[str, Attribute]:
        """The attributes a mention of that type carries."""
        return {
            name: attribute
            for name, attribute in self.mention_attributes.items()
            if not attribute.on or entity_type in attribute.on
        }

    def roles_for(
        self, event_type: str, *, entity_type: str | None = None, filler_event: str | None = None
    ) -> list[str]:
        """Roles of an event type that a filler of that kind may take, in card order.

        Give `entity_type` for a mention, `filler_event` for a frame, neither for a bare span.
        """
        return [
            name
            for name in self.event_types[event_type].roles
            if self._takes(self.roles[name], entity_type, filler_event)
        ]

    @staticmethod
    def _takes(role: Role, entity_type: str | None, filler_event: str | None) -> bool:
        if entity_type is not None:
            return role.takes_entity(entity_type)
        return role.takes_event(filler_event) if filler_event is not None else role.bare_span

    def types_with_trigger(self, forms: Iterable[str]) -> dict[str, list[Trigger]]:
        """Event types whose lexicon holds one of the forms exactly, with the entries."""
        wanted = set(forms)
        found: dict[str, list[Trigger]] = {}
        for event in self.event_types.values():
            for trigger in event.triggers:
                if wanted.intersection(trigger.forms):
                    found.setdefault(event.name, []).append(trigger)
        return found
