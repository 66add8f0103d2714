"""What caused what: events that words of cause, of effect, or their order tie together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.model.schema import PartOfSpeech

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.drafts import Draft
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema

_WITH_LETTER: Final = "ب"


class Causes:
    """Finds the causes of the drafts of one sentence."""

    def __init__(
        self, scan: Scan, structure: Structure, schema: EventSchema, drafts: Sequence[Draft]
    ) -> None:
        self._scan = scan
        self._structure = structure
        self._schema = schema
        self._drafts = drafts

    def of(self, index: int, draft: Draft) -> int | None:
        """Index of the draft that caused a draft; None without one."""
        if not draft.rules.cause or self._drafts[index].is_speech:
            return None
        if self._is_effect(draft):
            return next(self._before(index), None)
        for other in self._after(index):
            if self._leads(draft, other):
                return other
        return self._told_before(index, draft)

    def _told_before(self, index: int, draft: Draft) -> int | None:
        """What happened to people or things after an event was told is its effect.

        Unless somebody is named who did it, a verb of saying parts the two, or
        `after` or `before` turns their order round.
        """
        agents = {s.role for s in draft.rules.slots.get("subject", ())[:1]} - {draft.rules.split}
        before = self._scan.reading.words[draft.start - 1] if draft.start else None
        acted = any(draft.has(role) for role in agents) and draft.verb is not None
        if (
            not draft.rules.share
            or acted
            or (before is not None and before.core in self._scan.cues.order)
        ):
            return None
        for other in range(index - 1, -1, -1):
            told = self._drafts[other]
            if self._drafts[other].is_speech:
                return None
            if told.rules.harms and all(
                draft.takes(r, self._drafts[other], self._schema) for r in draft.rules.cause
            ):
                return other
        return None

    def _after(self, index: int) -> Iterator[int]:
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if not self._drafts[other].is_speech and (
                not draft.trigger.verbal or self._since(draft)
            ):
                yield other

    def _since(self, draft: Draft) -> bool:
        """Whether `after` or `because` opens the clause of a verb."""
        words = self._scan.reading.words
        return (
            draft.trigger.first > 0 and words[draft.trigger.first - 1].core in self._scan.cues.since
        )

    def _before(self, index: int) -> Iterator[int]:
        """Events told before, the nearest first; effects and speech are no causes."""
        for other in range(index - 1, -1, -1):
            draft = self._drafts[other]
            if not self._drafts[other].is_speech and not self._is_effect(draft):
                yield other

    def _leads(self, draft: Draft, other: int) -> bool:
        """Whether a word of cause stands directly before the other trigger, in this clause."""
        cause = self._drafts[other].trigger
        if self._since(self._drafts[other]):
            return other - self._drafts.index(draft) == 1
        if self._structure.clause(cause.first) != draft.clause:
            return False
        if cause.preposition == _WITH_LETTER:
            return other - self._drafts.index(draft) == 1
        if self._acts(draft, other):
            return True
        words = self._scan.reading.words
        start = self._drafts[other].start
        return any(
            words[at].core in self._scan.cues.because
            for at in range(max(start - 1, draft.trigger.last + 1), start)
        )

    def _acts(self, draft: Draft, other: int) -> bool:
        """Whether an event noun is the subject of a verb of harm: `the raid took lives`."""
        trigger = draft.trigger
        parted = (
            trigger.verbal and trigger.found.entry.trigger.part_of_speech is PartOfSpeech.PHRASE
        )
        return parted and self._drafts[other].start == trigger.last + 1

    def _is_effect(self, draft: Draft) -> bool:
        """Whether `led to`, `left behind` or the like stands before, in reach of a list.

        The first event after the verb is what led to it, unless a preposition
        stands before it: `the fighting led to …`.
        """
        words = self._scan.reading.words
        first = self._structure.clauses[draft.clause].first
        verbs = [
            at
            for at in range(first, draft.trigger.first)
            if words[at].core in self._scan.cues.leads_to
        ]
        if not verbs:
            return False
        between = [d for d in self._drafts if verbs[-1] < d.trigger.first < draft.trigger.first]
        before = words[draft.trigger.first - 1].form
        direct = (
            before in self._scan.cues.into
            or bool(draft.trigger.preposition)
            or before in self._scan.cues.leads_to
        )
        return bool(between) or direct or words[draft.start - 1].form in self._scan.cues.into
