"""Find what belongs together in the work of several annotators: one mention, one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from curate.agreement.align import dice, overlapping
from curate.model.annotation import Annotation, Frame, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from curate.model.annotation import Argument

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class SaidMention:
    """A mention and whose it is."""

    annotator: str
    atom: Mention

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.atom.span


@dataclass(frozen=True, slots=True)
class SaidFrame:
    """A frame, whose it is, and where its fillers stand."""

    annotator: str
    atom: Frame
    places: tuple[tuple[str, Span], ...]
    """Role and place of each filler, sorted."""

    @property
    def span(self) -> Span:
        """Where its trigger stands."""
        return self.atom.trigger


def mention_groups(works: Sequence[Annotation]) -> list[list[SaidMention]]:
    """The mentions of several annotators, those of one thing together, in reading order.

    In a group is at most one of each annotator, but for what one has in parts and another as one.
    """
    said = [SaidMention(w.annotator, m) for w in works for m in w.mentions]
    said.sort(key=lambda s: (s.span, s.atom.type, s.annotator, s.atom.id))
    groups = _joined(said, _mention_likeness, lambda s: s.span, lambda s: s.annotator)
    return _with_parts(groups)


def frame_groups(works: Sequence[Annotation]) -> list[list[SaidFrame]]:
    """The frames of several annotators, those of one event together, in reading order."""
    said = [
        SaidFrame(w.annotator, f, _places(f, w))
        for w in works
        for f in w.frames
    ]  # fmt: skip
    said.sort(key=lambda s: (s.span, s.atom.type, s.places, s.annotator, s.atom.id))
    return _joined(said, _frame_likeness, lambda s: s.span, lambda s: s.annotator)


def _places(frame: Frame, work: Annotation) -> tuple[tuple[str, Span], ...]:
    found = ((a.role, place_of(a, work)) for a in frame.arguments)
    return tuple(sorted((role, place) for role, place in found if place is not None))


def place_of(argument: Argument, work: Annotation) -> Span | None:
    """Where the filler of an argument stands: a mention, a frame's trigger, or a bare span."""
    if argument.mention is not None:
        mention = work.mention(argument.mention)
        return None if mention is None else mention.span
    if argument.frame is not None:
        frame = work.frame(argument.frame)
        return None if frame is None else frame.trigger
    return argument.span


_Likeness = tuple[float, ...]


def _mention_likeness(one: SaidMention, other: SaidMention) -> _Likeness:
    a, b = one.atom, other.atom
    return (
        _dice(a.span, b.span), a.type == b.type, a.subtype == b.subtype,
        dict(a.attributes) == dict(b.attributes),
    )  # fmt: skip


def _frame_likeness(one: SaidFrame, other: SaidFrame) -> _Likeness:
    shared = len(set(one.places) & set(other.places))
    places = len(one.places) + len(other.places)
    return (
        _dice(one.span, other.span), one.atom.type == other.atom.type,
        2 * shared / places if places else 1.0, _set(one) == _set(other),
    )  # fmt: skip


def _set(said: SaidFrame) -> Mapping[str, str]:
    return dict(said.atom.attributes)


def _dice(one: Span, other: Span) -> float:
    return dice((one.start, one.end), (other.start, other.end))


def _joined(
    said: Sequence[S],
    likeness: Callable[[S, S], _Likeness],
    span: Callable[[S], Span],
    annotator: Callable[[S], str],
) -> list[list[S]]:
    """Join what overlaps, the most alike first, never two of one annotator."""
    extents = [(span(s).start, span(s).end) for s in said]
    near = [
        (likeness(said[a], said[b]), a, b)
        for a, b in overlapping(extents, extents)
        if a < b and annotator(said[a]) != annotator(said[b])
    ]
    near.sort(key=lambda pair: (*(-x for x in pair[0]), pair[1], pair[2]))
    group = list(range(len(said)))
    members = {n: [n] for n in group}
    for _, a, b in near:
        one, other = members[group[a]], members[group[b]]
        if {annotator(said[n]) for n in one} & {annotator(said[n]) for n in other}:
            continue
        keep, gone = sorted((group[a], group[b]))
        members[keep] = sorted(one + other)
        del members[gone]
        for n in members[keep]:
            group[n] = keep
    return [[said[n] for n in members[key]] for key in sorted(members)]


def _with_parts(groups: list[list[SaidMention]]) -> list[list[SaidMention]]:
    """Put what one annotator has in parts with what another has as one."""
    whole = [list(g) for g in groups if len(g) > 1]
    for single in (g for g in groups if len(g) == 1):
        home = next((g for g in whole if _is_part(single[0], g)), None)
        if home is None:
            whole.append(list(single))
        else:
            home.append(single[0])
    for group in whole:
        group.sort(key=lambda s: (s.span, s.atom.type, s.annotator, s.atom.id))
    return sorted(whole, key=lambda g: (g[0].span, g[0].atom.type, g[0].annotator, g[0].atom.id))


def _is_part(said: SaidMention, group: Sequence[SaidMention]) -> bool:
    """Whether it is another part of what somebody else has as one, beside a part in the group."""
    own = [s for s in group if s.annotator == said.annotator]
    others = [s for s in group if s.annotator != said.annotator]
    return (
        bool(own)
        and all(not s.span.overlaps(said.span) and s.atom.type == said.atom.type for s in own)
        and any(s.span.covers(said.span) and s.span.covers(own[0].span) for s in others)
    )
