"""How good candidates are, measured against what a person annotated.

Mentions count as found when span and type agree: exactly (strict), or with
at least one common code point (overlap). Triggers likewise. An argument is
right when its frame's trigger and type are, its role is, and its filler
overlaps the gold filler, or one that gold links with it, by at least half of
both together. A frame is
acceptable unchanged when every argument is right and none is missing. Each
gold thing is matched with at most one candidate, the best one first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.candidates.pairing import FramePair, is_unchanged, pair_frames, right_arguments
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.annotation import Annotation
    from curate.model.span import Span

BINS: Final = 10
TOTAL: Final = ""
"""The key under which counts of all types together stand."""


@dataclass(slots=True)
class Tally:
    """Right ones, gold ones and proposed ones, and the measures made of them."""

    right: int = 0
    gold: int = 0
    proposed: int = 0

    @property
    def precision(self) -> float:
        """Share of the proposed that is right; 1 when nothing was proposed."""
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1 when there is none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.proposed + self.gold
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Bin:
    """Candidates whose scores lie in one tenth."""

    count: int = 0
    right: int = 0
    score: float = 0.0
    """Sum of their scores."""


def _tallies() -> defaultdict[str, Tally]:
    return defaultdict(Tally)


def _bins() -> list[Bin]:
    return [Bin() for _ in range(BINS)]


@dataclass(slots=True)
class Report:
    """All measures; by type, and in total under `TOTAL`."""

    mentions_strict: defaultdict[str, Tally] = field(default_factory=_tallies)
    mentions_overlap: defaultdict[str, Tally] = field(default_factory=_tallies)
    triggers_strict: defaultdict[str, Tally] = field(default_factory=_tallies)
    triggers_overlap: defaultdict[str, Tally] = field(default_factory=_tallies)
    arguments: defaultdict[str, Tally] = field(default_factory=_tallies)
    """By role."""
    frames: defaultdict[str, Tally] = field(default_factory=_tallies)
    """Frames acceptable unchanged: type, trigger and all arguments."""
    frames_with_attributes: defaultdict[str, Tally] = field(default_factory=_tallies)
    """The same, with all attributes that gold sets agreeing as well."""
    mention_bins: list[Bin] = field(default_factory=_bins)
    frame_bins: list[Bin] = field(default_factory=_bins)

    def add(self, gold: Sequence[Annotation], candidates: Iterable[Candidate]) -> None:
        """Count one document: one annotator's items, and the candidates inside them."""
        inside = [c for c in candidates if any(a.item.covers(extent_of(c)) for a in gold)]
        mentions = [c for c in inside if isinstance(c, MentionCandidate)]
        frames = [c for c in inside if isinstance(c, FrameCandidate)]
        self._add_mentions(gold, mentions)
        self._add_frames(gold, mentions, frames)

    def _add_mentions(
        self, gold: Sequence[Annotation], proposed: Sequence[MentionCandidate]
    ) -> None:
        wanted = [(m.span, m.type) for a in gold for m in a.mentions]
        given = [(c.span, c.type) for c in proposed]
        _count(self.mentions_strict, wanted, given, strict=True)
        _count(self.mentions_overlap, wanted, given, strict=False)
        exact = set(wanted)
        for candidate in proposed:
            right = (candidate.span, candidate.type) in exact
            _into(self.mention_bins, candidate.score, right=right)

    def _add_frames(
        self,
        gold: Sequence[Annotation],
        mentions: Sequence[MentionCandidate],
        frames: Sequence[FrameCandidate],
    ) -> None:
        wanted = [(f.trigger, f.type) for a in gold for f in a.frames]
        given = [(f.trigger, f.type) for f in frames]
        _count(self.triggers_strict, wanted, given, strict=True)
        _count(self.triggers_overlap, wanted, given, strict=False)
        pairs = pair_frames(gold, mentions, frames)
        for pair in pairs:
            self._add_pair(pair, pairs)

    def _add_pair(self, pair: FramePair, pairs: Sequence[FramePair]) -> None:
        for role, right in right_arguments(pair, pairs):
            _note(self.arguments, role, right=right, proposed=True)
        for role, _ in pair.wanted:
            _note(self.arguments, role, gold=True)
        self._note_frame(pair, unchanged=is_unchanged(pair, pairs))

    def _note_frame(self, pair: FramePair, *, unchanged: bool) -> None:
        name = pair.gold.type if pair.gold else pair.proposed.type if pair.proposed else TOTAL
        sides = {"gold": pair.gold is not None, "proposed": pair.proposed is not None}
        _note(self.frames, name, right=unchanged, **sides)
        whole = unchanged and pair.attributes_agree
        _note(self.frames_with_attributes, name, right=whole, **sides)
        if pair.proposed is not None:
            _into(self.frame_bins, pair.proposed.score, right=unchanged)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Mean distance between score and share of right ones, weighted by bin (ECE)."""
    total = sum(b.count for b in bins)
    return sum(abs(b.score - b.right) for b in bins) / total if total else 0.0


def extent_of(candidate: Candidate) -> Span:
    """The span that decides to which item a candidate belongs."""
    return candidate.span if isinstance(candidate, MentionCandidate) else candidate.trigger


def _note(
    tallies: defaultdict[str, Tally],
    name: str,
    *,
    right: bool = False,
    gold: bool = False,
    proposed: bool = False,
) -> None:
    for key in (name, TOTAL):
        tallies[key].right += right
        tallies[key].gold += gold
        tallies[key].proposed += proposed


def _count(
    tallies: defaultdict[str, Tally],
    wanted: Sequence[tuple[Span, str]],
    given: Sequence[tuple[Span, str]],
    *,
    strict: bool,
) -> None:
    """Match typed spans one to one, equal ones before overlapping ones."""
    left = list(wanted)
    rest = []
    right: list[str] = []
    for one in given:
        if one in left:
            left.remove(one)
            right.append(one[1])
        else:
            rest.append(one)
    for span, name in () if strict else rest:
        match = next((w for w in left if w[1] == name and w[0].overlaps(span)), None)
        if match is not None:
            left.remove(match)
            right.append(name)
    for name in right:
        _note(tallies, name, right=True)
    for _, name in wanted:
        _note(tallies, name, gold=True)
    for _, name in given:
        _note(tallies, name, proposed=True)


def _into(bins: list[Bin], score: float, *, right: bool) -> None:
    held = bins[min(int(score * BINS), BINS - 1)]
    held.count += 1
    held.right += right
    held.score += score
