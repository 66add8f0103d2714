"""What is said, agreed or discussed: events told in the part that a trigger introduces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.scan import QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.drafts import Draft
    from curate.candidates.fillers import Filler
    from curate.candidates.frame_rules import Content
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema

_GLOSS: Final = "announced-gloss"
_HEARSAY: Final = "hearsay"
_AND: Final = "و"
_WITH: Final = "ب"
_FOR: Final = "ل"
_WHAT: Final = "ما"
_OPENING: Final = frozenset('«“"')
_CLOSING: Final = frozenset('»”"')
_QUOTATION: Final = 4
"""Words of a quotation that is no name."""
_ASIDE: Final = 16
"""Words that a phrase between two commas may hold."""


class Contents:
    """Links the drafts of one sentence to what they tell of."""

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

    def link(self, index: int, draft: Draft, content: Content, filler: Filler) -> None:
        """Everything told in the part that the trigger introduces, or told before it."""
        back = content.bare and self._looks_back(draft)
        if back and self._introduced(index, draft, content) is None:
            inside = [i for i in range(index) if not self._drafts[i].is_speech]
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
            self._yield_inside(draft, content, start, end)
            for first, last in self._parts(start, end):
                if not any(first <= self._drafts[i].trigger.first < last for i in inside):
                    self._bare_span(draft, content, first, last)
        held = {e for i in inside for r, e in self._drafts[i].events if self._holds(i, r)}
        held.update(i for i in inside if self._drafts[i].met or self._supposed(self._drafts[i]))
        for i in inside:
            if i not in held and draft.takes(content.role, self._drafts[i], self._schema):
                draft.events.append((content.role, i))
                self._act(draft, self._drafts[i], content, filler)

    def _yield_inside(self, draft: Draft, content: Content, start: int, end: int) -> None:
        """What stands inside what is said fills roles there, not of whoever says it."""
        if not content.bare:
            return
        draft.fillers = [
            (r, i)
            for r, i in draft.fillers
            if i in draft.subjects or r == content.agent or not start <= self._hits[i].first < end
        ]

    def _parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What is said, cut at each `and that`."""
        words = self._scan.reading.words
        first = start
        for at in range(start + 1, end):
            if "complementizer" in words[at].tags and words[at].core != words[at].form:
                yield first, at
                first = at + 1
        yield first, end

    def _supposed(self, draft: Draft) -> bool:
        """Whether `if` stands before a verb."""
        before = self._scan.reading.words[draft.start - 1] if draft.start else None
        return before is not None and "conditional" in before.tags

    def _holds(self, index: int, role: str) -> bool:
        """Whether a role takes what a frame is about."""
        content = self._drafts[index].rules.content
        return content is not None and content.role == role

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
        if at > 0 and words[at].form == _WHAT:
            at -= 1
        elif at >= 0 and words[at].core not in self._scan.cues.as_told:
            return False
        return at >= 0 and _HEARSAY in words[at].tags and at > 1

    def _introduced(self, index: int, draft: Draft, content: Content) -> int | None:
        """The word at which the content begins; None when nothing is introduced."""
        words = self._scan.reading.words
        limit = self._next_holder(index)
        starts = {d.trigger.first: d for d in self._drafts}
        behind = 0
        for at in range(draft.trigger.last + 1, limit):
            behind = max(behind, self._aside(at))
            if at < behind:
                continue
            other = starts.get(at)
            if ":" in self._scan.reading.gaps[at] or self._quotes(at):
                return at
            if other is not None:
                return at if self._leads_in(draft, other, content) else None
            if "complementizer" in words[at].tags:
                if words[at - 1].core in self._scan.cues.but:
                    return None
                if words[at].core in content.by:
                    return at + 1
        return None

    def _aside(self, at: int) -> int:
        """The word behind a phrase of circumstance between two commas; 0 where none opens."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        opens = "preposition" in words[at].tags and words[at].core == words[at].form
        if not opens or "،" not in gaps[at]:
            return 0
        following = range(at + 1, min(at + _ASIDE, len(words)))
        return next((i for i in following if "،" in gaps[i]), 0)

    def _quotes(self, at: int) -> bool:
        """Whether a quotation that tells an event opens before a word."""
        gaps = self._scan.reading.gaps
        if _OPENING.isdisjoint(gaps[at]):
            return False
        ends = (i for i in range(at + 1, len(gaps)) if not _CLOSING.isdisjoint(gaps[i]))
        end = next(ends, 0)
        return end - at >= _QUOTATION and any(
            at <= d.trigger.first < end and d.trigger.verbal for d in self._drafts
        )

    def _leads_in(self, draft: Draft, other: Draft, content: Content) -> bool:
        """Whether a trigger that follows is governed by the frame that takes content."""
        head = other.carrier or other.trigger
        words = self._scan.reading.words
        window = range(max(draft.trigger.last + 1, head.first - 3), head.first)
        before = [words[i].form.removeprefix(_AND) for i in window]
        letter = head.preposition
        if letter:
            return letter in content.by or any(w in content.by for w in before)
        if any(w in content.by for w in before):
            return True
        if "preposition" in words[head.first - 1].tags:
            return False
        return content.bare and not other.trigger.joined and not other.trigger.verbal

    def _next_holder(self, index: int) -> int:
        """Where the next frame with content begins: it introduces its own."""
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if self._drafts[other].is_speech and (draft.trigger.joined or self._participle(draft)):
                return draft.trigger.first
        return len(self._scan.reading.words)

    def _scope_end(self, index: int, start: int, content: Content) -> int:
        """Where content ends: at the next coordinate verb of saying, or with the sentence."""
        words = self._scan.reading.words
        for other in range(index + 1, len(self._drafts)):
            draft = self._drafts[other]
            if draft.trigger.first < start or not self._drafts[other].is_speech:
                continue
            if draft.trigger.joined or self._participle(draft) or self.elsewhere(draft):
                return min(draft.trigger.first, self._excepted(start))
            if self._looks_back(draft):
                return draft.trigger.first
        if content.bare:
            return self._excepted(start)
        clause = self._structure.clause(start)
        rest = range(start, len(words))
        return next((w for w in rest if self._structure.clause(w) != clause), rest.stop)

    def _excepted(self, start: int) -> int:
        """Where `but that` opens a clause of its own after a word, or the end of the sentence."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        for at in range(start + 1, len(words) - 1):
            excepts = (
                words[at].core in self._scan.cues.but and "complementizer" in words[at + 1].tags
            )
            if excepts and "،" in gaps[at]:
                return at
        return len(words)

    def elsewhere(self, draft: Draft) -> bool:
        """Whether a clause about something else opened: `while X denied …`."""
        clause = self._structure.clauses[draft.clause]
        if clause.kind == "while":
            return True
        topic = self._scan.reading.words[clause.first].form.startswith(_AND)
        return clause.kind == "and" and topic and clause.first < draft.trigger.first

    def _participle(self, draft: Draft) -> bool:
        gap = self._scan.reading.gaps[draft.trigger.first]
        return "،" in gap and not draft.trigger.verbal

    def _bare_span(self, draft: Draft, content: Content, start: int, end: int) -> None:
        """What is said without naming an event: the words themselves."""
        role = self._schema.roles.get(content.role)
        if role is None or not role.bare_span or start >= end:
            return
        last = self._closed(start, end, "،؛;.!؟")
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
        words = self._scan.reading.words
        nobody = self._nobody(draft)
        start = nobody or self._after_fillers(draft)
        if role is None or not role.bare_span or start is None or start >= len(words):
            return
        cut = 0
        pointed = self._pointed(start)
        if pointed is not None and (nobody or content.bare):
            draft.spans.append((content.role, start, pointed, 0))
            return
        if words[start].core in content.by:
            start += 1
        elif words[start].form[:1] in content.by and self._is_cut_off(start):
            cut = 1
        elif not (content.bare and draft.subjects) or words[start].tags or self._parted(start):
            return
        last = self._closed(start, self._next_holder(index), "،؛;.!؟")
        if last > start:
            draft.spans.append((content.role, start, last, cut))
            draft.fillers = [
                (r, i) for r, i in draft.fillers if not start <= self._hits[i].first <= last
            ]

    def _nobody(self, draft: Draft) -> int | None:
        """The word after `no party` where that is the subject of a verb."""
        words = self._scan.reading.words
        at = draft.trigger.last + 1
        return at + 2 if at + 2 < len(words) and words[at].form in self._scan.cues.nobody else None

    def _pointed(self, at: int) -> int | None:
        """The last word of `this story`, or of a definite noun that closes a clause."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        if (
            words[at].form in self._scan.cues.this
            and at + 1 < len(words)
            and words[at + 1].definite
        ):
            return at + 1
        closes = at + 1 >= len(words) or gaps[at + 1] != " " or bool(words[at + 1].tags)
        return at if words[at].definite and closes and not self._parted(at) else None

    def _is_cut_off(self, at: int) -> bool:
        """Whether the first letter of a word is a preposition, as far as can be told."""
        word = self._scan.reading.words[at]
        letter = word.form[:1]
        return letter in (_WITH, _FOR) and (
            word.joined or letter == _WITH or word.form[1:2] == letter
        )

    def _parted(self, word: int) -> bool:
        """Whether more than a space and quotation marks stand before a word."""
        return any(c != " " and c not in QUOTES for c in self._scan.reading.gaps[word])

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
