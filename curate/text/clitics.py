"""What is written together in one Arabic word: proclitics, a stem, a pronoun suffix.

A word has many possible splits (`والي` is a governor, or `و` and `الي`); which
one holds is for the caller's lexicon to say. All splits are of normal forms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

ARTICLE: Final = "ال"
CONJUNCTIONS: Final = ("و", "ف")
PREPOSITIONS: Final = ("ب", "ك", "ل")
FUTURE: Final = "س"
_IMPERFECT: Final = frozenset("ايتن")
SUFFIXES: Final = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك", "ي")
"""Pronoun suffixes, longest first."""

_SHORTEST_STEM: Final = 2
_LONGEST_WORD: Final = 40


class Split(NamedTuple):
    """One way to read a word."""

    proclitics: tuple[str, ...]
    start: int
    """Where the stem begins in the word's normal form."""
    end: int
    """Where it ends, before the pronoun suffix."""
    stem: str
    """The stem, with letters restored that writing together changed or cut."""
    suffix: str


@lru_cache(maxsize=65536)
def splits(form: str) -> tuple[Split, ...]:
    """All splits of a word in normal form, the fewest cuts first.

    The word as a whole is always the first one. After `لل` the stem begins at
    the second ل and the article's alef, which is not written, is restored.
    """
    whole = Split((), 0, len(form), form, "")
    if len(form) > _LONGEST_WORD or not form or form[0].isascii():
        return (whole,)
    found = [whole]
    for proclitics, start, stem in _heads(form):
        if proclitics:
            found.append(Split(proclitics, start, len(form), stem, ""))
        found.extend(_suffixed(proclitics, start, stem, len(form)))
    found.sort(key=_cuts)
    return tuple(found)


def _cuts(split: Split) -> tuple[int, int]:
    return len(split.proclitics) + bool(split.suffix), len(split.suffix)


def _heads(form: str) -> list[tuple[tuple[str, ...], int, str]]:
    """The ways to cut proclitics off: the proclitics, where the stem begins, the stem."""
    heads: list[tuple[tuple[str, ...], int, str]] = [((), 0, form)]
    if form[0] in CONJUNCTIONS and len(form) > _SHORTEST_STEM:
        heads.append(((form[0],), 1, form[1:]))
    for conjunctions, start, rest in tuple(heads):
        heads.extend(_after_conjunction(conjunctions, start, rest))
    return heads


def _after_conjunction(
    conjunctions: tuple[str, ...], start: int, rest: str
) -> list[tuple[tuple[str, ...], int, str]]:
    found: list[tuple[tuple[str, ...], int, str]] = []
    first = rest[0]
    if first in PREPOSITIONS and len(rest) > _SHORTEST_STEM:
        cut = (*conjunctions, first)
        found.append((cut, start + 1, rest[1:]))
        if rest.startswith("لل") and len(rest) >= 3:
            found.append((cut, start + 1, "ا" + rest[1:]))
            found.append((cut, start + 1, ARTICLE + rest[1:]))
    if first == FUTURE and len(rest) > 3 and rest[1] in _IMPERFECT:
        found.append(((*conjunctions, first), start + 1, rest[1:]))
    return found


def _suffixed(proclitics: tuple[str, ...], start: int, stem: str, length: int) -> list[Split]:
    """The readings of a stem with a pronoun suffix cut off."""
    found: list[Split] = []
    for suffix in SUFFIXES:
        if not stem.endswith(suffix) or len(stem) - len(suffix) < _SHORTEST_STEM:
            continue
        bare = stem[: -len(suffix)]
        end = length - len(suffix)
        found.extend(Split(proclitics, start, end, written, suffix) for written in _unjoined(bare))
    return found


def _unjoined(stem: str) -> list[str]:
    """How a stem is written without suffix: ة for ت, ى for ا, ء for its carriers, وا for و."""
    forms = [stem]
    last, before = stem[-1], stem[-2]
    if last == "ت":
        forms.append(stem[:-1] + "ة")
    elif last == "ا":
        forms.append(stem[:-1] + "ى")
    elif last in "وي" and before in "اوي":
        forms.append(stem[:-1] + "ء")
    if last == "و":
        forms.append(stem + "ا")
    return forms
