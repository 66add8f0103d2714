"""Stages without a project: texts in, curate JSONL out; candidates measured against gold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from curate.candidates.evaluation import TOTAL, Report, Tally, calibration_error
from curate.candidates.warm import producer_for
from curate.errors import CurateError
from curate.formats.jsonl import write_records
from curate.project.opening import read_schema
from curate.project.reading import ReadingOptions, read
from curate.project.shortening import within_reason
from curate.project.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curate.candidates.engine import Producer
    from curate.formats.records import Record
    from curate.model.annotation import Annotation


def segmented(
    paths: Sequence[Path], *, encoding: str | None = None, split: str = "auto"
) -> Iterator[bytes]:
    """Each article as a line of curate JSONL, cut into sentences."""
    return write_records(_read(paths, ReadingOptions(encoding, split)))


def suggested(
    paths: Sequence[Path],
    *,
    encoding: str | None = None,
    split: str = "auto",
    schema: Path | None = None,
    date: str | None = None,
) -> Iterator[bytes]:
    """The same with candidates; relative dates count from `date` where a text has none."""
    options = ReadingOptions(encoding, split, meta={} if date is None else {"date": date})
    producer = _producer(schema)
    return write_records(
        replace(record, candidates=producer.propose(within_reason(record.document)))
        for record in _read(paths, options)
    )


def _read(paths: Sequence[Path], options: ReadingOptions) -> Iterator[Record]:
    sources, _ = find_sources(paths)
    for source in sources:
        yield from read(source, options)


def _producer(schema: Path | None) -> Producer:
    return producer_for(read_schema(schema))


@dataclass(frozen=True, slots=True)
class Figures:
    """What an evaluation found."""

    documents: int
    items: int
    report: Report

    def as_json(self) -> dict[str, object]:
        """Every measure; the key `all` stands for all types together."""
        report = self.report
        tallies = {
            "mentions_strict": report.mentions_strict,
            "mentions_overlap": report.mentions_overlap,
            "triggers_strict": report.triggers_strict,
            "triggers_overlap": report.triggers_overlap,
            "arguments": report.arguments,
            "frames_unchanged": report.frames,
            "frames_unchanged_with_attributes": report.frames_with_attributes,
        }
        return {
            "documents": self.documents,
            "items": self.items,
            **{name: _measures(of) for name, of in tallies.items()},
            "calibration_error": {
                "mentions": calibration_error(report.mention_bins),
                "frames": calibration_error(report.frame_bins),
            },
        }

    def table(self) -> str:
        """The measures for a reader, types in order of their number in gold."""
        parts = [f"{self.documents} documents, {self.items} items"]
        for title, of in (
            ("mentions, exact span and type", self.report.mentions_strict),
            ("triggers, exact span and type", self.report.triggers_strict),
            ("arguments, role and filler", self.report.arguments),
            ("frames right as they are", self.report.frames),
        ):
            parts += ["", f"{title:<32} gold  proposed    P     R     F1"]
            parts += [_row(name or "all", tally) for name, tally in _by_number(of)]
        errors = (
            calibration_error(self.report.mention_bins),
            calibration_error(self.report.frame_bins),
        )
        parts += ["", "calibration error: mentions {:.3f}, frames {:.3f}".format(*errors)]
        return "\n".join(parts)


def evaluated(
    gold: Sequence[Path],
    *,
    annotator: str | None = None,
    only: Path | None = None,
    schema: Path | None = None,
) -> Figures:
    """Propose candidates for gold documents and measure them.

    The truth is the annotator of that name, or the only one a document has.
    """
    producer = _producer(schema)
    wanted = None if only is None else set(only.read_text(encoding="utf-8").split())
    report, documents, items = Report(), 0, 0
    for record in _read(gold, ReadingOptions()):
        if wanted is not None and record.document.id not in wanted:
            continue
        truth = _truth(record, annotator)
        report.add(truth, producer.propose(within_reason(record.document)))
        documents, items = documents + 1, items + len(truth)
    if not documents:
        raise CurateError("there is no document to measure on", "check the file and --only")
    return Figures(documents, items, report)


def _truth(record: Record, annotator: str | None) -> list[Annotation]:
    names = sorted({a.annotator for a in record.annotations})
    if annotator is None and len(names) != 1:
        raise CurateError(
            f"document {record.document.id} has {len(names)} annotators: {', '.join(names)}",
            "say with --by whose annotations are the truth",
        )
    chosen = names[0] if annotator is None else annotator
    if chosen not in names:
        raise CurateError(
            f"document {record.document.id} has no annotation by {chosen}",
            f"it has {', '.join(names) or 'none'}",
        )
    return [a for a in record.annotations if a.annotator == chosen]


def _measures(tallies: Mapping[str, Tally]) -> dict[str, dict[str, float]]:
    return {
        name or "all": {
            "gold": t.gold,
            "proposed": t.proposed,
            "right": t.right,
            "precision": t.precision,
            "recall": t.recall,
            "f1": t.f1,
        }
        for name, t in _by_number(tallies)
    }


def _by_number(tallies: Mapping[str, Tally]) -> Iterable[tuple[str, Tally]]:
    return sorted(tallies.items(), key=lambda pair: (pair[0] != TOTAL, -pair[1].gold, pair[0]))


def _row(name: str, tally: Tally) -> str:
    measures = f"{tally.precision:>6.2f}{tally.recall:>6.2f}{tally.f1:>6.2f}"
    return f"  {name:<30}{tally.gold:>5}{tally.proposed:>9} {measures}"
