"""Cut Arabic news into sentences: spans of code points of the untouched text.

A sentence ends at a line end, or at `. ! ? ؟ …` where the context says so. Closing quotes and
brackets stay with the sentence they close. A title or a line of scraped matter is one piece. One
regular expression finds the few code points where a sentence may end; each hit is then judged by
a bounded look around, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.model.document import Sentence, SentenceKind
from curate.model.span import Span
from curate.text.boilerplate import is_tail
from curate.text.lines import Line, classified
from curate.text.stops import INVISIBLE, STOPS, Stops

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEGMENTER = "sentences/1"
"""Name and version of the rules: it changes whenever a boundary of any text may change."""

Piece = tuple[int, int, SentenceKind]
"""Start, end and kind of a sentence."""

_STOP = re.compile(f"[{STOPS}]")
_LETTER = re.compile(r"\w")
_SLIGHT = re.compile(rf"[\s{STOPS}»”’›«“‘‹\"'″)\]}}{INVISIBLE}]*+")


def segment(text: str) -> tuple[Sentence, ...]:
    """Every sentence of the text in order, without the white space around it.

    Each code point that is no white space lies in exactly one sentence.
    """
    return tuple([Sentence(Span(start, end), kind) for start, end, kind in pieces(text)])


def pieces(text: str) -> Iterator[Piece]:
    """Start, end and kind of every sentence: `segment` without its objects."""
    return _joined(text, _cut(text))


def _cut(text: str) -> Iterator[Piece]:
    """Cut every line of body text at its stops."""
    stops = Stops(text)
    for line, kind in classified(text):
        if kind is SentenceKind.BODY:
            yield from _cut_line(text, line, stops)
        else:
            yield line.start, line.end, kind


def _cut_line(text: str, line: Line, stops: Stops) -> Iterator[Piece]:
    """Cut one line of body text; every piece holds a letter or digit, unless none does."""
    start, limit = line.start, line.end
    past, first_word = start, _next_word(text, start, limit)
    stops.begin_line(start)
    for hit in _STOP.finditer(text, start, limit):
        at = hit.start()
        if at < past or at < first_word:
            continue
        end, past = stops.judge(at, start, limit)
        if end < 0:
            continue
        after = end
        while after < limit and text[after].isspace():
            after += 1
        first_word = _next_word(text, after, limit)
        if first_word == limit:
            break
        yield start, end, SentenceKind.BODY
        start = after
        if is_tail(text, start, limit):
            yield start, limit, SentenceKind.BOILERPLATE
            return
    yield start, limit, SentenceKind.BODY


def _next_word(text: str, start: int, limit: int) -> int:
    """Where the next letter or digit stands; `limit` if there is none."""
    if start < limit and text[start].isalpha():
        return start
    found = _LETTER.search(text, start, limit)
    return limit if found is None else found.start()


def _joined(text: str, cut: Iterable[Piece]) -> Iterator[Piece]:
    """Join pieces of nothing but stops, closing marks and invisible signs to a neighbour."""
    held: Piece | None = None
    slight = False
    for piece in cut:
        now_slight = piece[2] is SentenceKind.BOILERPLATE and _is_slight(text, piece)
        if held is None:
            held, slight = piece, now_slight
        elif now_slight:
            held = held[0], piece[1], held[2]
        elif slight:
            held, slight = (held[0], piece[1], piece[2]), False
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _is_slight(text: str, piece: Piece) -> bool:
    found = _SLIGHT.match(text, piece[0], piece[1])
    return found is not None and found.end() == piece[1]
