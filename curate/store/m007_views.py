"""Seventh version of the project file: views for people who ask with SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

WORK = """
CREATE VIEW argument_list AS
SELECT a.annotator, a.status, i.id AS item, d.id AS document, f.id AS frame, f.type, x.role,
       coalesce(m.type, g.type) AS filler_type,
       coalesce(m.start, g.start, x.start) AS start, coalesce(m.end, g.end, x.end) AS end,
       substr(d.text, coalesce(m.start, g.start, x.start) + 1,
              coalesce(m.end, g.end, x.end) - coalesce(m.start, g.start, x.start)) AS text
FROM arguments x
JOIN frames f ON f.annotation = x.annotation AND f.id = x.frame
JOIN annotations a ON a.number = x.annotation
JOIN items i ON i.number = a.item
JOIN documents d ON d.number = i.document
LEFT JOIN mentions m ON m.annotation = x.annotation AND m.id = x.mention
LEFT JOIN frames g ON g.annotation = x.annotation AND g.id = x.filler_frame;

CREATE VIEW decisions AS
SELECT number, annotator, item, action, at, seconds, keys, candidate,
       undoes IS NOT NULL AS is_undo, redoes IS NOT NULL AS is_redo
FROM journal;

CREATE VIEW document_list AS
SELECT d.id, json_extract(d.meta, '$.source') AS source, json_extract(d.meta, '$.date') AS date,
       json_extract(d.meta, '$.url') AS url, json_extract(d.meta, '$.licence') AS licence,
       length(d.text) AS characters, o.id AS copy_of, c.similarity, d.text
FROM documents d
LEFT JOIN copies c ON c.document = d.number
LEFT JOIN documents o ON o.number = c.original;
"""

GOLD = """
CREATE VIEW gold_mentions AS
SELECT i.id AS item, d.id AS document, g.open, m.value ->> 'id' AS id, m.value ->> 'type' AS type,
       m.value ->> 'subtype' AS subtype, m.value ->> 'start' AS start, m.value ->> 'end' AS end,
       substr(d.text, (m.value ->> 'start') + 1, (m.value ->> 'end') - (m.value ->> 'start'))
       AS text
FROM gold g
JOIN items i ON i.number = g.item
JOIN documents d ON d.number = i.document
JOIN json_each(g.payload, '$.annotation.mentions') m;

CREATE VIEW gold_frames AS
SELECT i.id AS item, d.id AS document, g.open, f.value ->> 'id' AS id, f.value ->> 'type' AS type,
       f.value ->> '$.trigger.start' AS start, f.value ->> '$.trigger.end' AS end,
       substr(d.text, (f.value ->> '$.trigger.start') + 1,
              (f.value ->> '$.trigger.end') - (f.value ->> '$.trigger.start')) AS trigger,
       coalesce(f.value -> 'attributes', '{}') AS attributes
FROM gold g
JOIN items i ON i.number = g.item
JOIN documents d ON d.number = i.document
JOIN json_each(g.payload, '$.annotation.frames') f;

CREATE VIEW gold_arguments AS
WITH parts AS (
    SELECT g.item, g.open, f.value ->> 'id' AS frame, f.value ->> 'type' AS type,
           x.value ->> 'role' AS role, x.value ->> 'mention' AS mention,
           x.value ->> 'frame' AS filler_frame, x.value ->> '$.span.start' AS start,
           x.value ->> '$.span.end' AS end
    FROM gold g, json_each(g.payload, '$.annotation.frames') f,
         json_each(f.value, '$.arguments') x
)
SELECT i.id AS item, d.id AS document, p.open, p.frame, p.type, p.role,
       coalesce(m.type, g.type) AS filler_type,
       coalesce(m.start, g.start, p.start) AS start, coalesce(m.end, g.end, p.end) AS end,
       substr(d.text, coalesce(m.start, g.start, p.start) + 1,
              coalesce(m.end, g.end, p.end) - coalesce(m.start, g.start, p.start)) AS text
FROM parts p
JOIN items i ON i.number = p.item
JOIN documents d ON d.number = i.document
LEFT JOIN gold_mentions m ON m.item = i.id AND m.id = p.mention
LEFT JOIN gold_frames g ON g.item = i.id AND g.id = p.filler_frame;
"""

PAIRS = """
CREATE VIEW agreement_pairs AS
WITH done AS (
    SELECT a.number, a.item, a.annotator,
           (SELECT count(*) FROM mentions m WHERE m.annotation = a.number) AS mentions,
           (SELECT count(*) FROM frames f WHERE f.annotation = a.number) AS frames
    FROM annotations a WHERE a.status = 'done'
)
SELECT i.id AS item, d.id AS document, x.annotator AS first, y.annotator AS second,
       x.mentions AS first_mentions, y.mentions AS second_mentions,
       (SELECT count(*) FROM mentions p JOIN mentions q
        ON q.annotation = y.number AND q.start = p.start AND q.end = p.end AND q.type = p.type
        WHERE p.annotation = x.number) AS same_mentions,
       x.frames AS first_frames, y.frames AS second_frames,
       (SELECT count(*) FROM frames p JOIN frames q
        ON q.annotation = y.number AND q.start = p.start AND q.end = p.end AND q.type = p.type
        WHERE p.annotation = x.number) AS same_triggers
FROM done x
JOIN done y ON y.item = x.item AND y.annotator > x.annotator
JOIN items i ON i.number = x.item
JOIN documents d ON d.number = i.document;
"""


def m007_views(database: Database) -> None:
    """Make the views of annotators' work, gold and pairs."""
    for script in (WORK, GOLD, PAIRS):
        database.executescript(script)
