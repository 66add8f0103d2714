"""The learner: how well it does on ANERcorp, how long learning takes, how fast it reads.

The corpora are no part of this project. `CURATE_ANERCORP` names a JSON-lines file of sentences
(`id`, `text`, and `entities` with `start`, `end`, `label`), `CURATE_NEWS` a text file of news;
without them their rows are left out.
"""

from __future__ import annotations

import json
import os
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

from curate.candidates.engine import rule_engine
from curate.candidates.seeds import shipped_seeds
from curate.candidates.sights import Reader
from curate.candidates.training import Lesson, train
from curate.candidates.warm import producer_for
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Mention, Status
from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.text.sentences import segment
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from curate.candidates.engine import Producer
    from curate.candidates.learned import Model

HELD_OUT = 974
"""Sentences at the end of the file to measure on."""
SIZES = {250: 0.50, 1000: 0.60}
"""Sentences learned from, and the strict F1 that is promised."""
SECONDS = 5.0
MEGABYTES = 2
LINES_A_DOCUMENT = 12


def lessons(path: Path) -> list[Lesson]:
    """Each sentence as a finished document of its own."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        whole = Span(0, len(row["text"]))
        mentions = tuple(
            Mention(f"m{n}", Span(e["start"], e["end"]), e["label"])
            for n, e in enumerate(row["entities"])
        )
        document = Document(row["id"], row["text"], sentences=(Sentence(whole),))
        found.append(Lesson(document, Annotation("gold", whole, Status.DONE, mentions)))
    return found


def _cpu() -> float:
    """CPU seconds of this process and of the children it waited for."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whose))


def f1(model: Model, reader: Reader, held: list[Lesson]) -> tuple[float, float, float]:
    """Precision, recall and F1 of exact spans and types."""
    from curate.candidates.decoding import Decoder
    from curate.candidates.guesses import claims_in

    decoder = Decoder(model)
    right = gold = said = 0
    for lesson in held:
        wanted = {(m.type, m.span) for m in lesson.annotation.mentions}
        sights = list(reader.sights(lesson.document))
        found = {
            (c.chunk.type, c.span)
            for sight, tagged in zip(sights, decoder.decode(sights), strict=True)
            for c in claims_in(sight, tagged, model)
            if c.is_seen
        }
        right, gold, said = right + len(wanted & found), gold + len(wanted), said + len(found)
    return right / said, right / gold, 2 * right / (gold + said)


def _learning(path: Path) -> list[Row]:
    every = lessons(path)
    held, rest = every[-HELD_OUT:], every[:-HELD_OUT]
    random.Random(7).shuffle(rest)
    reader = Reader(shipped_schema(), shipped_seeds())
    train(rest[:20], reader, "0")
    rows = []
    for size, promised in SIZES.items():
        wall, cpu = time.perf_counter(), _cpu()
        model = train(rest[:size], reader, "1")
        wall, cpu = time.perf_counter() - wall, _cpu() - cpu
        precision, recall, f = f1(model, reader, held)
        rows += [
            Row(
                f"ANERcorp, {size:,} sentences learned, {len(held):,} held out",
                f"F1 {f:.3f} (P {precision:.3f} R {recall:.3f})",
                f"promised {promised:.2f}",
                f / promised,
                limit=f"≥ {promised:.2f}",
            ),
            Row(
                f"  learning from {size:,} sentences",
                f"{cpu:.1f} s CPU, {wall:.1f} s wall",
                f"budget {SECONDS:.0f} s",
                cpu / SECONDS,
                limit="≤ 5 s for 1,000",
            ),
        ]
    return rows


def _speed(path: Path) -> list[Row]:
    text = path.read_bytes()[: MEGABYTES * 1_000_000].decode("utf-8", "ignore")
    lines = text.splitlines()
    parts = [
        "\n".join(lines[n : n + LINES_A_DOCUMENT]) for n in range(0, len(lines), LINES_A_DOCUMENT)
    ]
    texts = [t for t in parts if t.strip()]
    schema = shipped_schema()
    rules = _rate(rule_engine(schema, shipped_seeds()), texts)
    both = _rate(producer_for(schema), texts)
    return [
        Row(
            f"segment and propose, {MEGABYTES} MB of news, rules and model",
            f"{both:.2f} MB/s CPU",
            f"rules alone {rules:.2f} MB/s",
            rules / both,
            limit="≥ 0.4 MB/s",
        )
    ]


def _rate(producer: Producer, texts: list[str]) -> float:
    """Megabytes of UTF-8 a CPU second, words met for the first time."""
    start = time.process_time()
    for n, text in enumerate(texts):
        producer.propose(Document(str(n), text, sentences=segment(text)))
    return sum(len(t.encode()) for t in texts) / 1e6 / (time.process_time() - start)


def run() -> list[Row]:
    """Measure whatever there is material for."""
    rows: list[Row] = []
    if os.environ.get("CURATE_ANERCORP"):
        rows += _learning(Path(os.environ["CURATE_ANERCORP"]))
    if os.environ.get("CURATE_NEWS"):
        rows += _speed(Path(os.environ["CURATE_NEWS"]))
    return rows
