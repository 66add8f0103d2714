"""Parquet in the layout of Hugging Face datasets: a row a document, everything nested in it.

The columns are those of curate JSONL; mappings are lists of pairs, since neither pandas nor
`datasets` knows mappings.
"""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING, Any, Final

import msgspec

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.articles import article_of
from curate.formats.doors import FRAMES_WHOLE, Format, InFile, OutFile, Setting, needed
from curate.formats.jsonl import checked_shape
from curate.formats.jsonl_reading import Misfit, record_of
from curate.formats.jsonl_shapes import RecordShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.records import Record
    from curate.formats.tally import Tally

Json = dict[str, Any]
PACKAGE: Final = "pyarrow"
GROUP: Final = 500
"""Documents in a row group."""
GROUP_CHARACTERS: Final = 2_000_000
"""Characters of text in a row group, beyond one document."""
_PIECE: Final = 1 << 20
_PAIRED: Final = {"attributes": ("name", "value"), "fates": ("candidate", "fate")}
"""Mapping → names of its two sides as a list of pairs."""


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """`data/train-00000-of-00001.parquet`, and a dataset card that tells what is in it."""
    name = f"data/{setting.part}-00000-of-00001.parquet"
    yield OutFile(name, _parquet(records, setting.tally))
    yield OutFile("README.md", iter([card(setting).encode()]))


def _parquet(records: Iterable[Record], tally: Tally) -> Iterator[bytes]:
    arrow, parquet = needed("pyarrow", PACKAGE), needed("pyarrow.parquet", PACKAGE)
    schema = _schema(arrow)
    with tempfile.TemporaryFile() as file:
        with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for rows in _groups(records, tally):
                try:
                    writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
                except UnicodeEncodeError as error:
                    raise FormatError(
                        "a document holds half of a surrogate pair",
                        "no file can hold it: take it out of the text that was added",
                    ) from error
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _groups(records: Iterable[Record], tally: Tally) -> Iterator[list[Json]]:
    rows: list[Json] = []
    size = 0
    for record in records:
        if rows and (len(rows) >= GROUP or size + len(record.document.text) > GROUP_CHARACTERS):
            yield rows
            rows, size = [], 0
        row = row_of(record)
        _count(row, tally)
        rows.append(row)
        size += len(record.document.text)
    if rows:
        yield rows


def row_of(record: Record) -> Json:
    """A record as a row."""
    row: Json = msgspec.to_builtins(checked_shape(record))
    row["meta"] = msgspec.json.encode(row.get("meta", {}), order="deterministic").decode()
    for name in ("sentences", "annotations", "candidates", "threads"):
        row.setdefault(name, [])
    for annotation in row["annotations"]:
        for name in ("mentions", "frames", "links"):
            annotation.setdefault(name, [])
        _pair(annotation)
        for atom in (*annotation["mentions"], *annotation["frames"]):
            _pair(atom)
        for frame in annotation["frames"]:
            frame.setdefault("arguments", [])
    for candidate in row["candidates"]:
        _pair(candidate)
    return row


def _pair(value: Json) -> None:
    """Make lists of pairs of its mappings."""
    for name, (left, right) in _PAIRED.items():
        if name in value:
            value[name] = [{left: a, right: b} for a, b in value[name].items()]


def _unpair(value: Any) -> Any:
    """Without nulls, and with mappings where there were lists of pairs."""
    if isinstance(value, dict):
        kept = {k: _unpair(v) for k, v in value.items() if v is not None}
        for name, (left, right) in _PAIRED.items():
            if name in kept:
                kept[name] = {pair[left]: pair[right] for pair in kept[name]}
        return kept
    return [_unpair(v) for v in value] if isinstance(value, list) else value


def _count(row: Json, tally: Tally) -> None:
    """Count what stands in a row."""
    tally.wrote(counting.DOCUMENTS)
    tally.wrote(counting.CANDIDATES, len(row["candidates"]))
    tally.wrote(counting.THREADS, len(row["threads"]))
    for annotation in row["annotations"]:
        mentions, frames = annotation["mentions"], annotation["frames"]
        tally.wrote(counting.MENTIONS, len(mentions))
        tally.wrote(counting.FRAMES, len(frames))
        tally.wrote(counting.ARGUMENTS, sum(len(f["arguments"]) for f in frames))
        pairs = sum(len(a.get("attributes", ())) for a in (*mentions, *frames))
        tally.wrote(counting.ATTRIBUTES, pairs)
        tally.wrote(counting.LINKS, len(annotation["links"]))


def _schema(arrow: Any) -> Any:
    """The columns; offsets are code points of `text`."""
    text, number = arrow.string(), arrow.int32()

    def struct(**fields: Any) -> Any:
        return arrow.struct([arrow.field(name, kind) for name, kind in fields.items()])

    pairs = arrow.list_(struct(name=text, value=text))
    span = struct(start=number, end=number, text=text)
    arguments = arrow.list_(struct(role=text, mention=text, frame=text, span=span))
    place = {"start": number, "end": number}
    mention = {"id": text, **place, "text": text, "type": text, "subtype": text}
    frame = {"id": text, "type": text, "trigger": span, "arguments": arguments}
    more = {"attributes": pairs, "candidate": text}
    annotation = struct(
        annotator=text,
        item=struct(**place),
        status=text,
        mentions=arrow.list_(struct(**mention, **more)),
        frames=arrow.list_(struct(**frame, **more)),
        links=arrow.list_(struct(**{"kind": text, "from": text, "to": text})),
        note=text,
        reason=text,
        fates=arrow.list_(struct(candidate=text, fate=text)),
    )
    said = {"score": arrow.float64(), "producer": text, "reason": text, "attributes": pairs}
    candidate = struct(kind=text, **{**mention, **frame, **said})
    comment = struct(id=text, author=text, at=text, text=text, kind=text)
    thread = struct(
        id=text, item=struct(**place), comments=arrow.list_(comment), about=text, span=span
    )
    columns = {
        "format": text,
        "id": text,
        "text": text,
        "meta": text,
        "origin": struct(file=text, **place),
        "sentences": arrow.list_(struct(**place, kind=text)),
        "annotations": arrow.list_(annotation),
        "candidates": arrow.list_(candidate),
        "threads": arrow.list_(thread),
    }
    return arrow.schema([arrow.field(name, kind) for name, kind in columns.items()])


def read_files(files: Iterable[InFile], _: Setting) -> Iterator[Record]:
    """Read every Parquet file: rows of curate, or any rows with a `text`."""
    for file in files:
        if file.name.lower().endswith(".parquet"):
            yield from read(file.content(), file.name)


def read(content: bytes, name: str) -> Iterator[Record]:
    """Read one file; raises FormatError with the row."""
    arrow, parquet = needed("pyarrow", PACKAGE), needed("pyarrow.parquet", PACKAGE)
    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        names = set(file.schema_arrow.names)
        number = 0
        for batch in file.iter_batches(batch_size=GROUP):
            for row in batch.to_pylist():
                number += 1
                yield _record(row, names, f"{name}: row {number}")
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise FormatError(f"{name} is no Parquet file: {error}", "write it anew") from error


def _record(row: Json, names: set[str], place: str) -> Record:
    if not {"format", "annotations", "text"} <= names:
        return article_of(row, place)
    kept = _unpair(row)
    try:
        kept["meta"] = msgspec.json.decode(kept.get("meta", "{}"))
        return record_of(msgspec.convert(kept, RecordShape))
    except (msgspec.MsgspecError, TypeError) as error:
        raise FormatError(f"{place}: {error}", "the columns are those of curate JSONL") from error
    except Misfit as error:
        raise FormatError(f"{place}: {error.message} - at `{error.path}`", error.remedy) from error


def card(setting: Setting) -> str:
    """The dataset card: what `datasets` and people ask first."""
    schema, written = setting.schema, setting.tally.written
    counts = "\n".join(f"| {kind} | {written[kind]:,} |" for kind in counting.KINDS)
    types = ", ".join(f"`{name}`" for name in schema.event_types)
    return _CARD.format(name=schema.name, identity=schema.identity, counts=counts, types=types)


_CARD: Final = """---
language:
- ar
task_categories:
- token-classification
tags:
- event-extraction
- event-frames
pretty_name: "{name}"
---
# Event frames in Arabic

Written by `curate export parquet`, with the schema `{identity}`. Rows are documents; every offset
counts Unicode code points of `text`, from 0, end exclusive.

| | number |
|---|---|
{counts}

Event types: {types}.

`annotations` holds for each annotator and item the `mentions` (`start`, `end`, `type`, `subtype`),
the `frames` (`type`, `trigger`, `arguments` with a `role` and one of `mention`, `frame` and `span`,
`attributes`) and `links`. `meta` is JSON. The licence of each text stands in its `meta`.
"""

FORMAT = Format(
    "parquet",
    "Parquet as a Hugging Face dataset folder, with everything and a dataset card",
    (".parquet",),
    is_lossless=True,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE | {counting.CANDIDATES, counting.THREADS},
    needs=PACKAGE,
    has_stable_bytes=False,
)
