"""The formats that curate knows, by name; a new one is one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import FormatError
from curate.formats import articles, brat_files, jsonl, label_studio_files, table
from curate.formats import tally as counting
from curate.formats.doors import FRAMES_WHOLE, Format, InFile, OutFile, Setting
from curate.formats.yaml_nodes import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.records import Record

__all__ = ["FORMATS", "Format", "InFile", "OutFile", "Setting", "format_named", "format_of"]


def _read_jsonl(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    return articles.read_lines(lines, setting.name)


def _write_jsonl(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    yield OutFile("corpus.jsonl", jsonl.write_records(records, setting.tally))


def _read_csv(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    decoded = (line.decode("utf-8-sig" if n == 0 else "utf-8") for n, line in enumerate(lines))
    try:
        yield from table.read_table(decoded, setting.name)
    except UnicodeDecodeError as error:
        raise FormatError(f"{setting.name}: {error}", "save the table as UTF-8") from error


_ALL = (
    Format(
        "jsonl",
        "curate's own: one document a line, with everything; reads plain articles too",
        (".jsonl", ".ndjson"),
        is_lossless=True,
        read=_read_jsonl,
        write=_write_jsonl,
        keeps=FRAMES_WHOLE | {counting.CANDIDATES},
    ),
    Format(
        "csv",
        "a table of articles with a `text` column",
        (".csv", ".tsv"),
        is_lossless=False,
        read=_read_csv,
    ),
    label_studio_files.FORMAT,
    brat_files.FORMAT,
)
FORMATS: Mapping[str, Format] = {entry.name: entry for entry in _ALL}


def format_named(name: str) -> Format:
    """The format of that name; FormatError says which there are."""
    if name not in FORMATS:
        remedy = near(name, FORMATS) or f"there are {', '.join(FORMATS)}"
        raise FormatError(f"there is no format called {name}", remedy)
    return FORMATS[name]


def format_of(file_name: str) -> Format | None:
    """The format that a file's name ends like, if any."""
    return next((f for f in _ALL if file_name.lower().endswith(f.suffixes)), None)
