"""The learned producer: mentions and triggers as a trained model sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.candidates.decoding import Decoder
from curate.candidates.guesses import chance, claims_in, reason, subtype_key
from curate.candidates.naming import named
from curate.candidates.tagger_features import Features
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.guesses import Claim
    from curate.candidates.learned import Model
    from curate.candidates.sights import Reader, Sight
    from curate.candidates.tags import Chunk
    from curate.model.document import Document


class Tagger:
    """Proposes what a model has learned; reads sentences through the rules' eyes.

    Types that the schema does not have are left out, so that a model stays
    of use when the schema changes.
    """

    def __init__(self, model: Model, reader: Reader) -> None:
        self.model = model
        self._reader = reader
        self._schema = reader.schema
        self._decoder = Decoder(model)
        self._features = Features()

    @property
    def version(self) -> str:
        """Name and version, such as `tagger/3`."""
        return self.model.producer

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """Mentions, and frames without arguments, in reading order."""
        found: list[Candidate] = []
        for sights in self._reader.batches(document):
            for sight, claims in zip(sights, self.claims(sights), strict=True):
                seen = sorted((c for c in claims if c.is_seen), key=lambda c: c.span)
                given = len(found) + 1
                found += [self._candidate(sight, c, f"c{given + n}") for n, c in enumerate(seen)]
        return named(found)

    def claims(self, sights: Sequence[Sight]) -> list[list[Claim]]:
        """What the model and the rules see in each of some sentences."""
        tagged = self._decoder.decode(sights)
        return [
            [c for c in claims_in(s, t, self.model) if self._is_known(c.chunk)]
            for s, t in zip(sights, tagged, strict=True)
        ]

    def score(self, claim: Claim) -> float:
        """The calibrated probability that a claim is right."""
        return chance(claim, self.model)

    def reason(self, sight: Sight, claim: Claim) -> str:
        """Why the model proposes it."""
        return reason(sight, claim.chunk, self.model, self._features)

    def subtype(self, sight: Sight, chunk: Chunk) -> str | None:
        """The subtype that such mentions were given, if the schema has it."""
        known = self.model.subtypes.get(subtype_key(sight, chunk))
        return known if known in self._schema.entity_types[chunk.type].subtypes else None

    def _is_known(self, chunk: Chunk) -> bool:
        types = self._schema.event_types if chunk.is_trigger else self._schema.entity_types
        return chunk.type in types

    def _candidate(self, sight: Sight, claim: Claim, name: str) -> Candidate:
        chunk, score, why = claim.chunk, self.score(claim), self.reason(sight, claim)
        if chunk.is_trigger:
            return FrameCandidate(name, chunk.type, claim.span, (), score, self.version, why)
        subtype = self.subtype(sight, chunk)
        return MentionCandidate(name, claim.span, chunk.type, subtype, score, self.version, why)
