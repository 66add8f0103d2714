"""What people who ask with SQL find in a project."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from curate.project.adding import AddOptions, add
from curate.project.opening import create_project
from curate.shipped import shipped
from curate.store.gold import GoldRow

DEMO = Path(str(shipped("seeds"))) / "demo" / "demo.jsonl"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("views")
    wanted = [line for line in DEMO.read_bytes().splitlines() if b'"a1"' in line][:2]
    (folder / "two.jsonl").write_bytes(b"\n".join(wanted) + b"\n")
    with create_project(folder / "p.curate") as project:
        add(project, [folder / "two.jsonl"], AddOptions(candidates=False))
        store = project.store
        for item, said in list(store.annotations.all("gold")):
            store.gold.put(GoldRow(item, said, 0, (), "2026-01-02T03:04:05Z"))
    return folder / "p.curate"


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return list(connection.execute(sql))


def test_gold_and_the_annotations_it_was_taken_from_are_the_same_rows(path: Path) -> None:
    for gold, work, columns in (
        ("gold_mentions", "mention_list", "item, document, id, type, subtype, start, end, text"),
        ("gold_frames", "frame_list", "item, document, id, type, start, end, trigger"),
        ("gold_arguments", "argument_list",
         "item, document, frame, type, role, filler_type, start, end, text"),
    ):  # fmt: skip
        here = rows(path, f"SELECT {columns} FROM {gold}")
        there = rows(path, f"SELECT {columns} FROM {work} WHERE annotator = 'gold'")
        assert len(here) > 20
        assert sorted(here, key=repr) == sorted(there, key=repr)


def test_words_in_the_views_are_those_at_the_offsets(path: Path) -> None:
    texts = dict(rows(path, "SELECT id, text FROM document_list"))
    for view in ("mention_list", "argument_list"):
        for document, start, end, text in rows(
            path, f"SELECT document, start, end, text FROM {view}"
        ):
            whole = texts[document]
            assert isinstance(whole, str)
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert whole[start:end] == text


def test_pairs_count_what_both_annotators_marked_alike(path: Path) -> None:
    found = rows(path, "SELECT * FROM agreement_pairs WHERE first = 'a1' AND second = 'a2'")
    assert len(found) > 5
    for _, _, _, _, mine, theirs, same, *frames in found:
        assert 0 <= same <= max(mine, theirs)
        assert 0 <= frames[2] <= max(frames[0], frames[1])
    mine = rows(path, "SELECT count(*) FROM mention_list WHERE annotator = 'a1'")[0][0]
    assert sum(r[4] for r in found) == mine


def test_documents_and_decisions_are_listed(path: Path) -> None:
    meta = rows(path, "SELECT licence, date, copy_of FROM document_list")
    assert [m[0] for m in meta] == ["CC0-1.0", "CC0-1.0"]
    assert all(m[1] for m in meta)
    actions = rows(path, "SELECT DISTINCT action FROM decisions")
    assert actions == [("import",)]


def test_attributes_of_gold_frames_are_json(path: Path) -> None:
    for (attributes,) in rows(path, "SELECT attributes FROM gold_frames"):
        assert isinstance(json.loads(str(attributes)), dict)
