"""How likely a candidate is right: what its rule earned on the demo's train articles.

The counts are kept as they are (how many a rule proposed, how many of them were
right), so that anybody can see what a score rests on. A type with few counts
leans on what the rule earned over all types, a rule without any on chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from curate.candidates.evaluation import extent_of
from curate.candidates.pairing import is_unchanged, pair_frames
from curate.candidates.tsv import rows
from curate.errors import FormatError
from curate.model.candidate import FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.annotation import Annotation
    from curate.model.candidate import Candidate

_COLUMNS: Final = ("rule", "type", "right", "of")
FRAME: Final = "frame"
"""How the names of rules for frames begin."""
_LEAN: Final = 20.0
"""How many counts of its own a type needs to weigh as much as its rule over all types."""
_LEAN_OF_FRAMES: Final = 60.0
"""The same for frames. Both were chosen by cross-validation over the train articles."""
_KEPT: Final = 0.85
"""Of the frames that rules get right where they were made, the share that lasts elsewhere.

Chosen on the dev articles; mentions lose nothing there.
"""

Key = tuple[str, str]
"""A rule and the type it proposed."""


@dataclass(frozen=True)
class Scores:
    """What each rule proposed and what of it was right, by type."""

    counts: Mapping[Key, tuple[int, int]] = field(default_factory=dict, hash=False)

    def of(self, rule: str, kind: str) -> float:
        """The probability that what a rule proposes as a type is right."""
        known = self._known.get((rule, kind))
        if known is None:
            known = self._known[rule, kind] = self._earned(rule, kind)
        return known

    @cached_property
    def _known(self) -> dict[Key, float]:
        """What was asked before: rules and types are few."""
        return {}

    def _earned(self, rule: str, kind: str) -> float:
        over_all = self._over_all.get(rule, 0.5)
        right, count = self.counts.get((rule, kind), (0, 0))
        frame = rule.startswith(FRAME)
        lean = _LEAN_OF_FRAMES if frame else _LEAN
        earned = (right + lean * over_all) / (count + lean)
        return round(earned * _KEPT if frame else earned, 3)

    @cached_property
    def _over_all(self) -> dict[str, float]:
        sums: dict[str, list[int]] = {}
        for (rule, _), (right, count) in self.counts.items():
            both = sums.setdefault(rule, [0, 0])
            both[0] += right
            both[1] += count
        return {rule: (right + 1) / (count + 2) for rule, (right, count) in sums.items()}

    def to_bytes(self) -> bytes:
        """The counts as a tab-separated list."""
        lines = ["\t".join(_COLUMNS)]
        for (rule, kind), (right, count) in sorted(self.counts.items()):
            lines.append(f"{rule}\t{kind}\t{right}\t{count}")
        return "".join(f"{line}\n" for line in lines).encode()


def parse_scores(data: bytes, file: str) -> Scores:
    """Read the counts; raises `FormatError` with the line that does not hold."""
    counts: dict[Key, tuple[int, int]] = {}
    for line, row in rows(data, file, _COLUMNS):
        try:
            right, count = int(row["right"]), int(row["of"])
        except (KeyError, ValueError):
            right, count = 1, 0
        if not 0 <= right <= count:
            raise FormatError(
                f"{file}:{line}: the counts do not hold",
                "Write how many were right, then of how many.",
            )
        counts[row["rule"], row["type"]] = right, count
    return Scores(counts)


Keyed = tuple["Sequence[tuple[Candidate, str]]", "Sequence[Annotation]"]
"""The candidates of a document with their rules, and what is gold in it."""


def counted(documents: Iterable[Keyed]) -> Scores:
    """The scores that the candidates of documents earn."""
    counts: dict[Key, tuple[int, int]] = {}
    for proposed, gold in documents:
        inside = [
            (c, rule) for c, rule in proposed if any(a.item.covers(extent_of(c)) for a in gold)
        ]
        right = _right([c for c, _ in inside], gold)
        for candidate, rule in inside:
            earned, count = counts.get((rule, candidate.type), (0, 0))
            counts[rule, candidate.type] = earned + (candidate.id in right), count + 1
    return Scores(counts)


def _right(candidates: Sequence[Candidate], gold: Sequence[Annotation]) -> set[str]:
    """The ids of the candidates that are right as they are."""
    wanted = {(m.span, m.type) for a in gold for m in a.mentions}
    mentions = [c for c in candidates if isinstance(c, MentionCandidate)]
    frames = [c for c in candidates if isinstance(c, FrameCandidate)]
    pairs = pair_frames(gold, mentions, frames)
    right = {c.id for c in mentions if (c.span, c.type) in wanted}
    right.update(p.proposed.id for p in pairs if p.proposed is not None and is_unchanged(p, pairs))
    return right
