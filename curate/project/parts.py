"""The stages that need no project, over parts of any amount of text, on any number of workers.

A part is a file, or a piece of a large JSONL file. Each is read, worked on and written by itself,
and its file appears only when it is whole: a run that was broken off goes on where it stopped.
The files together, in the order of their names, are what one process would have written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from curate.corpus.near import THRESHOLD, NearDuplicates, Shingler, clusters
from curate.errors import CurateError
from curate.formats.doors import Setting
from curate.formats.registry import format_named
from curate.formats.schema_file import load_schema
from curate.project.exchanging import write_records
from curate.project.in_place import put_in_place
from curate.project.reading import ReadingOptions, read
from curate.project.shortening import within_reason
from curate.project.sources import Kind, Source, find_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from curate.candidates.engine import Producer
    from curate.corpus.near import Hashes
    from curate.formats.records import Record
    from curate.model.schema import EventSchema
    from curate.project.engines import Engine

PIECE = 8_000_000
"""Bytes of a JSONL file that make a part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the work, as plain values that travel to a worker."""

    source: Source
    out: Path
    format: str
    schema_text: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class PartDone:
    """What came of a part."""

    name: str
    documents: int
    is_new: bool
    """False when it was there from an earlier run."""


@dataclass(frozen=True, slots=True)
class PartsReport:
    """What came of all parts."""

    parts: int
    documents: int
    known: int
    """Parts that were there from an earlier run."""

    def line(self) -> str:
        """The report for a reader."""
        earlier = f", {self.known:,} of them from an earlier run" if self.known else ""
        return f"{self.parts:,} parts{earlier}; {self.documents:,} documents in the new ones"


@dataclass(frozen=True, slots=True)
class PartsOptions:
    """How parts are worked on."""

    schema_text: str
    format: str = "jsonl"
    """What is written."""
    date: str | None = None
    """What relative dates count from where a text has none."""
    piece: int = PIECE


def options(schema: Path | None, format_name: str, date: str | None) -> PartsOptions:
    """The options as the command line gives them."""
    from curate.formats.schema_file import DEFAULT_SCHEMA, self_contained, shipped_schema_text

    text = shipped_schema_text(DEFAULT_SCHEMA) if schema is None else self_contained(schema)
    return PartsOptions(text.decode("utf-8-sig"), format_name, date)


def segment_part(part: Part) -> PartDone:
    """Cut the texts of a part into sentences."""
    return _written(part, lambda record: record)


def suggest_part(part: Part) -> PartDone:
    """The same, with candidates."""
    producer = _producer(part.schema_text)
    return _written(
        part,
        lambda record: replace(record, candidates=producer.propose(within_reason(record.document))),
    )


STAGES: dict[str, Callable[[Part], PartDone]] = {
    "segment": segment_part,
    "export": segment_part,
    "suggest": suggest_part,
}
"""Stage → what is done with a part. An export is a change of format alone."""


def run_parts(
    stage: str,
    paths: Sequence[Path],
    folder: Path,
    engine: Engine,
    options: PartsOptions,
    progress: Callable[[int, int, str], None] | None = None,
) -> PartsReport:
    """Do a stage on every part of the inputs, and write `part-00000…` into a folder.

    Raises `CurateError` for a part whose input is wrong; the parts that were done stay.
    """
    chosen = format_named(options.format)
    if chosen.write is None:
        raise CurateError(f"{options.format} can be read but not written", "`curate formats`")
    folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if chosen.is_folder else chosen.suffixes[0]
    parts = [
        Part(
            source, folder / f"part-{number:05}{suffix}", options.format, options.schema_text,
            options.date,
        )
        for number, source in enumerate(pieces(paths, options.piece))
    ]  # fmt: skip
    documents = known = 0
    for number, done in enumerate(engine.each(STAGES[stage], parts), 1):
        documents += done.documents
        known += not done.is_new
        if progress is not None:
            progress(number, len(parts), done.name)
    return PartsReport(len(parts), documents, known)


def pieces(paths: Sequence[Path], size: int = PIECE) -> Iterator[Source]:
    """The sources that paths name, large JSONL files in pieces of whole lines."""
    sources, _ = find_sources(paths)
    for source in sources:
        if source.kind is Kind.JSONL and source.path is not None and source.size > size:
            yield from _pieces(source, size)
        else:
            yield source


def _pieces(source: Source, size: int) -> Iterator[Source]:
    with source.open() as file:
        start, line = 0, 1
        while data := file.read(size):
            data += file.readline()
            yield replace(source, start=start, end=start + len(data), first_line=line)
            start += len(data)
            line += data.count(b"\n")


def _written(part: Part, changed: Callable[[Record], Record]) -> PartDone:
    if part.out.exists():
        return PartDone(part.out.name, 0, is_new=False)
    count = 0

    def records() -> Iterator[Record]:
        nonlocal count
        for record in _read(part.source, part.date):
            count += 1
            yield changed(record)

    setting = Setting(_schema(part.schema_text), name=part.source.name)
    if format_named(part.format).is_folder:
        draft = part.out.with_name(f".{part.out.name}.part")
        write_records(part.format, records(), setting, draft)
        draft.rename(part.out)
    else:
        write_records(part.format, records(), setting, part.out)
    return PartDone(part.out.name, count, is_new=True)


def _read(source: Source, date: str | None) -> Iterator[Record]:
    return read(source, ReadingOptions(meta={} if date is None else {"date": date}))


@lru_cache(maxsize=2)
def _schema(text: str) -> EventSchema:
    return load_schema(text.encode())


@lru_cache(maxsize=2)
def _producer(schema_text: str) -> Producer:
    from curate.candidates.warm import producer_for

    return producer_for(_schema(schema_text))


# ------------------------------------------------------------------ near copies


def copies_of_parts(
    paths: Sequence[Path],
    out: Path,
    engine: Engine,
    threshold: float | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> int:
    """Find near copies over all parts and write one JSON object a group; return how many groups.

    Workers make the shingles of their texts; comparing them is done here.
    """
    parts = list(pieces(paths))
    near, ids = NearDuplicates(threshold or THRESHOLD), []
    for number, (keys, sets) in enumerate(engine.each(shingles_of, parts), 1):
        ids += keys
        for shingles in sets:
            near.add_shingles(shingles)
        if progress is not None:
            progress(number, len(parts), parts[number - 1].name)
    found = clusters(near.pairs())
    with put_in_place(out) as handle:
        for cluster in found:
            group = {"original": ids[cluster.original],
                     "copies": [ids[n] for n in cluster.members[1:]]}  # fmt: skip
            handle.write(json.dumps(group, ensure_ascii=False).encode() + b"\n")
    return len(found)


def shingles_of(source: Source) -> tuple[list[str], list[Hashes]]:
    """Id and shingles of every text of a part."""
    shingler = Shingler()
    documents = [record.document for record in _read(source, None)]
    return [d.id for d in documents], [shingler.shingles(d.text) for d in documents]
