"""Agreement between the annotators of a project, or of files in curate JSONL."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from curate.agreement.collect import Selection
from curate.agreement.evidence import Difference, Instance, Outcome, Place, Question
from curate.agreement.intervals import RESAMPLES, SEED, Drawing
from curate.agreement.pairing import Atom
from curate.agreement.showing import as_json, table
from curate.agreement.states import DocumentWork, Work
from curate.errors import CurateError, FormatError
from curate.formats.jsonl import read_records
from curate.model.annotation import Annotation, Status
from curate.project.comparing import Comparison
from curate.project.opening import read_schema
from curate.project.sources import STANDARD_INPUT, Kind, Source, find_sources
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curate.agreement.report import Report
    from curate.formats.records import Record
    from curate.model.annotation import Frame
    from curate.model.schema import EventSchema
    from curate.model.span import Span
    from curate.project.opening import Project

__all__ = [
    "AgreementOptions",
    "Atom",
    "Comparison",
    "Difference",
    "Instance",
    "Outcome",
    "Place",
    "Question",
    "agreement_of_files",
    "agreement_of_project",
    "as_json",
    "compare_files",
    "compare_project",
    "drawing",
    "table",
]


@dataclass(frozen=True, slots=True)
class AgreementOptions:
    """What is compared, and how intervals are drawn."""

    annotators: frozenset[str] = frozenset()
    """Whose work; empty for everybody's."""
    types: frozenset[str] = frozenset()
    """Mentions and frames of which types; empty for all."""
    documents: frozenset[str] = frozenset()
    """Ids of documents; empty for all."""
    statuses: frozenset[str] = frozenset({Status.DONE.value})
    """Items in which status count as done."""
    drawing: Drawing = field(default_factory=Drawing)

    def takes(self, annotator: str) -> bool:
        """Whether that annotator's work is compared."""
        return not self.annotators or annotator in self.annotators


def drawing(resamples: int | None, seed: int | None) -> Drawing:
    """How documents are drawn, with the usual values for what is None."""
    return Drawing(RESAMPLES if resamples is None else resamples, SEED if seed is None else seed)


@dataclass(slots=True)
class _Text:
    """A document, and all that was said of it, with the file that said it."""

    text: str
    said: list[tuple[str, Work]] = field(default_factory=list)


def agreement_of_project(project: Project, options: AgreementOptions) -> Report:
    """The report of `compare_project` alone."""
    return compare_project(project, options).report


def agreement_of_files(
    paths: Sequence[Path], options: AgreementOptions, schema: Path | None = None
) -> Report:
    """The report of `compare_files` alone."""
    return compare_files(paths, options, schema).report


def compare_project(project: Project, options: AgreementOptions) -> Comparison:
    """Compare the annotators of a project; the comparison needs the project to stay open.

    Raises `CurateError` for a name, type or document that the project does not have.
    """
    store = project.store
    _check(options.annotators, store.annotations.annotators(), "annotator", "by")
    _check_types(options.types, project.schema, frozenset())
    known = store.documents.ids()
    _check(options.documents, known, "document", "doc")

    def text_of(document: str) -> str:
        return store.documents.get(document).text

    def work_of(document: str) -> DocumentWork:
        works = (
            Work(annotation)
            for annotation in store.annotations.of_document(document)
            if options.takes(annotation.annotator)
        )
        return DocumentWork(document, tuple(works), partial(same_words, text_of(document)))

    return _compared(known, work_of, text_of, options, project.schema)


def compare_files(
    paths: Sequence[Path], options: AgreementOptions, schema: Path | None = None
) -> Comparison:
    """Compare annotators in files of curate JSONL, one in each or several in one.

    Documents belong together by their id. Where a name stands for different work in two files, it
    is told apart by the file. Work counts only with work of the same `schema` and `guidelines`, as
    far as the documents' metadata name them. Raises `CurateError` for what cannot be read or
    compared.
    """
    texts = _read(paths, options)
    said = [s for text in texts.values() for s in text.said]
    _check(options.annotators, {w.annotation.annotator for _, w in said}, "annotator", "by")
    _check(options.documents, texts, "document", "doc")
    loaded = read_schema(schema)
    _check_types(options.types, loaded, _types(w.annotation for _, w in said))
    twofold = _twofold(texts)

    def text_of(document: str) -> str:
        return texts[document].text

    def work_of(document: str) -> DocumentWork:
        works = (
            _named(file, work, twofold)
            for file, work in texts[document].said
            if options.takes(work.annotation.annotator)
        )
        return DocumentWork(document, tuple(works), partial(same_words, text_of(document)))

    return _compared(texts, work_of, text_of, options, loaded)


def _compared(
    documents: Iterable[str],
    work_of: Callable[[str], DocumentWork],
    text_of: Callable[[str], str],
    options: AgreementOptions,
    schema: EventSchema,
) -> Comparison:
    wanted = [d for d in documents if not options.documents or d in options.documents]
    selection = Selection(
        types=options.types,
        statuses=frozenset(Status(status) for status in options.statuses),
        attributes=partial(_attributes, schema),
    )
    return Comparison(wanted, work_of, text_of, selection, options.drawing)


def _attributes(schema: EventSchema, frame: Frame) -> Mapping[str, str]:
    """What was set, and the schema's defaults for the rest."""
    if frame.type not in schema.event_types:
        return frame.attributes
    known = schema.frame_attributes(frame.type)
    return {
        **{name: a.default for name, a in known.items() if a.default is not None},
        **frame.attributes,
    }


def _read(paths: Sequence[Path], options: AgreementOptions) -> dict[str, _Text]:
    """What is said of each document, in the order of the files."""
    texts: dict[str, _Text] = {}
    for source in _sources(paths):
        with source.open() as file:
            for record in read_records(file, source.name):
                _take(texts, source.name, record, options)
    if not texts:
        raise CurateError(
            f"there is no document in {', '.join(str(path) for path in paths)}",
            "write one with `curate export jsonl`",
        )
    return texts


def _sources(paths: Sequence[Path]) -> Iterator[Source]:
    for path in paths:
        if str(path) == "-":
            yield Source(STANDARD_INPUT, Kind.JSONL)
            continue
        for source in find_sources([path])[0]:
            if source.kind is not Kind.JSONL:
                raise FormatError(
                    f"{source.name} is not curate JSONL", "write it with `curate export jsonl`"
                )
            yield source


def _take(texts: dict[str, _Text], file: str, record: Record, options: AgreementOptions) -> None:
    document = record.document
    known = texts.setdefault(document.id, _Text(document.text))
    if known.text != document.text:
        raise CurateError(
            f"{file}: document {document.id} has another text here than in the files before it",
            "offsets into two texts cannot be compared: export both from one project",
        )
    if options.documents and document.id not in options.documents:
        return
    version = " ".join(f"{k}={document.meta.get(k)}" for k in _VERSIONS if document.meta.get(k))
    known.said += [(file, Work(annotation, version)) for annotation in record.annotations]


_VERSIONS = ("schema", "guidelines")
"""Metadata that say under which version a document was annotated."""


def _twofold(texts: Mapping[str, _Text]) -> frozenset[str]:
    """Annotators whose name stands for different work on one item in two files."""
    found = set()
    for text in texts.values():
        seen: dict[tuple[str, Span], tuple[str, Annotation]] = {}
        for file, work in text.said:
            annotation = work.annotation
            key = (annotation.annotator, annotation.item)
            before = seen.setdefault(key, (file, annotation))
            if before[0] != file and before[1] != annotation:
                found.add(annotation.annotator)
    return frozenset(found)


def _named(file: str, work: Work, twofold: frozenset[str]) -> Work:
    name = work.annotation.annotator
    if name not in twofold:
        return work
    return replace(work, annotation=replace(work.annotation, annotator=f"{name}{_IN}{file}"))


_IN = " in "
"""Stands between an annotator's name and the file, where two files have the name."""


def _types(annotations: Iterable[Annotation]) -> frozenset[str]:
    found: set[str] = set()
    for annotation in annotations:
        found.update(mention.type for mention in annotation.mentions)
        found.update(frame.type for frame in annotation.frames)
    return frozenset(found)


def _check_types(wanted: frozenset[str], schema: EventSchema, seen: frozenset[str]) -> None:
    _check(wanted, {*schema.entity_types, *schema.event_types, *seen}, "type", "type")


def _check(wanted: frozenset[str], known: Iterable[str], what: str, option: str) -> None:
    """Raise `CurateError` for what is asked for by an option and not there."""
    there = sorted(known)
    for name in sorted(wanted):
        if name not in there:
            shown = ", ".join(there[:12]) + (" …" if len(there) > 12 else "")
            raise CurateError(
                f"there is no {what} {name}", f"--{option} takes one of: {shown or 'none is there'}"
            )
