"""The project's documents with what people and machines say of them, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.formats.records import Record
from curate.model.annotation import Status
from curate.project.gold import GOLD, gold_of_document
from curate.project.release_names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Annotation
    from curate.model.candidate import Candidate
    from curate.model.comment import Thread
    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What of the project goes out."""

    annotators: frozenset[str] = frozenset()
    """Whose work; empty for everybody's."""
    only_done: bool = False
    """Leave out items that are not done."""
    candidates: bool = True
    """Take the machine's proposals along."""
    gold: bool = False
    """Gold instead of the annotators' work, and only documents that have some."""
    pseudonyms: bool = False
    """Whether annotators and authors of comments stand as `annotator-1`, …"""


def records(project: Project, options: ExportOptions) -> Iterator[Record]:
    """Every document in the order of the project, one in memory at a time."""
    found = _records(project, options)
    if not options.pseudonyms:
        return found
    names = Names(people(project))
    return (_renamed(record, names) for record in found)


def people(project: Project) -> set[str]:
    """Everyone who annotated or commented, but for the name that gold goes under."""
    authors = {c.author for thread in project.store.comments.all() for c in thread.comments}
    return (authors | set(project.store.annotations.annotators())) - {GOLD}


def _renamed(record: Record, names: Names) -> Record:
    return replace(
        record,
        annotations=tuple(replace(a, annotator=names.of(a.annotator)) for a in record.annotations),
        threads=tuple(
            replace(
                thread,
                comments=tuple(replace(c, author=names.of(c.author)) for c in thread.comments),
            )
            for thread in record.threads
        ),
    )


def _records(project: Project, options: ExportOptions) -> Iterator[Record]:
    for document in project.store.documents.all():
        if options.gold:
            gold = tuple(g.annotation for g in gold_of_document(project, document.id))
            kept = tuple(_without_candidates(a) for a in gold if _wanted(a, options))
            if kept:
                yield Record(document, kept)
            continue
        annotations = tuple(
            a if options.candidates else _without_candidates(a)
            for a in project.store.annotations.of_document(document.id)
            if _wanted(a, options)
        )
        candidates = _candidates(project, document.id, options)
        yield Record(document, annotations, candidates, _threads(project, document.id, options))


def _threads(project: Project, document: str, options: ExportOptions) -> tuple[Thread, ...]:
    """What was said of the document; with annotators chosen, where one of them took part."""
    wanted = options.annotators
    return tuple(
        thread
        for thread in project.store.comments.of_document(document)
        if not wanted or any(c.author in wanted for c in thread.comments)
    )


def _candidates(project: Project, document: str, options: ExportOptions) -> tuple[Candidate, ...]:
    if not options.candidates:
        return ()
    mentions, frames = project.store.candidates.of(document)
    return (*mentions, *frames)


def _wanted(annotation: Annotation, options: ExportOptions) -> bool:
    if options.annotators and annotation.annotator not in options.annotators:
        return False
    return annotation.status is Status.DONE or not options.only_done


def _without_candidates(annotation: Annotation) -> Annotation:
    """The annotation without a word of candidates: they do not go out with it."""
    return replace(
        annotation,
        fates={},
        mentions=tuple(replace(m, candidate=None) for m in annotation.mentions),
        frames=tuple(replace(f, candidate=None) for f in annotation.frames),
    )
