"""Documents whose sentences are short enough to propose candidates in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.model.document import Sentence
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.document import Document

LONGEST_SENTENCE = 4_000
"""Code points that a producer gets as one sentence. Finding the fillers of an event looks at all
mentions of its sentence: without a bound, a text without stops would take time by its square."""


def within_reason(document: Document) -> Document:
    """The document as a producer gets it: what is too long to be a sentence comes in pieces."""
    if all(len(s.span) <= LONGEST_SENTENCE for s in document.sentences):
        return document
    pieces = (piece for sentence in document.sentences for piece in _cut(document.text, sentence))
    return replace(document, sentences=tuple(pieces))


def _cut(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """The sentence in pieces that end at white space where there is any."""
    start, end = sentence.span.start, sentence.span.end
    while end - start > LONGEST_SENTENCE:
        stop = start + LONGEST_SENTENCE
        blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, stop)
        stop = stop if blank < 0 else blank + 1
        yield Sentence(Span(start, stop), sentence.kind)
        start = stop
    yield Sentence(Span(start, end), sentence.kind)
