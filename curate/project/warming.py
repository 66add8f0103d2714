"""Make the model that ships with the seeds: `python -m curate.project.warming`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

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


SLOPE: Final = 0.85
SHIFT: Final = -0.2
"""How much less odds are worth elsewhere: the rules beside the model know its lessons too well.

Chosen on the dev articles.
"""


def warm_model() -> Model:
    """The model of the default schema, from the train part of the demo corpus."""
    schema = shipped_schema()
    return sobered(train(warm_lessons(schema), Reader(schema, shipped_seeds()), WARM))


def sobered(model: Model) -> Model:
    """The model with scores that hold on other articles than those the rules were made with."""
    return replace(
        model,
        calibration={
            group: (round(slope * SLOPE, 4), round(shift + SHIFT, 4))
            for group, (slope, shift) in model.calibration.items()
        },
    )


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
