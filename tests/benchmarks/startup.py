"""How long the workbench takes to its first paint, beside an empty Textual app."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import Row
from tests.tui.projects import long_project
from tests.tui.pseudo_terminal import PseudoTerminal

EMPTY = "from textual.app import App\nApp().run()\n"
OURS = """
from curate.tui.first_paint import hold_collector
hold_collector()
from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.tui.app import Workbench
Workbench(Annotating(open_project({path!r}), "a1")).run()
"""
_FIRST_PAINT = b"\x1b[1;1H\x1b["
_ENV = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(Path.cwd())}


def seconds_to_paint(program: str) -> float:
    """Start a program on a pty and wait for the first row that it paints."""
    start = time.perf_counter()
    with PseudoTerminal(program, answers={}, env=_ENV, size=(80, 24)) as terminal:
        terminal.wait_for(_FIRST_PAINT)
        return time.perf_counter() - start


def run(rounds: int = 9) -> list[Row]:
    """Measure both in turns, for a small and a large document."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for sentences in (70, 10_000):
            path = long_project(Path(folder) / f"s{sentences}.curate", sentences)
            ours, empty = [], []
            for _ in range(rounds):
                empty.append(seconds_to_paint(EMPTY))
                ours.append(seconds_to_paint(OURS.format(path=str(path))))
            ratios = [a / b for a, b in zip(ours, empty, strict=True)]
            rows.append(
                Row(
                    f"first paint, {sentences} sentences",
                    f"workbench {min(ours):.3f} s",
                    f"empty Textual app {min(empty):.3f} s",
                    statistics.median(ratios),
                    (min(ratios), max(ratios)),
                    "≤ 1.6 ×",
                )
            )
    return rows
