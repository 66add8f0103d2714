"""Arabic letters and marks as sets: the only door to pyarabic, typed and silent.

pyarabic's source holds escape sequences that newer Python versions warn
about; the warning is of no use to anyone here, so the import hides it.
"""

from __future__ import annotations

import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyarabic import araby as _araby
    from pyarabic import number_const as _numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

ALEF: Final = cast(str, _araby.ALEF)
WAW: Final = cast(str, _araby.WAW)
YEH: Final = cast(str, _araby.YEH)
HAMZA: Final = cast(str, _araby.HAMZA)
LAM: Final = cast(str, _araby.LAM)
TEH: Final = cast(str, _araby.TEH)
HEH: Final = cast(str, _araby.HEH)
TEH_MARBUTA: Final = cast(str, _araby.TEH_MARBUTA)
ALEF_MAKSURA: Final = cast(str, _araby.ALEF_MAKSURA)
WAW_HAMZA: Final = cast(str, _araby.WAW_HAMZA)
YEH_HAMZA: Final = cast(str, _araby.YEH_HAMZA)
TATWEEL: Final = cast(str, _araby.TATWEEL)

ALEF_FORMS: Final = "".join(
    (
        cast(str, _araby.ALEF_MADDA),
        cast(str, _araby.ALEF_HAMZA_ABOVE),
        cast(str, _araby.ALEF_HAMZA_BELOW),
        cast(str, _araby.ALEF_WASLA),
    )
)
"""Letters that stand for an alef with a hamza, a madda or a wasla."""

VOWEL_MARKS: Final = frozenset(cast("tuple[str, ...]", _araby.TASHKEEL))
"""The eight marks of everyday vocalisation, shadda and tanwin included."""

MARKS: Final = VOWEL_MARKS | {
    chr(code)
    for first, last in (
        (0x0610, 0x061A),
        (0x064B, 0x065F),
        (0x0670, 0x0670),
        (0x06D6, 0x06DC),
        (0x06DF, 0x06E4),
        (0x06E7, 0x06E8),
        (0x06EA, 0x06ED),
        (0x08D3, 0x08E1),
        (0x08E3, 0x08FF),
    )
    for code in range(first, last + 1)
}
"""All combining marks of the Arabic script: they belong to the letter before them."""

INVISIBLE: Final = frozenset(
    chr(code)
    for first, last in (
        (0x00AD, 0x00AD),
        (0x061C, 0x061C),
        (0x180E, 0x180E),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x206F),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
    )
    for code in range(first, last + 1)
)
"""Characters without a shape: joiners, direction marks, soft hyphen, byte-order mark."""

EASTERN_DIGITS: Final = "".join(cast("tuple[str, ...]", _araby.NUMBERS_EAST))
PERSIAN_DIGITS: Final = "".join(cast("tuple[str, ...]", _araby.NUMBERS_PERS))
LETTERS: Final = frozenset(cast(str, _araby.LETTERS))
"""The 36 letters of written Arabic."""

LETTER_RANGES: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff"
    "\u0750-\u077f\u08a0-\u08c7\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
)
"""Body of a regular-expression class: letters of the script, presentation forms included."""


def number_words() -> Mapping[str, int]:
    """Number words and their values, as far as pyarabic knows them, in its own spelling."""
    return MappingProxyType(
        {word: int(value) for word, value in cast("dict[str, int]", _numbers.NUMBER_WORDS).items()}
    )


def strip_vowel_marks(text: str) -> str:
    """The text without everyday vocalisation (pyarabic's `strip_tashkeel`)."""
    return cast(str, _araby.strip_tashkeel(text))
