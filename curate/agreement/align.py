"""Pair what two annotators marked, one to one, by the largest total weight."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Extent = tuple[int, int]
"""Start and end, half-open, in code points of the document."""


def dice(one: Extent, other: Extent) -> float:
    """Dice's coefficient of two extents: 2·shared / (length + length)."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared / (one[1] - one[0] + other[1] - other[0]) if shared > 0 else 0.0


def overlapping(first: Sequence[Extent], second: Sequence[Extent]) -> Iterator[tuple[int, int]]:
    """The places (in first, in second) of extents that share at least one code point."""
    order = sorted(range(len(second)), key=lambda place: second[place])
    starts = [second[place][0] for place in order]
    longest = max((end - start for start, end in second), default=0)
    for here, (start, end) in enumerate(first):
        at = bisect_left(starts, start - longest + 1)
        while at < len(order) and starts[at] < end:
            if second[order[at]][1] > start:
                yield here, order[at]
            at += 1


def best_pairs(weights: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The one-to-one pairs of rows and columns with the largest total weight, rows in order.

    Only pairs that are given can be chosen; weights are positive whole numbers, so that sums are
    exact. Parts that share no row or column are solved apart.
    """
    if len({row for row, _ in weights}) == len(weights) == len({column for _, column in weights}):
        return sorted(weights)
    chosen: list[tuple[int, int]] = []
    for rows, columns in _parts(weights):
        if len(rows) == 1 and len(columns) == 1:
            chosen.append((rows[0], columns[0]))
            continue
        table = [[weights.get((row, column), 0) for column in columns] for row in rows]
        chosen += [
            (rows[at], columns[to])
            for at, to in _assignment(table)
            if (rows[at], columns[to]) in weights
        ]
    return sorted(chosen)


def _parts(weights: Mapping[tuple[int, int], int]) -> Iterator[tuple[list[int], list[int]]]:
    """The rows and columns that hang together, each list in order."""
    columns_of: dict[int, list[int]] = {}
    rows_of: dict[int, list[int]] = {}
    for row, column in weights:
        columns_of.setdefault(row, []).append(column)
        rows_of.setdefault(column, []).append(row)
    done: set[int] = set()
    for first in sorted(columns_of):
        if first in done:
            continue
        rows, columns, waiting = {first}, set[int](), [first]
        while waiting:
            for column in columns_of[waiting.pop()]:
                if column not in columns:
                    columns.add(column)
                    waiting += [row for row in rows_of[column] if row not in rows]
                    rows.update(rows_of[column])
        done |= rows
        yield sorted(rows), sorted(columns)


def _assignment(table: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The assignment of the largest total weight (Kuhn 1955, Munkres 1957; O(rows²·columns))."""
    if len(table) > len(table[0]):
        turned = _assignment([list(column) for column in zip(*table, strict=True)])
        return [(row, column) for column, row in turned]
    height, width = len(table), len(table[0])
    potentials, prices = [0] * (height + 1), [0] * (width + 1)
    holder = [0] * (width + 1)
    for row in range(1, height + 1):
        holder[0] = row
        _augment(table, potentials, prices, holder)
    return [(holder[column] - 1, column - 1) for column in range(1, width + 1) if holder[column]]


def _augment(
    table: Sequence[Sequence[int]], potentials: list[int], prices: list[int], holder: list[int]
) -> None:
    """Find the cheapest way to seat the row that waits in `holder[0]`, and go it.

    Rows and columns count from 1; `holder` has the row that a column is given to, 0 for none.
    """
    width = len(prices)
    slack: list[int | None] = [None] * width
    before, seen, column = [0] * width, [False] * width, 0
    while holder[column]:
        seen[column] = True
        row, nearest, step = holder[column], 0, None
        for other in range(1, width):
            if seen[other]:
                continue
            cost = -table[row - 1][other - 1] - potentials[row] - prices[other]
            known = slack[other]
            if known is None or cost < known:
                slack[other], before[other], known = cost, column, cost
            if step is None or known < step:
                step, nearest = known, other
        _shift(step or 0, seen, potentials, prices, holder, slack)
        column = nearest
    while column:
        holder[column] = holder[before[column]]
        column = before[column]


def _shift(
    step: int, seen: list[bool], potentials: list[int], prices: list[int], holder: list[int],
    slack: list[int | None],
) -> None:  # fmt: skip
    """Move the potentials by the step that makes the nearest column free of cost."""
    for column, is_seen in enumerate(seen):
        known = slack[column]
        if is_seen:
            potentials[holder[column]] += step
            prices[column] -= step
        elif known is not None:
            slack[column] = known - step
