"""Which words of a sentence trigger an event, and which event type they trigger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.candidates.lexicon import NO_EVENT
from curate.candidates.scan import FoundTrigger
from curate.candidates.surroundings import forms_of, lemma_of, met, told_apart
from curate.model.schema import EventSchema, PartOfSpeech
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from curate.candidates.frame_rules import EventRules
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan

_NUMBER_RULES: Final = ("number", "time")
_YIELDS: Final = 9
_REACHES: Final = 5
_SWALLOWS: Final = 2
_MINE: Final = "ي"
_DAMMA: Final = "\u064f"
_CONJUNCTIONS: Final = ("و", "ف")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A chosen trigger over words `first` to `last`."""

    first: int
    last: int
    span: Span
    event: str
    found: FoundTrigger
    sure: bool
    """Whether no other event type shares the form, or its need was met."""
    verbal: bool
    """Whether it is a verb, or begins with one."""
    light: bool = False
    """Whether it only carries the noun that names the event."""

    @property
    def opens(self) -> bool:
        """Whether it is a verb, light or not, that can open a clause."""
        form = self.found.entrance.split.stem
        return self.verbal or (self.light and not form.endswith(("ة", "ات", "ء", "اف")))

    @property
    def acting(self) -> bool:
        """Whether it is an active participle, whose subject stands before it."""
        return self.found.entry.trigger.part_of_speech is PartOfSpeech.ACTIVE_PARTICIPLE

    @property
    def lemma(self) -> str:
        """The lexicon entry's lemma in normal form."""
        return lemma_of(self.found)

    @property
    def joined(self) -> bool:
        """Whether a conjunction is written with it."""
        return self.found.entrance.split.proclitics[:1] in (("و",), ("ف",))

    @property
    def follows(self) -> bool:
        """Whether `so` or `then` is written with it: it follows from what is told before."""
        return self.found.entrance.split.proclitics[:1] == ("ف",)

    @property
    def preposition(self) -> str:
        """The preposition written with it; empty when there is none."""
        cut = [c for c in self.found.entrance.split.proclitics if c not in _CONJUNCTIONS]
        return cut[0] if cut and cut[0] in "بلك" else ""

    @property
    def suffixed(self) -> bool:
        """Whether a pronoun is written with it."""
        return bool(self.found.entrance.split.suffix)


class Told:
    """What a document spoke of so far: for each event type, when last."""

    __slots__ = ("_count", "_last")

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._count = 0

    def add(self, event: str) -> None:
        """Remember an event that is told."""
        self._count += 1
        self._last[event] = self._count

    def latest(self, events: AbstractSet[str]) -> str | None:
        """The event type among some that was told last; None when none of them was."""
        known = [e for e in events if e in self._last]
        return max(known, key=lambda e: self._last[e], default=None)


class TriggerFinder:
    """Chooses triggers by the surroundings that the rules ask for."""

    def __init__(self, schema: EventSchema, rules: EventRules) -> None:
        self._schema = schema
        self._rules = rules

    def find(self, scan: Scan, hits: Sequence[Hit], told: Told | None = None) -> list[Trigger]:
        """Triggers and light verbs in reading order; none overlaps another.

        `told` remembers what the document spoke of before, and learns what it speaks of here.
        """
        told = Told() if told is None else told
        blocked = _blocked(scan, hits)
        by_start: dict[int, list[FoundTrigger]] = {}
        for found in scan.triggers:
            clear = blocked.isdisjoint(range(found.first, found.last + 1))
            if clear and not _is_person(scan, hits, found):
                by_start.setdefault(found.first, []).append(found)
        chosen: list[Trigger] = []
        covered = -1
        for first in sorted(by_start):
            if first <= covered:
                continue
            trigger = self._choose(scan, hits, by_start[first], told)
            if trigger is not None and not self._is_impersonal(scan, trigger):
                told.add(trigger.event)
                chosen.append(trigger)
                covered = trigger.last
        tails = {w for t in chosen if _is_parted(t) for w in scan.tails.get(t.first, ())}
        return self._settled([t for t in chosen if t.first not in tails])

    def _is_impersonal(self, scan: Scan, trigger: Trigger) -> bool:
        """Whether nobody says it: a verb of saying marked as passive."""
        if not trigger.verbal or trigger.light or not is_passive(scan, trigger):
            return False
        content = self._rules.of(trigger.event, trigger.lemma).content
        return content is not None and content.bare

    def _only_reaches(self, trigger: Trigger, before: Trigger) -> bool:
        """Whether a verb only says what the event noun before it hit."""
        near = trigger.first - before.last <= _REACHES and not before.verbal and trigger.verbal
        reaches = near and trigger.lemma in self._rules.reaching
        return reaches and not trigger.joined and not before.light

    def _settled(self, chosen: list[Trigger]) -> list[Trigger]:
        """Let verbs yield to the nouns they carry, and nouns swallow what they are about."""
        settled: list[Trigger] = []
        dropped: set[int] = set()
        for index, trigger in enumerate(chosen):
            if index in dropped:
                continue
            if settled and self._only_reaches(trigger, settled[-1]):
                continue
            if settled and _is_named_again(trigger, settled[-1]):
                continue
            following = chosen[index + 1 : index + 3]
            carried = self._rules.yields.get(trigger.lemma, frozenset())
            if carried and any(
                t.lemma in carried and t.first - trigger.last < _YIELDS for t in following
            ):
                settled.append(replace(trigger, light=True))
                continue
            taken = self._rules.swallows.get(trigger.lemma, frozenset())
            for offset, other in enumerate(following if taken else (), start=index + 1):
                if other.lemma in taken and other.first - trigger.last <= _SWALLOWS:
                    dropped.add(offset)
            settled.append(trigger)
        return settled

    def _choose(
        self, scan: Scan, hits: Sequence[Hit], options: list[FoundTrigger], told: Told
    ) -> Trigger | None:
        """The best reading of a form: longest, then fewest letters cut off, then the rules."""
        options.sort(key=_likely)
        while options:
            best = options[0]
            same = [
                o for o in options if (o.last, o.entrance.split) == (best.last, best.entrance.split)
            ]
            events = told_apart(scan, [o for o in same if not _light(o)])
            if len(events) > 1:
                stem = best.entrance.split.stem
                events.sort(key=lambda o: stem not in forms_of(o))
            found = self._by_rules(scan, hits, events, told)
            if found is not None:
                return found
            light = next((o for o in same if _light(o)), None)
            if light is not None:
                return _made(scan, light, sure=True)
            options = [o for o in options if o not in same]
        return None

    def _by_rules(
        self, scan: Scan, hits: Sequence[Hit], options: list[FoundTrigger], told: Told
    ) -> Trigger | None:
        if not options:
            return None
        by_event = {o.entry.event: o for o in reversed(options)}
        for lemma in dict.fromkeys(lemma_of(o) for o in options):
            choices = self._rules.choices.get(lemma, ())
            for choice in choices:
                option = by_event.get(choice.event)
                if choice.need.is_empty and _takes_up(options[0]):
                    taken_up = told.latest({c.event for c in choices} & by_event.keys())
                    option = option if taken_up is None else by_event[taken_up]
                if option is not None and met(choice.need, scan, hits, option):
                    return _made(scan, option, sure=not choice.need.is_empty)
        for option in options:
            if lemma_of(option) in self._rules.choices:
                continue
            key = (lemma_of(option), option.entry.event)
            need = self._rules.needs.get(key)
            if need is None or met(need, scan, hits, option):
                return _made(scan, option, sure=len(by_event) == 1)
        return None


def _takes_up(found: FoundTrigger) -> bool:
    """Whether a noun speaks of something told before: `the attack`."""
    return found.entry.trigger.part_of_speech in _NOUNS and found.entrance.definite


_NOUNS: Final = (PartOfSpeech.MASDAR, PartOfSpeech.NOUN)


def _is_person(scan: Scan, hits: Sequence[Hit], found: FoundTrigger) -> bool:
    """Whether a noun names people who were mentioned (`the wounded`), not what happened."""
    if found.entry.trigger.part_of_speech in (PartOfSpeech.MASDAR, PartOfSpeech.PHRASE):
        return False
    if found.entrance.split.suffix == _MINE:
        return True  # an adjective (of attack) rather than `my attack`
    participle = found.entry.trigger.part_of_speech is PartOfSpeech.ACTIVE_PARTICIPLE
    if participle and found.entrance.definite and any(h.last == found.first - 1 for h in hits):
        return True  # an adjective of the mention before it: the attacking forces
    verb = found.entry.trigger.part_of_speech is PartOfSpeech.VERB
    before = scan.reading.words[found.first - 1] if found.first else None
    if verb:
        noun = any(not f.entrance.split.proclitics for f in scan.found.get(found.first, ()))
        return noun and before is not None and "pronoun" in before.tags
    return found.entrance.definite and any(
        h.first == found.first and h.entry is not None for h in hits
    )


def _likely(found: FoundTrigger) -> tuple[int, int, bool, bool]:
    """Longest first, then with fewest letters cut off; nouns before verbs with a pronoun."""
    suffixed = bool(found.entrance.split.suffix)
    verb = found.entry.trigger.part_of_speech is PartOfSpeech.VERB
    return -found.last, found.entrance.split.start, suffixed, suffixed and verb


def _is_named_again(trigger: Trigger, before: Trigger) -> bool:
    """Whether a definite noun is the subject of a verb of its own kind: `the statement said`."""
    split = trigger.found.entrance.split
    definite = trigger.found.entrance.definite and not split.suffix and not split.proclitics
    follows = before.verbal and trigger.first == before.last + 1
    return definite and follows and not trigger.verbal and trigger.event == before.event


def _is_parted(trigger: Trigger) -> bool:
    """Whether a trigger is the first word of a phrase of which it holds no more."""
    phrase = trigger.found.entry.trigger.part_of_speech is PartOfSpeech.PHRASE
    return phrase and trigger.first == trigger.last


def _light(found: FoundTrigger) -> bool:
    return found.entry.trigger.part_of_speech is PartOfSpeech.LIGHT_VERB


def _made(scan: Scan, found: FoundTrigger, *, sure: bool) -> Trigger:
    reading = scan.reading
    span = Span(
        reading.start_of(found.first, found.entrance.split.start), reading.end_of(found.last)
    )
    part = found.entry.trigger.part_of_speech
    phrase = part is PartOfSpeech.PHRASE and "phrase_verb" in reading.words[found.first].tags
    after = reading.words[found.first - 1] if found.first else None
    if part is PartOfSpeech.VERB and after is not None and "preposition" in after.tags:
        part = PartOfSpeech.MASDAR if "relative" not in after.tags else part
    addressing = "addressing" in reading.words[found.first].tags
    verbal = part is PartOfSpeech.VERB or phrase or addressing
    return Trigger(
        found.first, found.last, span, found.entry.event, found, sure, verbal, _light(found)
    )


def is_passive(scan: Scan, trigger: Trigger) -> bool:
    """Whether a damma on the first letter marks a passive verb."""
    surface = scan.reading.surfaces[trigger.first]
    if _DAMMA not in surface:
        return False
    start = trigger.found.entrance.split.start
    offsets = scan.reading.words[trigger.first].offsets
    first = offsets.span(start, start + 1)
    return _DAMMA in surface[first.start : first.end]


def _blocked(scan: Scan, hits: Sequence[Hit]) -> set[int]:
    """Words that names, times, numbers and fixed phrases keep from being triggers."""
    blocked: set[int] = set()
    for hit in hits:
        if hit.rule.startswith(_NUMBER_RULES) or hit.last > hit.first or hit.rule == "name":
            blocked.update(hit.words)
    for vocabulary in scan.vocabulary.values():
        for one in vocabulary:
            if one.kind == NO_EVENT:
                blocked.update(range(one.first, one.last + 1))
    return blocked


def notes_of(trigger: Trigger, known: Mapping[str, object]) -> dict[str, str]:
    """Attribute values that the lexicon entry's note states as `name=value`."""
    found: dict[str, str] = {}
    for part in (trigger.found.entry.trigger.note or "").replace(";", " ").split():
        name, sign, value = part.strip("،,.").partition("=")
        if sign and name in known:
            found[name] = value
    return found
