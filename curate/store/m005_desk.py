"""Fifth version of the project file: comments, an index to search by, an order of the queue."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

COMMENTS = """
CREATE TABLE comments (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    thread TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES items,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT,
    start INTEGER,
    end INTEGER
) STRICT;
CREATE INDEX comments_of_item ON comments (item);
CREATE INDEX comments_of_thread ON comments (thread);
CREATE TRIGGER comments_keep_rows BEFORE DELETE ON comments
BEGIN SELECT RAISE (ABORT, 'comments are append-only'); END;
CREATE TRIGGER comments_keep_words BEFORE UPDATE ON comments
BEGIN SELECT RAISE (ABORT, 'comments are append-only'); END;

CREATE TABLE comments_read (
    reader TEXT NOT NULL,
    comment TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (reader, comment)
) STRICT, WITHOUT ROWID;
"""

QUEUE = """
CREATE TABLE queue (
    item INTEGER PRIMARY KEY REFERENCES items,
    rank REAL NOT NULL
) STRICT;
CREATE INDEX queue_by_rank ON queue (rank, item);

CREATE TABLE queue_marks (
    annotator TEXT PRIMARY KEY,
    rank REAL NOT NULL,
    item INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

SEARCH = """
CREATE VIRTUAL TABLE search_index USING fts5 (
    words, content = '', columnsize = 0, detail = 'none', tokenize = 'trigram'
);
"""
"""Trigrams of each document's words in the form that search compares; rowid: its number."""

COVERED = """
CREATE TABLE search_covered (
    part INTEGER PRIMARY KEY CHECK (part = 1),
    document INTEGER NOT NULL
) STRICT;
INSERT INTO search_covered VALUES (1, 0);
"""


def m005_desk(database: Database) -> None:
    """Make the tables; the index only where this SQLite has full-text search."""
    database.executescript(COMMENTS)
    database.executescript(QUEUE)
    database.executescript(COVERED)
    with suppress(sqlite3.OperationalError):  # no such module: every search reads the texts
        database.executescript(SEARCH)
