"""Zip archives as files, read with care: no bomb, no way out of the archive."""

from __future__ import annotations

import zipfile
from functools import partial
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError
from curate.formats.doors import InFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_FILES: Final = 200_000
LARGEST_FILE: Final = 512_000_000
"""Bytes that a file in an archive may have."""
LARGEST_ARCHIVE: Final = 4_000_000_000
"""Bytes that all files of an archive may have together."""
STEEPEST: Final = 200
"""How many times larger than its packed form a file may be, once it is larger than `HARMLESS`:
plain annotated text packs to a tenth, XML of annotations to a fortieth."""
HARMLESS: Final = 10_000_000


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive by its name."""
    return path.suffix.lower() == ".zip"


def files_of(path: Path, name: str) -> Iterator[InFile]:
    """The files of a zip archive, in the order of their names; nothing is written anywhere.

    Raises FormatError for what is no archive, is locked or would grow beyond measure.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise FormatError(f"{name} is no zip archive: {error}", "pack it anew") from error
    _check(entries, name)
    for entry in sorted(entries, key=lambda e: e.filename):
        inner = _inner_name(entry.filename)
        if inner is not None:
            yield InFile(f"{name}/{inner}", partial(_content, path, entry, name))


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    remedy = "unpack it yourself if you trust it, and import the folder"
    if len(entries) > MOST_FILES:
        raise FormatError(f"{name} holds {len(entries):,} files", remedy)
    whole = sum(e.file_size for e in entries)
    if whole > LARGEST_ARCHIVE:
        raise FormatError(f"{name} would grow to {whole:,} bytes", remedy)
    for entry in entries:
        if entry.flag_bits & 1:
            raise FormatError(f"{name}: {entry.filename[:80]} is locked", "unpack it yourself")
        steep = entry.file_size > max(entry.compress_size, 1) * STEEPEST
        if entry.file_size > LARGEST_FILE or (steep and entry.file_size > HARMLESS):
            raise FormatError(
                f"{name}: {entry.filename[:80]} would grow from {entry.compress_size:,} to "
                f"{entry.file_size:,} bytes",
                remedy,
            )


def _inner_name(name: str) -> str | None:
    """The name inside the archive; None for hidden files and what tries to lead out of it."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".")]
    if not parts or ".." in parts or parts[0] == "__MACOSX" or parts[-1].startswith("."):
        return None
    return "/".join(parts)


def _content(path: Path, entry: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of an entry: never more than it announced."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as handle:
            content = handle.read(entry.file_size + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise FormatError(f"{name}: {entry.filename[:80]}: {error}", "pack it anew") from error
    if len(content) > entry.file_size:
        raise FormatError(f"{name}: {entry.filename[:80]} is larger than it says", "pack it anew")
    return content
