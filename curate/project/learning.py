"""Learn from what is confirmed, and propose anew for what is open."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.candidates.learned import FORMAT, HeldOut, model_from_bytes, model_to_bytes
from curate.candidates.sights import Reader
from curate.candidates.training import FEWEST, Lesson, fingerprint, train
from curate.candidates.warm import producer_for
from curate.errors import CurateError, FormatError
from curate.formats.jsonl import read_records
from curate.model.annotation import Annotation, Status
from curate.project.activity import utc_now
from curate.project.muting import muted, producer_without
from curate.project.own_seeds import project_seeds, seeds_of
from curate.project.reproposing import repropose
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from curate.candidates.engine import Producer
    from curate.candidates.learned import Model
    from curate.candidates.muting import Source
    from curate.model.schema import EventSchema
    from curate.project.opening import Project
    from curate.store.encoding import Json
    from curate.store.store import Store

MODEL: Final = "learned.model"
"""Setting that holds the project's model."""
HISTORY: Final = "learned.history"
"""Setting that lists all models the project had, without their weights."""
EVERY: Final = "learned.every"
"""Setting: after how many more finished items to learn again."""
USUALLY_EVERY: Final = 50
SINCE: Final = "learned.since"
"""Setting: when a process began to learn (seconds of the epoch), while it does."""
LONGEST: Final = 900.0
"""Seconds after which a process that claimed to learn counts as gone."""
GOLD: Final = "gold"
"""The annotator whose word counts alone, where there is one."""
ENOUGH: Final = 600
"""Lessons of its own from which on a project no longer learns from the seeds."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning."""

    version: str
    lessons: int
    held_out: HeldOut | None
    fresh: bool
    """Whether a new model was trained; there is nothing to learn twice."""
    documents: int
    """Documents for which something new is proposed."""

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The figures for a reader."""
        if not self.fresh:
            first = f"model {self.version} knows all {self.lessons:,} finished items already"
        else:
            first = f"model {self.version}: learned from {self.lessons:,} finished items"
        lines = [first]
        if self.held_out is not None:
            h = self.held_out
            lines.append(
                f"  by itself on {h.lessons:,} items it had not seen: "
                f"mentions F1 {h.mentions_f1:.2f} ({h.mentions:,}), "
                f"triggers F1 {h.triggers_f1:.2f} ({h.triggers:,}), exact spans"
            )
        lines.append(f"  new candidates for open items in {self.documents:,} documents")
        return lines


def learn(
    project: Project,
    *,
    keep: Collection[str] = (),
    now: Callable[[], str] = utc_now,
) -> Learned:
    """Train on the items that are done, keep the model, and propose anew for untouched items.

    What anybody decided stays as it is, with the candidates it was decided on;
    so do the candidates of the items in `keep` (what somebody looks at just
    now). Raises `CurateError` when too little is done to learn from.
    """
    lessons = lessons_of(project)
    if len(lessons) < FEWEST:
        raise CurateError(
            f"{project.path} has {len(lessons)} finished items: too few to learn from",
            f"finish {FEWEST} items first",
        )
    warm = _warm(project, lessons)
    held = project_model(project.store)
    fresh = held is None or (held.source, held.schema) != (
        fingerprint([*lessons, *warm]),
        project.schema.identity,
    )
    model = _trained(project, lessons, warm, now) if held is None or fresh else held
    rules = producer_for(project.schema, model, project_seeds(project.store))
    producer = producer_without(rules, muted(project.store))
    documents = repropose(project, producer, keep=keep, now=now)
    return Learned(model.version, model.lessons, model.held_out, fresh, documents)


def _warm(project: Project, lessons: list[Lesson]) -> list[Lesson]:
    """Lessons to begin warm with: none of documents that the project teaches from itself."""
    if len(lessons) >= ENOUGH:
        return []
    own = {x.document.sha256 for x in lessons}
    return [x for x in warm_lessons(project.schema) if x.document.sha256 not in own]


def _trained(
    project: Project, lessons: list[Lesson], warm: list[Lesson], now: Callable[[], str]
) -> Model:
    settings = project.store.settings
    history = settings.get(HISTORY)
    rows = list(history) if isinstance(history, list) else []
    model = train(
        lessons, Reader(project.schema, project_seeds(project.store)), str(len(rows) + 1), warm
    )
    about: dict[str, Json] = {
        "version": model.version,
        "at": now(),
        "lessons": model.lessons,
        "done": done_items(project.store),
        "source": model.source,
        "held_out": None if model.held_out is None else asdict(model.held_out),
    }
    with project.store.writing():
        settings[MODEL] = model_to_bytes(model).decode()
        settings[HISTORY] = [*rows, about]
    return model


def project_model(store: Store) -> Model | None:
    """The model that the project learned, or None; one of an older curate counts as none."""
    text = model_text(store)
    return None if text is None else model_of(text)


def model_text(store: Store) -> str | None:
    """The project's model as it is kept."""
    text = store.settings.get(MODEL)
    return text if isinstance(text, str) else None


def model_of(text: str) -> Model | None:
    """A model from its text; one of another format is to be trained anew, and counts as none."""
    try:
        return model_from_bytes(text.encode(), FORMAT)
    except FormatError:
        return None


def project_producer(
    schema: EventSchema,
    model_text: str | None,
    seeds_text: str | None = None,
    sources: frozenset[Source] = frozenset(),
) -> Producer:
    """What proposes for a project: rules and its lists, with what it learned or what ships.

    What the muted `sources` propose is left out.
    """
    model = None if model_text is None else model_of(model_text)
    return producer_without(producer_for(schema, model, seeds_of(seeds_text)), sources)


def lessons_of(project: Project) -> list[Lesson]:
    """The items that are done: as gold says, else as each annotator says."""
    found: list[Lesson] = []
    for document in project.store.documents.all():
        by_item: defaultdict[tuple[int, int], list[Annotation]] = defaultdict(list)
        for annotation in project.store.annotations.of_document(document.id):
            if annotation.status is Status.DONE:
                item = annotation.item
                by_item[item.start, item.end].append(annotation)
        for key in sorted(by_item):
            found += [Lesson(document, _bare(a)) for a in _of_gold(by_item[key])]
    return found


def _of_gold(annotations: Iterable[Annotation]) -> list[Annotation]:
    every = sorted(annotations, key=lambda a: a.annotator)
    return [a for a in every if a.annotator == GOLD] or every


def _bare(annotation: Annotation) -> Annotation:
    """The annotation without what is not learned from."""
    return replace(annotation, links=(), note=None, fates={})


def warm_lessons(schema: EventSchema) -> list[Lesson]:
    """Lessons of the demo corpus' train part, for projects of the same schema."""
    folder = shipped("seeds").joinpath("demo")
    split = json.loads(folder.joinpath("split.json").read_text(encoding="utf-8"))
    name = folder.joinpath("demo.jsonl")
    from curate.formats.schema_file import shipped_schema

    if schema.name != shipped_schema().name:
        return []
    wanted = set(split["train"])
    with name.open("rb") as file:
        records = [r for r in read_records(file, name.name) if r.document.id in wanted]
    return [
        Lesson(r.document, _bare(a))
        for r in records
        for a in r.annotations
        if a.annotator == GOLD and a.status is Status.DONE
    ]


def is_due(project: Project) -> bool:
    """Whether enough items were finished since the project last learned to learn again."""
    every = project.store.settings.get(EVERY, USUALLY_EVERY)
    done = done_items(project.store)
    if done < FEWEST or _is_learning(project.store):
        return False
    history = project.store.settings.get(HISTORY)
    last = history[-1] if isinstance(history, list) and history else None
    before = last["done"] if isinstance(last, dict) else 0
    if not isinstance(every, int) or not isinstance(before, int) or every <= 0:
        return False
    return done - before >= every


def set_every(project: Project, every: int) -> None:
    """Learn again by itself after so many more finished items; 0 for never."""
    if every < 0:
        raise CurateError(f"{every} is no number of items", "give 0 to switch learning off")
    project.store.settings[EVERY] = every


@contextmanager
def claimed(project: Project) -> Iterator[bool]:
    """Whether this process may learn now: no other one does; a claim ends with the block."""
    store = project.store
    with store.writing():
        free = not _is_learning(store)
        if free:
            store.settings[SINCE] = time.time()
    try:
        yield free
    finally:
        if free:
            store.settings[SINCE] = None


def _is_learning(store: Store) -> bool:
    """Whether another process said that it learns, and not so long ago that it must be gone."""
    since = store.settings.get(SINCE)
    return isinstance(since, float) and 0 <= time.time() - since < LONGEST


def done_items(store: Store) -> int:
    """Finished items, counted once for each annotator."""
    return sum(store.items.counts(name)[Status.DONE] for name in store.annotations.annotators())
