"""Cut Arabic news into sentences: spans of code points of the untouched text.

A sentence ends at a line end, or at `. ! ? ؟ …` where the context says so. Closing quotes and
brackets stay with the sentence they close. One regular expression finds the few code points
where a sentence may end; each hit is then judged by a bounded look around, so the time is linear
in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from curate.model.document import Sentence, SentenceKind
from curate.model.span import Span
from curate.text.stops import cut_after

SEGMENTER = "sentences/1"
"""Name and version of the rules: it changes whenever a boundary of any text may change."""

LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"

_HIT = re.compile(f"[.!?؟…۔‼⁇⁈⁉{LINE_ENDS}]")
_INK = re.compile(r"\S")
_SLIGHT = re.compile(
    r"[\s.!?؟…۔»”’›«“‘‹\"')\]}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u00ad]*+"
)


def segment(text: str) -> tuple[Sentence, ...]:
    """Every sentence of the text in order, without the white space around it."""
    return tuple(Sentence(Span(start, end), kind) for start, end, kind in pieces(text))


def pieces(text: str) -> Iterator[tuple[int, int, SentenceKind]]:
    """Start, end and kind of every sentence: `segment` without its objects."""
    for start, end in _merged(text):
        yield start, end, SentenceKind.BODY


def _merged(text: str) -> Iterator[tuple[int, int]]:
    """Join pieces that hold nothing but stops, closing marks or invisible signs to a neighbour."""
    held = -1, -1
    for start, end in _cut(text):
        slight = _SLIGHT.match(text, start, end)
        if held[0] < 0:
            held = start, end
        elif slight and slight.end() == end:
            held = held[0], end
        elif _only_slight(text, *held):
            held = held[0], end
        else:
            yield held
            held = start, end
    if held[0] >= 0:
        yield held


def _only_slight(text: str, start: int, end: int) -> bool:
    slight = _SLIGHT.match(text, start, end)
    return slight is not None and slight.end() == end


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Trimmed pieces between the places where a sentence ends."""
    start = past = 0
    for hit in _HIT.finditer(text):
        at = hit.start()
        if at < past:
            continue
        if text[at] in LINE_ENDS:
            end = past = at + 1
        else:
            end, past = cut_after(text, at, start)
            if end < 0:
                continue
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    ink = _INK.search(text, start, end)
    if ink is None:
        return
    while text[end - 1].isspace():
        end -= 1
    yield ink.start(), end
