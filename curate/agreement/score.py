"""A figure, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SMALL_DOCUMENTS: Final = 20
SMALL_ITEMS: Final = 50
"""With fewer documents or items than these a figure is marked as a small sample."""


@dataclass(frozen=True, slots=True)
class NotComputable:
    """Stands where a figure would: never 0, 1 or NaN for what cannot be known."""

    because: str

    def __str__(self) -> str:
        return f"not computable: {self.because}"


Score = float | NotComputable
"""A measure's value."""

NOTHING_MARKED: Final = NotComputable("nobody marked anything of this kind")
NO_VARIATION: Final = NotComputable("no variation: only one label was used")
NOTHING_SHARED: Final = NotComputable("no item was rated by two annotators")


@dataclass(frozen=True, slots=True)
class Tally:
    """What two annotators marked and how much of it matches; pooled by adding."""

    matched: float = 0
    first: int = 0
    second: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.matched + other.matched, self.first + other.first, self.second + other.second
        )

    @property
    def f1(self) -> Score:
        """F1 = 2·matched / (first + second), the same from either side.

        It equals mean positive specific agreement (Hripcsak and Rothschild 2005).
        """
        marked = self.first + self.second
        return 2 * self.matched / marked if marked else NOTHING_MARKED


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient with the two parts it is made of."""

    value: Score
    observed: float | None = None
    """Observed agreement; for α observed disagreement."""
    expected: float | None = None
    """Agreement expected by chance; for α expected disagreement."""


def above_chance(observed: float, expected: float) -> Coefficient:
    """(observed − expected) / (1 − expected); not computable when chance explains everything."""
    if 1 - expected < 1e-12:
        return Coefficient(NO_VARIATION, observed, expected)
    return Coefficient((observed - expected) / (1 - expected), observed, expected)
