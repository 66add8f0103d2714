"""A sentence as the producers see it: its words with positions, and the gaps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.text.tokens import split

if TYPE_CHECKING:
    from curate.candidates.lexicon import Lexicon, Word
    from curate.model.span import Span


class Reading:
    """The words of one sentence; `gaps[i]` stands before word i, the last one after all."""

    __slots__ = ("cues", "ends", "gaps", "starts", "surfaces", "words")

    def __init__(self, text: str, span: Span, lexicon: Lexicon) -> None:
        parts = split(text[span.start : span.end])
        self.cues = lexicon.cues
        self.gaps: list[str] = parts[::2]
        self.surfaces: list[str] = parts[1::2]
        self.words: list[Word] = lexicon.words(self.surfaces)
        self.starts: list[int] = []
        self.ends: list[int] = []
        at = span.start
        for gap, surface in zip(self.gaps, self.surfaces, strict=False):
            at += len(gap)
            self.starts.append(at)
            at += len(surface)
            self.ends.append(at)

    def start_of(self, word: int, cut: int) -> int:
        """Where a word begins once `cut` characters of its normal form are taken off.

        A word that is nothing but clitics (`لـ` ahead of a quotation) leaves the next word.
        """
        known = self.words[word]
        if cut >= len(known.form):
            return self.starts[word + 1] if word + 1 < len(self.starts) else self.ends[word]
        starts = known.offsets.starts
        return self.starts[word] + (cut if starts is None else starts[cut])

    def end_of(self, word: int) -> int:
        """Where a word ends in the text, without what follows its last letter."""
        known = self.words[word]
        if len(known.form) == 1:
            return self.ends[word]  # the tatweel of an abbreviation (هـ) belongs to it
        ends, last = known.offsets.ends, len(known.form) - 1
        return self.starts[word] + (last + 1 if ends is None else ends[last])
