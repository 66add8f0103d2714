"""Time two things in turns and report their ratio with its spread."""

from __future__ import annotations

import gc
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison."""

    subject: str
    ours: str
    """What was measured, with its figure."""
    peer: str
    """What ran beside it, with its figure."""
    ratio: float | None
    """Ours divided by the peer's (time or memory: less is better), or None without a peer."""
    spread: tuple[float, float] | None = None
    """Smallest and largest ratio of the rounds."""
    limit: str | None = None
    """What the project promises."""


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds that one call takes, with the garbage collector kept out."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start
    finally:
        gc.enable()


def compare(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int = 5
) -> tuple[float, float, list[float]]:
    """Run the two in turns: best seconds of each, and the ratio of every round."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        mine.append(seconds(ours))
        theirs.append(seconds(peer))
    return min(mine), min(theirs), [a / b for a, b in zip(mine, theirs, strict=True)]


def row(
    subject: str,
    ours: tuple[str, Callable[[], object]],
    peer: tuple[str, Callable[[], object]],
    *,
    rounds: int = 5,
    limit: str | None = None,
) -> Row:
    """Compare two named pieces of work as a row; the ratio is the median of the rounds."""
    best, other, ratios = compare(ours[1], peer[1], rounds)
    return Row(
        subject,
        f"{ours[0]} {best:.3f} s",
        f"{peer[0]} {other:.3f} s",
        statistics.median(ratios),
        (min(ratios), max(ratios)),
        limit,
    )


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    lines = [("subject", "ours", "peer", "ratio (spread)", "promise")]
    for r in rows:
        ratio = "–" if r.ratio is None else f"{r.ratio:.2f}"
        if r.spread is not None:
            ratio += f" ({r.spread[0]:.2f}–{r.spread[1]:.2f})"
        lines.append((r.subject, r.ours, r.peer, ratio, r.limit or ""))
    widths = [max(len(line[i]) for line in lines) for i in range(5)]
    return "\n".join(
        "  ".join(part.ljust(width) for part, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
