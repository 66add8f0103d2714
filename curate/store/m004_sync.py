"""What sync remembers: the Label Studio projects, their tasks, and the annotations of the two.

The table `remote` of the first version was never written to; it is made anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = """
DROP TABLE remote;

CREATE TABLE remote_projects (
    number INTEGER PRIMARY KEY,
    server TEXT NOT NULL,
    project INTEGER NOT NULL,
    title TEXT NOT NULL,
    config TEXT NOT NULL,
    config_version INTEGER NOT NULL,
    seen TEXT,
    journal INTEGER NOT NULL,
    candidates INTEGER NOT NULL,
    strangers INTEGER NOT NULL,
    at TEXT,
    UNIQUE (server, project)
) STRICT;

CREATE TABLE remote_tasks (
    link INTEGER NOT NULL REFERENCES remote_projects ON DELETE CASCADE,
    item INTEGER NOT NULL REFERENCES items,
    task INTEGER NOT NULL,
    updated_at TEXT,
    answers INTEGER NOT NULL,
    proposed TEXT NOT NULL,
    question TEXT,
    keep TEXT,
    is_dropped INTEGER NOT NULL,
    PRIMARY KEY (link, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_tasks_by_number ON remote_tasks (link, task);
CREATE INDEX remote_tasks_asked ON remote_tasks (link) WHERE question IS NOT NULL;

CREATE TABLE remote (
    link INTEGER NOT NULL REFERENCES remote_projects ON DELETE CASCADE,
    item INTEGER NOT NULL REFERENCES items,
    annotator TEXT NOT NULL,
    annotation INTEGER,
    updated_at TEXT,
    here TEXT,
    there TEXT,
    question TEXT,
    keep TEXT,
    is_settled INTEGER NOT NULL,
    PRIMARY KEY (link, item, annotator)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_asked ON remote (link) WHERE question IS NOT NULL;
"""


def m004_sync(database: Database) -> None:
    """Make the tables of sync."""
    database.executescript(TABLES)
