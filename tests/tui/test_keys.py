from __future__ import annotations

import string

import pytest
from textual.keys import _character_to_key

from curate.tui.keys import (
    ARABIC_101,
    ARABIC_MAC,
    FRENCH,
    US_PLAIN,
    US_SHIFTED,
    Keyboard,
    KeyboardLayout,
    code_of,
    key_name,
    key_of_code,
    shifted,
    shown_key,
)

ARABIC_LETTERS = dict(
    zip(
        "ضصثقفغعهخحشسيبلاتنمئءؤرﻻىة",
        "qwertyuiopasdfghjklzxcvbnm",
        strict=True,
    )
)
MAC_BOTTOM_ROW = dict(zip("ظطذدزرو", "zxcvbnm", strict=True))
FRENCH_MOVED = {"a": "q", "z": "w", "q": "a", "w": "z", ",": "m", "m": ";"}


def test_the_home_row_of_an_arabic_keyboard_is_the_us_home_row() -> None:
    assert [Keyboard().key(c) for c in "شسيب"] == list("asdf")


@pytest.mark.parametrize(("typed", "key"), ARABIC_LETTERS.items())
def test_every_letter_key_works_with_an_arabic_layout_on(typed: str, key: str) -> None:
    assert Keyboard("auto").key(typed) == key
    assert Keyboard("arabic").key(typed) == key


@pytest.mark.parametrize(("typed", "key"), MAC_BOTTOM_ROW.items())
def test_the_bottom_row_of_an_arabic_mac_is_its_own(typed: str, key: str) -> None:
    assert Keyboard("arabic-mac").key(typed) == key


@pytest.mark.parametrize(("typed", "key"), FRENCH_MOVED.items())
def test_letters_that_azerty_moves_are_led_back(typed: str, key: str) -> None:
    assert Keyboard("french").key(typed) == key


@pytest.mark.parametrize("layout", [ARABIC_101, ARABIC_MAC, FRENCH])
def test_each_layout_types_every_letter_key_once(layout: KeyboardLayout) -> None:
    keys = {us for us in layout.keys.values() if us in string.ascii_lowercase}
    assert keys == set(string.ascii_lowercase)


def test_digits_of_every_script_and_of_the_french_row_are_digits() -> None:
    assert "".join(map(Keyboard().key, "٠١٩۰۹")) == "01909"
    assert "".join(map(Keyboard().key, "éèçà")) == "2790"
    assert "".join(map(Keyboard("french").key, "&é\"'(-è_çà")) == "1234567890"


def test_latin_letters_stand_for_themselves_unless_a_layout_is_named() -> None:
    assert "".join(map(Keyboard().key, US_PLAIN)) == US_PLAIN
    assert "".join(map(Keyboard().key, US_SHIFTED)) == US_SHIFTED


def test_keys_are_shown_as_the_layout_last_seen_prints_them() -> None:
    keyboard = Keyboard()
    assert keyboard.cap("a") == "a"
    keyboard.key("ش")
    assert keyboard.seen == "arabic"
    assert keyboard.cap("a") == "ش"
    assert shown_key("question_mark", keyboard) == "؟"
    keyboard.key("a")
    assert keyboard.cap("a") == "a"


def test_shifted_arabic_keys_reach_capital_commands() -> None:
    keyboard = Keyboard()
    keyboard.key("ش")
    assert keyboard.key("ٍ") == "S"
    assert keyboard.key("`") == "U"
    assert keyboard.key("؟") == "?"
    assert keyboard.key("<") == "{"


def test_keys_have_the_names_that_textual_gives_them() -> None:
    for character in US_PLAIN + US_SHIFTED:
        assert key_name(character) == _character_to_key(character)


def test_the_schema_names_keys_as_browsers_do() -> None:
    assert [code_of(c) for c in "a1-="] == ["KeyA", "Digit1", "Minus", "Equal"]
    for character in US_PLAIN:
        assert key_of_code(code_of(character)) == character
    assert key_of_code("F13") == ""


def test_keys_are_written_short() -> None:
    assert shown_key("shift+tab") == "⇧Tab"
    assert shown_key("ctrl+left") == "^←"
    assert shown_key("left_square_bracket") == "["


def test_shift_is_told_for_every_key() -> None:
    assert [shifted(c) for c in "-=1a"] == ["_", "+", "!", "A"]
