from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from curate.candidates.combined import CombinedEngine
from curate.candidates.engine import RuleEngine
from curate.candidates.learned import model_to_bytes
from curate.candidates.warm import producer_for, shipped_model
from curate.formats.schema_file import shipped_schema
from curate.project.warming import warm_model

LARGEST = 1_500_000
"""Bytes that a model that ships may have."""


def test_the_default_schema_begins_with_what_the_seeds_taught() -> None:
    assert isinstance(producer_for(shipped_schema()), CombinedEngine)


def test_another_schema_begins_with_rules_alone() -> None:
    assert isinstance(producer_for(replace(shipped_schema(), name="farm")), RuleEngine)


def test_the_model_that_ships_is_small_and_fits_its_schema() -> None:
    model = shipped_model(shipped_schema().name)
    assert model is not None
    assert len(model_to_bytes(model)) < LARGEST
    types = {tag[4:] for tag in model.tags[1:]}
    assert types <= {*shipped_schema().entity_types, *shipped_schema().event_types}


@pytest.mark.slow
def test_the_model_that_ships_is_made_from_this_checkout() -> None:
    """When it fails, lists, rules or corpus have changed: run `make seeds-model`."""
    model, held = warm_model(), shipped_model(shipped_schema().name)
    assert held is not None
    assert (model.source, model.tags) == (held.source, held.tags)
    if sys.platform == "linux":  # another C library shuffles in another order
        assert model_to_bytes(model) == model_to_bytes(held)
