"""A project file, opened: the one face of the storey that keeps things."""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Self

from curate.errors import ProjectError, WorldError
from curate.store.annotations import Annotations
from curate.store.candidates import Candidates
from curate.store.comments import Comments
from curate.store.conditions import Conditions
from curate.store.copies import Copies
from curate.store.database import Connection, connect, told
from curate.store.documents import Documents
from curate.store.finding import Finding
from curate.store.gold import Gold
from curate.store.items import Items
from curate.store.journal import Journal
from curate.store.migrations import check_version, is_older, make_tables, migrate
from curate.store.quarantine import Quarantine
from curate.store.queue import Queue
from curate.store.releases import Releases
from curate.store.remote import Remotes
from curate.store.rounds import Rounds
from curate.store.rulings import Rulings
from curate.store.samples import Samples
from curate.store.settings import SCHEMA_TEXT, Settings
from curate.store.uniting import Uniting
from curate.store.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from curate.store.encoding import Json


class Store:
    """Everything in one project file. Belongs to the thread that opened it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.path = connection.path
        self.read_only = connection.read_only
        self.settings = Settings(connection)
        self.documents = Documents(connection)
        self.items = Items(connection)
        self.candidates = Candidates(connection)
        self.annotations = Annotations(connection)
        self.journal = Journal(connection, self.items, self.annotations)
        self.quarantine = Quarantine(connection)
        self.comments = Comments(connection, self.items)
        self.finding = Finding(connection)
        self.queue = Queue(connection)
        self.remotes = Remotes(connection, self.items)
        self.rulings = Rulings(connection, self.items)
        self.gold = Gold(connection, self.items)
        self.copies = Copies(connection)
        self.samples = Samples(connection)
        self.rounds = Rounds(connection)
        self.releases = Releases(connection)
        self.upkeep = Upkeep(connection)
        self.uniting = Uniting(connection)
        self.conditions = Conditions(connection)

    @classmethod
    def create(cls, path: Path, settings: Mapping[str, Json]) -> Store:
        """Make a new project file and open it; it appears whole or not at all.

        Refuses to overwrite anything.
        """
        _check_name(path)
        draft = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
        try:
            _make(draft, settings)
            _publish(draft, path)
        except sqlite3.Error as error:
            raise told(error, path) or error from error
        except OSError as error:
            raise WorldError(
                f"{path} cannot be made: {error.strerror}", "name a folder that you may write to"
            ) from error
        finally:
            for leftover in path.parent.glob(draft.name + "*"):
                leftover.unlink()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Store:
        """Open a project file; one of an older version is backed up and brought up to date.

        A file that may not be written to is opened for reading only, and says so in `read_only`.
        Raises `NotAProject`, `NewerProject`, and `WorldError` for an older file that cannot be
        brought up to date.
        """
        connection = connect(path, read_only=read_only)
        try:
            check_version(connection)
            if is_older(connection):
                _bring_up_to_date(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

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
        """Close the file."""
        self._connection.close()

    @property
    def schema_text(self) -> str:
        """The schema file of the project, as it was read."""
        return self.settings.text(SCHEMA_TEXT)

    def reading(self) -> AbstractContextManager[None]:
        """Make all reads inside see one moment, whatever other programs write meanwhile."""
        return self._connection.reading()

    def writing(self) -> AbstractContextManager[None]:
        """Make all writes inside one transaction: all or, on any error, none."""
        return self._connection.writing()

    def relaxed(self) -> AbstractContextManager[None]:
        """Let bulk imports wait for the disk once, at the end; no annotation is written inside."""
        return self._connection.relaxed()


def _bring_up_to_date(connection: Connection) -> None:
    if not connection.read_only:
        migrate(connection)
        return
    with connect(connection.path) as writable:
        migrate(writable)


def _check_name(path: Path) -> None:
    """Refuse a name that is taken, or whose folder is not there."""
    if path.exists() or path.is_symlink():
        raise ProjectError(f"{path} is there already", "choose another name, or open it with -p")
    if not path.parent.is_dir():
        raise ProjectError(f"there is no folder {path.parent}", "make it first, or name another")


def _make(draft: Path, settings: Mapping[str, Json]) -> None:
    raw = sqlite3.connect(draft, isolation_level=None)
    with closing(Connection(draft, raw, read_only=False)) as connection:
        make_tables(connection)
        with connection.writing():
            store = Settings(connection)
            for name, value in settings.items():
                store[name] = value


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, never in place of another."""
    try:
        os.link(draft, path)
    except FileExistsError:
        _check_name(path)
    except OSError:  # a file system without hard links
        _check_name(path)
        draft.rename(path)
