"""Ids that sort by time and never collide between copies of a project."""

from __future__ import annotations

import os
import time
from typing import Protocol


class NewId(Protocol):
    """Makes a fresh id at each call; tests pass a counter."""

    def __call__(self) -> str:
        """Return an id that was never returned before."""
        ...


def new_id() -> str:
    """A UUIDv7-like id: 48 bits of milliseconds, 80 random bits, as 32 hexadecimal digits."""
    milliseconds = time.time_ns() // 1_000_000
    return f"{milliseconds & (1 << 48) - 1:012x}{os.urandom(10).hex()}"
