"""Bytes to text: UTF-8 and UTF-16 read, the old Arabic code pages recognised and said.

UTF-8 is tried first, and then it is settled: text that is valid UTF-8 is never guessed to be
anything else. Of the eight-bit code pages only Windows-1256 and ISO-8859-6 are guessed, by how
often Arabic uses the letters that the bytes would be. Everything else needs `encoding`.
"""

from __future__ import annotations

import codecs
import math
from collections import Counter
from dataclasses import dataclass

from curate.errors import TextError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = {"windows-1256": "cp1256", "iso-8859-6": "iso8859_6"}

_LETTERS_PER_MILLE = {
    "ا": 152.3, "ل": 117.7, "ي": 75.0, "م": 66.0, "و": 53.0, "ن": 49.6, "ت": 45.9, "ر": 45.6,
    "ع": 34.2, "ب": 34.1, "ة": 33.0, "د": 31.5, "ف": 25.5, "س": 23.7, "ه": 23.7, "ق": 21.6,
    "أ": 19.3, "ح": 17.9, "ك": 17.5, "ج": 14.2, "ش": 9.9, "ط": 9.4, "ص": 9.1, "خ": 8.5,
    "إ": 8.3, "ى": 8.3, "ز": 6.5, "ض": 6.5, "ذ": 5.8, "ث": 5.6, "ئ": 4.2, "غ": 3.4,
    "ء": 3.3, "ظ": 2.4, "ؤ": 1.3, "آ": 1.0,
}  # fmt: skip
"""How often Arabic news uses a letter: counted in four million letters of news."""

_RARE_PER_MILLE = 0.2
_LIKELY_BITS = 5.2
"""Arabic prose costs 4.5 bits a letter under this table, mojibake and chance more than 6."""

_FILE_SIGNS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"{\\rtf", "rich text"),
)
_SAY_ENCODING = "Name the encoding, for example `--encoding windows-1256`, or save it as UTF-8."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and how its bytes were read; `text` lacks nothing but the byte order mark."""

    text: str
    encoding: str
    had_bom: bool = False
    guessed: bool = False
    """Whether the encoding was concluded from the bytes alone: worth telling the user."""


def decode(data: bytes, *, name: str = "input", encoding: str | None = None) -> Decoded:
    """Read the bytes as text, changing nothing: only a byte order mark is dropped.

    Line ends, white space and control signs stay as they are. `name` is the file as the user knows
    it; `encoding` settles the matter without any guess. Raises `TextError` naming the first byte
    that does not fit, or saying that this is no text at all.
    """
    if encoding is not None:
        return _decode_as(data, encoding, name)
    for bom, found in _BOMS:
        if data.startswith(bom):
            text = _strictly(data, found, name, skip=len(bom))
            return Decoded(_readable(text, data, name), found, had_bom=True)
    _refuse_known_files(data, name)
    wide = _wide_encoding(data)
    if wide is not None:
        return Decoded(_readable(_strictly(data, wide, name), data, name), wide, guessed=True)
    try:
        return Decoded(_readable(data.decode("utf-8"), data, name), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_binary(data, name)
        page = None if _is_damaged_utf8(data) else _code_page(data)
        if page is None:
            raise _misfit(error, data, "UTF-8", name) from error
        return Decoded(data.decode(_CODE_PAGES[page]), page, guessed=True)


def _decode_as(data: bytes, encoding: str, name: str) -> Decoded:
    """Read the bytes as the user said, less the byte order mark of that encoding."""
    try:
        known = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        remedy = "Names such as utf-8, utf-16, windows-1256 and iso-8859-6 are known."
        raise TextError(f"There is no encoding called “{encoding}”.", remedy) from error
    if known in {"utf-16", "utf-32"}:
        marks = {found: bom for bom, found in _BOMS}
        known += "-be" if data.startswith(marks[f"{known}-be"]) else "-le"
    known = "utf-8" if known == "utf-8-sig" else known
    for bom, found in _BOMS:
        if found == known and data.startswith(bom):
            return Decoded(_strictly(data, known, name, skip=len(bom)), encoding, had_bom=True)
    try:
        return Decoded(_strictly(data, known, name), encoding)
    except LookupError as error:
        raise TextError(f"“{encoding}” is no encoding of text.", _SAY_ENCODING) from error


def _strictly(data: bytes, encoding: str, name: str, skip: int = 0) -> str:
    """Decode from byte `skip` on, or tell the first byte that does not fit."""
    try:
        return data[skip:].decode(encoding)
    except UnicodeDecodeError as error:
        raise _misfit(error, data, encoding, name, skip) from error


def _misfit(
    error: UnicodeDecodeError, data: bytes, encoding: str, name: str, skip: int = 0
) -> TextError:
    offset = error.start + skip
    line = data.count(b"\n", 0, offset) + 1
    return TextError(
        f"{name}: byte 0x{data[offset]:02X} at offset {offset} (line {line}) is not {encoding}.",
        _SAY_ENCODING,
    )


def _refuse_known_files(data: bytes, name: str) -> None:
    for sign, what in _FILE_SIGNS:
        if data.startswith(sign):
            raise TextError(f"{name} is {what}, not a text.", "Export its text first.")


def _readable(text: str, data: bytes, name: str) -> str:
    """Return the text unless a NUL shows that its bytes were never meant as text."""
    if "\0" in text:
        _refuse_binary(data, name)
    return text


def _refuse_binary(data: bytes, name: str) -> None:
    """Refuse bytes with a NUL among them, which no text in one of the known encodings has."""
    offset = data.find(b"\0")
    if offset >= 0:
        raise TextError(
            f"{name} looks binary: it holds byte 0x00 at offset {offset}.",
            "Is it a text? If so, name its encoding, for example `--encoding utf-16-le`.",
        )


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark, if certain: every other byte says Arabic, or blank or Latin."""
    sample = data[: 1 << 16]
    if len(data) % 2 or len(sample) < 4:
        return None
    for encoding, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        pages, others = Counter(sample[high::2]), Counter(sample[low::2])
        total = sum(pages.values())
        fits = pages[0x06] + pages[0x00] + pages[0x20] + pages[0xFE] + pages[0xFB]
        if others[0x00] == 0 and pages[0x06] + pages[0x00] > total * 0.8 and fits > total * 0.97:
            return encoding
    return None


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether almost all of it is UTF-8, so that a stray byte is damage and no other encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for sign in text[: 1 << 16] if sign > "\x7f") - min(broken, 1 << 16)
    return whole > 4 * broken


def _code_page(data: bytes) -> str | None:
    """The Arabic code page that makes the likeliest letters of the bytes, or none."""
    counts = Counter(data)
    if any(counts[byte] for byte in range(0x20) if byte not in b"\t\n\r\f\v\x1a"):
        return None
    costs = {page: _bits_per_letter(counts, codec) for page, codec in _CODE_PAGES.items()}
    best = min(costs, key=lambda page: costs[page])
    return best if costs[best] < _LIKELY_BITS else None


def _bits_per_letter(counts: Counter[int], codec: str) -> float:
    """Mean cost in bits of the Arabic letters that the bytes would be.

    Infinite if a byte is undefined there, or if most letters would be Latin ones.
    """
    bits = letters = latin = 0.0
    for byte, count in counts.items():
        try:
            letter = bytes([byte]).decode(codec)
        except UnicodeDecodeError:
            return math.inf
        if letter.isascii():
            latin += count if letter.isalpha() else 0
        elif letter.isalpha():
            letters += count
            bits -= count * math.log2(_LETTERS_PER_MILLE.get(letter, _RARE_PER_MILLE) / 1000)
    return bits / letters if letters > latin / 2 else math.inf
