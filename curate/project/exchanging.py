"""Write a project in a format; each file is put in its place only when all add up."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from curate.errors import CurateError
from curate.formats.registry import FORMATS, Setting, format_named
from curate.formats.tally import Tally, counted
from curate.project.gold import gold_state
from curate.project.records import ExportOptions, records
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from curate.formats.records import Record
    from curate.formats.registry import Format, OutFile
    from curate.project.opening import Project

__all__ = [
    "ExportOptions",
    "ExportReport",
    "export",
    "format_example",
    "known_formats",
    "write_records",
]

_SHOWN = 4
"""How many files are named before the rest is only counted."""


@dataclass(slots=True)
class ExportReport:
    """What went out, and what did not."""

    tally: Tally = field(default_factory=Tally)
    files: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What else is worth telling, in words."""

    def lines(self) -> list[str]:
        """The figures for a reader."""
        head, *rest = self.tally.lines()
        if len(self.files) > _SHOWN:
            where = f" → {len(self.files):,} files in {os.path.commonpath(self.files)}"
        else:
            where = f" → {', '.join(self.files)}" if self.files else ""
        return [*self.told, head + where, *rest]

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return {**self.tally.as_json(), "files": self.files}


@dataclass(frozen=True, slots=True)
class KnownFormat:
    """A format as the command line lists it."""

    name: str
    description: str
    reads: bool
    writes: bool
    lossless: bool
    keeps: tuple[str, ...] = ()
    """Kinds of which an export never drops one."""
    loses: tuple[str, ...] = ()
    needs: str | None = None
    """A package beyond curate itself."""

    def as_json(self) -> dict[str, object]:
        """The entry as values that JSON can hold."""
        return {
            "name": self.name,
            "description": self.description,
            "read": self.reads,
            "write": self.writes,
            "lossless": self.lossless,
            "keeps": list(self.keeps),
            "loses": list(self.loses),
            "needs": self.needs,
        }


def known_formats() -> list[KnownFormat]:
    """Every format, in the order of the registry."""
    return [
        KnownFormat(
            f.name,
            f.description,
            f.reads,
            f.write is not None,
            f.is_lossless,
            tuple(sorted(f.keeps)),
            (*(f"{kind}: {reason}" for kind, reason in f.omits.items()), *f.loses),
            f.needs,
        )
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
    that cannot be written or does not fit standard output, and when what was
    written is not what the project holds.
    """
    options = options or ExportOptions()
    total = project.store.documents.count()
    going = _watched(records(project, options), total, progress)
    setting = Setting(project.schema, project.unit, project.path.name)
    report = write_records(format_name, going, setting, out)
    if options.gold:
        state = gold_state(project)
        report.told.append(
            f"gold: {state.resolved:,} items resolved, {state.partly:,} with open cases "
            f"({state.cases:,}), {state.missing:,} without gold"
        )
    return report


def write_records(
    format_name: str, coming: Iterable[Record], setting: Setting, out: Path | None
) -> ExportReport:
    """Write records in a format, to a file or folder or to standard output, and count them."""
    chosen = format_named(format_name)
    if chosen.write is None:
        raise CurateError(f"{format_name} can be read but not written", "`curate formats`")
    if out is None and chosen.is_folder:
        raise CurateError(f"{format_name} writes several files", "name a folder with -o")
    if out is not None and chosen.is_folder and not chosen.has_fixed_files and out.is_file():
        raise CurateError(f"{out} is a file, and {format_name} writes many", "name a folder")
    report = ExportReport(setting.tally)
    files = chosen.write(counted(coming, setting.tally, chosen.omits), setting)
    if out is None:
        for file in files:
            _to_stdout(file)
        setting.tally.check(chosen.name, chosen.keeps)
        return report
    with _Drafts(is_single=not chosen.is_folder) as drafts:
        for number, file in enumerate(files):
            drafts.write(_target(chosen, out, file, number), file.content)
        setting.tally.check(chosen.name, chosen.keeps)
        report.files = drafts.put_in_place()
    return report


def _watched(
    coming: Iterable[Record], total: int, progress: Callable[[int, int, str], None] | None
) -> Iterator[Record]:
    for done, record in enumerate(coming, 1):
        if progress is not None:
            progress(done, total, record.document.id)
        yield record


def _to_stdout(file: OutFile) -> None:
    sys.stdout.buffer.writelines(file.content)
    sys.stdout.buffer.flush()


def _target(chosen: Format, out: Path, file: OutFile, number: int) -> Path:
    if not chosen.is_folder:
        return out / file.name if out.is_dir() else out
    if chosen.has_fixed_files and out.name.endswith(chosen.suffixes) and not out.is_dir():
        return out if number == 0 else out.with_name(f"{out.stem}.{Path(file.name).name}")
    return out / file.name


class _Drafts:
    """Files written beside their targets: each target is old or new, never half."""

    def __init__(self, *, is_single: bool) -> None:
        self._is_single = is_single
        self._drafts: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for draft in self._drafts.values():
            with suppress(FileNotFoundError):
                draft.unlink()

    def write(self, target: Path, content: Iterable[bytes]) -> None:
        """Write a draft whole; two files of one name are an error."""
        if target in self._drafts:
            raise CurateError(
                f"two files are called {target.name}", "name a folder, not a file, with -o"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.part{os.getpid()}")
        self._drafts[target] = draft
        with draft.open("wb") as handle:
            handle.writelines(content)
            if self._is_single:  # thousands of small files would take minutes
                handle.flush()
                os.fsync(handle.fileno())

    def put_in_place(self) -> list[str]:
        """Rename every draft to its target, in the order they were written."""
        for target, draft in self._drafts.items():
            draft.replace(target)
        return [str(target) for target in self._drafts]
