"""The backend speaks Label Studio's protocol, to whom it should."""

from __future__ import annotations

import base64
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import ClientSession

from curate.candidates.engine import rule_engine
from curate.candidates.seeds import Entry, Seeds
from curate.errors import WorldError
from curate.formats.label_studio_config import label_config
from curate.sync import backend
from curate.sync.backend import Backend, application, missing_labels, serving
from tests.small import TEXT, proposals, small_schema, span

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from curate.model.candidate import Candidate
    from curate.model.document import Document

SCHEMA = small_schema()
TOWN = Seeds((Entry("الريحانية", "Site"),))


class Fixed:
    """Proposes the same for every text that is the test's own."""

    version = "fixed/1"

    def __init__(self) -> None:
        self.asked: list[Document] = []

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        self.asked.append(document)
        mentions, frames = proposals()
        return (*mentions, *frames) if document.text == TEXT else ()


@asynccontextmanager
async def asked(given: Backend) -> AsyncIterator[ClientSession]:
    """A client of a backend that is served meanwhile."""
    async with (
        serving(application(given), "127.0.0.1", 0) as (host, port),
        ClientSession(f"http://{host}:{port}") as client,
    ):
        yield client


async def posted(client: ClientSession, path: str, body: object, **headers: str) -> tuple[int, Any]:
    async with client.post(path, json=body, headers=headers) as answer:
        is_json = answer.content_type == "application/json"
        return answer.status, await answer.json() if is_json else await answer.text()


async def test_it_is_healthy_and_has_one_version() -> None:
    async with asked(Backend(SCHEMA, Fixed())) as client:
        async with client.get("/health") as answer:
            assert (await answer.json())["status"] == "UP"
        async with client.get("/versions") as answer:
            assert await answer.json() == {"versions": ["fixed/1"]}


async def test_it_takes_the_config_that_curate_writes_and_names_its_version() -> None:
    request = {"project": "1.2", "schema": label_config(SCHEMA), "access_token": "x"}
    async with asked(Backend(SCHEMA, Fixed())) as client:
        assert await posted(client, "/setup", request) == (200, {"model_version": "fixed/1"})


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<View><Text name='text' value='$text'/></View>", "lacks Group, Site, Fire, Speech"),
        ("<View>", "no labelling config"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><View/>", "no labelling config"),
    ],
)
async def test_it_refuses_a_project_that_could_not_show_its_candidates(xml: str, said: str) -> None:
    async with asked(Backend(SCHEMA, Fixed())) as client:
        status, answer = await posted(client, "/setup", {"schema": xml})
    assert status == 400
    assert said in answer["detail"]


def test_every_label_of_a_schema_is_in_its_config() -> None:
    assert missing_labels(SCHEMA, label_config(SCHEMA)) == []


async def test_it_answers_each_task_with_one_prediction_in_order() -> None:
    texts = [{"text": TEXT, "date": "2020-01-02"}, {"text": "لا شيء هنا"}, {"image": "x"}]
    request = {"tasks": [{"id": n, "data": data} for n, data in enumerate(texts)]}
    producer = Fixed()
    async with asked(Backend(SCHEMA, producer)) as client:
        status, answer = await posted(client, "/predict", request)
    assert status == 200
    assert len(answer["results"]) == 3
    assert [bool(r["result"]) for r in answer["results"]] == [True, False, False]
    assert producer.asked[0].date == "2020-01-02"
    regions = [r for r in answer["results"][0]["result"] if r["type"] == "labels"]
    town = span("الريحانية")
    assert [(r["value"]["start"], r["value"]["end"]) for r in regions if r["id"] == "c-town"] == [
        (town.start, town.end)
    ]
    relations = [r for r in answer["results"][0]["result"] if r["type"] == "relation"]
    assert ("c-fire", "c-town", ["Goal"]) in [
        (r["from_id"], r["to_id"], r["labels"]) for r in relations
    ]


async def test_a_task_that_is_one_line_is_no_boilerplate() -> None:
    engine = rule_engine(SCHEMA, TOWN)
    request = {"tasks": [{"data": {"text": "اقرأ أيضا: الريحانية"}}]}
    async with asked(Backend(SCHEMA, engine)) as client:
        _, answer = await posted(client, "/predict", request)
    assert [r["value"]["text"] for r in answer["results"][0]["result"]] == ["الريحانية"]


@pytest.mark.parametrize("body", [[], {"tasks": 1}, {"tasks": [{"id": 1}]}, {}])
async def test_a_request_of_another_shape_is_refused(body: object) -> None:
    async with asked(Backend(SCHEMA, Fixed())) as client:
        status, answer = await posted(client, "/predict", body)
    assert status == 400
    assert "does not hold together" in answer["detail"]


async def test_too_many_tasks_and_too_large_requests_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backend, "LARGEST_REQUEST", 4_000)
    monkeypatch.setattr(backend, "MOST_TASKS", 2)
    async with asked(Backend(SCHEMA, Fixed())) as client:
        many = {"tasks": [{"data": {"text": "a"}}] * 3}
        assert (await posted(client, "/predict", many))[0] == 400
        large = {"tasks": [{"data": {"text": "a" * 5_000}}]}
        assert (await posted(client, "/predict", large))[0] == 413


async def test_without_a_token_no_web_page_and_no_other_name_gets_in() -> None:
    async with asked(Backend(SCHEMA, Fixed())) as client:
        assert (await posted(client, "/predict", {"tasks": []}, Host="evil.example"))[0] == 403
        assert (await posted(client, "/predict", {"tasks": []}, Origin="http://evil"))[0] == 403
        assert (await posted(client, "/predict", {"tasks": []}))[0] == 200


async def test_with_a_token_only_who_knows_it_gets_in_under_any_name() -> None:
    basic = base64.b64encode(b"curate:right").decode()
    wrong = base64.b64encode(b"curate:wrong").decode()
    async with asked(Backend(SCHEMA, Fixed(), token="right")) as client:  # noqa: S106

        async def status(authorization: str) -> int:
            headers = {"Host": "machine.example", "Authorization": authorization}
            return (await posted(client, "/predict", {"tasks": []}, **headers))[0]

        assert [await status(a) for a in (f"Basic {basic}", "Bearer right")] == [200, 200]
        for bad in (f"Basic {wrong}", "Bearer wrong", "Basic ###", "", "right", "Basic /w=="):
            assert await status(bad) == 401


async def test_events_and_wishes_to_train_are_heard_without_harm() -> None:
    async with asked(Backend(SCHEMA, Fixed())) as client:
        assert (await posted(client, "/webhook", {"action": "START_TRAINING"}))[0] == 200
        assert (await posted(client, "/train", {}))[0] == 200


async def test_a_port_that_is_taken_is_one_clear_message() -> None:
    app = application(Backend(SCHEMA, Fixed()))
    async with serving(app, "127.0.0.1", 0) as (host, port):
        with pytest.raises(WorldError, match="cannot be listened on"):
            async with serving(application(Backend(SCHEMA, Fixed())), host, port):
                pass
