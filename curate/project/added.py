"""What came of adding articles, as values and as words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.project.sources import Skipped, Source
from curate.store.intake import AddReport

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 5
"""How many files are named before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What is worth telling about one source."""

    name: str
    encoding: str | None = None
    """The encoding that was concluded from the bytes alone."""
    articles: int = 0
    """How many articles it was cut into, if more than one."""
    cues: tuple[str, ...] = ()
    """What showed where they begin."""

    @property
    def is_worth_telling(self) -> bool:
        """Whether anything was concluded that the user may want to correct."""
        return self.encoding is not None or self.articles > 1


@dataclass(frozen=True, slots=True)
class AddResult:
    """What came of adding sources."""

    sources: int = 0
    """Sources that were read and are in."""
    report: AddReport = field(default_factory=AddReport)
    told: tuple[SourceReport, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    annotations: int = 0
    """Annotations that came with documents and were written."""
    known_annotations: int = 0
    kept_annotations: int = 0
    """Annotations left out because their annotator says something else in the project."""
    strays: int = 0
    """Documents with something that does not fit the schema, now in quarantine."""

    def __add__(self, other: AddResult) -> AddResult:
        return AddResult(
            self.sources + other.sources,
            self.report + other.report,
            self.told + other.told,
            self.skipped + other.skipped,
            self.annotations + other.annotations,
            self.known_annotations + other.known_annotations,
            self.kept_annotations + other.kept_annotations,
            self.strays + other.strays,
        )

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        report = self.report
        return {
            "sources": self.sources,
            "documents": report.documents,
            "duplicates": report.duplicates,
            "sentences": report.sentences,
            "boilerplate": report.boilerplate,
            "items": report.items,
            "candidates": report.candidates,
            "annotations": self.annotations,
            "annotations_known": self.known_annotations,
            "annotations_kept": self.kept_annotations,
            "quarantined": self.strays,
            "encodings": {s.name: s.encoding for s in self.told if s.encoding},
            "articles": {s.name: s.articles for s in self.told if s.articles},
            "skipped": {s.name: s.reason for s in self.skipped},
        }

    def so_far(self) -> str:
        """What is in, in a few words."""
        if not self.sources:
            return "nothing was added"
        return (
            f"{_count(self.sources, 'file')} with {_count(self.report.documents, 'new document')} "
            f"went in before"
        )

    def lines(self) -> list[str]:
        """What happened, for a reader."""
        return [
            *self._added(),
            *self._annotation_lines(),
            *_few([_cut(s) for s in self.told if s.articles], "files with several articles"),
            *_few([_read_as(s) for s in self.told if s.encoding], "files in a guessed encoding"),
            *_few([f"left out {s.name}: {s.reason}" for s in self.skipped], "files left out"),
        ]

    def _added(self) -> list[str]:
        report = self.report
        if not report.documents:
            return [f"nothing added: {_count(report.duplicates, 'text')} there already"]
        parts = [
            _count(report.documents, "document"),
            f"{_count(report.sentences, 'sentence')} ({report.boilerplate:,} of boilerplate)",
            _count(report.items, "item"),
            _count(report.candidates, "candidate"),
        ]
        known = f"{_count(report.duplicates, 'text')} there already, not added again"
        return [f"added {', '.join(parts)}", *([known] if report.duplicates else [])]

    def _annotation_lines(self) -> list[str]:
        lines = {
            f"{_count(self.annotations, 'annotation')} came with them": self.annotations,
            f"{_count(self.known_annotations, 'annotation')} there already": (
                self.known_annotations
            ),
            f"{_count(self.kept_annotations, 'annotation')} left out: their annotator says "
            "something else in this project": self.kept_annotations,
            f"{_count(self.strays, 'document')} with parts that do not fit; they are kept in "
            "quarantine": self.strays,
        }
        return [line for line, count in lines.items() if count]


class Stopped(CurateError):
    """The user broke off; the project is consistent."""

    exit_code = 130

    def __init__(self, source: str, result: AddResult) -> None:
        super().__init__(
            f"stopped at {source}, which is not in; {result.so_far()}",
            "add the same again to go on: what is in is only counted",
        )


def not_all_added(failed: Sequence[tuple[Source, CurateError]], result: AddResult) -> CurateError:
    """The error that tells which sources could not be added, and what was."""
    first = failed[0][1]
    if len(failed) == 1 and not result.sources:
        return first
    named = [f"\n  {error.message}" for _, error in failed[:_SHOWN]]
    more = len(failed) - _SHOWN
    rest = [f"\n  … and {more:,} more"] if more > 0 else []
    said = f"{_count(len(failed), 'file')} could not be added, {_count(result.sources, 'other')} "
    added = f"{_count(result.report.documents, 'new document')}"
    return type(first)(
        f"{said}could ({added}):" + "".join(named + rest),
        f"mend or remove what is named and add again: what is in is only counted. "
        f"{first.remedy or ''}".strip(),
    )


def _cut(source: SourceReport) -> str:
    cues = ", ".join(source.cues[:3])
    return f"{source.name}: {source.articles} articles ({cues}); `--split never` keeps it whole"


def _read_as(source: SourceReport) -> str:
    return f"{source.name}: read as {source.encoding}; `--encoding` settles it if that is wrong"


def _few(lines: list[str], what: str) -> list[str]:
    """The first lines, and how many there are if that is not all."""
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[:_SHOWN], f"… {len(lines):,} {what} in all"]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
