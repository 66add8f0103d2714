"""Wrong input gets one clear message with place and remedy, exit code 1, and changes nothing."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from curate.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARTICLE = "وصلت القافلة إلى المدينة صباح الأحد. وقال السائق إن الطريق آمن.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one article, as the only one in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(["init", "work"]) == 0
    assert run(["add", "one.txt"]) == 0
    return tmp_path / "work.curate"


def rows(project: Path) -> dict[str, int]:
    """How many rows each table of the project has."""
    with sqlite3.connect(project) as database:
        tables = database.execute("select name from sqlite_master where type='table'")
        names = [n for (n,) in tables if n != "search_index"]  # its own tables stand for it
        return {n: database.execute(f"select count(*) from [{n}]").fetchone()[0] for n in names}


def empty(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"")


def spaces(folder: Path) -> None:
    (folder / "bad.txt").write_text(" \n\t\n", encoding="utf-8")


def binary(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 40)


def broken_utf8(folder: Path) -> None:
    (folder / "bad.txt").write_bytes("خرجت القافلة".encode() + b"\xff\xfe\x80" + "ليلا".encode())


def huge_line(folder: Path) -> None:
    (folder / "bad.txt").write_text("وصلت قافلة ثالثة " * 120_000, encoding="utf-8")


def nothing(folder: Path) -> None:
    """The file is missing."""


def folder_without_texts(folder: Path) -> None:
    (folder / "bad.txt").mkdir()
    (folder / "bad.txt" / "picture.png").write_bytes(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    "spoil", [empty, spaces, binary, broken_utf8, huge_line, nothing, folder_without_texts]
)
def test_a_bad_file_is_named_and_nothing_is_added(
    spoil: Callable[[Path], None], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project.parent)
    before = rows(project)
    capsys.readouterr()
    assert run(["add", "bad.txt"]) == 1
    said = capsys.readouterr()
    assert "bad.txt" in said.err
    assert "→" in said.err, "no remedy"
    assert "Traceback" not in said.err
    assert said.out == ""
    assert rows(project) == before


def test_an_undecodable_byte_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken_utf8(project.parent)
    assert run(["add", "--encoding", "utf-8", "bad.txt"]) == 1
    said = capsys.readouterr().err
    assert "0xff" in said.lower()
    assert str(len("خرجت القافلة".encode())) in said


def test_the_same_text_twice_adds_nothing_and_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = rows(project)
    capsys.readouterr()
    assert run(["add", "one.txt"]) == 0
    assert "already" in capsys.readouterr().err
    assert rows(project) == before


def test_a_file_that_is_no_project_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.curate"
    other.write_bytes(b"not a database at all" * 100)
    assert run(["-p", str(other), "status"]) == 1
    assert "other.curate" in capsys.readouterr().err
    assert other.read_bytes() == b"not a database at all" * 100


def test_another_programs_database_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.curate"
    with sqlite3.connect(other) as database:
        database.execute("create table theirs (x)")
    before = other.read_bytes()
    assert run(["-p", str(other), "status"]) == 1
    assert "other.curate" in capsys.readouterr().err
    assert other.read_bytes() == before


def test_a_project_of_a_newer_curate_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(project) as database:
        database.execute("pragma user_version = 9999")
    before = rows(project)
    assert run(["status"]) == 1
    assert "newer" in capsys.readouterr().err
    assert rows(project) == before


def test_a_folder_without_a_project_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CURATE_PROJECT", raising=False)
    assert run(["status"]) == 1
    assert "curate init" in capsys.readouterr().err


def test_init_refuses_to_write_over_a_project(project: Path) -> None:
    before = rows(project)
    assert run(["init", "work"]) == 1
    assert rows(project) == before


def test_a_schema_with_errors_names_each_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(
        "format: curate-schema/1\nname: mine\nname: again\nversion: one\n", encoding="utf-8"
    )
    assert run(["init", "work", "--schema", "mine.yaml"]) == 1
    said = capsys.readouterr().err
    assert "mine.yaml:3" in said
    assert "mine.yaml:4" in said
    assert not (tmp_path / "work.curate").exists()


def test_an_unknown_command_names_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["anotate"]) == 2
    assert "annotate" in capsys.readouterr().err
