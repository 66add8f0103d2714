"""Our candidates for Label Studio, in the protocol of its ML backends.

Label Studio asks `/health` and `/setup` when a backend is connected, then sends
tasks to `/predict` and gets one prediction for each. The token that it hands
over in `/setup` is neither needed nor kept.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, Final, TypeVar
from xml.etree import ElementTree as ET

import msgspec
from aiohttp import web

from curate.candidates.engine import Producer
from curate.errors import WorldError
from curate.formats import label_studio_config as config
from curate.formats.label_studio import prediction_of
from curate.model.document import Document, Sentence, SentenceKind, document_id
from curate.model.schema import EventSchema
from curate.model.span import Span
from curate.sync.addresses import host_name, is_this_machine
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from aiohttp.typedefs import Handler, Middleware


T = TypeVar("T")

USER: Final = "curate"
"""The user name of Label Studio's basic authentication; the token is the password."""
LARGEST_REQUEST: Final = 32 * 1024 * 1024
"""Bytes of a request that are read; what is longer is refused."""
MOST_TASKS: Final = 1_000
LONGEST_TEXT: Final = 500_000
"""Code points of a task's text; for what is longer nothing is proposed."""


class _Task(msgspec.Struct):
    """What is read of a task."""

    data: dict[str, Any]


class _Asked(msgspec.Struct):
    """A request for predictions."""

    tasks: list[_Task]


class _Setup(msgspec.Struct):
    """What is read of a request to set up; the access token in it is not."""

    schema: str = ""


@dataclass(frozen=True, slots=True)
class Backend:
    """What is served, and to whom."""

    schema: EventSchema
    producer: Producer
    token: str | None = None
    """Whoever asks must know it; None to let every program of this machine in."""

    def predictions(self, tasks: list[_Task]) -> list[dict[str, object]]:
        """One prediction for each task, empty where nothing is proposed."""
        return [self._prediction(task.data) for task in tasks]

    def _prediction(self, data: Mapping[str, Any]) -> dict[str, object]:
        empty: dict[str, object] = {
            "result": [], "score": 0.0, "model_version": self.producer.version
        }  # fmt: skip
        text = data.get("text")
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
            return empty
        found = self.producer.propose(document_of(data, text))
        made = prediction_of(found, Span(0, len(text)), self.schema, text)
        return empty if made is None else {**made, "model_version": self.producer.version}


def document_of(data: Mapping[str, Any], text: str) -> Document:
    """The text of a task as a document of its own, with the metadata that candidates use."""
    known = {n: data[n] for n in ("source", "date", "url", "title") if isinstance(data.get(n), str)}
    sentences = segment(text)
    if len(sentences) <= 1 or all(s.kind is SentenceKind.BOILERPLATE for s in sentences):
        sentences = (Sentence(Span(0, len(text))),)  # what was made a task is no boilerplate
    return Document(document_id(text), text, known, sentences)


def missing_labels(schema: EventSchema, xml: str) -> list[str]:
    """The types and roles of the schema that a labelling config does not have.

    Raises ValueError when it is no labelling config.
    """
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise ValueError("it declares things of its own")
    try:
        root = ET.fromstring(xml)  # noqa: S314 (no declarations, so nothing expands)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    found = {
        config.ENTITY: _values(root, f".//Labels[@name='{config.ENTITY}']/Label"),
        config.TRIGGER: _values(root, f".//Labels[@name='{config.TRIGGER}']/Label"),
        config.RELATIONS: _values(root, ".//Relations/Relation"),
    }
    wanted = {
        config.ENTITY: schema.entity_types,
        config.TRIGGER: schema.event_types,
        config.RELATIONS: schema.roles,
    }
    return [n for control, names in wanted.items() for n in names if n not in found[control]]


def _values(root: ET.Element, path: str) -> set[str | None]:
    return {label.get("value") for label in root.findall(path)}


def application(backend: Backend) -> web.Application:
    """The web application that speaks Label Studio's protocol."""
    app = web.Application(middlewares=[_guard(backend)], client_max_size=LARGEST_REQUEST)
    version = backend.producer.version
    worker = ThreadPoolExecutor(1)  # one after the other: `/health` must answer meanwhile

    async def health(_: web.Request) -> web.Response:
        return web.json_response({"status": "UP", "model_class": "curate", "version": version})

    async def versions(_: web.Request) -> web.Response:
        return web.json_response({"versions": [version]})

    async def setup(request: web.Request) -> web.Response:
        asked = await _decoded(request, _Setup)
        if asked.schema:
            _check_config(backend.schema, asked.schema)
        return web.json_response({"model_version": version})

    async def predict(request: web.Request) -> web.Response:
        asked = await _decoded(request, _Asked)
        if len(asked.tasks) > MOST_TASKS:
            raise _refused(f"more than {MOST_TASKS} tasks at a time")
        loop = asyncio.get_running_loop()
        results = await loop.run_in_executor(worker, backend.predictions, asked.tasks)
        body = msgspec.json.encode({"results": results, "model_version": version})
        return web.Response(body=body, content_type="application/json")

    async def heard(_: web.Request) -> web.Response:
        """Answer events and wishes to train: curate learns from its own project."""
        return web.json_response({"result": "ok"})

    async def close(_: web.Application) -> None:
        worker.shutdown(wait=False, cancel_futures=True)

    app.router.add_get("/", health)
    app.router.add_get("/health", health)
    app.router.add_get("/versions", versions)
    app.router.add_post("/setup", setup)
    app.router.add_post("/predict", predict)
    app.router.add_post("/webhook", heard)
    app.router.add_post("/train", heard)
    app.on_cleanup.append(close)
    return app


def _check_config(schema: EventSchema, xml: str) -> None:
    """Refuse a project whose labels could not show what is proposed."""
    try:
        missing = missing_labels(schema, xml)
    except ValueError as error:
        raise _refused(f"this is no labelling config: {error}") from error
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise _refused(
            f"the labelling config lacks {', '.join(missing[:5])}{more} of the schema "
            f"{schema.identity}: take the one that `curate export label-studio` writes"
        )


async def _decoded(request: web.Request, kind: type[T]) -> T:
    """The body of a request; refuses what has another shape."""
    try:
        return msgspec.json.decode(await request.read(), type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _refused(f"the request does not hold together: {error}") from error


def _refused(reason: str) -> web.HTTPBadRequest:
    body = msgspec.json.encode({"detail": reason}).decode()
    return web.HTTPBadRequest(reason=_one_line(reason), text=body, content_type="application/json")


def _one_line(reason: str) -> str:
    """A reason fit for the status line, which is all of an answer that Label Studio shows."""
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in reason)[:300]


def _guard(backend: Backend) -> Middleware:
    """Let in who knows the token; without one, programs of this machine, but no web page."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if backend.token is not None:
            if not _knows(request.headers.get("Authorization", ""), backend.token):
                raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="curate"'})
        elif not is_this_machine(host_name(request.host)) or "Origin" in request.headers:
            raise web.HTTPForbidden
        return await handler(request)

    return guard


def _knows(authorization: str, token: str) -> bool:
    """Whether a request carries the token, as a bearer or as the password of basic access."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return compare_digest(given.encode(), token.encode())


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[tuple[str, int]]:
    """Serve while the context lasts; give the address, whose port is a free one for port 0."""
    runner = web.AppRunner(app, access_log=None, handle_signals=False)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise WorldError(
                f"{host}:{port} cannot be listened on: {(error.strerror or str(error)).lower()}",
                "choose another --port",
            ) from error
        bound_host, bound_port = runner.addresses[0][:2]
        yield str(bound_host), int(bound_port)
    finally:
        await runner.cleanup()
