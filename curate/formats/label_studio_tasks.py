"""Label Studio's export as records: each task becomes a document of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from curate.errors import FormatError
from curate.formats.label_studio_reading import Reading, read_answer
from curate.formats.records import Misfit, Record
from curate.model.document import Document, Sentence, document_id
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.schema import EventSchema

_META = ("title", "source", "date", "url", "licence", "key", "document", "start", "end")


class _Task(msgspec.Struct):
    """What is read of a task; the server adds much more."""

    data: dict[str, Any]
    annotations: list[dict[str, Any]] = []
    id: int | str | None = None


def read_tasks(content: bytes, schema: EventSchema, name: str) -> Iterator[Record]:
    """Read a JSON array of tasks, as Label Studio exports it.

    Each task's text is a document: the article around it is not in the file. Parts
    of answers that do not fit come as the record's misfits. Raises FormatError.
    """
    try:
        tasks = msgspec.json.decode(content, type=list[_Task])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(
            f"{name}: these are no Label Studio tasks: {error}",
            "export the project as JSON: JSON-MIN and CSV lose relations",
        ) from error
    for position, task in enumerate(tasks):
        yield _record(task, schema, f"{name}: $[{position}]")


def _record(task: _Task, schema: EventSchema, place: str) -> Record:
    text = task.data.get("text")
    if not isinstance(text, str) or not text:
        raise FormatError(f"{place} has no data.text", "export the tasks of a curate project")
    key = task.data.get("key")
    whole = Span(0, len(text))
    document = Document(
        id=key if isinstance(key, str) and key else document_id(text),
        text=text,
        meta={n: v for n in _META if isinstance(v := task.data.get(n), str | int | float)},
        sentences=(Sentence(whole),),
    )
    readings = [
        read_answer(answer, whole, schema, text, _annotator(answer)) for answer in task.annotations
    ]
    return Record(
        document,
        tuple(reading.annotation for reading in readings),
        misfits=tuple(misfit for reading in readings for misfit in _named(reading, key)),
    )


def _annotator(answer: dict[str, Any]) -> str:
    """Who gave the answer, as the server tells it."""
    who = answer.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    return "unknown" if who is None else str(who)


def _named(reading: Reading, key: object) -> Iterator[Misfit]:
    for misfit in reading.misfits:
        yield Misfit(f"{key}, {reading.annotation.annotator}: {misfit.reason}", misfit.content)
