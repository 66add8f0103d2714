"""Curate JSONL: one document a line, with everything that is said of it, and nothing lost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.jsonl_reading import Misfit, record_of
from curate.formats.jsonl_shapes import FORMAT, RecordShape
from curate.formats.jsonl_writing import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.records import Record
    from curate.formats.tally import Tally

_DECODER = msgspec.json.Decoder(RecordShape)
_ENCODER = msgspec.json.Encoder(order="deterministic")
_REMEDY = "every field is described in the JSON Schema of curate JSONL, schemas/json/"


def read_records(lines: Iterable[bytes], name: str) -> Iterator[Record]:
    """Read one record from each line; blank lines are skipped.

    `name` is what the file is called in messages. Raises FormatError that names
    the line and the JSON path.
    """
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not content.isspace() and content:
            yield read_record(content, f"{name}:{number}")


def read_record(line: bytes, place: str) -> Record:
    """Read one line; `place` is what it is called in messages."""
    try:
        return record_of(_DECODER.decode(line))
    except msgspec.ValidationError as error:
        remedy = _REMEDY
        if "$.format" in str(error):
            remedy = (
                f'this curate reads "format": "{FORMAT}"; a newer one may have written the file'
            )
        raise FormatError(f"{place}: {_lowered(str(error))}", remedy) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(
            f"{place}: this line is not JSON: {_lowered(str(error))}",
            "each line holds one whole JSON object in UTF-8",
        ) from error
    except Misfit as error:
        raise FormatError(f"{place}: {error.message} - at `{error.path}`", error.remedy) from error


def write_record(record: Record, tally: Tally | None = None) -> bytes:
    """Write one record as a line: the same record always gives the same bytes.

    What stands in the line is counted in `tally`.
    """
    shape = checked_shape(record)
    if tally is not None:
        _count(shape, tally)
    try:
        return _ENCODER.encode(shape) + b"\n"
    except UnicodeEncodeError as error:
        raise FormatError(
            f"document {record.document.id} holds half of a surrogate pair",
            "JSON cannot hold it: take it out of the text that was added",
        ) from error


def checked_shape(record: Record) -> RecordShape:
    """The shape of a record; raises FormatError for numbers that JSON does not have."""
    _refuse_endless_numbers(record)
    return shape_of(record)


def write_records(records: Iterable[Record], tally: Tally | None = None) -> Iterator[bytes]:
    """Write records as lines."""
    return (write_record(record, tally) for record in records)


def _count(shape: RecordShape, tally: Tally) -> None:
    """Count what stands in a line."""
    tally.wrote(counting.DOCUMENTS)
    tally.wrote(counting.CANDIDATES, len(shape.candidates))
    tally.wrote(counting.THREADS, len(shape.threads))
    for annotation in shape.annotations:
        mentions = annotation.mentions or []
        frames = annotation.frames or []
        tally.wrote(counting.MENTIONS, len(mentions))
        tally.wrote(counting.FRAMES, len(frames))
        tally.wrote(counting.ARGUMENTS, sum(len(f.arguments or []) for f in frames))
        tally.wrote(counting.ATTRIBUTES, sum(len(m.attributes) for m in mentions))
        tally.wrote(counting.ATTRIBUTES, sum(len(f.attributes) for f in frames))
        tally.wrote(counting.LINKS, len(annotation.links))


def _refuse_endless_numbers(record: Record) -> None:
    """JSON has no NaN and no infinity: they would come back as null."""
    numbers = [v for v in record.document.meta.values() if isinstance(v, float)]
    numbers += [c.score for c in record.candidates]
    if not all(map(math.isfinite, numbers)):
        raise FormatError(
            f"document {record.document.id} has a number that is not finite",
            "JSON cannot hold it: give it as text",
        )


def _lowered(message: str) -> str:
    return message if message.startswith("JSON") else message[:1].lower() + message[1:]
