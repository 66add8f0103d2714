"""Fillers that frames of a sentence have in common: times and places of what belongs together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.drafts import Draft
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.model.schema import EventSchema

_NEXT: Final = 4
"""Words within which the event stands that another one meets."""
_STOPS: Final = ".!؟?…"
_LONGEST_TITLE: Final = 20


class Sharing:
    """Copies fillers between the drafts of one sentence."""

    def __init__(self, scan: Scan, hits: Sequence[Hit], schema: EventSchema) -> None:
        self._scan = scan
        self._hits = hits
        self._schema = schema

    def of_cause(self, effect: Draft, cause: Draft) -> None:
        """Cause and effect happen at one time and place."""
        self._both(effect, cause, effect.rules.share)

    def of_met(self, drafts: Sequence[Draft]) -> None:
        """What repels an event happens where and when that does: `repelled an attack on X`."""
        for draft, other in pairwise(drafts):
            near = other.start - draft.trigger.last <= _NEXT
            if draft.rules.meets and other.rules.harms and near and not other.trigger.joined:
                other.met = True
                self._both(draft, other, draft.rules.meets)

    def of_title(self, drafts: Sequence[Draft]) -> None:
        """The events of a title happen in one place, if it names only one."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        if len(words) > _LONGEST_TITLE or any(c in _STOPS for c in gaps[-1]):
            return
        for role in {role for draft in drafts for role in draft.rules.headline}:
            told = {i for d in drafts for r, i in d.fillers if r == role} or self._ahead()
            for draft in drafts:
                if role in draft.rules.headline and not draft.has(role):
                    self._fill(draft, role, sorted(told))

    def _ahead(self) -> set[int]:
        """The mention before the colon that opens a title: `X: shelling and …`."""
        gaps = self._scan.reading.gaps
        return {i for i, h in enumerate(self._hits) if h.first == 0 and ":" in gaps[h.last + 1]}

    def _both(self, first: Draft, second: Draft, roles: tuple[str, ...]) -> None:
        """Share time and place both ways; what the second one hit is a place of the first."""
        if not roles:
            return
        time, place, *hit_places = roles
        for role in (time, place):
            self._copy(second, role, first, role)
            if role == time or not any(second.has(r) for r in hit_places):
                self._copy(first, role, second, role)
        for role in hit_places:
            if not first.has(place):
                self._copy(second, role, first, place)

    def _copy(self, source: Draft, role: str, target: Draft, as_role: str) -> None:
        if not target.has(as_role):
            self._fill(target, as_role, [i for r, i in source.fillers if r == role])

    def _fill(self, target: Draft, role: str, hits: Sequence[int]) -> None:
        event = self._schema.event_types[target.trigger.event]
        if role not in event.roles:
            return
        wanted = self._schema.roles[role]
        for index in hits:
            lasts = self._hits[index].rule == "time-duration"
            if wanted.takes_entity(self._hits[index].type) and not lasts:
                target.fill(role, index)
