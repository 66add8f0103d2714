"""The lines of a text as spans of code points, and what kind of line each one is.

Scraped news comes as lines: titles and subtitles, paragraphs, bylines, share lines, lists of
other articles. What a line is depends on its wording (`curate.text.boilerplate`) and on its
neighbours; a line is decided as soon as the next paragraph is seen, so that a text is never held
as a list of lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curate.model.document import SentenceKind
from curate.text.boilerplate import Cue, cue_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
"""Every code point that ends a line, as the inside of a character class."""

TITLE_LIMIT = 160
"""The longest first line that is taken for a title, in code points."""

HEADING_LIMIT = 100
"""The longest line that is taken for a title further down, in code points."""

PARAGRAPH = 100
"""The shortest line that counts as a paragraph below a heading, in code points."""

_TEASER_LIMIT = 300
_MOST_TITLES = 3
"""More short lines in a row than this are a list or a poem, no titles."""

_LINE = re.compile(f"[^{LINE_ENDS}]++")
_INK = re.compile(r"\S")
_WORD = re.compile(r"[^\W\d_]{2}")
_LIST_ITEM = re.compile(r"[\d\u0660-\u0669]{1,3}\s{0,2}[-–—.)/ـ]|[-–—●▪■]")
_CLOSERS = " \t\xa0»”’›«“‘\"')]}\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_FULL_STOPS = frozenset(".۔")
_STOPS = frozenset(".۔!?؟…‼⁇⁈⁉")
_GOES_ON = frozenset("،,؛;:-–")


class Line(NamedTuple):
    """A line without the white space around it; `gap` counts the blank lines before it."""

    start: int
    end: int
    gap: int
    last_sign: str
    """The last sign that is no closing mark; two dots and more count as `…`."""

    @property
    def length(self) -> int:
        """Its length in code points."""
        return self.end - self.start

    @property
    def stopped(self) -> bool:
        """Whether it ends with a stop, closing marks aside."""
        return self.last_sign in _STOPS


def lines(text: str) -> Iterator[Line]:
    """Every line of the text that holds more than white space."""
    gap = past = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        gap += _line_ends(text, past, start)
        past = end
        ink = _INK.search(text, start, end)
        if ink is None:
            continue
        while text[end - 1].isspace():
            end -= 1
        tail = text[max(ink.start(), end - 16) : end].rstrip(_CLOSERS)
        sign = "…" if tail[-2:] == ".." else tail[-1:]
        yield Line(ink.start(), end, max(gap - 1, 0), sign)
        gap = 0


def _line_ends(text: str, start: int, end: int) -> int:
    """How many lines end between two offsets that have nothing but line ends between them."""
    if end - start < 2:
        return end - start
    return end - start - text.count("\r\n", start, end)


def classified(text: str) -> Iterator[tuple[Line, SentenceKind]]:
    """Every line with its kind, in order."""
    reader = _Reader(text)
    for line in lines(text):
        yield from reader.read(line)
    yield from reader.rest()


class _Reader:
    """Decides lines one after the other, holding back the short ones until a paragraph comes."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: list[tuple[Line, SentenceKind | None]] = []
        self._undecided = 0
        self._body_begun = False
        self._in_block = False
        self._block_lines = 0
        self._after_stop = True

    def read(self, line: Line) -> Iterator[tuple[Line, SentenceKind]]:
        """Take the next line and give those that are decided by it."""
        cue = cue_of(self._text, line.start, line.end)
        if cue is Cue.BYLINE and (self._body_begun or self._in_block):
            cue = Cue.NONE
        if cue is Cue.HEAD:
            yield from self._release(SentenceKind.BOILERPLATE if self._in_block else None)
            self._in_block, self._block_lines = True, 0
            yield line, SentenceKind.BOILERPLATE
        elif cue is not Cue.NONE:
            self._held.append((line, SentenceKind.BOILERPLATE))
            if not self._undecided:
                yield from self._release()
        elif self._in_block:
            yield from self._read_in_block(line)
        elif self._may_be_title(line):
            self._held.append((line, None))
            self._undecided += 1
            if self._undecided > _MOST_TITLES:
                yield from self._release(SentenceKind.BODY)
                self._after_stop = False
        else:
            yield from self._release(self._kind_above(line))
            yield from self._paragraph(line)

    def rest(self) -> Iterator[tuple[Line, SentenceKind]]:
        """Give the lines that no paragraph follows."""
        yield from self._release(SentenceKind.BOILERPLATE if self._in_block else None)

    def _read_in_block(self, line: Line) -> Iterator[tuple[Line, SentenceKind]]:
        """Read on in a list of other articles: titles and teasers until a paragraph comes."""
        if line.last_sign not in _FULL_STOPS and line.length <= _TEASER_LIMIT:
            yield from self._release(SentenceKind.BOILERPLATE)
            self._held.append((line, None))
            self._undecided = 1
            self._block_lines += 1
            return
        title = (
            self._undecided == 1
            and self._block_lines > 1
            and self._held[-1][0].gap > 0
            and self._held[-1][0].last_sign != "…"
        )
        yield from self._release(SentenceKind.TITLE if title else SentenceKind.BOILERPLATE)
        self._in_block = False
        yield from self._paragraph(line)

    def _paragraph(self, line: Line) -> Iterator[tuple[Line, SentenceKind]]:
        self._body_begun = True
        self._after_stop = line.stopped
        has_words = _WORD.search(self._text, line.start, line.end) is not None
        yield line, SentenceKind.BODY if has_words else SentenceKind.BOILERPLATE

    def _may_be_title(self, line: Line) -> bool:
        """Whether a line could be a title or a heading, should a paragraph follow."""
        first = not self._body_begun
        if line.length > (TITLE_LIMIT if first else HEADING_LIMIT):
            return False
        if line.last_sign in (_FULL_STOPS if first else _STOPS) or line.last_sign in _GOES_ON:
            return False
        text = self._text
        if _LIST_ITEM.match(text, line.start, line.end) or "@" in text[line.start : line.end]:
            return False
        return _WORD.search(text, line.start, line.end) is not None

    def _kind_above(self, paragraph: Line) -> SentenceKind:
        """What the held lines are, now that the paragraph below them is known."""
        if not self._after_stop or self._undecided > _MOST_TITLES:
            return SentenceKind.BODY
        enough = PARAGRAPH if self._body_begun else PARAGRAPH // 2
        long_enough = paragraph.length >= enough
        return SentenceKind.TITLE if long_enough else SentenceKind.BODY

    def _release(self, kind: SentenceKind | None = None) -> Iterator[tuple[Line, SentenceKind]]:
        """Give all held lines; the undecided ones become `kind`, or body if there is none."""
        for line, known in self._held:
            yield line, known or kind or SentenceKind.BODY
        self._held.clear()
        self._undecided = 0
