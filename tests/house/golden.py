"""The examples in `exports/`: `python -m tests.house.golden` writes them anew."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from curate.project.adding import AddOptions, add
from curate.project.exchanging import ExportOptions, export
from curate.project.opening import create_project

ROOT = Path(__file__).parents[2]
OPTIONS = ExportOptions(annotators=frozenset({"gold"}), candidates=False)
EXAMPLES = {"jsonl": "example.jsonl", "label-studio": "example.json"}
"""Format → first file of its example."""


def write_examples(folder: Path) -> None:
    """Export the demo articles with their gold annotations into a folder a format."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        create_project(Path(scratch) / "demo.curate") as project,
    ):
        add(project, [ROOT / "seeds" / "demo" / "demo.jsonl"], AddOptions(candidates=False))
        for name, file in EXAMPLES.items():
            export(project, name, folder / name / file, OPTIONS)


if __name__ == "__main__":
    write_examples(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "exports")
