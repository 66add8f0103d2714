"""Add articles to a project: read, cut into sentences, propose candidates, store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.document import Document, MetaValue
from curate.project.activity import utc_now
from curate.project.added import AddResult, SourceReport, Stopped, not_all_added
from curate.project.admission import Admission, admit_annotations, fitting_candidates
from curate.project.reading import Observed, ReadingOptions, read
from curate.project.sources import Source, find_sources
from curate.store.intake import AddReport, Proposed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.candidates.engine import Producer
    from curate.formats.records import Record
    from curate.project.opening import Project

GIVEN = "given/1"
"""Producer under which candidates are kept that came with their document."""

LONGEST_SENTENCE = 20_000
"""Code points of a sentence in which candidates are proposed."""

Progress = Callable[[int, int, str], None]
"""Is told bytes done, bytes in all (0 if unknown), and what is being read."""


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How articles are added."""

    encoding: str | None = None
    """Of text files; None to conclude it from the bytes."""
    split: str = "auto"
    """How a file that holds several articles is cut: `auto`, `never`, `blank`."""
    separator: str | None = None
    """A line that stands between articles."""
    meta: Mapping[str, MetaValue] = field(default_factory=dict)
    """Metadata for documents that bring none of that name."""
    candidates: bool = True
    """Whether candidates are proposed."""

    @property
    def reading(self) -> ReadingOptions:
        """The part that says how sources are read."""
        return ReadingOptions(self.encoding, self.split, self.separator, self.meta)


def add(
    project: Project,
    paths: Sequence[Path],
    options: AddOptions | None = None,
    progress: Progress | None = None,
) -> AddResult:
    """Add what the paths name; `-` is standard input. Each file goes in wholly or not at all.

    A text that is in the project already is only counted. A file that cannot be read does not
    keep the others out: at the end `CurateError` names it and says what was added. When the disk
    fails or another program holds the project, and on Ctrl-C (`Stopped`), the file at hand is
    left out and the error says what is in.
    """
    sources, skipped = find_sources(paths)
    adding = _Adding(project, options or AddOptions(), progress or _silent, sources)
    with project.store.relaxed():
        result = replace(adding.run(), skipped=tuple(skipped))
    if adding.failed:
        raise not_all_added(adding.failed, result)
    return result


class _Adding:
    """One run over all sources."""

    def __init__(
        self,
        project: Project,
        options: AddOptions,
        progress: Progress,
        sources: Sequence[Source],
    ) -> None:
        self._project = project
        self._options = options
        self._progress = progress
        self._sources = sources
        self._intake = project.store.documents.intake(project.unit, at=utc_now())
        self._producer = _producer(project) if options.candidates else None
        self._sizes = [source.size for source in sources]
        self._result = AddResult()
        self.failed: list[tuple[Source, CurateError]] = []

    def run(self) -> AddResult:
        """Add source after source."""
        done, total = 0, sum(self._sizes)
        for source, size in zip(self._sources, self._sizes, strict=True):
            try:
                self._result += self._add(source, done, size, total)
            except KeyboardInterrupt:
                self._intake.discard()
                raise Stopped(source.name, self._result) from None
            except CurateError as error:
                self._intake.discard()
                if error.exit_code != CurateError.exit_code:
                    raise type(error)(
                        f"{error.message} ({self._result.so_far()})", error.remedy
                    ) from error
                self.failed.append((source, error))
            done += size
            self._progress(done, total, source.name)
        return self._result

    def _add(self, source: Source, done: int, size: int, total: int) -> AddResult:
        """Add one source whole; return what came of it."""
        observed = Observed()

        def position(part: float) -> None:
            self._progress(done + int(part * size), total, source.name)

        admission = Admission()
        is_annotated = False
        for record in read(source, self._options.reading, observed, position):
            is_annotated = is_annotated or bool(record.annotations)
            if self._intake.is_new(record.document):
                self._intake.add(record.document, self._proposed(record, source, admission))
        store = self._project.store
        with store.writing():
            report = self._intake.commit()
            if is_annotated:
                records = read(source, self._options.reading)
                admission += admit_annotations(self._project, source, records)
            store.quarantine.put(admission.strays, at=utc_now())
        return _result(source, observed, report, admission)

    def _proposed(self, record: Record, source: Source, admission: Admission) -> list[Proposed]:
        if record.candidates:
            kept = fitting_candidates(self._project.schema, source, record, admission)
            return [Proposed(GIVEN, kept)]
        if self._producer is None:
            return []
        found = self._producer.propose(_within_reason(record.document))
        return [Proposed(self._producer.version, found)]


def _within_reason(document: Document) -> Document:
    """The document without sentences too long to be any, on which a producer would only stall."""
    if all(len(s.span) <= LONGEST_SENTENCE for s in document.sentences):
        return document
    kept = tuple(s for s in document.sentences if len(s.span) <= LONGEST_SENTENCE)
    return replace(document, sentences=kept)


def _producer(project: Project) -> Producer:
    from curate.candidates.engine import rule_engine
    from curate.candidates.seeds import shipped_seeds

    return rule_engine(project.schema, shipped_seeds())


def _result(
    source: Source, observed: Observed, report: AddReport, admission: Admission
) -> AddResult:
    about = SourceReport(source.name, observed.encoding, observed.articles, observed.cues)
    return AddResult(
        sources=1,
        report=report,
        told=(about,) if about.is_worth_telling else (),
        annotations=admission.written,
        known_annotations=admission.known,
        kept_annotations=admission.kept,
        strays=len(admission.strays),
    )


def _silent(_done: int, _total: int, _what: str) -> None:
    """Nobody wants to know."""
