"""The shapes of curate JSONL as values, with what does not hold together named by its path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from msgspec import UNSET, UnsetType

from curate.formats.jsonl_shapes import (
    AnnotationShape,
    ArgumentShape,
    FrameCandidateShape,
    FrameShape,
    MentionCandidateShape,
    MentionShape,
    RecordShape,
    SentenceShape,
    SpanShape,
    ThreadShape,
)
from curate.formats.records import Record
from curate.model.annotation import (
    Annotation,
    Argument,
    Frame,
    Link,
    LinkKind,
    Mention,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.comment import Comment, CommentKind, Thread, comment_order
from curate.model.document import Document, Origin, Sentence, SentenceKind, document_id
from curate.model.item import item_id
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

T = TypeVar("T")
_SHOWN = 60


class Misfit(Exception):
    """Something in a record does not hold together; `path` is the JSON path to it."""

    def __init__(self, path: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message
        self.remedy = remedy


def record_of(shape: RecordShape) -> Record:
    """The record that a line holds; raises `Misfit`."""
    identity = document_id(shape.text) if shape.id is UNSET else shape.id
    origin = shape.origin
    document = Document(
        id=identity,
        text=shape.text,
        meta=shape.meta,
        sentences=_sentences(shape.sentences, shape.text),
        origin=None if origin is None else _origin(origin.file, origin.start, origin.end),
    )
    return Record(
        document,
        tuple(
            _annotation(a, shape.text, f"$.annotations[{i}]")
            for i, a in enumerate(shape.annotations)
        ),
        _candidates(shape.candidates, shape.text),
        tuple(_thread(t, document, f"$.threads[{i}]") for i, t in enumerate(shape.threads)),
    )


def _thread(shape: ThreadShape, document: Document, path: str) -> Thread:
    item = _span(shape.item.start, shape.item.end, document.text, f"{path}.item")
    place = shape.span
    span = None
    if place is not None:
        span = _span(place.start, place.end, document.text, f"{path}.span", place.text)
    for i, said in enumerate(shape.comments):
        if said.kind is CommentKind.SAY and not said.text.strip():
            raise Misfit(f"{path}.comments[{i}]", "a comment has to say something", "give its text")
    first, *others = sorted(
        (Comment(c.id, shape.id, c.author, c.at, c.text, c.kind) for c in shape.comments),
        key=comment_order,
    )
    first = replace(first, about=shape.about, span=span)
    return Thread(item_id(document.id, item), (first, *others))


def _origin(file: str, start: int, end: int) -> Origin:
    if start > end:
        raise Misfit("$.origin", f"the origin {start}–{end} is backwards", "put the start first")
    return Origin(file, start, end)


def _span(start: int, end: int, text: str, path: str, words: str | None = None) -> Span:
    """The span, checked against the text and the words that the file says are there."""
    if not start < end <= len(text):
        raise Misfit(
            path,
            f"the span {start}–{end} is empty, backwards or outside the text of {len(text)}",
            "offsets count Unicode code points of this document's text; the end is exclusive",
        )
    if words is not None and text[start:end] != words:
        raise Misfit(
            path,
            f"{start}–{end} holds {_shown(text[start:end])}, but the file says {_shown(words)}",
            "offsets count Unicode code points; was the text changed after it was annotated?",
        )
    return Span(start, end)


def _shown(words: str) -> str:
    return repr(words) if len(words) <= _SHOWN else f"{words[:_SHOWN]!r}…"


def _sentences(shapes: list[SentenceShape], text: str) -> tuple[Sentence, ...]:
    found = []
    done = 0
    for position, shape in enumerate(shapes):
        path = f"$.sentences[{position}]"
        span = _span(shape.start, shape.end, text, path)
        if span.start < done:
            raise Misfit(path, "the sentence begins before the one before it ends", "put in order")
        done = span.end
        found.append(Sentence(span, SentenceKind.BODY if shape.kind is UNSET else shape.kind))
    return tuple(found)


def _annotation(shape: AnnotationShape, text: str, path: str) -> Annotation:
    mention_shapes, frame_shapes = _given(shape.mentions), _given(shape.frames)
    item = _span(shape.item.start, shape.item.end, text, f"{path}.item")
    mentions = [_mention(m, text, f"{path}.mentions[{i}]") for i, m in enumerate(mention_shapes)]
    frames = [_frame(f, text, f"{path}.frames[{i}]") for i, f in enumerate(frame_shapes)]
    links = [Link(x.kind, x.source, x.target) for x in shape.links]
    mention_ids = _unique((m.id for m in mentions), f"{path}.mentions")
    frame_ids = _unique((f.id for f in frames), f"{path}.frames", mention_ids)
    for position, frame in enumerate(frames):
        _check_fillers(
            frame.arguments, mention_ids, frame_ids, f"{path}.frames[{position}].arguments"
        )
    for position, link in enumerate(links):
        ends = mention_ids if link.kind is LinkKind.COREF else frame_ids
        for end in (link.source, link.target):
            _check_known(end, ends, f"{path}.links[{position}]")
    return Annotation(
        annotator=shape.annotator,
        item=item,
        status=shape.status,
        mentions=tuple(sorted(mentions, key=mention_order)),
        frames=tuple(sorted(frames, key=frame_order)),
        links=tuple(sorted(links, key=link_order)),
        note=shape.note,
        reason=shape.reason,
        fates=shape.fates,
    )


def _given(parts: list[T] | UnsetType) -> list[T]:
    return [] if parts is UNSET else parts


def _mention(shape: MentionShape, text: str, path: str) -> Mention:
    return Mention(
        id=shape.id,
        span=_span(shape.start, shape.end, text, path, shape.text),
        type=shape.type,
        subtype=shape.subtype,
        attributes=shape.attributes,
        candidate=shape.candidate,
    )


def _frame(shape: FrameShape, text: str, path: str) -> Frame:
    return Frame(
        id=shape.id,
        type=shape.type,
        trigger=_words(shape.trigger, text, f"{path}.trigger"),
        arguments=_arguments(_given(shape.arguments), text, f"{path}.arguments"),
        attributes=shape.attributes,
        candidate=shape.candidate,
    )


def _words(shape: SpanShape, text: str, path: str) -> Span:
    return _span(shape.start, shape.end, text, path, shape.text)


def _arguments(shapes: list[ArgumentShape], text: str, path: str) -> tuple[Argument, ...]:
    found = []
    for position, shape in enumerate(shapes):
        here = f"{path}[{position}]"
        span = None if shape.span is None else _words(shape.span, text, f"{here}.span")
        try:
            found.append(Argument(shape.role, shape.mention, shape.frame, span))
        except ValueError as error:
            raise Misfit(here, str(error), "give one of the three") from error
    return tuple(found)


def _unique(ids: Iterable[str], path: str, others: Collection[str] = ()) -> set[str]:
    seen: set[str] = set()
    for position, atom in enumerate(ids):
        if atom in seen or atom in others:
            raise Misfit(
                f"{path}[{position}].id", f"the id {atom!r} is taken already",
                "ids are unique within an annotation, mentions and frames together",
            )  # fmt: skip
        seen.add(atom)
    return seen


def _check_fillers(
    arguments: tuple[Argument, ...], mentions: set[str], frames: set[str], path: str
) -> None:
    for position, argument in enumerate(arguments):
        if argument.mention is not None:
            _check_known(argument.mention, mentions, f"{path}[{position}].mention")
        if argument.frame is not None:
            _check_known(argument.frame, frames, f"{path}[{position}].frame")


def _check_known(atom: str, known: Collection[str], path: str) -> None:
    if atom not in known:
        raise Misfit(path, f"there is no {atom!r} here", "name an id that stands beside it")


def _candidates(
    shapes: list[MentionCandidateShape | FrameCandidateShape], text: str
) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for position, shape in enumerate(shapes):
        path = f"$.candidates[{position}]"
        if isinstance(shape, MentionCandidateShape):
            found.append(_mention_candidate(shape, text, path))
        else:
            found.append(_frame_candidate(shape, text, path))
    _unique((c.id for c in found), "$.candidates")
    mentions = {c.id for c in found if isinstance(c, MentionCandidate)}
    frames = {c.id for c in found if isinstance(c, FrameCandidate)}
    for position, candidate in enumerate(found):
        if isinstance(candidate, FrameCandidate):
            path = f"$.candidates[{position}].arguments"
            _check_fillers(candidate.arguments, mentions, frames, path)
    return tuple(found)


def _mention_candidate(shape: MentionCandidateShape, text: str, path: str) -> MentionCandidate:
    return MentionCandidate(
        id=shape.id,
        span=_span(shape.start, shape.end, text, path, shape.text),
        type=shape.type,
        subtype=shape.subtype,
        score=shape.score,
        producer=shape.producer,
        reason=shape.reason,
        attributes=shape.attributes,
    )


def _frame_candidate(shape: FrameCandidateShape, text: str, path: str) -> FrameCandidate:
    return FrameCandidate(
        id=shape.id,
        type=shape.type,
        trigger=_words(shape.trigger, text, f"{path}.trigger"),
        arguments=_arguments(shape.arguments, text, f"{path}.arguments"),
        score=shape.score,
        producer=shape.producer,
        reason=shape.reason,
        attributes=shape.attributes,
    )
