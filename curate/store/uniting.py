"""Takes over what another copy of a project holds and this one does not, row by row."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.store.database import Connection

_ITEM = "JOIN there.items t ON t.number = x.item JOIN main.items i ON i.id = t.id"
"""Item numbers differ between copies, ids do not."""

_UNIONS = {
    "assignments": """
        INSERT INTO main.assignments
        SELECT x.annotator, i.number, x.batch, x.at,
               coalesce(a.status, 'new') NOT IN ('done', 'skipped', 'flagged')
        FROM there.assignments x BY_ITEM
        LEFT JOIN main.annotations a ON a.item = i.number AND a.annotator = x.annotator
        WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "comments": """
        INSERT INTO main.comments (id, thread, item, author, at, text, kind, about, start, end)
        SELECT x.id, x.thread, i.number, x.author, x.at, x.text, x.kind, x.about, x.start, x.end
        FROM there.comments x BY_ITEM WHERE TRUE ORDER BY x.number ON CONFLICT DO NOTHING
        """,
    "marks of what was read": """
        INSERT INTO main.comments_read SELECT * FROM there.comments_read
        WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "rulings": """
        INSERT INTO main.rulings (id, item, adjudicator, payload, at)
        SELECT x.id, i.number, x.adjudicator, x.payload, x.at
        FROM there.rulings x BY_ITEM WHERE TRUE ORDER BY x.rowid ON CONFLICT DO NOTHING
        """,
    "versions in conflict": """
        INSERT INTO main.conflicts (item, annotator, source, payload, at)
        SELECT i.number, x.annotator, x.source, x.payload, x.at
        FROM there.conflicts x BY_ITEM WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "earlier readings": """
        INSERT INTO main.readings (annotator, item, round, payload, closed, at)
        SELECT x.annotator, i.number, x.round, x.payload, x.closed, x.at
        FROM there.readings x BY_ITEM WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "conditions": """
        INSERT INTO main.conditions SELECT i.number, x.hidden, x.at
        FROM there.conditions x BY_ITEM WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "samples": """
        INSERT INTO main.samples SELECT * FROM there.samples WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "releases": """
        INSERT INTO main.releases SELECT * FROM there.releases WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "versions of the guidelines": """
        INSERT INTO main.guideline_versions SELECT * FROM there.guideline_versions
        WHERE TRUE ON CONFLICT DO NOTHING
        """,
    "things in quarantine": """
        INSERT INTO main.quarantine (source, place, reason, payload, at, settled)
        SELECT source, place, reason, payload, at, settled FROM there.quarantine x
        WHERE NOT EXISTS (
            SELECT 1 FROM main.quarantine q WHERE q.source = x.source AND q.payload = x.payload
        ) ORDER BY number
        """,
}
"""What is united → the statement that does it; rows known by their key are left as they are."""

_SAMPLED = """
INSERT INTO main.sampled SELECT x.sample, x.place, i.number
FROM there.sampled x BY_ITEM
WHERE x.sample NOT IN (SELECT value FROM json_each(:known)) ON CONFLICT DO NOTHING
"""


class Uniting:
    """Another project file beside this one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def beside(self, other: Path) -> Iterator[None]:
        """Have another project file at hand; it is only read."""
        self._connection.run("ATTACH DATABASE ? AS there", (str(other),))
        try:
            yield
        finally:
            self._connection.run("DETACH DATABASE there")

    def take(self) -> dict[str, int]:
        """Take over all rows that are not here, inside a transaction; what → how many were new."""
        known = self._connection.value("SELECT json_group_array(name) FROM main.samples")
        taken: dict[str, int] = {}
        for what, sql in _UNIONS.items():
            count = self._connection.run(sql.replace("BY_ITEM", _ITEM))
            if count:
                taken[what] = count
        self._connection.run(_SAMPLED.replace("BY_ITEM", _ITEM), {"known": known})
        return taken
