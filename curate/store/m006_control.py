"""Sixth version of the project file: under which condition an item was annotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

CONDITIONS = """
CREATE TABLE conditions (
    item INTEGER PRIMARY KEY REFERENCES items,
    hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
    at TEXT NOT NULL
) STRICT;
"""


def m006_control(database: Database) -> None:
    """Make the table of conditions."""
    database.executescript(CONDITIONS)
