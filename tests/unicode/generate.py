"""Write the Unicode tables of `curate.text` and the compressed conformance tests beside this file.

    python -m tests.unicode.generate [FOLDER]

FOLDER holds the files of one version of the Unicode Character Database, as Debian's package
`unicode-data` lays them out (the default, /usr/share/unicode) or as UCD.zip unpacks.
"""

from __future__ import annotations

import lzma
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEBIAN = Path("/usr/share/unicode")
HERE = Path(__file__).parent
TEXT = HERE.parents[1] / "curate" / "text"
CONFORMANCE = ("BidiTest.txt", "BidiCharacterTest.txt")
CODE_POINTS = 0x110000
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
NO_BREAK_SPACES = "\u00a0\u2007\u202f"
OPENING_CONTROLS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
WIDTH_CHANGED = ("2630..2637", "268A..268F", "4DC0..4DFF", "1D300..1D356", "1D360..1D376")
"""One cell until Unicode 15.1, two since 16: no program can know what a terminal does."""
FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")


def rows(folder: Path, name: str) -> Iterator[list[str]]:
    """The fields of every data line."""
    for line in (folder / name).read_text("utf-8").splitlines():
        data = line.partition("#")[0].strip()
        if data:
            yield [field.strip() for field in data.split(";")]


def version(folder: Path) -> str:
    """The version that the files state, such as 15.0.0."""
    first = (folder / "BidiMirroring.txt").read_text("utf-8").partition("\n")[0]
    found = re.search(r"-(\d+\.\d+\.\d+)\.txt", first)
    if found is None:
        sys.exit(f"{folder}: BidiMirroring.txt states no version in its first line")
    return found[1]


def extent(field: str) -> range:
    """The code points of `0041` or `0041..005A`."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def property_of(folder: Path, name: str, default: str) -> list[str]:
    """The value of every code point; `@missing` lines are read, later ones win."""
    short = {row[2]: row[1] for row in rows(folder, "PropertyValueAliases.txt") if row[0] == "bc"}
    values = [default] * CODE_POINTS
    missing = re.compile(r"# @missing: ([0-9A-F.]+); (\w+)")
    for found in missing.finditer((folder / name).read_text("utf-8")):
        for point in extent(found[1]):
            values[point] = short.get(found[2], default)
    for row in rows(folder, name):
        for point in extent(row[0]):
            values[point] = row[1]
    return values


def points_with(folder: Path, name: str, prop: str) -> set[int]:
    """The code points that have a binary property."""
    return {p for row in rows(folder, name) if row[1] == prop for p in extent(row[0])}


def kinds(folder: Path) -> list[str]:
    """What each code point is on a grid of cells (the letters are explained in the table)."""
    category = property_of(folder, "extracted/DerivedGeneralCategory.txt", "Cn")
    wide = property_of(folder, "EastAsianWidth.txt", "N")
    prepended = points_with(folder, "PropList.txt", "Prepended_Concatenation_Mark")
    hidden = points_with(folder, "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    hidden |= {p for p in range(CODE_POINTS) if category[p] == "Cf"}
    hidden |= points_with(folder, "emoji/emoji-data.txt", "Emoji_Modifier")
    hidden -= prepended
    unsure = points_with(folder, "PropList.txt", "Regional_Indicator")
    unsure |= {p for width_changed in WIDTH_CHANGED for p in extent(width_changed)}
    jamo = {*range(0x1160, 0x1200), *range(0xD7B0, 0xD800)}

    def kind(point: int) -> str:
        special = {LINE_ENDS: "b", OPENING_CONTROLS: "o", "\t": "s", NO_BREAK_SPACES: "n"}
        for group, letter in special.items():
            if chr(point) in group:
                return letter
        if point in hidden:
            return "i"
        if category[point] in {"Cc", "Cs", "Co", "Cn"} or point in unsure:
            return "p"
        if category[point] in {"Mn", "Mc", "Me"} or point in jamo:
            return "m"
        if wide[point] in {"W", "F"}:
            return "w"
        return "s" if category[point] == "Zs" else "x"

    return [kind(point) for point in range(CODE_POINTS)]


def presentation_forms(folder: Path) -> tuple[list[str], list[str]]:
    """Lines `letter isolated final initial medial` and `alef isolated final`, in hexadecimal."""
    letters: dict[str, dict[str, str]] = {}
    lam_alefs: dict[str, dict[str, str]] = {}
    for row in rows(folder, "UnicodeData.txt"):
        form, *letter = row[5].split() or [""]
        if form not in FORMS or not re.match("F[BE]", row[0]):
            continue
        if len(letter) == 1:
            letters.setdefault(letter[0], {}).setdefault(form, row[0])
        elif len(letter) == 2 and letter[0] == "0644" and int(row[0], 16) >= 0xFEF5:
            lam_alefs.setdefault(letter[1], {})[form] = row[0]
    return [
        " ".join([letter, *(shapes.get(form, "-") for form in FORMS)])
        for letter, shapes in sorted(letters.items())
    ], [
        " ".join([alef, shapes["<isolated>"], shapes["<final>"]])
        for alef, shapes in sorted(lam_alefs.items())
    ]


def brackets(folder: Path) -> list[str]:
    """Every opening bracket, its closing one, and the canonical form of that if it has one."""
    canonical = {
        row[0]: f" {row[5]}"
        for row in rows(folder, "UnicodeData.txt")
        if row[5] and "<" not in row[5]
    }
    return [
        f"{row[0]} {row[1]}{canonical.get(row[1], '')}"
        for row in rows(folder, "BidiBrackets.txt")
        if row[2] == "o"
    ]


def runs(values: Iterable[str]) -> str:
    """Values run by run: `L65 ON4` is 65 code points of L, then four of ON."""
    return " ".join(f"{value}{len(list(group))}" for value, group in groupby(values))


def constant(name: str, text: str, meaning: str) -> str:
    """A string constant in lines of at most 100 columns, with its docstring."""
    if len(text) < 80:
        return f'{name} = "{text}"\n"""{meaning}"""\n'
    lines: list[str] = []
    while len(text) > 90:
        cut = text.rindex(" ", 0, 90) + 1
        lines.append(text[:cut])
        text = text[cut:]
    lines.append(text)
    body = "\n".join(f'    "{line}"' for line in lines)
    return f'{name} = (\n{body}\n)\n"""{meaning}"""\n'


def module(folder: Path, purpose: str, constants: list[str]) -> str:
    """A generated module."""
    head = (
        f'"""{purpose}\n\n'
        "Written by tests/unicode/generate.py from the Unicode Character Database, whose licence\n"
        'is beside that file: do not edit.\n"""\n\nfrom __future__ import annotations\n'
    )
    stated = f'UNICODE_VERSION = "{version(folder)}"\n"""Version of the database."""\n'
    return "\n".join([head, stated, *constants])


def bidi_table(folder: Path) -> str:
    """The module `bidi_data`."""
    mirrored = [" ".join(row[:2]) for row in rows(folder, "BidiMirroring.txt")]
    classes = property_of(folder, "extracted/DerivedBidiClass.txt", "L")
    return module(
        folder,
        "Bidirectional classes, mirrored characters and paired brackets.",
        [
            constant("CLASSES", runs(classes), "The class of every code point, run by run."),
            constant("MIRRORED", "; ".join(mirrored), "A character and its mirror image (L4)."),
            constant(
                "BRACKETS",
                "; ".join(brackets(folder)),
                "Opening bracket, closing bracket, and its canonical equivalent if there is one.",
            ),
        ],
    )


def shaping_table(folder: Path) -> str:
    """The module `shaping_data`."""
    letters, lam_alefs = presentation_forms(folder)
    joining = property_of(folder, "extracted/DerivedJoiningType.txt", "U")
    return module(
        folder,
        "How Arabic letters join, and the presentation forms of the joined letters.",
        [
            constant("JOINING", runs(joining), "The joining type of every code point, run by run."),
            constant(
                "FORMS", "; ".join(letters), "Letter: isolated, final, initial, medial form or -."
            ),
            constant(
                "LAM_ALEFS", "; ".join(lam_alefs), "Alef: isolated and final ligature with lam."
            ),
        ],
    )


KINDS_MEANING = """What each code point is on a grid of cells, run by run.

x one cell, w two cells, s space, n space that does not break a line, b line end,
m mark on the letter before it, i invisible, o invisible and opens a direction,
p not to be sent to a terminal: something else is drawn in its one cell.
"""


def cells_table(folder: Path) -> str:
    """The module `cells_data`."""
    return module(
        folder,
        "How many cells each code point takes.",
        [constant("KINDS", runs(kinds(folder)), KINDS_MEANING)],
    )


TABLES = {
    "bidi_data.py": bidi_table,
    "shaping_data.py": shaping_table,
    "cells_data.py": cells_table,
}


def main(folder: Path) -> None:
    """Write the tables and the compressed conformance tests."""
    for name, table in TABLES.items():
        (TEXT / name).write_text(table(folder), "utf-8")
    for name in CONFORMANCE:
        packed = lzma.compress((folder / name).read_bytes(), preset=9 | lzma.PRESET_EXTREME)
        (HERE / f"{name}.xz").write_bytes(packed)
        print(f"{name}: {len(packed):,} bytes")
    print(f"Unicode {version(folder)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEBIAN)
