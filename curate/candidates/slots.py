"""The grammatical slot a mention stands in, seen from a trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.frame_rules import RoleSpec
from curate.candidates.seeds import Kind
from curate.candidates.structure import TAIL
from curate.candidates.triggers import is_passive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.drafts import Draft
    from curate.candidates.frame_rules import Specs
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Marker, Structure
    from curate.model.schema import EventSchema

SUPPORT: Final = "@support"
"""Marker of the subject of a verb with object pronoun: `an attack that X launched`."""
LOCAL: Final = "@local"
"""What stands for all adverbs of place that rules do not name."""
REACH: Final = "@reach"
"""Marker of what an event reaches: `a campaign that may affect X`."""
_NEAR: Final = 3
_IMPERFECT: Final = frozenset("يت")
_ADVERBIAL: Final = "ا"
"""Ending of an accusative, after which no genitive follows."""
_WITHIN: Final = 2
_LAM: Final = "ل"
_OBLIQUE: Final = "ين"
_LONG: Final = 5
"""Letters beyond which that ending is none of the stem."""
_NAMED: Final = ("name-", "given", "kunya")

Slot = tuple["Specs", str]


class Slots:
    """Finds slots in one sentence."""

    def __init__(
        self, scan: Scan, hits: Sequence[Hit], structure: Structure, schema: EventSchema
    ) -> None:
        self._schema = schema
        self._scan = scan
        self._hits = hits
        self._structure = structure

    def of(self, draft: Draft, index: int) -> Iterator[Slot]:
        """The slots a mention may stand in, the most telling one first."""
        hit, marker = self._hits[index], self._structure.markers[index]
        rules = draft.rules
        if rules.is_open:
            yield (
                tuple(RoleSpec(r) for r in self._schema.event_types[draft.trigger.event].roles),
                "open",
            )
        elif hit.rule.startswith("time"):
            if not self._of_state(marker.lead) and not self._counted_from(hit):
                yield rules.anywhere, "anywhere"
        elif marker.beside and self._placed(draft, index - 1, hit):
            return
        elif marker.word == SUPPORT:
            yield rules.prepositions.get(SUPPORT, ()), "preposition"
            yield rules.slots.get("subject", ()), "subject"
        elif marker.word in (REACH, TAIL):
            yield rules.slots.get("object", ()), "object"
        else:
            yield from self._by_neighbours(draft, index)

    def _by_neighbours(self, draft: Draft, index: int) -> Iterator[Slot]:
        """By the list it stands in, what it belongs to, its preposition, or its place."""
        marker = self._structure.markers[index]
        if marker.previous is not None:
            yield from self._as_conjunct(draft, marker.previous, index)
        yield from self._as_dependent(draft, index)
        if marker.word and not self._belongs(marker):
            yield from self._as_container(draft, index)
            if not self._ahead_of_noun(draft, index):
                yield from self._governed(draft, marker)
        elif marker.previous is None and not self._of_other_word(draft, marker):
            yield from self._as_bare(draft, index)

    def _of_other_word(self, draft: Draft, marker: Marker) -> bool:
        """Whether a word that no list knows has a mention: `a school housing X`, `in X's ranks`."""
        at = marker.lead - 1
        if at <= 0 or marker.word or marker.comma or self._scan.reading.gaps[at + 1] != " ":
            return False
        word = self._scan.reading.words[at]
        if word.tags or word.entrances or word.adjective is not None or word.nunated:
            return False
        if draft.trigger.first <= at <= draft.trigger.last:
            return False
        if word.definite or word.form[-1] in _ADVERBIAL or any(at in h.words for h in self._hits):
            return False
        imperfect = word.form[0] in _IMPERFECT and len(word.form) > _NEAR
        return imperfect or "preposition" in self._scan.reading.words[at - 1].tags

    def _ahead_of_noun(self, draft: Draft, index: int) -> bool:
        """Whether a mention before an event noun is governed by something else than that."""
        marker = self._structure.markers[index]
        ahead = draft.verb is None and self._hits[index].last < draft.trigger.first
        return ahead and marker.word != SUPPORT and marker.word not in self._scan.cues.setting

    def _counted_from(self, hit: Hit) -> bool:
        """Whether a length of time leads from something else: `two days after`."""
        words = self._scan.reading.words
        at = hit.last + 1
        return hit.rule == "time-duration" and at < len(words) and words[at].form == "من"

    def _of_state(self, lead: int) -> bool:
        """Whether a time says since when a state holds: `the truce in force since May`."""
        words = self._scan.reading.words
        if lead < 2 or words[lead - 1].core not in self._scan.cues.lasting_since:
            return False
        return "state" in words[lead - 2].tags

    @staticmethod
    def _governed(draft: Draft, marker: Marker) -> Iterator[Slot]:
        """What a preposition leads to, that of a wider phrase first."""
        prepositions = draft.rules.prepositions
        found = prepositions.get(marker.wide)
        if found is None and marker.local and marker.word not in prepositions:
            found = prepositions.get(LOCAL)
        if found is None:
            found = prepositions.get(marker.word, ())
        yield found, "preposition"

    def _placed(self, draft: Draft, index: int, hit: Hit) -> bool:
        """Whether the mention before already fills a role that takes this one's type."""
        roles = draft.roles_of(index)
        return any(self._schema.roles[r].takes_entity(hit.type) for r in roles)

    def _belongs(self, marker: Marker) -> bool:
        """Whether `belonging to` makes a mention stand for the thing before it."""
        words = self._scan.reading.words
        at = marker.lead - 1
        if at > 0 and words[at].form == _LAM:  # written apart, ahead of quotation marks
            at -= 1
        return marker.word == _LAM and at >= 0 and words[at].form in self._scan.cues.belonging

    def _as_container(self, draft: Draft, index: int) -> Iterator[Slot]:
        """The role of a place that lies in this one: `from the town of X in Y`."""
        marker = self._structure.markers[index]
        adjacent = index > 0 and marker.lead - self._hits[index - 1].last <= _WITHIN
        if marker.word in ("في", "ب") and adjacent:
            for role in draft.roles_of(index - 1):
                if role in draft.rules.contain:
                    yield (RoleSpec(role),), "container"

    def _as_conjunct(self, draft: Draft, previous: int, index: int) -> Iterator[Slot]:
        """The slot of the mention before it in a list."""
        marker = self._structure.markers[index]
        pair = draft.rules.pair.get(marker.word)
        if pair is not None:
            yield (RoleSpec(pair[min(self._place_in_list(index), len(pair) - 1)]),), "pair"
        for role in draft.roles_of(previous):
            slot = "subject" if previous in draft.subjects else "conjunct"
            yield (RoleSpec(role),), slot

    def _place_in_list(self, index: int) -> int:
        at = 0
        previous = self._structure.markers[index].previous
        while previous is not None:
            at += 1
            previous = self._structure.markers[previous].previous
        return at

    def _as_dependent(self, draft: Draft, index: int) -> Iterator[Slot]:
        """The possessor of a filler before it, or who supports it."""
        marker = self._structure.markers[index]
        words = self._scan.reading.words
        before = words[marker.lead - 1].form if marker.lead else ""
        two = words[marker.lead - 2].form if marker.lead > 1 else ""
        cues = self._scan.cues
        if not {before, two}.isdisjoint(cues.backed | cues.backing):
            yield draft.rules.slots.get("supporter", ()), "supporter"
        possessor = draft.rules.slots.get("possessor", ())
        if possessor and index and marker.lead:
            owned = self._hits[index - 1]
            direct = marker.bare and marker.lead - 1 == owned.last
            belongs = marker.word == _LAM and before in cues.belonging
            if draft.roles_of(index - 1) and (direct or belongs):
                yield possessor, "possessor"

    def _as_bare(self, draft: Draft, index: int) -> Iterator[Slot]:
        slots, trigger = draft.rules.slots, draft.trigger
        hit, marker = self._hits[index], self._structure.markers[index]
        verb = draft.verb
        if verb is None:
            near = 0 <= marker.lead - trigger.last - 1 <= _NEAR and not marker.comma
            if hit.first > trigger.last and near:
                if trigger.acting:
                    yield slots.get("object", ()), "object"
                yield slots.get("genitive", ()), "genitive"
                yield slots.get("object", ()), "object"
            elif hit.last < trigger.first:
                yield slots.get("before", ()), "before"
        elif "undergo" in self._scan.reading.words[verb.first].tags:
            yield slots.get("object", ()), "object"
        elif trigger.verbal and is_passive(self._scan, trigger):
            yield slots.get("passive", slots.get("object", ())), "object"
        else:
            yield from self._of_verb(draft, index)

    def _of_verb(self, draft: Draft, index: int) -> Iterator[Slot]:
        slots = draft.rules.slots
        hit = self._hits[index]
        verb = draft.verb
        after = draft.start < hit.first
        if self._acts_before(draft):
            yield slots.get("object", ()), "object"
            return
        if not after and self._governed_verb(draft):
            return
        oblique = after and self._oblique(hit)
        taken = draft.subjects or oblique or self._addressed(draft, index)
        if taken or self._told_by_pronoun(draft):
            yield slots.get("object", ()), "object"
            return
        thwarts = verb is not None and "thwart" in self._scan.reading.words[verb.first].tags
        if not thwarts and (not after or self._reachable(draft, index)):
            yield slots.get("subject", ()), "subject"
            yield slots.get("before", ()), "before"
        yield slots.get("object", ()), "object"

    def _governed_verb(self, draft: Draft) -> bool:
        """Whether a preposition stands before what carries an event: `of an attempt to`."""
        carrier = draft.carrier
        if carrier is None or not carrier.first:
            return False
        return "preposition" in self._scan.reading.words[carrier.first - 1].tags

    def _oblique(self, hit: Hit) -> bool:
        """Whether the ending of a dual or plural says that it is no subject."""
        if hit.rule.startswith(_NAMED) or hit.lead is not None or hit.entry is None:
            return False
        form = self._scan.reading.words[hit.first].form
        return hit.entry.kind is not Kind.NAME and len(form) > _LONG and form.endswith(_OBLIQUE)

    def _acts_before(self, draft: Draft) -> bool:
        """Whether the noun before `who` acts: the verb after it takes nothing else up."""
        verb = draft.verb
        clause = self._structure.clauses[draft.clause]
        if verb is None or clause.kind != "which" or verb.first != clause.first + 1:
            return False
        relative = "relative" in self._scan.reading.words[clause.first].tags
        passive = is_passive(self._scan, draft.trigger)
        return relative and not passive and self.resumed(draft) is None

    def _told_by_pronoun(self, draft: Draft) -> bool:
        """Whether the first verb of a clause has its subject in `that they …`."""
        verb = draft.verb
        if verb is None or not self._structure.pronoun_of(draft.clause):
            return False
        start = self._structure.clauses[draft.clause].first
        return all(self._scan.reading.words[at].tags for at in range(start, verb.first))

    def _addressed(self, draft: Draft, index: int) -> bool:
        """Whether a coordinate verb that takes a person has its subject before it."""
        verb = draft.verb
        if verb is None or not verb.joined or not index:
            return False
        addressing = "addressing" in self._scan.reading.words[verb.first].tags
        return addressing and self._structure.has_verb_before(verb.first)

    def _reachable(self, draft: Draft, index: int) -> bool:
        """Whether only mentions, function words and adjectives part verb and subject."""
        covered = {w for h in self._hits for w in h.words}
        verb = draft.verb
        if verb is None:
            return True
        words = self._scan.reading.words
        lead = self._structure.markers[index].lead
        if lead and words[lead - 1].form in self._scan.cues.named:
            return True
        if self._hits[index].rule.startswith(_NAMED) and words[lead - 1].definite:
            lead -= 1  # an occupation that no list knows
        between = range(verb.last + 1, lead)
        own = range(draft.trigger.first, draft.trigger.last + 1)
        return all(
            at in covered
            or at in own
            or words[at].tags
            or words[at].adjective is not None
            or at in self._scan.found
            for at in between
        )

    def resumed(self, draft: Draft) -> Specs | None:
        """The slot of a pronoun after the verb that takes up the antecedent."""
        verb = draft.verb
        words = self._scan.reading.words
        if verb is None:
            return None
        for at in range(verb.last + 1, min(verb.last + 3, len(words))):
            preposition = self._scan.cues.resumed.get(words[at].form)
            if preposition is not None:
                return draft.rules.prepositions.get(preposition, ())
        if verb.suffixed:
            return draft.rules.slots.get("object", ())
        return None
