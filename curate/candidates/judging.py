"""How well a model does on lessons it has not seen, and what its odds are worth."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.decoding import Decoder
from curate.candidates.guesses import claims_in
from curate.candidates.learned import HeldOut
from curate.candidates.linear import calibrated
from curate.candidates.tags import MENTION, TRIGGER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from curate.candidates.guesses import Claim
    from curate.candidates.learned import Model
    from curate.candidates.sights import Sight
    from curate.model.span import Span

_ENOUGH: Final = 12
"""Examples needed for a calibration."""


class Judgement(NamedTuple):
    """What held-out lessons tell."""

    held_out: HeldOut
    calibration: dict[str, tuple[float, float]]


class Trial(NamedTuple):
    """A model, and sentences that it did not learn from."""

    model: Model
    sights: Sequence[Sight]
    wanted: Sequence[Collection[tuple[str, Span]]]
    """Kind and span of what is truly there, sentence by sentence."""


def judge(trials: Iterable[Trial]) -> Judgement:
    """Compare what models make of sentences with what is truly there.

    How many lessons the sentences come from is for the caller to fill in.
    """
    counts = _Counts()
    for trial in trials:
        tagged = Decoder(trial.model).decode(trial.sights)
        for sight, tags, there in zip(trial.sights, tagged, trial.wanted, strict=True):
            counts.add(claims_in(sight, tags, trial.model), there)
    return Judgement(counts.held_out(), _calibration(counts.examples))


class _Counts:
    """Running counts over sentences."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._gold: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()
        self.examples: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)

    def add(self, claims: Iterable[Claim], there: Collection[tuple[str, Span]]) -> None:
        """Count one sentence."""
        self._gold.update(kind[0] for kind, _ in there)
        for claim in claims:
            layer = claim.chunk.kind[0]
            is_right = (claim.chunk.kind, claim.span) in there
            if claim.is_seen:
                self._seen[layer] += 1
                self._right[layer] += is_right
            if claim.odds is not None:
                self.examples[claim.group].append((claim.odds, is_right))

    def held_out(self) -> HeldOut:
        """The figures of what the models say by themselves."""
        mentions, triggers = (
            round(2 * self._right[x] / both, 4) if (both := self._gold[x] + self._seen[x]) else 1.0
            for x in (MENTION, TRIGGER)
        )
        return HeldOut(0, mentions, triggers, self._gold[MENTION], self._gold[TRIGGER])


def _calibration(
    examples: dict[str, list[tuple[float, bool]]],
) -> dict[str, tuple[float, float]]:
    """What odds are worth in each group that has enough examples."""
    return {
        group: calibrated(own) for group, own in sorted(examples.items()) if len(own) >= _ENOUGH
    }
