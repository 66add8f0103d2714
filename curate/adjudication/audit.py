"""Check the merge: a share of what nobody ruled on is drawn and looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.adjudication.rulings import Choice
from curate.adjudication.stories import Cell, How
from curate.adjudication.values import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.adjudication.cases import Case
    from curate.adjudication.rulings import Ruling

ASSISTED_SHARE: Final = 2.0
"""How many times as often a cell is drawn that was made from a candidate."""
_AUDITED: Final = frozenset({Cell.MENTION, Cell.EVENT, Cell.ARGUMENT})
_Z: Final = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Audit:
    """How much of what was merged without a ruling did not hold."""

    drawn: int
    """Cells that were drawn."""
    checked: int
    overturned: int

    @property
    def rate(self) -> float | None:
        """Overturned of checked, or None with nothing checked."""
        return self.overturned / self.checked if self.checked else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % interval of the rate (Wilson 1927), or None with nothing checked."""
        return wilson(self.overturned, self.checked) if self.checked else None


def is_drawn(case: Case, share: float, seed: int) -> bool:
    """Whether a case is in the sample; the same seed draws the same cases anywhere."""
    verdict = case.verdict
    if case.cell not in _AUDITED or verdict is None or verdict.how is How.RULED:
        return False
    wanted = min(1.0, share * (ASSISTED_SHARE if case.assisted else 1))
    return int(digest(str(seed), case.id), 16) / (1 << 64) < wanted


def audit_of(rulings: Iterable[Ruling], waiting: int) -> Audit:
    """Count the audit from rulings in force; `waiting` cells are drawn and not yet checked."""
    checked = [r for r in rulings if r.audit and r.is_decision]
    overturned = sum(r.choice is not Choice.CONFIRMED for r in checked)
    return Audit(len(checked) + waiting, len(checked), overturned)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """95 % interval of a share, good for small numbers too (Wilson 1927)."""
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * (share * (1 - share) / of + square / (4 * of * of)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)
