"""Whether a key may decide: never on what its presser cannot have seen.

Keys wait in line while the screen is drawn, a key bounces, a held key repeats. None of them may
accept, reject or close something that was not on the screen when it was pressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SETTLE: Final = 0.15
"""Seconds after an item is painted in which no key decides on it: nobody reads faster."""
REPEAT: Final = 0.09
"""Seconds between two presses below which the key is held down or bounces."""
DECIDING: Final = frozenset({"accept", "accept_all", "reject", "skip", "finish"})
"""Deeds that decide on what is shown."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What there is to decide on: an item, with something open or nothing."""

    item: str
    closing: bool
    """Whether nothing is open, so that accepting closes the item."""


@dataclass(frozen=True, slots=True)
class Press:
    """A key and when it was pressed, in seconds of the event clock."""

    key: str
    at: float


class Pace:
    """Knows when each sight was painted, and which presses came too early for it."""

    def __init__(self, settle: float = SETTLE, repeat: float = REPEAT) -> None:
        self._settle = settle
        self._repeat = repeat
        self._item = ""
        self._item_at = 0.0
        self._sight: Sight | None = None
        self._sight_at = 0.0
        self._last: Press | None = None
        self._last_refused = False

    def painted(self, sight: Sight, at: float) -> None:
        """Note that a sight is on the screen since then."""
        if sight.item != self._item:
            self._item, self._item_at = sight.item, at
        if sight != self._sight:
            self._sight, self._sight_at = sight, at

    def allows(self, deed: str, sight: Sight, press: Press) -> bool:
        """Whether a press may do a deed on the sight; asked once for each press."""
        allowed = deed not in DECIDING or not self._too_early(sight, press)
        self._last, self._last_refused = press, not allowed
        return allowed

    def _too_early(self, sight: Sight, press: Press) -> bool:
        if sight.item != self._item or press.at < self._item_at + self._settle:
            return True
        last = self._last
        repeated = last is not None and last.key == press.key and press.at - last.at < self._repeat
        if sight.closing:
            unseen = sight != self._sight or press.at < self._sight_at
            return unseen or repeated
        return repeated and self._last_refused
