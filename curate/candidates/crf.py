"""Training of the sequence model, in a process of its own.

The trainer shuffles with the C library's random numbers, whose state one
process cannot reset: a fresh process gives the same weights every time, and
the workbench stays free meanwhile. The child reads a task from standard input
and writes the weights to standard output.
"""

from __future__ import annotations

import json
import marshal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAMETERS: Final = {"max_iterations": 10, "feature.minfreq": 0}
"""Passive-aggressive training: as good as L-BFGS here, at a fifth of its time."""


_CHILD: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from curate.candidates.crf import work; work()"
)
"""Finds this package where the parent found it, installed or not."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training found."""

    state: dict[tuple[str, str], float]
    """Feature and tag → weight."""
    transitions: dict[tuple[str, str], float]
    """Tag and the tag after it → weight."""


def trained(
    rows: list[list[list[int]]],
    tags: list[list[str]],
    subsets: list[list[int]],
    features: Sequence[str],
) -> list[Weights]:
    """Learn weights from sentences of words with the numbers of their features, and their tags.

    One result for each subset (places of its sentences); `features` are named
    by their numbers. The same input gives the same weights, in whatever
    process and order of calls.
    """
    places: dict[str, int] = {}
    labels = [[str(places.setdefault(tag, len(places))) for tag in row] for row in tags]
    task = (rows, labels, subsets, len(features), dict(PARAMETERS))
    ran = subprocess.run(  # noqa: S603 (our own code, by our own interpreter)
        [sys.executable, "-c", _CHILD, json.dumps(sys.path)],
        input=marshal.dumps(task),
        capture_output=True,
        check=False,
    )
    if ran.returncode:
        told = ran.stderr.decode(errors="replace").strip().splitlines()
        raise CurateError(
            f"training ended with code {ran.returncode}: {told[-1] if told else 'no message'}",
            "try again; if it happens again, report it with the size of your project",
        )
    names = list(places)
    return [
        Weights(
            {(features[f], names[tag]): weight for f, tag, weight in state},
            {(names[a], names[b]): weight for a, b, weight in transitions},
        )
        for state, transitions in marshal.loads(ran.stdout)  # noqa: S302 (from our own child)
    ]


_Found = tuple[list[tuple[int, int, float]], list[tuple[int, int, float]]]


def _train(rows: list[object], tags: list[list[str]], parameters: dict[str, float]) -> _Found:
    """State weights and transition weights of a new model, all names being numbers."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="pa", params=parameters, verbose=False)
    for row, labels in zip(rows, tags, strict=True):
        trainer.append(row, labels)
    with tempfile.TemporaryDirectory() as folder:
        model, dump = str(Path(folder) / "model"), Path(folder) / "dump"
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        tagger.dump(str(dump))
        tagger.close()
        parts = dump.read_text(encoding="ascii").split("STATE_FEATURES")
    return _triples(parts[1]), _triples(parts[0].partition("TRANSITIONS")[2])


def _triples(part: str) -> list[tuple[int, int, float]]:
    """The lines `(kind) FROM --> TO: WEIGHT` of a dump, sorted."""
    words = (line.split() for line in part.splitlines() if "-->" in line)
    return sorted((int(a), int(b[:-1]), float(weight)) for _, a, _, b, weight in words)


def work() -> None:
    """Do the task on standard input: what the child process runs."""
    import pycrfsuite

    rows, tags, subsets, count, parameters = marshal.load(sys.stdin.buffer)  # noqa: S302 (ours)
    names = [str(n) for n in range(count)]
    items = [pycrfsuite.ItemSequence([[names[f] for f in word] for word in s]) for s in rows]
    found = [
        _train([items[n] for n in subset], [tags[n] for n in subset], parameters)
        for subset in subsets
    ]
    sys.stdout.buffer.write(marshal.dumps(found))
