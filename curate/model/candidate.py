"""What the machine proposes, each with its score, reason and producer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from curate.model.annotation import Argument
from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class MentionCandidate:
    """A proposed mention."""

    id: str
    span: Span
    type: str
    subtype: str | None
    score: float
    """Probability of being right, 0 to 1."""
    producer: str
    """Name and version, such as `gazetteer/1`."""
    reason: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class FrameCandidate:
    """A proposed event frame; its arguments name other candidates of the same document."""

    id: str
    type: str
    trigger: Span
    arguments: tuple[Argument, ...]
    score: float
    """Probability that the whole frame is right, 0 to 1."""
    producer: str
    reason: str
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)


Candidate = MentionCandidate | FrameCandidate
