"""The workbench on a million sentences beside a thousand: opening, and each key to its paint.

Fills two projects straight into the store; the large one has 100,000 annotated items.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.project.today import Today
from tests.benchmarks.latency import PRESSES, TimedTerminal
from tests.benchmarks.measure import Row, row
from tests.benchmarks.startup import _ENV, OURS
from tests.benchmarks.store import ANNOTATED, LARGE, SMALL, _filled

KEYS = {
    "hints on words, escape": (b"e", b"\x1b[27u"),
    "next item, the one before": (b"\x1b[6~", b"\x1b[5~"),
    "skip, undo": (b"s", b"u"),
    "progress, back": (b"p", b"\x1b[27u"),
}
"""Name → two keys pressed in turn."""
PAUSE = 0.2
"""Seconds between two keys, so that none comes too early to decide."""


def _opened(path: Path) -> None:
    """What the workbench does before its first item can be drawn."""
    with open_project(path) as project:
        session = Annotating(project, "a1")
        Today(project, "a1").progress(session.view.item.id)


def _pressed(path: Path) -> dict[str, list[float]]:
    """Seconds from each key to what it paints."""
    program = OURS.format(path=str(path))
    taken: dict[str, list[float]] = {}
    with TimedTerminal(program, answers={}, env=_ENV, size=(120, 40)) as terminal:
        terminal.wait_for(b"\x1b[1;1H\x1b[")
        terminal.drain(1.0)
        for name, keys in KEYS.items():
            found = []
            for _ in range(PRESSES // 2):
                for key in keys:
                    found.append(terminal.press(key))
                    terminal.drain(PAUSE)
            taken[name] = [seconds for seconds in found if seconds is not None]
    return taken


def measured(small: Path, large: Path) -> list[Row]:
    """The rows for two projects that are filled already."""
    rows = [
        row(
            "open the session at the next open item",
            (f"{LARGE:,} sentences", lambda: _opened(large)),
            (f"{SMALL:,} sentences", lambda: _opened(small)),
            rounds=15,
            limit="≤ 1.6 ×",
        )
    ]
    ours, peer = _pressed(large), _pressed(small)
    for name in KEYS:
        mine, other = (statistics.median(taken[name]) * 1e3 for taken in (ours, peer))
        rows.append(
            Row(
                f"key: {name}",
                f"{LARGE:,} sentences, median {mine:.1f} ms",
                f"{SMALL:,} sentences, median {other:.1f} ms",
                mine / other,
                None,
                "median ≤ 16 ms",
            )
        )
    return rows


def run() -> list[Row]:
    """Fill both projects, then measure them in turns."""
    with tempfile.TemporaryDirectory() as name:
        small, large = Path(name) / "small.curate", Path(name) / "large.curate"
        _filled(small, SMALL, SMALL // 10)
        _filled(large, LARGE, ANNOTATED)
        return measured(small, large)
