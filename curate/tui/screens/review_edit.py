"""The workbench on one item that a lead edits on its way to gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Status
from curate.tui.commands import BY_ID
from curate.tui.screens.annotate import AnnotateScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from curate.project.reviewing_edit import ItemEdit
    from curate.tui.keys import Keyboard
    from curate.tui.widgets.cells import Manner
    from curate.tui.words import Words


class EditScreen(AnnotateScreen):
    """Everything the workbench can do; closing the item or leaving goes back to the case."""

    def __init__(  # noqa: PLR0913 (what the screen depends on)
        self, edit: ItemEdit, then: Callable[[], None], *, project: str, words: Words,
        keyboard: Keyboard, keymap: Mapping[str, str], manner: Manner,
    ) -> None:  # fmt: skip
        super().__init__(
            edit.session, project=project, words=words, keyboard=keyboard, keymap=keymap,
            manner=manner,
        )  # fmt: skip
        self._then = then
        self.editor.focus = self.editor.atoms.find(edit.focus) or self.editor.focus

    def action_do(self, command_id: str) -> None:
        """Run a command of the workbench; the item closed, the case is next."""
        command = BY_ID[command_id]
        leaves = command.deed == "leave"
        if not leaves:
            super().action_do(command_id)
        status = self.editor.session.view.annotation.status
        closes = command.deed in ("accept", "finish", "skip", "skip_because", "flag")
        if leaves or (closes and status is not Status.DRAFT):
            self.app.pop_screen()
            self._then()
