"""Find words however they are written: marks, tatweel, carriers of hamza, ى, ة and digits aside.

What is found is told in code points of the untouched text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from curate.text.normal import loose, normal, normal_with_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.span import Span

TRIGRAM = 3
"""Characters of the pieces by which documents are indexed."""


def folded(text: str) -> str:
    """The form in which texts are compared: the loose normal form, without upper case."""
    return _lowered(loose(normal(text)))


def indexed_words(text: str) -> str:
    """The different words of a text in the form that is compared, for an index by trigrams."""
    return " ".join(sorted(set(folded(text).split())))


@dataclass(frozen=True)
class Needle:
    """Words to be found one after the other, the first and the last perhaps parts of words."""

    words: tuple[str, ...]
    """In the form that is compared; empty when there is nothing to find."""

    @classmethod
    def of(cls, typed: str) -> Needle:
        """What a person typed."""
        return cls(tuple(folded(typed).split()))

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(r"\s+".join(map(re.escape, self.words)))

    @property
    def trigrams(self) -> tuple[str, ...]:
        """Pieces that a text must hold to hold the words; none for words too short to tell."""
        pieces = (w[i : i + TRIGRAM] for w in self.words for i in range(len(w) - TRIGRAM + 1))
        return tuple(dict.fromkeys(pieces))

    def is_in(self, text: str) -> bool:
        """Whether the words stand in a text; without words, yes."""
        return not self.words or self._pattern.search(folded(text)) is not None

    def hits(self, text: str) -> Iterator[Span]:
        """Where the words stand, from the start of the text on, none within another."""
        if not self.words or self._pattern.search(folded(text)) is None:
            return
        form, back = normal_with_map(text)
        for match in self._pattern.finditer(_lowered(loose(form))):
            yield back.span(match.start(), match.end())


def _lowered(form: str) -> str:
    """A form without upper case, as long as it was: what would grow stays as it is."""
    lowered = form.casefold()
    if len(lowered) == len(form):
        return lowered
    return "".join(low if len(low := c.casefold()) == 1 else c for c in form)
