"""Training of the sequence model, in a process of its own.

The trainer shuffles with the C library's random numbers, whose state one
process cannot reset: a fresh process gives the same weights every time, and
the workbench stays free meanwhile. The child reads a task from standard input
and writes the weights to standard output, both as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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


def trained(rows: Sequence[Sequence[Sequence[str]]], tags: Sequence[Sequence[str]]) -> Weights:
    """Learn weights from sentences of words with their features, and the tags of the words.

    The same input gives the same weights, in whatever process and order of calls.
    """
    numbers: dict[str, int] = {}
    task = {
        "rows": [[[numbers.setdefault(f, len(numbers)) for f in w] for w in s] for s in rows],
        "tags": list(map(list, tags)),
        "parameters": PARAMETERS,
    }
    ran = subprocess.run(  # noqa: S603 (our own code, by our own interpreter)
        [sys.executable, "-c", _CHILD, json.dumps(sys.path)],
        input=json.dumps(task).encode(),
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
    result = json.loads(ran.stdout)
    return Weights(
        {(names[int(f)], tag): weight for f, tag, weight in result["state"]},
        {(a, b): weight for a, b, weight in result["transitions"]},
    )


def _train(task: dict[str, Any]) -> dict[str, Any]:
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="pa", params=task["parameters"], verbose=False)
    for rows, tags in zip(task["rows"], task["tags"], strict=True):
        trainer.append([[str(f) for f in word] for word in rows], tags)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    return {
        "state": sorted((int(f), tag, w) for (f, tag), w in info.state_features.items()),
        "transitions": sorted((a, b, w) for (a, b), w in info.transitions.items()),
    }


def work() -> None:
    """Do the task on standard input: what the child process runs."""
    sys.stdout.write(json.dumps(_train(json.load(sys.stdin))))
