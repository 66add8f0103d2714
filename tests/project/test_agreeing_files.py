"""Files of several formats are brought together document by document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.formats.jsonl import read_records, write_record
from curate.formats.records import Record
from curate.formats.registry import Setting, format_named
from curate.model.annotation import Annotation, Status
from curate.model.span import Span
from curate.project.agreeing import AgreementOptions, compare_files
from curate.project.agreeing_files import moved
from curate.project.opening import read_schema

if TYPE_CHECKING:
    from curate.agreement.report import Report

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "demo.jsonl"


@pytest.fixture(scope="module")
def read_twice() -> list[Record]:
    """Two demo documents that two readers annotated."""
    with DEMO.open("rb") as file:
        found = [
            r for r in read_records(file, "demo") if len({a.annotator for a in r.annotations}) > 1
        ]
    return found[:2]


def only(record: Record, name: str) -> Record:
    """The work of one annotator."""
    return Record(record.document, tuple(a for a in record.annotations if a.annotator == name))


def put(folder: Path, name: str, format_name: str, records: list[Record]) -> Path:
    """Write records in a format; return the file, or the folder where there are several."""
    chosen = format_named(format_name)
    assert chosen.write is not None
    target = folder / name
    for file in chosen.write(records, Setting(read_schema())):
        path = target / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(file.content))
    return target if format_name == "brat" else target / ("corpus.jsonl", "tasks.json")[
        format_name == "label-studio"
    ]  # fmt: skip


def values(report: Report) -> dict[str, object]:
    """Every measure."""
    return {name: figure.value for name, figure in report.figures.items()}


@pytest.mark.parametrize("other", ["brat", "label-studio"])
@pytest.mark.parametrize("turned", [False, True])
def test_formats_are_mixed_without_a_difference(
    tmp_path: Path, read_twice: list[Record], other: str, turned: bool
) -> None:
    one = put(tmp_path, "one", "jsonl", [only(r, "a1") for r in read_twice])
    plain = put(tmp_path, "plain", "jsonl", [only(r, "a2") for r in read_twice])
    foreign = put(tmp_path, "foreign", other, [only(r, "a2") for r in read_twice])
    files = [foreign, one] if turned else [one, foreign]
    found = compare_files(files, AgreementOptions())
    assert values(found.report) == values(compare_files([one, plain], AgreementOptions()).report)
    assert found.report.items > 0
    assert not found.notes


def test_documents_under_two_names_belong_together_by_their_text(
    tmp_path: Path, read_twice: list[Record]
) -> None:
    renamed = [
        replace(only(r, "a2"), document=replace(r.document, id=f"x-{r.document.id}"))
        for r in read_twice
    ]
    one = put(tmp_path, "one", "jsonl", [only(r, "a1") for r in read_twice])
    two = put(tmp_path, "two", "jsonl", renamed)
    assert compare_files([one, two], AgreementOptions()).report.documents == 2


def test_two_documents_of_one_file_with_the_same_text_stay_two(
    tmp_path: Path, read_twice: list[Record]
) -> None:
    twin = replace(read_twice[0], document=replace(read_twice[0].document, id="twin"))
    both = put(tmp_path, "one", "jsonl", [read_twice[0], twin])
    assert compare_files([both], AgreementOptions()).report.documents == 2


def test_what_one_file_alone_holds_is_told(tmp_path: Path, read_twice: list[Record]) -> None:
    one = put(tmp_path, "one", "jsonl", [only(r, "a1") for r in read_twice])
    two = put(tmp_path, "two", "label-studio", [only(read_twice[0], "a2")])
    [note] = compare_files([one, two], AgreementOptions()).notes
    assert "1 documents are in no other file" in note
    assert read_twice[1].document.id in note


def test_work_on_the_whole_text_is_cut_at_the_items_of_the_others(
    tmp_path: Path, read_twice: list[Record]
) -> None:
    record = read_twice[0]
    parts = only(record, "a2").annotations
    whole = Annotation(
        "a2", Span(0, len(record.document.text)), Status.DONE,
        tuple(m for a in parts for m in a.mentions), tuple(f for a in parts for f in a.frames),
    )  # fmt: skip
    files = [
        put(tmp_path, "one", "jsonl", [only(record, "a1")]),
        put(tmp_path, "two", "jsonl", [replace(record, annotations=(whole,))]),
    ]
    known = [files[0], put(tmp_path, "plain", "jsonl", [only(record, "a2")])]
    found = compare_files(files, AgreementOptions()).report
    assert (
        values(found)["tri_c"] == values(compare_files(known, AgreementOptions()).report)["tri_c"]
    )


def test_a_folder_of_files_is_read(tmp_path: Path, read_twice: list[Record]) -> None:
    for name in ("a1", "a2"):
        lines = b"".join(write_record(only(r, name)) for r in read_twice)
        (tmp_path / f"{name}.jsonl").write_bytes(lines)
    assert compare_files([tmp_path], AgreementOptions()).report.documents == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(CurateError, match="no annotations in empty"):
        compare_files([tmp_path / "empty"], AgreementOptions())


def test_files_know_no_times_or_batches(tmp_path: Path, read_twice: list[Record]) -> None:
    file = put(tmp_path, "one", "jsonl", read_twice)
    with pytest.raises(CurateError, match="files do not say"):
        compare_files([file], AgreementOptions(since="2026-01-01"))


def test_a_moved_annotation_stands_further_on_with_all_its_parts(read_twice: list[Record]) -> None:
    annotation = next(a for a in read_twice[0].annotations if a.frames)
    there = moved(annotation, 7)
    assert there.item.start == annotation.item.start + 7
    assert [m.span.start for m in there.mentions] == [m.span.start + 7 for m in annotation.mentions]
    assert [f.trigger.end for f in there.frames] == [f.trigger.end + 7 for f in annotation.frames]
    assert moved(there, -7) == annotation
