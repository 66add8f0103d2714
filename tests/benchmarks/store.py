"""What a decision costs, and whether a large project opens and moves as fast as a small one."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from curate.formats.schema_file import shipped_schema_text
from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention, Status
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.change import difference
from curate.model.document import Document, Sentence, document_id
from curate.model.ids import new_id
from curate.model.span import Span
from curate.project.opening import create_project, open_project
from curate.store.intake import Proposed
from curate.store.journal import Decision
from curate.store.store import Store
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = "2024-05-01T10:00:00.000+00:00"
SMALL, LARGE, ANNOTATED = 1_000, 1_000_000, 100_000
PER_DOCUMENT = 20
_SENTENCE = (
    "أعلن المتحدث باسم البلدية رقم {} أن فرق الإطفاء سيطرت على الحريق مساء أمس ولم تقع إصابات."
)


def _documents(sentences: int) -> Iterator[Document]:
    for first in range(0, sentences, PER_DOCUMENT):
        text, spans = "", []
        for number in range(first, first + PER_DOCUMENT):
            start = len(text)
            text += _SENTENCE.format(number)
            spans.append(Sentence(Span(start, len(text))))
            text += "\n"
        yield Document(document_id(text), text, {"source": "bench"}, tuple(spans))


def _candidates(document: Document) -> Proposed:
    found: list[MentionCandidate | FrameCandidate] = []
    for number, sentence in enumerate(document.sentences):
        start = sentence.span.start
        name = f"c{number}"
        found += [
            MentionCandidate(
                f"{name}m", Span(start + 5, start + 12), "PER", None, 0.9, "b/1", "قائمة"
            ),
            FrameCandidate(
                f"{name}f", "Fire", Span(start, start + 4),
                (Argument("Agent", mention=f"{name}m"),), 0.8, "b/1", "معجم",
            ),
        ]  # fmt: skip
    return Proposed.of("b/1", found)


def _filled(path: Path, sentences: int, annotated: int) -> None:
    with create_project(path) as project:
        intake = project.store.documents.intake(project.unit, at=NOW)
        with project.store.relaxed():
            for document in _documents(sentences):
                intake.add(document, [_candidates(document)])
            intake.commit()
            items = islice(project.store.items.all(), annotated)
            while chunk := list(islice(items, 2_000)):
                with project.store.writing():
                    for item in chunk:
                        _annotate(project.store, item.id, Status.DONE)


def _annotate(store: Store, item: str, status: Status) -> Annotation:
    """One decision of usual size: two mentions, a frame, two fates, a status."""
    before = store.annotations.get(item, "a1")
    start = before.item.start
    mentions = tuple(
        Mention(new_id(), Span(start + at, start + at + 4), "PER", None, {}, "c1") for at in (5, 20)
    )
    frame = Frame(new_id(), "Fire", Span(start, start + 4), (Argument("Agent", mentions[0].id),))
    after = replace(
        before, status=status, mentions=mentions, frames=(frame,),
        fates={"c1": Fate.ACCEPTED, "c2": Fate.REJECTED},
    )  # fmt: skip
    change = difference(before, after)
    return store.journal.write(Decision(new_id(), "a1", item, "bench", change, 1.0, 2, NOW))


def _milliseconds(work: Callable[[], object], rounds: int = 200) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _open(path: Path) -> None:
    """What the workbench does before its first item can be drawn."""
    with open_project(path) as project:
        store = project.store
        item = store.items.next_open("a1") or store.items.first()
        assert item is not None
        store.documents.get(item.document)
        store.candidates.of(item.document)
        store.annotations.get(item.id, "a1")
        store.items.position(item.id)
        store.items.counts("a1")
        store.journal.can_undo("a1")


def _opening(small: Path, large: Path) -> Row:
    pairs = [(_milliseconds(lambda: _open(large), 1), _milliseconds(lambda: _open(small), 1))
             for _ in range(21)]  # fmt: skip
    ratios = [ours / peer for ours, peer in pairs]
    return Row(
        "open a project at its next open item",
        f"{LARGE:,} sentences {min(p[0] for p in pairs):.1f} ms",
        f"{SMALL:,} sentences {min(p[1] for p in pairs):.1f} ms",
        statistics.median(ratios),
        (min(ratios), max(ratios)),
        "≤ 1.6 ×",
    )


def _moving(small: Path, large: Path) -> Iterator[Row]:
    with Store.open(small) as few, Store.open(large) as many:
        works: dict[str, Callable[[Store], object]] = {
            "next open item": lambda s: s.items.next_open("a1", _first(s)),
            "next item": lambda s: s.items.after(_first(s)),
            "position and total": lambda s: s.items.position(_first(s)),
            "items by status": lambda s: s.items.counts("a1"),
            "read a document": lambda s: s.documents.get(_first(s).partition(":")[0]),
            "read its candidates": lambda s: s.candidates.of(_first(s).partition(":")[0]),
            "read an annotation": lambda s: s.annotations.get(_first(s), "a1"),
            "is there anything to undo": lambda s: s.journal.can_undo("a1"),
            "latest 50 of the history": lambda s: s.journal.history(annotator="a1"),
        }
        for name, work in works.items():
            ours, peer = _milliseconds(lambda: work(many)), _milliseconds(lambda: work(few))  # noqa: B023
            yield Row(name, f"{ours:.3f} ms", f"{peer:.3f} ms", ours / peer)


_FIRST: dict[Path, str] = {}


def _first(store: Store) -> str:
    if store.path not in _FIRST:
        item = store.items.first()
        assert item is not None
        _FIRST[store.path] = item.id
    return _FIRST[store.path]


def _writing(path: Path, folder: Path, name: str) -> Row:
    with Store.open(path) as store:
        items = iter([item.id for item in islice(store.items.all(), 900, None)])
        ours = _milliseconds(lambda: _annotate(store, next(items), Status.DONE), 90)
        reach = _milliseconds(lambda: _undo_redo(store), 50) / 2
    peer = _plain_commit(folder)
    return Row(
        f"commit a decision ({name}; undo or redo {reach:.2f} ms)",
        f"{ours:.2f} ms",
        f"one row with sqlite3, synchronous=FULL {peer:.2f} ms",
        ours / peer,
    )


def _undo_redo(store: Store) -> None:
    store.journal.undo("a1", at=NOW, row=new_id())
    store.journal.redo("a1", at=NOW, row=new_id())


def _plain_commit(folder: Path) -> float:
    with closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = wal")
        raw.execute("PRAGMA synchronous = full")
        raw.execute("CREATE TABLE IF NOT EXISTS t (a)")
        return _milliseconds(lambda: raw.execute("INSERT INTO t VALUES (?)", ("x" * 500,)))


def _sync(folder: Path) -> Row:
    with (folder / "sync").open("wb") as file:

        def work() -> None:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())

        return Row(
            "what this disk takes for 4 kB and fsync", f"{_milliseconds(work):.2f} ms", "", None
        )


def run() -> list[Row]:
    """Fill a small and a large project, then measure both in the same run."""
    shipped_schema_text()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = folder / "small.curate", folder / "large.curate"
        _filled(small, SMALL, SMALL // 10)
        start = time.perf_counter()
        _filled(large, LARGE, ANNOTATED)
        filled = time.perf_counter() - start
        size = large.stat().st_size / 1e6
        return [
            Row(f"fill {LARGE:,} sentences", f"{filled:.0f} s, {size:.0f} MB", "", None),
            _opening(small, large),
            *_moving(small, large),
            _writing(small, folder, f"{SMALL:,} sentences"),
            _writing(large, folder, f"{LARGE:,} sentences"),
            _sync(folder),
        ]  # fmt: skip
