"""A progress bar on standard error for work that takes more than a second."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from types import TracebackType

APPEARS_AFTER = 1.0
"""Seconds of work before the bar is drawn: short work stays silent."""
REDRAWN_EVERY = 0.1


class Progress:
    """Called with how much is done and how much there is; draws at most ten times a second."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._started = time.monotonic()
        self._drawn = 0.0
        self._visible = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._visible:
            click.echo("\r\x1b[K", err=True, nl=False)

    def __call__(self, done: int, total: int, what: str = "") -> None:
        """Draw the bar, if it is time to. `total` of 0: how much there is, is not known."""
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self._started < APPEARS_AFTER:
            return
        if now - self._drawn < REDRAWN_EVERY and done != total:
            return
        self._drawn, self._visible = now, True
        click.echo(f"\r\x1b[K{self._title} {_bar(done, total)} {what[:40]}", err=True, nl=False)


def _bar(done: int, total: int, width: int = 24) -> str:
    if total <= 0:
        return f"{done:,}"
    full = round(width * min(done / total, 1.0))
    return f"{'▓' * full}{'░' * (width - full)} {done:,}/{total:,}"
