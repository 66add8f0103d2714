"""Making and opening project files, whole ones and others."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.errors import Busy, CurateError, NewerProject, NotAProject, ProjectError, WorldError
from curate.store import database, migrations
from curate.store.annotations import _Parts
from curate.store.store import Store
from tests.store.building import NOW, decided, document, item_ids, store, with_mention

if TYPE_CHECKING:
    from sqlite_utils import Database

    from curate.model.annotation import Mention


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def set_version(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA user_version = {version}")
        raw.commit()


def test_a_new_project_is_one_file_with_its_settings(tmp_path: Path) -> None:
    Store.create(tmp_path / "p.curate", {"item.unit": "sentence", "other": [1, None]}).close()
    assert names(tmp_path) == {"p.curate"}
    with Store.open(tmp_path / "p.curate") as opened:
        assert opened.settings.all() == {"item.unit": "sentence", "other": [1, None]}
        opened.settings["other"] = {"ا": 1.5}
        assert opened.settings["other"] == {"ا": 1.5}
        assert opened.settings.get("missing", "x") == "x"
        with pytest.raises(KeyError):
            opened.settings["missing"]


def test_connections_are_set_up_for_safety(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as opened:
        pragmas = {
            name: opened._connection.value(f"PRAGMA {name}")
            for name in ("journal_mode", "foreign_keys", "synchronous", "trusted_schema")
        }
        assert pragmas == {
            "journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "trusted_schema": 0,
        }  # fmt: skip
        loose = opened._connection.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND NOT strict AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite_%'"
        )
        assert loose == []


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    path.write_text("mine")
    with pytest.raises(ProjectError, match="there already"):
        Store.create(path, {})
    assert path.read_text() == "mine"
    assert names(tmp_path) == {"p.curate"}


def test_a_project_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", fail)
    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(WorldError, match="No space left"):
        Store.create(tmp_path / "p.curate", {})
    assert names(tmp_path) == set()


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", fail)
    Store.create(tmp_path / "p.curate", {}).close()
    assert names(tmp_path) == {"p.curate"}


@pytest.mark.parametrize(
    "content", [b"", b"text", "نص".encode(), b"SQLite format 3\0" + b"\0" * 84]
)
def test_another_file_is_not_a_project_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.curate"
    path.write_bytes(content)
    with pytest.raises(NotAProject):
        Store.open(path)
    assert path.read_bytes() == content
    assert names(tmp_path) == {"p.curate"}


def test_another_sqlite_file_is_not_a_project(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE a (b)")
    before = path.read_bytes()
    with pytest.raises(NotAProject):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there is no project"):
        Store.open(tmp_path / "p.curate")
    with pytest.raises(NotAProject, match="folder"):
        Store.open(tmp_path)
    assert names(tmp_path) == set()


def test_a_project_of_a_newer_curate_is_refused_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    set_version(path, 99)
    before = path.read_bytes()
    with pytest.raises(NewerProject, match="99") as caught:
        Store.open(path)
    assert caught.value.remedy is not None
    assert caught.value.exit_code == 1
    assert path.read_bytes() == before


def _damaged(path: Path) -> None:
    store(path, sentences=200).close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 8192))


def test_a_damaged_file_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    _damaged(path)
    with pytest.raises(ProjectError, match="damaged"), Store.open(path) as opened:
        list(opened.documents.all())


def test_a_read_only_project_can_be_read_but_refuses_every_write(tmp_path: Path) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    before = path.read_bytes()
    with Store.open(path, read_only=True) as opened:
        assert opened.read_only
        item = opened.items.first()
        assert item is not None
        after = replace(opened.annotations.get(item.id, "a1"), note="x")
        with pytest.raises(WorldError, match="reading only"):
            opened.journal.write(decided(opened, item.id, after))
        with pytest.raises(WorldError, match="reading only"):
            opened.settings["x"] = 1
    assert path.read_bytes() == before


def test_a_file_that_may_not_be_written_opens_for_reading_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path) as opened:
        assert opened.read_only
        assert opened.items.count() == 6
        with pytest.raises(WorldError, match="reading only"):
            opened.settings["x"] = 1
    _with_one_more_migration(monkeypatch, "SELECT 1")
    with pytest.raises(WorldError, match="cannot be brought up to date"):
        Store.open(path)


def test_an_annotation_is_read_as_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.curate"
    with store(path) as reader, Store.open(path) as writer:
        item = item_ids(reader)[0]
        blank = reader.annotations.get(item, "a1")
        one = with_mention(writer, item, "m1")
        writer.journal.write(decided(writer, item, one))
        read_mentions = _Parts._mentions

        def meanwhile(parts: _Parts) -> dict[int, list[Mention]]:
            monkeypatch.undo()
            writer.journal.write(decided(writer, item, blank))
            return read_mentions(parts)

        monkeypatch.setattr(_Parts, "_mentions", meanwhile)
        assert reader.annotations.get(item, "a1") == one
        assert reader.annotations.get(item, "a1") == blank


def test_a_full_disk_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as opened:
        first, *_ = item_ids(opened)
        good = replace(opened.annotations.get(first, "a1"), note="محفوظ")
        opened.journal.write(decided(opened, first, good))
        pages = opened._connection.value("PRAGMA page_count")
        opened._connection.rows(f"PRAGMA max_page_count = {pages}")
        long = replace(good, note="س" * 100_000)
        with pytest.raises(WorldError, match="disk is full") as caught:
            opened.journal.write(decided(opened, first, long))
        assert caught.value.exit_code == 3
        assert opened.annotations.get(first, "a1") == good
        assert opened.journal.count() == 1
        opened._connection.rows("PRAGMA max_page_count = 1000000")
        assert opened.journal.write(decided(opened, first, long)) == long


def test_a_program_that_writes_for_too_long_makes_others_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with Store.open(path) as one, Store.open(path) as other:
        with one.writing(), pytest.raises(Busy) as caught:
            other.settings["x"] = 1
        assert caught.value.exit_code == 3
        assert other.items.count() == 6
        other.settings["x"] = 1


def set_and_fail(opened: Store, value: int) -> None:
    with opened.writing():
        opened.settings["x"] = value
        raise ZeroDivisionError


def test_a_second_connection_takes_nothing_away_from_the_first(tmp_path: Path) -> None:
    """A worker of the workbench opens the project too; then another program opens and closes it."""
    path = tmp_path / "p.curate"
    with store(path) as first:
        first.settings["n"] = 1
        Store.open(path).close()
        other = "import sys; from pathlib import Path; from curate.store.store import Store; "
        other += "Store.open(Path(sys.argv[1])).close()"
        subprocess.run([sys.executable, "-c", other, path], check=True)
        assert names(tmp_path) == {"p.curate", "p.curate-wal", "p.curate-shm"}
        first.settings["n"] = 2
        with Store.open(path) as third:
            assert third.settings["n"] == 2


def test_an_error_inside_a_transaction_takes_all_of_it_back(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as opened:
        opened.settings["x"] = 1
        with pytest.raises(ZeroDivisionError):
            set_and_fail(opened, 2)
        assert opened.settings["x"] == 1
        with opened.writing():
            opened.settings["x"] = 3
            with pytest.raises(ZeroDivisionError):
                set_and_fail(opened, 4)
        assert opened.settings["x"] == 3


def test_opening_a_project_loads_neither_pandas_nor_numpy(tmp_path: Path) -> None:
    store(tmp_path / "p.curate").close()
    script = (
        "import sys; from pathlib import Path; from curate.store.store import Store\n"
        "Store.open(Path(sys.argv[1])).close()\n"
        "print(sorted({'pandas', 'numpy', 'textual', 'label_studio_sdk'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "p.curate")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


NEXT = migrations.VERSION + 1


def _with_one_more_migration(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    def m999_more(made: Database) -> None:
        made.execute("CREATE TABLE colours (name TEXT) STRICT")
        made.execute(sql)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, m999_more))
    monkeypatch.setattr(migrations, "VERSION", NEXT)


def test_an_older_project_is_backed_up_and_brought_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    _with_one_more_migration(monkeypatch, "INSERT INTO colours VALUES ('أخضر')")
    with Store.open(path, read_only=True) as opened:
        assert opened._connection.rows("SELECT name FROM colours") == [("أخضر",)]
        assert opened.items.count() == 6
    assert names(tmp_path) == {"p.curate", f"p.curate.before-v{NEXT}"}
    monkeypatch.undo()
    with pytest.raises(NewerProject):
        Store.open(path)
    with Store.open(tmp_path / f"p.curate.before-v{NEXT}") as copy:
        assert copy.items.count() == 6


def test_a_migration_that_fails_leaves_the_project_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.curate"
    store(path).close()
    _with_one_more_migration(monkeypatch, "INSERT INTO nowhere VALUES (1)")
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    with pytest.raises(sqlite3.OperationalError):
        Store.open(path)
    assert names(tmp_path) == {
        "p.curate",
        f"p.curate.before-v{NEXT}",
        f"p.curate.before-v{NEXT}-2",
    }
    monkeypatch.undo()
    with Store.open(path) as opened:
        assert opened.items.count() == 6
        opened.documents.add([document(2, 50)], opened.settings.unit, at=NOW)


def test_every_error_of_the_file_is_told_with_a_remedy(tmp_path: Path) -> None:
    for name in ("SQLITE_BUSY", "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FULL",
                 "SQLITE_READONLY_DBMOVED", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"):  # fmt: skip
        error = sqlite3.OperationalError("x")
        error.sqlite_errorname = name
        told = database.told(error, tmp_path)
        assert isinstance(told, CurateError)
        assert told.remedy
    assert database.told(sqlite3.OperationalError("no such table"), tmp_path) is None
