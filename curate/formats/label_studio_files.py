"""Label Studio's tasks as a file, with what went into them counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from curate.formats import label_studio_config as config
from curate.formats import tally as counting
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.label_studio import tasks_of
from curate.formats.label_studio_config import label_config
from curate.formats.label_studio_foreign import Words, adapted, candidates_of
from curate.formats.label_studio_tasks import read_tasks
from curate.formats.tally import counts_of
from curate.model.annotation import LinkKind, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.records import Record
    from curate.formats.tally import Tally

_LINKS = frozenset(config.relation_label(kind) for kind in LinkKind)
_ENCODER = msgspec.json.Encoder()


def read(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    """Read a JSON array of tasks: answers as annotations, predictions as candidates."""
    content = b"".join(lines)
    try:
        tasks = msgspec.json.decode(content, type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from read_tasks(content, setting.schema, setting.name)  # it says what is wrong
        return
    words = Words.of(setting.schema, setting.names)
    for number, task in enumerate(tasks):
        made = adapted(task, words)
        name = f"{setting.name}: task {number + 1}"
        for record in read_tasks(_ENCODER.encode([made]), setting.schema, name):
            found = candidates_of(made, setting.schema, record.document.text)
            yield replace(record, candidates=found)


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """Write `tasks.json` and the labelling configuration."""
    yield OutFile("tasks.json", _tasks(records, setting))
    yield OutFile("config.xml", iter([label_config(setting.schema).encode()]))


def _tasks(records: Iterable[Record], setting: Setting) -> Iterator[bytes]:
    """A JSON array of tasks, one task a line."""
    before = b"[\n"
    for record in records:
        proposed = setting.tally.written[counting.CANDIDATES]
        for task in tasks_of(record, setting.schema, setting.unit):
            _count(task, setting.tally)
            yield before + _ENCODER.encode(task)
            before = b",\n"
        setting.tally.wrote(counting.DOCUMENTS)
        _count_dropped(record, setting.tally, proposed)
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _count(task: dict[str, Any], tally: Tally) -> None:
    """Count what stands in a task."""
    for answer in task["annotations"]:
        for entry in answer["result"]:
            if entry["type"] == "relation":
                links = len(_LINKS.intersection(entry["labels"]))
                tally.wrote(counting.LINKS, links)
                tally.wrote(counting.ARGUMENTS, len(entry["labels"]) - links)
            elif entry["type"] == "labels":
                kinds = {config.ENTITY: counting.MENTIONS, config.TRIGGER: counting.FRAMES}
                if entry["from_name"] in kinds:
                    tally.wrote(kinds[entry["from_name"]])
            elif entry["from_name"].startswith(("mention__", "frame__")):
                tally.wrote(counting.ATTRIBUTES)
    for prediction in task["predictions"]:
        regions = (e for e in prediction["result"] if e["type"] == "labels")
        named = (e for e in regions if e["from_name"] in (config.ENTITY, config.TRIGGER))
        tally.wrote(counting.CANDIDATES, sum(1 for _ in named))


def _count_dropped(record: Record, tally: Tally, before: int) -> None:
    """Count what Label Studio has no place for."""
    written = tally.written[counting.CANDIDATES] - before
    if left := len(record.candidates) - written:
        tally.drop(counting.CANDIDATES, "they lie in no item", left)
    fresh = tuple(a for a in record.annotations if a.status is Status.NEW)
    if fresh:
        for kind, number in counts_of(type(record)(record.document, fresh)).items():
            if kind not in (counting.DOCUMENTS, counting.CANDIDATES, counting.THREADS):
                tally.drop(kind, "their item is not begun", number)


FORMAT = Format(
    "label-studio",
    "Label Studio tasks with predictions and annotations, and the labelling config",
    (".json",),
    is_lossless=False,
    read=read,
    write=write,
    is_folder=True,
    has_fixed_files=True,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={counting.THREADS: NO_CANDIDATES[counting.THREADS]},
    loses=(
        "the article as one text: each item is a task of its own",
        "where the article was cut from, and its boilerplate",
        "slots of candidates that are filled from outside the item",
    ),
)
