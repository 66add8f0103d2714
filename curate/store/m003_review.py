"""The third migration: what review needs beside rulings and gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_REVIEW = """
ALTER TABLE gold ADD COLUMN open INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER rulings_keep_rows BEFORE DELETE ON rulings
BEGIN SELECT RAISE (ABORT, 'rulings are append-only'); END;
CREATE TRIGGER rulings_keep_words BEFORE UPDATE ON rulings
BEGIN SELECT RAISE (ABORT, 'rulings are append-only'); END;

CREATE TABLE conflicts (
    number INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items,
    annotator TEXT NOT NULL,
    source TEXT NOT NULL,
    payload TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (item, annotator, source)
) STRICT;
"""


def m003_review(database: Database) -> None:
    """Let gold say how much of it is open, keep rulings, and hold versions in conflict."""
    database.executescript(_REVIEW)
