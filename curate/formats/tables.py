"""Tables for pandas, SQL and spreadsheets: a CSV file for each kind of thing, with keys between.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, and so does one that
begins with an apostrophe: taken off again, what is read is what was written.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import msgspec

from curate.formats import tally as counting
from curate.formats.doors import OutFile, Setting, bytes_of
from curate.formats.layers import layers_of
from curate.formats.spooled import side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.document import Document

Row = list[str | int]
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "documents": ("document", "text", "meta", "sentences", "file", "start", "end"),
    "annotations": ("document", "annotator", "start", "end", "status", "note", "reason"),
    "mentions": (
        *("document", "annotator", "mention", "start", "end", "text"),
        *("type", "subtype", "attributes"),
    ),
    "frames": (
        *("document", "annotator", "frame", "type", "start", "end", "trigger", "attributes"),
    ),
    "arguments": (
        *("document", "annotator", "frame", "role", "kind", "filler", "start", "end", "text"),
    ),
    "links": ("document", "annotator", "kind", "source", "target"),
}
"""Name of the file → its columns."""
_NUMBERS: Final = {name: number for number, name in enumerate(COLUMNS)}
_RUN: Final = re.compile(r"['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""What makes a spreadsheet run a cell, or looks like the apostrophe that keeps it from it."""
_COUNTED: Final = {
    "documents": counting.DOCUMENTS,
    "mentions": counting.MENTIONS,
    "frames": counting.FRAMES,
    "arguments": counting.ARGUMENTS,
    "links": counting.LINKS,
}


def safe(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if _RUN.match(cell) else cell


def unsafe(cell: str) -> str:
    """The cell as it was before `safe`."""
    return cell.removeprefix("'")


def csv_line(cells: Iterable[str | int]) -> str:
    """A row of a table: text in quotes, numbers without."""
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_NONNUMERIC).writerow(
        [safe(c) if isinstance(c, str) else c for c in cells]
    )
    return out.getvalue()


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """A table for each kind of thing; with a byte order mark, which spreadsheets ask for."""
    return side_by_side([f"{name}.csv" for name in COLUMNS], _rows(records, setting.tally))


def _rows(records: Iterable[Record], tally: Tally) -> Iterator[tuple[int, bytes]]:
    for name, columns in COLUMNS.items():
        yield _NUMBERS[name], b"\xef\xbb\xbf" + csv_line(columns).encode()
    for record in records:
        yield _row("documents", _document(record.document), tally, record.document.id)
        for layer in layers_of(record):
            for name, cells in _layer(layer):
                kept = [record.document.id, layer.annotator, *cells]
                yield _row(name, kept, tally, record.document.id)
            tally.wrote(counting.ATTRIBUTES, _attribute_count(layer))


def _row(name: str, cells: Row, tally: Tally, document: str) -> tuple[int, bytes]:
    if name in _COUNTED:
        tally.wrote(_COUNTED[name])
    return _NUMBERS[name], bytes_of(csv_line(cells), document)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode() if value else ""


def _document(document: Document) -> Row:
    sentences = [(s.span.start, s.span.end, s.kind) for s in document.sentences]
    origin = document.origin
    where: Row = ["", "", ""] if origin is None else [origin.file, origin.start, origin.end]
    return [document.id, document.text, _json(dict(document.meta)), _json(sentences), *where]


def _layer(layer: Layer) -> Iterator[tuple[str, Row]]:
    text = layer.document.text
    for part in layer.parts:
        item = part.item
        yield (
            "annotations",
            [item.start, item.end, part.status, _known(part.note), _known(part.reason)],
        )
    for m in layer.mentions:
        kind: Row = [m.type, m.subtype or "", _json(dict(m.attributes))]
        yield "mentions", [m.id, m.span.start, m.span.end, m.span.of(text), *kind]
    for f in layer.frames:
        words: Row = [f.trigger.start, f.trigger.end, f.trigger.of(text)]
        yield "frames", [f.id, f.type, *words, _json(dict(f.attributes))]
        for a in f.arguments:
            span = layer.filler(a)
            place: Row = [span.start, span.end, span.of(text)]
            kind_of = "mention" if a.mention else "frame" if a.frame else "span"
            yield "arguments", [f.id, a.role, kind_of, a.mention or a.frame or "", *place]
    for x in layer.links:
        yield "links", [x.kind, x.source, x.target]


def _known(words: str | None) -> str:
    """Words that may be empty, told from none: as JSON text."""
    return "" if words is None else msgspec.json.encode(words).decode()


def _attribute_count(layer: Layer) -> int:
    mentions = sum(len(m.attributes) for m in layer.mentions)
    return mentions + sum(len(f.attributes) for f in layer.frames)
