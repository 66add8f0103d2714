"""Lines of text outside the app, as this terminal must get them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.text.layout import Direction


def has_arabic(line: str) -> bool:
    """Whether a line holds letters that run from the right."""
    return any(bidirectional(character) in ("R", "AL") for character in line)


def on_this_terminal(lines: Sequence[str], direction: Direction = "auto") -> list[str]:
    """Put Arabic in order and shape where the terminal does not, wrapped at its width.

    Lines run as `direction` says, quotations (`»`) as their letters do. The terminal is
    asked what it is, but the person is not.
    """
    from curate.settings import load_settings
    from curate.tui.doctor import printable
    from curate.tui.terminal import BidiChoice, choose_plan

    plan = choose_plan(BidiChoice(load_settings().bidi), os.environ, ask=False)
    width = max(20, shutil.get_terminal_size().columns - 1)
    rows: list[str] = []
    for line in lines:
        runs: Direction = "rtl" if line.lstrip().startswith("»") else direction
        rows += printable([line], plan, width, runs) if has_arabic(line) else [line]
    return rows
