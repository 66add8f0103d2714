"""Event frames from the schema's trigger lexicon, with fillers by allowed type and distance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.lexicon import TriggerEntry
from curate.model.schema import Cardinality, EventSchema, PartOfSpeech
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.candidates.gazetteer import Hit
    from curate.candidates.reading import Match, Reading

PRODUCER: Final = "frames/1"
_NEAR: Final = 12


class FrameHit(NamedTuple):
    """A frame found, its fillers given as positions in the list of hits."""

    first: int
    last: int
    trigger: Span
    type: str
    fillers: tuple[tuple[str, int], ...]
    score: float
    reason: str


def frame_hits(
    reading: Reading, matches: Iterable[Match], hits: list[Hit], schema: EventSchema
) -> list[FrameHit]:
    """The frames that triggers in the reading propose."""
    named = {word for h in hits if h.last > h.first for word in range(h.first, h.last + 1)}
    best: dict[int, tuple[Match, TriggerEntry]] = {}
    for match in matches:
        for item in match.items:
            if not isinstance(item, TriggerEntry) or match.first in named:
                continue
            if item.trigger.part_of_speech is PartOfSpeech.LIGHT_VERB:
                continue
            held = best.get(match.first)
            if held is None or match.last > held[0].last:
                best[match.first] = (match, item)
    found = []
    covered = -1
    for first in sorted(best):
        match, item = best[first]
        if first > covered:
            found.append(_frame(reading, match, item, hits, schema))
            covered = match.last
    return found


def _frame(
    reading: Reading, match: Match, item: TriggerEntry, hits: list[Hit], schema: EventSchema
) -> FrameHit:
    span = Span(
        reading.start_of(match.first, match.entrance.split.start), reading.end_of(match.last)
    )
    fillers: list[tuple[str, int]] = []
    filled: set[str] = set()
    near = [i for i, h in enumerate(hits) if _distance(h, match) <= _NEAR]
    for index in sorted(near, key=lambda i: _distance(hits[i], match)):
        for role in schema.roles_for(item.event, entity_type=hits[index].type):
            card = schema.event_types[item.event].roles[role]
            if role not in filled or card in (Cardinality.ANY, Cardinality.SOME):
                fillers.append((role, index))
                filled.add(role)
                break
    return FrameHit(
        match.first,
        match.last,
        span,
        item.event,
        tuple(sorted(fillers, key=lambda f: f[1])),
        0.3,
        f"trigger: {item.trigger.lemma}",
    )


def _distance(hit: Hit, match: Match) -> int:
    return match.first - hit.last if hit.last < match.first else hit.first - match.last
