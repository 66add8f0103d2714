"""Where words begin and end, for a cursor: letters, digits and what sits on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.model.span import Span
from curate.text.cells import kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable

_INSIDE: Final = "\u200c\u200d\u00ad_"
"""Joiners, soft hyphen, underscore: inside a word they do not end it."""


def word_at(text: str, offset: int) -> Span:
    """The word that holds a code point, or that code point alone if it is in none."""
    if not is_word(text[offset]):
        return Span(offset, offset + 1)
    return Span(_back(text, offset, is_word), _on(text, offset, is_word))


def next_word(text: str, offset: int) -> int:
    """Where the next word after this position starts, or the end of the text."""
    return _on(text, _on(text, offset, is_word), _is_between)


def previous_word(text: str, offset: int) -> int:
    """Where the nearest word that starts before this position starts, or 0."""
    return _back(text, _back(text, offset, _is_between), is_word)


def is_word(character: str) -> bool:
    """Whether the character is part of words."""
    return character.isalnum() or character in _INSIDE or kinds_of(character) == "m"


def _is_between(character: str) -> bool:
    return not is_word(character)


def _on(text: str, offset: int, goes: Callable[[str], bool]) -> int:
    while offset < len(text) and goes(text[offset]):
        offset += 1
    return offset


def _back(text: str, offset: int, goes: Callable[[str], bool]) -> int:
    while offset > 0 and goes(text[offset - 1]):
        offset -= 1
    return offset
