"""Count anew what each rule earns on the demo: `python -m curate.project.scoring`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curate.candidates.engine import RuleEngine
from curate.candidates.scores import Scores, counted
from curate.candidates.seeds import shipped_seeds
from curate.formats.jsonl import read_records
from curate.formats.schema_file import shipped_schema
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.scores import Keyed
    from curate.formats.records import Record

PARTS: Final = ("train", "dev")
GOLD: Final = "gold"
FILE: Final = "scores.tsv"


def demo_scores(parts: Sequence[str] = PARTS) -> Scores:
    """What the rules earn on parts of the demo corpus."""
    engine = RuleEngine(shipped_schema(), shipped_seeds().with_scores(Scores()))
    return counted(_keyed(engine, record) for record in _records(parts))


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
    path.write_bytes(demo_scores().to_bytes())
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
