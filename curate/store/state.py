"""Writes a change of one annotation into the tables of the current state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Argument, Fate, Frame, Link, Mention
from curate.store.encoding import to_json
from curate.store.progress import status_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.model.change import Change, Step
    from curate.store.database import Connection


def write_state(
    connection: Connection, item: int, before: Annotation, after: Annotation, change: Change
) -> None:
    """Bring the tables from one state of an annotation to the next, inside a transaction."""
    number = _head(connection, item, after)
    if change.mentions:
        _mentions(connection, number, change.mentions)
    if change.frames:
        _frames(connection, number, change.frames)
    if change.links:
        _links(connection, number, change.links)
    if change.fates:
        _fates(connection, number, change.fates)
    if after == Annotation(after.annotator, after.item):  # as if it had never been touched
        connection.run("DELETE FROM annotations WHERE number = ?", (number,))
    status_changed(connection, after.annotator, item, before.status, after.status)


def _head(connection: Connection, item: int, after: Annotation) -> int:
    values = (item, after.annotator, after.status, after.note, after.reason)
    return int(
        connection.value(
            "INSERT INTO annotations (item, annotator, status, note, reason) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT (item, annotator) DO UPDATE SET "
            "status = excluded.status, note = excluded.note, reason = excluded.reason "
            "RETURNING number",
            values,
        )
    )


def _mentions(connection: Connection, number: int, steps: Mapping[str, Step[Mention]]) -> None:
    _forget(connection, "DELETE FROM mentions WHERE annotation = ? AND id = ?", number, steps)
    connection.run_many(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                m.id,
                m.span.start,
                m.span.end,
                m.type,
                m.subtype,
                to_json(dict(m.attributes)),
                m.candidate,
            )
            for m in (step.after for step in steps.values())
            if m is not None
        ),
    )


def _frames(connection: Connection, number: int, steps: Mapping[str, Step[Frame]]) -> None:
    _forget(connection, "DELETE FROM frames WHERE annotation = ? AND id = ?", number, steps)
    frames = [step.after for step in steps.values() if step.after is not None]
    connection.run_many(
        "INSERT INTO frames VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number,
                f.id,
                f.type,
                f.trigger.start,
                f.trigger.end,
                to_json(dict(f.attributes)),
                f.candidate,
            )
            for f in frames
        ),
    )
    connection.run_many(
        "INSERT INTO arguments VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, frame.id, place, *_argument(argument))
            for frame in frames
            for place, argument in enumerate(frame.arguments)
        ),
    )


def _argument(argument: Argument) -> tuple[str, str | None, str | None, int | None, int | None]:
    span = argument.span
    start, end = (None, None) if span is None else (span.start, span.end)
    return argument.role, argument.mention, argument.frame, start, end


def _links(connection: Connection, number: int, steps: Iterable[Step[Link]]) -> None:
    for step in steps:
        if step.before is not None:
            connection.run(
                "DELETE FROM links WHERE annotation = ? AND kind = ? AND source = ? AND target = ?",
                (number, step.before.kind, step.before.source, step.before.target),
            )
        if step.after is not None:
            connection.run(
                "INSERT INTO links VALUES (?, ?, ?, ?)",
                (number, step.after.kind, step.after.source, step.after.target),
            )


def _fates(connection: Connection, number: int, steps: Mapping[str, Step[Fate]]) -> None:
    _forget(connection, "DELETE FROM fates WHERE annotation = ? AND candidate = ?", number, steps)
    connection.run_many(
        "INSERT INTO fates VALUES (?, ?, ?)",
        (
            (number, candidate, step.after)
            for candidate, step in steps.items()
            if step.after is not None
        ),
    )


def _forget(connection: Connection, sql: str, number: int, keys: Iterable[str]) -> None:
    connection.run_many(sql, ((number, key) for key in keys))
