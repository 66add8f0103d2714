"""Read sources into documents, sentences included: the same for projects and without one."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.errors import CurateError, FormatError, TextError
from curate.formats.articles import read_line
from curate.formats.html import read_page
from curate.formats.parquet import read as read_rows
from curate.formats.records import Record
from curate.formats.table import read_table
from curate.model.document import Document, MetaValue, Origin, document_id
from curate.project.sources import Kind, Source
from curate.text.articles import Article, Splitting, articles
from curate.text.decoding import decode
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

LONGEST_LINE = 1_000_000
"""Code points that a line of text may have: what is longer is no article."""

LONGEST_RECORD = 64_000_000
"""Bytes that a line of JSONL may have."""

SPLITTINGS = {
    "auto": Splitting.AUTO,
    "never": Splitting.NEVER,
    "blank": Splitting.BLANK_LINES,
}
"""Ways to cut a file that holds several articles, by the names that the command line uses."""

Position = Callable[[float], None]
"""Is told how much of a source was read, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How sources are read."""

    encoding: str | None = None
    """Of text files; None to conclude it from the bytes."""
    split: str = "auto"
    """One of `SPLITTINGS`."""
    separator: str | None = None
    """A line that stands between articles."""
    meta: Mapping[str, MetaValue] = field(default_factory=dict)
    """Metadata for documents that bring none of that name."""


@dataclass(slots=True)
class Observed:
    """What was worth telling about a source, filled while it is read."""

    encoding: str | None = None
    """The encoding that was concluded from the bytes alone."""
    articles: int = 0
    """How many articles a text file was cut into, if more than one."""
    cues: tuple[str, ...] = ()
    """What showed where they begin."""


def read(
    source: Source,
    options: ReadingOptions,
    observed: Observed | None = None,
    position: Position | None = None,
) -> Iterator[Record]:
    """The documents of a source, one at a time, each with its sentences.

    Raises `TextError` or `FormatError` with the place of what cannot be read.
    """
    observed = Observed() if observed is None else observed
    position = _ignore if position is None else position
    if source.kind is Kind.TEXT:
        yield from _text(source, options, observed, position)
        return
    if source.kind is Kind.TABLE:
        records = _table(source, options, observed, position)
    elif source.kind in (Kind.PARQUET, Kind.PAGE):
        records = _whole(source)
    else:
        records = _jsonl(source, position)
    for record in records:
        yield _completed(record, options, source)


def _text(
    source: Source, options: ReadingOptions, observed: Observed, position: Position
) -> Iterator[Record]:
    text = _decoded(source, options, observed)
    _check_lines(text, source.name)
    found = _articles(text, options, source)
    if len(found) > 1:
        observed.articles = len(found)
        observed.cues = tuple(dict.fromkeys(cue for article in found for cue in article.cues))
    for article in found:
        span = article.span
        position(span.start / len(text))
        words = span.of(text)
        origin = Origin(source.name, span.start, span.end)
        yield Record(
            Document(document_id(words), words, dict(options.meta), segment(words), origin)
        )


def _decoded(source: Source, options: ReadingOptions, observed: Observed) -> str:
    with source.open() as file:
        data = file.read()
    if not data:
        raise TextError(f"{source.name} is empty", "leave it out, or put a text into it")
    decoded = decode(data, name=source.name, encoding=options.encoding)
    if decoded.guessed:
        observed.encoding = decoded.encoding
    return decoded.text


def _table(
    source: Source, options: ReadingOptions, observed: Observed, position: Position
) -> Iterator[Record]:
    text = _decoded(source, options, observed)
    lines = io.StringIO(text, newline="")
    for record in read_table(lines, source.name):
        yield record
        position(lines.tell() / len(text))


def _whole(source: Source) -> Iterator[Record]:
    """The documents of a file whose reader wants all of it."""
    with source.open() as file:
        content = file.read()
    if source.kind is Kind.PAGE:
        return read_page(content, source.name)
    return read_rows(content, source.name)


def _articles(text: str, options: ReadingOptions, source: Source) -> tuple[Article, ...]:
    if options.split not in SPLITTINGS:
        raise CurateError(
            f"there is no way of cutting called {options.split}", f"use {', '.join(SPLITTINGS)}"
        )
    found = articles(text, SPLITTINGS[options.split], separator=options.separator)
    if not found:
        raise TextError(f"{source.name} holds nothing but white space", "leave it out")
    return found


def _check_lines(text: str, name: str) -> None:
    if len(text) <= LONGEST_LINE:
        return
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST_LINE:
            raise TextError(
                f"{name}:{number}: this line has {len(line):,} characters",
                f"no article has a line of more than {LONGEST_LINE:,}: is it text at all?",
            )


def _jsonl(source: Source, position: Position) -> Iterator[Record]:
    with source.open() as file:
        size = source.size
        for number, line in enumerate(_lines(file, source.name), source.first_line):
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip():
                yield read_line(content, f"{source.name}:{number}")
            if size:
                position(file.tell() / size)


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    number = 0
    while line := file.readline(LONGEST_RECORD + 1):
        number += 1
        if len(line) > LONGEST_RECORD:
            raise FormatError(
                f"{name}:{number}: this line has more than {LONGEST_RECORD:,} bytes",
                "each line holds one document; give a book as several",
            )
        yield line
    if not number:
        raise FormatError(f"{name} is empty", "leave it out, or put a document into it")


def _completed(record: Record, options: ReadingOptions, source: Source) -> Record:
    """The record with sentences, and with the metadata that it did not bring."""
    document = record.document
    _check_lines(document.text, f"{source.name}: document {document.id}")
    given = {k: v for k, v in document.meta.items() if v is not None}
    return replace(
        record,
        document=replace(
            document,
            meta={**document.meta, **options.meta, **given},
            sentences=document.sentences or segment(document.text),
        ),
    )


def _ignore(_: float) -> None:
    """Nobody wants to know."""
