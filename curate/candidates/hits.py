"""Mentions and frames as the producers find them, before they become candidates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from curate.candidates.seeds import Entry
from curate.model.span import Span

GAZETTEER: Final = "gazetteer/1"
EXPRESSIONS: Final = "expressions/1"
PEOPLE: Final = "people/1"
_SOURCES: Final = (
    (("time", "number"), EXPRESSIONS),
    (("name-after", "kunya", "given", "title", "name-quoted", "name-known-part"), PEOPLE),
)


@lru_cache(maxsize=256)
def source_of(rule: str) -> str:
    """Name and version of the producer that a rule belongs to."""
    return next((name for rules, name in _SOURCES if rule.startswith(rules)), GAZETTEER)


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


def by_place(hit: Hit) -> tuple[int, int]:
    """Sorts mentions as spans sort, without a call of a span's own comparison for each pair."""
    return hit.span.start, hit.span.end
