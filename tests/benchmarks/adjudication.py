"""What a merge costs beside measuring agreement on the same work, and what a ruling costs."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from curate.adjudication.rulings import Choice
from curate.model.annotation import Status
from curate.project.agreeing import AgreementOptions, agreement_of_project, drawing
from curate.project.demo import make_demo
from curate.project.opening import open_project
from curate.project.reviewing import merge_project
from curate.project.reviewing_session import Reviewing
from tests.benchmarks.measure import Row, row, seconds

if TYPE_CHECKING:
    from curate.project.opening import Project

READERS = frozenset({"a1", "a2"})


def run() -> list[Row]:
    """Merge the demo's doubly annotated sentences, then rule on every case."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_demo(Path(folder) / "demo.curate")
        with open_project(path) as project:
            merge_project(project)
            options = AgreementOptions(annotators=READERS, drawing=drawing(100, None))
            merging = row(
                f"merge of {_shared(project)} items",
                ("merge", lambda: merge_project(project)),
                ("agreement, 100 drawings", lambda: agreement_of_project(project, options)),
                rounds=3,
            )
            return [merging, _rulings(project)]


def _shared(project: Project) -> int:
    """Items that both have done."""
    done = [
        {item for item, said in project.store.annotations.all(name) if said.status is Status.DONE}
        for name in sorted(READERS)
    ]
    return len(set.intersection(*done))


def _rulings(project: Project) -> Row:
    """One ruling after the other, to the end: write, merge the item, read the queue."""
    lead = Reviewing(project, "lead")
    costs = []
    while queue := lead.queue():
        costs.append(seconds(lambda: lead.rule(queue[0], Choice.READING)))
    worst = sorted(costs)[int(0.99 * len(costs))]
    said = f"median {1000 * statistics.median(costs):.1f} ms, 99 % {1000 * worst:.1f} ms"
    return Row(f"{len(costs)} rulings to complete gold", said, "–", None)
