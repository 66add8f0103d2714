"""The formats that curate knows, by name; a new one is one entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import FormatError
from curate.formats import articles, jsonl, label_studio, label_studio_tasks, table
from curate.formats.label_studio_config import label_config
from curate.formats.records import Record
from curate.formats.yaml_nodes import near
from curate.model.item import ItemUnit
from curate.model.schema import EventSchema

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Setting:
    """What a format may need to know beside the records."""

    schema: EventSchema
    unit: ItemUnit = ItemUnit.SENTENCE
    name: str = "input"
    """What the file is called in messages."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that a format writes: its name in the folder, and its bytes in pieces."""

    name: str
    content: Iterator[bytes]
    """Write it out before the next file is asked for."""


Read = Callable[[Iterable[bytes], Setting], Iterator[Record]]
"""Records from the lines of a file."""
Write = Callable[[Iterable[Record], Setting], Iterator[OutFile]]
"""One file for most formats; records are gone through once."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to read or write documents and what is said of them."""

    name: str
    description: str
    suffixes: tuple[str, ...]
    is_lossless: bool
    """Whether what was written reads back identical."""
    read: Read | None = None
    write: Write | None = None
    is_folder: bool = False
    """Whether it writes several files."""


def _read_jsonl(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    return articles.read_lines(lines, setting.name)


def _write_jsonl(records: Iterable[Record], _: Setting) -> Iterator[OutFile]:
    yield OutFile("corpus.jsonl", jsonl.write_records(records))


def _read_csv(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    decoded = (line.decode("utf-8-sig" if n == 0 else "utf-8") for n, line in enumerate(lines))
    try:
        yield from table.read_table(decoded, setting.name)
    except UnicodeDecodeError as error:
        raise FormatError(f"{setting.name}: {error}", "save the table as UTF-8") from error


def _read_label_studio(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    return label_studio_tasks.read_tasks(b"".join(lines), setting.schema, setting.name)


def _write_label_studio(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    yield OutFile("tasks.json", label_studio.write_tasks(records, setting.schema, setting.unit))
    yield OutFile("config.xml", iter([label_config(setting.schema).encode()]))


_ALL = (
    Format(
        "jsonl",
        "curate's own: one document a line, with everything; reads plain articles too",
        (".jsonl", ".ndjson"),
        is_lossless=True,
        read=_read_jsonl,
        write=_write_jsonl,
    ),
    Format(
        "csv",
        "a table of articles with a `text` column",
        (".csv", ".tsv"),
        is_lossless=False,
        read=_read_csv,
    ),
    Format(
        "label-studio",
        "Label Studio tasks with predictions and annotations, and the labelling config",
        (".json",),
        is_lossless=False,
        read=_read_label_studio,
        write=_write_label_studio,
        is_folder=True,
    ),
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
