"""Damages bytes in the ways files are damaged, and as people with bad intent would."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

HOSTILE: tuple[bytes, ...] = (
    b"\x00",
    b"\x1b[2J\x1b]0;title\x07\x1b[31m",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a surrogate pair
    "\u202e\u2066\u2069\u200f\ufeff".encode(),
    "\u0301".encode() * 200,
    "\u064b\u0651".encode() * 200,
    "\u0640".encode() * 500,
    "\ufdfa".encode() * 50,
    "👩\u200d👩\u200d👧".encode() * 20,
    b"\r\r\n\n\x0b\x0c\x85",
    "\u2028\u2029\u00a0".encode(),
    b"[bold red]{value}[/bold red] %s {0} $HOME",
    b'"' * 100,
    b"{" * 300,
    b"[" * 300,
    b"&a &a *a !!python/object/apply:os.system [x]",
    b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;&a;'>]>&b;",
    b"<![CDATA[", b"]]>", b"<script>", b"-->",
    b"=cmd|' /C calc'!A0", b"+1+1", b"@SUM(1)", b"-2+3",
    b"../../../../etc/passwd", b"CON", b"aux.txt", b"\\\\server\\share", b"a" * 300,
    b"1e999", b"-0", b"NaN", b"99999999999999999999999", b"0x7f", b"1_000", b"null", b"true",
    b"\t" * 50, b"," * 200, b";" * 50,
    "\u0661\u0662\u0663".encode(), "٫".encode(),
)  # fmt: skip
"""Pieces that are put in, or in the place of others."""

MOST = 200_000
"""Bytes that a mutant has at most."""


def mutant(seeds: Sequence[bytes], draw: random.Random) -> bytes:
    """One of the seeds, damaged a few times."""
    data = draw.choice(seeds)
    for _ in range(draw.choice((1, 1, 2, 4, 12))):
        data = draw.choice(_DAMAGES)(data, draw, seeds)[:MOST]
    return data


def _place(data: bytes, draw: random.Random) -> int:
    return draw.randint(0, len(data))


def _flip(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    if not data:
        return data
    place = draw.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << draw.randrange(8))]) + data[place + 1 :]


def _hostile(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    place = _place(data, draw)
    return data[:place] + draw.choice(HOSTILE) + data[place:]


def _replaced(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    start = _place(data, draw)
    end = min(len(data), start + draw.choice((1, 4, 20, 200)))
    return data[:start] + draw.choice(HOSTILE) + data[end:]


def _cut(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    start = _place(data, draw)
    return data[:start] + data[start + draw.choice((1, 3, 50, 5000)) :]


def _truncated(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    return data[: _place(data, draw)]


def _repeated(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    start = _place(data, draw)
    piece = data[start : start + draw.choice((1, 2, 10, 100))]
    return data[:start] + piece * draw.choice((2, 50, 1000)) + data[start:]


def _spliced(data: bytes, draw: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = draw.choice(seeds)
    return data[: _place(data, draw)] + other[_place(other, draw) :]


def _swapped_words(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    """Exchange two of the values of a structured file, so that it still parses."""
    words = data.split(b'"')
    if len(words) < 6:
        return data
    one, two = draw.randrange(len(words)), draw.randrange(len(words))
    words[one], words[two] = words[two], words[one]
    return b'"'.join(words)


def _other_number(data: bytes, draw: random.Random, _: Sequence[bytes]) -> bytes:
    """Change the first number behind a place."""
    start = _place(data, draw)
    while start < len(data) and not data[start : start + 1].isdigit():
        start += 1
    end = start
    while end < len(data) and data[end : end + 1].isdigit():
        end += 1
    if start == len(data):
        return data
    number = draw.choice((b"-1", b"0", b"99999999", b"1.5", b'"7"', b"null", b"1" * 40))
    return data[:start] + number + data[end:]


_DAMAGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _flip,
    _hostile,
    _hostile,
    _replaced,
    _cut,
    _truncated,
    _repeated,
    _spliced,
    _swapped_words,
    _other_number,
)
