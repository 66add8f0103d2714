from __future__ import annotations

from dataclasses import replace

from curate.model.schema import Attribute, Cardinality, Label, PartOfSpeech, Trigger
from tests.small import label, small_schema

SCHEMA = small_schema()


def test_the_roles_a_filler_may_take_come_in_card_order() -> None:
    assert SCHEMA.roles_for("Fire", entity_type="Site") == ["Goal", "Where"]
    assert SCHEMA.roles_for("Fire", entity_type="Group") == ["Agent", "Goal"]
    assert SCHEMA.roles_for("Speech", filler_event="Fire") == ["Said"]
    assert SCHEMA.roles_for("Speech") == ["Said"]
    assert SCHEMA.roles_for("Fire") == []


def test_common_attributes_come_before_those_of_the_type() -> None:
    assert list(SCHEMA.frame_attributes("Fire")) == ["polarity", "means"]
    assert list(SCHEMA.frame_attributes("Speech")) == ["polarity"]


def test_an_attribute_may_be_of_some_entity_types_only() -> None:
    size = Attribute("size", label("size"), {}, None, on=frozenset({"Group"}))
    form = Attribute("form", label("form"), {"name": label("name")}, "name")
    schema = replace(SCHEMA, mention_attributes={"size": size, "form": form})
    assert list(schema.attributes_of_mention("Group")) == ["size", "form"]
    assert list(schema.attributes_of_mention("Site")) == ["form"]
    assert size.allows("anything")
    assert not form.allows("anything")


def test_a_schema_is_known_with_its_packs() -> None:
    assert SCHEMA.identity == "small@1.0.0"
    assert replace(SCHEMA, packs=("more@2.0.0",)).identity == "small@1.0.0+more@2.0.0"


def test_cardinalities_say_what_they_mean() -> None:
    assert [c.value for c in Cardinality if c.is_required] == ["1", "+"]
    assert [c.value for c in Cardinality if c.takes_many] == ["*", "+"]


def test_forms_lead_to_the_types_they_may_trigger() -> None:
    trigger = Trigger("قصف", PartOfSpeech.VERB, ("قصف", "قصفت"))
    fire = replace(SCHEMA.event_types["Fire"], triggers=(trigger,))
    schema = replace(SCHEMA, event_types={**SCHEMA.event_types, "Fire": fire})
    assert schema.types_with_trigger(["قصفت", "x"]) == {"Fire": [trigger]}
    assert schema.types_with_trigger(["قال"]) == {}


def test_a_label_speaks_the_language_that_is_asked_for() -> None:
    both = Label("Fire", "قصف")
    assert both.in_language("ar") == "قصف"
    assert both.in_language("en") == both.in_language("fr") == "Fire"
