"""The only place that opens SQLite: connections with our settings, errors in the user's words."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Self
from weakref import WeakKeyDictionary

from curate.errors import Busy, CurateError, NotAProject, ProjectError, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from sqlite_utils import Database


@contextmanager
def hidden(*packages: str) -> Iterator[None]:
    """Keep the imports inside from finding these packages."""
    absent = [name for name in packages if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  # as if it were not installed
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


APPLICATION_ID = 0x63757261
"""Stands in the file's header, by which a project is told from other SQLite files: `cura`."""

PATIENCE = 5.0
"""Seconds to wait for another program's transaction before `Busy`."""


_ASKING = 10
"""Milliseconds after which waiting for the write lock begins anew."""

_OPENING: Final = Lock()
_HELD: Final[WeakKeyDictionary[Connection, tuple[int, int] | None]] = WeakKeyDictionary()
"""The files that this process has open."""

SETTINGS = """
PRAGMA foreign_keys = on;
PRAGMA synchronous = full;
PRAGMA trusted_schema = off;
PRAGMA journal_size_limit = 16777216;
PRAGMA temp.journal_mode = memory;
"""


class Connection:
    """One thread's connection to a project file."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._raw = connection

    @cached_property
    def database(self) -> Database:
        """The connection as sqlite-utils sees it; imported when a file is first written to."""
        with hidden("pandas", "numpy"):  # sqlite-utils would load both: two seconds
            from sqlite_utils import Database
        return Database(self._raw, execute_plugins=False, strict=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self._raw.close()
        _forget(self)

    def rows(
        self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._raw.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        try:
            found: tuple[Any, ...] | None = self._raw.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._told(error) from error
        return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first value of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def each(
        self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        try:
            yield from self._raw.execute(sql, values)
        except sqlite3.Error as error:
            raise self._told(error) from error

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """Run a statement inside a transaction; return how many rows it changed."""
        try:
            return self._raw.execute(sql, values).rowcount
        except sqlite3.Error as error:
            raise self._told(error) from error

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run a statement inside a transaction for each row of values."""
        try:
            self._raw.executemany(sql, values)
        except sqlite3.Error as error:
            raise self._told(error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all writes inside one transaction, which holds the write lock from the start.

        A transaction that reads first and asks for the lock later could be refused at once,
        whatever the patience. Inside another it is a part of it that fails or holds by itself.
        """
        if self._raw.in_transaction:
            with self._part():
                yield
            return
        if self.read_only:
            raise self._read_only()
        self._begin()
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Make all reads inside see one moment, whatever other programs write meanwhile."""
        if self._raw.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            if self._raw.in_transaction:
                self._raw.execute("COMMIT")

    @contextmanager
    def _part(self) -> Iterator[None]:
        """Make the writes inside hold or fail by themselves within a transaction."""
        self.run("SAVEPOINT part")  # a nested one of the same name hides the outer
        try:
            yield
        except BaseException:
            if self._raw.in_transaction:  # some errors end the whole transaction
                self._raw.execute("ROLLBACK TO part")
                self._raw.execute("RELEASE part")
            raise
        self.run("RELEASE part")

    def _begin(self) -> None:
        """Take the write lock, asking often: SQLite itself would sleep ever longer between."""
        deadline = time.monotonic() + PATIENCE
        self.run(f"PRAGMA busy_timeout = {_ASKING}")
        try:
            while True:
                try:
                    self._raw.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    if not _is_busy(error) or time.monotonic() > deadline:
                        raise self._told(error) from error
                else:
                    return
        finally:
            self.run(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")

    @contextmanager
    def setting_down(self) -> Iterator[None]:
        """Group writes to temporary tables: they go to a file of their own, without any lock."""
        if self._raw.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._raw.in_transaction:
                self._raw.execute("ROLLBACK")
            raise

    @contextmanager
    def relaxed(self) -> Iterator[None]:
        """Leave waiting for the disk to the end: for bulk imports, which can be repeated."""
        self.run("PRAGMA synchronous = normal")
        try:
            yield
        finally:
            self.run("PRAGMA synchronous = full")
            self.rows("PRAGMA wal_checkpoint(PASSIVE)")

    def _read_only(self) -> WorldError:
        return WorldError(
            f"nothing can be written: {self.path} is open for reading only",
            "make the file and its folder writable, or work on a copy",
        )

    def _told(self, error: sqlite3.Error) -> Exception:
        return told(error, self.path) or error


def _is_busy(error: sqlite3.Error) -> bool:
    return (error.sqlite_errorname or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def told(error: sqlite3.Error, path: Path) -> CurateError | None:
    """What an SQLite error means to the user; None for a mistake in our own program."""
    name = getattr(error, "sqlite_errorname", None) or ""
    family = "_".join(name.split("_")[:2])
    if family in ("SQLITE_BUSY", "SQLITE_LOCKED"):
        return Busy(
            f"another program is writing to {path} and did not finish in {PATIENCE:.0f} seconds",
            "try again when it is done",
        )
    if family == "SQLITE_NOTADB":
        return NotAProject(f"{path} is not a curate project", "name a file made by `curate init`")
    if family == "SQLITE_CORRUPT":
        return ProjectError(
            f"{path} is damaged: {error}",
            "keep this file, and go on with a copy or with NAME.curate.before-vN beside it",
        )
    world = {
        "SQLITE_FULL": ("the disk is full", "free some space; everything confirmed so far is safe"),
        "SQLITE_READONLY": ("nothing can be written", "make the file and its folder writable"),
        "SQLITE_IOERR": (f"the disk failed, {error}", "check the disk or the network drive"),
        "SQLITE_CANTOPEN": (
            "the project cannot be opened",
            "check that the folder is there and writable",
        ),
        "SQLITE_PERM": ("the project may not be opened", "check the file's permissions"),
    }.get(family)
    # What first, where after: the line below the workbench may be shorter than the path.
    return None if world is None else WorldError(f"{world[0]}: {path}", world[1])


def connect(path: Path, *, read_only: bool = False) -> Connection:
    """Open an existing project file with our settings; the caller checks its version.

    A file that the user may not write to is opened for reading only.
    """
    with _OPENING:
        identity = _identity(path)
        if identity is None or identity not in _HELD.values():
            check_header(path)
        read_only = read_only or not os.access(path, os.W_OK)
        try:
            raw = _connected(path, read_only=read_only)
        except sqlite3.Error as error:
            raise told(error, path) or error from error
        connection = Connection(path, raw, read_only=read_only)
        _HELD[connection] = _identity(path)
    return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is, whatever it is called; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _forget(connection: Connection) -> None:
    with _OPENING:
        _HELD.pop(connection, None)


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    if not read_only:
        return _tuned(f"{address}?mode=rw")
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        # Who may not write cannot tidy up the write-ahead log either, and would leave it behind.
        connection = _tuned(f"{address}?mode=rw")
        connection.execute("PRAGMA query_only = on")
        return connection
    try:
        return _tuned(f"{address}?mode=ro")
    except sqlite3.OperationalError:
        # A write-ahead log in a folder that we may not write to: read the file as it stands.
        if path.with_name(path.name + "-wal").exists():
            raise
        return _tuned(f"{address}?immutable=1")


def _tuned(address: str) -> sqlite3.Connection:
    # No isolation level: transactions begin and end only where `writing` says so.
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        for pragma in SETTINGS.strip().splitlines():
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def check_header(path: Path) -> None:
    """Refuse what is no project by its first bytes, without touching the file.

    Never while this process has the file open: closing it here would end SQLite's locks on it,
    and another program would take away the write-ahead log under us.
    """
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise ProjectError(f"there is no project {path}", "make one with `curate init`") from None
    except IsADirectoryError:
        raise NotAProject(f"{path} is a folder", "name a .curate file") from None
    except OSError as error:
        raise WorldError(
            f"{path} cannot be read: {error.strerror}", "check the file's permissions"
        ) from error
    known = header[:16] == b"SQLite format 3\0"
    if not known or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise NotAProject(f"{path} is not a curate project", "name a file made by `curate init`")
