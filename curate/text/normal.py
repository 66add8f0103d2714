"""The normal form of Arabic text: what is compared when names and triggers are looked up.

Taken away are vowel and Koranic marks, tatweel and characters without a
shape; folded are the carriers of hamza (ا و ي), presentation forms, Persian
letter variants, digits and kinds of space. A looser second form also folds
final ى with ي and ة with ه; it is for second tries only, because it turns
على into a name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from curate.text.letters import (
    ALEF,
    ALEF_FORMS,
    ALEF_MAKSURA,
    EASTERN_DIGITS,
    HEH,
    INVISIBLE,
    MARKS,
    PERSIAN_DIGITS,
    TATWEEL,
    TEH_MARBUTA,
    WAW,
    WAW_HAMZA,
    YEH,
    YEH_HAMZA,
)
from curate.text.offsets import IDENTITY, OffsetMap, offset_map

_VARIANTS: Final = {
    "\u0672": ALEF,
    "\u0673": ALEF,
    "\u0675": ALEF,
    "\u0676": WAW,
    "\u0678": YEH,
    "\u06a9": "ك",
    "\u06aa": "ك",
    "\u06be": "ه",
    "\u06c0": "ه",
    "\u06c1": "ه",
    "\u06c2": "ه",
    "\u06c3": TEH_MARBUTA,
    "\u06cc": YEH,
    "\u06cd": YEH,
    "\u06d2": YEH,
    "\u06d3": YEH,
    "\u06d5": "ه",
}
"""Letters of neighbouring alphabets that keyboards put into Arabic words."""

_SPACES: Final = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


def _folding() -> dict[str, str]:
    """Each character that the normal form changes, with what it becomes ('' is taken away)."""
    folds = dict.fromkeys(MARKS | INVISIBLE | {TATWEEL}, "")
    folds |= dict.fromkeys(ALEF_FORMS, ALEF)
    folds |= {WAW_HAMZA: WAW, YEH_HAMZA: YEH}
    folds |= _VARIANTS
    for digits in (EASTERN_DIGITS, PERSIAN_DIGITS):
        folds |= {digit: str(value) for value, digit in enumerate(digits)}
    folds |= dict.fromkeys(_SPACES, " ")
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        wide = unicodedata.normalize("NFKC", chr(code))
        if wide != chr(code):
            folds[chr(code)] = "".join(folds.get(c, c) for c in wide).strip()
    return folds


_FOLDS: Final = _folding()
_TABLE: Final = str.maketrans(_FOLDS)
_LOOSE: Final = str.maketrans({ALEF_MAKSURA: YEH, TEH_MARBUTA: HEH})
_CHANGED: Final = re.compile("[" + re.escape("".join(_FOLDS)) + "]")


def normal(text: str) -> str:
    """The normal form of a text, without a map."""
    return text.translate(_TABLE) if _CHANGED.search(text) else text


def loose(normal_form: str) -> str:
    """The looser form of a normal form (same length): ى as ي and ة as ه."""
    return normal_form.translate(_LOOSE)


def normal_with_map(text: str) -> tuple[str, OffsetMap]:
    """The normal form of a text and the map back to its code points."""
    if _CHANGED.search(text) is None:
        return text, IDENTITY
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    moved = False
    for at, char in enumerate(text):
        became = _FOLDS.get(char, char)
        if not became:
            moved = True
            if char in MARKS and ends and ends[-1] == at:
                ends[-1] = at + 1
            continue
        moved = moved or len(became) > 1
        letters.append(became)
        starts.extend([at] * len(became))
        ends.extend([at + 1] * len(became))
    return "".join(letters), offset_map(starts, ends) if moved else IDENTITY
