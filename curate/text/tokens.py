"""Words of a text: runs of Arabic letters with their marks, numbers, and runs of Latin letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.model.span import Span
from curate.text.letters import INVISIBLE, LETTER_RANGES, MARKS, TATWEEL

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE: Final = re.escape("".join(sorted(MARKS | INVISIBLE))) + TATWEEL
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
WORD: Final = (
    rf"[{LETTER_RANGES}][{LETTER_RANGES}{_INSIDE}]*"
    rf"|[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*"
    r"|[A-Za-z\u00c0-\u024f]+"
)
"""Regular expression of one word; letters and digits part from each other."""

_SPLIT: Final = re.compile(f"({WORD})")
_WORDS: Final = re.compile(WORD)


class Token(NamedTuple):
    """A word of a text and where it stands."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The word's code points."""
        return Span(self.start, self.end)


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The words of `text[start:end]`, with positions in the whole text."""
    stop = len(text) if end is None else end
    for match in _WORDS.finditer(text, start, stop):
        yield Token(match.start(), match.end(), match.group())


def split(text: str) -> list[str]:
    """Cut a text into gap, word, gap, word, …, gap (always an odd number of parts)."""
    return _SPLIT.split(text)
