"""Whether the next item by rank is found as fast in a large project as in a small one."""

from __future__ import annotations

import tempfile
import time
from itertools import islice
from pathlib import Path

from curate.model.annotation import Status
from curate.project.opening import create_project, open_project
from curate.project.queueing import Order, set_order
from curate.store.store import Store
from tests.benchmarks.measure import Row
from tests.benchmarks.store import (
    NOW,
    SMALL,
    _annotate,
    _candidates,
    _documents,
    _milliseconds,
)

LARGE, ANNOTATED = 100_000, 20_000
"""Sentences, and how many of them are done: candidates for more take long to make."""


def _filled(path: Path, sentences: int, annotated: int) -> float:
    """Make a project by uncertainty with its first items done; return seconds of ranking."""
    with create_project(path) as project:
        intake = project.store.documents.intake(project.unit, at=NOW)
        with project.store.relaxed():
            for document in _documents(sentences):
                intake.add(document, [_candidates(document)])
            intake.commit()
            start = time.perf_counter()
            set_order(project, Order.UNCERTAINTY)
            took = time.perf_counter() - start
            items = islice(project.store.items.all(), annotated)
            while chunk := list(islice(items, 2_000)):
                with project.store.writing():
                    for item in chunk:
                        _annotate(project.store, item.id, Status.DONE)
    return took


def run() -> list[Row]:
    """Fill both, then look for the next item from the start and from where one is."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few.curate"), Path(folder, "many.curate")
        _filled(few, SMALL, SMALL // 10)
        took = _filled(many, LARGE, ANNOTATED)
        rows = [Row(f"rank {LARGE:,} items by uncertainty", f"{took:.1f} s", "", None)]
        with Store.open(few) as small, Store.open(many) as large:
            ours = _milliseconds(lambda: large.items.next_open("a1"))
            peer = _milliseconds(lambda: small.items.next_open("a1"))
        rows.append(
            Row("next open item by rank", f"{ours:.3f} ms", f"{SMALL:,} {peer:.3f} ms", ours / peer)
        )
        with open_project(many) as project, open_project(few) as other:
            items = [i.id for i in islice(project.store.items.all(), ANNOTATED, ANNOTATED + 60)]
            others = [i.id for i in islice(other.store.items.all(), SMALL // 10, SMALL // 10 + 60)]
            waiting, waiting_too = iter(items), iter(others)
            ours = _milliseconds(lambda: _annotate(project.store, next(waiting), Status.DONE), 60)
            peer = _milliseconds(lambda: _annotate(other.store, next(waiting_too), Status.DONE), 60)
        rows.append(
            Row("commit a decision under ranks", f"{ours:.2f} ms", f"{peer:.2f} ms", ours / peer)
        )
    return rows
