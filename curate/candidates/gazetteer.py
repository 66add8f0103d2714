"""Mentions from seed lists: names and common nouns, longest match first, homographs held back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.lexicon import TriggerEntry
from curate.candidates.seeds import Entry, Kind
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.candidates.reading import Match, Reading
    from curate.candidates.seeds import Guard
    from curate.model.schema import EventSchema

PRODUCER: Final = "gazetteer/1"
_QUOTES: Final = frozenset("\"“”„«»‹›'‘’")


class Hit(NamedTuple):
    """A mention found, still without an id."""

    first: int
    last: int
    span: Span
    type: str
    subtype: str | None
    score: float
    producer: str
    reason: str


def hits(
    reading: Reading,
    matches: Iterable[Match],
    schema: EventSchema,
    guards: Mapping[str, Guard],
) -> list[Hit]:
    """The mentions that seed lists give, overlaps resolved for the longer and likelier one."""
    found = []
    for match in matches:
        for item in match.items:
            if isinstance(item, TriggerEntry) or item.kind not in (Kind.NAME, Kind.NOUN):
                continue
            if item.type not in schema.entity_types or _held_back(reading, match, item, guards):
                continue
            found.append(_hit(reading, match, item, schema))
    return _resolved(found)


def _hit(reading: Reading, match: Match, entry: Entry, schema: EventSchema) -> Hit:
    start = reading.start_of(match.first, match.entrance.split.start)
    end = reading.end_of(match.last)
    score = 0.9 if entry.kind is Kind.NAME else 0.8
    if match.entrance.loose:
        score -= 0.2
    if match.first == match.last and match.entrance.split.proclitics:
        score -= 0.1 if len(match.entrance.split.stem) <= 4 else 0.03
    subtypes = schema.entity_types[entry.type].subtypes
    return Hit(
        match.first,
        match.last,
        Span(start, end),
        entry.type,
        entry.subtype if entry.subtype in subtypes else None,
        score,
        PRODUCER,
        f"seed list: {entry.form}",
    )


def _held_back(reading: Reading, match: Match, entry: Entry, guards: Mapping[str, Guard]) -> bool:
    """Whether the form is an ordinary word here as far as its surroundings tell."""
    if match.first != match.last:
        return False
    guard = guards.get(match.entrance.split.stem)
    if guard is None or (guard.types and entry.type not in guard.types):
        return False
    if guard.quotes and _quoted(reading, match.first):
        return False
    before = reading.words[match.first - 1].form if match.first else ""
    return before not in guard.before


def _quoted(reading: Reading, word: int) -> bool:
    before, after = reading.gaps[word], reading.gaps[word + 1]
    return any(c in _QUOTES for c in before) or any(c in _QUOTES for c in after)


def _resolved(found: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits, the longest and then the likeliest."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(found, key=lambda h: (h.first - h.last, -h.score, h.span, h.type)):
        words = range(hit.first, hit.last + 1)
        if taken.isdisjoint(words):
            kept.append(hit)
            taken.update(words)
    return sorted(kept, key=lambda h: h.span)
