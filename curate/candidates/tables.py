"""Weights as rows of whole numbers, and sums of them kept under names."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from curate.candidates.tagger_features import parted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Thousandths = NDArray[np.int16]

_MOST: Final = 32_767
_ENOUGH: Final = 40_000
"""Names that are kept."""


class Weights:
    """The weights of all features: a row of thousandths for each, one column a tag."""

    def __init__(self, weights: Mapping[str, Sequence[int]], tags: int) -> None:
        self.tags = tags
        self._rows: Thousandths = np.zeros((len(weights) + 1, tags), dtype=np.int16)
        self._places: dict[int, dict[str, int]] = {}
        for place, (feature, row) in enumerate(weights.items(), start=1):
            name, distance = parted(feature)
            self._places.setdefault(distance, {})[name] = place
            self._rows[place, row[::2]] = np.clip(row[1::2], -_MOST, _MOST)

    def places(self, features: Iterable[str], distance: int) -> list[int]:
        """The row of zeros, then those of the features seen from a distance that are known."""
        known = self._places.get(distance, {})
        return [0, *[place for f in features if (place := known.get(f)) is not None]]

    def sums(self, groups: Sequence[Sequence[int]]) -> Thousandths:
        """The sum of the rows in each group of places."""
        starts = list(accumulate(map(len, groups), initial=0))[:-1]
        places = [place for group in groups for place in group]
        sums = np.add.reduceat(self._rows[places], starts, axis=0, dtype=np.int32)
        return np.clip(sums, -_MOST, _MOST).astype(np.int16)


class Table:
    """Parts of sums under names; row 0 holds zeros. Forgets all when there are too many."""

    def __init__(self, parts: int, tags: int) -> None:
        self.places: dict[str, int] = {}
        self._parts = parts
        self.rows: Thousandths = np.zeros((1024, parts, tags), dtype=np.int16)

    def add(self, names: Sequence[str], weights: Weights, groups: Sequence[Sequence[int]]) -> None:
        """Keep the sums of `parts` groups for each name; none of the names is known."""
        if not names:
            return
        first = len(self.places) + 1
        last = first + len(names)
        if last > len(self.rows):
            larger = np.zeros((max(last, 2 * len(self.rows)), *self.rows.shape[1:]), dtype=np.int16)
            larger[: len(self.rows)] = self.rows
            self.rows = larger
        self.rows[first:last] = weights.sums(groups).reshape(len(names), self._parts, weights.tags)
        self.places.update(zip(names, range(first, last), strict=True))

    def forget_if_large(self) -> None:
        """Begin anew between documents, so that memory stays flat on any corpus."""
        if len(self.places) > _ENOUGH:
            self.places.clear()
