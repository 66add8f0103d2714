"""How long `curate --help` takes beside a bare interpreter."""

from __future__ import annotations

import subprocess
import sys

from tests.benchmarks.measure import Row, row


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def run() -> list[Row]:
    """Measure whole processes, start to end."""
    return [
        row(
            "curate --help",
            ("curate --help", lambda: _run("-m", "curate", "--help")),
            ("python -c pass", lambda: _run("-c", "pass")),
            rounds=15,
            limit="≤ 10 ×",
        )
    ]
