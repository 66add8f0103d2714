"""Every decision of every person, in order and for good; undo and redo are rows too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from curate.model.annotation import Annotation
from curate.model.change import Change, applied
from curate.store.encoding import change_from_json, change_to_json, to_json
from curate.store.state import write_state
from curate.store.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.store.annotations import Annotations
    from curate.store.database import Connection
    from curate.store.items import Items

_COLUMNS = """
SELECT id, annotator, item, action, change, seconds, keys, candidate, at, undoes, redoes,
       group_id, undoable
FROM journal
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the journal."""

    id: str
    annotator: str
    item: str
    """Id of the item."""
    action: str
    """What was done, in a word or two, such as `accept frame`; `undo` and `redo` are ours."""
    change: Change
    seconds: float
    """Active time that went into it."""
    keys: int
    """Keys pressed for it."""
    at: str
    """ISO 8601, UTC."""
    candidate: str | None = None
    undoes: str | None = None
    """Id of the row that this one takes back."""
    redoes: str | None = None
    """Id of the row that this one repeats."""
    group: str | None = None
    """Id shared by decisions written together, over several items."""
    undoable: bool = True
    """Whether undo reaches it: imports and syncs are not an annotator's own step."""


class Journal:
    """Writes decisions and travels along them."""

    def __init__(self, connection: Connection, items: Items, annotations: Annotations) -> None:
        self._connection = connection
        self._items = items
        self._annotations = annotations
        self._timeline = Timeline(connection)

    def write(self, *decisions: Decision) -> Annotation:
        """Commit decisions, journal and current state at once; return the last new state.

        Several decisions of one annotator written together are one step for undo. Raises
        `Conflict`, with nothing written, when a change does not start from the stored state.
        """
        if len(decisions) > 1:
            decisions = tuple(replace(d, group=decisions[0].id) for d in decisions)
        with self._connection.writing():
            written = [self._put(decision) for decision in decisions]
            numbers = [number for number, _ in written]
            if decisions[0].undoable:
                self._timeline.extend(decisions[0].annotator, numbers)
        return written[-1][1]

    def undo(
        self, annotator: str, *, at: str, row: str, seconds: float = 0.0, keys: int = 0
    ) -> str | None:
        """Take back the annotator's last step; return the item's id, or None at the beginning.

        `row` becomes the id of the new journal row. Raises `Conflict`, with nothing written,
        when something else changed the annotation since.
        """
        with self._connection.writing():
            step = self._timeline.last_done(annotator)
            if step is None:
                return None
            backwards = list(reversed(self._numbered(step.numbers)))
            for place, old in enumerate(backwards):
                cost = (0.0, 0) if place else (seconds, keys)
                self._put(
                    Decision(
                        _row_id(row, place), annotator, old.item, "undo", old.change.reversed(),
                        *cost, at, undoes=old.id, undoable=False,
                    )
                )  # fmt: skip
            self._timeline.mark(annotator, step, undone=True)
            return backwards[-1].item

    def redo(
        self, annotator: str, *, at: str, row: str, seconds: float = 0.0, keys: int = 0
    ) -> str | None:
        """Repeat the step that was last taken back; return the item's id, or None at the end."""
        with self._connection.writing():
            step = self._timeline.first_undone(annotator)
            if step is None:
                return None
            forwards = self._numbered(step.numbers)
            for place, old in enumerate(forwards):
                cost = (0.0, 0) if place else (seconds, keys)
                self._put(
                    Decision(
                        _row_id(row, place), annotator, old.item, "redo", old.change,
                        *cost, at, redoes=old.id, undoable=False,
                    )
                )  # fmt: skip
            self._timeline.mark(annotator, step, undone=False)
            return forwards[-1].item

    def can_undo(self, annotator: str) -> bool:
        """Whether there is a step to take back."""
        return self._timeline.last_done(annotator) is not None

    def can_redo(self, annotator: str) -> bool:
        """Whether there is a step to repeat."""
        return self._timeline.first_undone(annotator) is not None

    def get(self, row_id: str) -> Decision | None:
        """The row of that id, or None."""
        return next(iter(self._rows("WHERE id = ?", (row_id,))), None)

    def count(self) -> int:
        """How many rows there are."""
        return int(self._connection.value("SELECT count(*) FROM journal"))

    def history(
        self,
        item: str | None = None,
        annotator: str | None = None,
        limit: int = 50,
        skip: int = 0,
    ) -> list[Decision]:
        """The latest rows first: of an item, of an annotator, of both or of all."""
        conditions = {"item = ?": item, "annotator = ?": annotator}
        given = {condition: value for condition, value in conditions.items() if value is not None}
        where = "WHERE " + " AND ".join(given) if given else ""
        return self._rows(
            where + " ORDER BY number DESC LIMIT ? OFFSET ?", (*given.values(), limit, skip)
        )

    def costs(self, annotator: str | None = None) -> Iterator[tuple[str, str, str, float, int]]:
        """Annotator, item, action, active seconds and keys of every row of a person, in order.

        What was imported or synced cost nobody anything and is left out.
        """
        yield from self._connection.each(
            "SELECT annotator, item, action, seconds, keys FROM journal "
            "WHERE (:name IS NULL OR annotator = :name) "
            "AND (undoable OR action IN ('undo', 'redo')) ORDER BY number",
            {"name": annotator},
        )

    def since(self, annotator: str, at: str, after: int) -> list[tuple[int, str, str, float]]:
        """Number, item, action and seconds of an annotator's rows since a time, oldest first.

        Only rows behind number `after`; what was imported or synced is left out.
        """
        found: list[tuple[int, str, str, float]] = []
        for number, item, action, seconds, when, undoable in self._connection.each(
            "SELECT number, item, action, seconds, at, undoable FROM journal "
            "WHERE annotator = ? AND number > ? ORDER BY number DESC",
            (annotator, after),
        ):
            if when < at:
                break
            if undoable or action in ("undo", "redo"):
                found.append((number, item, action, seconds))
        return found[::-1]

    def replay(self, item: str, annotator: str) -> Annotation:
        """The annotation as the journal alone tells it, from empty to the last row."""
        annotation = Annotation(annotator, self._annotations.get(item, annotator).item)
        for decision in self._rows(
            "WHERE item = ? AND annotator = ? ORDER BY number", (item, annotator)
        ):
            annotation = applied(annotation, decision.change)
        return annotation

    def all(self) -> Iterator[Decision]:
        """Every row, oldest first."""
        for row in self._connection.each(_COLUMNS + "ORDER BY number"):
            yield _decision(row)

    def of_pair(self, item: str, annotator: str) -> list[Decision]:
        """All rows of an annotator on an item, oldest first."""
        return self._rows("WHERE item = ? AND annotator = ? ORDER BY number", (item, annotator))

    def take(self, decisions: Iterable[Decision]) -> int:
        """Write rows of another copy as they are; `rebuild_timeline` is to follow for each name.

        Raises `Conflict` when a change does not start from the stored state.
        """
        with self._connection.writing():
            return len([self._put(decision) for decision in decisions])

    def rebuild_timeline(self, annotator: str) -> None:
        """Derive the annotator's timeline anew from the journal, as after a merge."""
        with self._connection.writing():
            self._timeline.rebuild(annotator)

    def _put(self, decision: Decision) -> tuple[int, Annotation]:
        """Write one row and its effect; return its number and the new annotation."""
        item = self._items.number(decision.item)
        before = self._annotations.get(decision.item, decision.annotator)
        after = applied(before, decision.change)
        number = self._connection.value(
            "INSERT INTO journal (id, annotator, item, action, change, seconds, keys, candidate, "
            "at, undoes, redoes, group_id, undoable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " RETURNING number",
            (
                decision.id, decision.annotator, decision.item, decision.action,
                change_to_json(decision.change), decision.seconds, decision.keys,
                decision.candidate, decision.at, decision.undoes, decision.redoes,
                decision.group, decision.undoable,
            ),
        )  # fmt: skip
        write_state(self._connection, item, before, after, decision.change)
        return int(number), after

    def _numbered(self, numbers: Sequence[int]) -> list[Decision]:
        """The rows of those numbers, in order."""
        wanted = (to_json(numbers),)
        return self._rows(
            "WHERE number IN (SELECT value FROM json_each(?)) ORDER BY number", wanted
        )

    def _rows(self, where: str, values: Sequence[str | int]) -> list[Decision]:
        return [_decision(row) for row in self._connection.rows(_COLUMNS + where, values)]


def _row_id(row: str, place: int) -> str:
    """Ids of the rows of one step: the first as given, the others numbered."""
    return row if place == 0 else f"{row}.{place}"


def _decision(row: tuple[Any, ...]) -> Decision:
    (row_id, annotator, item, action, change, seconds, keys, candidate, at,
     undoes, redoes, group, undoable) = row  # fmt: skip
    return Decision(
        row_id, annotator, item, action, change_from_json(change), seconds, keys, at,
        candidate, undoes, redoes, group, bool(undoable),
    )  # fmt: skip
