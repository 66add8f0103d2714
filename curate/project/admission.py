"""Lets annotations and candidates that come with a document in, if they fit the schema."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.formats.jsonl import write_record
from curate.model.annotation import Annotation
from curate.model.candidate import MentionCandidate
from curate.model.change import applied, difference
from curate.model.ids import new_id
from curate.model.item import item_id, span_of_item
from curate.model.problems import errors_in
from curate.project.activity import utc_now
from curate.store.journal import Decision
from curate.store.quarantine import Stray

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.formats.records import Record
    from curate.model.candidate import Candidate
    from curate.model.schema import EventSchema
    from curate.project.opening import Project
    from curate.project.sources import Source


@dataclass(slots=True)
class Admission:
    """What became of annotations and candidates from outside."""

    written: int = 0
    known: int = 0
    """Annotations that were in the project already, just so."""
    kept: int = 0
    """Annotations that differ from the annotator's own in the project, which were kept."""
    strays: list[Stray] = field(default_factory=list)

    def __add__(self, other: Admission) -> Admission:
        return Admission(
            self.written + other.written,
            self.known + other.known,
            self.kept + other.kept,
            self.strays + other.strays,
        )


def admit_annotations(project: Project, source: Source, records: Iterable[Record]) -> Admission:
    """Write what annotators say of documents that are in the project, as journal rows of theirs.

    What an annotator has already said in the project is never changed.
    """
    admission = Admission()
    for record in records:
        document = project.store.documents.id_of_text(record.document.sha256)
        if document is None:
            continue
        admit_threads(project, document, record)
        misfits: list[Annotation] = []
        reasons: list[str] = []
        for annotation in record.annotations:
            reason = _admit(project, document, record, annotation, admission)
            if reason is not None:
                misfits.append(annotation)
                reasons.append(reason)
        if misfits:
            stray = replace(record, annotations=tuple(misfits), candidates=())
            admission.strays.append(_stray(source, stray, reasons))
    return admission


def admit_threads(project: Project, document: str, record: Record) -> None:
    """Add what was said of the document's items; of what is no item here nothing can be said."""
    for thread in record.threads:
        item = item_id(document, span_of_item(thread.item))
        if project.store.items.get(item) is not None:
            project.store.comments.add(item, thread.comments)


def fitting_candidates(
    schema: EventSchema, source: Source, record: Record, admission: Admission
) -> tuple[Candidate, ...]:
    """The candidates of a record that the schema allows; the others become a stray."""
    kept = record.candidates
    reasons: dict[str, str] = {}
    while True:  # what names a misfit is one too
        ids = {c.id for c in kept}
        misfits = {c.id: why for c in kept if (why := _misfit(schema, c, ids)) is not None}
        if not misfits:
            break
        reasons |= misfits
        kept = tuple(c for c in kept if c.id not in misfits)
    if reasons:
        left_out = tuple(c for c in record.candidates if c.id in reasons)
        stray = replace(record, annotations=(), candidates=left_out)
        admission.strays.append(_stray(source, stray, list(reasons.values())))
    return kept


def _admit(
    project: Project, document: str, record: Record, annotation: Annotation, admission: Admission
) -> str | None:
    """Write one annotation, or say why it does not fit."""
    store, item = project.store, item_id(document, annotation.item)
    span = annotation.item
    if store.items.get(item) is None:
        return f"{span.start}–{span.end} is no item of this project"
    errors = errors_in(annotation, project.schema, record.document.text)
    if errors:
        return errors[0].message
    blank = Annotation(annotation.annotator, span)
    change = difference(blank, annotation)
    wanted = applied(blank, change)
    present = store.annotations.get(item, annotation.annotator)
    if present == wanted:
        admission.known += 1
    elif present != blank:
        admission.kept += 1
    else:
        store.journal.write(
            Decision(
                new_id(), annotation.annotator, item, "import", change, 0.0, 0, utc_now(),
                undoable=False,
            )
        )  # fmt: skip
        admission.written += 1
    return None


def _misfit(schema: EventSchema, candidate: Candidate, ids: set[str]) -> str | None:
    """Why the schema does not allow a candidate; `ids` are of the candidates it may name."""
    if isinstance(candidate, MentionCandidate):
        entity = schema.entity_types.get(candidate.type)
        if entity is None:
            return f"the schema has no entity type {candidate.type}"
        if candidate.subtype is not None and candidate.subtype not in entity.subtypes:
            return f"{candidate.type} has no subtype {candidate.subtype}"
        return None
    event = schema.event_types.get(candidate.type)
    if event is None:
        return f"the schema has no event type {candidate.type}"
    for argument in candidate.arguments:
        if argument.role not in event.roles:
            return f"{candidate.type} has no role {argument.role}"
        named = argument.mention or argument.frame
        if named is not None and named not in ids:
            return f"{argument.role} names {named}, which does not fit"
    return None


def _stray(source: Source, record: Record, reasons: list[str]) -> Stray:
    shown = "; ".join(dict.fromkeys(reasons))
    place = f"document {record.document.id}"
    return Stray(source.name, place, shown, write_record(record).decode())
