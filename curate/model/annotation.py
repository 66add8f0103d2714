"""What people say about documents: mentions, event frames, links, annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A span with an entity type."""

    id: str
    span: Span
    type: str
    subtype: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    candidate: str | None = None
    """Id of the candidate it was accepted or corrected from."""


@dataclass(frozen=True, slots=True)
class Argument:
    """A role and its filler: exactly one of a mention, a frame (both by id) or a bare span."""

    role: str
    mention: str | None = None
    frame: str | None = None
    span: Span | None = None

    def __post_init__(self) -> None:
        given = sum(x is not None for x in (self.mention, self.frame, self.span))
        if given != 1:
            raise ValueError(
                f"argument {self.role} needs exactly one of mention, frame and span, has {given}"
            )


@dataclass(frozen=True, slots=True)
class Frame:
    """An event frame: type, trigger, arguments and attributes."""

    id: str
    type: str
    trigger: Span
    arguments: tuple[Argument, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Only what was set; the schema's defaults hold for the rest."""
    candidate: str | None = None
    """Id of the candidate it was accepted or corrected from."""


class LinkKind(StrEnum):
    """How two mentions or two frames belong together."""

    COREF = "coref"
    """Two mentions denote the same thing."""
    SAME_EVENT = "same_event"
    """Two frames tell the same event."""


@dataclass(frozen=True, slots=True)
class Link:
    """A symmetric link between two mentions or two frames, by id."""

    kind: LinkKind
    source: str
    target: str


class Status(StrEnum):
    """How far an annotator is with an item."""

    NEW = "new"
    DRAFT = "draft"
    DONE = "done"
    SKIPPED = "skipped"
    FLAGGED = "flagged"
    """Left for the lead to look at."""


class Fate(StrEnum):
    """What became of a candidate."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Annotation:
    """All that one annotator says of one item, with a status."""

    annotator: str
    item: Span
    status: Status = Status.NEW
    mentions: tuple[Mention, ...] = ()
    """Sorted by span, then id."""
    frames: tuple[Frame, ...] = ()
    """Sorted by trigger, then id."""
    links: tuple[Link, ...] = ()
    """Sorted by kind, source and target."""
    note: str | None = None
    reason: str | None = None
    """Why it was skipped or flagged."""
    fates: Mapping[str, Fate] = field(default_factory=dict, hash=False)
    """Candidate id → what this annotator made of it; open candidates are absent."""

    def mention(self, mention_id: str) -> Mention | None:
        """Find a mention by id."""
        return next((m for m in self.mentions if m.id == mention_id), None)

    def frame(self, frame_id: str) -> Frame | None:
        """Find a frame by id."""
        return next((f for f in self.frames if f.id == frame_id), None)


def mention_order(mention: Mention) -> tuple[Span, str]:
    """Reading order of mentions: the key that `Annotation.mentions` is sorted by."""
    return mention.span, mention.id


def frame_order(frame: Frame) -> tuple[Span, str]:
    """Reading order of frames: the key that `Annotation.frames` is sorted by."""
    return frame.trigger, frame.id


def link_order(link: Link) -> tuple[str, str, str]:
    """Order of links: the key that `Annotation.links` is sorted by."""
    return link.kind, link.source, link.target
