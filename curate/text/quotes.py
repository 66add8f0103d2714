"""Follow quotation marks as they are really used: wrongly paired, never closed, all alike."""

from __future__ import annotations

import re

_MARK = re.compile(r"[«»“”„‟\"″‹›]")
_OPENS = frozenset("«“„‹")
_BEFORE_OPENER = frozenset("([{ـ-–—:/")


class Quotes:
    """Tells whether a quotation is open at a place; places must be asked for in rising order.

    What a mark does shows in what it touches: one with white space before it and a letter behind
    opens, one with a letter before it and white space behind closes, whatever its shape. Only if
    both sides say the same does the shape or the state decide.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._seen = 0
        self._open = False

    def begin(self, start: int) -> None:
        """Begin a paragraph: a quotation that was never closed is over."""
        self._seen = start
        self._open = False

    def is_open(self, place: int) -> bool:
        """Whether a quotation that began before `place` has not ended before it."""
        text = self._text
        for mark in _MARK.finditer(text, self._seen, place):
            at = mark.start()
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            loose_before = not before or before.isspace() or before in _BEFORE_OPENER
            loose_after = not after or not (after.isalnum() or after in "([")
            if loose_before != loose_after:
                self._open = loose_before
            elif mark[0] in '"″' or not loose_before:
                self._open = not self._open
            else:
                self._open = mark[0] in _OPENS
        self._seen = max(self._seen, place)
        return self._open
