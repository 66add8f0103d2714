"""What curate makes of a schema, a real Label Studio takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.formats.label_studio import task_of
from curate.formats.label_studio_config import label_config
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit, items_of
from curate.model.span import Span
from curate.project.opening import read_schema
from tests.small import TEXT, proposals, small_schema

if TYPE_CHECKING:
    import httpx

pytestmark = pytest.mark.slow


def made_project(api: httpx.Client, title: str, config: str) -> int:
    """A new project on the server."""
    answer = api.post("/api/projects/", json={"title": title, "label_config": config})
    assert answer.status_code == 201, answer.text
    number: int = answer.json()["id"]
    return number


@pytest.mark.parametrize("shipped", [False, True])
def test_the_config_of_a_schema_is_accepted(api: httpx.Client, *, shipped: bool) -> None:
    config = label_config(read_schema() if shipped else small_schema())
    answer = api.post("/api/projects/validate/", json={"label_config": config})
    assert answer.status_code == 204, answer.text


def test_a_broken_config_is_refused_so_that_acceptance_means_something(api: httpx.Client) -> None:
    config = label_config(small_schema()).replace('toName="text"', 'toName="nowhere"', 1)
    answer = api.post("/api/projects/validate/", json={"label_config": config})
    assert answer.status_code == 400


def test_a_task_with_a_prediction_comes_back_as_it_went(api: httpx.Client) -> None:
    schema = small_schema()
    project = made_project(api, "tasks", label_config(schema))
    document = Document("d1", TEXT, {"source": "s"}, (Sentence(Span(0, len(TEXT))),))
    (item,) = items_of(document, ItemUnit.SENTENCE)
    mentions, frames = proposals()
    task = task_of(document, item, schema, candidates=[*mentions, *frames])
    made = api.post(
        f"/api/projects/{project}/import", params={"return_task_ids": "true"}, json=[task]
    )
    assert made.status_code == 201, made.text
    assert (made.json()["task_count"], made.json()["prediction_count"]) == (1, 1)
    (number,) = made.json()["task_ids"]
    held = api.get(f"/api/tasks/{number}/").json()
    assert held["data"] == task["data"]
    predictions = task["predictions"]
    assert isinstance(predictions, list)
    assert held["predictions"][0]["result"] == predictions[0]["result"]
