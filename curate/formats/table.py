"""Tables of articles: comma-separated or the like, with a heading that names a `text` column."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError
from curate.formats.records import Record
from curate.model.document import Document, document_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DELIMITERS: Final = (",", ";", "\t", "|")
LONGEST_CELL: Final = 64_000_000
"""Characters that a cell may have."""
_REMEDY = (
    "the first line names the columns: text is needed; "
    "id, source, date, url, licence and title are known"
)


def read_table(lines: Iterable[str], name: str) -> Iterator[Record]:
    """Read one document from each row; columns other than `id` and `text` become metadata.

    `lines` keep their line ends, as from a file opened with `newline=""`. The
    delimiter is the one that makes a column `text` out of the heading. Cells are
    kept as they are. Raises FormatError with the line.
    """
    rest = iter(lines)
    heading = next(rest, "").removeprefix("\ufeff")
    csv.field_size_limit(LONGEST_CELL)
    delimiter, columns = _heading(heading, name)
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    begun = 2
    try:
        for cells in reader:
            if any(cells):
                yield _document(cells, columns, f"{name}:{begun}")
            begun = reader.line_num + 2
    except csv.Error as error:
        raise FormatError(
            f"{name}:{begun}: the row that begins here is broken: {error}",
            "put cells that hold quotes, line ends or the delimiter into quotes, and double quotes "
            "inside",
        ) from error


def _heading(line: str, name: str) -> tuple[str, list[str]]:
    """The delimiter and the columns that the heading names."""
    if not line.strip():
        raise FormatError(f"{name}:1: the heading is missing", _REMEDY)
    for delimiter in DELIMITERS:
        cells = _cells(line, delimiter, name)
        columns = [cell.strip().casefold() for cell in cells]
        if "text" in columns:
            twice = next((c for c in columns if c and columns.count(c) > 1), None)
            if twice is not None:
                raise FormatError(f"{name}:1: the column {twice} stands twice", "rename one")
            return delimiter, columns
    raise FormatError(f"{name}:1: no column is called text: {line.strip()[:200]}", _REMEDY)


def _cells(line: str, delimiter: str, name: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise FormatError(f"{name}:1: the heading is broken: {error}", _REMEDY) from error


def _document(cells: list[str], columns: list[str], place: str) -> Record:
    if len(cells) > len(columns):
        raise FormatError(
            f"{place}: the row has {len(cells)} cells, the heading {len(columns)}",
            "put cells that hold the delimiter into quotes",
        )
    values = dict(zip(columns, cells, strict=False))
    text = values.pop("text", "")
    if not text.strip():
        raise FormatError(f"{place}: the row has no text", "fill it in, or take the row out")
    identity = values.pop("id", "").strip()
    meta = {column: cell for column, cell in values.items() if column and cell.strip()}
    return Record(Document(identity or document_id(text), text, meta))
