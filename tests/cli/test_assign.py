"""`curate assign` and `curate guidelines` on a small project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curate.cli.main import run
from tests.store.building import sentence


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a project of ten sentences."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    (tmp_path / "a.txt").write_text("\n".join(map(sentence, range(10))), encoding="utf-8")
    assert run(["init", "work"]) == 0
    assert run(["add", "a.txt"]) == 0
    return tmp_path


def test_a_dry_run_shows_the_table_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["assign", "--to", "ann,bea", "--overlap", "0.2", "--dry-run", "--seed", "1"]) == 0
    said = capsys.readouterr()
    assert "10 items, 2 of them by several; seed 1" in said.out
    assert "dry run" in said.err
    assert run(["assign", "--list"]) == 0
    assert "nothing is assigned" in capsys.readouterr().out


def test_what_was_given_is_listed_and_can_be_read_by_programs(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assign", "--to", "ann, bea", "--k", "2", "--size", "4", "--batch", "first"]) == 0
    capsys.readouterr()
    assert run(["assign", "--list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [s["items"] for s in found["shares"]] == [4, 4]
    assert {row["batch"] for row in found["items"]} == {"first"}
    assert found["lots"][0]["each"] == 2


def test_a_wish_that_cannot_be_met_says_the_way_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["assign", "--size", "4"]) == 1
    assert "--to ANN,BEA" in capsys.readouterr().err


def test_versions_of_the_guidelines_are_begun_and_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["guidelines"]) == 0
    assert "no versions" in capsys.readouterr().out
    assert run(["guidelines", "2.1"]) == 0
    capsys.readouterr()
    assert run(["guidelines", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["version"] == "2.1"


def test_the_page_and_what_stands_behind_a_number_are_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo = Path(__file__).parents[2] / "seeds" / "demo" / "demo.jsonl"
    two = [str(demo), "--by", "a1", "--by", "a2", "--resamples", "100"]
    assert run(["agreement", *two, "--html", "out.html", "--language", "ar"]) == 0
    assert '<html lang="ar" dir="rtl">' in (project / "out.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["agreement", *two, "--behind", "tri_c", "--limit", "3"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    asked = ["--behind", "confusion_mentions", "--cell", ",PER", "--json"]
    assert run(["agreement", *two, *asked]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert all(row["first"] is None and row["second"]["label"] == "PER" for row in rows)
    assert run(["agreement", *two, "--behind", "nonsense"]) == 1
    assert run(["agreement", *two, "--behind", "tri_c", "--cell", "a"]) == 1


def test_feedback_is_closed_until_a_lead_opens_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["feedback", "--as", "ann"]) == 1
    assert "curate feedback on" in capsys.readouterr().err
    assert run(["feedback", "on"]) == 0
    assert run(["feedback", "--all"]) == 0
    assert "no gold yet" in capsys.readouterr().out
    assert run(["feedback", "--all", "--json"]) == 0
    assert capsys.readouterr().out.strip() == "[]"
