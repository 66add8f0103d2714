"""Eighth version of the project file: earlier readings of repeated items, lots, guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

ROUNDS = """
CREATE TABLE readings (
    annotator TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES items,
    round INTEGER NOT NULL CHECK (round > 0),
    payload TEXT NOT NULL,
    closed TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (annotator, item, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_of_item ON readings (item);
CREATE TRIGGER readings_keep_rows BEFORE DELETE ON readings
BEGIN SELECT RAISE (ABORT, 'readings are append-only'); END;
CREATE TRIGGER readings_keep_words BEFORE UPDATE ON readings
BEGIN SELECT RAISE (ABORT, 'readings are append-only'); END;

CREATE TABLE lots (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TABLE guideline_versions (
    at TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""


def m008_rounds(database: Database) -> None:
    """Make the tables."""
    database.executescript(ROUNDS)
