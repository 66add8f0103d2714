"""A project file, opened: the one face of the storey that keeps things."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Self

from curate.errors import ProjectError, WorldError
from curate.store.annotations import Annotations
from curate.store.candidates import Candidates
from curate.store.conditions import Conditions
from curate.store.database import Connection, connect, told
from curate.store.documents import Documents
from curate.store.items import Items
from curate.store.journal import Journal
from curate.store.migrations import check_version, is_older, make_tables, migrate
from curate.store.queue import Queue
from curate.store.settings import SCHEMA_TEXT, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType

    from curate.store.comments import Comments
    from curate.store.copies import Copies
    from curate.store.encoding import Json
    from curate.store.finding import Finding
    from curate.store.gold import Gold
    from curate.store.quarantine import Quarantine
    from curate.store.releases import Releases
    from curate.store.remote import Remotes
    from curate.store.rounds import Rounds
    from curate.store.rulings import Rulings
    from curate.store.samples import Samples
    from curate.store.uniting import Uniting
    from curate.store.upkeep import Upkeep


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
        self.queue = Queue(connection)
        self.conditions = Conditions(connection)

    @classmethod
    def create(cls, path: Path, settings: Mapping[str, Json]) -> Store:
        """Make a new project file and open it; it appears whole or not at all.

        Refuses to overwrite anything.
        """
        _check_name(path)
        draft = path.with_name(f".{path.name}.new-{os.urandom(4).hex()}")
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

    # Rooms that the workbench may never enter are furnished at the first step inside: it opens
    # faster for it.

    @cached_property
    def comments(self) -> Comments:
        """What people say to each other about items."""
        from curate.store.comments import Comments

        return Comments(self._connection, self.items)

    @cached_property
    def quarantine(self) -> Quarantine:
        """What came from outside and does not fit."""
        from curate.store.quarantine import Quarantine

        return Quarantine(self._connection)

    @cached_property
    def finding(self) -> Finding:
        """The index that search asks."""
        from curate.store.finding import Finding

        return Finding(self._connection)

    @cached_property
    def remotes(self) -> Remotes:
        """What Label Studio held at the last sync."""
        from curate.store.remote import Remotes

        return Remotes(self._connection, self.items)

    @cached_property
    def rulings(self) -> Rulings:
        """What leads decided."""
        from curate.store.rulings import Rulings

        return Rulings(self._connection, self.items)

    @cached_property
    def gold(self) -> Gold:
        """What is settled, item by item."""
        from curate.store.gold import Gold

        return Gold(self._connection, self.items)

    @cached_property
    def copies(self) -> Copies:
        """Which documents are near copies of others."""
        from curate.store.copies import Copies

        return Copies(self._connection)

    @cached_property
    def samples(self) -> Samples:
        """Samples of items."""
        from curate.store.samples import Samples

        return Samples(self._connection)

    @cached_property
    def rounds(self) -> Rounds:
        """Earlier readings, lots and versions of the guidelines."""
        from curate.store.rounds import Rounds

        return Rounds(self._connection)

    @cached_property
    def releases(self) -> Releases:
        """Releases that were made."""
        from curate.store.releases import Releases

        return Releases(self._connection)

    @cached_property
    def upkeep(self) -> Upkeep:
        """Checks and copies of the file."""
        from curate.store.upkeep import Upkeep

        return Upkeep(self._connection)

    @cached_property
    def uniting(self) -> Uniting:
        """Taking over what another copy has."""
        from curate.store.uniting import Uniting

        return Uniting(self._connection)

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
