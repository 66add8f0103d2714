"""brat as a folder: a folder for each annotator, three files a document, two configurations.

Beside `x.txt` and `x.ann` stands `x.json`, which brat leaves alone: id, metadata and sentences of
the document, and the annotator's items with their status, note and reason.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.brat import configuration, write_annotations
from curate.formats.brat_reading import Standoff, read_document
from curate.formats.doors import (
    FRAMES_WHOLE,
    NO_CANDIDATES,
    Format,
    InFile,
    OutFile,
    Setting,
    bytes_of,
    joined,
    text_of,
)
from curate.formats.layers import layers_of, record_of
from curate.formats.names import file_stem
from curate.formats.shells import read_shell, write_shell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.records import Record

STRANGER = "imported"
"""Who a file is put down to that names nobody."""


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """Write every layer into the folder of its annotator."""
    for name, content in configuration(setting.schema):
        yield OutFile(name, iter([content.encode()]))
    for record in records:
        document = record.document
        for layer in layers_of(record):
            folder = f"{file_stem(layer.annotator)}/" if layer.annotator else ""
            stem = folder + file_stem(document.id)
            lines = write_annotations(layer, setting.tally)
            yield OutFile(f"{stem}.txt", iter([bytes_of(document.text, document.id)]))
            yield OutFile(f"{stem}.ann", iter([lines.encode()]))
            yield OutFile(f"{stem}.json", iter([f"{write_shell(layer)}\n".encode()]))
        setting.tally.wrote(counting.DOCUMENTS)


@dataclass(slots=True)
class _Parts:
    """The files of one document in one folder."""

    text: InFile | None = None
    annotations: InFile | None = None
    shell: InFile | None = None


def read_files(files: Iterable[InFile], setting: Setting) -> Iterator[Record]:
    """Read every `.txt` with its `.ann`; folders stand for annotators where nothing else says.

    A document that several folders hold is one record. Raises FormatError.
    """
    found: dict[str, dict[str, _Parts]] = defaultdict(dict)
    for file in files:
        path, _, suffix = file.name.rpartition(".")
        folder, _, stem = path.rpartition("/")
        if suffix not in ("txt", "ann", "json") or not stem:
            continue
        parts = found[stem].setdefault(folder, _Parts())
        if suffix == "txt":
            parts.text = file
        elif suffix == "ann":
            parts.annotations = file
        else:
            parts.shell = file
    for stem in sorted(found):
        yield from joined(_documents(stem, found[stem], setting))


def _documents(stem: str, folders: dict[str, _Parts], setting: Setting) -> Iterator[Record]:
    """The documents that are called alike; one id each for different texts."""
    seen: dict[str, str] = {}
    for folder, parts in sorted(folders.items()):
        if parts.text is None:
            if parts.annotations is not None:
                raise FormatError(
                    f"{parts.annotations.name}: there is no {stem}.txt beside it",
                    "an .ann file is of no use without its text",
                )
            continue
        text = text_of(parts.text.content(), parts.text.name)
        if not text:
            continue
        identity = stem if seen.setdefault(stem, text) == text else f"{folder}/{stem}"
        yield _record(parts, text, identity, setting)


def _record(parts: _Parts, text: str, identity: str, setting: Setting) -> Record:
    place = parts.text.name if parts.text else identity
    lines, shell = "", None
    if parts.annotations is not None:
        place = parts.annotations.name
        lines = text_of(parts.annotations.content(), place)
    if parts.shell is not None:
        shell = read_shell(parts.shell.content(), parts.shell.name)
        if setting.annotator and shell.annotator:
            shell.annotator = setting.annotator
    folder = place.rpartition("/")[0].rpartition("/")[2]
    annotator = setting.annotator or folder or STRANGER
    if parts.annotations is None and shell is None:
        annotator = ""
    layer = read_document(Standoff(place, text, lines, shell, identity), annotator, setting.schema)
    return replace(record_of(layer), misfits=layer.misfits)


FORMAT = Format(
    "brat",
    "brat standoff: .txt and .ann with events, attributes and relations, a folder per annotator",
    (".ann",),
    is_lossless=False,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE,
    omits=NO_CANDIDATES,
    loses=(
        "ids of mentions and frames, which are numbered anew",
        "what became of candidates",
    ),
)
