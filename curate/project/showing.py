"""A document with its annotations as plain lines: for a pipe, a screen reader, a quick look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.document import SentenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Annotation, Argument, Frame
    from curate.model.document import Document
    from curate.project.opening import Project

_CONTROLS = {c: 0x2400 + c for c in range(0x20) if c not in (0x09, 0x0A)} | {0x7F: 0x2421}
_CONTROLS |= dict.fromkeys(
    (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD
)


def document_ids(project: Project) -> list[str]:
    """The ids of all documents, in the order of the project."""
    return project.store.documents.ids()


def shown(project: Project, document_id: str, annotator: str | None = None) -> Iterator[str]:
    """The document sentence by sentence, each followed by what was said of it."""
    document = project.store.documents.get(document_id)
    said = [
        a
        for a in project.store.annotations.of_document(document.id)
        if annotator is None or a.annotator == annotator
    ]
    yield f"{document.id}  " + "  ".join(f"{k}={v}" for k, v in document.meta.items())
    for number, sentence in enumerate(document.sentences, 1):
        sign = "" if sentence.kind is SentenceKind.BODY else f" [{sentence.kind.value}]"
        yield ""
        yield f"{number}{sign} {_safe(sentence.span.of(document.text))}"
        for annotation in said:
            if annotation.item.overlaps(sentence.span):
                yield from _said(document, annotation)


def _said(document: Document, annotation: Annotation) -> Iterator[str]:
    reason = f" ({annotation.reason})" if annotation.reason else ""
    yield f"  {annotation.annotator}: {annotation.status.value}{reason}"
    for mention in annotation.mentions:
        kind = mention.type if mention.subtype is None else f"{mention.type}/{mention.subtype}"
        yield f"    {kind} « {_safe(mention.span.of(document.text))} »"
    for frame in annotation.frames:
        yield from _frame_lines(document, annotation, frame)
    if annotation.note:
        yield f"    note: {_safe(annotation.note)}"


def _frame_lines(document: Document, annotation: Annotation, frame: Frame) -> Iterator[str]:
    attributes = "  ".join(f"{k}={v}" for k, v in frame.attributes.items())
    yield f"    {frame.type} « {_safe(frame.trigger.of(document.text))} »  {attributes}".rstrip()
    for argument in frame.arguments:
        yield f"      {argument.role}: {_safe(_filler(document, annotation, argument))}"


def _filler(document: Document, annotation: Annotation, argument: Argument) -> str:
    if argument.span is not None:
        return argument.span.of(document.text)
    if argument.mention is not None:
        mention = annotation.mention(argument.mention)
        return mention.span.of(document.text) if mention else argument.mention
    frame = annotation.frame(argument.frame or "")
    return f"{frame.type} « {frame.trigger.of(document.text)} »" if frame else str(argument.frame)


def _safe(text: str) -> str:
    """The text with control characters as visible signs: nothing of it can steer a terminal."""
    return text.replace("\n", " ⏎ ").translate(_CONTROLS)


def history_lines(
    project: Project, *, item: str | None, annotator: str | None, limit: int
) -> Iterator[str]:
    """The latest decisions, newest first."""
    for row in project.store.journal.history(item=item, annotator=annotator, limit=limit):
        cost = f"{row.keys} keys {row.seconds:.1f} s" if row.keys else ""
        what = row.action if row.candidate is None else f"{row.action} {row.candidate}"
        yield f"{row.at}  {row.annotator:<10} {row.item:<28} {what:<24} {cost}".rstrip()
