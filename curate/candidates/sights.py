"""Sentences as the rules read them: what the tagger starts from."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.engine import rule_engine
from curate.candidates.frames import FrameFinder
from curate.candidates.triggers import Told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.frames import FrameHit
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.seeds import Seeds
    from curate.candidates.triggers import Trigger
    from curate.model.document import Document
    from curate.model.schema import EventSchema

AT_ONCE: Final = 64
"""Sentences that are read and decoded together."""


class Sight(NamedTuple):
    """A sentence with all that the rules say of it."""

    scan: Scan
    hits: list[Hit]
    triggers: list[Trigger]
    """Light verbs included."""
    frames: list[FrameHit]
    fillers: frozenset[int]
    """Which hits fill a role of a frame."""


class Reader:
    """Reads sentences with the rules of a schema."""

    def __init__(self, schema: EventSchema, seeds: Seeds) -> None:
        self.schema = schema
        self.seeds = seeds
        self.engine = rule_engine(schema, seeds)
        self._frames = FrameFinder(schema, seeds.rules.events)

    def sights(self, document: Document) -> Iterator[Sight]:
        """The sentences of a document that hold words; boilerplate left out."""
        told = Told()
        for scan, hits in self.engine.readings(document):
            if scan.reading.words:
                triggers = self._frames.triggers(scan, hits, told)
                frames = self._frames.find(scan, hits, triggers)
                fillers = frozenset(index for frame in frames for _, index in frame.fillers)
                yield Sight(scan, hits, triggers, frames, fillers)

    def frames(self, scan: Scan, hits: Sequence[Hit], triggers: list[Trigger]) -> list[FrameHit]:
        """The frames that the rules build over given mentions and triggers."""
        return self._frames.find(scan, hits, triggers)

    def batches(self, document: Document) -> Iterator[list[Sight]]:
        """The same, some at a time."""
        sights = self.sights(document)
        while batch := list(islice(sights, AT_ONCE)):
            yield batch
