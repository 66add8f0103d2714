"""`curate quarantine` as a lead types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from curate.cli.main import run
from curate.project.opening import open_project
from curate.store.quarantine import Stray

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_waits_is_listed_shown_and_settled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    assert run(["init", "work"]) == 0
    assert run(["quarantine"]) == 0
    assert "nothing waits" in capsys.readouterr().err
    with open_project(tmp_path / "work.curate") as project:
        strays = [
            Stray("Label Studio", "amal on d1:0-9", "the relation has no label", "ن" * 300),
            Stray("file", None, "no such type", "{}"),
        ]
        project.store.quarantine.put(strays, at="2026")
    assert run(["quarantine"]) == 0
    said = capsys.readouterr().out
    assert "1: the relation has no label\n    amal on d1:0-9 · Label Studio\n" in said
    assert "ن" * 300 not in said
    assert run(["quarantine", "1"]) == 0
    assert "ن" * 300 in capsys.readouterr().out
    assert run(["quarantine", "1", "--settle", "done by hand"]) == 0
    assert run(["quarantine", "1", "--settle", "again"]) == 1
    assert run(["quarantine", "2", "--settle", " "]) == 1
    assert run(["quarantine", "--settle", "x"]) == 2
    capsys.readouterr()
    assert run(["quarantine", "--json"]) == 0
    assert [entry["number"] for entry in json.loads(capsys.readouterr().out)] == [2]
