"""Where each annotator stands between undo and redo: derived from the journal, kept by index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.store.database import Connection


@dataclass(frozen=True, slots=True)
class Step:
    """What one undo takes back."""

    number: int
    """Counts the annotator's steps."""
    numbers: tuple[int, ...]
    """Numbers of its journal rows, in order."""


class Timeline:
    """Steps of each annotator, over all items and sessions; the undone ones come last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def extend(self, annotator: str, numbers: Iterable[int]) -> None:
        """Add a step of journal rows; what was undone before it can no longer be redone."""
        self._connection.run(
            "DELETE FROM timeline WHERE annotator = ? AND undone = 1", (annotator,)
        )
        last = self._connection.value(
            "SELECT max(step) FROM timeline WHERE annotator = ?", (annotator,)
        )
        step = (last or 0) + 1
        self._connection.run_many(
            "INSERT INTO timeline VALUES (?, ?, ?, 0)",
            ((annotator, step, number) for number in numbers),
        )

    def last_done(self, annotator: str) -> Step | None:
        """The step that undo takes back."""
        step = self._connection.value(
            "SELECT max(step) FROM timeline WHERE annotator = ? AND undone = 0", (annotator,)
        )
        return self._step(annotator, step)

    def first_undone(self, annotator: str) -> Step | None:
        """The step that redo repeats."""
        step = self._connection.value(
            "SELECT min(step) FROM timeline WHERE annotator = ? AND undone = 1", (annotator,)
        )
        return self._step(annotator, step)

    def mark(self, annotator: str, step: Step, *, undone: bool) -> None:
        """Put a step on the other side of the line."""
        self._connection.run(
            "UPDATE timeline SET undone = ? WHERE annotator = ? AND step = ?",
            (undone, annotator, step.number),
        )

    def rebuild(self, annotator: str) -> None:
        """Derive the steps anew from the journal."""
        self._connection.run("DELETE FROM timeline WHERE annotator = ?", (annotator,))
        for numbers, undoes, redoes in self._journal_steps(annotator):
            if undoes is None and redoes is None:
                self.extend(annotator, numbers)
                continue
            step = self._connection.value(
                "SELECT step FROM timeline WHERE annotator = ? AND journal = "
                "(SELECT number FROM journal WHERE id = ?)",
                (annotator, undoes or redoes),
            )
            if step is not None:
                self.mark(annotator, Step(step, ()), undone=undoes is not None)

    def _journal_steps(self, annotator: str) -> Iterator[tuple[list[int], str | None, str | None]]:
        """Rows of the journal, those of one group together."""
        numbers: list[int] = []
        open_group: str | None = None
        for number, group, undoes, redoes in self._connection.rows(
            "SELECT number, group_id, undoes, redoes FROM journal WHERE annotator = ? "
            "AND (undoable OR undoes IS NOT NULL OR redoes IS NOT NULL) ORDER BY number",
            (annotator,),
        ):
            if numbers and (group is None or group != open_group):
                yield numbers, None, None
                numbers = []
            if undoes is not None or redoes is not None:
                yield [], undoes, redoes
            else:
                numbers.append(number)
                open_group = group
        if numbers:
            yield numbers, None, None

    def _step(self, annotator: str, step: int | None) -> Step | None:
        if step is None:
            return None
        rows = self._connection.rows(
            "SELECT journal FROM timeline WHERE annotator = ? AND step = ? ORDER BY journal",
            (annotator, step),
        )
        return Step(step, tuple(number for (number,) in rows))
