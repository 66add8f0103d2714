"""Krippendorff's α beside the `krippendorff` package, intervals, and a report on a large corpus.

The peer is imported by the interpreter that `CURATE_PEER_PYTHON` names, else by this one; where
it is not installed the row says so. Each side runs in a process of its own, so that the largest
memory is that of its own work.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from curate.agreement.alpha import alpha_of_sums, sums_by_document
from curate.agreement.intervals import bootstrap
from curate.agreement.ratings import Ratings
from curate.formats.jsonl import read_records, write_record
from curate.formats.records import Record
from curate.model.annotation import Annotation, Frame, Mention, Status, frame_order, mention_order
from curate.model.span import Span
from curate.project.adding import AddOptions, add
from curate.project.agreeing import AgreementOptions, compare_files, compare_project
from curate.project.opening import create_project
from curate.shipped import shipped
from tests.benchmarks.measure import Row, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

ROUNDS = 3
SENTENCES = 10_000
_DATA = """
import json, resource, sys, time
import numpy as np
random = np.random.default_rng(5)
truth = random.integers(0, 10, (1, 1_000_000))
noise = random.integers(0, 10, (5, 1_000_000))
data = np.where(random.random(noise.shape) < 0.7, truth, noise).astype(float)
data[random.random(data.shape) < 0.2] = np.nan
del truth, noise
"""
_TIMED = """
def status(name):
    for line in open("/proc/self/status"):
        if line.startswith(name):
            return int(line.split()[1]) / 1024
with open("/proc/self/clear_refs", "w") as file:
    file.write("5")  # the largest memory counts from here
before, start = status("VmRSS"), time.perf_counter()
value = work(data)
took = time.perf_counter() - start
print(json.dumps([value, took, status("VmHWM") - before]))
"""
_OURS = """
from curate.agreement.alpha import alpha
from curate.agreement.ratings import Ratings
def work(data):
    codes = np.where(np.isnan(data), -1, data).astype(np.int8).T
    return alpha(Ratings(codes, tuple(range(10)))).value
"""
_PEER = """
import krippendorff
def work(data):
    return krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
"""


def _measured(python: str, work: str) -> tuple[float, float, float] | None:
    """α, seconds and megabytes on top of the data; None where the peer is not installed."""
    done = subprocess.run(
        [python, "-c", work + _DATA + _TIMED], capture_output=True, text=True, check=False
    )
    if "ModuleNotFoundError" in done.stderr:
        return None
    done.check_returncode()
    value, took, memory = json.loads(done.stdout)
    return value, took, memory


def _alpha() -> list[Row]:
    peer = os.environ.get("CURATE_PEER_PYTHON", sys.executable)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        mine = _measured(sys.executable, "import numpy as np\n" + _OURS)
        other = _measured(peer, "import numpy as np\n" + _PEER)
        if mine is not None:
            ours.append(mine)
        if other is None:
            break
        theirs.append(other)
    subject = "α of 1,000,000 items × 5 annotators × 10 labels"
    best, memory = min(m[1] for m in ours), min(m[2] for m in ours)
    if not theirs:
        said = "krippendorff is not installed here"
        return [Row(subject, f"{best:.2f} s, {memory:.0f} MB more", said, None)]
    if abs(ours[0][0] - theirs[0][0]) > 1e-9:
        sys.exit(f"α differs: {ours[0][0]} here, {theirs[0][0]} there")
    rows = []
    for place, unit, promise in ((1, "s", "≤ 0.125"), (2, "MB", "≤ 0.125")):
        ratios = sorted(a[place] / b[place] for a, b in zip(ours, theirs, strict=True))
        rows.append(
            Row(
                f"{subject}: {'time' if place == 1 else 'memory'}",
                f"curate {min(m[place] for m in ours):.2f} {unit}",
                f"krippendorff {min(m[place] for m in theirs):.2f} {unit}",
                ratios[len(ratios) // 2], (ratios[0], ratios[-1]), promise,
            )
        )  # fmt: skip
    return rows


_DRAWING = """
import json, time
import numpy as np, krippendorff
random = np.random.default_rng(3)
truth = random.integers(0, 10, (1, 100_000))
noise = random.integers(0, 10, (5, 100_000))
data = np.where(random.random(noise.shape) < 0.7, truth, noise).astype(float)
took = []
for _ in range(3):
    start = time.perf_counter()
    krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    took.append(time.perf_counter() - start)
print(json.dumps(min(took)))
"""


def _one_drawing() -> float | None:
    """Seconds of the peer for α of 100,000 items once; None where it is not installed."""
    peer = os.environ.get("CURATE_PEER_PYTHON", sys.executable)
    done = subprocess.run([peer, "-c", _DRAWING], capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        return None
    done.check_returncode()
    return float(json.loads(done.stdout))


def _resamples() -> list[Row]:
    """1,000 drawings of 100,000 items, in documents of ten and in documents of one."""
    chance = np.random.default_rng(3)
    truth = chance.integers(0, 10, (100_000, 1))
    codes = np.where(chance.random((100_000, 5)) < 0.7, truth, chance.integers(0, 10, (100_000, 5)))
    of = Ratings(codes.astype(np.int8), tuple(range(10)))
    rows = []
    for size in (10, 1):
        documents = 100_000 // size
        where = np.arange(100_000) // size

        def draw(where: NDArray[np.intp] = where, documents: int = documents) -> object:
            table = sums_by_document(of, where, documents)
            return bootstrap(table, lambda s: alpha_of_sums(s)[:, None])

        once = _one_drawing()
        took = min(seconds(draw) for _ in range(ROUNDS))
        said = "krippendorff is not installed here"
        if once is not None:
            said = f"krippendorff, one α × 1,000: {1000 * once:.0f} s"
        rows.append(
            Row(
                f"1,000 drawings of {documents:,} documents, 100,000 items",
                f"{took:.2f} s", said, None if once is None else took / (1000 * once),
                limit="≤ 5 s",
            )
        )  # fmt: skip
    return rows


def _blurred(annotation: Annotation, chance: random.Random, name: str) -> Annotation:
    """The work of somebody who misses, shifts and renames a little."""
    kinds = sorted({m.type for m in annotation.mentions})
    used = {a.mention for f in annotation.frames for a in f.arguments}
    mentions: list[Mention] = []
    for mention in annotation.mentions:
        if mention.id not in used and chance.random() < 0.1:
            continue
        span = mention.span
        if len(span) > 2 and chance.random() < 0.15:
            span = Span(span.start + 1, span.end)
        said = replace(mention, span=span)
        if mention.id not in used and chance.random() < 0.2:
            said = replace(said, type=chance.choice(kinds), subtype=None, attributes={})
        mentions.append(said)
    frames: list[Frame] = []
    for frame in annotation.frames:
        kept = tuple(a for a in frame.arguments if chance.random() > 0.1)
        frames.append(replace(frame, arguments=kept))
    return replace(
        annotation,
        annotator=name,
        mentions=tuple(sorted(mentions, key=mention_order)),
        frames=tuple(sorted(frames, key=frame_order)),
        links=(),
    )


def _corpus(sentences: int) -> Iterator[Record]:
    """The demo's gold again and again, by two who are not quite alike."""
    with shipped("seeds").joinpath("demo", "demo.jsonl").open("rb") as file:
        known = list(read_records(file, "demo"))
    chance = random.Random(7)
    done = number = 0
    while done < sentences:
        record = known[number % len(known)]
        gold = [a for a in record.annotations if a.annotator == "gold" and a.status is Status.DONE]
        said = [_blurred(a, chance, name) for name in ("ann", "bea") for a in gold]
        document = record.document
        yield Record(
            replace(document, id=f"{document.id}-{number}", text=f"{document.text}\n{number}"),
            tuple(said),
        )
        done, number = done + len(gold), number + 1


def _report() -> list[Row]:
    """The whole report from a file and from a project, and the page with its sentences."""
    with tempfile.TemporaryDirectory() as folder:
        file, path = Path(folder, "both.jsonl"), Path(folder, "both.curate")
        with file.open("wb") as out:
            out.writelines(map(write_record, _corpus(SENTENCES)))
        took = min(
            seconds(lambda: compare_files([file], AgreementOptions())) for _ in range(ROUNDS)
        )
        found = compare_files([file], AgreementOptions())
        items = found.report.items
        page = seconds(lambda: sum(map(len, found.page("both", "en"))))
        reading = seconds(lambda: sum(1 for _ in read_records(file.open("rb"), "both")))
        with create_project(path) as project:
            adding = seconds(lambda: add(project, [file], AddOptions(candidates=False)))
            stored = min(
                seconds(lambda: compare_project(project, AgreementOptions())) for _ in range(ROUNDS)
            )
            same = compare_project(project, AgreementOptions()).report.figures
    if any(same[name].tally != figure.tally for name, figure in found.report.figures.items()):
        sys.exit("the project's report is not that of the file")
    beside, subject = f"reading alone {reading:.2f} s", f"{items:,} doubly annotated sentences"
    return [
        Row(f"whole report on {subject}, of a file", f"{took:.2f} s", beside, took / reading,
            limit="≤ 10 s"),
        Row(f"whole report on {subject}, of a project", f"{stored:.2f} s",
            f"adding them {adding:.0f} s", stored / adding, limit="≤ 10 s"),
        Row(f"the page on {subject}", f"{page:.2f} s", beside, page / reading),
    ]  # fmt: skip


def run() -> list[Row]:
    """Every comparison."""
    return [*_alpha(), *_resamples(), *_report()]
