"""A project here and one on the real server, filled at random, and what is wrong between them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from curate.model.annotation import Annotation, Argument, Status
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.change import difference
from curate.model.document import Document, Sentence
from curate.model.ids import new_id
from curate.model.item import ItemUnit, items_of
from curate.model.span import Span
from curate.project.opening import Project, create_project, read_schema
from curate.store.journal import Decision
from tests.strategies import annotations_of, texts
from tests.tui.projects import AT

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import httpx

    from curate.model.schema import EventSchema

Pair = tuple[str, str]
"""Id of an item, and an annotator."""
FINISHED = (Status.DONE, Status.SKIPPED, Status.FLAGGED)


@dataclass(frozen=True, slots=True)
class Case:
    """One item, what the machine proposes for it, and different readings of it."""

    document: Document
    """Two sentences; the second is the item, so that its places do not begin at 0."""
    candidates: tuple[Candidate, ...]
    readings: tuple[Annotation, ...]
    """All finished; their annotators are a1, a2 …"""

    @property
    def item(self) -> str:
        """Id of the item."""
        _, second = items_of(self.document, ItemUnit.SENTENCE)
        return second.id


@st.composite
def _cases(draw: st.DrawFn, schema: EventSchema, readings: int) -> tuple[Any, ...]:
    """Text before the item, the item's text, readings of it."""
    before, text = draw(texts(1, 6)), draw(texts(1, 20))
    item = Span(len(before), len(before) + len(text))
    return (
        before,
        text,
        [draw(annotations_of(schema, before + text, item)) for _ in range(readings)],
    )


def drawn(count: int, *, readings: int = 2, number: int = 1) -> list[Case]:
    """So many random cases; the number is their seed."""
    found: list[Case] = []

    @seed(number)
    @settings(
        max_examples=count, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(_cases(read_schema(), readings))
    def collect(drawn_case: tuple[Any, ...]) -> None:
        found.append(_case(len(found), *drawn_case))

    collect()
    return found


def _case(number: int, before: str, text: str, said: list[Annotation]) -> Case:
    """A case that differs from all others by the number at the end of its document.

    What the first annotator says is proposed too, but for every fourth case.
    """
    spans = (Span(0, len(before)), Span(len(before), len(before) + len(text)))
    document = Document(
        f"d{number}", f"{before}{text} {number}", {}, tuple(Sentence(s) for s in spans)
    )
    readings = tuple(
        replace(
            a, annotator=f"a{n}",
            status=a.status if a.status in FINISHED else FINISHED[number % 3],
        )
        for n, a in enumerate(said, 1)
    )  # fmt: skip
    return Case(document, _proposed(said[0]) if number % 4 else (), readings)


def _proposed(annotation: Annotation) -> tuple[Candidate, ...]:
    """What an annotation says as proposals; nobody else uses their ids."""

    def named(argument: Argument) -> Argument:
        return replace(
            argument,
            mention=argument.mention and f"c-{argument.mention}",
            frame=argument.frame and f"c-{argument.frame}",
        )

    return (
        *(
            MentionCandidate(
                f"c-{m.id}", m.span, m.type, m.subtype, 0.5, "test/1", "list", m.attributes
            )
            for m in annotation.mentions
        ),
        *(
            FrameCandidate(
                f"c-{f.id}", f.type, f.trigger, tuple(map(named, f.arguments)), 0.5, "test/1",
                "list", f.attributes,
            )
            for f in annotation.frames
        ),
    )  # fmt: skip


def made(path: Path, cases: Iterable[Case]) -> Project:
    """A project with the documents and candidates of the cases, and no annotations yet."""
    project = create_project(path)
    add(project, cases)
    return project


def add(project: Project, cases: Iterable[Case]) -> None:
    """Put the documents and candidates of cases into a project."""
    with project.store.writing():
        for case in cases:
            project.store.documents.add([case.document], ItemUnit.SENTENCE, at=AT)
            if case.candidates:
                project.store.candidates.put(case.document.id, "test/1", case.candidates, at=AT)


def say(project: Project, item: str, wanted: Annotation) -> None:
    """Bring an annotation to what is wanted, as its annotator's own decision."""
    change = difference(project.store.annotations.get(item, wanted.annotator), wanted)
    if change:
        row = Decision(new_id(), wanted.annotator, item, "test", change, 0.0, 0, AT)
        project.store.journal.write(row)


def said(project: Project) -> dict[Pair, Annotation]:
    """All that anybody says here, by item and annotator."""
    everybody = project.store.annotations.annotators()
    return {(item, who): a for who in everybody for item, a in project.store.annotations.all(who)}


# ---------------------------------------------------------------- the server, seen past curate


def tasks_there(api: httpx.Client, number: int) -> list[dict[str, Any]]:
    """All tasks of a project on the server, with all that hangs on them."""
    found: list[dict[str, Any]] = []
    page = 1
    while True:
        query: dict[str, Any] = {
            "project": number, "page": page, "page_size": 500, "fields": "all"
        }  # fmt: skip
        answer = api.get("/api/tasks/", params=query)
        if answer.status_code == 404 and page > 1:
            return found
        answer.raise_for_status()
        part = answer.json()["tasks"]
        found += part
        if len(part) < 500:
            return found
        page += 1


def wrongs(project: Project, api: httpx.Client, number: int) -> list[str]:
    """What is doubled, missing or lost on the server, told one by one; nothing is as it should."""
    tasks = tasks_there(api, number)
    items = {item.id: item for item in project.store.items.all()}
    counted = Counter(task["data"].get("key") for task in tasks)
    found = [f"{key}: {n} tasks" for key, n in counted.items() if n > 1]
    found += [f"{item}: no task" for item in items if not counted[item]]
    wanted = Counter(
        (item, who) for (item, who), a in said(project).items() if a.status in FINISHED
    )
    held: Counter[Pair] = Counter()
    for task in tasks:
        key = task["data"]["key"]
        found += _wrong_predictions(project, key, task)
        held.update((key, who) for who in _annotators(task))
    found += [f"{pair}: {held[pair]} annotations instead of {n}" for pair, n in wanted.items()
              if held[pair] != n]  # fmt: skip
    return found + [f"{pair}: an annotation that nobody made" for pair in held - wanted]


def _wrong_predictions(project: Project, key: str, task: dict[str, Any]) -> Iterator[str]:
    item = project.store.items.get(key)
    if item is None:
        yield f"{key}: a task of no item"
        return
    mentions, frames = project.store.candidates.of(item.document)
    spans = [m.span for m in mentions] + [f.trigger for f in frames]
    wanted = any(item.span.covers(span) for span in spans)
    if len(task["predictions"]) != wanted:
        yield f"{key}: {len(task['predictions'])} predictions instead of {int(wanted)}"


def _annotators(task: dict[str, Any]) -> Iterator[str]:
    """Whose annotations a task has, as the hidden field tells."""
    import json

    for answer in task["annotations"]:
        names = [
            json.loads(entry["value"]["text"][0])["annotator"]
            for entry in answer["result"]
            if entry.get("from_name") == "item_curate"
        ]
        yield names[0] if names else "?"


def edited_there(
    api: httpx.Client, number: int, chance: random.Random, count: int
) -> dict[Pair, str]:
    """Write a note into some annotations on the server; return the notes."""
    answers = [
        (task["data"]["key"], who, answer)
        for task in tasks_there(api, number)
        for who, answer in zip(_annotators(task), task["annotations"], strict=True)
    ]
    notes: dict[Pair, str] = {}
    for item, who, answer in chance.sample(answers, min(count, len(answers))):
        words = notes[item, who] = f"ملاحظة {chance.randrange(10**9)}"
        note = {
            "id": "note-there", "from_name": "item_note", "to_name": "text", "type": "textarea",
            "value": {"text": [words]},
        }  # fmt: skip
        rest = [r for r in answer["result"] if r.get("from_name") != "item_note"]
        api.patch(
            f"/api/annotations/{answer['id']}/", json={"result": [*rest, note]}
        ).raise_for_status()
    return notes
