"""Frames that fill roles of other frames: causes, and what is said, agreed or discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.fillers import Draft
    from curate.candidates.frame_rules import Content
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema

_BECAUSE: Final = frozenset(
    [
        "جراء",
        "اثر",
        "نتيجة",
        "بسبب",
        "بفعل",
        "عقب",
        "بعد",
        "في",
        "خوفا",
        "من",
        "ب",
        "هربا",
        "بعيد",
        "وسط",
        "خلال",
        "تحت",
    ]
)
"""Words that lead from an effect to its cause."""
_LEADS_TO: Final = frozenset(
    [
        "ادى",
        "ادت",
        "اسفر",
        "اسفرت",
        "اوقع",
        "اوقعت",
        "خلف",
        "خلفت",
        "تسبب",
        "تسببت",
        "نجم",
        "نجمت",
        "ادي",
        "مخلفا",
        "موقعا",
        "مخلفة",
        "موقعة",
    ]
)
_WITHIN: Final = 3


class Linker:
    """Links the drafts of one sentence."""

    def __init__(
        self, scan: Scan, structure: Structure, schema: EventSchema, drafts: Sequence[Draft]
    ) -> None:
        self._scan = scan
        self._structure = structure
        self._schema = schema
        self._drafts = drafts

    def link(self) -> None:
        """Fill the event roles of all drafts."""
        for index, draft in enumerate(self._drafts):
            if draft.rules.content is not None:
                self._content(index, draft, draft.rules.content)
        for index, draft in enumerate(self._drafts):
            cause = self._cause_of(index, draft)
            if cause is not None:
                for role in draft.rules.cause:
                    if self._takes(draft, role, cause):
                        draft.events.append((role, cause))

    def _takes(self, draft: Draft, role: str, other: int) -> bool:
        roles = self._schema.event_types[draft.trigger.event].roles
        wanted = self._drafts[other].trigger.event
        return role in roles and self._schema.roles[role].takes_event(wanted)

    def _content(self, index: int, draft: Draft, content: Content) -> None:
        """Everything told in the part that the trigger introduces."""
        start = self._introduced(index, draft, content)
        if start is None:
            return
        end = self._scope_end(index, start)
        inside = [
            i for i, d in enumerate(self._drafts) if start <= d.trigger.first < end and i != index
        ]
        held = {e for i in inside for r, e in self._drafts[i].events}
        for i in inside:
            if i not in held and self._takes(draft, content.role, i):
                draft.events.append((content.role, i))

    def _introduced(self, index: int, draft: Draft, content: Content) -> int | None:
        """The word at which the content begins; None when nothing is introduced."""
        words = self._scan.reading.words
        limit = self._next_holder(index)
        at = draft.trigger.last + 1
        starts = {d.trigger.first: d for d in self._drafts}
        while at < limit:
            other = starts.get(at)
            if other is not None:
                letter = other.trigger.preposition
                if letter and letter in content.by:
                    return at
                leading = words[at - 1].core in content.by and at - 1 > draft.trigger.last
                if leading or (content.bare and not other.trigger.joined and not letter):
                    return at
                return None
            if words[at].core in content.by and "complementizer" in words[at].tags:
                return at + 1
            at += 1
        return None

    def _next_holder(self, index: int) -> int:
        """Where the next frame with content begins: it introduces its own."""
        for draft in self._drafts[index + 1 :]:
            if draft.rules.content is not None and draft.trigger.joined:
                return draft.trigger.first
        return len(self._scan.reading.words)

    def _scope_end(self, index: int, start: int) -> int:
        """Where what is said ends: at the next coordinate verb of saying, or with the sentence."""
        for draft in self._drafts[index + 1 :]:
            own = draft.rules.content is not None and draft.trigger.first >= start
            if own and (draft.trigger.joined or self._participle(draft)):
                return draft.trigger.first
        return len(self._scan.reading.words)

    def _participle(self, draft: Draft) -> bool:
        gap = self._scan.reading.gaps[draft.trigger.first]
        return "،" in gap and not draft.trigger.verbal

    def _cause_of(self, index: int, draft: Draft) -> int | None:
        if not draft.rules.cause:
            return None
        for other in self._after(index):
            if self._leads(draft, other):
                return other
        if self._is_effect(draft):
            return next(self._before(index), None)
        return None

    def _after(self, index: int) -> Iterator[int]:
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if draft.rules.content is None and not draft.trigger.verbal:
                yield other

    def _before(self, index: int) -> Iterator[int]:
        """Events told before, the nearest first; effects and speech are no causes."""
        for other in range(index - 1, -1, -1):
            draft = self._drafts[other]
            if draft.rules.content is None and not self._is_effect(draft):
                yield other

    def _leads(self, draft: Draft, other: int) -> bool:
        """Whether a word of cause stands directly before the other trigger, in this clause."""
        cause = self._drafts[other].trigger
        if self._structure.clause(cause.first) != draft.clause:
            return False
        if cause.preposition == "ب":
            return True
        words = self._scan.reading.words
        return any(
            words[at].core in _BECAUSE
            for at in range(max(cause.first - 1, draft.trigger.last + 1), cause.first)
        )

    def _is_effect(self, draft: Draft) -> bool:
        """Whether `led to`, `left behind` or the like stands before, in reach of a list."""
        words = self._scan.reading.words
        first = self._structure.clauses[draft.clause].first
        return any(
            words[at].core in _LEADS_TO or words[at].form in _LEADS_TO
            for at in range(first, draft.trigger.first)
        )
