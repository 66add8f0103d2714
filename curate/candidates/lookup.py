"""Finding entries of the lexicon in a reading, the longest match at each word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.lexicon import step
from curate.candidates.reading import Match, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRIDGES: Final = frozenset(" \u00a0\t\"“”„«»‹›'‘’-–—/.")
"""Characters that may part two words of one name; quotation marks are often misplaced."""


def matches(reading: Reading) -> Iterator[Match]:
    """All ways in which entries of the lexicon stand in the reading, in reading order.

    For each way to split the first word, only the longest match and the
    matches of other lengths that hold entries on the way are given.
    """
    words, gaps = reading.words, reading.gaps
    count = len(words)
    for first, word in enumerate(words):
        for entrance in word.entrances:
            node = entrance.node
            last = first
            if node.items:
                yield Match(first, last, entrance, node.items)
            while node.children and last + 1 < count and bridges(gaps[last + 1]):
                further = step(node, words[last + 1])
                if further is None:
                    break
                node, last = further, last + 1
                if node.items:
                    yield Match(first, last, entrance, node.items)


def bridges(gap: str) -> bool:
    """Whether two words with that between them can belong to one name."""
    return gap == " " or not gap or (len(gap) <= 4 and all(c in _BRIDGES for c in gap))
