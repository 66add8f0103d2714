"""Subjects that are not named anew: taken over from a verb before, or from whoever acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.triggers import is_passive
from curate.model.schema import PartOfSpeech

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from curate.candidates.drafts import Draft
    from curate.candidates.frame_rules import Specs
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.candidates.triggers import Trigger

_AGREEING: Final = ("ت", "وا")
"""Endings of verbs that agree with a subject in gender or number."""
_ONE: Final = ("ه", "ها", "ني", "نا")
"""Pronouns that take up whoever speaks."""
_PREPOSED: Final = ("ب", "ل", "ك")
_FOR: Final = "ل"
_WITH: Final = "مع"


class Subjects:
    """Finds the subjects of drafts without one, in one sentence.

    `role` tells which role of a draft takes a mention.
    """

    def __init__(
        self,
        scan: Scan,
        hits: Sequence[Hit],
        triggers: Sequence[Trigger],
        structure: Structure,
        role: Callable[[Draft, Specs, Hit], str | None],
    ) -> None:
        self._scan = scan
        self._hits = hits
        self._triggers = triggers
        self._structure = structure
        self._role = role
        self._last_form = ""

    def borrow(self, drafts: list[Draft]) -> None:
        """Verbs and participles without subject take over that of the verb before them."""
        last: list[int] = []
        said: list[int] = []
        spoken = False
        before: Draft | None = None
        for draft in drafts:
            speech = draft.rules.content is not None and draft.rules.content.bare
            pronoun = self._structure.pronoun_of(draft.clause)
            teller = speech or pronoun in _ONE
            source = (said if spoken else last) if teller else last
            if not draft.subjects and source and self._wants_subject(draft, speech=speech):
                self._take_over(draft, source)
            if draft.verb is not None and draft.subjects:
                roles = {r for i in draft.subjects for r in draft.roles_of(i)}
                last = [i for r, i in draft.fillers if r in roles]
                self._last_form = draft.verb.found.entrance.split.stem
            if speech:
                spoken = True
                said = draft.subjects or self._agents(draft) or said
                self._inherit(draft, before)
                before = draft

    def _inherit(self, draft: Draft, before: Draft | None) -> None:
        """A coordinate verb of saying is said in the same place and time as the one before."""
        if before is None or not draft.borrowed:
            return
        for role, index in before.fillers:
            if role in draft.rules.inherit and not draft.has(role):
                draft.fill(role, index)

    def _take_over(self, draft: Draft, source: Iterable[int]) -> None:
        for index in source:
            role = self._role(draft, draft.rules.slots.get("subject", ()), self._hits[index])
            if role is not None:
                draft.fill(role, index)
                draft.subjects.append(index)
                draft.borrowed = True

    def _wants_subject(self, draft: Draft, *, speech: bool) -> bool:
        if speech:
            verbal = draft.verb is not None or self._is_participle(draft)
            return verbal and not self._has_own_subject(draft)
        verb = draft.verb
        undergone = verb is not None and "undergo" in self._scan.reading.words[verb.first].tags
        if verb is None or undergone or is_passive(self._scan, draft.trigger):
            return False
        if self._structure.pronoun_of(draft.clause) and not draft.subjects:
            return True
        if not verb.joined:
            return False
        patient = {s.role for s in draft.rules.slots.get("passive", ())}
        if not any(draft.has(role) for role in patient):
            return True
        form = verb.found.entrance.split.stem
        return form.endswith(_AGREEING) and self._last_form.endswith(form[-1])

    def _has_own_subject(self, draft: Draft) -> bool:
        """Whether a noun that no list knows stands where the subject of a verb does."""
        at = draft.start + 1
        words = self._scan.reading.words
        if draft.verb is None or at >= len(words) or self._scan.reading.gaps[at] != " ":
            return False
        filled = {i for _, i in draft.fillers}
        addressing = "addressing" in words[draft.start].tags
        unfit = any(h.first == at and i not in filled for i, h in enumerate(self._hits))
        if unfit and not addressing:
            return True  # what no role takes is still a subject
        known = {w for h in self._hits for w in h.words}
        triggers = {t.first for t in self._triggers}
        word = words[at]
        if word.form in self._scan.cues.nobody:
            return True
        plain = not word.tags and not word.joined and at not in known | triggers
        return plain and not word.form.startswith(_PREPOSED)

    @staticmethod
    def _is_participle(draft: Draft) -> bool:
        part = draft.trigger.found.entry.trigger.part_of_speech
        return part is PartOfSpeech.ACTIVE_PARTICIPLE or draft.trigger.preposition != ""

    def control(self, drafts: list[Draft]) -> None:
        """Nouns of purpose take the subject of their verb, nouns with a pronoun that before."""
        words = self._scan.reading.words
        acting: list[int] = []
        aimed = False
        for draft in drafts:
            trigger = draft.trigger
            if draft.verb is not None:
                acting, aimed = self._blamed(draft) or draft.subjects or acting, False
                continue
            agents = self._agents(draft)
            before = words[trigger.first - 1] if trigger.first else None
            purpose = trigger.preposition == _FOR or (
                before is not None and "purpose" in before.tags
            )
            aimed = purpose or (aimed and trigger.joined)
            joins = self._joins(draft)
            if acting and (joins or (not agents and (aimed or trigger.suffixed))):
                specs = self._actors(draft)
                for index in acting:
                    role = self._role(draft, specs, self._hits[index])
                    if role is not None:
                        draft.fill(role, index)
            if agents and not joins:
                acting = agents

    @staticmethod
    def _actors(draft: Draft) -> Specs:
        """The roles of a subject, without those of an object."""
        patient = {s.role for s in draft.rules.slots.get("object", ())}
        subject = draft.rules.slots.get("subject", ())
        return (*subject[:1], *(s for s in subject[1:] if s.role not in patient))

    def _joins(self, draft: Draft) -> bool:
        """Whether the subject is a party to an event noun: `talks with X`, `left after fights`."""
        if draft.trigger.preposition or draft.trigger.found.entrance.definite:
            return False
        before = self._scan.reading.words[draft.start - 1] if draft.start else None
        led = before is not None and before.core in self._scan.cues.order
        if led and draft.rules.pair and not self._agents(draft):
            return True
        return any(
            self._structure.markers[index].word == _WITH
            and self._structure.markers[index].previous is None
            for _, index in draft.fillers
        )

    @staticmethod
    def _blamed(draft: Draft) -> list[int]:
        """Who acts in what a verb reports, where that is not who reports it."""
        content = draft.rules.content
        role = content.agent if content is not None else None
        return [i for r, i in draft.fillers if r == role]

    @staticmethod
    def _agents(draft: Draft) -> list[int]:
        """The mentions that fill the first role of a subject."""
        wanted = {s.role for s in draft.rules.slots.get("subject", ())[:1]}
        return [i for r, i in draft.fillers if r in wanted]
