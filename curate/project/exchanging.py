"""Write a project in a format; each file is put in its place only when it is whole."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.formats.registry import FORMATS, Setting, format_named
from curate.project.records import ExportOptions, records
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from curate.formats.records import Record
    from curate.formats.registry import Format, OutFile
    from curate.project.opening import Project

__all__ = ["ExportOptions", "ExportReport", "export", "format_example", "known_formats"]


@dataclass(slots=True)
class ExportReport:
    """What went out."""

    documents: int = 0
    annotations: int = 0
    mentions: int = 0
    frames: int = 0
    candidates: int = 0
    files: list[str] = field(default_factory=list)

    def count(self, record: Record) -> None:
        """Add a record to the figures."""
        self.documents += 1
        self.annotations += len(record.annotations)
        self.mentions += sum(len(a.mentions) for a in record.annotations)
        self.frames += sum(len(a.frames) for a in record.annotations)
        self.candidates += len(record.candidates)

    def lines(self) -> list[str]:
        """The figures for a reader."""
        where = f" → {', '.join(self.files)}" if self.files else ""
        said = (
            f"{self.annotations:,} annotations with {self.mentions:,} mentions and "
            f"{self.frames:,} frames"
        )
        return [
            f"wrote {self.documents:,} documents, {said}, {self.candidates:,} candidates{where}"
        ]


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """A format as the command line lists it."""

    name: str
    description: str
    reads: bool
    writes: bool
    lossless: bool

    def as_json(self) -> dict[str, object]:
        """The entry as values that JSON can hold."""
        return {
            "name": self.name,
            "description": self.description,
            "read": self.reads,
            "write": self.writes,
            "lossless": self.lossless,
        }


def known_formats() -> list[KnownFormat]:
    """Every format, in the order of the registry."""
    return [
        KnownFormat(f.name, f.description, f.read is not None, f.write is not None, f.is_lossless)
        for f in FORMATS.values()
    ]


def format_example(name: str) -> str:
    """What the format's README says, and where its example lies."""
    readme = shipped("exports").joinpath(format_named(name).name, "README.md")
    if not readme.is_file():
        raise CurateError(f"{name} is only read, so there is no example of it", "`curate formats`")
    return readme.read_text(encoding="utf-8")


def export(
    project: Project,
    format_name: str,
    out: Path | None,
    options: ExportOptions | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> ExportReport:
    """Write the project in a format; without `out` to standard output.

    A format of several files goes into the folder `out`, or, where `out` is
    named like its first file, beside that file. Raises `CurateError` for a format
    that cannot be written or does not fit standard output.
    """
    chosen = format_named(format_name)
    if chosen.write is None:
        raise CurateError(f"{format_name} can be read but not written", "`curate formats`")
    if out is None and chosen.is_folder:
        raise CurateError(f"{format_name} writes several files", "name a folder with -o")
    report = ExportReport()
    going = _counted(project, options or ExportOptions(), report, progress)
    setting = Setting(project.schema, project.unit, project.path.name)
    for number, file in enumerate(chosen.write(going, setting)):
        if out is None:
            _to_stdout(file)
            continue
        target = _target(chosen, out, file, number)
        with _put_in_place(target) as handle:
            handle.writelines(file.content)
        report.files.append(str(target))
    return report


def _counted(
    project: Project,
    options: ExportOptions,
    report: ExportReport,
    progress: Callable[[int, int, str], None] | None,
) -> Iterator[Record]:
    total = project.store.documents.count()
    for record in records(project, options):
        report.count(record)
        if progress is not None:
            progress(report.documents, total, record.document.id)
        yield record


def _to_stdout(file: OutFile) -> None:
    sys.stdout.buffer.writelines(file.content)
    sys.stdout.buffer.flush()


def _target(chosen: Format, out: Path, file: OutFile, number: int) -> Path:
    if not chosen.is_folder:
        return out / file.name if out.is_dir() else out
    if out.suffix in chosen.suffixes and not out.is_dir():
        return out if number == 0 else out.with_name(f"{out.stem}.{file.name}")
    return out / file.name


@contextmanager
def _put_in_place(target: Path) -> Iterator[BinaryIO]:
    """Write beside the target and rename: the target is old or new, never half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.part{os.getpid()}")
    try:
        with draft.open("wb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        draft.replace(target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
