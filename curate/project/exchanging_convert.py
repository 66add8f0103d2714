"""From one format to another, without a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import FormatError
from curate.formats.doors import joined
from curate.formats.registry import Setting, format_named, format_of
from curate.formats.renaming import Renames, renamed_record, renames
from curate.model.item import ItemUnit
from curate.project.exchanging import ExportReport, write_records
from curate.project.importing_files import records_in
from curate.project.opening import read_schema
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.formats.records import Record
    from curate.formats.registry import Format
    from curate.model.schema import EventSchema


@dataclass(frozen=True, slots=True)
class ConvertOptions:
    """How a file is carried from one format into another."""

    source_format: str | None = None
    """None for the one that the file's name ends like."""
    schema: Path | None = None
    """None for the default schema."""
    unit: str = "sentence"
    annotator: str | None = None
    renames: Sequence[str] = field(default_factory=tuple)
    """`old=new`, as `curate import` takes them."""


def convert(
    source: Path, format_name: str, out: Path | None, options: ConvertOptions | None = None
) -> ExportReport:
    """Read a file, folder or archive and write it in a format; what is left out is told.

    Documents without sentences are cut into sentences.
    """
    options = options or ConvertOptions()
    chosen = _format(source, options)
    schema = read_schema(options.schema)
    names = renames(options.renames)
    setting = Setting(
        schema, ItemUnit(options.unit), source.name, annotator=options.annotator, names=names
    )
    report = ExportReport()
    coming = _records(chosen, source, setting, names, report)
    written = write_records(format_name, coming, _fresh(setting, schema), out)
    written.told = report.told
    return written


def _fresh(setting: Setting, schema: EventSchema) -> Setting:
    return Setting(schema, setting.unit, setting.name)


def _format(source: Path, options: ConvertOptions) -> Format:
    if options.source_format is not None:
        return format_named(options.source_format)
    found = format_of(source.name)
    if found is None:
        raise FormatError(
            f"the name {source.name} does not tell its format", "say it with --from FORMAT"
        )
    return found


def _records(
    chosen: Format, source: Path, setting: Setting, names: Renames, report: ExportReport
) -> Iterator[Record]:
    left: dict[str, int] = {}
    for record in joined(records_in(chosen, source, setting)):
        for misfit in record.misfits:
            left[misfit.reason] = left.get(misfit.reason, 0) + 1
        document = record.document
        if not document.sentences:
            document = replace(document, sentences=segment(document.text))
        yield renamed_record(replace(record, document=document, misfits=()), names)
    report.told += [f"not read, {number:,} ×: {reason}" for reason, number in left.items()]
