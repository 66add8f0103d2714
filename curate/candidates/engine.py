"""All rule producers together: a document in, its candidates out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from curate.candidates.calendar import parse_day
from curate.candidates.frames import PRODUCER as FRAMES
from curate.candidates.frames import FrameFinder
from curate.candidates.hits import by_place, source_of
from curate.candidates.lexicon import Lexicon
from curate.candidates.memory import Memory
from curate.candidates.mentions import mentions_of
from curate.candidates.naming import named
from curate.candidates.reading import Reading
from curate.candidates.scan import Scan
from curate.candidates.triggers import Told
from curate.model.annotation import Argument
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.document import SentenceKind
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from curate.candidates.frames import FrameHit
    from curate.candidates.hits import Hit
    from curate.candidates.seeds import Seeds
    from curate.model.document import Document
    from curate.model.schema import EventSchema
    from curate.model.span import Span

VERSION: Final = "rules/1"
"""Changes whenever the same input may give other candidates."""
LEAST: Final = 0.35
"""A mention without a role that is less likely is not proposed."""
_MOST_COUNTED: Final = 3
"""Arguments beyond which a frame is no surer."""


class Producer(Protocol):
    """Proposes candidates for a document: pure, deterministic, without network."""

    @property
    def version(self) -> str:
        """Name and version, such as `rules/1`."""
        ...

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """The candidates of a document, ids unique within it, fillers before their frames."""
        ...


class RuleEngine:
    """The producers that need nothing but schema and seeds, compiled once."""

    def __init__(self, schema: EventSchema, seeds: Seeds) -> None:
        self._schema = schema
        self._lexicon = Lexicon(seeds, schema)
        self._rules = seeds.rules
        self._scores = seeds.scores
        self._frames = FrameFinder(schema, seeds.rules.events)
        self._guards = {normal(guard.form): guard for guard in seeds.guards}

    @property
    def version(self) -> str:
        """Name and version of the producer."""
        return VERSION

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """The candidates of a document, in reading order, sentence by sentence."""
        return named([candidate for candidate, _ in self.keyed(document)])

    def keyed(self, document: Document) -> Iterator[tuple[Candidate, str]]:
        """The same, numbered as found, each with the rule under which its score is kept."""
        given = 0
        told = Told()
        for scan, hits in self.readings(document):
            triggers = self._frames.triggers(scan, hits, told)
            for one in self._keyed(hits, given, self._frames.find(scan, hits, triggers)):
                given += 1
                yield one

    def readings(self, document: Document) -> list[tuple[Scan, list[Hit]]]:
        """Each sentence that is no boilerplate, read with the names of the whole document."""
        day = parse_day(document.date)
        read = [
            self.read(document.text, sentence.span, day)
            for sentence in document.sentences
            if sentence.kind is not SentenceKind.BOILERPLATE
        ]
        memory = Memory(read)
        return [
            (scan, sorted((*hits, *memory.hits(scan, hits)), key=by_place)) for scan, hits in read
        ]

    def read(self, text: str, span: Span, day: date | None) -> tuple[Scan, list[Hit]]:
        """What the lists and rules see in a sentence: its words, and the mentions."""
        scan = Scan(Reading(text, span, self._lexicon))
        return scan, mentions_of(scan, self._schema, self._rules, self._guards, day)

    def candidates(
        self, scan: Scan, hits: list[Hit], given: int, frames: Sequence[FrameHit] | None = None
    ) -> Iterator[Candidate]:
        """Candidates for the mentions of a sentence, then the frames over them.

        `given` is how many candidates of the document were numbered before;
        without `frames`, those that the rules find are taken.
        """
        frames = self._frames.find(scan, hits) if frames is None else frames
        return (candidate for candidate, _ in self._keyed(hits, given, frames))

    def _keyed(
        self, hits: list[Hit], given: int, frames: Sequence[FrameHit]
    ) -> Iterator[tuple[Candidate, str]]:
        used = {index for frame in frames for _, index in frame.fillers}
        rules = [f"{h.rule} in role" if i in used else h.rule for i, h in enumerate(hits)]
        scores = [self._score(h, rule) for h, rule in zip(hits, rules, strict=True)]
        kept = [
            i
            for i, hit in enumerate(hits)
            if i in used or hit.score is not None or scores[i] >= LEAST
        ]
        ids = {index: f"c{given + number}" for number, index in enumerate(kept, start=1)}
        for index, name in ids.items():
            yield _mention(name, hits[index], scores[index]), rules[index]
        numbers = [f"c{given + len(ids) + i}" for i in range(1, len(frames) + 1)]
        for name, frame in zip(numbers, frames, strict=True):
            rule = f"frame of {min(len(frame.fillers) + len(frame.events), _MOST_COUNTED)}"
            mentions = (Argument(role, mention=ids[i]) for role, i in frame.fillers)
            events = (Argument(role, frame=numbers[i]) for role, i in frame.events)
            spans = (Argument(role, span=where) for role, where in frame.spans)
            candidate = FrameCandidate(
                name,
                frame.trigger.event,
                frame.trigger.span,
                (*mentions, *events, *spans),
                self._scores.of(rule, frame.trigger.event),
                FRAMES,
                frame.reason,
                frame.attributes,
            )
            yield candidate, rule

    def _score(self, hit: Hit, rule: str) -> float:
        return self._scores.of(rule, hit.type) if hit.score is None else hit.score


def _mention(name: str, hit: Hit, score: float) -> MentionCandidate:
    return MentionCandidate(
        name,
        hit.span,
        hit.type,
        hit.subtype,
        score,
        hit.producer or source_of(hit.rule),
        hit.reason,
        hit.attributes,
    )


_KEPT_ENGINES: Final = 4
_engines: list[tuple[EventSchema, Seeds, RuleEngine]] = []


def rule_engine(schema: EventSchema, seeds: Seeds) -> RuleEngine:
    """The engine for a schema and seeds; compiling takes a moment, so the last few are kept."""
    for held_schema, held_seeds, engine in _engines:
        if held_schema is schema and held_seeds is seeds:
            return engine
    engine = RuleEngine(schema, seeds)
    _engines.insert(0, (schema, seeds, engine))
    del _engines[_KEPT_ENGINES:]
    return engine


def propose(document: Document, schema: EventSchema, seeds: Seeds) -> tuple[Candidate, ...]:
    """All candidates of a document: pure, deterministic, offline.

    Nothing is proposed in boilerplate. Ids are `c1`, `c2` … in reading order;
    the arguments of a frame name mentions proposed before it.
    """
    return rule_engine(schema, seeds).propose(document)
