"""How fast schemas load and curate JSONL is read and written."""

from __future__ import annotations

import json
from functools import partial

import yaml

from curate.formats.jsonl import read_record, write_record
from curate.formats.records import Record
from curate.formats.schema_file import load_schema, shipped_schema_text
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.document import Document, Sentence
from curate.model.span import Span
from tests.benchmarks.measure import Row, row

SENTENCE = "قصفت المدفعية بلدة الريحانية صباحا وقال الناطق إن القصف مستمر. "


def _record(sentences: int = 40) -> Record:
    """A long article, each sentence with two mentions and a frame."""
    size = len(SENTENCE)
    spans = [Span(n * size, (n + 1) * size - 1) for n in range(sentences)]
    annotations = tuple(
        Annotation(
            "a",
            span,
            Status.DONE,
            (
                Mention(f"m{span.start}", Span(span.start + 5, span.start + 13), "ARM", "state"),
                Mention(f"n{span.start}", Span(span.start + 19, span.start + 28), "GPE", "town"),
            ),
            (
                Frame(
                    f"f{span.start}",
                    "Shelling",
                    Span(span.start, span.start + 4),
                    (
                        Argument("Attacker", mention=f"m{span.start}"),
                        Argument("Target", mention=f"n{span.start}"),
                    ),
                ),
            ),
        )
        for span in spans
    )
    document = Document("d", SENTENCE * sentences, {}, tuple(Sentence(s) for s in spans))
    return Record(document, annotations)


def run() -> list[Row]:
    """Measure against the plainest way to get the same bytes in and out."""
    schema = shipped_schema_text()
    record = _record()
    line = write_record(record)
    plain = json.loads(line)
    many = range(20)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [
        row(
            "load the default schema",
            ("curate, checked", partial(load_schema, schema)),
            ("yaml.load, C, unchecked", lambda: yaml.load(schema, Loader=loader)),  # noqa: S506 - a safe loader, in C
            limit="≤ 100 ms",
        ),
        row(
            f"read curate JSONL ({20 * len(line) / 1e6:.1f} MB)",
            ("curate, checked", lambda: [read_record(line, "x") for _ in many]),
            ("json.loads, unchecked", lambda: [json.loads(line) for _ in many]),
        ),
        row(
            "write curate JSONL",
            ("curate", lambda: [write_record(record) for _ in many]),
            ("json.dumps", lambda: [json.dumps(plain, ensure_ascii=False) for _ in many]),
        ),
    ]
