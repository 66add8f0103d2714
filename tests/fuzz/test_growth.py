"""No text makes a stage slower than its length: four times the text takes about four times as long.

Times are compared with each other in one run, never with a clock. A quadratic stage needs sixteen
times as long for four times the text.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

from curate.candidates.warm import producer_for
from curate.corpus.near import near_pairs
from curate.corpus.quality import quality
from curate.formats.schema_file import shipped_schema
from curate.model.document import Document
from curate.project.shortening import within_reason
from curate.text.articles import articles
from curate.text.decoding import decode
from curate.text.layout import Layout
from curate.text.normal import normal
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.candidates.engine import Producer

PATTERNS = {
    "one letter": "ا",
    "blanks": " ",
    "line ends": "\n",
    "stops": ". ",
    "digits": "1.",
    "brackets": "(",
    "quotes": "«",
    "straight quotes": '" ',
    "combining marks": "\u0301",
    "vowel marks": "\u064b\u0651",
    "tatweel": "ـ",
    "overrides": "\u202e",
    "isolates": "\u2067ا",
    "commas": "،و",
    "prepositions": "من إلى ",
    "triggers": "قصف ",
    "a clause": "قصفت الطائرات بلدة وقتلت ثلاثة ",
    "numbers": "ثلاثة آلاف ومئة ",
    "mixed directions": "abc قصف 12 ",
    "joiners": "👩\u200d",
}
TIMES = 4
LIMIT = 10.0
"""Between 4 (linear) and 16 (quadratic), with room for a noisy machine."""
FLOOR = 0.02
"""Seconds under which a time says nothing."""


@cache
def _producer() -> Producer:
    return producer_for(shipped_schema())


def _propose(text: str) -> object:
    return _producer().propose(within_reason(Document("d", text, {}, segment(text))))


STAGES: dict[str, tuple[Callable[[str], object], int]] = {
    "decode": (lambda text: decode(text.encode()), 40_000),
    "normal": (normal, 60_000),
    "segment": (segment, 40_000),
    "articles": (articles, 20_000),
    "layout": (lambda text: Layout(text, 60).height, 10_000),
    "quality": (lambda text: quality(Document("d", text)), 60_000),
    "near": (lambda text: near_pairs([text, text[1:]]), 30_000),
    "propose": (_propose, 4_000),
}
"""Stage → what it does with a text, and how long the shorter text is."""


def taken(stage: Callable[[str], object], text: str) -> float:
    """Processor time of the faster of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        stage(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.slow
@pytest.mark.parametrize("name", STAGES)
def test_time_grows_with_the_text_and_no_faster(name: str) -> None:
    stage, length = STAGES[name]
    steep = {}
    for pattern, piece in PATTERNS.items():
        text = piece * (length // len(piece))
        longer = taken(stage, text * TIMES)
        if longer < FLOOR * TIMES:
            continue
        ratio = longer / max(taken(stage, text), 1e-6)
        if ratio > LIMIT:  # once more, in case the machine was busy with something else
            ratio = taken(stage, text * TIMES) / max(taken(stage, text), 1e-6)
        if ratio > LIMIT:
            steep[pattern] = round(ratio, 1)
    assert not steep
