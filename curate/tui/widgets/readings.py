"""Readings of a case side by side, what differs marked by a sign and not by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from curate.tui.widgets.cells import VISUAL, Manner, cells, fitted
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIFFERS, SAME = "≠", "="
"""Stand before what is in one column alone, and before what is in all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reading: its name and what it says."""

    name: str
    """A type, a role or an attribute."""
    text: str = ""
    """Words of the document, or a value."""
    colour: str = ""
    indent: int = 0
    in_question: bool = True
    """Whether the case is about it; what only goes along is shown dimmer."""

    within: str = ""
    """What it is a part of: lines are the same only where that is too."""

    @property
    def said(self) -> tuple[str, str, str]:
        """What is compared between columns."""
        return self.within, self.name, self.text


@dataclass(frozen=True, slots=True)
class Column:
    """One reading, or what one annotator says of an item."""

    head: str
    lines: tuple[Line, ...]
    key: str = ""
    """What is printed on the key that chooses it."""


def column_rows(
    columns: Sequence[Column], width: int, manner: Manner = VISUAL, *, rtl: bool = False
) -> Iterator[Row]:
    """The columns beside each other, each as wide as the others; the first at the start."""
    count = max(1, len(columns))
    room = max(12, (width - (count - 1)) // count)
    yield _row([_head(c, room, manner, rtl=rtl) for c in columns])
    shared = _shared(columns)
    for lines in zip_longest(*(c.lines for c in columns)):
        yield _row([_line(line, shared, room, manner, rtl=rtl) for line in lines])


def _shared(columns: Sequence[Column]) -> set[tuple[str, str, str]]:
    """What every column says; with one alone there is nothing to compare."""
    said = [{line.said for line in c.lines} for c in columns]
    return set.intersection(*said) if said else set()


def _row(cells_of: Sequence[list[Part]]) -> Row:
    parts: list[Part] = []
    for number, found in enumerate(cells_of):
        if number:
            parts.append(Part("│", "edge"))
        parts += found
    return Row(tuple(parts))


def _head(column: Column, room: int, manner: Manner, *, rtl: bool) -> list[Part]:
    key = f" {column.key} " if column.key else " "
    name = fitted(f" {column.head}", room - cells(key), manner, rtl=rtl)
    gap = " " * max(0, room - cells(key) - cells(name))
    return [
        Part(key, "hint" if column.key else "plain", drawn=True),
        Part(name, "name", drawn=True),
        Part(gap),
    ]


def _line(
    line: Line | None, shared: set[tuple[str, str, str]], room: int, manner: Manner, *, rtl: bool
) -> list[Part]:
    if line is None:
        return [Part(" " * room)]
    differs = line.said not in shared
    sign = " " if not line.in_question and not differs else DIFFERS if differs else SAME
    indent = f"{' ' * (line.indent * 2)} {sign} "
    indent = indent if not rtl else indent[::-1]
    name = fitted(line.name, max(4, room - cells(indent) - 2), manner, rtl=rtl)
    text = fitted(line.text, room - cells(indent) - cells(name) - 1, manner)
    gap = " " * max(0, room - cells(indent) - cells(name) - cells(text) - 1)
    look = "name" if differs else "dim"
    return [
        Part(indent, "warn" if differs else "dim", drawn=True),
        Part(name, look, line.colour if differs else "", drawn=True),
        Part(" "),
        Part(text, "quote" if differs or line.in_question else "dim", drawn=True),
        Part(gap),
    ]
