"""Find what is to be read: files, folders of them, standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import CurateError, FormatError, TextError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

STANDARD_INPUT = "standard input"
"""What the text that comes through a pipe is called."""


class Kind(StrEnum):
    """How a source is read."""

    TEXT = "text"
    JSONL = "jsonl"
    TABLE = "table"
    PARQUET = "parquet"
    PAGE = "page"


_KINDS = {
    ".txt": Kind.TEXT,
    ".text": Kind.TEXT,
    ".jsonl": Kind.JSONL,
    ".ndjson": Kind.JSONL,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".parquet": Kind.PARQUET,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
}
_OTHERS = frozenset(
    [
        *(".xml", ".json", ".pdf", ".doc", ".docx", ".odt", ".rtf"),
        *(".xls", ".xlsx", ".zip", ".gz", ".curate"),
    ]
)
"""Endings of files that a reader of plain text would only make a mess of."""

_READABLE = ".txt, .jsonl, .csv, .parquet and .html"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input."""

    name: str
    """As it is called in messages and in the origin of its documents; no path of this machine."""
    kind: Kind
    path: Path | None = None
    """None for standard input."""
    start: int = 0
    """Byte of the file where it begins."""
    end: int | None = None
    """Byte of the file where it ends; None for the end of the file."""
    first_line: int = 1
    """Number of the line in the file that it begins with."""

    @property
    def size(self) -> int:
        """Bytes, as far as that is known beforehand."""
        if self.end is not None:
            return self.end - self.start
        return self.path.stat().st_size if self.path is not None and self.path.is_file() else 0

    def open(self) -> BinaryIO:
        """Open it for reading bytes; the caller closes it."""
        if self.path is None:
            return sys.stdin.buffer
        try:
            if self.end is None:
                return self.path.open("rb")
            with self.path.open("rb") as file:
                file.seek(self.start)
                return BytesIO(file.read(self.end - self.start))
        except OSError as error:
            raise _unreadable(self.path, error) from error


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that was left out."""

    name: str
    reason: str


def find_sources(paths: Sequence[Path]) -> tuple[list[Source], list[Skipped]]:
    """The sources that paths name, in order, and what was left out in folders.

    A folder stands for every file of a known kind below it, in the order of their names; hidden
    files and links that lead out of the folder are left out. Raises `CurateError` for a path that
    is not there, a file of another kind, or a folder without texts.
    """
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for path in paths:
        if str(path) == "-":
            sources.append(Source(STANDARD_INPUT, Kind.TEXT))
        elif path.is_dir():
            sources += _in_folder(path, skipped)
        else:
            sources.append(_file(path))
    return sources, skipped


def _file(path: Path) -> Source:
    if not path.exists():
        raise TextError(f"there is no file {path}", "check the name, and where you are")
    ending = path.suffix.lower()
    if ending in _OTHERS:
        raise FormatError(
            f"{path}: {ending} files cannot be added",
            f"curate reads {_READABLE}; save its text as one of these",
        )
    kind = _KINDS.get(ending, Kind.TEXT)
    if kind is not Kind.TEXT and not path.is_file():
        raise FormatError(f"{path} is no regular file", "save it as one: it is read twice")
    return Source(path.name, kind, path)


def _in_folder(folder: Path, skipped: list[Skipped]) -> list[Source]:
    root = folder.resolve()
    found: list[Source] = []
    for path in _files_below(folder, skipped, folder):
        name = _name(path, folder)
        kind = _KINDS.get(path.suffix.lower())
        if kind is None:
            skipped.append(Skipped(name, f"not one of {_READABLE}"))
        elif path.is_symlink() and not path.resolve().is_relative_to(root):
            skipped.append(Skipped(name, "a link that leads out of the folder"))
        elif not path.is_file():
            skipped.append(Skipped(name, "not a file"))
        else:
            found.append(Source(name, kind, path))
    if not found:
        raise CurateError(
            f"there are no texts in the folder {folder}",
            f"curate reads {_READABLE}, also in folders below; hidden files are left out",
        )
    return found


def _files_below(folder: Path, skipped: list[Skipped], top: Path) -> Iterator[Path]:
    for path in _listed(folder):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif path.is_symlink():
            skipped.append(Skipped(_name(path, top), "a link to a folder"))
        else:
            yield from _files_below(path, skipped, top)


def _listed(folder: Path) -> Iterable[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(folder, error) from error


def _name(path: Path, folder: Path) -> str:
    return (Path(folder.resolve().name) / path.relative_to(folder)).as_posix()


def _unreadable(path: Path, error: OSError) -> TextError:
    reason = (error.strerror or str(error)).lower()
    return TextError(f"{path} cannot be read: {reason}", "check its permissions")
