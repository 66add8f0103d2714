"""A real Label Studio asks `curate backend` for predictions."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from curate.formats.label_studio import task_of
from curate.formats.label_studio_config import label_config
from curate.model.document import Document, Sentence, document_id
from curate.model.item import ItemUnit, items_of
from curate.model.span import Span
from curate.project.opening import read_schema
from tests.labelstudio.test_config import made_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

pytestmark = pytest.mark.slow
TEXT = "😀 قصفت المدفعيَّة بلدةَ الغارية صباح الأحد، ما أسفر عن مقتل ثلاثة مدنيين."
"""With an emoji and vowel marks before the names: Label Studio counts code points, as we do."""


@contextmanager
def backend(token: str | None) -> Iterator[str]:
    """The address of `curate backend`, which runs meanwhile."""
    environment = {**os.environ, **({"CURATE_BACKEND_TOKEN": token} if token else {})}
    with subprocess.Popen(
        [sys.executable, "-m", "curate", "backend", "--schema", "conflict-events", "--port", "0"],
        stderr=subprocess.PIPE, text=True, env=environment,
    ) as process:  # fmt: skip
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert found, said
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


def connected(api: httpx.Client, project: int, url: str, token: str | None) -> httpx.Response:
    """Connect a backend to a project."""
    access = {"auth_method": "BASIC_AUTH", "basic_auth_user": "curate", "basic_auth_pass": token}
    request = {"project": project, "url": url, "title": "curate", **(access if token else {})}
    return api.post("/api/ml/", json=request)


def task(text: str) -> dict[str, object]:
    """A task of one sentence, without predictions."""
    document = Document(document_id(text), text, {}, (Sentence(Span(0, len(text))),))
    (item,) = items_of(document, ItemUnit.SENTENCE)
    return task_of(document, item, read_schema())


@pytest.mark.parametrize("token", [None, "a-token-of-the-test"])
def test_predictions_come_back_with_the_right_spans(api: httpx.Client, token: str | None) -> None:
    project = made_project(api, "backend", label_config(read_schema()))
    tasks = [task(TEXT), task("لا شيء.")]
    assert api.post(f"/api/projects/{project}/import", json=tasks).status_code == 201
    with backend(token) as url:
        made = connected(api, project, url, token)
        assert made.status_code == 201, made.text
        number = made.json()["id"]
        versions = api.get(f"/api/ml/{number}/versions").json()["versions"]
        asked = api.post(
            "/api/dm/actions/",
            params={"id": "retrieve_tasks_predictions", "project": project},
            json={"selectedItems": {"all": True, "excluded": []}},
        )
        assert asked.status_code == 200, asked.text
    held = api.get("/api/predictions/", params={"project": project}).json()
    assert len(held) == 2
    assert {p["model_version"] for p in held} == set(versions)
    (found,) = [p["result"] for p in held if len(p["result"]) > 1]
    regions = {r["id"]: r["value"] for r in found if r["type"] == "labels"}
    for value in regions.values():
        assert TEXT[value["start"] : value["end"]] == value["text"]
    assert {"الغارية", "قصفت", "مدنيين"} <= {v["text"] for v in regions.values()}
    relations = [r for r in found if r["type"] == "relation"]
    assert relations
    assert all(r["from_id"] in regions and r["to_id"] in regions for r in relations)


def test_a_backend_refuses_a_project_of_another_schema(api: httpx.Client) -> None:
    config = (
        "<View><Labels name='entity' toName='text'><Label value='X'/></Labels>"
        "<Text name='text' value='$text'/></View>"
    )
    project = made_project(api, "other", config)
    with backend(None) as url:
        made = connected(api, project, url, None)
    assert made.status_code == 400
    assert "lacks" in made.text


def test_a_backend_refuses_a_server_that_does_not_know_its_token(api: httpx.Client) -> None:
    project = made_project(api, "locked", label_config(read_schema()))
    with backend("a-token-of-the-test") as url:
        made = connected(api, project, url, "another")
    assert made.status_code == 400
    assert "authentication" in made.text
