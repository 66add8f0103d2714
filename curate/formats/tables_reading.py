"""The tables of `curate.formats.tables` read back, and tables of articles."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from curate.errors import FormatError
from curate.formats import table
from curate.formats.doors import FRAMES_WHOLE, NO_CANDIDATES, Format, text_of
from curate.formats.layers import NOBODY, Layer, record_of, sorted_layer
from curate.formats.records import Record
from curate.formats.tables import COLUMNS, unsafe, write
from curate.model.annotation import Annotation, Argument, Frame, Link, LinkKind, Mention, Status
from curate.model.document import Document, MetaValue, Origin, Sentence, SentenceKind
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from curate.formats.doors import InFile, Setting

T = TypeVar("T")
Cells = dict[str, str]
Rows = Mapping[str, list[tuple[str, Cells]]]
"""Name of the table → place and cells of each row."""
_META: Final = msgspec.json.Decoder(dict[str, MetaValue])
_SENTENCES: Final = msgspec.json.Decoder(list[tuple[int, int, SentenceKind]])
_WORDS: Final = msgspec.json.Decoder(str)
_ATTRIBUTES: Final = msgspec.json.Decoder(dict[str, str])


def read_files(files: Iterable[InFile], _: Setting) -> Iterator[Record]:
    """Read the tables, or each table of articles by itself; raises FormatError with the row."""
    listed = [f for f in files if f.name.lower().endswith((".csv", ".tsv"))]
    by_name = {f.name.rpartition("/")[2].removesuffix(".csv"): f for f in listed}
    if not {"documents", "annotations"} <= by_name.keys():
        for file in listed:
            text = text_of(file.content(), file.name)
            yield from table.read_table(io.StringIO(text, newline=""), file.name)
        return
    grouped = {
        name: _grouped(by_name[name], COLUMNS[name]) if name in by_name else {}
        for name in COLUMNS
        if name != "documents"
    }
    for place, cells in _table(by_name["documents"], COLUMNS["documents"]):
        document = _located(place, partial(_read_document, cells))
        yield _read_record(document, grouped)


def _grouped(file: InFile, columns: tuple[str, ...]) -> Rows:
    found: dict[str, list[tuple[str, Cells]]] = defaultdict(list)
    for place, cells in _table(file, columns):
        found[cells["document"]].append((place, cells))
    return found


def _table(file: InFile, columns: tuple[str, ...]) -> Iterator[tuple[str, Cells]]:
    text = text_of(file.content(), file.name).removeprefix("\ufeff")
    csv.field_size_limit(table.LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = [c for c in columns if c not in (reader.fieldnames or ())]
    except csv.Error as error:
        raise FormatError(
            f"{file.name}:1: the heading is broken: {error}", "leave the heading as it is"
        ) from error
    if missing:
        raise FormatError(
            f"{file.name}:1: there is no column {', '.join(missing)}", "leave the heading as it is"
        )
    try:
        for row in reader:
            place = f"{file.name}:{reader.line_num}"
            if any(row.get(c) is None for c in columns):
                raise FormatError(f"{place}: the row ends early", "give every column a cell")
            yield place, {c: unsafe(row[c]) for c in columns}
    except csv.Error as error:
        raise FormatError(
            f"{file.name}:{reader.line_num + 1}: {error}", "put cells with quotes in quotes"
        ) from error


def _located(place: str, read: Callable[[], T]) -> T:
    """What `read` gives; a value that is none becomes a located error."""
    try:
        return read()
    except (ValueError, KeyError, TypeError, msgspec.MsgspecError) as error:
        raise FormatError(
            f"{place}: {error}", "offsets are whole numbers, lists are JSON"
        ) from error


def _read_document(cells: Cells) -> Document:
    meta = _META.decode(cells["meta"] or "{}")
    listed = _SENTENCES.decode(cells["sentences"] or "[]")
    origin = None
    if cells["file"] or cells["start"]:
        origin = Origin(cells["file"], int(cells["start"]), int(cells["end"]))
    sentences = tuple(Sentence(Span(a, b), kind) for a, b, kind in listed)
    return Document(cells["document"], cells["text"], meta, sentences, origin)


def _read_record(document: Document, grouped: Mapping[str, Rows]) -> Record:
    rows = {name: of.get(document.id, []) for name, of in grouped.items()}
    names = dict.fromkeys(c["annotator"] for of in rows.values() for _, c in of)
    records = [record_of(_read_layer(document, name, rows)) for name in names]
    if not records:
        records = [record_of(Layer(document, NOBODY))]
    return Record(document, tuple(a for r in records for a in r.annotations))


def _read_layer(document: Document, name: str, rows: Rows) -> Layer:
    reader = _Rows(document, name, rows)
    arguments: dict[str, list[Argument]] = defaultdict(list)
    for frame, argument in reader.each("arguments", _argument):
        arguments[frame].append(argument)

    def frame_of(cells: Cells, span: Span) -> Frame:
        held = tuple(arguments[cells["frame"]])
        return Frame(cells["frame"], cells["type"], span, held, _attributes(cells))

    layer = Layer(
        document,
        name,
        reader.each("annotations", _part),
        reader.each("mentions", _mention),
        reader.each("frames", frame_of),
        reader.links(),
    )
    return sorted_layer(layer)


class _Rows:
    """The rows of one annotator in one document."""

    def __init__(self, document: Document, annotator: str, rows: Rows) -> None:
        self._size = len(document.text)
        self._annotator = annotator
        self._rows = rows

    def _own(self, name: str) -> Iterator[tuple[str, Cells]]:
        return ((p, c) for p, c in self._rows[name] if c["annotator"] == self._annotator)

    def each(self, name: str, make: Callable[[Cells, Span], T]) -> tuple[T, ...]:
        """What `make` gives for every row and its span."""

        def one(cells: Cells) -> T:
            return make(cells, self._span(cells))

        return tuple(_located(place, partial(one, cells)) for place, cells in self._own(name))

    def _span(self, cells: Cells) -> Span:
        found = Span(int(cells["start"]), int(cells["end"]))
        if found.end > self._size:
            raise ValueError(f"{found.start}–{found.end} ends behind the text of {self._size}")
        return found

    def links(self) -> tuple[Link, ...]:
        """The links, which have no span."""
        return tuple(_located(place, partial(_link, cells)) for place, cells in self._own("links"))


def _link(cells: Cells) -> Link:
    return Link(LinkKind(cells["kind"]), cells["source"], cells["target"])


def _part(cells: Cells, span: Span) -> Annotation:
    note, reason = (None if not cells[n] else _WORDS.decode(cells[n]) for n in ("note", "reason"))
    return Annotation(cells["annotator"], span, Status(cells["status"]), note=note, reason=reason)


def _mention(cells: Cells, span: Span) -> Mention:
    return Mention(
        cells["mention"], span, cells["type"], cells["subtype"] or None, _attributes(cells)
    )


def _argument(cells: Cells, span: Span) -> tuple[str, Argument]:
    role, filler = cells["role"], cells["filler"]
    match cells["kind"]:
        case "mention":
            return cells["frame"], Argument(role, mention=filler)
        case "frame":
            return cells["frame"], Argument(role, frame=filler)
        case "span":
            return cells["frame"], Argument(role, span=span)
    raise ValueError(f"a filler is a mention, a frame or a span, not {cells['kind']!r}")


def _attributes(cells: Cells) -> dict[str, str]:
    return _ATTRIBUTES.decode(cells["attributes"] or "{}")


FORMAT = Format(
    "csv",
    "tables with keys between them (documents, mentions, frames, arguments …); reads articles too",
    (".csv", ".tsv"),
    is_lossless=False,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE,
    omits=NO_CANDIDATES,
    loses=("what became of candidates",),
)
