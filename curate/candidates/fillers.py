"""Which mention fills which role of which trigger: by slot, preposition, order and type."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from curate.candidates.frame_rules import FrameRules, RoleSpec
from curate.candidates.triggers import Trigger, is_passive

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.candidates.frame_rules import EventRules, Specs
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema

_NEAR: Final = 2
"""Words that may stand between a noun and its genitive (adjectives)."""
_LAM: Final = "ل"
_BELONGING: Final = ("تابع", "تابعة", "التابع", "التابعة", "تابعين", "التابعين")
_SUPPORTED: Final = ("المدعوم", "المدعومة", "مدعوم", "مدعومة", "مدعومين", "المدعومين", "مدعوما")
_SUPPORTING: Final = ("باسناد", "بدعم", "بمساندة", "بمشاركة", "بغطاء")
_FOR_MANY: Final = ("من", "منهم", "منها")


@dataclass(slots=True)
class Draft:
    """A frame in the making: role → mentions, by index of the hit."""

    trigger: Trigger
    rules: FrameRules
    clause: int
    fillers: list[tuple[str, int]] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    """Hits that were taken as grammatical subject."""
    carrier: Trigger | None = None
    """The light verb before it."""
    borrowed: bool = False
    """Whether its subject was taken over from another trigger."""
    events: list[tuple[str, int]] = field(default_factory=list)
    """Role → other drafts, by index."""
    attributes: dict[str, str] = field(default_factory=dict)

    def has(self, role: str) -> bool:
        """Whether a role is filled."""
        return any(r == role for r, _ in self.fillers)

    def roles_of(self, hit: int) -> list[str]:
        """The roles a mention fills."""
        return [r for r, h in self.fillers if h == hit]


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

    def drafts(self, rules: EventRules) -> list[Draft]:
        """One draft for each trigger that is no light verb, its mentions filled in."""
        drafts = [
            Draft(t, rules.of(t.event), self._structure.clause(t.first))
            for t in self._triggers
            if not t.light
        ]
        self._carry(drafts)
        for index, hit in enumerate(self._hits):
            if hit.rule.startswith("number"):
                continue
            for draft in self._owners(hit, index, drafts):
                self._place(draft, index)
        self._share(drafts)
        self._borrow(drafts)
        self._count(drafts)
        return drafts

    def _carry(self, drafts: list[Draft]) -> None:
        """Tie light verbs to the noun that follows them in their clause."""
        for light in self._triggers:
            if not light.light:
                continue
            clause = self._structure.clause(light.first)
            carried = next(
                (
                    d
                    for d in drafts
                    if d.trigger.first > light.first
                    and d.clause == clause
                    and not d.trigger.verbal
                    and d.carrier is None
                ),
                None,
            )
            if carried is not None:
                carried.carrier = light

    def _owners(self, hit: Hit, index: int, drafts: list[Draft]) -> Iterable[Draft]:
        """The draft a mention belongs to: the trigger before it in its clause, else after it."""
        clause = self._structure.clause(hit.first)
        inside = [d for d in drafts if d.clause == clause]
        if not inside:
            return ()
        left = [d for d in inside if self._start(d) < hit.first]
        if left:
            return (self._nearest_left(left, index),)
        return (min(inside, key=lambda d: d.trigger.first),)

    @staticmethod
    def _start(draft: Draft) -> int:
        """Where the verb of a draft stands: its own trigger or the light verb before it."""
        return draft.carrier.first if draft.carrier is not None else draft.trigger.first

    def _nearest_left(self, left: list[Draft], index: int) -> Draft:
        """The last trigger before a mention; a list stays with the trigger of its head."""
        previous = self._structure.markers[index].previous
        if previous is not None:
            for draft in left:
                if draft.roles_of(previous):
                    return draft
        return max(left, key=self._start)

    def _place(self, draft: Draft, index: int) -> None:
        """Give a mention the first role that its slot offers and that takes its type."""
        hit = self._hits[index]
        for specs, slot in self._slots(draft, index):
            role = self._role(draft, specs, hit)
            if role is not None:
                self._fill(draft, role, index)
                if slot == "subject":
                    draft.subjects.append(index)
                return

    def _slots(self, draft: Draft, index: int) -> Iterable[tuple[Specs, str]]:
        """The slots a mention stands in, the most telling one first."""
        hit, marker = self._hits[index], self._structure.markers[index]
        rules = draft.rules
        if hit.rule.startswith("time"):
            yield rules.anywhere, "anywhere"
            return
        if marker.previous is not None:
            yield from self._as_conjunct(draft, marker.previous, index)
        yield from self._as_dependent(draft, index)
        if marker.word:
            yield rules.prepositions.get(marker.word, ()), "preposition"
            return
        if marker.previous is None:
            yield from self._as_bare(draft, index)

    def _as_conjunct(self, draft: Draft, previous: int, index: int) -> Iterable[tuple[Specs, str]]:
        """The slot of the mention before it in a list."""
        marker = self._structure.markers[index]
        pair = draft.rules.pair.get(marker.word)
        if pair is not None:
            at = self._place_in_list(index)
            role = pair[min(at, len(pair) - 1)]
            yield tuple(s for s in self._spec(role)), "pair"
        for role in draft.roles_of(previous):
            slot = "subject" if previous in draft.subjects else "conjunct"
            yield tuple(s for s in self._spec(role)), slot

    @staticmethod
    def _spec(role: str) -> Specs:
        return (RoleSpec(role),)

    def _place_in_list(self, index: int) -> int:
        at = 0
        previous = self._structure.markers[index].previous
        while previous is not None:
            at += 1
            previous = self._structure.markers[previous].previous
        return at

    def _as_dependent(self, draft: Draft, index: int) -> Iterable[tuple[Specs, str]]:
        """The possessor of a filler before it, or who supports it."""
        marker = self._structure.markers[index]
        words = self._scan.reading.words
        before = words[marker.lead - 1].form if marker.lead else ""
        if before in _SUPPORTED or before in _SUPPORTING or self._before_two(marker.lead):
            yield draft.rules.slots.get("supporter", ()), "supporter"
        possessor = draft.rules.slots.get("possessor", ())
        if possessor and index and marker.lead:
            owned = self._hits[index - 1]
            adjacent = marker.lead - 1 - owned.last <= _NEAR and bool(draft.roles_of(index - 1))
            if adjacent and (
                (marker.bare and marker.lead - 1 == owned.last)
                or (marker.word == _LAM and before in _BELONGING)
            ):
                yield possessor, "possessor"

    def _before_two(self, lead: int) -> bool:
        """Whether `supported by` stands two words before (بإسناد من X)."""
        return lead > 1 and self._scan.reading.words[lead - 2].form in _SUPPORTING

    def _as_bare(self, draft: Draft, index: int) -> Iterable[tuple[Specs, str]]:
        slots, trigger = draft.rules.slots, draft.trigger
        hit, marker = self._hits[index], self._structure.markers[index]
        verb = draft.carrier or (trigger if trigger.verbal else None)
        if verb is None:
            near = marker.lead - trigger.last - 1 <= _NEAR
            if hit.first > trigger.last and near:
                yield slots.get("genitive", ()), "genitive"
                yield slots.get("object", ()), "object"
            elif hit.last < trigger.first:
                yield slots.get("before", ()), "before"
            return
        if trigger.verbal and (is_passive(self._scan, trigger)):
            yield slots.get("passive", slots.get("object", ())), "object"
            return
        if draft.subjects or draft.borrowed:
            yield slots.get("object", ()), "object"
            return
        yield slots.get("subject", ()), "subject"
        yield slots.get("before", ()), "before"
        yield slots.get("object", ()), "object"

    def _role(self, draft: Draft, specs: Specs, hit: Hit) -> str | None:
        """The first role of the specs that takes the mention."""
        event = self._schema.event_types[draft.trigger.event]
        for spec in specs:
            card = event.roles.get(spec.role)
            if card is None or (spec.types and not self._fits(spec.types, hit)):
                continue
            if not self._schema.roles[spec.role].takes_entity(hit.type):
                continue
            if card.takes_many or not draft.has(spec.role):
                return spec.role
        return None

    @staticmethod
    def _fits(types: frozenset[str], hit: Hit) -> bool:
        return hit.type in types or f"{hit.type}/{hit.subtype}" in types

    @staticmethod
    def _fill(draft: Draft, role: str, index: int) -> None:
        if (role, index) not in draft.fillers:
            draft.fillers.append((role, index))

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
            self._fill(draft, role, index)
        else:
            self._place(draft, index)

    def _borrow(self, drafts: list[Draft]) -> None:
        """A coordinate verb without subject takes over that of the verb before it."""
        last: list[int] = []
        for draft in drafts:
            verb = draft.carrier or (draft.trigger if draft.trigger.verbal else None)
            if verb is None:
                continue
            if not draft.subjects and last and verb.joined and not self._impersonal(draft):
                for index in last:
                    specs = draft.rules.slots.get("subject", ())
                    role = self._role(draft, specs, self._hits[index])
                    if role is not None:
                        self._fill(draft, role, index)
                        draft.borrowed = True
            last = draft.subjects or last

    def _impersonal(self, draft: Draft) -> bool:
        """Whether the verb is passive, or its subject was found as patient."""
        passive = is_passive(self._scan, draft.trigger)
        patient = {s.role for s in draft.rules.slots.get("passive", ())}
        return passive or any(draft.has(role) for role in patient)

    def _count(self, drafts: list[Draft]) -> None:
        """Numbers go to the frame of what they count, or to the trigger they stand before."""
        starts = {h.first: i for i, h in enumerate(self._hits)}
        for index, number in enumerate(self._hits):
            if not number.rule.startswith("number"):
                continue
            following = number.last + 1
            words = self._scan.reading.words
            if following < len(words) and words[following].form in _FOR_MANY:
                following += 1
            counted = starts.get(following)
            for draft in drafts:
                role = self._role(draft, draft.rules.slots.get("count", ()), number)
                if role is None or not self._counts(draft, counted, number):
                    continue
                self._fill(draft, role, index)

    def _counts(self, draft: Draft, counted: int | None, number: Hit) -> bool:
        if draft.trigger.first == number.last + 1:
            return True
        if counted is None:
            return False
        return any(r not in draft.rules.uncounted for r in draft.roles_of(counted))
