"""The shapes of curate JSONL, field by field as they stand in the file."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec

from curate.model.annotation import (  # noqa: TC001 - msgspec reads the annotations
    Fate,
    LinkKind,
    Status,
)
from curate.model.comment import CommentKind
from curate.model.document import (  # noqa: TC001 - msgspec reads the annotations
    MetaValue,
    SentenceKind,
)

FORMAT: Final = "curate/1"
Offset = Annotated[int, msgspec.Meta(ge=0, description="Unicode code points of the text")]
Text = Annotated[
    str,
    msgspec.Meta(description="the words at the offsets; written for people, checked on reading"),
]
Score = Annotated[float, msgspec.Meta(ge=0, le=1)]
Id = Annotated[str, msgspec.Meta(min_length=1)]


class _Shape(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What all shapes share: nothing unknown, and defaults are left out."""


class SpanShape(_Shape):
    """A span, with its words."""

    start: Offset
    end: Offset
    text: Text | None = None


class SentenceShape(_Shape):
    """A sentence or title."""

    start: Offset
    end: Offset
    kind: SentenceKind | msgspec.UnsetType = msgspec.UNSET
    """Body where it is not said."""


class OriginShape(_Shape):
    """Where the document was cut from."""

    file: str
    start: Offset
    end: Offset


class MentionShape(_Shape):
    """A mention."""

    id: Id
    start: Offset
    end: Offset
    type: str
    subtype: str | None = None
    attributes: dict[str, str] = {}
    candidate: str | None = None
    text: Text | None = None


class ArgumentShape(_Shape):
    """A role and its filler: exactly one of mention, frame and span."""

    role: str
    mention: str | None = None
    frame: str | None = None
    span: SpanShape | None = None


class FrameShape(_Shape):
    """An event frame."""

    id: Id
    type: str
    trigger: SpanShape
    arguments: list[ArgumentShape] | msgspec.UnsetType = msgspec.UNSET
    attributes: dict[str, str] = {}
    candidate: str | None = None


class LinkShape(_Shape):
    """A link between two mentions or two frames."""

    kind: LinkKind
    source: Annotated[str, msgspec.Meta(description="id")] = msgspec.field(name="from")
    target: Annotated[str, msgspec.Meta(description="id")] = msgspec.field(name="to")


class ItemShape(_Shape):
    """What was annotated as one."""

    start: Offset
    end: Offset


class AnnotationShape(_Shape):
    """All that one annotator says of one item."""

    annotator: Id
    item: ItemShape
    status: Status
    mentions: list[MentionShape] | msgspec.UnsetType = msgspec.UNSET
    frames: list[FrameShape] | msgspec.UnsetType = msgspec.UNSET
    links: list[LinkShape] = []
    note: str | None = None
    reason: str | None = None
    fates: dict[str, Fate] = {}
    """Candidate id → what became of it."""


class MentionCandidateShape(_Shape, tag_field="kind", tag="mention"):
    """A proposed mention."""

    id: Id
    start: Offset
    end: Offset
    type: str
    score: Score
    producer: str
    reason: str
    subtype: str | None = None
    attributes: dict[str, str] = {}
    text: Text | None = None


class FrameCandidateShape(_Shape, tag_field="kind", tag="frame"):
    """A proposed frame; its arguments name other candidates of the document."""

    id: Id
    type: str
    trigger: SpanShape
    score: Score
    producer: str
    reason: str
    arguments: list[ArgumentShape] = []
    attributes: dict[str, str] = {}


class CommentShape(_Shape):
    """One entry of a thread."""

    id: Id
    author: Id
    at: Annotated[str, msgspec.Meta(description="ISO 8601, UTC")]
    text: str = ""
    kind: CommentKind = CommentKind.SAY


class ThreadShape(_Shape):
    """What people said to each other of an item, or of something in it."""

    id: Id
    item: ItemShape
    comments: Annotated[list[CommentShape], msgspec.Meta(min_length=1)]
    about: Annotated[str | None, msgspec.Meta(description="id of a mention or frame")] = None
    span: SpanShape | None = None
    """Where it stood when the thread was begun."""


class RecordShape(_Shape):
    """One line: a document and all that is said of it."""

    format: Literal["curate/1"]
    text: str
    id: Id | msgspec.UnsetType = msgspec.UNSET
    """Made from the text where it is not given."""
    meta: dict[str, MetaValue] = {}
    origin: OriginShape | None = None
    sentences: list[SentenceShape] = []
    annotations: list[AnnotationShape] = []
    candidates: list[MentionCandidateShape | FrameCandidateShape] = []
    threads: list[ThreadShape] = []
