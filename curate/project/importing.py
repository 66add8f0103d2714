"""Bring annotations of another tool in: documents matched, labels renamed, misfits kept aside."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from curate.errors import FormatError
from curate.formats.layers import NOBODY, Layer, divided, layers_of, shifted
from curate.formats.records import Record
from curate.formats.registry import Setting, format_named
from curate.formats.renaming import Renames, renamed_record, renames
from curate.formats.tally import KINDS, Tally
from curate.model.annotation import Annotation, Status
from curate.model.change import applied, difference
from curate.model.document import Document, document_id
from curate.model.ids import new_id
from curate.project.activity import utc_now
from curate.project.admission import Admission, admit_threads, fitting_candidates
from curate.project.importing_files import records_in
from curate.project.importing_fit import fitted
from curate.project.proposing import Here, proposer
from curate.project.reproposing import GIVEN
from curate.project.sources import Kind, Source
from curate.store.intake import AddReport, Proposed
from curate.store.journal import Decision
from curate.store.quarantine import Stray
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from curate.formats.records import Misfit
    from curate.model.item import Item
    from curate.project.opening import Project
    from curate.project.proposing import Offer

__all__ = ["ImportOptions", "ImportReport", "import_path", "renames"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file of another tool is taken in."""

    annotator: str | None = None
    """Who it is put down to; None for whom the file names."""
    renames: Renames = field(default_factory=Renames)
    candidates: bool = True
    """Whether candidates are proposed for new documents."""


@dataclass(slots=True)
class ImportReport:
    """What came of an import."""

    documents: AddReport = field(default_factory=AddReport)
    annotations: int = 0
    """Annotations of items that were written."""
    known: int = 0
    """Those that were in the project already, just so."""
    kept: int = 0
    """Those left out because their annotator says something else in the project."""
    written: Tally = field(default_factory=Tally)
    quarantined: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    """Why something went to quarantine → how often."""

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return {
            "documents": self.documents.documents,
            "documents_known": self.documents.duplicates,
            "annotations": self.annotations,
            "annotations_known": self.known,
            "annotations_kept": self.kept,
            "mentions": self.written.given["mentions"],
            "frames": self.written.given["frames"],
            "arguments": self.written.given["arguments"],
            "links": self.written.given["links"],
            "quarantined": self.quarantined,
            "reasons": self.reasons,
        }

    def lines(self) -> list[str]:
        """What happened, for a reader."""
        new, given = self.documents, self.written.given
        told = ", ".join(f"{given[kind]:,} {kind}" for kind in KINDS[1:-2] if given[kind])
        lines = [
            f"{new.documents:,} new documents, {new.duplicates:,} there already",
            f"wrote {self.annotations:,} annotations" + (f" with {told}" if told else ""),
        ]
        if self.known:
            lines.append(f"{self.known:,} annotations there already, not written again")
        if self.kept:
            lines.append(
                f"{self.kept:,} annotations left out: their annotator says something else here "
                "(`--as NAME` puts them down to another)"
            )
        if self.quarantined:
            lines.append(f"{self.quarantined:,} parts do not fit; they are kept in quarantine:")
            shown = sorted(self.reasons.items(), key=lambda entry: (-entry[1], entry[0]))
            lines += [f"  {number:,} × {reason}" for reason, number in shown[:8]]
        return lines


def import_path(
    project: Project,
    format_name: str,
    path: Path,
    options: ImportOptions | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> ImportReport:
    """Take in what a file, folder or archive of a format says; wholly or, on an error, not at all.

    A document is matched by its text, a task of Label Studio by the place that it names; others
    are added. What an annotator has already said is never changed. The same file taken in twice
    changes nothing.
    """
    return _Importing(project, format_name, path, options or ImportOptions(), progress).run()


class _Importing:
    """One import: read once for the documents, once more for the annotations."""

    def __init__(
        self,
        project: Project,
        format_name: str,
        path: Path,
        options: ImportOptions,
        progress: Callable[[int, int, str], None] | None,
    ) -> None:
        self._project = project
        self._format = format_named(format_name)
        self._path = path
        self._options = options
        self._progress = progress
        self._done = 0
        self._report = ImportReport()
        self._strays: dict[Stray, None] = {}
        self._met: set[str] = set()
        """Ids of documents that were in the project already."""
        self._known_ids = frozenset(project.store.documents.ids())

    def _records(self) -> Iterator[Record]:
        name = self._options.annotator
        setting = Setting(
            self._project.schema,
            self._project.unit,
            self._path.name,
            annotator=name,
            names=self._options.renames,
        )
        for record in records_in(self._format, self._path, setting):
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, 0, record.document.id)
            named = renamed_record(record, self._options.renames)
            if name is not None:
                owned = tuple(replace(a, annotator=name) for a in named.annotations)
                named = replace(named, annotations=owned)
            yield named

    def run(self) -> ImportReport:
        """Take everything in."""
        store = self._project.store
        intake = store.documents.intake(self._project.unit, at=utc_now())
        proposing = proposer(self._project, 0) if self._options.candidates else Here(None)
        try:
            with proposing:
                self._take_in(proposing.each, intake.claim, intake.add)
                with store.writing():
                    met = AddReport(duplicates=len(self._met))
                    self._report.documents = intake.commit() + met
                    for record in self._records():
                        self._admit(record)
                    self._put_aside()
        finally:
            intake.discard()
        return self._report

    def _take_in(
        self,
        propose: Callable[[Iterable[Offer]], Generator[Offer]],
        claim: Callable[[Document], bool],
        add: Callable[[Document, list[Proposed]], None],
    ) -> None:
        """Take every new document in; whatever cannot be read is an error here already."""

        def claimed() -> Iterator[Offer]:
            for record in self._records():
                place = self._place(record)
                if place is not None:
                    self._met.add(place[0])
                else:
                    document = _claimed(record.document, claim)
                    if document is not None:
                        yield document, self._given(record)

        with closing(propose(claimed())) as offers:
            for document, proposal in offers:
                add(document, [] if proposal is None else [proposal])

    def _given(self, record: Record) -> Proposed | None:
        """The candidates that came with a document, if any did."""
        if not record.candidates:
            return None
        admission = Admission()
        source = Source(self._path.name, Kind.JSONL)
        kept = fitting_candidates(self._project.schema, source, record, admission)
        for stray in admission.strays:
            self._aside(stray)
        return Proposed.of(GIVEN, kept)

    def _place(self, record: Record) -> tuple[str, int] | None:
        """The document that a record speaks of, and where in it the record's text begins."""
        documents, meta = self._project.store.documents, record.document.meta
        known = documents.id_of_text(record.document.sha256)
        if known is not None:
            return known, 0
        name, start = meta.get("document"), meta.get("start")
        if isinstance(name, str) and isinstance(start, int) and name in self._known_ids:
            text = documents.get(name).text
            if text.startswith(record.document.text, start):
                return name, start
        return None

    def _admit(self, record: Record) -> None:
        """Write what a record's annotators say."""
        place = self._place(record)
        for misfit in record.misfits:
            self._misfit(record, misfit)
        if place is None:
            return
        name, start = place
        if start == 0:
            admit_threads(self._project, name, record)
        items = self._project.store.items.of_document(name)
        for layer in layers_of(record):
            if layer.annotator != NOBODY:
                self._admit_layer(record, layer, start, items)

    def _admit_layer(self, record: Record, layer: Layer, start: int, items: list[Item]) -> None:
        whole = Annotation(
            layer.annotator, layer.whole, Status.DONE, layer.mentions, layer.frames, layer.links
        )
        parts = [shifted(part, start) for part in layer.parts]
        meant = [i for i in items if any(p.item.overlaps(i.span) for p in parts)]
        made, strays = divided(shifted(whole, start), [item.span for item in meant])
        for misfit in strays:
            self._misfit(record, misfit)
        for item, cut in zip(meant, made, strict=True):
            fit, misfits = fitted(_with_state(cut, parts), self._project.schema)
            for misfit in misfits:
                self._misfit(record, misfit)
            self._write(item, fit)

    def _write(self, item: Item, annotation: Annotation) -> None:
        """Write the annotation of one item, unless its annotator has said something already."""
        store, report = self._project.store, self._report
        blank = Annotation(annotation.annotator, item.span)
        change = difference(blank, annotation)
        if not change:
            return
        wanted = applied(blank, change)
        present = store.annotations.get(item.id, annotation.annotator)
        if present == wanted:
            report.known += 1
        elif present != blank:
            report.kept += 1
        else:
            row = Decision(
                new_id(), annotation.annotator, item.id, "import", change, 0.0, 0, utc_now(),
                undoable=False,
            )  # fmt: skip
            store.journal.write(row)
            report.annotations += 1
            report.written.give(Record(_NO_DOCUMENT, (wanted,)))

    def _misfit(self, record: Record, misfit: Misfit) -> None:
        payload = misfit.content
        if not isinstance(payload, str):
            payload = msgspec.json.encode(payload, enc_hook=repr).decode()
        place = f"document {record.document.id}"
        self._aside(Stray(self._path.name, place, misfit.reason, payload))

    def _aside(self, stray: Stray) -> None:
        self._strays[stray] = None

    def _put_aside(self) -> None:
        """Put what does not fit into quarantine, but for what waits there already."""
        quarantine = self._project.store.quarantine
        waiting = set(quarantine.unsettled().values())
        fresh = [stray for stray in self._strays if stray not in waiting]
        quarantine.put(fresh, at=utc_now())
        self._report.quarantined = len(fresh)
        self._report.reasons = dict(Counter(_kind_of(stray.reason) for stray in fresh))


_NO_DOCUMENT = Document("", "")


def _claimed(document: Document, claim: Callable[[Document], bool]) -> Document | None:
    """The document as it goes in, with sentences; None for a text that is there already."""
    with_sentences = replace(document, sentences=document.sentences or segment(document.text))
    try:
        return with_sentences if claim(with_sentences) else None
    except FormatError:  # another text has its id
        renamed = replace(
            with_sentences,
            id=document_id(document.text),
            meta={**document.meta, "imported_id": document.id},
        )
        return renamed if claim(renamed) else None


def _with_state(annotation: Annotation, parts: list[Annotation]) -> Annotation:
    """The annotation with the state of the part that it was, or else of one that holds it."""
    same = next((p for p in parts if p.item == annotation.item), None)
    if same is not None:
        return replace(
            annotation, status=same.status, note=same.note, reason=same.reason, fates=same.fates
        )
    around = next((p for p in parts if p.item.covers(annotation.item)), None)
    status = Status.DONE if around is None else around.status
    first = around is not None and around.item.start == annotation.item.start
    note = around.note if around is not None and first else None
    return replace(annotation, status=status, note=note)


def _kind_of(reason: str) -> str:
    """A reason without the names in it that would make each one different."""
    return re.sub(r"\b[TER]?\d[\w.–-]*", "…", reason)
