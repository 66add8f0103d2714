"""The figures of effort as a table that a lead can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.project.effort import FAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.project.effort import Condition, Effort, Share

FEW = 5
"""A kind of candidate that was decided fewer times says nothing."""


def effort_lines(efforts: Sequence[Effort]) -> Iterator[str]:
    """One part for each annotator."""
    if not efforts:
        yield "nobody has decided anything yet"
    for number, effort in enumerate(efforts):
        if number:
            yield ""
        yield from _of_one(effort)


def _of_one(effort: Effort) -> Iterator[str]:
    hours = effort.seconds / 3600
    yield (
        f"{effort.annotator}: {effort.items:,} items closed, {effort.mentions:,} mentions and "
        f"{effort.frames:,} frames in them; {hours:.1f} hours of active work"
    )
    yield (
        f"  {effort.decisions:,} decisions, {effort.keys:,} keys; "
        f"{_share(effort.undone, effort.decisions)} of the decisions were undo"
    )
    for name, count in (
        ("item closed", effort.items),
        ("mention", effort.mentions),
        ("frame", effort.frames),
    ):
        if count:
            yield (
                f"  everything, by {name}: {effort.seconds / count:.1f} s, "
                f"{effort.keys / count:.1f} keys"
            )
    yield from _table(
        ("decision", "times", "keys", "seconds", "median s"),
        (
            (
                c.action,
                f"{c.count:,}",
                f"{c.keys:.1f}",
                f"{c.seconds:.1f}",
                f"{c.median_seconds:.1f}",
            )
            for c in effort.costs
        ),
    )
    yield from _care(effort)
    yield from _fates("candidates by type", effort.types)
    yield from _fates("candidates by score", effort.bands)
    yield from _conditions(effort.conditions)


def _care(effort: Effort) -> Iterator[str]:
    yield (
        f"  accepted in less than {FAST:.0f} s: {effort.fast_accepts:,} of {effort.accepts:,} "
        f"({_share(effort.fast_accepts, effort.accepts)})"
    )
    yield (
        f"  added where nothing was proposed: {effort.added_mentions:,} mentions, "
        f"{effort.added_frames:,} frames"
    )


def _fates(title: str, shares: Sequence[Share]) -> Iterator[str]:
    told = [s for s in shares if s.decided >= FEW]
    yield from _table(
        (title, "decided", "unchanged", "corrected", "rejected"),
        (
            (s.name, f"{s.decided:,}", _share(s.unchanged, s.decided),
             _share(s.corrected, s.decided), _share(s.rejected, s.decided))
            for s in told
        ),
    )  # fmt: skip


def _conditions(conditions: Sequence[Condition]) -> Iterator[str]:
    yield from _table(
        ("candidates were", "items done", "s by item", "mentions", "frames"),
        (
            (c.name, f"{c.items:,}", f"{c.seconds:.1f}", f"{c.mentions:.2f}", f"{c.frames:.2f}")
            for c in conditions
        ),
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows under their head, the first column to the left; nothing without rows."""
    lines = [head, *rows]
    if len(lines) == 1:
        return
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    yield ""
    for line in lines:
        first, *others = (
            text.ljust(width) if n == 0 else text.rjust(width)
            for n, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        yield f"  {first}  {'  '.join(others)}".rstrip()
