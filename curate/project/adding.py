"""Add articles to a project: read, cut into sentences, propose candidates, store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.document import MetaValue
from curate.project.activity import utc_now
from curate.project.added import AddResult, SourceReport, Stopped, not_all_added
from curate.project.admission import Admission, admit_annotations, fitting_candidates
from curate.project.curating import missing_metadata, required_metadata
from curate.project.proposing import Here, Offer, proposer, recipe_of
from curate.project.reading import Observed, ReadingOptions, read
from curate.project.reproposing import GIVEN
from curate.project.searching import keep_up
from curate.project.sources import Source, find_sources
from curate.store.intake import AddReport, Proposed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from curate.formats.records import Record
    from curate.project.engines import OnDask
    from curate.project.opening import Project
    from curate.project.proposing import Proposer

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
    cluster: OnDask | None = None,
) -> AddResult:
    """Add what the paths name; `-` is standard input. Each file goes in wholly or not at all.

    A text that is in the project already is only counted. A file that cannot be read does not
    keep the others out: at the end `CurateError` names it and says what was added. When the disk
    fails or another program holds the project, and on Ctrl-C (`Stopped`), the file at hand is
    left out and the error says what is in.
    """
    sources, skipped = find_sources(paths)
    adding = _Adding(project, options or AddOptions(), progress or _silent, sources)
    if cluster is not None and adding.proposes:
        adding.proposer = cluster.proposer(recipe_of(project, adding.size))
    with project.store.relaxed(), adding.proposer:
        result = replace(adding.run(), skipped=tuple(skipped))
        keep_up(project)
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
        self._sizes = [source.size for source in sources]
        self.proposes = options.candidates
        self.size = sum(self._sizes)
        self.proposer: Proposer = proposer(project, self.size) if self.proposes else Here(None)
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
        records = read(source, self._options.reading, observed, position)
        is_annotated = self._take_in(source, records, admission)
        store = self._project.store
        with store.writing():
            report = self._intake.commit()
            if is_annotated:
                records = read(source, self._options.reading)  # again: they need no memory so
                admission += admit_annotations(self._project, source, records)
            store.quarantine.put(admission.strays, at=utc_now())
        return _result(source, observed, report, admission)

    def _take_in(self, source: Source, records: Iterator[Record], admission: Admission) -> bool:
        """Take every new document in; return whether any document came with annotations."""
        is_annotated = False
        required = required_metadata(self._project)

        def claimed() -> Iterator[Offer]:
            nonlocal is_annotated
            for number, record in enumerate(records, 1):
                _check_metadata(source, number, record, required)
                is_annotated = is_annotated or bool(record.annotations or record.threads)
                if self._intake.claim(record.document):
                    yield record.document, self._given(source, record, admission)

        with closing(self.proposer.each(claimed())) as offers:
            for document, proposal in offers:
                self._intake.add(document, [] if proposal is None else [proposal])
        return is_annotated

    def _given(self, source: Source, record: Record, admission: Admission) -> Proposed | None:
        """The candidates that came with a document, if any did."""
        if not record.candidates:
            return None
        kept = fitting_candidates(self._project.schema, source, record, admission)
        return Proposed.of(GIVEN, kept)


def _check_metadata(source: Source, number: int, record: Record, required: tuple[str, ...]) -> None:
    missing = missing_metadata(record.document, required)
    if missing:
        raise CurateError(
            f"{source.name}: document {number} has no {', '.join(missing)}, which this project "
            "asks for",
            "give it for all with --" + " --".join(missing)
            if set(missing) <= {"source", "date", "licence"}
            else f"give it for all with --meta {missing[0]}=…, or in the file",
        )


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
