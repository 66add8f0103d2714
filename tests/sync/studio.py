"""A Label Studio in memory: what curate asks of the real one, its traps, and faults at will."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from curate.sync.http import Answer, Broken, Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json = dict[str, Any]
TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 (of a server in memory)
URL = "http://127.0.0.1:9"


class Gone(Exception):
    """There is no such thing: 404."""


@dataclass(slots=True)
class Studio:
    """One server with its projects; `fault` may say what happens to a request."""

    version: str = "1.23.2"
    projects: dict[int, Json] = field(default_factory=dict)
    tasks: dict[int, Json] = field(default_factory=dict)
    annotations: dict[int, Json] = field(default_factory=dict)
    predictions: dict[int, Json] = field(default_factory=dict)
    fault: Callable[[str, str], str] = lambda _method, _path: ""
    """`drop`: it never arrives; `lose`: it is done, the answer is lost; `twice`: it arrives
    twice; `error`: done, and answered with 500; `busy`: not done, 503; `forget`: an import loses
    its predictions and annotations, as SQLite makes it."""
    asked: Counter[str] = field(default_factory=Counter)
    _clock: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Stand in the place of the network."""

        def ask(server: Server, method: str, path: str, **rest: Any) -> Answer:
            return self.ask(server, method, path, **rest)

        with patch.object(Server, "ask", ask):
            yield

    def now(self) -> str:
        """The server's time, always later."""
        self._clock += timedelta(seconds=1)
        return self._clock.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def ask(
        self, server: Server, method: str, path: str, *, query: Mapping[str, str] | None = None,
        body: object = None, headers: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """Stand for `Server.ask`."""
        self.asked[f"{method} {path.partition('?')[0]}"] += 1
        fault = self.fault(method, path)
        if fault == "drop":
            raise Broken(f"{URL}: the connection broke", "try again")
        if fault == "busy":
            return Answer(503, b"busy")
        if fault == "twice":
            self._answered(method, path, query, body, headers)
        answer = self._answered(method, path, query, body, headers, forgets=fault == "forget")
        if fault == "lose":
            raise Broken(f"{URL}: the connection broke", "try again")
        return Answer(500, b"") if fault == "error" else answer

    def _answered(
        self, method: str, path: str, query: Mapping[str, str] | None, body: object,
        headers: Mapping[str, str] | None, *, forgets: bool = False,
    ) -> Answer:  # fmt: skip
        if path == "api/version/":
            return _json(200, {"release": self.version})
        if (headers or {}).get("Authorization") != f"Token {TOKEN}":
            return _json(401, {"detail": "Invalid token."})
        content = json.loads(json.dumps(body))
        try:
            return self._routed(method, path.strip("/").split("/")[1:], query or {}, content,
                                forgets=forgets)  # fmt: skip
        except Gone:
            return Answer(404, b"<html>")

    def _routed(  # noqa: C901, PLR0911, PLR0912 (a line for each address)
        self, method: str, parts: list[str], query: Mapping[str, str], body: Any, *, forgets: bool
    ) -> Answer:
        match method, *parts:
            case "GET", "current-user", "whoami":
                return _json(200, {"id": 1, "email": "admin@example.com"})
            case "GET", "users":
                return _json(200, [{"id": 1, "email": "admin@example.com"}])
            case "POST", "projects":
                number = len(self.projects) + 1
                self.projects[number] = {"id": number, **body}
                return _json(201, self.projects[number])
            case "GET", "projects":
                return _json(200, {"results": list(self.projects.values())[::-1]})
            case "GET", "projects", number:
                return _json(200, _found(self.projects, number))
            case "PATCH", "projects", number:
                _found(self.projects, number).update(body)
                return _json(200, _found(self.projects, number))
            case "POST", "projects", number, "import":
                return _json(201, self._import(int(number), body, forgets=forgets))
            case "POST", "projects", _, "import", "predictions":
                for prediction in [] if forgets else body:
                    self._predict(prediction.pop("task"), prediction)
                return _json(201, {"created": 0 if forgets else len(body)})
            case "GET", "tasks":
                return _json(200, self._listed(query))
            case "DELETE", "tasks", number:
                self.delete_task(int(number))
                return Answer(204, b"")
            case "POST", "tasks", number, "annotations":
                return self._annotate(_found(self.tasks, number), body)
            case "PATCH", "predictions", number:
                _found(self.predictions, number).update(body)
                return _json(200, _found(self.predictions, number))
            case method, "annotations", number:
                return self._annotation(method, int(number), body)
        raise AssertionError(f"{method} {parts}")

    def _import(self, project: int, tasks: list[Json], *, forgets: bool) -> Json:
        numbers = []
        for task in tasks:
            number = max(self.tasks, default=0) + 1  # the newest number is used again
            now = self.now()
            self.tasks[number] = {
                "id": number, "project": project, "data": task["data"],
                "created_at": now, "updated_at": now,
            }  # fmt: skip
            numbers.append(number)
            for prediction in () if forgets else task["predictions"]:
                self._predict(number, prediction)
            for annotation in () if forgets else task["annotations"]:
                self._annotate(self.tasks[number], {"ground_truth": True, **annotation})
        return {"task_count": len(tasks), "task_ids": numbers}

    def _predict(self, task: int, values: Json) -> None:
        number = max(self.predictions, default=0) + 1
        self.predictions[number] = {"id": number, "task": task, **values}

    def _annotate(self, task: Json, values: Json) -> Answer:
        name = values.get("unique_id")
        if name and any(a.get("unique_id") == name for a in self.annotations.values()):
            return _json(409, {"detail": "Annotation with this unique id already exists"})
        number = max(self.annotations, default=0) + 1
        task["updated_at"] = now = self.now()
        made = {"was_cancelled": False, "completed_by": 1, **values}
        self.annotations[number] = {"id": number, "task": task["id"], "updated_at": now, **made}
        return _json(201, self.annotations[number])

    def _annotation(self, method: str, number: int, body: Any) -> Answer:
        held = _found(self.annotations, number)
        if method == "DELETE":
            del self.annotations[number]
        elif method == "PATCH":
            held.update(body, updated_at=self.now())
        if method != "GET":
            self.tasks[held["task"]]["updated_at"] = self.now()
        return _json(200, held)

    def delete_task(self, number: int) -> None:
        """Delete a task with all that hangs on it."""
        _found(self.tasks, number)
        del self.tasks[number]
        for held in (self.annotations, self.predictions):
            for atom in [n for n, value in held.items() if value["task"] == number]:
                del held[atom]

    def _listed(self, query: Mapping[str, str]) -> Json:
        rows = [self._row(t) for t in self.tasks.values() if t["project"] == int(query["project"])]
        for condition in json.loads(query.get("query", '{"filters":{"items":[]}}'))["filters"][
            "items"
        ]:
            rows = [row for row in rows if _holds(row, condition)]
        rows.sort(key=lambda row: row["id"])
        page = [dict(row) for row in rows[: int(query["page_size"])]]
        if "data" not in query["include"]:
            for row in page:
                del row["data"]
        return {
            "total": len(rows),
            "total_annotations": sum(row["total_annotations"] for row in rows),
            "total_predictions": sum(row["total_predictions"] for row in rows),
            "tasks": page,
        }

    def _row(self, task: Json) -> Json:
        answers = [a for a in self.annotations.values() if a["task"] == task["id"]]
        predictions = [p for p in self.predictions.values() if p["task"] == task["id"]]
        skipped = sum(a["was_cancelled"] for a in answers)
        return {
            **task,
            "annotations": answers,
            "total_annotations": len(answers) - skipped,
            "cancelled_annotations": skipped,
            "total_predictions": len(predictions),
            "predictions": predictions,
        }

    def of(self, key: str) -> list[Json]:
        """The annotations of the tasks of a key."""
        numbers = {n for n, task in self.tasks.items() if task["data"].get("key") == key}
        return [a for a in self.annotations.values() if a["task"] in numbers]


def _holds(row: Json, condition: Json) -> bool:
    """Whether a task fits a condition of a filter, in the formats that the real server takes."""
    name, value = condition["filter"].removeprefix("filter:tasks:"), condition["value"]
    if condition["type"] == "Datetime":
        datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")  # noqa: DTZ007 (only its form)
    held = row["data"].get("key") if name == "data.key" else row[name]
    operator = condition["operator"]
    assert operator in {"greater", "in_list"}
    return bool(held > value) if operator == "greater" else held in value


def _found(held: Mapping[int, Json], number: int | str) -> Json:
    if int(number) not in held:
        raise Gone
    return held[int(number)]


def _json(status: int, value: object) -> Answer:
    return Answer(status, json.dumps(value).encode())


@contextmanager
def studio(**values: Any) -> Iterator[Studio]:
    """A new server, in the place of the network."""
    made = Studio(**values)
    with made.answering():
        yield made
