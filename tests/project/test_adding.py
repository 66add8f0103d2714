"""Articles go in wholly or not at all, and the result says what happened."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError, FormatError, TextError, WorldError
from curate.formats.jsonl import write_record
from curate.formats.records import Record
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.candidate import Candidate, MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.project import proposing, reading, shortening
from curate.project.added import AddResult, Stopped
from curate.project.adding import AddOptions, add
from curate.project.opening import create_project
from curate.store.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project

QUIET = AddOptions(candidates=False)
FIRST = "وصلت الشاحنات إلى المخيم صباحا. وقال السائق إن الطريق آمن."
SECOND = "افتتح العمدة الحديقة الجديدة. وحضر الأطفال مع معلميهم."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "p.curate") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    return made


def texts(project: Project) -> list[str]:
    return [document.text for document in project.store.documents.all()]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def test_a_text_is_stored_as_it_is_with_its_origin_and_sentences(
    project: Project, folder: Path
) -> None:
    text = f"\ufeff  {FIRST}\r\n"
    result = add(project, [write(folder / "a.txt", text)], QUIET)
    assert result.report.documents == 1
    assert (result.report.sentences, result.report.items) == (2, 2)
    (document,) = project.store.documents.all()
    assert document.text == text[1:]
    assert document.origin is not None
    assert (document.origin.file, document.origin.start) == ("a.txt", 0)
    assert document.origin.end == len(document.text)
    cut = [s.span.of(document.text) for s in document.sentences]
    assert cut == ["وصلت الشاحنات إلى المخيم صباحا.", "وقال السائق إن الطريق آمن."]


def test_the_same_text_twice_is_only_counted(project: Project, folder: Path) -> None:
    paths = [write(folder / name, FIRST) for name in ("a.txt", "b.txt")]
    assert add(project, paths, QUIET).report.duplicates == 1
    again = add(project, paths, QUIET)
    assert (again.report.documents, again.report.duplicates) == (0, 2)
    assert again.lines() == ["nothing added: 2 texts there already"]
    assert texts(project) == [FIRST]


def test_a_folder_is_read_in_order_without_hidden_files_and_outside_links(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    write(folder / "b.txt", "نص الباء هنا.")
    write(folder / "a" / "z.txt", "نص الزاي هنا.")
    write(folder / ".hidden" / "x.txt", "نص مخفي هنا.")
    write(folder / ".x.txt", "نص مخفي آخر.")
    write(folder / "image.png", "x")
    outside = write(tmp_path / "outside" / "o.txt", "نص خارجي هنا.")
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    result = add(project, [folder], QUIET)
    assert texts(project) == ["نص الزاي هنا.", "نص الباء هنا."]
    origins = [d.origin.file for d in project.store.documents.all() if d.origin]
    assert origins == ["texts/a/z.txt", "texts/b.txt"]
    assert {s.name for s in result.skipped} == {"texts/image.png", "texts/link.txt", "texts/loop"}
    assert any("image.png" in line for line in result.lines())


def test_standard_input_is_read_as_text(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.encode())))
    add(project, [Path("-")], QUIET)
    assert texts(project) == [FIRST]
    (document,) = project.store.documents.all()
    assert document.origin is not None
    assert document.origin.file == "standard input"


def test_metadata_given_fill_what_a_document_does_not_bring(project: Project, folder: Path) -> None:
    record = Record(Document("d1", SECOND, {"source": "own", "date": None}))
    file = folder / "a.jsonl"
    file.write_bytes(write_record(record))
    options = replace(QUIET, meta={"source": "given", "date": "2024-05-01"})
    add(project, [write(folder / "a.txt", FIRST), file], options)
    assert [d.meta for d in project.store.documents.all()] == [
        {"source": "given", "date": "2024-05-01"},
        {"source": "own", "date": "2024-05-01"},
    ]


def test_articles_as_objects_and_as_tables_bring_their_metadata(
    project: Project, folder: Path
) -> None:
    article = {"id": 7, "text": FIRST, "title": "عنوان", "tags": ["a"]}
    write(folder / "a.jsonl", json.dumps(article) + "\n")
    write(folder / "b.csv", f'text;source;id\n"{SECOND * 4}";صحيفة;\n', "windows-1256")
    write(folder / "c.tsv", f"text\turl\n{FIRST} {SECOND}\thttp://a.example\n")
    result = add(project, [folder], QUIET)
    first, second, third = project.store.documents.all()
    assert (first.id, first.text) == ("7", FIRST)
    assert first.meta == {"title": "عنوان", "tags": '["a"]'}
    assert (second.text, second.meta) == (SECOND * 4, {"source": "صحيفة"})
    assert third.meta == {"url": "http://a.example"}
    assert len(third.sentences) == 4
    assert result.as_json()["encodings"] == {"texts/b.csv": "windows-1256"}


def test_a_guessed_encoding_and_a_cut_file_are_told(project: Project, folder: Path) -> None:
    paths = [write(folder / "w.txt", FIRST * 3, "windows-1256"),
             write(folder / "s.txt", f"{SECOND}\n***\n{SECOND * 2}")]  # fmt: skip
    result = add(project, paths, replace(QUIET, separator="***"))
    assert texts(project) == [FIRST * 3, SECOND, SECOND * 2]
    assert result.as_json()["encodings"] == {"w.txt": "windows-1256"}
    assert result.as_json()["articles"] == {"s.txt": 2}
    lines = "\n".join(result.lines())
    assert "windows-1256" in lines
    assert "2 articles" in lines


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("e.txt", b"", "e.txt is empty"),
        ("w.txt", b" \n ", "white space"),
        ("b.txt", b"\x7fELF\0\0\x01\x02" * 9, "b.txt"),
        ("u.txt", "نص ".encode() * 20 + b"\xff\xff\xd9", "byte"),
        ("e.jsonl", b"", "e.jsonl is empty"),
        ("j.jsonl", b'{"format":"curate/1","id":"a","text":"x"}\n{"form', "j.jsonl:2"),
        ("n.jsonl", b'{"title":"x"}', "n.jsonl:1"),
        ("l.jsonl", b"[1]", "l.jsonl:1"),
        ("s.jsonl", b'{"text":"a \\ud83d"}', "s.jsonl:1"),
        ("e.csv", b"", "e.csv is empty"),
        ("t.csv", b"body\nx\n", "no column is called text"),
        ("r.csv", b"id,text\n1,a,b\n", "r.csv:2"),
        ("p.pdf", b"%PDF-1.7", r"\.pdf files cannot be added"),
    ],
)
def test_a_bad_file_is_named_with_a_way_out_and_changes_nothing(
    project: Project, folder: Path, name: str, content: bytes, message: str
) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(CurateError, match=message) as caught:
        add(project, [folder / name], QUIET)
    assert caught.value.remedy
    assert caught.value.exit_code == 1
    assert texts(project) == []


def test_a_missing_file_or_a_folder_without_texts_stops_before_anything_is_added(
    project: Project, folder: Path
) -> None:
    good = write(folder / "a.txt", FIRST)
    for bad in (folder / "none.txt", folder / "empty"):
        if bad.name == "empty":
            bad.mkdir()
        with pytest.raises(CurateError, match=bad.name):
            add(project, [good, bad], QUIET)
    assert texts(project) == []


def test_a_huge_line_is_no_text(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 100)
    monkeypatch.setattr(reading, "LONGEST_RECORD", 500)
    with pytest.raises(TextError, match=r"a.txt:2: .* 150 characters"):
        add(project, [write(folder / "a.txt", f"{FIRST}\n{'ط' * 150}\n")], QUIET)
    long = json.dumps({"format": "curate/1", "id": "a", "text": "ط" * 150})
    with pytest.raises(FormatError, match=r"a.jsonl:1: .* 500 bytes"):
        add(project, [write(folder / "a.jsonl", long)], QUIET)
    line = json.dumps({"format": "curate/1", "id": "a", "text": "ط" * 150}, ensure_ascii=False)
    with pytest.raises(TextError, match="150 characters"):
        add(project, [write(folder / "b.jsonl", line)], QUIET)
    assert texts(project) == []


def test_one_bad_file_does_not_keep_the_others_out(project: Project, folder: Path) -> None:
    write(folder / "a.txt", FIRST)
    write(folder / "b.txt", "")
    write(folder / "c.txt", SECOND)
    with pytest.raises(TextError) as caught:
        add(project, [folder], QUIET)
    assert "1 file could not be added, 2 others could" in caught.value.message
    assert "texts/b.txt is empty" in caught.value.message
    assert "add again" in str(caught.value.remedy)
    assert texts(project) == [FIRST, SECOND]


def test_a_file_with_an_error_in_its_middle_is_not_in_at_all(
    project: Project, folder: Path
) -> None:
    lines = [write_record(Record(Document(f"d{n}", f"{FIRST} {n}"))) for n in range(500)]
    (folder / "a.jsonl").write_bytes(b"".join([*lines, b"{broken"]))
    with pytest.raises(FormatError, match=r"a\.jsonl:501"):
        add(project, [folder / "a.jsonl"], QUIET)
    assert texts(project) == []
    (folder / "a.jsonl").write_bytes(b"".join(lines))
    assert add(project, [folder / "a.jsonl"], QUIET).report.documents == 500


def test_breaking_off_leaves_whole_files_and_says_which(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abc":
        write(folder / f"{name}.txt", f"{FIRST} {name}")
    commit = Intake.commit

    def broken_off(self: Intake) -> object:
        if project.store.documents.count() == 1:
            raise KeyboardInterrupt
        return commit(self)

    monkeypatch.setattr(Intake, "commit", broken_off)
    with pytest.raises(Stopped, match=r"stopped at texts/b.txt.*1 file with 1 new document"):
        add(project, [folder], QUIET)
    assert texts(project) == [f"{FIRST} a"]
    monkeypatch.undo()
    assert add(project, [folder], QUIET).report.documents == 2


def test_a_full_disk_stops_at_once_and_says_what_is_in(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.txt", FIRST)
    write(folder / "b.txt", SECOND)
    commit = Intake.commit

    def full(self: Intake) -> object:
        if project.store.documents.count() == 1:
            raise WorldError("the disk is full", "free some space")
        return commit(self)

    monkeypatch.setattr(Intake, "commit", full)
    with pytest.raises(WorldError, match=r"disk is full \(1 file with 1 new document") as caught:
        add(project, [folder], QUIET)
    assert caught.value.exit_code == 3
    assert texts(project) == [FIRST]


def test_progress_is_told_up_to_the_end(project: Project, folder: Path) -> None:
    paths = [write(folder / name, f"{FIRST} {name}") for name in ("a.txt", "b.txt")]
    told: list[tuple[int, int, str]] = []
    add(project, paths, QUIET, lambda *now: told.append(now))
    total = sum(path.stat().st_size for path in paths)
    assert [t for _, t, _ in told] == [total] * len(told)
    assert [d for d, _, _ in told] == sorted(d for d, _, _ in told)
    assert told[-1] == (total, total, "b.txt")


class Proposing:
    """A producer that takes every first word for something."""

    version = "first/1"

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        return tuple(
            MentionCandidate(
                f"c{n}", Span(s.span.start, s.span.start + 3), "X", None, 0.5, "f/1", ""
            )
            for n, s in enumerate(document.sentences)
        )


def test_candidates_are_proposed_unless_they_come_along(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "producer_of", lambda _: Proposing())
    own = MentionCandidate("own", Span(0, 5), _entity_type(project), None, 1.0, "mine/1", "قائمة")
    odd = replace(own, id="odd", type="NoSuchType")
    record = Record(Document("d1", SECOND), candidates=(own, odd))
    (folder / "b.jsonl").write_bytes(write_record(record))
    write(folder / "a.txt", FIRST)
    result = add(project, [folder])
    assert result.report.candidates == 3
    proposed, came = project.store.documents.ids()
    assert [c.producer for c in project.store.candidates.of(proposed)[0]] == ["f/1", "f/1"]
    assert project.store.candidates.of(came) == ([own], [])
    (stray,) = project.store.quarantine.unsettled().values()
    assert "NoSuchType" in stray.reason
    assert result.strays == 1


def test_what_is_too_long_to_be_a_sentence_is_proposed_in_pieces(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proposing, "producer_of", lambda _: Proposing())
    monkeypatch.setattr(shortening, "LONGEST_SENTENCE", 100)
    path = write(folder / "a.txt", f"{FIRST}\n{'كلمة ' * 50}\n{SECOND}")
    result = add(project, [path])
    assert result.report.sentences == 5
    assert result.report.candidates == 4 + 3, "250 code points in pieces of at most 100"


def test_the_shipped_rules_propose_something(project: Project, folder: Path) -> None:
    result = add(project, [write(folder / "a.txt", "قصفت الدبابات القرية فقتل مدنيان.")])
    (document,) = project.store.documents.ids()
    mentions, frames = project.store.candidates.of(document)
    assert result.report.candidates == len(mentions) + len(frames) > 0


def _entity_type(project: Project) -> str:
    return next(iter(project.schema.entity_types))


def _annotated(project: Project, note: str | None = None) -> Record:
    entity = _entity_type(project)
    end = SECOND.index(".") + 1
    sentences = (Sentence(Span(0, end)), Sentence(Span(end + 1, len(SECOND))))
    annotation = Annotation(
        "a1", Span(0, end), Status.DONE, (Mention("m1", Span(6, 12), entity),), note=note
    )
    return Record(Document("d1", SECOND, sentences=sentences), (annotation,))


def test_annotations_that_come_along_become_rows_of_their_annotator(
    project: Project, folder: Path
) -> None:
    record = _annotated(project)
    (folder / "a.jsonl").write_bytes(write_record(record))
    result = add(project, [folder / "a.jsonl"], QUIET)
    assert (result.annotations, result.strays) == (1, 0)
    (item, *_) = project.store.items.of_document("d1")
    assert project.store.annotations.get(item.id, "a1") == record.annotations[0]
    assert project.store.journal.replay(item.id, "a1") == record.annotations[0]
    assert not project.store.journal.can_undo("a1")
    assert project.store.items.counts("a1")[Status.DONE] == 1


def test_what_an_annotator_said_in_the_project_is_never_overwritten(
    project: Project, folder: Path
) -> None:
    for note, expected in (("أول", (1, 0, 0)), ("أول", (0, 1, 0)), ("ثان", (0, 0, 1))):
        (folder / "a.jsonl").write_bytes(write_record(_annotated(project, note)))
        result = add(project, [folder / "a.jsonl"], QUIET)
        counts = (result.annotations, result.known_annotations, result.kept_annotations)
        assert counts == expected
    (item, *_) = project.store.items.of_document("d1")
    assert project.store.annotations.get(item.id, "a1").note == "أول"


def test_a_second_annotators_work_on_known_documents_is_taken_in(
    project: Project, folder: Path
) -> None:
    record = _annotated(project)
    other = replace(record.annotations[0], annotator="a2")
    for each in (record, replace(record, annotations=(other,))):
        (folder / "a.jsonl").write_bytes(write_record(each))
        result = add(project, [folder / "a.jsonl"], QUIET)
        assert result.annotations == 1
    assert project.store.documents.count() == 1
    assert project.store.annotations.annotators() == ["a1", "a2"]


def test_an_annotation_that_does_not_fit_goes_to_quarantine_with_its_reason(
    project: Project, folder: Path
) -> None:
    record = _annotated(project)
    (good,) = record.annotations
    unknown = replace(good, annotator="a2", mentions=(Mention("m1", Span(6, 12), "NoSuchType"),))
    elsewhere = replace(good, annotator="a3", item=Span(0, len(SECOND)))
    odd = Frame("f1", "NoSuchEvent", Span(0, 5), (Argument("Role", mention="m1"),))
    with_frame = replace(good, annotator="a4", frames=(odd,))
    annotations = (good, unknown, elsewhere, with_frame)
    (folder / "a.jsonl").write_bytes(write_record(replace(record, annotations=annotations)))
    result = add(project, [folder / "a.jsonl"], QUIET)
    assert (result.annotations, result.strays) == (1, 1)
    (stray,) = project.store.quarantine.unsettled().values()
    for reason in ("NoSuchType", "no item of this project", "NoSuchEvent"):
        assert reason in stray.reason
    assert len(json.loads(stray.payload)["annotations"]) == 3
    assert project.store.annotations.annotators() == ["a1"]
    assert any("quarantine" in line for line in result.lines())


def test_results_add_up() -> None:
    one = AddResult(sources=1, annotations=2)
    assert (one + one).sources == 2
    assert (one + one).annotations == 4
    assert AddResult().so_far() == "nothing was added"
