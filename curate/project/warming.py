"""Make the model that ships with the seeds: `python -m curate.project.warming`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from curate.candidates.learned import model_to_bytes
from curate.candidates.seeds import shipped_seeds
from curate.candidates.sights import Reader
from curate.candidates.training import train
from curate.candidates.warm import FOLDER, SUFFIX, WARM
from curate.formats.schema_file import shipped_schema
from curate.project.learning import warm_lessons
from curate.shipped import shipped

if TYPE_CHECKING:
    from curate.candidates.learned import Model


def warm_model() -> Model:
    """The model of the default schema, from the train part of the demo corpus."""
    schema = shipped_schema()
    return train(warm_lessons(schema), Reader(schema, shipped_seeds()), WARM)


def main() -> None:
    """Write the model into the checkout's seeds and say how good it is."""
    model = warm_model()
    folder = Path(str(shipped("seeds"))) / FOLDER
    folder.mkdir(exist_ok=True)
    path = folder / f"{shipped_schema().name}{SUFFIX}"
    path.write_bytes(model_to_bytes(model))
    sys.stdout.write(f"{path}: {path.stat().st_size:,} bytes, {model.held_out}\n")


if __name__ == "__main__":
    main()
