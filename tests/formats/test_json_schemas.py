from __future__ import annotations

import json
import warnings
from importlib import import_module
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.formats.json_schemas import as_file, json_schemas, write
from curate.formats.jsonl import write_record
from curate.formats.label_studio import tasks_of
from curate.formats.schema_file import shipped_schema, shipped_schema_text, shipped_schemas
from curate.model.item import ItemUnit
from curate.shipped import shipped
from tests.strategies import records_of

SCHEMA = shipped_schema()


@pytest.fixture(scope="module")
def validators() -> dict[str, Any]:
    """A validator for each JSON Schema, itself checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module: Any = import_module("jsonschema")
    made = {}
    for name, content in json_schemas().items():
        module.Draft202012Validator.check_schema(content)
        made[name.partition(".")[0]] = module.Draft202012Validator(content)
    return made


def errors(validator: Any, value: object) -> list[str]:
    return [f"{e.json_path}: {e.message[:200]}" for e in validator.iter_errors(value)]


def test_the_files_are_what_the_code_makes() -> None:
    folder = shipped("schemas").joinpath("json")
    for name, content in json_schemas().items():
        found = folder.joinpath(name).read_text(encoding="utf-8")
        assert found == as_file(content), "python -m curate.formats.json_schemas schemas/json"
    assert {f.name for f in folder.iterdir()} == set(json_schemas())


def test_writing_them_makes_the_folder(tmp_path: Any) -> None:
    write(tmp_path / "new")
    assert {f.name for f in (tmp_path / "new").iterdir()} == set(json_schemas())


@pytest.mark.parametrize("name", shipped_schemas())
def test_shipped_schemas_are_valid(validators: dict[str, Any], name: str) -> None:
    content = yaml.load(shipped_schema_text(name), Loader=yaml.BaseLoader)  # noqa: S506 - builds only text
    assert errors(validators["schema-file"], content) == []


@pytest.mark.parametrize("path", [["format"], ["roles", "Place", "fillers"], ["roles", "Place"]])
def test_a_schema_that_lacks_something_is_not_valid(
    validators: dict[str, Any], path: list[str]
) -> None:
    content = yaml.load(shipped_schema_text(), Loader=yaml.BaseLoader)  # noqa: S506 - builds only text
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = {}
    assert errors(validators["schema-file"], content)


@given(data=st.data())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_written_is_valid(validators: dict[str, Any], data: st.DataObject) -> None:
    record = data.draw(records_of(SCHEMA))
    assert errors(validators["curate-jsonl"], json.loads(write_record(record))) == []
    for task in tasks_of(record, SCHEMA, ItemUnit.SENTENCE):
        assert errors(validators["label-studio-task"], json.loads(json.dumps(task))) == []


def test_a_record_with_an_unknown_field_is_not_valid(validators: dict[str, Any]) -> None:
    record = {"format": "curate/1", "text": "نص", "colour": "red"}
    assert errors(validators["curate-jsonl"], record)
