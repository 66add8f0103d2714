"""The sequence model at work: likely tags of the words of many sentences at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from curate.candidates.tagger_features import FAR, NEAR, Features, findings_of, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.candidates.learned import Model
    from curate.candidates.lexicon import Word
    from curate.candidates.sights import Sight

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

_SCALE: Final = 1000.0
_SHARPNESS: Final = 20.0
"""The weights are learned for a margin of about one; this makes probabilities of them."""
_KEPT_WORDS: Final = 20_000
_TINY: Final = 1e-300
_LEAST: Final = 1e-9
"""Chances nearer to 0 or 1 are all the same."""
_SEES: Final = ((0, 0), *((n, d) for n, d in enumerate((*NEAR, *FAR), start=1)))
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


class _Table:
    """Rows of numbers under names, kept until there are too many; row 0 holds zeros."""

    def __init__(self, parts: int, width: int) -> None:
        self.places: dict[str, int] = {}
        self.rows: Numbers = np.zeros((256, parts, width))

    def add(self, name: str, row: Numbers) -> int:
        """Keep a row; return its place."""
        place = len(self.places) + 1
        if place >= len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        self.rows[place] = row
        self.places[name] = place
        return place


class Decoder:
    """A model made ready for work."""

    def __init__(self, model: Model) -> None:
        width = len(model.tags)
        self._width = width
        self._features = Features()
        self._weights = model.weights
        self._words = _Table(5, width)
        self._findings = _Table(3, width)
        moves = np.zeros((width, width))
        for before, after, weight in model.transitions:
            moves[before, after] = weight / _SCALE
        self._moves: Numbers = np.exp(moves * _SHARPNESS)

    def decode(self, sentences: Sequence[Sight]) -> list[Tagged]:
        """The likeliest tag of each word, all sentences at once; every one has a word."""
        if len(self._words.places) > _KEPT_WORDS:
            self._words = _Table(5, self._width)
        support = self._support(sentences)
        lengths = [len(s.scan.reading.words) for s in sentences]
        order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
        batch = np.full((lengths[order[0]], len(order), self._width), 0.0)
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
        words: list[int] = []
        at: list[int] = []
        findings: list[int] = []
        for sight in sentences:
            reading = sight.scan.reading
            begin = len(words)
            for surface, word in zip(reading.surfaces, reading.words, strict=True):
                place = self._words.places.get(surface)
                words.append(self._word(surface, word) if place is None else place)
            for offset, features in enumerate(findings_of(sight)):
                for feature in features:
                    place = self._findings.places.get(feature)
                    findings.append(self._finding(feature) if place is None else place)
                    at.append(begin + offset)
            words += (0, 0)
        return self._summed(np.array(words), np.array(at, dtype=np.intp), np.array(findings))

    def _summed(self, words: Places, at: Places, findings: Places) -> Numbers:
        rows = self._words.rows
        support: Numbers = rows[words, _OWN]
        for part, distance in _SEES[1:]:
            if distance < 0:
                support[-distance:] += rows[words[:distance], part]
            else:
                support[:-distance] += rows[words[distance:], part]
        if len(findings):
            known = self._findings.rows
            np.add.at(support, at, known[findings, _OWN])
            for part, distance in _SEES[1:3]:
                to = at - distance
                inside = (to >= 0) & (to < len(words))
                np.add.at(support, to[inside], known[findings[inside], part])
        return support

    def _word(self, surface: str, word: Word) -> int:
        traits = self._features.traits(surface, word)
        seen = (traits.own, traits.near, traits.near, traits.far, traits.far)
        row = np.zeros((5, self._width))
        for (part, distance), features in zip(_SEES, seen, strict=True):
            for feature in features:
                self._into(row[part], named(feature, distance))
        return self._words.add(surface, row)

    def _finding(self, feature: str) -> int:
        row = np.zeros((3, self._width))
        for part, distance in _SEES[:3]:
            self._into(row[part], named(feature, distance))
        return self._findings.add(feature, row)

    def _into(self, row: Numbers, feature: str) -> None:
        weights = self._weights.get(feature, ())
        for place, weight in zip(weights[::2], weights[1::2], strict=True):
            row[place] += weight / _SCALE

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
