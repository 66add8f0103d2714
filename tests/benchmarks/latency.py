"""From a key to the first bytes painted, through a pty, in a small and a large document."""

from __future__ import annotations

import select
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import Row
from tests.benchmarks.startup import _ENV, OURS
from tests.tui.projects import long_project
from tests.tui.pseudo_terminal import PseudoTerminal

KEYS = {
    "left": (b"\x1b[D", b"\x1b[D"),
    "shift+left": (b"\x1b[1;2D", b"\x1b[1;2D"),
    "ctrl+left, ctrl+right": (b"\x1b[1;5D", b"\x1b[1;5C"),
    "tab": (b"\t", b"\t"),
    "hints on words, escape": (b"e", b"\x1b[27u"),
    "why, and away": (b"w", b"w"),
    "accept, close, open the next": (b"\r", b"\r"),
    "undo": (b"u", b"u"),
    "next item, the one before": (b"\x1b[6~", b"\x1b[5~"),
    "scroll down, up": (b"\x1b[6;2~", b"\x1b[5;2~"),
}
"""Name → two keys pressed in turn."""
PRESSES = 40


class TimedTerminal(PseudoTerminal):
    """A terminal that takes the time from a key to what it paints."""

    def drain(self, seconds: float) -> None:
        """Read until nothing comes for so long."""
        while self._read(seconds):
            pass

    def press(self, key: bytes) -> float | None:
        """Seconds from the key to the first byte; None when nothing is painted."""
        start = time.perf_counter()
        self.type(key)
        if not select.select([self._terminal], [], [], 0.5)[0]:
            return None
        taken = time.perf_counter() - start
        self.drain(0.06)
        self.written = b""
        return taken


def _row(name: str, sentences: int, taken: list[float]) -> Row:
    taken.sort()
    median = statistics.median(taken) * 1e3
    late = taken[min(len(taken) - 1, int(len(taken) * 0.95))] * 1e3
    return Row(
        f"{name}, {sentences} sentences",
        f"median {median:.1f} ms",
        f"p95 {late:.1f} ms of {len(taken)}",
        None,
        limit="median ≤ 16 ms, p95 ≤ 33 ms",
    )


def run() -> list[Row]:
    """Press each key some dozens of times."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for sentences in (70, 10_000):
            path = long_project(Path(folder) / f"s{sentences}.curate", sentences)
            program = OURS.format(path=str(path))
            with TimedTerminal(program, answers={}, env=_ENV, size=(100, 40)) as terminal:
                terminal.wait_for(b"\x1b[1;1H\x1b[")
                terminal.drain(1.0)
                for name, keys in KEYS.items():
                    taken = [terminal.press(key) for _ in range(PRESSES // 2) for key in keys]
                    rows.append(_row(name, sentences, [t for t in taken if t is not None]))
    return rows
