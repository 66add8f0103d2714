"""How long search takes on a million sentences: with the index, and reading every text."""

from __future__ import annotations

import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from curate.model.annotation import Status
from curate.project.opening import create_project, open_project
from curate.project.searching import Query, keep_up, search
from curate.text.search import Needle
from tests.benchmarks.measure import Row
from tests.benchmarks.store import ANNOTATED, LARGE, NOW, _annotate, _documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.project.opening import Project


def _filled(path: Path, sentences: int) -> float:
    """Make the project; return the seconds that indexing took."""
    with create_project(path) as project:
        intake = project.store.documents.intake(project.unit, at=NOW)
        with project.store.relaxed():
            for document in _documents(sentences):
                intake.add(document)
            intake.commit()
            start = time.perf_counter()
            keep_up(project)
            took = time.perf_counter() - start
            items = islice(project.store.items.all(), ANNOTATED)
            while chunk := list(islice(items, 2_000)):
                with project.store.writing():
                    for item in chunk:
                        _annotate(project.store, item.id, Status.DONE)
    return took


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _scan(project: Project, words: str) -> int:
    """The same answer without an index: every text is read."""
    needle = Needle.of(words)
    return sum(1 for d in project.store.documents.all() for _ in needle.hits(d.text))


def run() -> list[Row]:
    """Measure rare, common and absent words, and a filter, on one project."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.curate"
        indexing = _filled(path, LARGE)
        rows = [Row(f"index {LARGE:,} sentences", f"{indexing:.1f} s", "", None)]
        with open_project(path, read_only=True) as project:
            scan = _seconds(lambda: _scan(project, "٩٩٩٩٩٩"))
            works = {
                "one sentence in a million": Query("رقم 777777"),
                "a word that is nowhere": Query("السفينه"),
                "a word in every sentence: 1,000 hits": Query("الحريق"),
                "two letters: 1,000 hits": Query("ال"),
                "a type and words of its mentions": Query("المت", type="PER"),
                "a type and words that none has": Query("السفينه", type="PER"),
            }
            for name, query in works.items():
                ours = min(_seconds(lambda: _first(project, query)) for _ in range(3))  # noqa: B023
                whole = min(_seconds(lambda: list(search(project, query))) for _ in range(3))  # noqa: B023
                rows.append(
                    Row(
                        f"search: {name}",
                        f"first hit {ours * 1000:.0f} ms, all {whole * 1000:.0f} ms",
                        f"reading every text {scan:.1f} s",
                        whole / scan,
                    )
                )
    return rows


def _first(project: Project, query: Query) -> object:
    return next(search(project, query), None)
