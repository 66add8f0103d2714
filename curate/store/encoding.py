"""Model values as JSON text and back, in the shape of Curate JSONL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from curate.model.annotation import (
    Annotation,
    Argument,
    Fate,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
)
from curate.model.change import Change, Step
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""A value that JSON knows."""


def to_json(value: object) -> str:
    """Compact JSON text."""
    return msgspec.json.encode(value).decode()


def from_json(text: str) -> Any:
    """The value of a JSON text."""
    return msgspec.json.decode(text)


def change_to_json(change: Change) -> str:
    """A change as a JSON object; each step is a pair of before and after."""
    parts: dict[str, object] = {}
    for name in ("status", "note", "reason"):
        step: Step[str] | None = getattr(change, name)
        if step is not None:
            parts[name] = [step.before, step.after]
    if change.mentions:
        parts["mentions"] = {k: _pair(s, mention_parts) for k, s in change.mentions.items()}
    if change.frames:
        parts["frames"] = {k: _pair(s, frame_parts) for k, s in change.frames.items()}
    if change.links:
        parts["links"] = [_pair(s, link_parts) for s in change.links]
    if change.fates:
        parts["fates"] = {k: [s.before, s.after] for k, s in change.fates.items()}
    return to_json(parts)


def change_from_json(text: str) -> Change:
    """Read what `change_to_json` wrote."""
    parts = from_json(text)
    links = [_step(pair, _link) for pair in parts.get("links", ())]
    return Change(
        status=_step(parts["status"], Status) if "status" in parts else None,
        note=_step(parts["note"], str) if "note" in parts else None,
        reason=_step(parts["reason"], str) if "reason" in parts else None,
        mentions={k: _step(pair, _mention) for k, pair in parts.get("mentions", {}).items()},
        frames={k: _step(pair, _frame) for k, pair in parts.get("frames", {}).items()},
        links=tuple(links),
        fates={k: _step(pair, Fate) for k, pair in parts.get("fates", {}).items()},
    )


def annotation_parts(annotation: Annotation) -> dict[str, object]:
    """A whole annotation as JSON parts; what is empty is left out, and the candidates' fates."""
    parts: dict[str, object] = {
        "annotator": annotation.annotator,
        "item": span_parts(annotation.item),
        "status": annotation.status,
        "mentions": [mention_parts(m) for m in annotation.mentions],
        "frames": [frame_parts(f) for f in annotation.frames],
        "links": [link_parts(x) for x in annotation.links],
    }
    return _with(parts, note=annotation.note, reason=annotation.reason)


def annotation_from(parts: Mapping[str, Any]) -> Annotation:
    """Read what `annotation_parts` wrote."""
    return Annotation(
        parts["annotator"],
        _span(parts["item"]),
        Status(parts["status"]),
        tuple(_mention(m) for m in parts["mentions"]),
        tuple(_frame(f) for f in parts["frames"]),
        tuple(_link(x) for x in parts["links"]),
        parts.get("note"),
        parts.get("reason"),
    )


def mention_parts(mention: Mention) -> dict[str, object]:
    """A mention as JSON parts; what is empty is left out."""
    parts: dict[str, object] = {
        "id": mention.id,
        "start": mention.span.start,
        "end": mention.span.end,
        "type": mention.type,
    }
    return _with(
        parts,
        subtype=mention.subtype,
        attributes=dict(mention.attributes) or None,
        candidate=mention.candidate,
    )


def frame_parts(frame: Frame) -> dict[str, object]:
    """A frame as JSON parts; what is empty is left out."""
    parts: dict[str, object] = {
        "id": frame.id,
        "type": frame.type,
        "trigger": span_parts(frame.trigger),
        "arguments": [argument_parts(a) for a in frame.arguments],
    }
    return _with(parts, attributes=dict(frame.attributes) or None, candidate=frame.candidate)


def argument_parts(argument: Argument) -> dict[str, object]:
    """An argument as JSON parts."""
    span = None if argument.span is None else span_parts(argument.span)
    return _with({"role": argument.role}, mention=argument.mention, frame=argument.frame, span=span)


def argument_from(parts: Mapping[str, Any]) -> Argument:
    """Read what `argument_parts` wrote."""
    span = parts.get("span")
    return Argument(
        parts["role"],
        mention=parts.get("mention"),
        frame=parts.get("frame"),
        span=None if span is None else _span(span),
    )


def span_parts(span: Span) -> dict[str, object]:
    """A span as JSON parts."""
    return {"start": span.start, "end": span.end}


def link_parts(link: Link) -> dict[str, object]:
    """A link as JSON parts."""
    return {"kind": link.kind, "from": link.source, "to": link.target}


def _with(parts: dict[str, object], **optional: object) -> dict[str, object]:
    parts.update((name, value) for name, value in optional.items() if value is not None)
    return parts


def _pair(step: Step[T], parts: Callable[[T], object]) -> list[object]:
    return [None if value is None else parts(value) for value in (step.before, step.after)]


def _step(pair: list[Any], value: Callable[[Any], T]) -> Step[T]:
    before, after = (None if x is None else value(x) for x in pair)
    return Step(before, after)


def _span(parts: Mapping[str, int]) -> Span:
    return Span(parts["start"], parts["end"])


def _mention(parts: Mapping[str, Any]) -> Mention:
    return Mention(
        parts["id"],
        _span(parts),
        parts["type"],
        parts.get("subtype"),
        parts.get("attributes", {}),
        parts.get("candidate"),
    )


def _frame(parts: Mapping[str, Any]) -> Frame:
    return Frame(
        parts["id"],
        parts["type"],
        _span(parts["trigger"]),
        tuple(argument_from(a) for a in parts["arguments"]),
        parts.get("attributes", {}),
        parts.get("candidate"),
    )


def _link(parts: Mapping[str, Any]) -> Link:
    return Link(LinkKind(parts["kind"]), parts["from"], parts["to"])
