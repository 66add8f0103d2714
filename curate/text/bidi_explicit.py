"""UAX #9, first half: paragraph level (P2, P3), explicit levels (X1–X8), sequences (X10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_DEPTH: Final = 125
"""The deepest explicit level (BD2)."""

EMBEDDINGS: Final = "abcd"
ISOLATES: Final = "fgh"
REMOVED: Final = "abcdeZ"
"""Classes that X9 takes out: embeddings, their end, and boundary neutrals."""

_RIGHT_TO_LEFT: Final = "bdg"
_OVERRIDE: Final = {"c": "L", "d": "R"}


@dataclass(frozen=True, slots=True)
class RunSequence:
    """An isolating run sequence: the code points it holds, its level, and what surrounds it."""

    points: list[int]
    level: int
    start: str
    """The direction before it (sos), L or R."""
    end: str
    """The direction after it (eos), L or R."""


def matching_isolates(classes: str) -> dict[int, int]:
    """Each isolate initiator that is closed, with its PDI, and the other way round (BD9)."""
    opened: list[int] = []
    match: dict[int, int] = {}
    for i, letter in enumerate(classes):
        if letter in ISOLATES:
            opened.append(i)
        elif letter == "i" and opened:
            start = opened.pop()
            match[start] = i
            match[i] = start
        elif letter == "B":
            opened.clear()
    return match


def first_strong(classes: str, start: int, end: int, match: Mapping[int, int]) -> str | None:
    """The first of L, R, A outside isolates in `[start, end)` (P2); None if there is none."""
    i = start
    while i < end:
        letter = classes[i]
        if letter in "LRA":
            return letter
        if letter == "B":
            return None
        if letter in ISOLATES:
            i = match.get(i, end)
        i += 1
    return None


class _Status:
    """The directional status stack and the overflow counters of X1–X8."""

    __slots__ = ("_entries", "_isolates", "_lost_embeddings", "_lost_isolates")

    def __init__(self, base: int) -> None:
        self._entries = [(base, "", False)]
        self._lost_isolates = self._lost_embeddings = self._isolates = 0

    @property
    def top(self) -> tuple[int, str, bool]:
        """Level, override (or nothing) and whether an isolate opened it."""
        return self._entries[-1]

    def _push(self, letter: str, override: str, *, is_isolate: bool) -> bool:
        level = self._entries[-1][0]
        level = (level + 1) | 1 if letter in _RIGHT_TO_LEFT else (level + 2) & ~1
        if level > MAX_DEPTH or self._lost_isolates or self._lost_embeddings:
            return False
        self._entries.append((level, override, is_isolate))
        return True

    def embed(self, letter: str) -> None:
        """X2–X5."""
        pushed = self._push(letter, _OVERRIDE.get(letter, ""), is_isolate=False)
        if not pushed and not self._lost_isolates:
            self._lost_embeddings += 1

    def isolate(self, letter: str) -> None:
        """X5a–X5c."""
        if self._push(letter, "", is_isolate=True):
            self._isolates += 1
        else:
            self._lost_isolates += 1

    def end_isolate(self) -> None:
        """X6a."""
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings = 0
            while not self._entries[-1][2]:
                self._entries.pop()
            self._entries.pop()
            self._isolates -= 1

    def end_embedding(self) -> None:
        """X7."""
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif not self._entries[-1][2] and len(self._entries) > 1:
            self._entries.pop()


def explicit_levels(
    classes: str, base: int, match: Mapping[int, int]
) -> tuple[list[int], list[str]]:
    """The explicit level of every code point, and its class after overrides (X1–X8)."""
    status = _Status(base)
    levels: list[int] = []
    overridden: list[str] = []
    for i, letter in enumerate(classes):
        if letter == "i":
            status.end_isolate()
        level, override, _ = status.top
        levels.append(base if letter == "B" else level)
        overridden.append(letter if letter in "abcdeBZ" else override or letter)
        if letter in ISOLATES:
            strong = None
            if letter == "h":
                strong = first_strong(classes, i + 1, match.get(i, len(classes)), match)
            status.isolate("g" if strong in {"R", "A"} else letter)
        elif letter in EMBEDDINGS:
            status.embed(letter)
        elif letter == "e":
            status.end_embedding()
    return levels, overridden


def run_sequences(
    classes: str, levels: list[int], base: int, match: Mapping[int, int]
) -> Iterator[RunSequence]:
    """The isolating run sequences of what X9 leaves (BD13, X10)."""
    kept = [i for i, letter in enumerate(classes) if letter not in REMOVED]
    runs: list[list[int]] = []
    for i in kept:
        if runs and levels[runs[-1][-1]] == levels[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    starting = {run[0]: run for run in runs}
    around = [base, *(levels[i] for i in kept), base]
    before = dict(zip(kept, around, strict=False))
    after = dict(zip(kept, around[2:], strict=False))
    for run in runs:
        if classes[run[0]] == "i" and run[0] in match:
            continue
        points = list(run)
        while classes[points[-1]] in ISOLATES and points[-1] in match:
            points += starting[match[points[-1]]]
        first, last = points[0], points[-1]
        level = levels[first]
        following = base if classes[last] in ISOLATES else after[last]
        yield RunSequence(
            points,
            level,
            "R" if max(level, before[first]) & 1 else "L",
            "R" if max(level, following) & 1 else "L",
        )
