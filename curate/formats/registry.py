"""The formats that curate knows, by name; a new one is one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import FormatError
from curate.formats import (
    acled,
    articles,
    bio_reading,
    brat_files,
    conllup_reading,
    docbin,
    dygie,
    jsonl,
    label_studio_files,
    maven_arg,
    oneie,
    parquet,
    rams,
    tables_reading,
    web_annotation,
    webanno_reading,
    wikievents,
    xmi_reading,
)
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


_ALL = (
    Format(
        "jsonl",
        "curate's own: one document a line, with everything; reads plain articles too",
        (".jsonl", ".ndjson"),
        is_lossless=True,
        read=_read_jsonl,
        write=_write_jsonl,
        keeps=FRAMES_WHOLE | {counting.CANDIDATES, counting.THREADS},
    ),
    label_studio_files.FORMAT,
    parquet.FORMAT,
    docbin.FORMAT,
    xmi_reading.FORMAT,
    webanno_reading.FORMAT,
    tables_reading.FORMAT,
    brat_files.FORMAT,
    conllup_reading.FORMAT,
    bio_reading.BIO,
    bio_reading.CONLL2003,
    oneie.FORMAT,
    dygie.FORMAT,
    rams.FORMAT,
    wikievents.FORMAT,
    maven_arg.FORMAT,
    acled.FORMAT,
    web_annotation.FORMAT,
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
    fitting = (f for f in _ALL if file_name.lower().endswith(f.suffixes))
    return max(fitting, key=lambda f: max(map(len, f.suffixes)), default=None)
