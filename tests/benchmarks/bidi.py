"""Bidi and shaping of 1,000 sentences beside python-bidi with arabic-reshaper.

The two give a string and no map; install them beside curate to see the ratio.
"""

from __future__ import annotations

from importlib import import_module
from itertools import cycle, islice
from typing import TYPE_CHECKING

from curate.shipped import shipped
from curate.text import layout, shaping
from curate.text.bidi import line_levels, resolved, visual_order
from curate.text.sentences import segment
from tests.benchmarks.measure import Row, row, seconds

if TYPE_CHECKING:
    from collections.abc import Callable

COUNT = 1000
WIDTH = 96
PEERS = "python-bidi + arabic-reshaper"


def sentences() -> list[str]:
    """As many sentences as are measured, from the seed articles, over and over."""
    found = [
        sentence.span.of(text)
        for entry in sorted(shipped("seeds").joinpath("articles").iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".txt")
        for text in [entry.read_text("utf-8")]
        for sentence in segment(text)
    ]
    return list(islice(cycle(found), COUNT))


def peers() -> Callable[[str], str] | None:
    """What the two libraries make of a sentence; None if one is not installed."""
    try:
        display = import_module("bidi").get_display
        reshaper = import_module("arabic_reshaper").ArabicReshaper
    except ImportError:
        return None
    reshape = reshaper(configuration={"delete_harakat": False}).reshape
    return lambda sentence: str(display(reshape(sentence)))


def mapped(sentence: str) -> None:
    """Forms, levels and the map of a sentence as one line."""
    shaping.shape(sentence)
    paragraph = resolved(sentence)
    visual_order(line_levels(paragraph, 0, len(sentence)))


def drawn(sentence: str) -> None:
    """A sentence as the terminal gets it, past the memory of `visual`."""
    layout._visual.__wrapped__(sentence, None, True, True, None)


def fresh(work: Callable[[str], object], corpus: list[str]) -> Callable[[], None]:
    """The work on every sentence, with the words of the last round forgotten."""

    def run() -> None:
        shaping._shape_word.cache_clear()
        for sentence in corpus:
            work(sentence)

    return run


def without_memory(corpus: list[str]) -> Callable[[], None]:
    """`mapped` on every sentence as if no word came twice."""

    def run() -> None:
        for sentence in corpus:
            shaping._shape_word.cache_clear()
            mapped(sentence)

    return run


def heights(corpus: list[str]) -> Row:
    """The fast height beside the height of a whole layout."""
    return row(
        f"rows of {COUNT} sentences",
        ("height", lambda: [layout.height(s, WIDTH) for s in corpus]),
        ("Layout and all its rows", lambda: [list(layout.Layout(s, WIDTH).lines) for s in corpus]),
    )


def run() -> list[Row]:
    """Measure on the seed articles."""
    corpus = sentences()
    peer = peers()
    ours: dict[str, tuple[Callable[[], None], str | None]] = {
        "forms, levels and map": (fresh(mapped, corpus), "≤ 1.5 ×"),
        "the same, no word known before its sentence": (without_memory(corpus), "≤ 1.5 ×"),
        "visual, ready for the terminal": (fresh(drawn, corpus), None),
    }
    if peer is None:
        rows = [
            Row(subject, f"{seconds(work):.3f} s", f"{PEERS}: not installed", None, limit=limit)
            for subject, (work, limit) in ours.items()
        ]
    else:
        beside = (PEERS, lambda: [peer(sentence) for sentence in corpus])
        rows = [
            row(subject, ("curate", work), beside, limit=limit)
            for subject, (work, limit) in ours.items()
        ]
    return [*rows, heights(corpus)]
