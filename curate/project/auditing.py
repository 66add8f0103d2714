"""Is a project sound? The file, the journal against the state, the schema, the counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.change import Conflict
from curate.model.document import text_hash
from curate.model.problems import errors_in
from curate.project.gold import gold_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.project.opening import Project

MOST = 1000
"""Findings after which the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    kind: str
    """`file`, `text`, `journal`, `schema`, `count`, `candidates` or `gold`."""
    place: str
    """Item, document or annotator; '' for the file as a whole."""
    message: str

    def as_json(self) -> dict[str, str]:
        """The finding as values that JSON can hold."""
        return {"kind": self.kind, "place": self.place, "message": self.message}

    def line(self) -> str:
        """The finding for a reader."""
        return f"{self.kind}: {self.place + ': ' if self.place else ''}{self.message}"


def audit(
    project: Project, progress: Callable[[int, int, str], None] | None = None
) -> Iterator[Finding]:
    """Everything that is wrong with a project, as it is found; nothing is changed."""
    upkeep = project.store.upkeep
    damage = upkeep.damage()
    yield from (Finding("file", "", line) for line in damage)
    if damage:  # what lies on broken pages cannot be judged
        return
    yield from (Finding("file", "", line) for line in upkeep.orphans())
    yield from _texts(project, progress)
    yield from (Finding("count", "", line) for line in upkeep.false_tallies())
    yield from _annotations(project)
    for gold in gold_items(project):
        text = project.store.documents.get(gold.document).text
        for problem in errors_in(gold.annotation, project.schema, text)[:1]:
            yield Finding("gold", gold.item.id, problem.message)


def _texts(project: Project, progress: Callable[[int, int, str], None] | None) -> Iterator[Finding]:
    store = project.store
    total = store.documents.count()
    for number, (key, told, text) in enumerate(store.upkeep.texts(), 1):
        if text_hash(text) != told:
            yield Finding("text", key, "the text is not the one that was imported: its hash is off")
        for item in store.items.of_document(key):
            if not 0 <= item.span.start < item.span.end <= len(text):
                yield Finding("text", item.id, "the item does not lie inside the text")
        try:
            store.candidates.of(key)
        except (CurateError, ValueError, KeyError, TypeError) as error:
            yield Finding("candidates", key, f"cannot be read: {error}")
        if progress is not None:
            progress(number, total, key)


def _annotations(project: Project) -> Iterator[Finding]:
    store = project.store
    texts: dict[str, str] = {}
    for item_id, annotator in store.upkeep.touched():
        item = store.items.get(item_id)
        place = f"{item_id} by {annotator}"
        if item is None:
            yield Finding("journal", place, "the item is not in the project")
            continue
        state = store.annotations.get(item_id, annotator)
        try:
            replayed = store.journal.replay(item_id, annotator)
        except (Conflict, ValueError, KeyError) as error:
            yield Finding("journal", place, f"the journal cannot be followed: {error}")
            continue
        if replayed != state:
            yield Finding("journal", place, "the journal tells another annotation than is stored")
        if item.document not in texts:
            texts = {item.document: store.documents.get(item.document).text}
        for problem in errors_in(state, project.schema, texts[item.document])[:1]:
            yield Finding("schema", place, problem.message)
