"""Read a user's own lists: curate's seed lists, CSV tables, and tables like those of GeoNames."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.candidates.seeds import COLUMNS, Entry, Kind, parse_note
from curate.errors import FormatError
from curate.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.schema import EventSchema

DELIMITERS: Final = ("\t", ",", ";", "|")
LONGEST_FORM: Final = 200
"""Characters of a name."""
LONGEST_FILE: Final = 512 * 1024 * 1024
_SHOWN: Final = 5
"""How many rows are named before the rest is only counted."""
_ARABIC: Final = re.compile("[\u0620-\u064a\u0671-\u06d3\u06fa-\u06fc]")
_GEONAMES: Final = {"name": "2", "aliases": "4"}
"""Columns of the tables that geonames.org gives out: no heading, tabs."""


@dataclass(frozen=True, slots=True)
class TableOptions:
    """How a table is read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Column of curate (`name`, `type` …) → name or number, counted from 1, in the table."""
    type: str | None = None
    """Entity type of rows that name none."""
    subtype: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    """Column of the table → value that a row must have to be taken."""
    heading: bool = True
    """Whether the first line names the columns."""
    arabic_only: bool = False
    """Leave out names without an Arabic letter."""
    encoding: str | None = None

    @classmethod
    def geonames(cls, base: TableOptions) -> TableOptions:
        """The same for a table as GeoNames gives them out."""
        return cls(
            {**_GEONAMES, **base.columns}, base.type, base.subtype, base.where,
            heading=False, arabic_only=True, encoding=base.encoding,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeedTable:
    """What was read."""

    entries: tuple[Entry, ...]
    left_out: int = 0
    """Rows that were not asked for, or have no name in Arabic script."""
    repeated: int = 0
    """Rows that say what an earlier one says."""


def read_seed_table(
    data: bytes, file: str, schema: EventSchema, options: TableOptions
) -> SeedTable:
    """Read a list of names.

    Raises `FormatError` that names the rows that do not hold, each with its
    line: then nothing is taken.
    """
    if len(data) > LONGEST_FILE:
        raise FormatError(f"{file} has more than {LONGEST_FILE:,} bytes", "split it")
    text = decode(data, name=file, encoding=options.encoding).text
    reader = _Reader(text, file, schema, options)
    return reader.read()


class _Reader:
    """Reads one table."""

    def __init__(self, text: str, file: str, schema: EventSchema, options: TableOptions) -> None:
        self._text = text
        self._file = file
        self._schema = schema
        self._options = options
        self._entries: dict[tuple[str, str], Entry] = {}
        self._flaws: list[str] = []
        self._left_out = 0
        self._repeated = 0
        self._width = 0
        """Cells of the heading; 0 without one."""

    def read(self) -> SeedTable:
        """Go through the rows."""
        for line, row in self._rows():
            try:
                self._take(row)
            except ValueError as problem:
                self._flaws.append(f"{self._file}:{line}: {problem}")
        if self._flaws:
            raise self._broken()
        if not self._entries:
            raise FormatError(
                f"{self._file} has no row to take ({self._left_out:,} left out)",
                "check the columns and the conditions",
            )
        return SeedTable(tuple(self._entries.values()), self._left_out, self._repeated)

    def _broken(self) -> FormatError:
        more = len(self._flaws) - _SHOWN
        rest = [f"… and {more:,} more"] if more > 0 else []
        count = len(self._flaws)
        said = "1 row does" if count == 1 else f"{count:,} rows do"
        return FormatError(
            "\n  ".join([f"{self._file}: {said} not hold:", *self._flaws[:_SHOWN], *rest]),
            "mend or take out these rows; nothing of the file was added",
        )

    def _rows(self) -> Iterator[tuple[int, Mapping[str, str]]]:
        """Line number and row by column of curate, with the table's own columns behind `=`."""
        delimiter = self._delimiter()
        csv.field_size_limit(1_000_000)
        lines = io.StringIO(self._text, newline="")
        if delimiter == "\t":  # there a quotation mark is a letter like others
            reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        else:
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        places: Mapping[str, int] | None = None
        begun = 1
        try:
            for cells in reader:
                line, begun = begun, reader.line_num + 1
                if places is None:
                    places = self._places(cells)
                    if self._options.heading:
                        self._width = len(cells)
                        continue
                if any(c.strip() for c in cells) and not cells[0].startswith("#"):
                    yield line, self._row(cells, places)
        except csv.Error as error:
            raise FormatError(f"{self._file}:{begun}: {error}", "mend the row") from error

    def _row(self, cells: list[str], places: Mapping[str, int]) -> Mapping[str, str]:
        row = {name: cells[at].strip() for name, at in places.items() if at < len(cells)}
        if self._width and len(cells) > self._width:
            row["!"] = f"{len(cells)} cells under {self._width} column names"
        return row

    def _delimiter(self) -> str:
        """The one under which the first line has the column of names, or the most cells."""
        first = self._text.partition("\n")[0].rstrip("\r")
        wanted = self._options.columns.get("name", "name").casefold()

        def fit(delimiter: str) -> tuple[bool, int]:
            cells = [
                c.strip().casefold() for c in next(csv.reader([first], delimiter=delimiter), [])
            ]
            return wanted in cells, len(cells)

        return max(DELIMITERS, key=fit)

    def _places(self, heading: list[str]) -> dict[str, int]:
        """Where each column of curate, and each that a condition is about, stands."""
        names = [cell.strip().casefold() for cell in heading] if self._options.heading else []
        wanted: dict[str, str] = {name: name for name in COLUMNS if name in names}
        wanted |= dict(self._options.columns)
        wanted |= {f"={column}": column for column in self._options.where}
        places = {name: self._place(column, names, heading) for name, column in wanted.items()}
        if "name" not in places:
            raise FormatError(
                f"{self._file}:1: no column is called name",
                "say which one holds the names, as in --column name=TITLE",
            )
        if "type" not in places and self._options.type is None:
            raise FormatError(
                f"{self._file}:1: no column is called type",
                "say with --type which entity type the names are of, or with --column type=TITLE",
            )
        return places

    def _place(self, column: str, names: list[str], heading: list[str]) -> int:
        if column.casefold() in names:
            return names.index(column.casefold())
        if column.isdecimal() and 1 <= int(column) <= len(heading):
            return int(column) - 1
        known = ", ".join(heading) if names else f"1 to {len(heading)}"
        raise FormatError(
            f"{self._file}:1: there is no column {column}", f"the columns are: {known[:300]}"
        )

    def _take(self, row: Mapping[str, str]) -> None:
        """Take a row; ValueError says what is wrong with it."""
        if "!" in row:
            raise ValueError(row["!"])
        if any(row.get(f"={c}", "") != value for c, value in self._options.where.items()):
            self._left_out += 1
            return
        forms = self._forms(row)
        if not forms:
            self._left_out += 1
            return
        entry = self._entry(row, forms)
        key = (entry.form, entry.type)
        if key in self._entries:
            self._repeated += 1
        else:
            self._entries[key] = entry

    def _forms(self, row: Mapping[str, str]) -> list[str]:
        """The name and its other forms, those that are wanted."""
        name = row.get("name", "")
        if not name:
            raise ValueError("the row has no name")
        others = re.split("[|,،؛;]", row.get("aliases", ""))
        forms = dict.fromkeys(f.strip() for f in (name, *others) if f.strip())
        kept = [f for f in forms if not self._options.arabic_only or _ARABIC.search(f)]
        for form in kept:
            if len(form) > LONGEST_FORM:
                raise ValueError(f"a name of {len(form)} characters; {LONGEST_FORM} are allowed")
            if not any(c.isalnum() for c in form):
                raise ValueError(f"{form!r} is no name")
        return kept

    def _entry(self, row: Mapping[str, str], forms: list[str]) -> Entry:
        kind = row.get("kind") or Kind.NAME
        if kind not in set(Kind):
            raise ValueError(f"kind {kind!r} is unknown: use one of {', '.join(Kind)}")
        type_ = row.get("type") or self._options.type
        if type_ is None:
            raise ValueError("the row has no type")
        entity = self._schema.entity_types.get(type_)
        if entity is None:
            known = ", ".join(self._schema.entity_types)
            raise ValueError(f"the schema has no entity type {type_!r}: there are {known}")
        subtype = row.get("subtype") or self._options.subtype
        if subtype is not None and kind != Kind.WORD and subtype not in entity.subtypes:
            known = ", ".join(entity.subtypes) or "none"
            raise ValueError(f"{type_} has no subtype {subtype!r}: there are {known}")
        return Entry(
            forms[0], type_, subtype, Kind(kind), tuple(forms[1:]),
            row.get("wikidata") or None, parse_note(row.get("note", "")),
        )  # fmt: skip
