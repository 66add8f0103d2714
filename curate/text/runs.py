"""Tables over all code points, kept as run lengths and looked up on demand."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_RUN = re.compile(r"([A-Za-z]+)(\d+)")


class PointTable(dict[int, str]):
    """Code point → one letter, for `str.translate`; unfolds from runs such as `L65 ON4`."""

    def __init__(self, runs: str, letters: Mapping[str, str] | None = None) -> None:
        super().__init__()
        found = _RUN.findall(runs)
        self._ends = list(accumulate(int(length) for _, length in found))
        self._values = [value if letters is None else letters[value] for value, _ in found]

    def __missing__(self, point: int) -> str:
        value = self[point] = self._values[bisect_right(self._ends, point)]
        return value

    def points(self, wanted: str) -> list[tuple[int, int]]:
        """The half-open ranges of the code points whose letter is one of `wanted`."""
        starts = [0, *self._ends[:-1]]
        return [
            (start, end)
            for start, end, value in zip(starts, self._ends, self._values, strict=True)
            if value in wanted
        ]
