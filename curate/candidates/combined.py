"""Rules and learned tagger together: one list of candidates, each knowing who says so and why.

Whatever one of them says gets the score that the model's odds for it earned
among its like on lessons held out: high where both agree, low where the model
doubts a rule. Where they differ over the same words the likelier one wins, and
what is unlikely is not proposed. Frames are built by the rules over the
mentions and triggers that remain.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.candidates.hits import Hit
from curate.candidates.lexicon import Entrance, Node, TriggerEntry
from curate.candidates.naming import named
from curate.candidates.scan import FoundTrigger
from curate.candidates.tagger import Tagger
from curate.candidates.triggers import Trigger
from curate.model.schema import PartOfSpeech
from curate.model.schema import Trigger as Lexeme
from curate.text.clitics import Split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.frames import FrameHit
    from curate.candidates.guesses import Claim
    from curate.candidates.learned import Model
    from curate.candidates.sights import Reader, Sight
    from curate.model.candidate import Candidate
    from curate.model.document import Document
    from curate.model.span import Span

LEAST: Final = 0.3
"""What is less likely is not proposed: a wrong mention costs one key, a missing one about three."""
LEAST_RULED: Final = 0.25
"""The same for what a rule says: the model has seen few of many kinds."""
RULE: Final = "learned"
"""The rule of mentions that only the model sees."""


class CombinedEngine:
    """The rule engine with a tagger beside it."""

    def __init__(self, reader: Reader, tagger: Tagger) -> None:
        self._reader = reader
        self._tagger = tagger

    @property
    def version(self) -> str:
        """Name and version: that of the rules, with the model's, so that one replaces the other."""
        return f"{self._reader.engine.version}+{self._tagger.version}"

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """The candidates of a document, in reading order, sentence by sentence."""
        found: list[Candidate] = []
        for sights in self._reader.batches(document):
            for sight, claims in zip(sights, self._tagger.claims(sights), strict=True):
                found.extend(self._candidates(sight, claims, len(found)))
        return named(found)

    def _candidates(self, sight: Sight, claims: Sequence[Claim], given: int) -> Iterator[Candidate]:
        mentions = self._strongest([c for c in claims if not c.chunk.is_trigger])
        mentions.sort(key=lambda c: (c.span.start, c.span.end))
        hits = [self._hit(sight, c) for c in mentions]
        triggers = self._triggers(sight, claims, hits)
        frames = _kept_frames(sight, mentions, triggers)
        if frames is None:
            frames = self._reader.frames(sight.scan, hits, triggers)
        return self._reader.engine.candidates(sight.scan, hits, given, frames)

    def _triggers(
        self, sight: Sight, claims: Sequence[Claim], hits: Sequence[Hit]
    ) -> list[Trigger]:
        """The triggers that remain, and the light verbs beside them."""
        named = {word for h in hits if h.last > h.first for word in h.words}
        events = [
            c
            for c in claims
            if c.chunk.is_trigger
            and (c.is_ruled or named.isdisjoint(range(c.chunk.first, c.chunk.last + 1)))
        ]
        triggers = [self._trigger(sight, c) for c in self._strongest(events)]
        taken = {word for t in triggers for word in range(t.first, t.last + 1)}
        triggers += [
            t for t in sight.triggers if t.light and taken.isdisjoint(range(t.first, t.last + 1))
        ]
        return sorted(triggers, key=lambda t: t.first)

    def _strongest(self, claims: Sequence[Claim]) -> list[Claim]:
        """Likely ones that no likelier one overlaps; of equals, the longer and the ruled one."""
        scored = [(self._tagger.score(c), c) for c in claims]
        scored.sort(
            key=lambda s: (-s[0], s[1].chunk.first - s[1].chunk.last, not s[1].is_ruled, s[1].span)
        )
        kept: list[Claim] = []
        taken: set[int] = set()
        for score, claim in scored:
            words = range(claim.chunk.first, claim.chunk.last + 1)
            least = LEAST_RULED if claim.is_ruled else LEAST
            if score >= least and taken.isdisjoint(words):
                kept.append(claim)
                taken.update(words)
        return kept

    def _hit(self, sight: Sight, claim: Claim) -> Hit:
        """The mention that a claim stands for: the rules' own, or a new one."""
        score = self._tagger.score(claim)
        if claim.hit is not None:
            hit = sight.hits[claim.hit]
            why = f"{hit.reason}; learned too" if claim.is_seen else hit.reason
            producer = self._reader.engine.version
            return Hit(  # `dataclasses.replace` takes several times as long
                hit.first,
                hit.last,
                hit.span,
                hit.type,
                hit.subtype,
                hit.rule,
                why,
                hit.entry,
                hit.definite,
                hit.lead,
                hit.listed,
                hit.attributes,
                score,
                producer,
            )
        chunk = claim.chunk
        return Hit(
            chunk.first,
            chunk.last,
            claim.span,
            chunk.type,
            self._tagger.subtype(sight, chunk),
            RULE,
            self._tagger.reason(sight, claim),
            score=score,
            producer=self._tagger.version,
        )

    def _trigger(self, sight: Sight, claim: Claim) -> Trigger:
        """The trigger that a claim stands for; a new one takes the lexicon's entry if there is."""
        if claim.trigger is not None:
            return sight.triggers[claim.trigger]
        chunk = claim.chunk
        options = [
            f
            for f in sight.scan.triggers
            if (f.first, f.last) == (chunk.first, chunk.last)
            and f.entry.trigger.part_of_speech is not PartOfSpeech.LIGHT_VERB
        ]
        options.sort(key=lambda f: f.entry.event != chunk.type)
        found = options[0] if options else _unlisted(sight, claim)
        entry = found.entry._replace(event=chunk.type)
        verbal = entry.trigger.part_of_speech is PartOfSpeech.VERB
        found = found._replace(entry=entry)
        return Trigger(
            chunk.first, chunk.last, claim.span, chunk.type, found, sure=False, verbal=verbal
        )


def combined(model: Model, reader: Reader) -> CombinedEngine:
    """The rules of a schema with a model beside them."""
    return CombinedEngine(reader, Tagger(model, reader))


def _kept_frames(
    sight: Sight, mentions: Sequence[Claim], triggers: Sequence[Trigger]
) -> Sequence[FrameHit] | None:
    """The rules' frames as they are, if all that they are made of remains and nothing is new."""
    places = {c.hit: place for place, c in enumerate(mentions)}
    if None in places or not sight.fillers <= places.keys() or triggers != sight.triggers:
        return None
    return [
        replace(f, fillers=tuple((role, places[hit]) for role, hit in f.fillers))
        for f in sight.frames
    ]


def _unlisted(sight: Sight, claim: Claim) -> FoundTrigger:
    """An entry for a trigger that the lexicon does not have."""
    chunk, word = claim.chunk, sight.scan.reading.words[claim.chunk.first]
    letters, stem = word.form[: chunk.cut], word.form[chunk.cut :]
    split = Split(tuple(letters), chunk.cut, len(word.form), stem, "")
    sort = PartOfSpeech.VERB if _looks_verbal(sight, claim.span) else PartOfSpeech.MASDAR
    lexeme = Lexeme(stem, sort, (stem,))
    entrance = Entrance(split, Node(), stem.startswith("ال"), loose=False)
    return FoundTrigger(chunk.first, chunk.last, entrance, TriggerEntry(chunk.type, lexeme))


def _looks_verbal(sight: Sight, span: Span) -> bool:
    """Whether a word that is not in the lexicon is more likely a verb than a noun."""
    at = next(i for i, end in enumerate(sight.scan.reading.ends) if end > span.start)
    word = sight.scan.reading.words[at]
    return not word.definite and not word.form.endswith(("ة", "ات", "ا"))
