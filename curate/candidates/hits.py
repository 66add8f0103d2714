"""Mentions and frames as the producers find them, before they become candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from curate.candidates.seeds import Entry
from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A mention over words `first` to `last` of a reading."""

    first: int
    last: int
    span: Span
    type: str
    subtype: str | None
    rule: str
    """What found it: the key of its calibrated score."""
    reason: str
    entry: Entry | None = None
    definite: bool = True
    lead: tuple[int, int] | None = None
    """First word of the title before a name, and the letters of proclitics on it."""
    listed: int = 0
    """How many words after the first its entry lists."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    score: float | None = None
    """Probability of being right, where a model gave one; else that of its rule holds."""
    producer: str | None = None
    """Who proposes it, where that is not the rule's producer."""

    @property
    def words(self) -> range:
        """The words it covers."""
        return range(self.first, self.last + 1)
