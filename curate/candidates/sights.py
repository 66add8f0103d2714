"""Sentences as the rules read them: what the tagger starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.calendar import parse_day
from curate.candidates.engine import rule_engine
from curate.candidates.frames import FrameFinder
from curate.model.document import SentenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.seeds import Seeds
    from curate.candidates.triggers import Trigger
    from curate.model.document import Document
    from curate.model.schema import EventSchema
    from curate.model.span import Span

AT_ONCE: Final = 64
"""Sentences that are read and decoded together."""


class Sight(NamedTuple):
    """A sentence with all that the rules say of it."""

    scan: Scan
    hits: list[Hit]
    triggers: list[Trigger]
    """Light verbs included."""
    fillers: frozenset[int]
    """Which hits fill a role of a frame."""


class Reader:
    """Reads sentences with the rules of a schema."""

    def __init__(self, schema: EventSchema, seeds: Seeds) -> None:
        self.schema = schema
        self.engine = rule_engine(schema, seeds)
        self._frames = FrameFinder(schema, seeds.rules.events)

    def sight(self, text: str, span: Span, day: date | None) -> Sight | None:
        """A sentence as the rules read it; None when it has no word."""
        scan, hits = self.engine.read(text, span, day)
        if not scan.reading.words:
            return None
        triggers = self._frames.triggers(scan, hits)
        frames = self._frames.find(scan, hits, triggers)
        fillers = frozenset(index for frame in frames for _, index in frame.fillers)
        return Sight(scan, hits, triggers, fillers)

    def sights(self, document: Document) -> Iterator[list[Sight]]:
        """The sentences of a document that hold words, some at a time; boilerplate left out."""
        day = parse_day(document.date)
        batch: list[Sight] = []
        for sentence in document.sentences:
            if sentence.kind is SentenceKind.BOILERPLATE:
                continue
            sight = self.sight(document.text, sentence.span, day)
            if sight is not None:
                batch.append(sight)
            if len(batch) == AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch
