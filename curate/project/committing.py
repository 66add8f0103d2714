"""Decisions on their way into the project: on what was seen, never against the schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.change import Conflict, applied
from curate.model.problems import errors_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.model.annotation import Annotation
    from curate.model.document import Document
    from curate.project.opening import Project
    from curate.store.journal import Decision
    from curate.store.store import Store


def commit(store: Store, decision: Decision, seen: Annotation) -> None:
    """Write a decision that was taken on the annotation as it was `seen`.

    Raises `Conflict`, with nothing written, when it is no longer like that:
    two decisions that fit each for itself may not fit together.
    """
    with store.writing():
        if store.annotations.get(decision.item, decision.annotator) != seen:
            raise Conflict("the annotation is not what the decision was taken on")
        store.journal.write(decision)


def travel(
    project: Project, annotator: str, step: Callable[[], str | None], read: Document | None = None
) -> str | None:
    """Undo or redo by `step`; return the id of the item it touched, or None without one.

    `read` is a document that need not be read again. Raises `Conflict`, with nothing
    written, when something else changed the annotation since, so that the step no longer fits.
    """
    with project.store.writing():
        item_id = step()
        if item_id is not None:
            _check(project, annotator, item_id, read)
    return item_id


def _check(project: Project, annotator: str, item_id: str, read: Document | None) -> None:
    """Refuse a step that brought the annotation into conflict with the schema."""
    store = project.store
    annotation = store.annotations.get(item_id, annotator)
    item = store.items.get(item_id)
    if item is None:
        return
    if read is None or read.id != item.document:
        read = store.documents.get(item.document)
    text = read.text
    errors = errors_in(annotation, project.schema, text)
    if not errors:
        return
    (row,) = store.journal.history(item_id, annotator, limit=1)
    before = applied(annotation, row.change.reversed())
    if set(errors) - set(errors_in(before, project.schema, text)):
        raise Conflict("the step no longer fits what was done since")
