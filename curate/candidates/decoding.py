"""The sequence model at work: likely tags of the words of many sentences at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from curate.candidates.tagger_features import FAR, NEAR, Features, findings_of, parted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from curate.candidates.learned import Model
    from curate.candidates.lexicon import Word
    from curate.candidates.sights import Sight

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]
    Thousandths = NDArray[np.int16]

_Pairs = tuple[tuple[int, int], ...]

_SCALE: Final = 1000.0
_SHARPNESS: Final = 20.0
"""The weights are learned for a margin of about one; this makes probabilities of them."""
_KEPT_WORDS: Final = 40_000
_MOST: Final = 32_767
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


class _Table:
    """Rows of thousandths under names; row 0 holds zeros. Forgets all when it gets too large."""

    def __init__(self, parts: int, width: int) -> None:
        self.places: dict[str, int] = {}
        self._shape = (parts, width)
        self.rows: Thousandths = np.zeros((256, parts, width), dtype=np.int16)

    def add(self, name: str, row: list[int]) -> int:
        """Keep a row, its parts after each other; return its place."""
        place = len(self.places) + 1
        if place >= len(self.rows):
            self.rows = np.concatenate([self.rows, np.zeros_like(self.rows)])
        limited = np.clip(np.array(row), -_MOST, _MOST)
        self.rows[place] = limited.reshape(self._shape)
        self.places[name] = place
        return place

    def forget_if_large(self) -> None:
        """Begin anew between documents, so that memory stays flat on any corpus."""
        if len(self.places) > _KEPT_WORDS:
            self.places.clear()


class Decoder:
    """A model made ready for work."""

    def __init__(self, model: Model) -> None:
        width = len(model.tags)
        self._width = width
        self._features = Features()
        self._weights: dict[int, dict[str, _Pairs]] = {d: {} for _, d in _SEES}
        for feature, row in model.weights.items():
            name, distance = parted(feature)
            self._weights[distance][name] = tuple(zip(row[::2], row[1::2], strict=True))
        self._words = _Table(len(_SEES), width)
        self._findings = _Table(len(_CLOSE), width)
        moves = np.zeros((width, width))
        for before, after, weight in model.transitions:
            moves[before, after] = weight / _SCALE
        self._moves: Numbers = np.exp(moves * _SHARPNESS)

    def decode(self, sentences: Sequence[Sight]) -> list[Tagged]:
        """The likeliest tag of each word, all sentences at once; every one has a word."""
        self._words.forget_if_large()
        self._findings.forget_if_large()
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

    def _word(self, surface: str, word: Word) -> int:
        traits = self._features.traits(surface, word)
        row = [0] * (len(_SEES) * self._width)
        seen = (traits.own, traits.near, traits.near, traits.far, traits.far)
        for (part, distance), features in zip(_SEES, seen, strict=True):
            self._into(row, part, distance, features)
        return self._words.add(surface, row)

    def _finding(self, feature: str) -> int:
        row = [0] * (len(_CLOSE) * self._width)
        for part, distance in _CLOSE:
            self._into(row, part, distance, (feature,))
        return self._findings.add(feature, row)

    def _into(self, row: list[int], part: int, distance: int, features: Sequence[str]) -> None:
        known = self._weights[distance]
        start = part * self._width
        for feature in features:
            pairs = known.get(feature)
            if pairs is not None:
                for place, weight in pairs:
                    row[start + place] += weight

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
