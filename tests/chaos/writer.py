"""A program that decides as fast as it can, and says each journal row once it is committed.

`python -m tests.chaos.writer PROJECT ANNOTATOR SEED SECONDS`
"""

from __future__ import annotations

import random
import sys
import time

from curate.model.ids import new_id
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.edits import EditRefused
from curate.project.opening import open_project


class Writer:
    """One annotator in a hurry."""

    def __init__(self, project: str, annotator: str, seed: int) -> None:
        self._chance = random.Random(seed)
        self._last = ""
        self._session = Annotating(open_project(project), annotator, make_id=self._make)

    def _make(self) -> str:
        """An id; the last one made for a decision is that of its row."""
        self._last = new_id()
        return self._last

    def decide(self) -> None:
        """Take one decision and say so."""
        step = self._chance.choice([self._mark, self._mark, self._annotate, self._undo])
        start = time.perf_counter()
        try:
            has_decided = step()
        except EditRefused:
            print("refused", "", "", sep="\t")
            return
        taken = (time.perf_counter() - start) * 1000
        if has_decided:
            print("said", self._last, f"{taken:.2f}", sep="\t", flush=True)

    def move(self) -> None:
        """Go anywhere, and look at it as it is now."""
        self._session.go_to_position(self._chance.randint(1, self._session.view.total))

    def _mark(self) -> bool:
        item = self._session.view.item.span
        start = self._chance.randrange(item.start, item.end - 1)
        kind = self._chance.choice(list(self._session.schema.entity_types))
        self._session.add_mention(Span(start, start + 1), kind)
        return True

    def _annotate(self) -> bool:
        self._session.set_note(new_id())
        return True

    def _undo(self) -> bool:
        """Take back the last decision, if there is one; a row of its own tells."""
        self._session.undo()
        return self._session.project.store.journal.get(self._last) is not None


def main(project: str, annotator: str, seed: str, seconds: str) -> None:
    """Decide until the time is over."""
    writer = Writer(project, annotator, int(seed))
    end = time.monotonic() + float(seconds)
    while time.monotonic() < end:
        writer.move()
        writer.decide()


if __name__ == "__main__":
    main(*sys.argv[1:])
