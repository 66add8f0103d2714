"""What a format is: how it is called, what it keeps and loses, how it is read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError, FormatError
from curate.formats import tally as counting
from curate.formats.records import Record
from curate.formats.renaming import Renames
from curate.formats.tally import Tally
from curate.model.item import ItemUnit
from curate.model.schema import EventSchema

if TYPE_CHECKING:
    from types import ModuleType

    from curate.model.document import Document

NO_CANDIDATES: Final = {
    counting.CANDIDATES: "the format has no place for proposals",
    counting.THREADS: "the format has no place for talk",
}
ATOMS: Final = frozenset({counting.DOCUMENTS, counting.MENTIONS, counting.FRAMES})
_WIDEST: Final = 100_000
"""Characters that may lie between two tokens."""
FRAMES_WHOLE: Final = ATOMS | {counting.ARGUMENTS, counting.ATTRIBUTES, counting.LINKS}
"""All that people say in a document."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a format may need to know beside the records."""

    schema: EventSchema
    unit: ItemUnit = ItemUnit.SENTENCE
    name: str = "input"
    """What the file is called in messages."""
    tally: Tally = field(default_factory=Tally)
    """Where a writer counts what it wrote and dropped."""
    annotator: str | None = None
    """Who what is read is put down to; None for whom the file names."""
    part: str = "train"
    """Which part of a data set is written, for formats that say so in the names of files."""
    names: Renames = field(default_factory=Renames)
    """What names of the file are called here, for readers that must know beforehand."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that a format writes: its name in the folder, and its bytes in pieces."""

    name: str
    """With `/` for folders; every part is safe on every system."""
    content: Iterator[bytes]
    """Write it out before the next file is asked for."""


@dataclass(frozen=True, slots=True)
class InFile:
    """A file that is read: its name in the folder, and its bytes when they are wanted."""

    name: str
    """With `/` for folders."""
    content: Callable[[], bytes]


Read = Callable[[Iterable[bytes], Setting], Iterator[Record]]
"""Records from the lines of a file."""
ReadFiles = Callable[[Iterable[InFile], Setting], Iterator[Record]]
"""Records from files that belong together."""
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
    """From the lines of one file."""
    read_files: ReadFiles | None = None
    """From a folder or archive of files; each file by itself where it is None."""
    write: Write | None = None
    is_folder: bool = False
    """Whether it writes several files."""
    has_fixed_files: bool = False
    """Whether these are always the same few, so that they can stand beside each other."""
    keeps: frozenset[str] = ATOMS
    """Kinds (`tally.KINDS`) of which not one may be dropped: an export that would is refused."""
    omits: Mapping[str, str] = field(default_factory=dict)
    """Kinds that it never holds, and why; they are counted as left out."""
    loses: tuple[str, ...] = ()
    """What else does not go along or does not come back, for people."""
    needs: str | None = None
    """The package that it asks for beyond curate itself; the extra is called `formats`."""
    has_stable_bytes: bool = True
    """Whether the same project gives the same bytes whatever the library's version."""

    @property
    def reads(self) -> bool:
        """Whether it can be read."""
        return self.read is not None or self.read_files is not None


def needed(module: str, package: str) -> ModuleType:
    """A module of an optional package; CurateError says how to get it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise CurateError(
            f"this format needs {package}, which is not installed",
            "pip install 'curate[formats]'",
        ) from error


def text_of(content: bytes, name: str) -> str:
    """The text of a UTF-8 file, line ends as they are; FormatError tells the line that is not."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FormatError(f"{name}:{line}: this is not UTF-8", "save the file as UTF-8") from error


def bytes_of(text: str, document: str) -> bytes:
    """UTF-8 of a text; FormatError for halves of surrogate pairs, which no file can hold."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(
            f"document {document} holds half of a surrogate pair",
            "no file can hold it: take it out of the text that was added",
        ) from error


def gap_of(start: int, at: int, place: str) -> int:
    """How many characters lie between two tokens, where a text is put together from offsets.

    Raises FormatError for more than any text has: a file must not make room of its own liking.
    """
    if start - at > _WIDEST:
        raise FormatError(
            f"{place}: {start - at:,} characters are missing before {start}", "keep the offsets"
        )
    return max(0, start - at)


def lines_with_ends(content: bytes) -> Iterator[bytes]:
    """The lines of a file, each with its line feed."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        yield content[start:end]
        start = end


def joined(records: Iterable[Record]) -> Iterator[Record]:
    """Records of one document that follow each other, made one: a file may hold a layer each."""
    waiting: Record | None = None
    for record in records:
        if waiting is not None and _same(waiting.document, record.document):
            waiting = replace(
                waiting,
                annotations=waiting.annotations + record.annotations,
                candidates=waiting.candidates + record.candidates,
                threads=waiting.threads + record.threads,
                misfits=waiting.misfits + record.misfits,
            )
            continue
        if waiting is not None:
            yield waiting
        waiting = record
    if waiting is not None:
        yield waiting


def _same(one: Document, other: Document) -> bool:
    return one.id == other.id and one.text == other.text
