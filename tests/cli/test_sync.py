"""`curate sync` as a person types it."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from curate.cli.main import run
from curate.project.opening import open_project
from tests.sync.studio import TOKEN, URL, Studio, studio
from tests.sync.test_run import fill, items, renote, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A server, a user who is logged in, and a project of three items in the current folder."""
    monkeypatch.setenv("CURATE_SETTINGS", str(tmp_path / "conf" / "settings.toml"))
    monkeypatch.setenv("CURATE_LABEL_STUDIO_TOKEN", TOKEN)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    monkeypatch.setattr("curate.sync.access.find_spec", lambda _: None)
    monkeypatch.chdir(tmp_path)
    assert run(["init", "work"]) == 0
    with open_project(tmp_path / "work.curate") as project:
        fill(project, 3)
        write(project, items(project)[0], "x")
    with studio() as made:
        assert run(["sync", "login", URL]) == 0
        yield made


def test_login_takes_the_token_from_standard_input_and_never_shows_it(
    server: Studio, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CURATE_LABEL_STUDIO_TOKEN")
    monkeypatch.setattr("sys.stdin", StringIO(TOKEN + "\n"))
    assert run(["sync", "login", URL]) == 0
    monkeypatch.setattr("sys.stdin", StringIO("f" * 40 + "\n"))
    assert run(["sync", "login", URL]) == 3
    said = capsys.readouterr()
    assert "as admin@example.com" in said.err
    assert "does not take the token" in said.err
    assert TOKEN not in said.out + said.err
    assert "f" * 40 not in said.out + said.err
    assert run(["sync", "logout"]) == 0
    assert run(["sync", "logout"]) == 1


def test_the_way_through(
    server: Studio, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["sync", "both"]) == 1
    assert "--create TITLE" in capsys.readouterr().err
    assert run(["sync", "status"]) == 0
    assert "with nothing yet" in capsys.readouterr().err
    assert run(["sync", "push", "--create", "War news"]) == 0
    assert "3 tasks pushed" in capsys.readouterr().err
    assert run(["sync", "both", "--dry-run"]) == 0
    assert "nothing to do" in capsys.readouterr().err
    with open_project(tmp_path / "work.curate") as project:
        first = items(project)[0]
        write(project, first, "here")
    renote(server, server.of(first)[0], "there")
    assert run(["sync", "both", "--dry-run"]) == 4
    said = capsys.readouterr()
    assert said.out == f"conflict\ta1\t{first}\n"
    assert run(["sync", "both"]) == 4
    assert "both versions are kept" in capsys.readouterr().err
    assert run(["sync", "status"]) == 4
    assert run(["sync", "status", "--json"]) == 4
    out = capsys.readouterr().out
    assert json.loads(out.splitlines()[-1])["open"][0]["item"] == first
    assert run(["sync", "resolve", first, "--as", "a1", "--keep", "there"]) == 0
    assert run(["sync", "both", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["done"] == {"pull": 1}
    with open_project(tmp_path / "work.curate") as project:
        assert project.store.annotations.get(first, "a1").note == "there"


def test_a_dry_run_writes_nothing_and_tells_all(
    server: Studio, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["sync", "push", "--create", "War news", "--dry-run"]) == 2
    assert run(["sync", "push", "--create", "War news"]) == 0
    capsys.readouterr()
    server.tasks.clear()
    server.annotations.clear()
    server.predictions.clear()
    assert run(["sync", "push", "--anew", "--dry-run"]) == 2
    assert run(["sync", "push", "--dry-run", "--json"]) == 4
    plan = json.loads(capsys.readouterr().out)
    assert {entry["question"] for entry in plan} == {"task deleted there"}
    assert server.tasks == {}


def test_people_are_mapped_and_unmapped(server: Studio, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sync", "map", "a1=amal@example.org", "a2=b@example.org"]) == 0
    assert run(["sync", "map", "a2="]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "a1=amal@example.org"
    assert run(["sync", "map", "a1=nobody"]) == 1
    assert run(["sync", "map", "a1"]) == 2


def test_answers_are_asked_for_where_nothing_is_open(server: Studio) -> None:
    assert run(["sync", "resolve", "x", "--keep", "here"]) == 1
    assert run(["sync", "resolve", "--keep", "here"]) == 2
    assert run(["sync", "resolve", "--all", "--keep", "here"]) == 0
