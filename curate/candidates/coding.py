"""Features as numbers, for training: each name is spelled out once, not at every word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.tagger_features import FAR, NEAR, Features, findings_of, named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.candidates.lexicon import Word
    from curate.candidates.sights import Sight

_AROUND: Final = (*NEAR, *FAR)
_Coded = dict[int, list[int]]
"""Distance → numbers of the features as they are seen from there."""


class Coder:
    """Numbers features in the order in which they are met."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        """Feature → its number."""
        self._features = Features()
        self._words: dict[str, _Coded] = {}
        self._findings: dict[str, tuple[int, int, int]] = {}

    def rows(self, sight: Sight) -> list[list[int]]:
        """The numbers of each word's features, in a fixed order."""
        reading = sight.scan.reading
        words = [
            self._words.get(surface) or self._coded(surface, word)
            for surface, word in zip(reading.surfaces, reading.words, strict=True)
        ]
        findings = [
            [self._findings.get(f) or self._found(f) for f in row] for row in findings_of(sight)
        ]
        return [self._row(words, findings, at) for at in range(len(words))]

    def _row(
        self, words: list[_Coded], findings: list[list[tuple[int, int, int]]], at: int
    ) -> list[int]:
        row = words[at][0] + [own for own, _, _ in findings[at]]
        if at:
            row += words[at - 1][-1]
            row += [before for _, before, _ in findings[at - 1]]
        if at + 1 < len(words):
            row += words[at + 1][1]
            row += [after for _, _, after in findings[at + 1]]
        if at > 1:
            row += words[at - 2][-2]
        if at + 2 < len(words):
            row += words[at + 2][2]
        return row

    def _coded(self, surface: str, word: Word) -> _Coded:
        traits = self._features.traits(surface, word)
        coded = {0: self._numbered(traits.own, 0)}
        for distance in _AROUND:
            coded[distance] = self._numbered(
                traits.near if distance in NEAR else traits.far, distance
            )
        self._words[surface] = coded
        return coded

    def _found(self, feature: str) -> tuple[int, int, int]:
        own, before, after = (self._numbered((feature,), d)[0] for d in (0, *NEAR))
        self._findings[feature] = own, before, after
        return own, before, after

    def _numbered(self, features: Iterable[str], distance: int) -> list[int]:
        numbers = self.numbers
        return [numbers.setdefault(named(f, distance), len(numbers)) for f in features]
