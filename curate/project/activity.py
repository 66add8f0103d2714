"""How long a decision took and how many keys it cost."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_AFTER = 30.0
"""Seconds without a key that count as a pause, not as work."""


class Activity:
    """Counts active seconds and keys since the last decision."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0
        self._keys = 0

    def key(self) -> None:
        """Note a key press, wherever it is typed."""
        self.seen()
        self._keys += 1

    def seen(self) -> None:
        """Note that somebody is at work; time since the last sign counts up to `IDLE_AFTER`."""
        now = self._clock()
        self._seconds += min(now - self._last, IDLE_AFTER)
        self._last = now

    def take(self) -> tuple[float, int]:
        """Return seconds and keys since the last call, and start again from zero."""
        taken = round(self._seconds, 3), self._keys
        self._seconds, self._keys = 0.0, 0
        return taken


def utc_now() -> str:
    """The time in UTC, ISO 8601 with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
