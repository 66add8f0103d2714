"""Tokens for formats that know nothing finer: cut at blanks, signs and wherever anyone annotated.

Arabic clitics are written on; an annotation that leaves one out cuts the word there, so that no
span is ever widened. Such tokens know where gold lies: they suit exchange, not the training of a
segmenter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from curate.text.letters import INVISIBLE, MARKS, TATWEEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.model.span import Span

BLANK: Final = "it stands on blanks only, which are no token"
_ON: Final = re.escape("".join(sorted(MARKS | INVISIBLE))) + TATWEEL
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_TOKEN: Final = re.compile(
    rf"[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*|\w[\w{_ON}]*|\S"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text and how they fall into sentences."""

    text: str
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    """First token and the one behind the last, of each sentence that has any."""

    def __len__(self) -> int:
        return len(self.starts)

    def word(self, number: int) -> str:
        """The letters of a token."""
        return self.text[self.starts[number] : self.ends[number]]

    def words(self, first: int, last: int) -> list[str]:
        """The letters of the tokens `[first, last)`."""
        return [self.word(number) for number in range(first, last)]

    def of(self, span: Span) -> tuple[int, int] | None:
        """First token of a span and the one behind its last; None for nothing but blanks."""
        first = bisect_right(self.ends, span.start)
        last = bisect_left(self.starts, span.end)
        return (first, last) if first < last else None

    def sentence_of(self, token: int) -> int:
        """Number of the sentence that holds a token."""
        return bisect_right(self.sentences, (token, len(self.starts) + 1)) - 1

    def is_spaced(self, number: int) -> bool:
        """Whether something stands between a token and the next."""
        return number + 1 < len(self.starts) and self.ends[number] < self.starts[number + 1]


def tokens_of(layer: Layer) -> Tokens:
    """The tokens of a layer's document; text outside all sentences makes sentences of its own."""
    text = layer.document.text
    edges = sorted(layer.edges())
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int]] = []
    for start, end in _sentences(layer):
        first = len(starts)
        for a, b in _pieces(text, start, end, edges):
            starts.append(a)
            ends.append(b)
        if len(starts) > first:
            sentences.append((first, len(starts)))
    return Tokens(text, starts, ends, sentences)


def _sentences(layer: Layer) -> Iterator[tuple[int, int]]:
    done = 0
    for sentence in layer.document.sentences:
        if sentence.span.start > done:
            yield done, sentence.span.start
        yield sentence.span.start, sentence.span.end
        done = sentence.span.end
    if done < len(layer.document.text):
        yield done, len(layer.document.text)


def _pieces(text: str, start: int, end: int, edges: list[int]) -> Iterable[tuple[int, int]]:
    """Tokens between two places, found between the edges: each is a token by itself too."""
    inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
    for a, b in pairwise([start, *inside, end]):
        for match in _TOKEN.finditer(text, a, b):
            yield match.span()
