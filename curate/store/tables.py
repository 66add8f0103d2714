"""The tables of a project, as the first migration makes them."""

from __future__ import annotations

PROJECT = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    place TEXT,
    reason TEXT NOT NULL,
    payload TEXT NOT NULL,
    at TEXT NOT NULL,
    settled TEXT
) STRICT;

CREATE TABLE releases (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    manifest TEXT NOT NULL
) STRICT;
"""

TEXTS = """
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL UNIQUE,
    meta TEXT NOT NULL,
    file TEXT,
    start INTEGER,
    end INTEGER,
    at TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE sentences (
    document INTEGER NOT NULL REFERENCES documents,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL CHECK (end > start),
    kind TEXT NOT NULL,
    PRIMARY KEY (document, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL CHECK (end > start)
) STRICT;
CREATE INDEX items_of_document ON items (document);

CREATE TABLE candidates (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents,
    producer TEXT NOT NULL,
    at TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;
CREATE INDEX candidates_of_document ON candidates (document);
"""

WORK = """
CREATE TABLE assignments (
    annotator TEXT NOT NULL,
    item INTEGER NOT NULL REFERENCES items,
    batch TEXT,
    at TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    PRIMARY KEY (annotator, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX assignments_open ON assignments (annotator, item) WHERE is_open;

CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    annotator TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES items (id),
    action TEXT NOT NULL,
    change TEXT NOT NULL,
    seconds REAL NOT NULL,
    keys INTEGER NOT NULL,
    candidate TEXT,
    at TEXT NOT NULL,
    undoes TEXT REFERENCES journal (id),
    redoes TEXT REFERENCES journal (id),
    group_id TEXT,
    undoable INTEGER NOT NULL
) STRICT;
CREATE INDEX journal_of_item ON journal (item, annotator);
CREATE INDEX journal_of_annotator ON journal (annotator);
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'the journal is append-only'); END;

CREATE TABLE timeline (
    annotator TEXT NOT NULL,
    step INTEGER NOT NULL,
    journal INTEGER NOT NULL REFERENCES journal,
    undone INTEGER NOT NULL,
    PRIMARY KEY (annotator, step, journal)
) STRICT, WITHOUT ROWID;
CREATE INDEX timeline_undone ON timeline (annotator, undone, step);

CREATE TABLE closed_runs (
    annotator TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= first),
    PRIMARY KEY (annotator, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE progress (
    annotator TEXT NOT NULL,
    status TEXT NOT NULL,
    items INTEGER NOT NULL CHECK (items >= 0),
    PRIMARY KEY (annotator, status)
) STRICT, WITHOUT ROWID;
"""

ANNOTATIONS = """
CREATE TABLE annotations (
    number INTEGER PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items,
    annotator TEXT NOT NULL,
    status TEXT NOT NULL,
    note TEXT,
    reason TEXT,
    UNIQUE (item, annotator)
) STRICT;
CREATE INDEX annotations_of_annotator ON annotations (annotator, item);

CREATE TABLE mentions (
    annotation INTEGER NOT NULL REFERENCES annotations ON DELETE CASCADE,
    id TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL CHECK (end > start),
    type TEXT NOT NULL,
    subtype TEXT,
    attributes TEXT NOT NULL,
    candidate TEXT,
    PRIMARY KEY (annotation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE frames (
    annotation INTEGER NOT NULL REFERENCES annotations ON DELETE CASCADE,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL CHECK (end > start),
    attributes TEXT NOT NULL,
    candidate TEXT,
    PRIMARY KEY (annotation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE arguments (
    annotation INTEGER NOT NULL,
    frame TEXT NOT NULL,
    place INTEGER NOT NULL,
    role TEXT NOT NULL,
    mention TEXT,
    filler_frame TEXT,
    start INTEGER,
    end INTEGER,
    PRIMARY KEY (annotation, frame, place),
    FOREIGN KEY (annotation, frame) REFERENCES frames ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE links (
    annotation INTEGER NOT NULL REFERENCES annotations ON DELETE CASCADE,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (annotation, kind, source, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE fates (
    annotation INTEGER NOT NULL REFERENCES annotations ON DELETE CASCADE,
    candidate TEXT NOT NULL,
    fate TEXT NOT NULL,
    PRIMARY KEY (annotation, candidate)
) STRICT, WITHOUT ROWID;

CREATE VIEW mention_list AS
SELECT a.annotator, a.status, i.id AS item, d.id AS document, m.id, m.type, m.subtype,
       m.start, m.end, substr(d.text, m.start + 1, m.end - m.start) AS text
FROM mentions m
JOIN annotations a ON a.number = m.annotation
JOIN items i ON i.number = a.item
JOIN documents d ON d.number = i.document;

CREATE VIEW frame_list AS
SELECT a.annotator, a.status, i.id AS item, d.id AS document, f.id, f.type,
       f.start, f.end, substr(d.text, f.start + 1, f.end - f.start) AS trigger, f.attributes
FROM frames f
JOIN annotations a ON a.number = f.annotation
JOIN items i ON i.number = a.item
JOIN documents d ON d.number = i.document;
"""

REVIEW = """
CREATE TABLE rulings (
    id TEXT PRIMARY KEY,
    item INTEGER NOT NULL REFERENCES items,
    adjudicator TEXT NOT NULL,
    payload TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX rulings_of_item ON rulings (item);

CREATE TABLE gold (
    item INTEGER PRIMARY KEY REFERENCES items,
    payload TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE remote (
    server TEXT NOT NULL,
    project INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES items,
    annotator TEXT NOT NULL,
    task INTEGER,
    annotation INTEGER,
    hash TEXT NOT NULL,
    updated_at TEXT,
    base TEXT NOT NULL,
    PRIMARY KEY (server, project, item, annotator)
) STRICT, WITHOUT ROWID;
"""
