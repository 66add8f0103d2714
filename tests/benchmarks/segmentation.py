"""How fast and how well texts are cut, beside a plain regular expression.

Third-party peers join if they are installed. With a folder in `CURATE_SEGMENTATION_DATA` (or as
the first argument) of JSONL files `{"text": …, "boundaries": [end, …]}` the boundaries are scored.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import sys
import time
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from curate.text.articles import split_articles
from curate.text.sentences import pieces, segment
from tests.benchmarks.measure import Row, row, table

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = 50_000
LARGE = 50_000_000
"""Bytes of UTF-8."""

_PLAIN = re.compile(r"[.!?؟…]+[»”\"')]*(?=\s)|\n+")
"""What a careful programmer writes first."""

_SUBJECTS = ["الناطق باسم البلدية", "شاهد عيان", "د. سامر حلاق", "مدير المشفى", "وكالة أ.ف.ب"]
_VERBS = ["قال", "أكد", "نفى", "أوضح", "أضاف", "ذكر"]
_CLAIMS = [
    "إن القصف طال 14.5 كيلومترا من الطريق الواصل بين القريتين",
    "إن المعبر (الذي أغلق أمس) سيفتح أمام العائلات قريبا",
    "أن عشرات العائلات غادرت بيوتها سيرا نحو الوادي مع بدء هطول المطر",
    "أن «غرفة العمليات» أمرت عناصرها بالانسحاب من النقاط المتقدمة",
    "أن اشتباكات عنيفة دارت عند أطراف الحي الشرقي، وأسفرت عن مقتل ثلاثة وجرح سبعة",
]
_ADDITIONS = [
    "",
    "، دون أن يذكر تفاصيل أخرى عن مصير العالقين هناك",
    "، وفق ما نقلته الإذاعة المحلية",
]


def generated(size: int) -> str:
    """Invented news of that many bytes in UTF-8: paragraphs of one to four sentences."""
    chance = random.Random(5)
    parts: list[str] = []
    while size > 0:
        words = ["و" + chance.choice(_VERBS), chance.choice(_SUBJECTS), chance.choice(_CLAIMS)]
        end = chance.choice([".", ".", ".", ".", "؟", " ."])
        parts.append(" ".join(words) + chance.choice(_ADDITIONS) + end + chance.choice(" \n "))
        size -= len(parts[-1].encode())
    return "".join(parts)


def plain(text: str) -> list[int]:
    """Sentence ends by the plain expression."""
    return [found.end() for found in _PLAIN.finditer(text)]


def run() -> list[Row]:
    """Speed, growth and, if there is data, the F1 of boundaries."""
    small, large = generated(SMALL), generated(LARGE)
    rows = [*_speed(small, large), *_peers(small)]
    folder = os.environ.get("CURATE_SEGMENTATION_DATA")
    if folder:
        rows += [_score(path) for path in sorted(Path(folder).glob("*.jsonl"))]
    return rows


def _speed(small: str, large: str) -> list[Row]:
    """Megabytes a second, and the growth from the small to the large text."""
    medium = large[: len(large) // 5]
    size = len(medium.encode()) / 1e6
    rows = []
    for name, work in (
        ("segment", lambda: segment(medium)),
        ("pieces", lambda: sum(1 for _ in pieces(medium))),
        ("articles", lambda: split_articles(medium)),
    ):
        best, other, ratios = _compared(work, lambda: plain(medium))
        limit = "≥ 20 MB/s" if name == "segment" else None
        rows.append(
            Row(
                f"{name}, {size:.0f} MB",
                f"{size / best:.1f} MB/s",
                f"plain expression {size / other:.1f} MB/s",
                best / other,
                (min(ratios), max(ratios)),
                limit,
            )
        )
    return [*rows, _growth(small, large), _growth(small, large.replace("\n", " "), "one line")]


def _compared(
    ours: Callable[[], object], peer: Callable[[], object]
) -> tuple[float, float, list[float]]:
    """Seconds of the processor, not of the clock: the best of each, and every round's ratio."""
    mine: list[float] = []
    theirs: list[float] = []
    for _ in range(3):
        for work, taken in ((ours, mine), (peer, theirs)):
            gc.collect()
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return min(mine), min(theirs), [a / b for a, b in zip(mine, theirs, strict=True)]


def _growth(small: str, large: str, what: str = "paragraphs") -> Row:
    """Time per character of the large text over that of the small one, the collector running."""
    ratios: list[float] = []
    each: list[tuple[float, float]] = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        segment(large)
        middle = time.process_time()
        for _again in range(100):
            segment(small)
        end = time.process_time()
        each.append(((middle - start) / len(large), (end - middle) / 100 / len(small)))
        ratios.append(each[-1][0] / each[-1][1])
    best, other = min(a for a, _ in each), min(b for _, b in each)
    return Row(
        f"segment, growth ({what})",
        f"{LARGE // 1_000_000} MB {best * 1e9:.0f} ns a sign",
        f"{SMALL // 1000} kB {other * 1e9:.0f} ns a sign",
        best / other,
        (min(ratios), max(ratios)),
        "≤ 1",
    )


def _peers(text: str) -> list[Row]:
    """Segmenters of others on the small text, as far as they are installed."""
    makers: dict[str, Callable[[], Callable[[str], object]]] = {
        "sentencex": lambda: lambda text: import_module("sentencex").segment("ar", text),
        "pysbd": lambda: import_module("pysbd").Segmenter(language="ar", clean=False).segment,
        "blingfire": lambda: import_module("blingfire").text_to_sentences,
    }
    rows = []
    for name, maker in makers.items():
        if find_spec(name) is not None:
            work = partial(maker(), text)
            rows.append(row("segment, 50 kB", ("ours", lambda: segment(text)), (name, work)))
    return rows


def _score(path: Path) -> Row:
    """F1 of our boundaries in a file and of the plain expression's."""
    ours, theirs = [0, 0, 0], [0, 0, 0]
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            text: str = record["text"]
            gold = _ends(text, record["boundaries"])
            found = _ends(text, [sentence.span.end for sentence in segment(text)])
            for counts, ends in ((ours, found), (theirs, _ends(text, plain(text)))):
                for index, number in enumerate((len(gold & ends), len(ends), len(gold))):
                    counts[index] += number
    return Row(f"F1 {path.stem}", _told(ours), f"plain expression {_told(theirs)}", None)


def _ends(text: str, offsets: list[int]) -> set[int]:
    """The ends without white space before them, and without the end of the text."""
    return {len(text[:offset].rstrip()) for offset in offsets} - {0, len(text.rstrip())}


def _told(counts: list[int]) -> str:
    right, found, gold = counts
    return f"{2 * right / (found + gold):.4f} (P {right / found:.3f} R {right / gold:.3f})"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["CURATE_SEGMENTATION_DATA"] = sys.argv[1]
    print(table(run()))
