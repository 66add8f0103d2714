"""Whether two spans hold the same words, but for clitics, diacritics, tatweel and punctuation."""

from __future__ import annotations

import re
from typing import Final

from curate.text.clitics import ARTICLE, CONJUNCTIONS, FUTURE, PREPOSITIONS
from curate.text.letters import INVISIBLE, LAM, MARKS, TATWEEL

_PROCLITICS: Final = re.compile(
    f"[{''.join(CONJUNCTIONS)}]?[{''.join(PREPOSITIONS)}{FUTURE}]?(?:{ARTICLE}|{LAM})?"
)


def same_words(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two overlapping spans of a text differ by no more than how a word is written.

    Ahead of the shorter one may stand proclitics of its first word (و ف ب ك ل س ال), on either
    side marks, tatweel, blanks and punctuation; any other letter or digit is a difference.
    """
    start, end = max(first[0], second[0]), min(first[1], second[1])
    if start >= end:
        return False
    ahead = text[min(first[0], second[0]) : start]
    behind = text[end : max(first[1], second[1])]
    return not any(map(_sounds, behind)) and _is_proclitics(text, min(first[0], second[0]), ahead)


def _is_proclitics(text: str, at: int, ahead: str) -> bool:
    """Whether what stands ahead is silent, or ends in proclitics that begin a word."""
    letters = "".join(filter(_sounds, ahead))
    if not letters:
        return True
    first = next(place for place, char in enumerate(ahead) if _sounds(char))
    begins = at + first == 0 or not _belongs_to_a_word(text[at + first - 1])
    joined = all(map(_belongs_to_a_word, ahead[first:]))
    return begins and joined and _PROCLITICS.fullmatch(letters) is not None


def _sounds(char: str) -> bool:
    """Whether it is a letter or digit, with a sound of its own."""
    return char.isalnum() and char not in MARKS and char != TATWEEL


def _belongs_to_a_word(char: str) -> bool:
    return char.isalnum() or char in MARKS or char in INVISIBLE
