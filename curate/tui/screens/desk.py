"""What the annotator's screen offers to the deeds, questions and choices that work on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import App

    from curate.model.span import Span
    from curate.project.muting import Source
    from curate.project.today import Progress
    from curate.tui.editor import Editor
    from curate.tui.keys import Keyboard
    from curate.tui.picking import Pick
    from curate.tui.searched import Searched
    from curate.tui.triggers import TriggerWords
    from curate.tui.widgets.cells import Manner
    from curate.tui.widgets.passage import Passage
    from curate.tui.words import Words


class TourWanted(Message):
    """The annotator would like to practise; the app knows how."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotator was before going elsewhere to look."""

    item: str
    focus: str | None
    """Id of what had the focus there."""
    landed: str
    """Id of the item that was gone to."""


class Desk(Protocol):
    """The annotator's screen, as far as what is done on it needs to know."""

    editor: Editor
    words: Words
    keyboard: Keyboard
    keymap: Mapping[str, str]
    manner: Manner
    found: tuple[Span, ...]
    """What a search found in the document."""
    found_in: str
    """Id of the document that was searched."""
    hit: int
    """Which of them was gone to last."""
    searched: Searched
    """What was searched in the project last."""
    came_from: Place | None
    """Where to go back to from what a search led to."""
    pick: Pick | None
    """The choice by letters that is under way."""

    @property
    def app(self) -> App[object]:
        """The app that shows the screen."""
        ...

    @property
    def passage(self) -> Passage:
        """The text."""
        ...

    @property
    def selection(self) -> Span | None:
        """The selected code points without the white space around them."""
        ...

    muted: Source | None
    """What was muted last, while nothing else was decided since."""

    @property
    def progress(self) -> Progress:
        """How far the day's work was when the item was opened."""
        ...

    @property
    def trigger_words(self) -> TriggerWords:
        """The schema's lexicon, read when it is first asked for."""
        ...

    def action_do(self, command_id: str) -> None:
        """Run a command of the table."""
        ...

    def attempt(self, step: Callable[[], str | None]) -> None:
        """Do something, show what it led to, and say what it said or why it was refused."""
        ...

    def start_pick(self, pick: Pick | None) -> None:
        """Begin a choice by letters, or end one."""
        ...

    def ask_line(self, prompt: str, value: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text below."""
        ...

    def draw_foot(self) -> None:
        """Show the line below anew."""
        ...

    def scroll_pane(self, by: int) -> bool:
        """Scroll the open pane; False when there is none."""
        ...

    def toggle_pane(self, name: str) -> None:
        """Show a pane, or hide it when it is shown."""
        ...

    def step_back(self) -> None:
        """Leave what was begun last: a choice, a selection, a pane, a search."""
        ...

    def leave(self) -> None:
        """Leave the screen, and with the first one the workbench."""
        ...

    def switch_language(self) -> None:
        """Say everything in the other language."""
        ...
