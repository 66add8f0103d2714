"""The sequence model at work: likely tags of the words of many sentences at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from curate.candidates.tables import Table, Weights
from curate.candidates.tagger_features import FAR, NEAR, Features, findings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.candidates.learned import Model
    from curate.candidates.sights import Sight

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]


_SCALE: Final = 1000.0
_SHARPNESS: Final = 20.0
"""The weights are learned for a margin of about one; this makes probabilities of them."""
_AT_ONCE: Final = 64
"""Sentences that are decoded together."""
_TINY: Final = 1e-300
_LEAST: Final = 1e-9
"""Chances nearer to 0 or 1 are all the same."""
_SEES: Final = ((0, 0), *((n, d) for n, d in enumerate((*NEAR, *FAR), start=1)))
_CLOSE: Final = _SEES[:3]
_OWN: Final = 0


class Tagged(NamedTuple):
    """What the model makes of a sentence's words."""

    tags: Places
    """Place of the likeliest tag of each word."""
    chances: Numbers
    """Chance of each tag at each word; the chances of a word sum to 1."""

    def odds(self, first: int, last: int, begin: int, inside: int | None) -> float:
        """Logarithm of the odds that a span has those tags: those of its least likely word.

        `begin` and `inside` are the places of the tags of its first and its
        other words; without a tag for the others only the first one counts.
        """
        least = float(self.chances[first, begin])
        if last > first and inside is not None:
            least = min(least, float(self.chances[first + 1 : last + 1, inside].min()))
        least = min(max(least, _LEAST), 1 - _LEAST)
        return math.log(least / (1 - least))


class Decoder:
    """A model made ready for work."""

    def __init__(self, model: Model) -> None:
        width = len(model.tags)
        self._features = Features()
        self._weights = Weights(model.weights, width)
        self._words = Table(len(_SEES), width)
        self._findings = Table(len(_CLOSE), width)
        moves = np.zeros((width, width))
        for before, after, weight in model.transitions:
            moves[before, after] = weight / _SCALE
        self._moves: Numbers = np.exp(moves * _SHARPNESS)

    def decode(self, sentences: Sequence[Sight]) -> list[Tagged]:
        """The likeliest tag of each word, many sentences at once; every one has a word."""
        return [
            tagged
            for first in range(0, len(sentences), _AT_ONCE)
            for tagged in self._decoded(sentences[first : first + _AT_ONCE])
        ]

    def _decoded(self, sentences: Sequence[Sight]) -> list[Tagged]:
        support = self._support(sentences)
        lengths = [len(s.scan.reading.words) for s in sentences]
        order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
        batch = np.zeros((lengths[order[0]], len(order), self._weights.tags))
        starts = np.cumsum([0, *(n + 2 for n in lengths)])
        for column, i in enumerate(order):
            batch[: lengths[i], column] = support[starts[i] : starts[i] + lengths[i]]
        chances = self._chances(batch, [lengths[i] for i in order])
        found: dict[int, Tagged] = {}
        for column, i in enumerate(order):
            rows = chances[: lengths[i], column]
            found[i] = Tagged(rows.argmax(axis=1), rows)
        return [found[i] for i in range(len(lengths))]

    def _support(self, sentences: Sequence[Sight]) -> Numbers:
        """How much speaks for each tag at each word; two empty rows stand between sentences."""
        told = [findings_of(sight) for sight in sentences]
        self._meet_words(sentences)
        self._meet_findings(told)
        words: list[int] = []
        at: list[int] = []
        findings: list[int] = []
        for sight, rows in zip(sentences, told, strict=True):
            for place, features in enumerate(rows, start=len(words)):
                findings += [self._findings.places[f] for f in features]
                at += [place] * len(features)
            words += [self._words.places[surface] for surface in sight.scan.reading.surfaces]
            words += (0, 0)
        return self._summed(np.array(words), np.array(at, dtype=np.intp), np.array(findings))

    def _meet_words(self, sentences: Sequence[Sight]) -> None:
        """Work out the weights of words that are new."""
        self._words.forget_if_large()
        known = self._words.places
        fresh = {
            surface: word
            for sight in sentences
            for surface, word in zip(
                sight.scan.reading.surfaces, sight.scan.reading.words, strict=True
            )
            if surface not in known
        }
        groups: list[list[int]] = []
        for surface, word in fresh.items():
            traits = self._features.traits(surface, word)
            seen = (traits.own, traits.near, traits.near, traits.far, traits.far)
            groups += [
                self._weights.places(features, distance)
                for (_, distance), features in zip(_SEES, seen, strict=True)
            ]
        self._words.add(list(fresh), self._weights, groups)

    def _meet_findings(self, told: Sequence[Sequence[Sequence[str]]]) -> None:
        """Work out the weights of findings that are new."""
        self._findings.forget_if_large()
        known = self._findings.places
        fresh = dict.fromkeys(f for rows in told for row in rows for f in row if f not in known)
        groups = [self._weights.places((f,), distance) for f in fresh for _, distance in _CLOSE]
        self._findings.add(list(fresh), self._weights, groups)

    def _summed(self, words: Places, at: Places, findings: Places) -> Numbers:
        rows = self._words.rows
        support = rows[words, _OWN].astype(np.int32)
        for part, distance in _SEES[1:]:
            if distance < 0:
                support[-distance:] += rows[words[:distance], part]
            else:
                support[:-distance] += rows[words[distance:], part]
        if len(findings):
            firsts = np.flatnonzero(np.diff(at, prepend=-1))
            for part, distance in _CLOSE:
                rows = self._findings.rows[findings, part].astype(np.int32)
                to = at[firsts] - distance
                inside = (to >= 0) & (to < len(words))
                support[to[inside]] += np.add.reduceat(rows, firsts, axis=0)[inside]
        scaled: Numbers = support / _SCALE
        return scaled

    def _chances(self, batch: Numbers, lengths: list[int]) -> Numbers:
        """Forward and backward over all sentences, longest first: the odds of each tag."""
        steps = len(batch)
        active = [sum(1 for n in lengths if n > step) for step in range(steps)]
        local = np.exp((batch - batch.max(axis=2, keepdims=True)) * _SHARPNESS)
        forward = local.copy()
        forward[0] /= forward[0].sum(axis=1, keepdims=True)
        for step in range(1, steps):
            n = active[step]
            now = (forward[step - 1, :n] @ self._moves) * local[step, :n] + _TINY
            forward[step, :n] = now / now.sum(axis=1, keepdims=True)
        backward = np.ones_like(local)
        for step in range(steps - 2, -1, -1):
            n = active[step + 1]
            now = (local[step + 1, :n] * backward[step + 1, :n]) @ self._moves.T + _TINY
            backward[step, :n] = now / now.sum(axis=1, keepdims=True)
        chances: Numbers = forward * backward + _TINY
        chances /= chances.sum(axis=2, keepdims=True)
        return chances
