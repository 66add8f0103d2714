"""How long adding 100,000 sentences takes, stage by stage, beside plain `sqlite3`."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from curate.candidates.warm import producer_for
from curate.formats.schema_file import shipped_schema
from curate.project.adding import AddOptions, add
from curate.project.opening import create_project
from curate.project.reading import ReadingOptions, read
from curate.project.sources import Kind, Source
from curate.shipped import shipped
from curate.store.candidates import candidates_to_json
from curate.text.sentences import segment
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

SENTENCES = 100_000
PER_DOCUMENT = 20
BUDGET_SECONDS = 60
BUDGET_MEGABYTES = 500


def texts(sentences: int) -> Iterator[str]:
    """Documents mixed from the demo's sentences, no two alike, of the demo's make."""
    folder = shipped("seeds").joinpath("articles")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".txt")), key=lambda f: f.name)
    known = [
        sentence.span.of(text)
        for text in (f.read_text(encoding="utf-8") for f in files)
        for sentence in segment(text)
    ]
    chance = random.Random(11)
    for number in range(sentences // PER_DOCUMENT):
        chosen = chance.choices(known, k=PER_DOCUMENT - 1)
        yield "\n".join([f"وصل الخبر رقم {number} إلى غرفة التحرير ظهرا.", *chosen])


def write_corpus(path: Path, sentences: int = SENTENCES) -> None:
    """Write the documents as Curate JSONL."""
    with path.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts(sentences)):
            record = {"format": "curate/1", "id": f"t{number}", "text": text}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _measured(path: Path, folder: Path, *, candidates: bool, told: object) -> None:
    """Add in a process of its own, so that its memory can be told, that of its helpers added."""
    with create_project(folder / "p.curate") as project:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        result = add(project, [path], AddOptions(candidates=candidates))
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak += len(os.sched_getaffinity(0)) * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    size = (folder / "p.curate").stat().st_size
    told.send((seconds, before / 1024, peak / 1024, size / 1e6, result.as_json()))  # type: ignore[attr-defined]  # a pipe's end


def _add_apart(
    path: Path, *, candidates: bool
) -> tuple[float, float, float, float, dict[str, int]]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        child = context.Process(
            target=_measured,
            args=(path, Path(folder)),
            kwargs={"candidates": candidates, "told": there},
        )
        child.start()
        told: tuple[float, float, float, float, dict[str, int]] = here.recv()
        child.join()
    return told


def _plain(path: Path) -> float:
    """Seconds that bare `sqlite3` takes to write the same rows, read and cut beforehand."""
    source = Source(path.name, Kind.JSONL, path)
    producer = producer_for(shipped_schema())
    documents, sentences, candidates = [], [], []
    for number, record in enumerate(read(source, ReadingOptions())):
        document = record.document
        documents.append((number, document.id, document.sha256, "{}", document.text))
        spans = [(number, s.span.start, s.span.end, s.kind.value) for s in document.sentences]
        sentences += spans
        candidates.append((number, candidates_to_json(producer.propose(document))))
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "plain.db")) as raw,
    ):
        start = time.perf_counter()
        raw.execute("PRAGMA journal_mode = wal")
        raw.execute("CREATE TABLE d (n INTEGER PRIMARY KEY, id, sha256, meta, text)")
        raw.execute("CREATE TABLE s (d, a, b, kind)")
        raw.execute("CREATE TABLE i (id TEXT PRIMARY KEY, d, a, b)")
        raw.execute("CREATE TABLE c (d, payload)")
        with raw:
            raw.executemany("INSERT INTO d VALUES (?, ?, ?, ?, ?)", documents)
            raw.executemany("INSERT INTO s VALUES (?, ?, ?, ?)", sentences)
            items = ((f"t{d}:{a}-{b}", d, a, b) for d, a, b, _ in sentences)
            raw.executemany("INSERT INTO i VALUES (?, ?, ?, ?)", items)
            raw.executemany("INSERT INTO c VALUES (?, ?)", candidates)
        return time.perf_counter() - start


def _stages(path: Path) -> list[Row]:
    source = Source(path.name, Kind.JSONL, path)
    start = time.perf_counter()
    records = list(read(source, ReadingOptions()))
    reading = time.perf_counter() - start
    producer = producer_for(shipped_schema())
    start = time.perf_counter()
    for record in records:
        producer.propose(record.document)
    proposing = time.perf_counter() - start
    return [
        Row("  reading and cutting", f"{reading:.1f} s", "", None),
        Row("  proposing candidates in one process", f"{proposing:.1f} s", "", None),
    ]


def run() -> list[Row]:
    """Measure whole runs in processes of their own, then the stages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.jsonl"
        write_corpus(path)
        seconds, before, peak, size, counts = _add_apart(path, candidates=True)
        bare, _, bare_peak, _, _ = _add_apart(path, candidates=False)
        plain = _plain(path)
        return [
            Row(
                f"add {counts['sentences']:,} sentences, {counts['candidates']:,} candidates",
                f"{seconds:.1f} s, peak {peak:.0f} MB ({before:.0f} before), file {size:.0f} MB",
                f"{BUDGET_SECONDS} s budget",
                seconds / BUDGET_SECONDS,
                limit=f"≤ 60 s, ≤ {BUDGET_MEGABYTES} MB",
            ),
            Row(
                "add them without candidates",
                f"{bare:.1f} s, peak {bare_peak:.0f} MB",
                f"sqlite3 executemany of all rows {plain:.1f} s",
                bare / plain,
            ),
            *_stages(path),
        ]
