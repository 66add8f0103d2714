"""Count anew what each rule earns on the demo: `python -m curate.project.scoring`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curate.candidates.engine import RuleEngine
from curate.candidates.evaluation import Report, calibration_error
from curate.candidates.scores import Scores, counted
from curate.candidates.seeds import shipped_seeds
from curate.formats.jsonl import read_records
from curate.formats.schema_file import shipped_schema
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.scores import Keyed
    from curate.formats.records import Record

PARTS: Final = ("train",)
"""What scores are counted on; dev tells whether they hold."""
HELD_OUT: Final = ("dev",)
GOLD: Final = "gold"
FILE: Final = "scores.tsv"


def demo_scores(parts: Sequence[str] = PARTS) -> Scores:
    """What the rules earn on parts of the demo corpus."""
    engine = RuleEngine(shipped_schema(), shipped_seeds().with_scores(Scores()))
    return counted(_keyed(engine, record) for record in _records(parts))


def held_out(scores: Scores, parts: Sequence[str] = HELD_OUT) -> tuple[float, float]:
    """How far scores of mentions and of frames lie from the share that is right, on other parts."""
    engine = RuleEngine(shipped_schema(), shipped_seeds().with_scores(scores))
    report = Report()
    for record in _records(parts):
        report.add(_keyed(engine, record)[1], engine.propose(record.document))
    return calibration_error(report.mention_bins), calibration_error(report.frame_bins)


def _keyed(engine: RuleEngine, record: Record) -> Keyed:
    gold = [a for a in record.annotations if a.annotator == GOLD]
    return list(engine.keyed(record.document)), gold


def _records(parts: Sequence[str]) -> Iterator[Record]:
    folder = shipped("seeds").joinpath("demo")
    split = json.loads(folder.joinpath("split.json").read_text(encoding="utf-8"))
    wanted = {document for part in parts for document in split[part]}
    name = folder.joinpath("demo.jsonl")
    with name.open("rb") as file:
        for record in read_records(file, name.name):
            if record.document.id in wanted:
                yield record


def main() -> None:
    """Write the counts into the checkout's seeds."""
    path = Path(str(shipped("seeds"))) / FILE
    scores = demo_scores()
    path.write_bytes(scores.to_bytes())
    errors = "mentions {:.3f}, frames {:.3f}".format(*held_out(scores))
    sys.stdout.write(f"{path}: calibration error on dev: {errors}\n")


if __name__ == "__main__":
    main()
