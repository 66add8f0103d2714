"""Rules and list entries that a project has muted: what they alone propose is dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.model.candidate import FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from curate.candidates.engine import Producer
    from curate.model.candidate import Candidate
    from curate.model.document import Document

_ENTRY: Final = "seed list: "
_MUTABLE: Final = (_ENTRY, "trigger: ", "person: ", "nationality: ", "after ", "quoted after ")
"""How the reasons begin of which a project can do without the source."""
_AROUND: Final = ("named in this document; ", "in brackets after ", "short for ")
"""What a reason may say before it names its source."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """What proposed something: a list entry, a trigger or a rule, for one type."""

    name: str
    """As reasons say it: `seed list: …`, `trigger: …`, `person: given name`."""
    type: str
    """Entity type or event type."""


def source_of(candidate: Candidate) -> Source | None:
    """The list entry, trigger or rule that a candidate comes from; None for what has no such."""
    reason = candidate.reason.partition("; learned too")[0]
    while around := next((a for a in _AROUND if reason.startswith(a)), None):
        reason = reason.removeprefix(around)
    at = reason.find(_ENTRY)
    name = reason[at:] if at > 0 else reason
    return Source(name, candidate.type) if name.startswith(_MUTABLE) else None


def unmuted(candidates: Iterable[Candidate], muted: frozenset[Source]) -> tuple[Candidate, ...]:
    """The candidates that no muted source proposed; slots that such ones filled are empty."""
    found = tuple(candidates)
    if not muted:
        return found
    gone = {c.id for c in found if source_of(c) in muted}
    return tuple(
        c if isinstance(c, MentionCandidate) else without(c, gone)
        for c in found
        if c.id not in gone
    )


def without(candidate: FrameCandidate, gone: Container[str]) -> FrameCandidate:
    """A frame candidate whose slots that held one of these ids are empty."""
    kept = tuple(a for a in candidate.arguments if (a.mention or a.frame) not in gone)
    return candidate if kept == candidate.arguments else replace(candidate, arguments=kept)


class Unmuted:
    """A producer without what its muted sources propose."""

    def __init__(self, producer: Producer, muted: frozenset[Source]) -> None:
        self._producer = producer
        self._muted = muted

    @property
    def version(self) -> str:
        """Name and version of the producer."""
        return self._producer.version

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """The candidates of a document, without the muted ones."""
        return unmuted(self._producer.propose(document), self._muted)
