"""Every stage on projects of 10³ to 10⁵ sentences: seconds, memory, and how steeply it grows.

Texts are mixed from the demo's sentences, no two articles alike; candidates come from the rules
and the tagger; two annotators accept what was proposed, each leaving some of it out, in the first
half of the items. Each stage runs in a process of its own. The exponent is that of a power law
through the two largest sizes: 1 is linear, and what does not touch the whole project lies near 0.

`CURATE_BENCH_SIZES=1000,10000,1000000` measures other sizes.
"""

from __future__ import annotations

import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Status
from curate.model.change import difference
from curate.model.ids import new_id
from curate.project.activity import utc_now
from curate.project.adding import AddOptions, add
from curate.project.annotating import Annotating
from curate.project.auditing import audit
from curate.project.exchanging import ExportOptions, export
from curate.project.fitting import fitting
from curate.project.headless import suggested
from curate.project.opening import create_project, open_project
from curate.project.proposals import Proposals, accept_frame, accept_mention
from curate.project.releasing import release
from curate.project.reviewing import take_over
from curate.project.searching import Query, search
from curate.project.statistics import statistics
from curate.store.journal import Decision
from tests.benchmarks.adding import write_corpus
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.model.item import Item
    from curate.project.opening import Project

SIZES = tuple(int(n) for n in os.environ.get("CURATE_BENCH_SIZES", "1000,10000,100000").split(","))
SHARE = 0.5
"""Of the items that two annotators have done."""
STEEP = 1.2
"""n log n between 10⁴ and 10⁵ looks like an exponent of 1.1."""


def _add(folder: Path) -> None:
    with create_project(folder / "p.curate") as project:
        add(project, [folder / "texts.jsonl"], AddOptions())


def _annotate(folder: Path) -> None:
    """Let two annotators accept most of what is proposed; makes the ground for the rest."""
    with open_project(folder / "p.curate") as project:
        store = project.store
        left = int(store.items.count() * SHARE)
        draw = random.Random(3)
        for key in store.documents.ids():
            proposals = Proposals.of(*fitting(project.schema, *store.candidates.of(key)))
            with store.writing():
                for item in store.items.of_document(key)[:left]:
                    left -= 1
                    for who in ("amal", "badr"):
                        _accept(project, item, who, proposals, draw)
            if not left:
                return


def _accept(
    project: Project, item: Item, who: str, proposals: Proposals, draw: random.Random
) -> None:
    """Nine of ten proposals of an item, as one decision."""
    before = Annotation(who, item.span)
    after = replace(before, status=Status.DONE)
    for mention in proposals.mentions.values():
        if item.span.covers(mention.span) and draw.random() < 0.9:
            after, _ = accept_mention(project.schema, after, mention, new_id)
    for frame in proposals.frames.values():
        if item.span.covers(frame.trigger) and draw.random() < 0.9:
            after, _ = accept_frame(project.schema, after, frame, proposals, new_id)
    change = difference(before, after)
    row = Decision(new_id(), who, item.id, "accept all", change, 4.0, 3, utc_now())
    project.store.journal.write(row)


def _open(folder: Path) -> None:
    with open_project(folder / "p.curate") as project:
        Annotating(project, "amal")


def _next(folder: Path) -> None:
    with open_project(folder / "p.curate") as project:
        session = Annotating(project, "amal")
        for _ in range(50):
            session.next()


def _search(folder: Path) -> None:
    with open_project(folder / "p.curate") as project:
        for _ in zip(range(100), search(project, Query("غرفة التحرير")), strict=False):
            pass


def _agreement(folder: Path) -> None:
    from curate.project.agreeing import AgreementOptions, agreement_of_project, as_json

    with open_project(folder / "p.curate", read_only=True) as project:
        as_json(agreement_of_project(project, AgreementOptions()))


def _export(folder: Path) -> None:
    with open_project(folder / "p.curate", read_only=True) as project:
        export(project, "jsonl", folder / "out.jsonl", ExportOptions())


def _statistics(folder: Path) -> None:
    with open_project(folder / "p.curate", read_only=True) as project:
        statistics(project)


def _check(folder: Path) -> None:
    with open_project(folder / "p.curate", read_only=True) as project:
        assert not list(audit(project))


def _release(folder: Path) -> None:
    with open_project(folder / "p.curate") as project:
        take_over(project, "amal", by="lead")
        release(project, "v1", folder / "v1")


def _suggest(folder: Path) -> None:
    for _ in suggested([folder / "texts.jsonl"]):
        pass


STAGES: dict[str, Callable[[Path], None]] = {
    "suggest, one process": _suggest,
    "add": _add,
    "annotate": _annotate,
    "open": _open,
    "50 next items": _next,
    "search, first 100": _search,
    "agreement": _agreement,
    "statistics": _statistics,
    "export jsonl": _export,
    "check": _check,
    "gold and release": _release,
}
"""In the order in which they run on one project; `annotate` makes the ground for the rest."""


def run() -> list[Row]:
    """Time each stage at each size."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in STAGES}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_corpus(folder / "texts.jsonl", size)
            for stage in STAGES:
                taken[stage].append(_timed(stage, folder))
    return [_row(stage, found) for stage, found in taken.items() if stage != "annotate"]


def _timed(stage: str, folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of a stage in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.growth", stage, str(folder)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(memory)


def _row(stage: str, found: list[tuple[float, float]]) -> Row:
    shown = ", ".join(
        f"{size:,}: {seconds:.2f} s {memory:.0f} MB"
        for size, (seconds, memory) in zip(SIZES, found, strict=True)
    )
    exponent = None
    if len(found) > 1:
        (before, _), (after, _) = found[-2:]
        exponent = math.log(after / before) / math.log(SIZES[-1] / SIZES[-2])
    said = "" if exponent is None else f"exponent {exponent:.2f}"
    return Row(stage, shown, said, None, None, f"no steeper than {STEEP}")


if __name__ == "__main__":
    start = time.perf_counter()
    STAGES[sys.argv[1]](Path(sys.argv[2]))
    spent = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([spent, usage]))
