"""Agreement between the annotators of a project, or of annotation files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from curate.agreement.collect import Selection
from curate.agreement.evidence import Difference, Instance, Outcome, Place, Question
from curate.agreement.intervals import RESAMPLES, SEED, Drawing
from curate.agreement.listing import instance_as_json, instance_line
from curate.agreement.pairing import PAIRINGS, Atom
from curate.agreement.showing import as_json, table
from curate.agreement.states import DocumentWork
from curate.errors import CurateError
from curate.model.annotation import Status
from curate.project.agreeing_files import gather_files, twofold_names, types_in
from curate.project.agreeing_options import AgreementOptions
from curate.project.agreeing_project import ProjectWork
from curate.project.comparing import Comparison, How
from curate.project.opening import read_schema
from curate.project.writing import write_text
from curate.settings import interface_language, load_settings
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from curate.agreement.report import Report
    from curate.model.annotation import Frame
    from curate.model.schema import EventSchema
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
    "instance_as_json",
    "instance_line",
    "question",
    "table",
    "write_page",
]


QUESTIONS: Final = (*PAIRINGS, "skipping", "presence", "attributes")
"""What can be asked about."""


def drawing(resamples: int | None, seed: int | None) -> Drawing:
    """How documents are drawn, with the usual values for what is None."""
    return Drawing(RESAMPLES if resamples is None else resamples, SEED if seed is None else seed)


def question(
    measure: str, label: str, cell: str | None, annotators: Sequence[str] = ()
) -> Question:
    """The question that options put: which number is asked about.

    Raises `CurateError` for a measure that there is not, and for a cell that is not two names.
    """
    if measure not in QUESTIONS:
        raise CurateError(
            f"there is no measure {measure}", f"--behind takes one of: {', '.join(QUESTIONS)}"
        )
    sides = None if cell is None else cell.split(",")
    if sides is not None and len(sides) != 2:
        raise CurateError(f"{cell} is no cell", "write --cell FIRST,SECOND; leave one empty")
    names = tuple(sorted(annotators))
    return Question(
        measure,
        label,
        pair=(names[0], names[1]) if len(names) == 2 else None,
        cell=None if sides is None else (sides[0], sides[1]),
    )


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

    Raises `CurateError` for a name, type, document or batch that the project does not have.
    """
    store = project.store
    annotators = store.annotations.annotators()
    _check(options.annotators, annotators, "annotator", "by")
    _check_types(options.types, project.schema, frozenset())
    _check(options.documents, store.documents.ids(), "document", "doc")
    source = ProjectWork(store, options)
    _check(options.batches, source.batches, "batch", "batch")
    notes = tuple(source.notes(annotators))
    worked = store.rounds.documents()
    return _compared(worked, source.work_of, source.text_of, options, project.schema, notes)


def compare_files(
    paths: Sequence[Path], options: AgreementOptions, schema: Path | None = None
) -> Comparison:
    """Compare annotators in files of curate JSONL, Label Studio JSON and brat, as they come.

    Documents belong together by their id, or by their text. Where a name stands for different work
    in two files, it is told apart by the file. Work counts only with work of the same `schema` and
    `guidelines`, as far as the documents' metadata name them. Raises `CurateError` for what cannot
    be read or compared.
    """
    if options.since or options.until or options.batches:
        raise CurateError(
            "files do not say when or in which batch an item was done",
            "--since, --until and --batch are for projects",
        )
    loaded = read_schema(schema)
    found = gather_files(paths, loaded)
    texts = found.texts
    twofold = twofold_names(texts)
    said = [w.annotation for text in texts.values() for w in text.works(frozenset())]
    _check(options.annotators, {a.annotator for a in said}, "annotator", "by")
    _check(options.documents, texts, "document", "doc")
    _check_types(options.types, loaded, types_in(said))

    def text_of(document: str) -> str:
        return texts[document].text

    def work_of(document: str) -> DocumentWork:
        works = (
            replace(work, version="") if options.mix_versions else work
            for work in texts[document].works(twofold, options.annotators)
        )
        return DocumentWork(document, tuple(works), partial(same_words, text_of(document)))

    return _compared(texts, work_of, text_of, options, loaded, tuple(found.notes))


def write_page(
    comparison: Comparison, target: Path, name: str, language: str | None, places: int | None
) -> None:
    """Write the report as one HTML page, in the language of the interface where none is named."""
    chosen = language or interface_language(load_settings().language)
    write_text(target, comparison.page(name, chosen, places))


def _compared(
    documents: Iterable[str],
    work_of: Callable[[str], DocumentWork],
    text_of: Callable[[str], str],
    options: AgreementOptions,
    schema: EventSchema,
    notes: tuple[str, ...] = (),
) -> Comparison:
    wanted = [d for d in documents if not options.documents or d in options.documents]
    selection = Selection(
        types=options.types,
        statuses=frozenset(Status(status) for status in options.statuses),
        attributes=partial(effective_attributes, schema),
    )
    return Comparison(
        wanted, work_of, text_of, selection, schema, How(options.drawing, options.window, notes)
    )


def effective_attributes(schema: EventSchema, frame: Frame) -> Mapping[str, str]:
    """What was set, and the schema's defaults for the rest."""
    if frame.type not in schema.event_types:
        return frame.attributes
    known = schema.frame_attributes(frame.type)
    return {
        **{name: a.default for name, a in known.items() if a.default is not None},
        **frame.attributes,
    }


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
