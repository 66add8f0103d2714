"""What the journal must say after each key: the commands' own deeds, without a screen."""

from __future__ import annotations

import re
from contextlib import suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from curate.errors import CurateError
from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.store.encoding import change_to_json
from curate.tui.commands import BY_ID
from curate.tui.editor import Editor
from curate.tui.keys import Keyboard
from curate.tui.screens.deeds import DEEDS
from curate.tui.words import Words
from tests.chaos.lives import Headline

if TYPE_CHECKING:
    from pathlib import Path

    from curate.store.journal import Decision
    from curate.tui.screens.desk import Desk

KEYS = {
    "accept": b"\r",
    "accept_all": b"a",
    "reject": b"x",
    "undo": b"u",
    "redo": b"U",
    "next_atom": b"\t",
    "skip": b"s",
    "finish": b"\x13",
    "start_back": b"]",
    "start_forward": b"[",
    "end_forward": b"{",
    "proclitic": b"=",
}
"""Command → what a terminal sends for its key."""

_MADE = re.compile(r"[0-9a-f]{32}(\.\d+)?")


class Oracle:
    """Does on a copy of the project what the keys do in the workbench."""

    def __init__(self, copy: Path, annotator: str = "a1") -> None:
        self._project = open_project(copy)
        self._session = Annotating(self._project, annotator)
        self._editor = Editor(self._session)
        desk = SimpleNamespace(
            editor=self._editor,
            words=Words("en"),
            keyboard=Keyboard("auto"),
            passage=SimpleNamespace(
                drop_caret=lambda: False, is_forward=lambda direction: direction == "left"
            ),
            selection=None,
            pick=None,
            muted=None,
        )
        self._desk = cast("Desk", desk)
        self._before = self._project.store.journal.count()
        self.headlines = [self._headline()]
        """After so many keys."""
        self.rows = [0]
        """New rows in the journal after so many keys."""

    def press(self, command_id: str) -> Headline:
        """Do what a command does; return what the headline says then."""
        command = BY_ID[f"annotate.{command_id}"]
        if command.when(self._editor.situation(selecting=False)):
            with suppress(CurateError):
                DEEDS[command.deed](self._desk, *command.arguments)
        self.headlines.append(self._headline())
        self.rows.append(self._project.store.journal.count() - self._before)
        return self.headlines[-1]

    def journal(self) -> list[str]:
        """The new rows, in order, made comparable."""
        rows = self._project.store.journal.history(limit=self.rows[-1]) if self.rows[-1] else []
        return comparable(rows[::-1])

    def close(self) -> None:
        """Let go of the copy."""
        self._project.close()

    def _headline(self) -> Headline:
        return Headline(self._session.view.position, len(self._editor.atoms.open))


def comparable(rows: list[Decision]) -> list[str]:
    """Journal rows as text without times; ids that were made are named in order."""
    names: dict[str, str] = {}
    lines = []
    for row in rows:
        said = "|".join(
            (row.id, row.annotator, row.item, row.action, row.candidate or "", row.undoes or "",
             row.redoes or "", row.group or "", str(row.undoable), change_to_json(row.change))
        )  # fmt: skip
        named = _MADE.sub(lambda m: names.setdefault(m[0], f"id{len(names)}"), said)
        lines.append(named)
    return lines
