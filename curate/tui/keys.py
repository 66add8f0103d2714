"""Keys as physical positions: the same key works whatever layout is switched on.

A terminal sends characters, not keys. The characters of known layouts are
led back to the key of a US keyboard, whose names the bindings use.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

US_PLAIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
"""The 47 character keys, row by row, as a US keyboard types them."""
US_SHIFTED = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'

_NOTHING = "\0"
"""A key whose character says nothing about the layout, or which types none."""


@dataclass(frozen=True, slots=True)
class KeyboardLayout:
    """What a layout types on each of the 47 keys; ASCII is left alone unless it is listed."""

    name: str
    keys: Mapping[str, str]
    """Typed character → US character."""
    caps: Mapping[str, str]
    """US character → what is printed on that key."""


def _layout(name: str, plain: str, shifted: str, *, ascii_keys: str = "") -> KeyboardLayout:
    pairs = [*zip(shifted, US_SHIFTED, strict=True), *zip(plain, US_PLAIN, strict=True)]
    kept = [(c, us) for c, us in pairs if c != _NOTHING and (not c.isascii() or c in ascii_keys)]
    return KeyboardLayout(name, dict(kept), {us: c for c, us in kept})


def _row(text: str) -> str:
    """Read a row of characters; `·` stands for a key without a telling character."""
    return text.replace(" ", "").replace("·", _NOTHING)


ARABIC_101 = _layout(
    "arabic",
    _row("ذ 1234567890-= ضصثقفغعهخحجد\\ شسيبلاتنمكط ئءؤرﻻىةوزظ"),
    _row(
        "\u0651 ············ \u064e\u064b\u064f\u064cﻹإ`÷×؛<>·\u0650\u064d··ﻷأـ،··· ·\u0652··ﻵآ···؟"
    ),
    ascii_keys="<>`",
)
ARABIC_MAC = _layout(
    "arabic-mac",
    _row("ـ 1234567890-= ضصثقفغعهخحجة\\ شسيبلاتنمك؛ ظطذدزرو،./"),
    _row(
        "· ············ \u064e\u064b\u0650\u064d\u064f\u064c\u0652\u0651·····"
        "»«ى\u0670·آٱ···· ··ئءأإؤ··؟"
    ),
)
FRENCH = _layout(
    "french",
    _row("²&é\"'(-è_çà)= azertyuiop·$* qsdfghjklmù wxcvbn,;··"),
    _row("· ··········°· AZERTYUIOP··· QSDFGHJKLM· WXCVBN····"),
    ascii_keys="&\"'(-_)=$*,;azertyuiopqsdfghjklmwxcvbnAZERTYUIOPQSDFGHJKLMWXCVBN",
)
_FRENCH_DIGITS = {"é": "2", "è": "7", "ç": "9", "à": "0", "ù": "'"}
"""What of the French digit row is no ASCII, and so tells itself."""
_EASTERN_DIGITS = {c: str(i) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for i, c in enumerate(row)}
LAM = "ل"
"""Begins what the lam-alef keys of Windows type, in two characters."""
_LAM_ALEF = {"ا": "b", "أ": "G", "إ": "T", "آ": "B"}
"""The alef after it → the key of a US keyboard that types both."""
_WINDOWS_QUOTES = {"‘": "U", "’": "M"}

LAYOUTS: Mapping[str, KeyboardLayout] = {
    layout.name: layout for layout in (ARABIC_101, ARABIC_MAC, FRENCH)
}
"""Layouts by the name the setting `keyboard` knows them by; `auto` is none of them."""


class Keyboard:
    """Leads characters back to US keys, and remembers which layout was last seen.

    Under `auto` Latin letters stand for themselves and Arabic ones for their
    place on the Arabic 101 keyboard. A named layout is taken at its word.
    """

    def __init__(self, layout: str = "auto") -> None:
        self._named = LAYOUTS.get(layout)
        self._arabic = ARABIC_MAC if self._named is ARABIC_MAC else ARABIC_101
        self._seen: KeyboardLayout | None = self._named

    @property
    def seen(self) -> str | None:
        """Name of the layout that the last telling character came from."""
        return None if self._seen is None else self._seen.name

    def key(self, character: str) -> str:
        """The US character of the key that typed this one; unknown ones stay as they are."""
        if character in _EASTERN_DIGITS:
            return _EASTERN_DIGITS[character]
        if self._named is FRENCH and character in FRENCH.keys:
            return FRENCH.keys[character]
        if character.isascii():
            return self._ascii_key(character)
        return self._foreign_key(character)

    def lam_alef_key(self, alef: str) -> str | None:
        """The US character of the key that types lam and this alef at once, if one does."""
        return _LAM_ALEF.get(alef) if self._arabic is ARABIC_101 else None

    def _ascii_key(self, character: str) -> str:
        if character.isalpha():
            self._seen = self._named if self._named is FRENCH else None
        elif self._seen is self._arabic:
            return self._arabic.keys.get(character, character)
        return character

    def _foreign_key(self, character: str) -> str:
        if character in self._arabic.keys:
            self._seen = self._arabic
            return self._arabic.keys[character]
        return _FRENCH_DIGITS.get(character) or _WINDOWS_QUOTES.get(character) or character

    def cap(self, us_key: str) -> str:
        """What is printed on a key in the layout in use; lam-alef as its two letters."""
        if self._seen is None:
            return us_key
        return self._seen.caps.get(us_key, us_key)


_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_GLYPHS = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "backspace": "⌫",
    "delete": "Del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_name(character: str) -> str:
    """The name Textual gives to the key of a printable character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _NAMES.get(name, name)


_CHARACTERS = {key_name(c): c for c in US_PLAIN + US_SHIFTED}


def shifted(character: str) -> str:
    """What a US key types together with Shift."""
    at = US_PLAIN.find(character)
    return US_SHIFTED[at] if at >= 0 else character


def shown_key(key: str, keyboard: Keyboard | None = None) -> str:
    """A key as the screen writes it: `shift+tab` → `⇧Tab`, `left_square_bracket` → `[`."""
    *modifiers, name = key.split("+")
    character = _CHARACTERS.get(name)
    if character is not None:
        name = keyboard.cap(character) if keyboard and not modifiers else character
    else:
        name = _GLYPHS.get(name, name.upper() if name.startswith("f") else name)
    marks = {"shift": "⇧", "ctrl": "^", "alt": "⌥"}
    return "".join(marks.get(m, f"{m}+") for m in modifiers) + name


_CODES = {
    "`": "Backquote", "-": "Minus", "=": "Equal", "[": "BracketLeft", "]": "BracketRight",
    "\\": "Backslash", ";": "Semicolon", "'": "Quote", ",": "Comma", ".": "Period", "/": "Slash",
}  # fmt: skip
_CODES |= {c: f"Digit{c}" if c.isdigit() else f"Key{c.upper()}" for c in US_PLAIN if c.isalnum()}
_OF_CODE = {code: c for c, code in _CODES.items()}


def code_of(us_key: str) -> str:
    """The schema's name of a key, as browsers name it: `a` → `KeyA`; empty for no such key."""
    return _CODES.get(us_key, "")


def key_of_code(code: str) -> str:
    """The US character of a key that a schema names; empty when there is no such key."""
    return _OF_CODE.get(code, "")
