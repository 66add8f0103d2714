"""Changes to an annotation as values: they can be stored, replayed and taken back.

A change lists what differs between two states of one annotation, atom by
atom, so that a journal row stays small however large the item is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from curate.model.annotation import (
    Annotation,
    Fate,
    Frame,
    Link,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """One value before and after; None where it did not or does not exist."""

    before: T | None
    after: T | None

    def reversed(self) -> Step[T]:
        """The step taken back."""
        return Step(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two states of one annotation."""

    status: Step[Status] | None = None
    note: Step[str] | None = None
    reason: Step[str] | None = None
    mentions: Mapping[str, Step[Mention]] = field(default_factory=dict, hash=False)
    frames: Mapping[str, Step[Frame]] = field(default_factory=dict, hash=False)
    links: tuple[Step[Link], ...] = ()
    fates: Mapping[str, Step[Fate]] = field(default_factory=dict, hash=False)

    def __bool__(self) -> bool:
        return self != Change()

    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(
            status=self.status and self.status.reversed(),
            note=self.note and self.note.reversed(),
            reason=self.reason and self.reason.reversed(),
            mentions={k: s.reversed() for k, s in self.mentions.items()},
            frames={k: s.reversed() for k, s in self.frames.items()},
            links=tuple(s.reversed() for s in reversed(self.links)),
            fates={k: s.reversed() for k, s in self.fates.items()},
        )


class Conflict(ValueError):
    """A change does not fit the state it is applied to."""


def difference(before: Annotation, after: Annotation) -> Change:
    """The change that leads from one state of an annotation to another."""
    return Change(
        status=_step(before.status, after.status),
        note=_step(before.note, after.note),
        reason=_step(before.reason, after.reason),
        mentions=_steps({m.id: m for m in before.mentions}, {m.id: m for m in after.mentions}),
        frames=_steps({f.id: f for f in before.frames}, {f.id: f for f in after.frames}),
        links=(
            *(Step(x, None) for x in before.links if x not in after.links),
            *(Step(None, x) for x in after.links if x not in before.links),
        ),
        fates=_steps(before.fates, after.fates),
    )


def applied(annotation: Annotation, change: Change) -> Annotation:
    """The annotation after the change.

    Raises `Conflict` when the annotation is not in the state the change starts from.
    """
    mentions = _merged({m.id: m for m in annotation.mentions}, change.mentions)
    frames = _merged({f.id: f for f in annotation.frames}, change.frames)
    links = list(annotation.links)
    for step in change.links:
        if step.before is not None:
            if step.before not in links:
                raise Conflict(f"there is no link {step.before}")
            links.remove(step.before)
        if step.after is not None:
            links.append(step.after)
    return replace(
        annotation,
        status=_value(annotation.status, change.status) or Status.NEW,
        note=_value(annotation.note, change.note),
        reason=_value(annotation.reason, change.reason),
        mentions=tuple(sorted(mentions.values(), key=mention_order)),
        frames=tuple(sorted(frames.values(), key=frame_order)),
        links=tuple(sorted(links, key=link_order)),
        fates=_merged(annotation.fates, change.fates),
    )


def _step(before: T | None, after: T | None) -> Step[T] | None:
    return None if before == after else Step(before, after)


def _steps(before: Mapping[str, T], after: Mapping[str, T]) -> dict[str, Step[T]]:
    keys = dict.fromkeys((*before, *after))
    return {k: Step(before.get(k), after.get(k)) for k in keys if before.get(k) != after.get(k)}


def _value(current: T | None, step: Step[T] | None) -> T | None:
    if step is None:
        return current
    if step.before != current:
        raise Conflict(f"expected {step.before!r}, found {current!r}")
    return step.after


def _merged(current: Mapping[str, T], steps: Mapping[str, Step[T]]) -> dict[str, T]:
    merged = dict(current)
    for key, step in steps.items():
        if merged.get(key) != step.before:
            raise Conflict(f"{key} is not in the state this change starts from")
        if step.after is None:
            del merged[key]
        else:
            merged[key] = step.after
    return merged
