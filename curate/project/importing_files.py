"""The files that an import reads: one, a folder of them, or a zip archive."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from curate.errors import CurateError, FormatError, TextError
from curate.formats.archives import files_of, is_archive
from curate.formats.registry import InFile, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.formats.records import Record
    from curate.formats.registry import Format


def records_in(chosen: Format, path: Path, setting: Setting) -> Iterator[Record]:
    """The records of what a path names, in a format.

    In folders, hidden files are left out and no link is followed. Raises `CurateError` for what
    cannot be read, with its place.
    """
    if not chosen.reads:
        raise CurateError(f"{chosen.name} can be written but not read", "`curate formats`")
    if chosen.read_files is None and path.is_file() and not is_archive(path):
        yield from _lines(chosen, path, setting)
        return
    found = _of_kind(chosen, list(_files(path)), path)
    if chosen.read_files is not None:
        yield from chosen.read_files(found, setting)
    elif chosen.read is not None:
        for file in found:
            lines = file.content().splitlines(keepends=True)
            yield from chosen.read(lines, _named(setting, file.name))


def _lines(chosen: Format, path: Path, setting: Setting) -> Iterator[Record]:
    if chosen.read is None:
        return
    try:
        with path.open("rb") as handle:
            yield from chosen.read(handle, _named(setting, path.name))
    except OSError as error:
        raise _unreadable(path, error) from error


def _named(setting: Setting, name: str) -> Setting:
    return replace(setting, name=name)


def _of_kind(chosen: Format, files: list[InFile], path: Path) -> list[InFile]:
    """The files that the format may want; a file that was named is taken whatever its ending."""
    if path.is_file() and not is_archive(path):
        return files
    if chosen.read_files is not None:
        kept = files
        wanted = any(f.name.lower().endswith(chosen.suffixes) for f in files)
    else:
        kept = [f for f in files if f.name.lower().endswith(chosen.suffixes)]
        wanted = bool(kept)
    if not wanted:
        raise FormatError(
            f"there is no {' or '.join(chosen.suffixes)} file in {path.name}",
            f"`curate formats {chosen.name}` shows what the format looks like",
        )
    return kept


def _files(path: Path) -> Iterator[InFile]:
    if path.is_dir():
        yield from _below(path, path)
    elif not path.exists():
        raise TextError(f"there is no file {path}", "check the name, and where you are")
    elif is_archive(path):
        yield from files_of(path, path.name)
    else:
        yield from _with_partners(path)


def _with_partners(path: Path) -> Iterator[InFile]:
    """A file, and those beside it that are called alike: some formats say one thing in several."""
    for other in _listed(path.parent):
        alike = other.stem == path.stem or other.name.lower() == "typesystem.xml"
        if other == path or (alike and other.is_file() and not other.is_symlink()):
            yield InFile(other.name, partial(_content, other))


def _below(folder: Path, top: Path) -> Iterator[InFile]:
    for path in _listed(folder):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _below(path, top)
        elif path.is_file():
            yield InFile(path.relative_to(top).as_posix(), partial(_content, path))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(folder, error) from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> TextError:
    reason = (error.strerror or str(error)).lower()
    return TextError(f"{path} cannot be read: {reason}", "check its permissions")
