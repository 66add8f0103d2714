"""Frames that fill roles of other frames: causes, and what is said, agreed or discussed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from curate.model.schema import PartOfSpeech

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.fillers import Draft, Filler
    from curate.candidates.frame_rules import Content
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema

PHRASE: Final = PartOfSpeech.PHRASE
_BECAUSE: Final = frozenset(
    {
        *("جراء", "اثر", "نتيجة", "بسبب", "بفعل", "عقب", "بعد", "في", "بعيد"),
        *("خوفا", "من", "ب", "هربا", "وسط", "خلال", "تحت"),
    }
)
"""Words that lead from an effect to its cause."""
_LEADS_TO: Final = frozenset(
    {
        *("ادى", "ادت", "اسفر", "اسفرت", "اوقع", "اوقعت", "خلف", "خلفت", "تسبب", "تسببت"),
        *("نجم", "نجمت", "مخلفا", "موقعا", "مخلفة", "موقعة", "يودي", "تودي", "سيودي"),
        *("يسفر", "تسفر", "يتسبب", "تتسبب", "افضى", "يفضي", "تفضي", "سيفضي"),
    }
)
_GLOSS: Final = "announced-gloss"
_ORDER: Final = frozenset({"بعد", "قبل", "عقب", "بعدما", "منذ", "قبيل", "بعيد"})
_SINCE: Final = frozenset({"بعدما", "لان", "لانه", "لانها"})
_INTO: Final = frozenset({"الى", "عن", "في", "وقوع", "سقوط"})
_SPEECH_AFTER: Final = "hearsay"


class Linker:
    """Links the drafts of one sentence."""

    def __init__(
        self,
        scan: Scan,
        hits: Sequence[Hit],
        structure: Structure,
        schema: EventSchema,
        drafts: Sequence[Draft],
    ) -> None:
        self._scan = scan
        self._hits = hits
        self._structure = structure
        self._schema = schema
        self._drafts = drafts

    def link(self, filler: Filler) -> None:
        """Fill the event roles of all drafts, and what follows from them."""
        for index, draft in enumerate(self._drafts):
            cause = self._cause_of(index, draft)
            for role in draft.rules.cause if cause is not None else ():
                if cause is not None and self._takes(draft, role, cause):
                    draft.events.append((role, cause))
                    self._share(draft, self._drafts[cause])
        self._share_causes()
        for index in range(len(self._drafts) - 1, -1, -1):
            draft = self._drafts[index]
            if draft.rules.content is not None:
                self._content(index, draft, draft.rules.content, filler)

    def _share_causes(self) -> None:
        """Coordinate effects have one cause: `killed and wounded in an attack`."""
        for first, second in pairwise(self._drafts):
            goes_on = second.trigger.joined or self._elsewhere(second)
            if not (first.rules.share and second.rules.share and goes_on):
                continue
            for source, target in ((first, second), (second, first)):
                causes = [(r, e) for r, e in source.events if r in source.rules.cause]
                if causes and not any(r in target.rules.cause for r, _ in target.events):
                    target.events.extend(causes)
                    self._share(target, self._drafts[causes[0][1]])

    def _takes(self, draft: Draft, role: str, other: int) -> bool:
        roles = self._schema.event_types[draft.trigger.event].roles
        wanted = self._drafts[other].trigger.event
        return role in roles and self._schema.roles[role].takes_event(wanted)

    def _share(self, effect: Draft, cause: Draft) -> None:
        """Cause and effect happen at one time and place."""
        if not effect.rules.share:
            return
        time, place, *hit_places = effect.rules.share
        for role in (time, place):
            self._copy(cause, role, effect, role)
            self._copy(effect, role, cause, role)
        for role in hit_places:
            if not effect.has(place):
                self._copy(cause, role, effect, place)

    def _copy(self, source: Draft, role: str, target: Draft, as_role: str) -> None:
        event = self._schema.event_types[target.trigger.event]
        if target.has(as_role) or as_role not in event.roles:
            return
        wanted = self._schema.roles[as_role]
        for index in [i for r, i in source.fillers if r == role]:
            if wanted.takes_entity(self._hits[index].type):
                target.fill(as_role, index)

    def _content(self, index: int, draft: Draft, content: Content, filler: Filler) -> None:
        """Everything told in the part that the trigger introduces, or told before it."""
        if content.bare and self._looks_back(draft):
            inside = [i for i in range(index) if not self._is_speech(i)]
        else:
            start = self._introduced(index, draft, content)
            if start is None:
                self._untold(index, draft, content)
                return
            end = self._scope_end(index, start, content)
            inside = [
                i
                for i, d in enumerate(self._drafts)
                if start <= d.trigger.first < end and i != index
            ]
            for first, last in self._parts(start, end):
                if not any(first <= self._drafts[i].trigger.first < last for i in inside):
                    self._bare_span(draft, content, first, last)
        held = {e for i in inside for r, e in self._drafts[i].events if self._holds(i, r)}
        for i in inside:
            if i not in held and self._takes(draft, content.role, i):
                draft.events.append((content.role, i))
                self._act(draft, self._drafts[i], content, filler)

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is said, cut at each `and that`."""
        words = self._scan.reading.words
        first = start
        for at in range(start + 1, end):
            if "complementizer" in words[at].tags and words[at].core != words[at].form:
                yield first, at
                first = at + 1
        yield first, end

    def _holds(self, index: int, role: str) -> bool:
        """Whether a role takes what a frame is about."""
        content = self._drafts[index].rules.content
        return content is not None and content.role == role

    def _is_speech(self, index: int) -> bool:
        content = self._drafts[index].rules.content
        return content is not None and content.bare

    def _act(self, holder: Draft, held: Draft, content: Content, filler: Filler) -> None:
        """Let who is blamed act in what they are blamed for."""
        if content.agent is None or held.subjects:
            return
        for index in [i for r, i in holder.fillers if r == content.agent]:
            role = filler.role(held, held.rules.slots.get("subject", ()), self._hits[index])
            if role is not None:
                held.fill(role, index)

    def _looks_back(self, draft: Draft) -> bool:
        """Whether the trigger closes a report: `as X reported`."""
        words = self._scan.reading.words
        at = draft.trigger.first - 1
        if at > 0 and words[at].form == "ما":
            at -= 1
        elif at >= 0 and words[at].core not in ("حسبما", "كما"):
            return False
        return at >= 0 and _SPEECH_AFTER in words[at].tags and at > 1

    def _introduced(self, index: int, draft: Draft, content: Content) -> int | None:
        """The word at which the content begins; None when nothing is introduced."""
        words = self._scan.reading.words
        limit = self._next_holder(index)
        starts = {d.trigger.first: d for d in self._drafts}
        for at in range(draft.trigger.last + 1, limit):
            other = starts.get(at)
            if ":" in self._scan.reading.gaps[at]:
                return at
            if other is not None:
                return at if self._leads_in(draft, other, content) else None
            if words[at].core in content.by and "complementizer" in words[at].tags:
                return at + 1
        return None

    def _leads_in(self, draft: Draft, other: Draft, content: Content) -> bool:
        """Whether a trigger that follows is governed by the frame that takes content."""
        head = other.carrier or other.trigger
        words = self._scan.reading.words
        window = range(max(draft.trigger.last + 1, head.first - 3), head.first)
        before = [words[i].form.removeprefix("و") for i in window]
        letter = head.preposition
        if letter:
            return letter in content.by or any(w in content.by for w in before)
        if any(w in content.by for w in before):
            return True
        return content.bare and not other.trigger.joined and not other.trigger.verbal

    def _next_holder(self, index: int) -> int:
        """Where the next frame with content begins: it introduces its own."""
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if self._is_speech(other) and (draft.trigger.joined or self._participle(draft)):
                return draft.trigger.first
        return len(self._scan.reading.words)

    def _scope_end(self, index: int, start: int, content: Content) -> int:
        """Where content ends: at the next coordinate verb of saying, or with the sentence."""
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if draft.trigger.first < start or not self._is_speech(other):
                continue
            if draft.trigger.joined or self._participle(draft) or self._elsewhere(draft):
                return draft.trigger.first
            if self._looks_back(draft):
                return draft.trigger.first
        if content.bare:
            return len(self._scan.reading.words)
        clause = self._structure.clause(start)
        words = range(start, len(self._scan.reading.words))
        return next((w for w in words if self._structure.clause(w) != clause), words.stop)

    def _elsewhere(self, draft: Draft) -> bool:
        """Whether a clause about something else opened: `while X denied …`."""
        return self._structure.clauses[draft.clause].kind == "while"

    def _participle(self, draft: Draft) -> bool:
        gap = self._scan.reading.gaps[draft.trigger.first]
        return "،" in gap and not draft.trigger.verbal

    def _bare_span(self, draft: Draft, content: Content, start: int, end: int) -> None:
        """What is said without naming an event: the words themselves."""
        role = self._schema.roles.get(content.role)
        if role is None or not role.bare_span or start >= end:
            return
        last = self._closed(start, end, "؛;.!؟")
        draft.spans.append((content.role, start, last, 0))
        draft.fillers = [
            (r, i) for r, i in draft.fillers if not start <= self._hits[i].first <= last
        ]

    def _closed(self, start: int, end: int, stops: str) -> int:
        """The last word before one of the signs, or before the end."""
        last = start
        while last + 1 < end and not any(c in stops for c in self._scan.reading.gaps[last + 1]):
            last += 1
        return last

    def _untold(self, index: int, draft: Draft, content: Content) -> None:
        """Content that is a noun phrase without an event: `warned of entering the fields`."""
        role = self._schema.roles.get(content.role)
        start = self._after_fillers(draft)
        words = self._scan.reading.words
        if role is None or not role.bare_span or start is None or start >= len(words):
            return
        cut = 0
        if words[start].core in content.by:
            start += 1
        elif words[start].form[:1] in content.by and self._is_cut_off(start):
            cut = 1
        elif not (content.bare and draft.subjects) or words[start].tags or self._gap(start) != " ":
            return
        last = self._closed(start, self._next_holder(index), "،؛;.!؟")
        if last > start:
            draft.spans.append((content.role, start, last, cut))
            draft.fillers = [
                (r, i) for r, i in draft.fillers if not start <= self._hits[i].first <= last
            ]

    def _is_cut_off(self, at: int) -> bool:
        """Whether the first letter of a word is a preposition, as far as can be told."""
        word = self._scan.reading.words[at]
        letter = word.form[:1]
        return letter in ("ب", "ل") and (word.joined or letter == "ب" or word.form[1:2] == letter)

    def _gap(self, word: int) -> str:
        return self._scan.reading.gaps[word]

    def _after_fillers(self, draft: Draft) -> int | None:
        """The word after the persons that follow a trigger; None when something parts them."""
        if draft.trigger.joined and not draft.subjects:
            return None
        at = draft.trigger.last + 1
        ends = {h.first: h.last for h in self._hits}
        heads = {h.lead[0]: h.last for h in self._hits if h.lead is not None}
        filled = {self._hits[i].first for r, i in draft.fillers}
        filled_hits = [self._hits[i] for _, i in draft.fillers]
        glosses = {h.first for h in self._hits if h.rule == _GLOSS}
        leads = {h.lead[0] for h in filled_hits if h.lead is not None}
        for _ in range(4):
            if at in leads:
                at = heads[at] + 1
            elif at in filled or at in glosses:
                at = ends[at] + 1
            else:
                break
        return at

    def _cause_of(self, index: int, draft: Draft) -> int | None:
        if not draft.rules.cause or self._is_speech(index):
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
        if not draft.rules.share or acted or (before is not None and before.core in _ORDER):
            return None
        for other in range(index - 1, -1, -1):
            told = self._drafts[other]
            if self._is_speech(other):
                return None
            if told.rules.harms and all(self._takes(draft, r, other) for r in draft.rules.cause):
                return other
        return None

    def _after(self, index: int) -> Iterator[int]:
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if not self._is_speech(other) and (not draft.trigger.verbal or self._since(draft)):
                yield other

    def _since(self, draft: Draft) -> bool:
        """Whether `after` or `because` opens the clause of a verb."""
        words = self._scan.reading.words
        return draft.trigger.first > 0 and words[draft.trigger.first - 1].core in _SINCE

    def _before(self, index: int) -> Iterator[int]:
        """Events told before, the nearest first; effects and speech are no causes."""
        for other in range(index - 1, -1, -1):
            draft = self._drafts[other]
            if not self._is_speech(other) and not self._is_effect(draft):
                yield other

    def _leads(self, draft: Draft, other: int) -> bool:
        """Whether a word of cause stands directly before the other trigger, in this clause."""
        cause = self._drafts[other].trigger
        if self._since(self._drafts[other]):
            return other - self._drafts.index(draft) == 1
        if self._structure.clause(cause.first) != draft.clause:
            return False
        if cause.preposition == "ب":
            return other - self._drafts.index(draft) == 1
        if self._acts(draft, other):
            return True
        words = self._scan.reading.words
        start = self._drafts[other].start
        return any(
            words[at].core in _BECAUSE
            for at in range(max(start - 1, draft.trigger.last + 1), start)
        )

    def _acts(self, draft: Draft, other: int) -> bool:
        """Whether an event noun is the subject of a verb of harm: `the raid took lives`."""
        trigger = draft.trigger
        parted = trigger.verbal and trigger.found.entry.trigger.part_of_speech is PHRASE
        return parted and self._drafts[other].start == trigger.last + 1

    def _is_effect(self, draft: Draft) -> bool:
        """Whether `led to`, `left behind` or the like stands before, in reach of a list.

        The first event after the verb is what led to it, unless a preposition
        stands before it: `the fighting led to …`.
        """
        words = self._scan.reading.words
        first = self._structure.clauses[draft.clause].first
        verbs = [at for at in range(first, draft.trigger.first) if words[at].core in _LEADS_TO]
        if not verbs:
            return False
        between = [d for d in self._drafts if verbs[-1] < d.trigger.first < draft.trigger.first]
        before = words[draft.trigger.first - 1].form
        direct = before in _INTO or bool(draft.trigger.preposition) or before in _LEADS_TO
        return bool(between) or direct or words[draft.start - 1].form in _INTO
