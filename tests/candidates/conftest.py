"""A small schema and small seeds that share no name with the shipped ones."""

from __future__ import annotations

import pytest

from curate.candidates.seeds import Entry, Guard, Kind, Seeds
from curate.model.document import Document, Sentence
from curate.model.schema import (
    Cardinality,
    EntityType,
    EventSchema,
    EventType,
    Label,
    PartOfSpeech,
    Role,
    Trigger,
)
from curate.model.span import Span


def label(name: str) -> Label:
    return Label(name, name)


def entity(name: str, *subtypes: str) -> EntityType:
    return EntityType(
        name, label(name), label(name), None, "#000000", {s: label(s) for s in subtypes}
    )


def role(name: str, *types: str) -> Role:
    return Role(
        name,
        label(name),
        label(name),
        frozenset(types),
        frozenset(),
        any_event=False,
        bare_span=False,
    )


@pytest.fixture(scope="session")
def schema() -> EventSchema:
    """Places, crops and a harvest."""
    return farm_schema()


def farm_schema() -> EventSchema:
    """Places, crops and a harvest."""
    harvest = EventType(
        "Harvest",
        label("Harvest"),
        label("Harvest"),
        "work",
        None,
        {"Where": Cardinality.ANY, "Crop": Cardinality.SOME},
        {},
        triggers=(Trigger("حصد", PartOfSpeech.VERB, ("حصد", "حصدت", "حصدوا")),),
    )
    return EventSchema(
        "farm",
        "1.0.0",
        label("farm"),
        {e.name: e for e in (entity("Spot", "village"), entity("Plant", "grain"))},
        {"Harvest": harvest},
        {"Where": role("Where", "Spot"), "Crop": role("Crop", "Plant")},
        {},
        {},
        {},
    )


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    """A few places and plants."""
    return farm_seeds()


def farm_seeds() -> Seeds:
    """A few places and plants."""
    return Seeds(
        (
            Entry("نبع الصفا", "Spot", "village"),
            Entry("الصفا", "Spot", "village"),
            Entry("مرج الزهور", "Spot", "village", aliases=("مرج الزهر",)),
            Entry("قمح", "Plant", "grain", Kind.NOUN),
            Entry("بذرة ذرة", "Plant", "grain", Kind.NOUN, aliases=("بذور ذرة",)),
            Entry("السور", "Spot", "village"),
            Entry("نجم", "Star", "giant"),
        ),
        (Guard("السور", frozenset({"Spot"}), frozenset({"قرية"}), quotes=True, reading="wall"),),
    )


def document(text: str) -> Document:
    """A document of one sentence."""
    return Document("d1", text, sentences=(Sentence(Span(0, len(text))),))
