"""How fast candidates are proposed: the lists alone beside spaCy's PhraseMatcher, then everything.

Texts are articles mixed from the demo's sentences. Rates are megabytes of UTF-8 a second of
processor time.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import statistics
import time
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from curate.candidates.engine import rule_engine
from curate.candidates.gazetteer import Gazetteer
from curate.candidates.lexicon import Lexicon
from curate.candidates.reading import Reading
from curate.candidates.scan import Scan
from curate.candidates.seeds import Entry, Seeds, shipped_seeds
from curate.candidates.warm import producer_for
from curate.formats.schema_file import shipped_schema
from curate.model.document import Document
from curate.text.normal import normal
from curate.text.sentences import segment
from tests.benchmarks.adding import texts
from tests.benchmarks.measure import Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.candidates.engine import Producer

NAMES = 50_000
SENTENCES = 6_000
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def invented_names(count: int, seed: int = 5) -> list[str]:
    """Names of one to three words that no list holds."""
    draw = random.Random(seed)
    words = ["".join(draw.choices(LETTERS, k=draw.randint(4, 8))) for _ in range(20_000)]
    return [" ".join(draw.choices(words, k=draw.choice((1, 2, 2, 3)))) for _ in range(count)]


def _rate(work: Callable[[str], object], corpus: list[str]) -> float:
    start = time.process_time()
    for text in corpus:
        work(text)
    size = sum(len(text.encode()) for text in corpus)
    return size / 1e6 / (time.process_time() - start)


def _lists(seeds: Seeds) -> Callable[[str], object]:
    """Reading words and finding names, with clitics, guards and cues; no frames, no tagger."""
    schema = shipped_schema()
    lexicon = Lexicon(seeds, schema)
    guards = {normal(guard.form): guard for guard in seeds.guards}

    def work(text: str) -> object:
        scans = (Scan(Reading(text, sentence.span, lexicon)) for sentence in segment(text))
        return [list(Gazetteer(scan, schema, guards).hits()) for scan in scans]

    return work


def _spacy(names: list[str]) -> Callable[[str], object]:
    """spaCy's blank Arabic tokenizer and its PhraseMatcher."""
    spacy: Any = import_module("spacy")
    matcher_of: Any = import_module("spacy.matcher").PhraseMatcher
    nlp = spacy.blank("ar")
    matcher = matcher_of(nlp.vocab)
    matcher.add("name", [nlp.make_doc(name) for name in names])
    return lambda text: matcher(nlp.make_doc(text))


def _pipeline(producer: Producer) -> Callable[[str], object]:
    return lambda text: producer.propose(Document("d", text, {}, segment(text)))


def _gazetteer(corpus: list[str]) -> Row:
    seeds = shipped_seeds()
    names = invented_names(NAMES - len(seeds.entries))
    kind = next(iter(shipped_schema().entity_types))
    ours = _rate(_lists(seeds.with_entries(tuple(Entry(n, kind) for n in names))), corpus)
    limit = "≥ 10 ×, ≥ 6 MB/s"
    if not find_spec("spacy"):
        return Row("names of lists", f"{ours:.2f} MB/s", "spaCy: not installed", None, limit=limit)
    known = [form for entry in seeds.entries for form in entry.forms]
    peer = _rate(_spacy([*known, *names]), corpus)
    return Row(
        f"names of lists, {NAMES:,} in all", f"{ours:.2f} MB/s",
        f"spaCy tokenizer and PhraseMatcher {peer:.2f} MB/s", peer / ours, limit=limit,
    )  # fmt: skip


def _whole(corpus: list[str]) -> list[Row]:
    schema = shipped_schema()
    rules, both = rule_engine(schema, shipped_seeds()), producer_for(schema)
    few, many = corpus[: len(corpus) // 4], corpus
    for producer in (rules, both):
        _rate(_pipeline(producer), few)  # words met once are remembered
    rows = []
    for name, producer, limit in (
        ("segment and rules", rules, "≥ 1 MB/s"),
        ("segment, rules and tagger", both, "≥ 0.4 MB/s"),
    ):
        small, large = _rate(_pipeline(producer), few), _rate(_pipeline(producer), many)
        rows.append(
            Row(name, f"{large:.2f} MB/s", f"a quarter of it {small:.2f} MB/s", small / large,
                limit=limit)
        )  # fmt: skip
    return rows


def _one_sentence(corpus: list[str]) -> Row:
    """What the workbench waits for after an edit: one sentence proposed anew."""
    producer = producer_for(shipped_schema())
    sentences = [s.span.of(text) for text in corpus[:20] for s in segment(text)]
    work, times = _pipeline(producer), []
    for sentence in sentences:
        start = time.perf_counter()
        work(sentence)
        times.append(1000 * (time.perf_counter() - start))
    times.sort()
    worst = times[int(0.95 * len(times))]
    return Row(
        "one sentence proposed anew", f"median {statistics.median(times):.2f} ms",
        f"95th percentile {worst:.2f} ms", None, limit="≤ 5 ms",
    )  # fmt: skip


def _work(corpus: list[str]) -> None:
    work = _pipeline(producer_for(shipped_schema()))
    for text in corpus:
        work(text)


def _two_processes(corpus: list[str]) -> Row:
    """The same corpus twice in one process, and once in each of two; both warmed by a start."""
    context = multiprocessing.get_context("spawn")

    def spent(jobs: list[list[str]]) -> float:
        processes = [context.Process(target=_work, args=(job,)) for job in jobs]
        start = time.perf_counter()
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return time.perf_counter() - start

    one, two = spent([corpus + corpus]), spent([corpus, corpus])
    return Row(
        "two processes", f"{two:.1f} s", f"one process {one:.1f} s", two / one,
        limit="≥ 1.7 × faster: ratio ≤ 0.59",
    )  # fmt: skip


def run() -> list[Row]:
    """Measure on a few thousand sentences."""
    corpus = list(islice(texts(SENTENCES), SENTENCES))
    rows = [_gazetteer(corpus), *_whole(corpus), _one_sentence(corpus), _two_processes(corpus)]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*rows, Row("memory of all this", f"{memory:.0f} MB", "", None)]
