"""The lines under the text: brackets that tell span from span by shape, and their labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.tui.scene import Look, Mark
from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_LANES = 4
"""Deeper nesting than this shares the last line."""

_BRACKETS: dict[tuple[Look, bool], tuple[str, str, str]] = {
    (Look.MENTION, False): ("╰", "─", "╯"),
    (Look.MENTION, True): ("╰", "┄", "╯"),
    (Look.TRIGGER, False): ("┗", "━", "┛"),
    (Look.TRIGGER, True): ("┗", "┅", "┛"),
    (Look.BARE, False): ("└", "╌", "┘"),
    (Look.BARE, True): ("└", "╌", "┘"),
}
"""Corner, line and corner of confirmed and proposed spans: told apart without colour."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The part of a mark that one line of the text shows."""

    mark: Mark
    runs: tuple[tuple[int, int], ...]
    """Cells `[x0, x1)` of the mark on this line, from the left; several in mixed text."""
    begins: bool = True
    ends: bool = True
    """Whether the span's first and last code points are on this line."""

    @property
    def x0(self) -> int:
        """The leftmost cell."""
        return self.runs[0][0]

    @property
    def x1(self) -> int:
        """The cell after the rightmost one."""
        return self.runs[-1][1]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of a label line."""

    x: int
    text: str
    mark: Mark | None = None
    is_hint: bool = False


def lanes(tags: Iterable[Tag]) -> list[list[Tag]]:
    """Spread tags over as few lines as keep them apart, the inner spans nearest to the text."""
    found: list[list[Tag]] = []
    for tag in sorted(tags, key=lambda t: (t.x1 - t.x0, t.x0, t.mark.look)):
        lane = next((lane for lane in found if not _crosses(lane, tag)), None)
        if lane is not None:
            lane.append(tag)
        elif len(found) < MOST_LANES:
            found.append([tag])
    return found


def _crosses(lane: Sequence[Tag], tag: Tag) -> bool:
    return any(t.x0 < tag.x1 and tag.x0 < t.x1 for t in lane)


def pieces(lane: Sequence[Tag], width: int, *, rtl: bool, manner: Manner = VISUAL) -> list[Piece]:
    """What stands on one label line, from the left, without overlap."""
    found: list[Piece] = []
    ordered = sorted(lane, key=lambda t: t.x0)
    for i, tag in enumerate(ordered):
        left = found[-1].x + cells(found[-1].text) + 1 if found else 0
        right = ordered[i + 1].x0 - 1 if i + 1 < len(ordered) else width
        found.extend(_tag_pieces(tag, (left, right), manner, rtl=rtl))
    return found


def _tag_pieces(tag: Tag, free: tuple[int, int], manner: Manner, *, rtl: bool) -> list[Piece]:
    """Draw one tag; its label may use the free cells left and right of it."""
    corner_l, line, corner_r = _BRACKETS[tag.mark.look, tag.mark.proposed]
    widest = max(tag.runs, key=lambda run: run[1] - run[0])
    drawn = []
    for run in tag.runs:
        first = corner_l if run is tag.runs[0] and _closes(tag, left=True, rtl=rtl) else line
        last = corner_r if run is tag.runs[-1] and _closes(tag, left=False, rtl=rtl) else line
        bracket = (first, line, last)
        if run is widest:
            room = free if len(tag.runs) == 1 else run
            drawn.extend(_labelled(tag.mark, run, bracket, room, manner))
        else:
            drawn.append(Piece(run[0], _bar(run[1] - run[0], bracket), tag.mark))
    return drawn


def _closes(tag: Tag, *, left: bool, rtl: bool) -> bool:
    """Whether the span really ends at its left (or right) edge, or goes on on another line."""
    return tag.ends if left == rtl else tag.begins


def _bar(length: int, bracket: tuple[str, str, str]) -> str:
    if length == 1:
        return bracket[1] if bracket[0] == bracket[2] else "┴" if bracket[1] == "─" else bracket[1]
    return bracket[0] + bracket[1] * (length - 2) + bracket[2]


def _labelled(
    mark: Mark,
    run: tuple[int, int],
    bracket: tuple[str, str, str],
    free: tuple[int, int],
    manner: Manner,
) -> list[Piece]:
    length = run[1] - run[0]
    if mark.hint:
        return _hinted(mark, _spelt(mark.hint, manner), run, bracket)
    if (mark.quiet and not mark.focused) or not mark.label:
        return [Piece(run[0], _bar(length, bracket), mark)]
    words = mark.label + ("?" if mark.proposed else "")
    wide = cells(fitted(words, 200, manner))
    if wide + 2 <= length:
        label = fitted(words, length - 2, manner)
        before = (length - 2 - wide) // 2
        text = bracket[0] + bracket[1] * before + label
        text += bracket[1] * (length - 2 - wide - before) + bracket[2]
        return [Piece(run[0], text, mark)]
    if mark.look is Look.TRIGGER:
        words = f"▲{words}"
        wide += 1
    if wide <= length:
        return [_centred(mark, run, run, fitted(words, length, manner))]
    room = max(length, min(wide, free[1] - free[0]))
    return [_centred(mark, run, free, fitted(words, room, manner))]


def _centred(mark: Mark, run: tuple[int, int], free: tuple[int, int], label: str) -> Piece:
    wide = cells(label)
    x = run[0] + (run[1] - run[0] - wide) // 2
    x = max(min(x, free[1] - wide), min(free[0], run[0]), 0)
    return Piece(x, label, mark)


def _spelt(hint: str, manner: Manner) -> str:
    """A hint with its letters apart, Arabic ones from the right."""
    letters = [fitted(letter, 2, manner) for letter in hint]
    return "".join(letters if hint.isascii() else reversed(letters))


def _hinted(
    mark: Mark, hint: str, run: tuple[int, int], bracket: tuple[str, str, str]
) -> list[Piece]:
    length = run[1] - run[0]
    if not mark.label or length <= cells(hint) + 1:
        return [Piece(run[0] + max(0, length - cells(hint)) // 2, hint, mark, is_hint=True)]
    before = (length - cells(hint)) // 2
    after = length - cells(hint) - before
    return [
        Piece(run[0], bracket[0] + bracket[1] * (before - 1), mark),
        Piece(run[0] + before, hint, mark, is_hint=True),
        Piece(run[0] + before + cells(hint), bracket[1] * (after - 1) + bracket[2], mark),
    ]
