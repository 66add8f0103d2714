"""Second version of the project file: copies among the documents, and samples of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = """
CREATE TABLE copies (
    document INTEGER PRIMARY KEY REFERENCES documents,
    original INTEGER NOT NULL REFERENCES documents,
    similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1)
) STRICT;
CREATE INDEX copies_of_original ON copies (original);

CREATE TABLE samples (
    name TEXT PRIMARY KEY,
    how TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sampled (
    sample TEXT NOT NULL REFERENCES samples,
    place INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES items,
    PRIMARY KEY (sample, place),
    UNIQUE (sample, item)
) STRICT, WITHOUT ROWID;
"""


def m002_corpus(database: Database) -> None:
    """Make the tables of copies and samples."""
    database.executescript(TABLES)
