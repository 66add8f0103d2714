"""Deeds that tell something about the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.project.today import Progress
    from curate.tui.screens.desk import Desk
    from curate.tui.words import Words


def progress(screen: Desk) -> str:
    """Say how far the day's work and the batch are."""
    return progress_line(screen.progress, screen.words)


def progress_line(made: Progress, words: Words) -> str:
    """Items and speed of today, and what is left of the batch and of all."""
    said = [words("progress_today", items=made.items, decisions=made.decisions)]
    if made.seconds:
        minutes = round(made.seconds / 60)
        said.append(words("progress_speed", speed=f"{made.speed:.1f}", minutes=minutes))
    if made.batch is not None:
        done = made.batch_total - made.batch_left
        said.append(words("progress_batch", batch=made.batch, done=done, total=made.batch_total))
    said.append(words("progress_left", left=made.left, total=made.total))
    return " · ".join(said)


TELLING = (progress,)
"""The deeds of this file, by the names that `commands` uses."""
