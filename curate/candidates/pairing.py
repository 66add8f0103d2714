"""Which proposed frame stands for which gold frame, and which fillers are the same.

What gold links as one thing counts once: a role that holds a name and its
gloss is filled by either of them, or by both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.model.annotation import Frame
from curate.model.candidate import FrameCandidate
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.model.annotation import Annotation, Argument
    from curate.model.candidate import MentionCandidate

_HALF: Final = 0.5

Filler = Span | Frame | None
"""A filler to compare: its span, or the gold frame it stands for."""
Fillers = tuple[Filler, ...]
"""A gold filler with all that gold links to it."""


@dataclass(frozen=True, slots=True)
class FramePair:
    """A gold frame and the proposed frame matched with it; one may be missing."""

    gold: Frame | None
    proposed: FrameCandidate | None
    fillers: Mapping[str, Fillers]
    """What the ids of mentions and frames in the gold frame's item stand for."""
    mentions: Mapping[str, Span]

    @property
    def is_match(self) -> bool:
        """Whether both sides are there."""
        return self.gold is not None and self.proposed is not None

    @property
    def wanted(self) -> list[tuple[str, Fillers]]:
        """The roles that gold fills, and what fills each; what is linked comes once."""
        if self.gold is None:
            return []
        return list(dict.fromkeys((a.role, _gold_fillers(self, a)) for a in self.gold.arguments))

    @property
    def attributes_agree(self) -> bool:
        """Whether the proposed frame has every attribute value that gold sets."""
        if self.gold is None or self.proposed is None:
            return False
        given = self.proposed.attributes
        return all(given.get(name) == value for name, value in self.gold.attributes.items())


def pair_frames(
    gold: Sequence[Annotation],
    mentions: Sequence[MentionCandidate],
    frames: Sequence[FrameCandidate],
) -> list[FramePair]:
    """Match frames of the same type whose triggers overlap, those with most in common first."""
    wanted = [(f, ids) for a in gold for ids in (_fillers(a),) for f in a.frames]
    spans = {c.id: c.span for c in mentions}
    options = [
        (_likeness(w, c, ids, spans), i, j)
        for i, (w, ids) in enumerate(wanted)
        for j, c in enumerate(frames)
        if w.type == c.type and w.trigger.overlaps(c.trigger)
    ]
    options.sort(key=lambda o: (-o[0], o[1], o[2]))
    taken: dict[int, int] = {}
    for _, i, j in options:
        if i not in taken and j not in taken.values():
            taken[i] = j
    pairs = [
        FramePair(w, frames[taken[i]] if i in taken else None, ids, spans)
        for i, (w, ids) in enumerate(wanted)
    ]
    unmatched = set(range(len(frames))) - set(taken.values())
    pairs.extend(FramePair(None, frames[j], {}, spans) for j in sorted(unmatched))
    return pairs


def right_arguments(pair: FramePair, pairs: Sequence[FramePair]) -> list[tuple[str, bool]]:
    """The roles that a proposed frame fills, and whether gold fills them alike."""
    left, met = pair.wanted, list[tuple[str, Fillers]]()
    told = []
    for argument in () if pair.proposed is None else pair.proposed.arguments:
        filler = _proposed_filler(pair, argument, pairs)
        alike = [w for w in (*left, *met) if w[0] == argument.role and _among(w[1], filler)]
        if alike and alike[0] in met:
            continue
        if alike:
            left.remove(alike[0])
            met.append(alike[0])
        told.append((argument.role, bool(alike)))
    return told


def is_unchanged(pair: FramePair, pairs: Sequence[FramePair]) -> bool:
    """Whether the proposed frame is the gold frame: no argument wrong and none missing."""
    if pair.gold is None or pair.proposed is None:
        return False
    told = right_arguments(pair, pairs)
    return len(told) == len(pair.wanted) and all(right for _, right in told)


def _fillers(annotation: Annotation) -> dict[str, Fillers]:
    """What each id of an item stands for, with all that is linked to it, in reading order."""
    own: dict[str, Filler] = {m.id: m.span for m in annotation.mentions}
    own.update((f.id, f) for f in annotation.frames)
    groups = {name: [name] for name in own}
    for link in annotation.links:
        first, second = groups.get(link.source), groups.get(link.target)
        if first is not None and second is not None and first is not second:
            first.extend(second)
            groups.update((name, first) for name in second)
    return {name: tuple(own[n] for n in own if n in group) for name, group in groups.items()}


def _likeness(
    gold: Frame,
    proposed: FrameCandidate,
    fillers: Mapping[str, Fillers],
    spans: Mapping[str, Span],
) -> int:
    """How many mention fillers two frames share, exact triggers breaking ties."""
    common = sum(
        a.role == b.role
        and a.mention is not None
        and b.mention is not None
        and _among(fillers.get(a.mention, ()), spans.get(b.mention))
        for a in gold.arguments
        for b in proposed.arguments
    )
    return 2 * common + (gold.trigger == proposed.trigger)


def _gold_fillers(pair: FramePair, argument: Argument) -> Fillers:
    name = argument.mention or argument.frame
    return (argument.span,) if name is None else pair.fillers.get(name, (None,))


def _proposed_filler(pair: FramePair, argument: Argument, pairs: Sequence[FramePair]) -> Filler:
    """What fills a proposed argument; a frame is told by the gold frame it is paired with."""
    if argument.mention is not None:
        return pair.mentions.get(argument.mention)
    if argument.frame is None:
        return argument.span
    for other in pairs:
        if other.proposed is not None and other.proposed.id == argument.frame:
            return other.gold
    return None


def _among(gold: Fillers, proposed: Filler) -> bool:
    return any(same(one, proposed) for one in gold)


def same(gold: Filler, proposed: Filler) -> bool:
    """Whether two fillers are the same: the same frame, or spans that share half of both."""
    if isinstance(gold, Span) and isinstance(proposed, Span):
        common = min(gold.end, proposed.end) - max(gold.start, proposed.start)
        both = max(gold.end, proposed.end) - min(gold.start, proposed.start)
        return common >= _HALF * both
    return gold is not None and gold == proposed
