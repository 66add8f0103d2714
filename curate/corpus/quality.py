"""Flags for texts that may not belong in an Arabic news corpus; nothing is removed by them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from curate.model.document import SentenceKind
from curate.text.letters import LETTER_RANGES
from curate.text.normal import normal
from curate.text.tokens import WORD

if TYPE_CHECKING:
    from curate.model.document import Document

LEAST_WORDS: Final = 20
"""A shorter text is no article."""
LEAST_ARABIC: Final = 0.5
"""Share of Arabic letters among all letters below which a text is not Arabic."""
MOST_NEIGHBOURS: Final = 0.02
"""Share of letters that Persian, Urdu and Kurdish have and Arabic has not; Persian has about .04.
The Persian forms of kaf and yeh do not count: keyboards put them into Arabic."""
LEAST_TYPICAL: Final = 0.15
"""Share of words that only Arabic has (with its article, or its prepositions); news has a third.
A text with many letters of a neighbour and fewer such words is in the neighbour's language."""
MOST_BROKEN: Final = 0.02
"""Share of characters that betray a wrong encoding."""
MOST_BOILERPLATE: Final = 0.5
"""Share of the sentences' characters that is matter around the article."""


class Flag(StrEnum):
    """What is the matter with a text."""

    NOT_ARABIC = "not-arabic"
    MOJIBAKE = "mojibake"
    TOO_SHORT = "too-short"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured of a text, and the flags that follow from it."""

    words: int
    arabic: float
    """Share of Arabic letters among all letters, 0 to 1; 0 for a text without letters."""
    boilerplate: float
    """Share of the sentences' characters that is boilerplate, 0 to 1."""
    flags: tuple[Flag, ...]


_WORD: Final = re.compile(WORD)
_ARABIC: Final = re.compile(f"[{LETTER_RANGES}]")
_OTHER: Final = re.compile(rf"[^\W\d_{LETTER_RANGES}]")
_NEIGHBOURS: Final = re.compile("[پچژگٹڈڑںےۀہۆێڕڵېۇڼړ]")
_TYPICAL: Final = re.compile("[وفبك]?ال..|[وف]?لل.|[وف]?(?:في|من|على|الى|عن|ان|التي|الذي)$")
_BROKEN: Final = re.compile(
    "\ufffd"
    # two bytes of an Arabic letter in UTF-8, read as Latin-1 or Windows-1252
    "|[\u00d8-\u00db][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
    # Windows-1256 read as Windows-1252: words of accented letters alone
    "|[\u00c0-\u00ff]{3,}"
)


def quality(document: Document) -> Quality:
    """Measure a text."""
    text = document.text
    arabic = len(_ARABIC.findall(text))
    letters = arabic + len(_OTHER.findall(text))
    share = arabic / letters if letters else 0.0
    found = _WORD.findall(normal(text))
    words = len(found)
    boilerplate = _boilerplate(document)
    flags = []
    typical = sum(1 for word in found if _TYPICAL.match(word))
    is_neighbour = len(_NEIGHBOURS.findall(text)) > MOST_NEIGHBOURS * arabic
    if share < LEAST_ARABIC or (is_neighbour and typical < LEAST_TYPICAL * words):
        flags.append(Flag.NOT_ARABIC)
    if sum(len(m.group()) for m in _BROKEN.finditer(text)) > MOST_BROKEN * len(text):
        flags.append(Flag.MOJIBAKE)
    if words < LEAST_WORDS:
        flags.append(Flag.TOO_SHORT)
    if boilerplate > MOST_BOILERPLATE:
        flags.append(Flag.BOILERPLATE)
    return Quality(words, share, boilerplate, tuple(flags))


def _boilerplate(document: Document) -> float:
    lengths = [(s.kind, s.span.end - s.span.start) for s in document.sentences]
    total = sum(length for _, length in lengths)
    if not total:
        return 0.0
    return sum(n for kind, n in lengths if kind is SentenceKind.BOILERPLATE) / total
