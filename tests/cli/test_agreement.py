"""`curate agreement` on the demo project, on files, and on what cannot be compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from curate.cli.main import run
from curate.formats.jsonl import read_records, write_record
from curate.formats.records import Record

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "seeds" / "demo" / "demo.jsonl"
QUICK = ["--resamples", "100"]


@pytest.fixture(scope="module")
def read_twice() -> list[Record]:
    """The demo's first two documents that two readers annotated."""
    with DEMO.open("rb") as file:
        found = [
            r for r in read_records(file, "demo") if len({a.annotator for a in r.annotations}) > 1
        ]
    return found[:2]


def only(record: Record, *names: str) -> Record:
    """A document with the work of some annotators."""
    kept = tuple(a for a in record.annotations if a.annotator in names)
    return Record(record.document, kept)


def put(path: Path, *records: Record) -> str:
    """Write records; return the path as an argument."""
    path.write_bytes(b"".join(map(write_record, records)))
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What `curate agreement --json` prints."""
    capsys.readouterr()
    assert run(["agreement", *QUICK, "--json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_one_annotator_in_each_file_is_the_same_as_both_in_one(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    apart = [
        put(tmp_path / f"{name}.jsonl", *(only(r, name) for r in read_twice))
        for name in ("a1", "a2")
    ]
    together = put(tmp_path / "both.jsonl", *(only(r, "a1", "a2") for r in read_twice))
    found = said(capsys, *apart)
    assert found == said(capsys, together)
    assert found["documents"] == 2
    assert 0.5 < found["measures"]["mentions"]["value"] < 1
    assert [p["annotators"] for p in found["pairs"]] == [["a1", "a2"]]


def test_a_name_that_two_files_share_is_told_apart_by_the_file(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    one = [only(r, "a1") for r in read_twice]
    other = [
        replace(r, annotations=tuple(replace(a, annotator="a1") for a in r.annotations))
        for r in (only(r, "a2") for r in read_twice)
    ]
    found = said(capsys, put(tmp_path / "x.jsonl", *one), put(tmp_path / "y.jsonl", *other))
    assert list(found["annotators"]) == ["a1 in x.jsonl", "a1 in y.jsonl"]


def test_work_of_two_versions_is_not_mixed(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    def with_version(record: Record, name: str, version: str) -> Record:
        kept = only(record, name)
        meta = {**kept.document.meta, "guidelines": version}
        return replace(kept, document=replace(kept.document, meta=meta))

    files = [
        put(tmp_path / f"{name}.jsonl", *(with_version(r, name, version) for r in read_twice))
        for name, version in (("a1", "1"), ("a2", "2"))
    ]
    found = said(capsys, *files)
    assert found["items"] == 0
    assert found["left_out"]["versions_differ"] > 0
    assert found["not_computable"]


def test_filters_leave_out_what_was_not_asked_for(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(tmp_path / "all.jsonl", *read_twice)
    first = read_twice[0].document.id
    found = said(capsys, file, "--by", "a1", "--by", "a2", "--doc", first, "--type", "PER")
    assert found["documents"] == 1
    assert list(found["annotators"]) == ["a1", "a2"]
    assert list(found["by_label"]["mentions"]) == ["PER"]
    assert found["measures"]["tri_c"]["value"] is None


def test_a_project_says_the_same_as_its_files(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    file = put(tmp_path / "both.jsonl", *(only(r, "a1", "a2") for r in read_twice))
    assert run(["init", "work"]) == 0
    assert run(["add", file]) == 0
    assert said(capsys) == said(capsys, file)
    assert run(["agreement", *QUICK]) == 0
    assert "triggers, span and type (Tri-C)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "nobody"], "there is no annotator nobody"),
        (["--doc", "none"], "there is no document none"),
        (["--type", "Nothing"], "there is no type Nothing"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", str(DEMO), *options]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert "takes one of" in said


def test_one_id_with_two_texts_is_refused(
    tmp_path: Path, read_twice: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    [one, other] = read_twice
    twin = replace(other, document=replace(other.document, id=one.document.id))
    assert run(["agreement", put(tmp_path / "a.jsonl", one), put(tmp_path / "b.jsonl", twin)]) == 1
    assert "another text" in capsys.readouterr().err


def test_a_file_of_another_kind_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("نص قصير\n", encoding="utf-8")
    assert run(["agreement", str(tmp_path / "text.txt")]) == 1
    assert "not curate JSONL, Label Studio JSON or brat" in capsys.readouterr().err


@pytest.mark.slow
def test_the_demo_readers_agree_as_the_seeds_say(capsys: pytest.CaptureFixture[str]) -> None:
    measures = said(capsys, str(DEMO), "--by", "a1", "--by", "a2")["measures"]
    assert measures["mentions"]["value"] == pytest.approx(0.921, abs=0.03)
    assert measures["tri_c_set"]["value"] == pytest.approx(0.798, abs=0.03)
    assert measures["arg_c_attached_set"]["value"] == pytest.approx(0.750, abs=0.03)
