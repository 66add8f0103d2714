"""Near copies among many articles: rensa's signatures in our bands beside datasketch's own search.

Texts are made of words drawn by Zipf's law; copies of some of them have up to a fifth of their
words changed. Precision and recall are counted on these.
"""

from __future__ import annotations

import itertools
import random
import resource
from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING

from curate.corpus.near import NearDuplicates
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = 20_000
COPIES = 500
EDITS = (0.0, 0.05, 0.10, 0.15, 0.20)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def articles(
    count: int, copies: int, seed: int = 1
) -> tuple[list[str], dict[int, tuple[int, float]]]:
    """Texts, and for each planted copy its original and the share of its words that changed."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(LETTERS, k=draw.randint(3, 8))) for _ in range(50_000)]
    weights = list(itertools.accumulate(1 / (n + 1) for n in range(len(words))))
    texts = [
        draw.choices(words, cum_weights=weights, k=draw.randint(80, 700)) for _ in range(count)
    ]
    planted: dict[int, tuple[int, float]] = {}
    for number in range(copies):
        original, share = draw.randrange(count), EDITS[number % len(EDITS)]
        planted[len(texts)] = (original, share)
        texts.append(list(_edited(texts[original], share, words, draw)))
    return [" ".join(text) for text in texts], planted


def _edited(text: list[str], share: float, words: list[str], draw: random.Random) -> Iterator[str]:
    for word in text:
        if draw.random() >= share:
            yield word
        elif draw.random() < 0.7:
            yield draw.choice(words)
            if draw.random() < 0.3:
                yield word


def run() -> list[Row]:
    """Our search on many articles, then the peer on a twentieth of them."""
    texts, planted = articles(ARTICLES, COPIES)
    start = perf_counter()
    near = NearDuplicates()
    for text in texts:
        near.add(text)
    found = {(pair.first, pair.second) for pair in near.pairs()}
    ours = len(texts) / (perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    peer = _peer(texts[: len(texts) // 20]) if find_spec("datasketch") else None
    return [
        Row(
            f"near copies among {len(texts):,} articles",
            f"{ours:,.0f} articles/s, {100_000 / ours:.0f} s for 100,000; {memory:.0f} MB",
            "datasketch: not installed" if peer is None else f"datasketch {peer:,.0f} articles/s",
            None if peer is None else peer / ours,
            None,
            "≤ 300 s and ≤ 2 GB for 100,000",
        ),
        Row("precision and recall on planted copies", *_quality(found, planted), None),
    ]


def _quality(found: set[tuple[int, int]], planted: dict[int, tuple[int, float]]) -> tuple[str, str]:
    """Shares of right pairs among those found, and of planted pairs that were found, by edits."""
    wanted = {(original, copy) for copy, (original, _) in planted.items()}
    together: dict[int, set[int]] = {}
    for copy, (original, _) in planted.items():
        together.setdefault(original, {original}).add(copy)
    right = sum(any({a, b} <= members for members in together.values()) for a, b in found)
    shares = []
    for share in EDITS:
        these = {(o, c) for c, (o, s) in planted.items() if s == share}
        shares.append(f"{share:.0%} edited {len(found & these) / len(these):.2f}")
    precision = right / max(1, len(found))
    said = f"precision {precision:.3f}, recall {len(found & wanted) / len(wanted):.3f}"
    return said, "recall: " + ", ".join(shares)


def _peer(texts: list[str]) -> float:
    """Articles a second of datasketch: MinHash of the same word pairs, MinHashLSH at .4."""
    from datasketch import MinHash, MinHashLSH

    start = perf_counter()
    index = MinHashLSH(threshold=0.4, num_perm=126)
    for number, text in enumerate(texts):
        words = text.split()
        signature = MinHash(num_perm=126)
        signature.update_batch({f"{a} {b}".encode() for a, b in itertools.pairwise(words)})
        index.query(signature)
        index.insert(str(number), signature)
    return len(texts) / (perf_counter() - start)
