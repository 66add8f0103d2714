"""Values as the shapes of curate JSONL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats.jsonl_shapes import (
    FORMAT,
    AnnotationShape,
    ArgumentShape,
    CommentShape,
    FrameCandidateShape,
    FrameShape,
    ItemShape,
    LinkShape,
    MentionCandidateShape,
    MentionShape,
    OriginShape,
    RecordShape,
    SentenceShape,
    SpanShape,
    ThreadShape,
)
from curate.model.candidate import MentionCandidate
from curate.model.item import span_of_item

if TYPE_CHECKING:
    from curate.formats.records import Record
    from curate.model.annotation import Annotation, Argument, Frame, Mention
    from curate.model.candidate import Candidate
    from curate.model.comment import Thread
    from curate.model.document import Document
    from curate.model.span import Span


def shape_of(record: Record) -> RecordShape:
    """The record as it stands in the file."""
    document = record.document
    origin = document.origin
    return RecordShape(
        format=FORMAT,
        text=document.text,
        id=document.id,
        meta=dict(document.meta),
        origin=None if origin is None else OriginShape(origin.file, origin.start, origin.end),
        sentences=[SentenceShape(s.span.start, s.span.end, s.kind) for s in document.sentences],
        annotations=[_annotation(a, document.text) for a in record.annotations],
        candidates=[_candidate(c, document.text) for c in record.candidates],
        threads=[_thread(t, document) for t in record.threads],
    )


def _thread(thread: Thread, document: Document) -> ThreadShape:
    item = span_of_item(thread.item)
    return ThreadShape(
        id=thread.id,
        item=ItemShape(item.start, item.end),
        comments=[CommentShape(c.id, c.author, c.at, c.text, c.kind) for c in thread.comments],
        about=thread.about,
        span=None if thread.span is None else _span(thread.span, document.text),
    )


def _span(span: Span, text: str) -> SpanShape:
    return SpanShape(span.start, span.end, span.of(text))


def _annotation(annotation: Annotation, text: str) -> AnnotationShape:
    return AnnotationShape(
        annotator=annotation.annotator,
        item=ItemShape(annotation.item.start, annotation.item.end),
        status=annotation.status,
        mentions=[_mention(m, text) for m in annotation.mentions],
        frames=[_frame(f, text) for f in annotation.frames],
        links=[LinkShape(x.kind, x.source, x.target) for x in annotation.links],
        note=annotation.note,
        reason=annotation.reason,
        fates=dict(annotation.fates),
    )


def _mention(mention: Mention, text: str) -> MentionShape:
    return MentionShape(
        id=mention.id,
        start=mention.span.start,
        end=mention.span.end,
        type=mention.type,
        subtype=mention.subtype,
        attributes=dict(mention.attributes),
        candidate=mention.candidate,
        text=mention.span.of(text),
    )


def _frame(frame: Frame, text: str) -> FrameShape:
    return FrameShape(
        id=frame.id,
        type=frame.type,
        trigger=_span(frame.trigger, text),
        arguments=[_argument(a, text) for a in frame.arguments],
        attributes=dict(frame.attributes),
        candidate=frame.candidate,
    )


def _argument(argument: Argument, text: str) -> ArgumentShape:
    span = None if argument.span is None else _span(argument.span, text)
    return ArgumentShape(argument.role, argument.mention, argument.frame, span)


def _candidate(candidate: Candidate, text: str) -> MentionCandidateShape | FrameCandidateShape:
    if isinstance(candidate, MentionCandidate):
        return MentionCandidateShape(
            id=candidate.id,
            start=candidate.span.start,
            end=candidate.span.end,
            type=candidate.type,
            score=candidate.score,
            producer=candidate.producer,
            reason=candidate.reason,
            subtype=candidate.subtype,
            attributes=dict(candidate.attributes),
            text=candidate.span.of(text),
        )
    return FrameCandidateShape(
        id=candidate.id,
        type=candidate.type,
        trigger=_span(candidate.trigger, text),
        score=candidate.score,
        producer=candidate.producer,
        reason=candidate.reason,
        arguments=[_argument(a, text) for a in candidate.arguments],
        attributes=dict(candidate.attributes),
    )
