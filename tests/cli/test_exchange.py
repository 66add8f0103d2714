from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from curate.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "قصفت المدفعية بلدة الريحانية صباحا."
LINES = (
    "T1\tARM 5 13\tالمدفعية\nT2\tGPE 19 28\tالريحانية\nT3\tShelling 0 4\tقصفت\n"
    "E1\tShelling:T3 Attacker:T1 Target:T2 Weather:T1\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "1.ann").write_text(LINES, encoding="utf-8")
    assert run(["init", "p"]) == 0
    return tmp_path


def test_what_comes_in_goes_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["import", "brat", "in", "--as", "sara", "--no-candidates", "--json"]
    capsys.readouterr()
    assert run(command) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["documents"], report["frames"], report["arguments"]) == (1, 1, 2)
    assert report["quarantined"] == 1
    assert run(command) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["annotations"], again["annotations_known"], again["quarantined"]) == (0, 1, 0)
    assert run(["export", "csv", "-o", "out", "--by", "sara", "--json"]) == 0
    counts = json.loads(capsys.readouterr().err)
    assert counts["written"]["frames"] == 1
    assert len(counts["files"]) == 6
    assert "sara" in (folder / "out" / "frames.csv").read_text(encoding="utf-8")


def test_an_export_tells_its_counts_on_standard_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", "brat", "in", "--no-candidates"]) == 0
    assert "1 × " in capsys.readouterr().err
    assert run(["export", "conll2003"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("-DOCSTART-")
    assert "wrote 1 documents, 2 mentions" in err
    assert "left out 1 frames: the format has entities alone" in err


@pytest.mark.parametrize(
    "command",
    [
        ["import", "nonsense", "in"],
        ["import", "oneie", "in"],
        ["import", "brat", "nowhere"],
        ["import", "brat", "in", "--map", "nonsense"],
        ["convert", "in", "jsonl"],
        ["export", "brat"],
    ],
)
def test_what_cannot_be_done_ends_with_one_and_a_way_out(
    command: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(command) == 1
    said = capsys.readouterr().err
    assert "→" in said
    assert "Traceback" not in said


def test_a_file_becomes_another_without_a_project(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "p.curate").unlink()
    assert run(["convert", "in", "jsonl", "--from", "brat", "--as", "lina"]) == 0
    out, err = capsys.readouterr()
    record = json.loads(out)
    assert record["annotations"][0]["annotator"] == "lina"
    assert "wrote 1 documents" in err


def test_the_list_of_formats_tells_programs_what_each_loses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["formats", "--json"]) == 0
    listed = {f["name"]: f for f in json.loads(capsys.readouterr().out)}
    assert listed["jsonl"]["lossless"]
    assert "frames" in listed["brat"]["keeps"]
    assert any(x.startswith("frames: ") for x in listed["conll2003"]["loses"])
    assert listed["spacy"]["needs"] == "spaCy"
    assert run(["formats", "brat"]) == 0
    assert "Loses" in capsys.readouterr().out
