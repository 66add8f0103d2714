"""Export, import and convert through a project: what goes out is counted, what comes in is kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError, FormatError
from curate.formats.registry import FORMATS, Format, Setting
from curate.formats.schema_file import shipped_schema
from curate.model.comment import Comment
from curate.project.adding import AddOptions, add
from curate.project.exchanging import ExportOptions, export, write_records
from curate.project.exchanging_convert import ConvertOptions, convert
from curate.project.importing import ImportOptions, import_path, renames
from curate.project.opening import Project, create_project
from curate.project.records import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.formats.records import Record

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "demo.jsonl"
ARTICLES = ("field-01", "scrape-03")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Project]:
    """Two articles of the demo with two annotators' work and gold."""
    lines = DEMO.read_bytes().splitlines(keepends=True)
    wanted = [f'"id":"{name}"'.encode() for name in ARTICLES]
    source = tmp_path / "some.jsonl"
    source.write_bytes(b"".join(x for x in lines if any(w in x for w in wanted)))
    with create_project(tmp_path / "demo.curate") as project:
        add(project, [source], AddOptions(candidates=False))
        yield project


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "empty.curate") as project:
        yield project


def work_in(project: Project) -> dict[tuple[str, str, int], object]:
    """What everyone says, with ids made plain: (document, annotator, item) → words."""
    found: dict[tuple[str, str, int], object] = {}
    for record in records(project, ExportOptions(candidates=False)):
        for a in record.annotations:
            spans = {m.id: m.span for m in a.mentions} | {f.id: f.trigger for f in a.frames}
            found[record.document.id, a.annotator, a.item.start] = (
                a.status,
                a.note,
                sorted((m.span, m.type, m.subtype or "") for m in a.mentions),
                sorted(
                    (
                        f.trigger,
                        f.type,
                        sorted(
                            (x.role, spans.get(x.mention or x.frame or "") or x.span)
                            for x in f.arguments
                        ),
                        sorted(f.attributes.items()),
                    )
                    for f in a.frames
                ),
            )
    return found


def test_what_goes_out_by_brat_comes_back_into_another_project(
    demo: Project, empty: Project, tmp_path: Path
) -> None:
    export(demo, "brat", tmp_path / "out", ExportOptions(candidates=False))
    report = import_path(empty, "brat", tmp_path / "out", ImportOptions(candidates=False))
    assert report.quarantined == 0
    assert work_in(empty) == work_in(demo)
    again = import_path(empty, "brat", tmp_path / "out", ImportOptions(candidates=False))
    assert (again.annotations, again.documents.documents) == (0, 0)
    assert again.known == report.annotations
    assert empty.store.journal.count() == report.annotations


def test_an_export_tells_what_it_wrote_and_left_out(demo: Project, tmp_path: Path) -> None:
    report = export(demo, "jsonl", tmp_path / "x.jsonl")
    lines = [json.loads(x) for x in (tmp_path / "x.jsonl").read_text("utf-8").splitlines()]
    frames = sum(len(a.get("frames", [])) for d in lines for a in d["annotations"])
    assert report.tally.written["frames"] == frames > 10
    assert f"{frames:,} frames" in report.lines()[0]
    assert report.as_json()["dropped"] == []


def test_an_export_that_loses_a_frame_is_refused_and_leaves_the_old_file(
    demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "x.jsonl"
    target.write_text("old", encoding="utf-8")
    from curate.formats.jsonl_writing import shape_of

    def forgetful(record: Record) -> object:
        shape = shape_of(record)
        if shape.annotations:
            shape.annotations[0].frames = []
        return shape

    monkeypatch.setattr("curate.formats.jsonl.shape_of", forgetful)
    with pytest.raises(FormatError, match=r"frames.*did not arrive"):
        export(demo, "jsonl", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []


def test_annotations_can_be_put_down_to_another_name(
    demo: Project, empty: Project, tmp_path: Path
) -> None:
    export(demo, "brat", tmp_path / "out", ExportOptions(frozenset({"gold"}), candidates=False))
    import_path(empty, "brat", tmp_path / "out", ImportOptions("sara", candidates=False))
    assert empty.store.annotations.annotators() == ["sara"]


def test_what_does_not_fit_is_put_aside_with_reasons_and_only_once(
    empty: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    folder.joinpath("1.txt").write_text("قصفت المدفعية بلدة الريحانية صباحا.", encoding="utf-8")
    folder.joinpath("1.ann").write_text(
        "T1\tARM 5 13\tالمدفعية\nT2\tPlanet 19 28\tالريحانية\n"
        "T3\tShelling 0 4\tقصفت\nE1\tShelling:T3 Target:T2 Shooter:T1\n",
        encoding="utf-8",
    )
    options = ImportOptions("sara", candidates=False)
    report = import_path(empty, "brat", folder, options)
    said = " ".join(report.reasons)
    assert "no entity type Planet" in said
    assert "no role Shooter" in said
    assert report.written.given["mentions"] == 1
    assert report.written.given["frames"] == 1
    strays = len(empty.store.quarantine.unsettled())
    import_path(empty, "brat", folder, options)
    assert len(empty.store.quarantine.unsettled()) == strays == report.quarantined
    mapped = ImportOptions(
        "lina", renames(["Planet=GPE", "role:Shooter=Attacker"]), candidates=False
    )
    assert import_path(empty, "brat", folder, mapped).written.given["arguments"] == 2


def test_work_in_the_project_is_never_changed(demo: Project, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    export(demo, "brat", folder, ExportOptions(frozenset({"gold"}), candidates=False))
    before = work_in(demo)
    ann = folder / "gold" / "field-01.ann"
    lines = [x for x in ann.read_text("utf-8").splitlines() if not x.startswith(("E", "A", "R"))]
    ann.write_text("\n".join(lines), encoding="utf-8")
    report = import_path(demo, "brat", folder, ImportOptions(candidates=False))
    assert report.kept > 0
    assert work_in(demo) == before


def test_a_broken_file_leaves_nothing_behind(empty: Project, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, line in (("1", "T1\tARM 0 4\tقصفت\n"), ("2", "T1\tARM 0 99\tقصفت\n")):
        (tmp_path / "in" / f"{name}.txt").write_text(f"قصفت البلدة {name}.", encoding="utf-8")
        (tmp_path / "in" / f"{name}.ann").write_text(line, encoding="utf-8")
    with pytest.raises(FormatError, match=r"2\.ann:1"):
        import_path(empty, "brat", tmp_path / "in", ImportOptions(candidates=False))
    assert empty.store.documents.count() == 0


def test_another_text_of_the_same_name_gets_an_id_of_its_own(
    empty: Project, tmp_path: Path
) -> None:
    for place, text in (("one", "قصفت البلدة."), ("two", "هدأت الجبهة.")):
        (tmp_path / place).mkdir()
        (tmp_path / place / "1.txt").write_text(text, encoding="utf-8")
        (tmp_path / place / "1.ann").write_text("", encoding="utf-8")
        import_path(empty, "brat", tmp_path / place, ImportOptions(candidates=False))
    assert empty.store.documents.count() == 2


def test_tasks_of_label_studio_find_their_place_in_the_article(
    demo: Project, tmp_path: Path
) -> None:
    tasks = tmp_path / "tasks.json"
    export(demo, "label-studio", tasks, ExportOptions(frozenset({"gold"}), candidates=False))
    report = import_path(demo, "label-studio", tasks, ImportOptions("sara", candidates=False))
    assert report.documents.documents == 0
    said = work_in(demo)
    for (document, annotator, start), what in said.items():
        if annotator == "gold":
            assert said[document, "sara", start] == what


def test_an_archive_is_read_like_the_folder_and_a_bomb_is_refused(
    demo: Project, empty: Project, tmp_path: Path
) -> None:
    export(demo, "brat", tmp_path / "out", ExportOptions(candidates=False))
    packed = tmp_path / "corpus.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted((tmp_path / "out").rglob("*.*")):
            if path.is_file():
                archive.write(path, path.relative_to(tmp_path / "out").as_posix())
        archive.writestr("../../escape.txt", "قصفت البلدة.")
    import_path(empty, "brat", packed, ImportOptions(candidates=False))
    assert work_in(empty) == work_in(demo)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 30_000_000)
    with pytest.raises(FormatError, match="would grow"):
        import_path(empty, "brat", bomb)


def test_links_in_a_folder_are_not_followed(empty: Project, tmp_path: Path) -> None:
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "s.txt").write_text("لا يُقرأ هذا.", encoding="utf-8")
    (outside / "s.ann").write_text("", encoding="utf-8")
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "1.txt").write_text("قصفت البلدة.", encoding="utf-8")
    (inside / "1.ann").write_text("", encoding="utf-8")
    (inside / "more").symlink_to(outside)
    (inside / "s.txt").symlink_to(outside / "s.txt")
    import_path(empty, "brat", inside, ImportOptions(candidates=False))
    assert empty.store.documents.ids() == ["1"]


def test_gold_goes_out_alone_and_tells_what_is_open(demo: Project, tmp_path: Path) -> None:
    report = export(demo, "jsonl", tmp_path / "g.jsonl", ExportOptions(gold=True))
    assert "without gold" in report.lines()[0]
    written = (tmp_path / "g.jsonl").read_text("utf-8").splitlines()
    names = {a["annotator"] for x in written for a in json.loads(x)["annotations"]}
    assert names <= {"gold"}


def test_one_format_becomes_another_without_a_project(demo: Project, tmp_path: Path) -> None:
    export(demo, "jsonl", tmp_path / "x.jsonl", ExportOptions(candidates=False))
    convert(tmp_path / "x.jsonl", "brat", tmp_path / "b")
    report = convert(tmp_path / "b", "jsonl", tmp_path / "y.jsonl", ConvertOptions("brat"))
    assert report.tally.written["frames"] > 10
    with pytest.raises(FormatError, match="does not tell its format"):
        convert(tmp_path / "b", "jsonl", tmp_path / "z.jsonl")


def test_what_is_only_read_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_read = Format("read-only", "for the test", (".x",), is_lossless=False)
    monkeypatch.setattr("curate.project.exchanging.format_named", lambda _: only_read)
    with pytest.raises(CurateError, match="read but not written"):
        write_records("read-only", [], Setting(shipped_schema()), tmp_path / "x.csv")


def test_what_was_said_about_an_item_comes_in_with_curate_jsonl_and_parquet(
    demo: Project, empty: Project, tmp_path: Path
) -> None:
    item = demo.store.items.first()
    assert item is not None
    comment = Comment("c1", "c1", "sara", "2024-05-01T10:00:00Z", "انظر العنوان")
    demo.store.comments.add(item.id, [comment])
    for name in ("jsonl", "parquet"):
        out = tmp_path / name
        out.mkdir()
        export(demo, name, out)
        import_path(empty, name, out, ImportOptions(candidates=False))
        (record, *_) = records(empty, ExportOptions())
        assert [c.text for t in record.threads for c in t.comments] == ["انظر العنوان"]


@pytest.mark.parametrize("name", ["parquet", "spacy", "xmi"])
def test_a_format_whose_package_is_missing_says_how_to_get_it(
    name: str, demo: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(module: str) -> object:
        raise ImportError(module)

    monkeypatch.setattr("curate.formats.doors.import_module", missing)
    with pytest.raises(CurateError) as caught:
        export(demo, name, tmp_path / "out")
    assert caught.value.remedy == "pip install 'curate[formats]'"
    assert FORMATS[name].needs


def test_a_format_of_many_files_is_not_written_over_a_file(demo: Project, tmp_path: Path) -> None:
    (tmp_path / "x.ann").write_text("mine", encoding="utf-8")
    with pytest.raises(CurateError, match="is a file"):
        export(demo, "brat", tmp_path / "x.ann")
    assert (tmp_path / "x.ann").read_text(encoding="utf-8") == "mine"
