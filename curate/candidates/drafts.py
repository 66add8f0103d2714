"""A frame in the making, before it is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.candidates.frame_rules import FrameRules
from curate.candidates.triggers import Trigger

if TYPE_CHECKING:
    from curate.model.schema import EventSchema


@dataclass(slots=True)
class Draft:
    """A frame in the making: role → mentions, by index of the hit."""

    trigger: Trigger
    rules: FrameRules
    clause: int
    fillers: list[tuple[str, int]] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    """Hits that were taken as grammatical subject."""
    carrier: Trigger | None = None
    """The light verb before it."""
    borrowed: bool = False
    """Whether its subject was taken over from another trigger."""
    met: bool = False
    """Whether it is only told of as what another event repels."""
    events: list[tuple[str, int]] = field(default_factory=list)
    """Role → other drafts, by index."""
    spans: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Role → first and last word of a bare span, and the letters cut off its first word."""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def verb(self) -> Trigger | None:
        """The verb whose subject and object its bare mentions are."""
        if self.carrier is not None:
            return self.carrier
        return self.trigger if self.trigger.verbal else None

    @property
    def start(self) -> int:
        """Where its verb, or else its trigger stands."""
        return self.carrier.first if self.carrier is not None else self.trigger.first

    @property
    def is_speech(self) -> bool:
        """Whether it says something, and what it says needs no leading word."""
        return self.rules.content is not None and self.rules.content.bare

    def takes(self, role: str, other: Draft, schema: EventSchema) -> bool:
        """Whether another frame may fill a role."""
        roles = schema.event_types[self.trigger.event].roles
        return role in roles and schema.roles[role].takes_event(other.trigger.event)

    def has(self, role: str) -> bool:
        """Whether a role is filled."""
        return any(r == role for r, _ in self.fillers)

    def roles_of(self, hit: int) -> list[str]:
        """The roles a mention fills."""
        return [r for r, h in self.fillers if h == hit]

    def fill(self, role: str, hit: int) -> None:
        """Let a mention fill a role, once."""
        if (role, hit) not in self.fillers:
            self.fillers.append((role, hit))
