"""Cells: every kind of code point, drawn harmlessly and as wide as Textual thinks it is."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import get_character_cell_size

from curate.text.bidi import MIRROR
from curate.text.cells import cell_width, cropped, drawn, kinds_of

WIDTH = {"x": 1, "w": 2, "s": 1, "n": 1, "b": 1, "m": 0, "p": 1}
ALL = "".join(
    map(chr, (*range(0x20000), *range(0x20000, 0x110000, 509), *range(0xE0000, 0xE0200), 0x10FFFF))
)
"""The planes in use, and samples of the others."""
DANGEROUS = {"Cc", "Cs", "Co", "Zl", "Zp"}


def test_every_code_point_is_drawn_as_wide_as_textual_counts_it() -> None:
    wrong = [
        f"U+{ord(character):04X}"
        for character, kind, drawing in zip(ALL, kinds_of(ALL), drawn(ALL), strict=True)
        if kind in WIDTH and get_character_cell_size(drawing) != WIDTH[kind]
    ]
    assert not wrong


def test_no_drawing_of_a_code_point_is_dangerous() -> None:
    shown = {
        drawing for kind, drawing in zip(kinds_of(ALL), drawn(ALL), strict=True) if kind not in "io"
    }
    assert not [c for c in shown if unicodedata.category(c) in DANGEROUS]
    assert {c for c in shown if unicodedata.category(c) == "Cf"} <= set(
        "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
    ), "only number signs, which are seen"


def test_a_mirror_image_is_as_wide_as_what_it_mirrors() -> None:
    assert all(kinds_of(chr(a)) == kinds_of(str(b)) for a, b in MIRROR.items())


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("سلام", 3), ("مُحَمَّد", 4), ("中文", 4), ("👍🏽", 2), ("a\u200db", 2), ("\u064e", 1),
     ("\x1b[0m", 4), ("\u2067ab\u2069", 2)],
)  # fmt: skip
def test_the_width_of_a_text(text: str, cells: int) -> None:
    assert cell_width(text) == cells


def test_the_width_without_ligatures_counts_every_letter() -> None:
    assert cell_width("سلام", ligatures=False) == 4


@pytest.mark.parametrize(
    ("width", "left"),
    [(0, ""), (1, "…"), (2, "…"), (3, "中…"), (4, "中…"), (5, "中文…"), (6, "中文字")],
)
def test_a_wide_character_is_cropped_whole(width: int, left: str) -> None:
    assert (cropped("中文字", width) if width < 6 else "中文字") == left
