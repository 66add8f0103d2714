"""What an annotation says, in a form that two of them can be compared by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.span import Span

if TYPE_CHECKING:
    from curate.model.annotation import Annotation, Frame

Slot = tuple[str, Span]
"""A role and where its filler stands."""


def slots_of(frame: Frame, annotation: Annotation) -> frozenset[Slot]:
    """The arguments of a frame by what they stand on."""
    places: dict[str, Span] = {m.id: m.span for m in annotation.mentions}
    places |= {f.id: f.trigger for f in annotation.frames}
    return frozenset(
        (a.role, a.span or places[a.mention or a.frame or ""]) for a in frame.arguments
    )


def said(annotation: Annotation) -> tuple[object, ...]:
    """What an annotation says, without ids and links: to be compared with another."""
    return (
        sorted((m.span, m.type, m.subtype or "") for m in annotation.mentions),
        sorted(
            (f.trigger, f.type, tuple(sorted(slots_of(f, annotation)))) for f in annotation.frames
        ),
    )


def slot_count(slots: int) -> str:
    """So many slots, in words."""
    return "one slot" if slots == 1 else "two slots" if slots == 2 else "three slots or more"


def argument_count(frame: Frame) -> str:
    """How many arguments a frame has, in words."""
    count = len(frame.arguments)
    if any(a.span is not None for a in frame.arguments):
        return "with words that are no mention"
    return f"{count} argument{'s' * (count != 1)}" if count <= 3 else "more arguments"
