"""Which mention fills which role of which trigger: by slot, preposition, order and type."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from curate.candidates.drafts import Draft
from curate.candidates.frame_rules import RoleSpec
from curate.candidates.slots import SUPPORT, Slots
from curate.candidates.structure import TAIL
from curate.candidates.subjects import Subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.frame_rules import EventRules, Specs
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.candidates.triggers import Trigger
    from curate.model.schema import EventSchema

__all__ = ["Draft", "Filler"]

_NEAR: Final = 3
"""Words that may stand between a noun and its genitive (adjectives)."""
_FAR: Final = 4
_TITLE: Final = "title"
_PERSON: Final = ("name-", "kunya", "given")


class Filler:
    """Fills the drafts of one sentence."""

    def __init__(
        self,
        scan: Scan,
        hits: Sequence[Hit],
        triggers: Sequence[Trigger],
        structure: Structure,
        schema: EventSchema,
    ) -> None:
        self._scan = scan
        self._hits = hits
        self._triggers = triggers
        self._structure = structure
        self._schema = schema
        self._slots = Slots(scan, hits, structure, schema)
        self._subjects = Subjects(scan, hits, triggers, structure, self.role)
        self._people = {h.first for h in hits}

    def drafts(self, rules: EventRules) -> list[Draft]:
        """One draft for each trigger that is no light verb, its mentions filled in."""
        drafts = [
            Draft(t, rules.of(t.event, t.lemma), self._structure.clause(t.first))
            for t in self._triggers
            if not t.light
        ]
        self._carry(drafts)
        passed = self._passed_over()
        for index, hit in enumerate(self._hits):
            if index in passed or hit.rule.startswith("number"):
                continue
            draft = self._owner(hit, index, drafts)
            if draft is not None and not self._tells_itself(hit, draft, drafts):
                self._place(draft, index)
                self._place_in_list(draft, index, drafts)
        self._sources(drafts)
        self._antecedents(drafts)
        self._share(drafts)
        self._subjects.borrow(drafts)
        self._taken_up(drafts)
        self._subjects.control(drafts)
        self._count(drafts)
        return drafts

    @staticmethod
    def _tells_itself(hit: Hit, draft: Draft, drafts: list[Draft]) -> bool:
        """Whether a noun for people, far from a trigger, tells an event of its own: `five dead`."""
        return hit.first - draft.trigger.last > _FAR and any(
            d is not draft and d.trigger.first == hit.first and not d.trigger.verbal for d in drafts
        )

    def _place_in_list(self, draft: Draft, index: int, drafts: list[Draft]) -> None:
        """A time before a list of event nouns holds for all of them."""
        hit = self._hits[index]
        if not self._is_time(index) or hit.first > draft.start or draft.verb is not None:
            return
        for other in drafts[drafts.index(draft) + 1 :]:
            if other.clause == draft.clause and other.trigger.joined and other.verb is None:
                self._place(other, index)

    def _passed_over(self) -> set[int]:
        """Titles of named persons and what stands between title and name fill nothing."""
        passed: set[int] = set()
        for person in self._hits:
            if person.lead is None:
                continue
            for index, hit in enumerate(self._hits):
                if person.lead[0] <= hit.first < person.first:
                    passed.add(index)
        for index, (before, hit) in enumerate(pairwise(self._hits), start=1):
            apposed = self._structure.markers[index].comma and before.last == hit.first - 1
            if hit.rule.startswith(_TITLE) and apposed and before.rule.startswith(_PERSON):
                passed.add(index)
            if self._members(before, hit):
                passed.add(index - 1)
        return passed

    def _members(self, first: Hit, second: Hit) -> bool:
        """Whether a mention only says that members of the next one act: `fighters of X`."""
        if first.entry is None or first.entry.note.get("construct") != second.type:
            return False
        if any(h.last == first.first - 1 and h.rule.startswith("number") for h in self._hits):
            return False
        marker = self._scan.reading.words[first.last + 1]
        return marker.form in self._scan.cues.of_many and second.first - first.last in (2, 3)

    def _carry(self, drafts: list[Draft]) -> None:
        """Tie light verbs to the noun that follows them in their clause."""
        for light in (t for t in self._triggers if t.light):
            clause = self._structure.clause(light.first)
            for draft in drafts:
                trigger = draft.trigger
                if trigger.first > light.first and draft.clause == clause and not trigger.verbal:
                    draft.carrier = draft.carrier or light
                    break

    def _owner(self, hit: Hit, index: int, drafts: list[Draft]) -> Draft | None:
        """The draft a mention belongs to: the trigger before it in its clause, else after it."""
        clause = self._structure.clause(hit.first)
        inside = [d for d in drafts if d.clause == clause]
        if self._structure.markers[index].word == SUPPORT:
            left = [d for d in drafts if d.trigger.last < hit.first]
            nouns = [d for d in left if not d.trigger.verbal]
            behind = nouns or left
            return behind[-1] if behind else None
        if not inside:
            return self._fronted_for(clause, index, drafts)
        if self._structure.markers[index].word == TAIL:
            left = [d for d in inside if d.trigger.first in self._scan.tails]
            return left[-1] if left else None
        left = [d for d in inside if d.start < hit.first]
        if left:
            return self._nearest_left(left, index)
        return min(inside, key=lambda d: d.trigger.first)

    def _fronted_for(self, clause: int, index: int, drafts: list[Draft]) -> Draft | None:
        """The first trigger after a place or time set before its clause with a comma."""
        clauses = self._structure.clauses
        following = clause + 1
        if following >= len(clauses) or clauses[following].kind != "and":
            return None
        inside = [d for d in drafts if d.clause == following]
        if self._structure.markers[index].word == "ب" or not self._only_setting(clause):
            return None
        return min(inside, key=lambda d: d.trigger.first, default=None)

    def _only_setting(self, clause: int) -> bool:
        """Whether a clause holds nothing but mentions, function words and adjectives."""
        covered = {w for h in self._hits for w in h.words}
        words = self._scan.reading.words
        return all(
            at in covered or word.tags or word.adjective is not None or at in self._scan.found
            for at, word in enumerate(words)
            if self._structure.clause(at) == clause
        )

    def _nearest_left(self, left: list[Draft], index: int) -> Draft:
        """The last trigger before a mention; a list stays with the trigger of its head."""
        marker = self._structure.markers[index]
        if marker.previous is not None:
            for draft in left:
                if draft.roles_of(marker.previous):
                    return draft
        nearest = max(left, key=lambda d: d.start)
        verbal = [d for d in left if d.verb is not None and d.start < nearest.start]
        if verbal and nearest.trigger.first in self._people and marker.word in self._scan.cues.ways:
            return max(verbal, key=lambda d: d.start)
        far = marker.lead - nearest.trigger.last > _NEAR or self._parted(nearest, index)
        if marker.bare and nearest.verb is None and far and not self._is_time(index):
            verbs = [d for d in left if d.verb is not None]
            if verbs:
                return max(verbs, key=lambda d: d.start)
        return nearest

    def _parted(self, draft: Draft, index: int) -> bool:
        """Whether a prepositional phrase stands between a trigger and a mention."""
        return any(
            self._structure.markers[i].word
            for i, h in enumerate(self._hits[:index])
            if h.first > draft.trigger.last
        )

    def _is_time(self, index: int) -> bool:
        return self._hits[index].rule.startswith("time")

    def _place(self, draft: Draft, index: int) -> None:
        """Give a mention the first role that its slot offers and that takes its type."""
        hit = self._hits[index]
        for specs, slot in self._slots.of(draft, index):
            role = self.role(draft, specs, hit)
            if role is not None:
                draft.fill(role, index)
                patient = {s.role for s in draft.rules.slots.get("object", ())}
                if slot == "subject" and role not in patient - self._acting(draft):
                    draft.subjects.append(index)
                return

    @staticmethod
    def _acting(draft: Draft) -> set[str]:
        """Roles that a subject takes first."""
        return {s.role for s in draft.rules.slots.get("subject", ())[:1]}

    def role(self, draft: Draft, specs: Specs, hit: Hit) -> str | None:
        """The first role of the specs that takes the mention."""
        event = self._schema.event_types[draft.trigger.event]
        for spec in specs:
            card = event.roles.get(spec.role)
            if card is None or (spec.types and not _fits(spec.types, hit)):
                continue
            if not self._schema.roles[spec.role].takes_entity(hit.type):
                continue
            if card.takes_many or not draft.has(spec.role):
                return spec.role
        return None

    def _sources(self, drafts: list[Draft]) -> None:
        """Who a report is owed to: for what follows in the sentence, or for the clause before."""
        for index, hit in enumerate(self._hits):
            if self._structure.markers[index].word not in self._scan.cues.according:
                continue
            before = [d for d in drafts if d.trigger.last < hit.first]
            told = [d for d in before if d.clause == before[-1].clause] if before else drafts
            for draft in told:
                specs = tuple(RoleSpec(r) for r in draft.rules.source)
                role = self.role(draft, specs, hit)
                if role is not None:
                    draft.fill(role, index)

    def _antecedents(self, drafts: list[Draft]) -> None:
        """In a relative clause the mention before it takes the slot that is left open."""
        for draft in drafts:
            clause = self._structure.clauses[draft.clause]
            if clause.kind != "which" or draft.verb is None or clause.first == 0:
                continue
            index = next(
                (
                    i
                    for i, h in enumerate(self._hits)
                    if clause.first - _NEAR < h.last + 1 <= clause.first
                ),
                None,
            )
            if index is None or self._is_time(index):
                continue
            between = self._scan.reading.gaps[self._hits[index].last + 1 : clause.first]
            if any("،" in gap for gap in between):
                continue
            specs = self._slots.resumed(draft)
            if specs is None:
                slot = "object" if draft.subjects else "subject"
                specs = draft.rules.slots.get(slot, ())
            role = self.role(draft, specs, self._hits[index])
            if role is not None:
                draft.fill(role, index)

    def _taken_up(self, drafts: list[Draft]) -> None:
        """A pronoun after a verb takes up what an earlier verb was done to: `and freed them`."""
        for number, draft in enumerate(drafts):
            relative = self._structure.clauses[draft.clause].kind == "which"
            specs = self._slots.resumed(draft) if draft.trigger.verbal and not relative else None
            if not specs or any(draft.has(s.role) for s in specs):
                continue
            for other in reversed(drafts[:number]):
                done_to = [
                    i for _, i in other.fillers if i not in (*other.subjects, *draft.subjects)
                ]
                for index in done_to:
                    role = (
                        None if self._is_time(index) else self.role(draft, specs, self._hits[index])
                    )
                    if role is not None:
                        draft.fill(role, index)
                if any(draft.has(s.role) for s in specs):
                    break

    def _share(self, drafts: list[Draft]) -> None:
        """Coordinated triggers side by side share what follows: `killing and wounding of`."""
        for first, second in pairwise(drafts):
            adjacent = second.trigger.first == first.trigger.last + 1
            if not adjacent or not second.trigger.joined:
                continue
            for role, index in second.fillers:
                if index not in [i for _, i in first.fillers]:
                    self._reuse(first, role, index)

    def _reuse(self, draft: Draft, role: str, index: int) -> None:
        if role in self._schema.event_types[draft.trigger.event].roles:
            draft.fill(role, index)
        else:
            self._place(draft, index)

    def _count(self, drafts: list[Draft]) -> None:
        """Numbers go to the frame of what they count, or to the trigger they stand before."""
        starts = {h.first: i for i, h in enumerate(self._hits)}
        words = self._scan.reading.words
        for index, number in enumerate(self._hits):
            if not number.rule.startswith("number") or self._part_of_whole(number):
                continue
            following = number.last + 1
            if following < len(words) and words[following].form in self._scan.cues.of_many:
                following += 1
            counted = starts.get(following)
            for draft in drafts:
                role = self.role(draft, draft.rules.slots.get("count", ()), number)
                if role is not None and _counts(draft, counted, number):
                    draft.fill(role, index)

    def _part_of_whole(self, number: Hit) -> bool:
        """Whether `among them` stands before a number."""
        before = self._scan.reading.words[number.first - 1] if number.first else None
        return before is not None and "between" in before.tags


def _fits(types: frozenset[str], hit: Hit) -> bool:
    return hit.type in types or f"{hit.type}/{hit.subtype}" in types


def _counts(draft: Draft, counted: int | None, number: Hit) -> bool:
    if draft.trigger.first == number.last + 1 and not draft.trigger.joined:
        return True
    if counted is None:
        return draft.trigger.verbal and draft.trigger.last + 1 == number.first
    return any(r not in draft.rules.uncounted for r in draft.roles_of(counted))
