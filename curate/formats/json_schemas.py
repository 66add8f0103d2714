"""JSON Schemas of curate's files; `python -m curate.formats.json_schemas DIR` writes them.

They are for editors and other programs. The readers here check more: that names
exist, that words stand at their offsets, that marks in examples are closed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import msgspec

from curate.formats import label_studio_config as config
from curate.formats.jsonl_shapes import RecordShape
from curate.formats.schema_parts import FORMAT
from curate.model.schema import Cardinality, PartOfSpeech

Json = dict[str, object]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
NAME: Final = "^(?!.*__)[A-Za-z][A-Za-z0-9_-]{0,63}$"
VALUE: Final = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
KEY: Final = (
    "^(Key[A-Z]|Digit[0-9]|F([1-9]|1[0-2])|Bracket(Left|Right)"
    "|Minus|Equal|Semicolon|Quote|Comma|Period|Slash|Backslash|Backquote)$"
)
TEXT: Final[Json] = {"type": "string", "minLength": 1}
TEXTS: Final[Json] = {"type": "array", "items": TEXT, "uniqueItems": True}


def json_schemas() -> dict[str, Json]:
    """The JSON Schemas by file name."""
    return {
        "curate-jsonl.schema.json": record_schema(),
        "schema-file.schema.json": schema_file_schema(),
        "label-studio-task.schema.json": task_schema(),
    }


def record_schema() -> Json:
    """What one line of curate JSONL may hold."""
    made = msgspec.json.schema(RecordShape)
    definitions = {k.removesuffix("Shape"): v for k, v in made.pop("$defs").items()}
    whole: Json = {
        "$schema": DIALECT,
        "title": "One line of curate JSONL: a document and what is said of it",
        **made,
        "$defs": definitions,
    }
    renamed: Json = json.loads(json.dumps(whole).replace('Shape"', '"'))
    return renamed


def _object(required: Json, optional: Json | None = None) -> Json:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _named(of: Json, pattern: str = NAME) -> Json:
    """A mapping from names to such values."""
    return {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": of}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _ref(name: str) -> Json:
    return {"$ref": f"#/$defs/{name}"}


def schema_file_schema() -> Json:
    """What an event schema or a pack may hold."""
    optional: Json = {
        "extends": {"type": "string", "pattern": "^[a-z][a-z0-9-]*@[\\^~]?\\d+(\\.\\d+){0,2}$"},
        "title": _ref("label"),
        "licence": TEXT,
        "guidelines": _list(_ref("guideline")),
        "groups": _named(_object({"label": _ref("label")}, {"colour": _ref("colour")})),
        "entity_types": _named(_ref("entity_type")),
        "mention_attributes": _named(_ref("attribute")),
        "roles": _named(_ref("role")),
        "common_roles": _ref("cardinalities"),
        "attributes": _named(_ref("attribute")),
        "event_types": _named(_ref("event_type")),
        "overrides": _object({}, _overrides()),
        "migrations": _list({"type": "object"}),
    }
    required: Json = {
        "format": {"const": FORMAT},
        "name": {"type": "string", "pattern": NAME},
        "version": {"type": "string", "pattern": "^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.]+)?$"},
    }
    return {
        "$schema": DIALECT,
        "title": "An event schema of curate, or a pack that extends one",
        **_object(required, optional),
        "$defs": {**_small_definitions(), **_type_definitions()},
    }


def _overrides() -> Json:
    shared: Json = {
        "label": _ref("label"),
        "definition": _ref("label"),
        "key": _ref("key"),
        "guidelines": _list(_ref("guideline")),
    }
    entity: Json = {**shared, "colour": _ref("colour"), "subtypes": _ref("values")}
    event: Json = {
        **shared, "roles": _ref("cardinalities"), "triggers": _list(_ref("trigger"))
    }  # fmt: skip
    return {
        "entity_types": _named(_object({}, entity)),
        "event_types": _named(_object({}, event)),
    }


def _small_definitions() -> Json:
    both = _object({"en": TEXT, "ar": TEXT})
    return {
        "label": {"oneOf": [TEXT, both]},
        "colour": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
        "key": {"type": "string", "pattern": KEY, "description": "a physical key"},
        "values": _named(_ref("label"), VALUE),
        "cardinalities": _named({"enum": [c.value for c in Cardinality]}),
        "guideline": {"oneOf": [TEXT, _object({"en": TEXT, "ar": TEXT}, {"example": TEXT})]},
        "trigger": _object(
            {
                "lemma": TEXT,
                "pos": {"enum": [p.value for p in PartOfSpeech]},
                "forms": TEXTS,
            },
            {"note": TEXT, "ambiguous_with": TEXTS},
        ),
    }


def _type_definitions() -> Json:
    described: Json = {"definition": _ref("label"), "key": _ref("key")}
    described |= {"guidelines": _list(_ref("guideline")), "mapping": {"type": "object"}}
    when: Json = {
        "type": "object",
        "properties": {"when": {"type": "object"}},
        "required": ["when"],
    }
    return {
        "entity_type": _object(
            {"label": _ref("label")},
            {**described, "colour": _ref("colour"), "subtypes": _ref("values")},
        ),
        "attribute": _object(
            {"label": _ref("label")},
            {"values": _ref("values"), "default": TEXT, "cues": _named(TEXTS, VALUE), "on": TEXTS},
        ),
        "role": _object(
            {"label": _ref("label"), "fillers": {**TEXTS, "minItems": 1}},
            {"definition": _ref("label")},
        ),
        "event_type": _object(
            {"label": _ref("label"), "group": TEXT, "roles": _ref("cardinalities")},
            {
                **described,
                "attributes": _named(_ref("attribute")),
                "require_any": _list(TEXTS),
                "triggers": _list(_ref("trigger")),
                "example": TEXT,
                "mapping_if": _list(when),
            },
        ),
    }


def task_schema() -> Json:
    """What a Label Studio task that curate wrote holds."""
    data = _object(
        {
            "key": TEXT, "text": TEXT, "context": {"type": "string"}, "where": TEXT,
            "document": TEXT, "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "schema": TEXT,
        },
        {n: {} for n in ("title", "source", "date", "url", "licence")},
    )  # fmt: skip
    results: Json = {"result": _list({"oneOf": [_ref("region"), _ref("said"), _ref("relation")]})}
    answer = _object(
        {**results, "was_cancelled": {"type": "boolean"}, "ground_truth": {"type": "boolean"}}
    )
    score: Json = {"type": "number", "minimum": 0, "maximum": 1}
    prediction = _object({"model_version": TEXT, "score": score, **results})
    return {
        "$schema": DIALECT,
        "title": "A Label Studio task as curate writes it; offsets count code points of data.text",
        **_object(
            {
                "data": data,
                "meta": {"type": "object"},
                "annotations": _list(answer),
                "predictions": _list(prediction),
            }
        ),
        "$defs": _result_definitions(score),
    }


def _result_definitions(score: Json) -> Json:
    span: Json = {
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "text": {"type": "string"},
    }
    single: Json = {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 1}
    common: Json = {"id": TEXT, "to_name": {"const": config.TEXT}}
    controls = {"enum": [config.ENTITY, config.TRIGGER, config.BARE]}
    said: Json = {
        "oneOf": [
            _object({"choices": single}, span),
            _object({"text": {**single, "items": {"type": "string"}}}, {
                n: span[n] for n in ("start", "end")
            }),
        ]
    }  # fmt: skip
    return {
        "region": _object(
            {
                **common,
                "from_name": controls,
                "type": {"const": "labels"},
                "value": _object({**span, "labels": single}),
            },
            {"meta": {"type": "object"}, "score": score},
        ),
        "said": _object(
            {
                **common,
                "from_name": TEXT,
                "type": {"enum": ["choices", "textarea"]},
                "value": said,
            }
        ),
        "relation": _object(
            {
                "type": {"const": "relation"},
                "from_id": TEXT,
                "to_id": TEXT,
                "direction": {"const": "right"},
                "labels": {**TEXTS, "minItems": 1},
            }
        ),
    }


def as_file(content: Json) -> str:
    """A JSON Schema as it stands in its file."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write every JSON Schema into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in json_schemas().items():
        (folder / name).write_text(as_file(content), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas/json"))
