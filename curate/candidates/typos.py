"""Slips of writing in long words: a letter with other dots, or two letters changed round.

Only slips that keep the length of a word are looked for, so that every match
stays on its code points, and only where a list then knows exactly one word.
"""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 5
"""Letters of a word in which a slip is looked for."""
_SAME_STROKE: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
"""Letters in normal form that differ by their dots."""
_OTHERS: Final = {letter: group.replace(letter, "") for group in _SAME_STROKE for letter in group}
_SAFE: Final = 2
"""Letters at the beginning that are left alone: a slip there looks like a proclitic."""


def redotted(form: str) -> tuple[str, ...]:
    """The words in normal form that differ from a long one by the dots of one letter."""
    if len(form) < SHORTEST or not form.isalpha() or form[0].isascii():
        return ()
    return tuple(
        form[:at] + letter + form[at + 1 :]
        for at in range(_SAFE, len(form))
        for letter in _OTHERS.get(form[at], "")
    )


def swapped(form: str) -> tuple[str, ...]:
    """The words in normal form that a long one becomes when two neighbours change places."""
    if len(form) < SHORTEST or not form.isalpha() or form[0].isascii():
        return ()
    return tuple(
        form[:at] + form[at + 1] + form[at] + form[at + 2 :]
        for at in range(_SAFE, len(form) - 1)
        if form[at] != form[at + 1]
    )
