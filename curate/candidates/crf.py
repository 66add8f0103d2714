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
    rows: Sequence[Sequence[Sequence[str]]],
    tags: Sequence[Sequence[str]],
    subsets: Sequence[Sequence[int]],
) -> list[Weights]:
    """Learn weights from sentences of words with their features, and the tags of the words.

    One result for each subset (places of its sentences). The same input gives
    the same weights, in whatever process and order of calls.
    """
    numbers: dict[str, int] = {}
    coded = [[[numbers.setdefault(f, len(numbers)) for f in w] for w in s] for s in rows]
    task = (coded, [list(t) for t in tags], [list(s) for s in subsets], dict(PARAMETERS))
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
    names = list(numbers)
    return [
        Weights(
            {(names[f], tag): weight for f, tag, weight in state},
            {(before, after): weight for before, after, weight in transitions},
        )
        for state, transitions in marshal.loads(ran.stdout)  # noqa: S302 (from our own child)
    ]


_Found = tuple[list[tuple[int, str, float]], list[tuple[str, str, float]]]


def _train(
    rows: list[list[list[str]]], tags: list[list[str]], parameters: dict[str, float]
) -> _Found:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="pa", params=parameters, verbose=False)
    for row, labels in zip(rows, tags, strict=True):
        trainer.append(row, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return (
        sorted((int(f), tag, float(w)) for (f, tag), w in info.state_features.items()),
        sorted((a, b, float(w)) for (a, b), w in info.transitions.items()),
    )


def work() -> None:
    """Do the task on standard input: what the child process runs."""
    coded, tags, subsets, parameters = marshal.load(sys.stdin.buffer)  # noqa: S302 (our parent's)
    rows = [[[str(f) for f in word] for word in sentence] for sentence in coded]
    found = [
        _train([rows[n] for n in subset], [tags[n] for n in subset], parameters)
        for subset in subsets
    ]
    sys.stdout.buffer.write(marshal.dumps(found))
