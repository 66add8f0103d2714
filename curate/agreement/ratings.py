"""Who gave which label to which item, as a table of small numbers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Codes = NDArray[np.signedinteger]
Floats = NDArray[np.float64]

MISSING: Final = -1
"""The code of a cell that holds no label."""

_BLOCK: Final = 1 << 13
"""Items that are counted at a time: what bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Labels by item and annotator."""

    codes: Codes
    """Items × annotators: place of the label in `labels`, or `MISSING`."""
    labels: tuple[Hashable, ...]
    """The labels that were offered, used or not; in their order where they have one."""

    @property
    def annotators(self) -> int:
        """How many columns there are."""
        return int(self.codes.shape[1])

    def blocks(self) -> Iterator[Floats]:
        """n_ik, how many annotators gave item i label k: arrays of items × labels, in order."""
        width = len(self.labels) + 1
        for start in range(0, len(self.codes), _BLOCK):
            block = self.codes[start : start + _BLOCK].astype(np.intp)
            block += 1 + width * np.arange(len(block))[:, None]
            counts = np.bincount(block.ravel(order="K"), minlength=width * len(block))
            yield counts.reshape(len(block), width)[:, 1:].astype(np.float64)


def ratings(
    rows: Sequence[Sequence[Hashable | None]], labels: Sequence[Hashable] | None = None
) -> Ratings:
    """Ratings from rows of labels, one row an item, one column an annotator, None where missing.

    Without `labels` those that occur are taken: numbers in their order, others as they come.
    Raises KeyError for a label that was not offered.
    """
    if labels is None:
        labels = _occurring(rows)
    places: dict[Hashable | None, int] = {label: place for place, label in enumerate(labels)}
    places[None] = MISSING
    columns = max((len(row) for row in rows), default=0)
    codes = np.full((len(rows), columns), MISSING, dtype=np.int32)
    for number, row in enumerate(rows):
        codes[number, : len(row)] = [places[label] for label in row]
    return Ratings(codes, tuple(labels))


def _occurring(rows: Sequence[Sequence[Hashable | None]]) -> list[Hashable]:
    seen = dict.fromkeys(label for row in rows for label in row if label is not None)
    numbers: list[Hashable] = []
    numbers += sorted(label for label in seen if isinstance(label, int | float))
    return numbers if len(numbers) == len(seen) else list(seen)


def one_against_rest(of: Ratings, label: Hashable) -> Ratings:
    """The same ratings with two labels, the one asked for (True) and every other (False)."""
    wanted = of.labels.index(label)
    codes = np.where(of.codes == MISSING, MISSING, of.codes == wanted).astype(np.int8)
    return Ratings(codes, (False, True))
