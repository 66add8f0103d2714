"""Looks after the file itself: whether it is sound, and copies of it while others write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from curate.errors import ProjectError, WorldError
from curate.store.database import told
from curate.store.progress import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.store.database import Connection

_PAGES = 1000
"""Pages to copy at a time: whoever writes waits no longer than for these."""

_COUNTED = """
SELECT annotator, status, count(*) FROM annotations GROUP BY annotator, status
EXCEPT SELECT annotator, status, items FROM progress WHERE items > 0
"""
_TOLD = """
SELECT annotator, status, items FROM progress WHERE items > 0
EXCEPT SELECT annotator, status, count(*) FROM annotations GROUP BY annotator, status
"""


class Upkeep:
    """Checks and copies of one project file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def damage(self) -> list[str]:
        """What SQLite finds wrong with pages, rows and indexes of the file."""
        try:
            found = [str(row[0]) for row in self._connection.rows("PRAGMA integrity_check(100)")]
        except ProjectError as error:
            return [error.message]
        return [line for line in found if line != "ok"]

    def orphans(self) -> list[str]:
        """Rows that point to rows that are not there."""
        return [
            f"a row of {table} points to a row of {to} that is not there"
            for table, _, to, _ in self._connection.rows("PRAGMA foreign_key_check")
        ]

    def touched(self) -> Iterator[tuple[str, str]]:
        """Every item id and annotator that the journal or the annotations know."""
        yield from self._connection.each(
            "SELECT item, annotator FROM journal "
            "UNION SELECT i.id, a.annotator FROM annotations a JOIN items i ON i.number = a.item "
            "ORDER BY 1, 2"
        )

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """Id, stored hash and text of every document, for the hash to be counted anew."""
        yield from self._connection.each("SELECT id, sha256, text FROM documents ORDER BY number")

    def false_tallies(self) -> list[str]:
        """What the counts of progress say that the annotations do not, a line each."""
        wrong = [
            f"{who} has {count} items {status} by the annotations, but not by the tally"
            for who, status, count in self._connection.rows(_COUNTED)
        ] + [
            f"{who} has {count} items {status} by the tally, but not by the annotations"
            for who, status, count in self._connection.rows(_TOLD)
        ]
        closed = ", ".join(f"'{status.value}'" for status in sorted(CLOSED))
        wrong += [
            f"{who}: the queue takes {item} for {'done' if is_closed else 'open'}, and it is not"
            for who, item, is_closed in self._connection.rows(
                f"""
                SELECT a.annotator, i.id, r.first IS NOT NULL
                FROM annotations a JOIN items i ON i.number = a.item
                LEFT JOIN closed_runs r ON r.annotator = a.annotator
                     AND a.item BETWEEN r.first AND r.last
                WHERE (a.status IN ({closed})) <> (r.first IS NOT NULL)
                """  # noqa: S608 (our own words)
            )
        ]
        return wrong + [
            f"{who}: the assignment of {item} is {'open' if is_open else 'closed'}, and it is not"
            for who, item, is_open in self._connection.rows(
                f"""
                SELECT s.annotator, i.id, s.is_open
                FROM assignments s JOIN items i ON i.number = s.item
                LEFT JOIN annotations a ON a.item = s.item AND a.annotator = s.annotator
                WHERE s.is_open = coalesce(a.status IN ({closed}), 0)
                """  # noqa: S608 (our own words)
            )
        ]

    def back_up(self, target: Path) -> None:
        """Copy the project as it is at one moment to a file that is not there yet.

        Others may go on writing meanwhile. Raises `ProjectError` when the name is taken,
        `WorldError` when the copy cannot be made; then nothing is left of it.
        """
        if target.exists():
            raise ProjectError(f"{target} is there already", "name another file")
        draft = target.with_name(f".{target.name}.part")
        draft.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(draft)) as copy:
                self._connection.database.conn.backup(copy, pages=_PAGES, sleep=0.01)
                copy.execute("PRAGMA journal_mode = DELETE")
            draft.replace(target)
        except sqlite3.Error as error:
            raise told(error, target) or error from error
        except OSError as error:
            raise WorldError(
                f"{target} cannot be written: {error.strerror}", "name a folder with room"
            ) from error
        finally:
            draft.unlink(missing_ok=True)
