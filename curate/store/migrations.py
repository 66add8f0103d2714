"""The versions of a project file: each migration leads from one to the next."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from curate.errors import NewerProject, WorldError
from curate.store import tables
from curate.store.database import APPLICATION_ID, Connection, hidden, told
from curate.store.m002_corpus import m002_corpus
from curate.store.m003_review import m003_review
from curate.store.m004_sync import m004_sync
from curate.store.m005_desk import m005_desk
from curate.store.m006_control import m006_control
from curate.store.m007_views import m007_views
from curate.store.m008_rounds import m008_rounds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlite_utils import Database


def m001_tables(database: Database) -> None:
    """Make the first tables."""
    for script in (tables.PROJECT, tables.TEXTS, tables.WORK, tables.ANNOTATIONS, tables.REVIEW):
        database.executescript(script)


MIGRATIONS: tuple[Callable[[Database], None], ...] = (
    m001_tables,
    m002_corpus,
    m003_review,
    m004_sync,
    m005_desk,
    m006_control,
    m007_views,
    m008_rounds,
)
"""In order; never change one that was released, add another."""

VERSION = len(MIGRATIONS)
"""The version that this program reads and writes."""


def version_of(connection: Connection) -> int:
    """The version of the file."""
    return int(connection.value("PRAGMA user_version"))


def check_version(connection: Connection) -> None:
    """Refuse a file that a newer curate made."""
    version = version_of(connection)
    if version > VERSION:
        raise NewerProject(
            f"{connection.path} was made by a newer curate "
            f"(its version is {version}, this curate knows {VERSION})",
            "upgrade curate: pip install --upgrade curate",
        )


def is_older(connection: Connection) -> bool:
    """Whether the file has to be brought up to date."""
    return version_of(connection) < VERSION


def make_tables(connection: Connection) -> None:
    """Turn an empty file into a project of the current version."""
    connection.database.enable_wal()
    with connection.writing():
        _apply(connection)


def migrate(connection: Connection) -> Path | None:
    """Bring a project up to date in one transaction; return the backup made first, if any."""
    if not is_older(connection):
        return None
    if connection.read_only:
        raise WorldError(
            f"{connection.path} is of an older curate and cannot be brought up to date",
            "make the file and its folder writable, or work on a copy",
        )
    backup = back_up(connection)
    with connection.writing():
        if is_older(connection):  # another program may have been faster
            _apply(connection)
    return backup


def back_up(connection: Connection) -> Path:
    """Copy the file as it stands to `NAME.curate.before-vN`, beside older copies if any."""
    name = f"{connection.path.name}.before-v{VERSION}"
    target = connection.path.with_name(name)
    copies = 1
    while target.exists():
        copies += 1
        target = connection.path.with_name(f"{name}-{copies}")
    try:
        with closing(sqlite3.connect(target)) as copy:
            connection.database.conn.backup(copy)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise told(error, target) or error from error
    return target


def _apply(connection: Connection) -> None:
    with hidden("pandas", "numpy"):  # imported only where a file is made or migrated
        from sqlite_utils import Migrations
    steps = Migrations("curate")
    for migration in MIGRATIONS:
        steps()(migration)
    steps.apply(connection.database)
    connection.run(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.run(f"PRAGMA user_version = {VERSION}")
