from __future__ import annotations

from dataclasses import fields

from curate.formats.schema_compiled import SHAPE, compiled, from_compiled
from curate.formats.schema_file import load_schema, shipped_schema_text
from curate.model.schema import EntityType, EventSchema, EventType, Role, Trigger

TEXT = shipped_schema_text().decode("utf-8-sig")
SCHEMA = load_schema(TEXT.encode(), "shipped")


def test_a_compiled_schema_is_the_schema() -> None:
    assert from_compiled(compiled(SCHEMA, TEXT), TEXT) == SCHEMA


def test_of_another_text_or_damaged_it_is_not_used() -> None:
    packed = compiled(SCHEMA, TEXT)
    assert from_compiled(packed, TEXT + "\n") is None
    assert from_compiled(packed[:-5], TEXT) is None
    assert from_compiled(None, TEXT) is None
    assert from_compiled(3, TEXT) is None


def test_a_new_field_of_the_schema_needs_a_new_shape() -> None:
    shape = [len(fields(c)) for c in (EventSchema, EntityType, EventType, Role, Trigger)]
    assert (SHAPE, shape) == ("1", [13, 8, 13, 7, 5])
