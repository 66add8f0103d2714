"""Arabic letters in their joined forms, one character for one character of the text.

A terminal draws each code point alone, so the forms that a font would choose are chosen here:
Unicode's presentation forms. A letter that has none (such as the Kurdish ڵ) is left as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from curate.text.runs import PointTable
from curate.text.shaping_data import FORMS, JOINING, LAM_ALEFS

if TYPE_CHECKING:
    from collections.abc import Iterator

SWALLOWED: Final = "\0"
"""Stands in shaped text for the alef that went into the ligature on the lam before it."""

LAM: Final = "\u0644"

_LONGEST_REMEMBERED: Final = 40
"""Characters of a word that is worth remembering: longer ones hardly come twice."""

_NO_SPLITS: Final[frozenset[int]] = frozenset()
_ISOLATED, _FINAL, _INITIAL, _MEDIAL = range(4)
_JOINING = PointTable(JOINING)


def _forms() -> dict[str, tuple[str, str, str, str]]:
    """The four forms of each letter; one it lacks is the nearest that it has."""
    forms = {}
    for entry in FORMS.split("; "):
        letter, *found = ("" if part == "-" else chr(int(part, 16)) for part in entry.split())
        isolated, final, initial, medial = found
        isolated = isolated or letter
        final = final or isolated
        forms[letter] = (isolated, final, initial or isolated, medial or final)
    return forms


_FORMS: Final = _forms()
_LAM_ALEFS: Final = {
    alef: (isolated, final)
    for alef, isolated, final in (
        [chr(int(part, 16)) for part in entry.split()] for entry in LAM_ALEFS.split("; ")
    )
}


def _set_of(types: str) -> str:
    """The inside of a regular expression set with every character of these joining types."""
    return "".join(f"\\U{first:08x}-\\U{last - 1:08x}" for first, last in _JOINING.points(types))


_TRANSPARENT: Final = _set_of("T")
_WORD: Final = re.compile(f"[{_set_of('DRLC')}][{_set_of('DRLCT')}]*")
_LIGATURE: Final = re.compile(f"{LAM}[{_TRANSPARENT}]*([{''.join(_LAM_ALEFS)}])")


def lam_alefs(text: str, splits: frozenset[int] = _NO_SPLITS) -> Iterator[tuple[int, int]]:
    """Where lam and alef become one sign: the positions of both.

    They stay two where one of `splits` (span boundaries) falls between them.
    """
    for found in _LIGATURE.finditer(text):
        lam, alef = found.start(), found.start(1)
        if splits.isdisjoint(range(lam + 1, alef + 1)):
            yield lam, alef


def shape(text: str, splits: frozenset[int] = _NO_SPLITS) -> str:
    """The text in presentation forms, as long as the text itself.

    An alef that went into a lam-alef ligature is `SWALLOWED`.
    """
    if not splits:
        return _WORD.sub(_shaped, text)
    return _WORD.sub(lambda word: _shaped_apart(word, splits), text)


def _shaped(word: re.Match[str]) -> str:
    letters = word[0]
    if len(letters) > _LONGEST_REMEMBERED:
        return _shape_word.__wrapped__(letters, _NO_SPLITS)
    return _shape_word(letters, _NO_SPLITS)


def _shaped_apart(word: re.Match[str], splits: frozenset[int]) -> str:
    start, end = word.span()
    inside = splits.intersection(range(start + 1, end))
    if not inside or LAM not in word[0]:
        return _shaped(word)
    return _shape_word.__wrapped__(word[0], frozenset(i - start for i in inside))


@lru_cache(maxsize=1 << 14)
def _shape_word(word: str, splits: frozenset[int]) -> str:
    """Shape one run of characters that join, which no neighbour can change."""
    types = word.translate(_JOINING)
    solid = [i for i, joining in enumerate(types) if joining != "T"]
    swallowing = dict(lam_alefs(word, splits)) if LAM in word else {}
    shaped = list(word)
    joined = False
    for i, following in zip(solid, [*solid[1:], -1], strict=True):
        if shaped[i] == SWALLOWED:
            joined = False
            continue
        back = joined and types[i] in "DRC"
        joined = types[i] in "DLC"
        if i in swallowing:
            shaped[i] = _LAM_ALEFS[word[following]][back]
            shaped[following] = SWALLOWED
        elif word[i] in _FORMS:
            onward = joined and following >= 0 and types[following] in "DRC"
            shaped[i] = _FORMS[word[i]][_form(back=back, onward=onward)]
    return "".join(shaped)


def _form(*, back: bool, onward: bool) -> int:
    """Which of the four forms joins on these sides."""
    if back:
        return _MEDIAL if onward else _FINAL
    return _INITIAL if onward else _ISOLATED
