"""Print lines that hold Arabic: in order on a terminal, as stored into files and pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.text.layout import Direction

_DIRECTIONS: Mapping[str | None, Direction] = {None: "auto", "en": "ltr", "ar": "rtl"}


def print_lines(lines: Iterable[str], language: str | None = None) -> None:
    """Print each line; on a terminal they run as the language does, without one as they begin."""
    shown = list(lines)
    if sys.stdout.isatty():
        from curate.tui.printing import on_this_terminal

        shown = on_this_terminal(shown, _DIRECTIONS[language])
    for line in shown:
        click.echo(line)
