"""Releases: whole, checkable, the same bytes anywhere; withheld texts can be put back."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from curate.errors import CurateError
from curate.formats.jsonl import read_records
from curate.model.item import item_id
from curate.project import releasing
from curate.project.adding import AddOptions, add
from curate.project.curating import set_metadata
from curate.project.opening import Project, create_project, open_project
from curate.project.rehydrating import rehydrate
from curate.project.release_diff import compare
from curate.project.release_reading import verify
from curate.project.releasing import ReleaseOptions, release
from curate.shipped import shipped
from curate.store.gold import GoldRow

DEMO = Path(str(shipped("seeds"))) / "demo" / "demo.jsonl"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose demo gold is resolved, but for one item that has an open case."""
    path = tmp_path_factory.mktemp("release") / "demo.curate"
    with create_project(path) as project:
        add(project, [DEMO], AddOptions(candidates=False))
        store = project.store
        with store.writing():
            for number, (item, said) in enumerate(store.annotations.all("gold")):
                store.gold.put(GoldRow(item, said, int(number == 3), (), "2026-01-02T03:04:05Z"))
    return path


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Project:
    path = tmp_path / "demo.curate"
    shutil.copy(whole, path)
    return open_project(path)


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_release_holds_every_resolved_item_once(project: Project, tmp_path: Path) -> None:
    report = release(project, "v1", tmp_path / "v1")
    assert report.is_new
    assert verify(tmp_path / "v1") == []
    said: Counter[str] = Counter()
    for part in ("train", "dev", "test"):
        with (tmp_path / "v1" / "data" / f"{part}.jsonl").open("rb") as handle:
            for record in read_records(handle, part):
                said.update(item_id(record.document.id, a.item) for a in record.annotations)
    resolved = {row.item for row in project.store.gold.all() if row.open == 0}
    assert said == Counter(resolved)
    assert report.contents.total("items") == len(resolved)
    assert "1 items with open cases" in "\n".join(report.lines())


def test_two_copies_of_a_project_give_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    made = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "p.curate"
        shutil.copy(whole, path)
        with open_project(path) as project:
            release(project, "v1", tmp_path / name / "v1")
        made.append(files(tmp_path / name / "v1"))
    assert made[0] == made[1]


def test_making_it_again_changes_nothing_and_another_is_refused(
    project: Project, tmp_path: Path
) -> None:
    release(project, "v1", tmp_path / "v1")
    assert not release(project, "v1", tmp_path / "v1").is_new
    before = files(tmp_path / "v1")
    with pytest.raises(CurateError, match="holds something else"):
        release(project, "v1", tmp_path / "v1", ReleaseOptions(shares=(0.5, 0.3, 0.2)))
    assert files(tmp_path / "v1") == before
    with pytest.raises(CurateError, match="another release called v1"):
        release(project, "v1", tmp_path / "other", ReleaseOptions(shares=(0.5, 0.3, 0.2)))
    assert not (tmp_path / "other").exists()
    assert [line.split()[-1] for line in releasing.released(project)] == ["v1"]
    assert {p.name for p in tmp_path.iterdir()} <= {
        "v1", "demo.curate", "demo.curate-wal", "demo.curate-shm"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["", "../v1", "ا", "a/b", ".hidden"])
def test_a_name_that_is_no_folder_name_is_refused(
    project: Project, tmp_path: Path, name: str
) -> None:
    with pytest.raises(CurateError, match="cannot be called"):
        release(project, name, tmp_path / "x")


def test_a_project_without_gold_cannot_be_released(tmp_path: Path) -> None:
    with (
        create_project(tmp_path / "p.curate") as empty,
        pytest.raises(CurateError, match="no resolved gold"),
    ):
        release(empty, "v1", tmp_path / "v1")
    assert not (tmp_path / "v1").exists()


def test_every_kind_of_damage_is_found(project: Project, tmp_path: Path) -> None:
    release(project, "v1", tmp_path / "v1")
    data = tmp_path / "v1" / "data" / "train.jsonl"
    whole = data.read_bytes()
    lines = whole.splitlines(keepends=True)
    data.write_bytes(b"".join(lines[1:]))
    (tmp_path / "v1" / "extra.txt").write_text("x")
    (tmp_path / "v1" / "LICENCES.tsv").unlink()
    wrong = verify(tmp_path / "v1")
    assert "LICENCES.tsv: the file is missing" in wrong
    assert "extra.txt: the file does not belong to the release" in wrong
    assert "data/train.jsonl: the file was changed" in wrong
    assert any(line.startswith("train: ") and "documents" in line for line in wrong)
    data.write_bytes(whole.replace(b'"type":"', b'"type":"X', 1))
    assert any("has no" in line or "type" in line for line in verify(tmp_path / "v1"))
    with pytest.raises(CurateError, match="is no release"):
        verify(tmp_path)


def test_texts_that_may_not_be_passed_on_are_withheld_and_put_back(
    project: Project, tmp_path: Path
) -> None:
    kept = project.store.documents.ids()[:3]
    set_metadata(project, {"licence": "all rights reserved"}, kept)
    texts = {key: project.store.documents.get(key).text for key in kept}
    report = release(project, "v1", tmp_path / "v1")
    assert report.contents.total("withheld") == 3
    assert verify(tmp_path / "v1") == []
    everything = b"".join(files(tmp_path / "v1").values()).decode()
    for text in texts.values():
        assert text[:40] not in everything
    (tmp_path / "texts").mkdir()
    for number, key in enumerate(kept[:2]):
        (tmp_path / "texts" / f"{number}.txt").write_bytes(texts[key].encode())
    done = rehydrate(tmp_path / "v1", [tmp_path / "texts"], tmp_path / "back.jsonl")
    assert sorted(done.written) == sorted(kept[:2])
    assert done.missing == [kept[2]]
    with (tmp_path / "back.jsonl").open("rb") as handle:
        for record in read_records(handle, "back"):
            assert record.document.text == texts[record.document.id]
            assert record.annotations


def test_pseudonyms_leave_no_name_behind(project: Project, tmp_path: Path) -> None:
    release(project, "v1", tmp_path / "v1", ReleaseOptions(pseudonyms=True))
    agreement = json.loads((tmp_path / "v1" / "agreement.json").read_text())
    assert set(agreement["annotators"]) == {"annotator-1", "annotator-2"}
    everything = b"".join(files(tmp_path / "v1").values())
    assert b'"a1"' not in everything
    assert b'"a2"' not in everything


def test_answers_fill_the_datasheet_and_the_rest_is_listed(
    project: Project, tmp_path: Path
) -> None:
    page = releasing.question_form(project).replace(
        "### funding: Who paid for it?\n", "### funding: Who paid for it?\n\nA foundation.\n"
    )
    (tmp_path / "answers.md").write_text(page, encoding="utf-8")
    releasing.take_answers(project, tmp_path / "answers.md")
    release(project, "v1", tmp_path / "v1")
    sheet = (tmp_path / "v1" / "datasheet.md").read_text(encoding="utf-8")
    assert "A foundation." in sheet
    manifest = json.loads((tmp_path / "v1" / "manifest.json").read_text())
    assert "funding" not in manifest["open_questions"]
    assert "purpose" in manifest["open_questions"]
    assert sheet.count("\n- ") == len(manifest["open_questions"])


def test_what_changed_between_releases_is_told_atom_by_atom(
    project: Project, tmp_path: Path
) -> None:
    release(project, "v1", tmp_path / "v1")
    row = next(r for r in project.store.gold.all() if r.open == 0 and len(r.annotation.frames) > 1)
    first, *others = row.annotation.frames
    changed = replace(row.annotation, frames=(replace(first, attributes={}), *others), links=())
    project.store.gold.put(replace(row, annotation=changed))
    release(project, "v2", tmp_path / "v2")
    same = compare(tmp_path / "v1", tmp_path / "v1")
    assert not same.changed_items
    assert set(same.frames) == {"kept"}
    found = compare(tmp_path / "v1", tmp_path / "v2")
    assert len(found.changed_items) == 1
    assert found.frames["changed"] == 1
    assert found.by_type[first.type]["changed"] == 1
    assert found.items["changed"] == 1
    back = compare(tmp_path / "v2", tmp_path / "v1")
    assert back.frames == found.frames


def test_parts_follow_time_and_the_manifest_says_so(project: Project, tmp_path: Path) -> None:
    release(project, "v1", tmp_path / "v1", ReleaseOptions(shares=(0.6, 0.2, 0.2)))
    manifest = json.loads((tmp_path / "v1" / "manifest.json").read_text())
    assert manifest["split"]["by"] == "time"
    days: dict[str, list[str]] = {}
    for key, entry in manifest["documents"].items():
        date = project.store.documents.get(key).date or ""
        days.setdefault(entry["part"], []).append(date)
    assert max(days["train"]) < min(days["dev"]) <= max(days["dev"]) < min(days["test"])
