"""The examples in `exports/`: `python -m tests.house.golden` writes them anew."""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from curate.project.adding import AddOptions, add
from curate.project.exchanging import ExportOptions, export
from curate.project.opening import create_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.opening import Project

ROOT = Path(__file__).parents[2]
OPTIONS = ExportOptions(annotators=frozenset({"gold"}), candidates=False)
WHOLE = {"jsonl": "example.jsonl", "label-studio": "example.json"}
"""Format → first file of its example, which holds every article of the demo."""
SOME = {
    "parquet": ".",
    "spacy": ".",
    "xmi": ".",
    "webanno-tsv": ".",
    "csv": ".",
    "brat": ".",
    "conllup": "corpus.conllup",
    "bio": "corpus.bio.tsv",
    "conll2003": "corpus.conll",
    "oneie": "corpus.oneie.json",
    "dygie": "corpus.dygie.jsonl",
    "rams": "corpus.rams.jsonl",
    "wikievents": ".",
    "maven-arg": "corpus.maven.jsonl",
    "acled-csv": "events.acled.csv",
    "web-annotation": ".",
}
"""The same for formats whose example holds the articles of `ARTICLES`."""
CARDED = {"parquet"}
"""Formats that write a README of their own: their example has a folder to itself."""
EXAMPLES = {**WHOLE, **SOME}
ARTICLES = ("field-01", "scrape-03", "talks-01")


def write_examples(folder: Path) -> None:
    """Export demo articles with their gold annotations into a folder a format."""
    lines = (ROOT / "seeds" / "demo" / "demo.jsonl").read_bytes().splitlines(keepends=True)
    with _project(lines) as project:
        for name, file in WHOLE.items():
            export(project, name, folder / name / file, OPTIONS)
    wanted = tuple(f'"id":"{name}"'.encode() for name in ARTICLES)
    with _project([line for line in lines if any(w in line for w in wanted)]) as project:
        for name, file in SOME.items():
            target = folder / name / ("" if name not in CARDED else "example")
            target.mkdir(exist_ok=True, parents=True)
            export(project, name, target / file, OPTIONS)


@contextmanager
def _project(lines: list[bytes]) -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "demo.jsonl"
        source.write_bytes(b"".join(lines))
        with create_project(Path(scratch) / "demo.curate") as project:
            add(project, [source], AddOptions(candidates=False))
            yield project


if __name__ == "__main__":
    write_examples(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "exports")
