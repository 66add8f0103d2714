"""The model that ships with the seeds, and which producer a schema gets."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from curate.candidates.engine import rule_engine
from curate.candidates.seeds import shipped_seeds
from curate.shipped import shipped

if TYPE_CHECKING:
    from curate.candidates.engine import Producer
    from curate.candidates.learned import Model
    from curate.candidates.seeds import Seeds
    from curate.model.schema import EventSchema

FOLDER: Final = "models"
SUFFIX: Final = ".json"
WARM: Final = "seeds"
"""The version of a model that ships."""


@lru_cache(maxsize=4)
def shipped_model(schema_name: str) -> Model | None:
    """The model that ships for a schema of that name, or None."""
    from curate.candidates.learned import model_from_bytes

    file = shipped("seeds").joinpath(FOLDER, schema_name + SUFFIX)
    return model_from_bytes(file.read_bytes(), file.name) if file.is_file() else None


def producer_for(
    schema: EventSchema, model: Model | None = None, seeds: Seeds | None = None
) -> Producer:
    """Rules and a model for a schema: the one given, else the one that ships, else rules alone."""
    known = shipped_seeds() if seeds is None else seeds
    chosen = shipped_model(schema.name) if model is None else model
    if chosen is None:
        return rule_engine(schema, known)
    from curate.candidates.combined import combined
    from curate.candidates.sights import Reader

    return combined(chosen, Reader(schema, known))
