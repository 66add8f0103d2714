"""Looks at some items on both sides, and at what is remembered of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from curate.formats.label_studio import prediction_of
from curate.formats.label_studio_reading import read_answer
from curate.model.annotation import Status
from curate.model.problems import errors_in
from curate.sync.job import Job, Theirs, View
from curate.sync.marks import is_blank, mark, mark_of
from curate.sync.plan import (
    GOLD,
    Base,
    Here,
    Key,
    Known,
    KnownTask,
    Mine,
    Question,
    Side,
    There,
)
from curate.sync.remote import MODEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from curate.model.annotation import Annotation
    from curate.model.document import Document
    from curate.model.item import Item
    from curate.store.remote import RemoteAnswer, RemoteTask
    from curate.sync.answers import Answered, Row, Task
    from curate.sync.job import Json

_FINISHED = frozenset({Status.DONE, Status.SKIPPED, Status.FLAGGED})


def look(job: Job, wanted: Sequence[str], absent: Collection[str] = frozenset()) -> View:
    """See these items as they are now; `absent` are known to have no task there."""
    items = {i: item for i in wanted if (item := job.store.items.get(i)) is not None}
    texts = _documents(job, items.values())
    known_tasks = {t.item: t for t in job.store.remotes.tasks(job.link.number, list(items))}
    known = {
        Key(a.item, a.annotator): a for a in job.store.remotes.answers(job.link.number, list(items))
    }
    rows, extra = _rows(job, [i for i in items if i not in absent], known_tasks)
    predictions = _predictions(job, items, texts)
    view = View(
        items=items,
        texts=texts,
        known_tasks=known_tasks,
        known=known,
        mine=_mine(job, items),
        predictions=predictions,
        proposed={i: mark_of(p) if p else "" for i, p in predictions.items()},
        rows=rows,
        theirs={},
        extra=extra,
    )
    return _with_pictures(job, _with_theirs(job, view))


# ---------------------------------------------------------------- here


def _documents(job: Job, items: Iterable[Item]) -> dict[str, Document]:
    held: dict[str, Document] = {}
    found = {}
    for item in items:
        if item.document not in held:
            held[item.document] = job.store.documents.get(item.document)
        found[item.id] = held[item.document]
    return found


def _mine(job: Job, items: Mapping[str, Item]) -> dict[Key, Annotation]:
    """What annotators say of the items here, and their gold."""
    found: dict[Key, Annotation] = {}
    by_span = {(item.document, item.span): i for i, item in items.items()}
    for document in dict.fromkeys(item.document for item in items.values()):
        for annotation in job.store.annotations.of_document(document):
            item = by_span.get((document, annotation.item))
            if item is not None and not is_blank(annotation):
                found[Key(item, annotation.annotator)] = annotation
        for row in job.store.gold.of_document(document):
            if row.item in items and row.open == 0:
                gold = replace(row.annotation, status=Status.DONE)
                found[Key(row.item, GOLD)] = gold
    return found


def _predictions(
    job: Job, items: Mapping[str, Item], texts: Mapping[str, Document]
) -> dict[str, Json]:
    """What the machine proposes, item by item, as predictions that the server shows."""
    found: dict[str, Json] = {}
    held: dict[str, list[object]] = {}
    for i, item in items.items():
        if item.document not in held:
            held.clear()
            mentions, frames = job.store.candidates.of(item.document)
            held[item.document] = [*mentions, *frames]
        made = prediction_of(
            held[item.document],  # type: ignore[arg-type]  # a list of candidates
            item.span, job.schema, texts[i].text,
        )  # fmt: skip
        found[i] = {} if made is None else {**made, "model_version": MODEL}
    return found


# ---------------------------------------------------------------- there


def _rows(
    job: Job, items: Sequence[str], known: Mapping[str, RemoteTask]
) -> tuple[dict[str, Row], tuple[Row, ...]]:
    """The task of each item, and those that are there beside it."""
    held: defaultdict[str, list[Row]] = defaultdict(list)
    if items:
        for row in job.remote.listing(job.project, keys=items):
            if row.key is not None:
                held[row.key].append(row)
    found: dict[str, Row] = {}
    extra: list[Row] = []
    for item, rows in held.items():
        rows.sort(key=lambda row: row.id)
        number = known[item].task if item in known else rows[0].id
        kept = next((row for row in rows if row.id == number), rows[0])
        found[item] = kept
        extra += [row for row in rows if row is not kept]
    return found, tuple(extra)


def _with_theirs(job: Job, view: View) -> View:
    """Add what annotations there say: read where something changed, else as remembered."""
    held = {key.item for key, known in view.known.items() if known.there is not None}
    asked = {
        row.id: item
        for item, row in view.rows.items()
        if (row.answers or item in held) and _is_news(view, item, row)
    }  # the server's counts alone prove no deletion: two changes at once make them -1 and 1
    theirs: dict[Key, Theirs] = {}
    problems: dict[str, str] = {}
    rows = dict(view.rows)
    tasks = job.remote.tasks(job.project, sorted(asked)) if asked else ()
    for task in tasks:
        item = asked[task.id]
        rows[item] = msgspec.structs.replace(
            rows[item], updated_at=task.updated_at, total_annotations=len(task.annotations),
            cancelled_annotations=0,
        )  # fmt: skip
        if task.data.get("text") != view.items[item].span.of(view.texts[item].text):
            problems[item] = "its text was changed in Label Studio, so nothing there fits"
            continue
        theirs |= _answers(job, view, item, task)
    return replace(view, rows=rows, theirs=theirs, problems=problems)


def _is_news(view: View, item: str, row: Row) -> bool:
    """Whether a task is not just as it was after the last sync, or something was asked of it."""
    if item in view.asked:
        return True
    known = view.known_tasks.get(item)
    return known is None or (known.task, known.updated_at, known.answers) != (
        row.id, row.updated_at, row.answers
    )  # fmt: skip


def _answers(job: Job, view: View, item: str, task: Task) -> dict[Key, Theirs]:
    """The annotations of a task by the annotator they are put down to."""
    numbers = {
        k.annotation: key.annotator
        for key, k in view.known.items()
        if key.item == item and k.annotation is not None
    }
    found: dict[Key, Theirs] = {}
    for answer in sorted(task.annotations, key=lambda a: (a.id not in numbers, a.id)):
        theirs = understood(job, view, item, answer)
        name = numbers.get(answer.id) or theirs.annotation.annotator
        key = Key(item, name)
        if key in found:
            key = Key(item, f"{name.lstrip('=')} #{answer.id}")
        annotator = "gold" if key.annotator == GOLD else key.annotator
        found[key] = replace(theirs, annotation=replace(theirs.annotation, annotator=annotator))
    return found


def understood(job: Job, view: View, item: str, answer: Answered) -> Theirs:
    """An annotation of the server as one of ours, and what of it does not fit."""
    text = view.texts[item].text
    candidates = _candidate_ids(view.predictions[item])
    content = {"result": answer.result, "was_cancelled": answer.was_cancelled}
    reading = read_answer(content, view.items[item].span, job.schema, text, "", candidates)
    is_ours = bool(reading.annotation.annotator)
    if not is_ours:  # it does not say whose it is
        named = replace(reading.annotation, annotator=job.people.annotator_of(answer.user))
        reading = replace(reading, annotation=named)
    errors = errors_in(reading.annotation, job.schema, text)
    return Theirs(
        number=answer.id,
        updated_at=answer.updated_at,
        mark=mark(reading.annotation, reading.misfits),
        annotation=reading.annotation,
        misfits=reading.misfits,
        answer=answer,
        is_ours=is_ours,
        errors=tuple(dict.fromkeys(problem.message for problem in errors)),
    )


def _candidate_ids(prediction: Json) -> frozenset[str]:
    results = prediction.get("result")
    entries = results if isinstance(results, list) else []
    return frozenset(r["id"] for r in entries if isinstance(r, dict) and "id" in r)


# ---------------------------------------------------------------- pictures


def _with_pictures(job: Job, view: View) -> View:
    """Add the fingerprints that a plan is made from."""
    whole = [i for i in view.items if i not in view.problems]
    all_tasks, all_annotations, _ = job.store.remotes.counts(job.link.number)
    base = Base(
        tasks={i: _known_task(view.known_tasks[i]) for i in whole if i in view.known_tasks},
        annotations={
            key: _known(job, known) for key, known in view.known.items() if key.item in whole
        },
        all_tasks=all_tasks,
        all_annotations=all_annotations,
    )
    here = Here(
        items={i: _proposed(view, i) for i in whole},
        annotations={
            key: Mine(mark(a), is_finished=a.status in _FINISHED)
            for key, a in view.mine.items()
            if key.item in whole
        },
    )
    there = There(
        tasks={i: row.total_predictions > 0 for i, row in view.rows.items() if i in whole},
        annotations={**_remembered(view), **{key: t.mark for key, t in view.theirs.items()}},
    )
    return replace(view, base=base, here=here, there=there)


def _proposed(view: View, item: str) -> str:
    """What is proposed; for a task that has answers already, nothing new."""
    row, known = view.rows.get(item), view.known_tasks.get(item)
    if row is not None and row.answers:
        return known.proposed if known is not None and row.total_predictions else ""
    return view.proposed[item]


def _remembered(view: View) -> dict[Key, str]:
    """What annotations there said that did not change since."""
    found = {}
    for key, known in view.known.items():
        row = view.rows.get(key.item)
        is_same = row is not None and row.answers and not _is_news(view, key.item, row)
        if is_same and key.item not in view.problems and known.there is not None:
            found[key] = known.there
    return found


def _known_task(task: RemoteTask) -> KnownTask:
    return KnownTask(
        proposed=task.proposed,
        question=None if task.question is None else Question(task.question),
        keep=None if task.keep is None else Side(task.keep),
        is_dropped=task.is_dropped,
    )


def _known(job: Job, answer: RemoteAnswer) -> Known:
    question = None if answer.question is None else Question(answer.question)
    is_settled = answer.is_settled
    if question is Question.CONFLICT and job.store.remotes.is_ruled(answer.item, answer.annotator):
        question, is_settled = None, True
    return Known(
        here=answer.here,
        there=answer.there,
        question=question,
        keep=None if answer.keep is None else Side(answer.keep),
        is_settled=is_settled,
    )
