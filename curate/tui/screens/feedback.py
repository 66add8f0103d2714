"""Where gold says otherwise than the annotator did: a list, and each item with both beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from curate.errors import CurateError
from curate.model.span import Span
from curate.project.feedback import Differing, differing
from curate.tui.arabic import message
from curate.tui.review_words import KINDS
from curate.tui.scene import Scene
from curate.tui.screens.review_behind import mark_of, said_lines
from curate.tui.widgets.cells import VISUAL, Manner, fitted
from curate.tui.widgets.passage import Passage
from curate.tui.widgets.readings import DIFFERS, Column, column_rows
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.widgets.snippet import snippet

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from curate.project.agreeing import Instance
    from curate.project.opening import Project
    from curate.tui.review_case import Telling
    from curate.tui.words import Words

_SAID: Final = 32
"""Cells for the number of the item, the number of differences and the first of them."""
_AT_ONCE: Final = 25


class FeedbackScreen(ModalScreen[str | None]):
    """Gives the id of the item to go to, or None."""

    CSS = """
    FeedbackScreen { background: $background; }
    #feedback-title, #feedback-foot { height: 1; background: $surface; }
    #feedback-list { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("enter", "open", show=False),
    ]

    @dataclass
    class Came(Message):
        """Some items were found, or all of them were."""

        found: Sequence[Differing]
        is_over: bool = False
        error: str = ""

    def __init__(
        self, project: Project, annotator: str, telling: Telling, manner: Manner = VISUAL
    ) -> None:
        super().__init__()
        self._project = project
        self._annotator = annotator
        self._telling = telling
        self._words = telling.words
        self._manner = manner
        self._found: list[Differing] = []
        self._at = 0
        self._state = self._words("searching")

    def compose(self) -> ComposeResult:
        """A heading, the list, the keys."""
        yield Sheet(id="feedback-title", manner=self._manner)
        yield Sheet(id="feedback-list", manner=self._manner)
        yield Sheet(id="feedback-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Look for the items in a thread of its own, with a connection of its own."""
        self.run_worker(self._look, thread=True)
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _look(self) -> None:
        worker = get_current_worker()
        waiting: list[Differing] = []
        try:
            with self._project.for_reading() as project:
                for found in differing(
                    project, self._annotator, stopped=lambda: worker.is_cancelled
                ):
                    waiting.append(found)
                    if len(waiting) == _AT_ONCE:
                        self.post_message(self.Came(waiting))
                        waiting = []
        except CurateError as error:
            self.post_message(self.Came(waiting, is_over=True, error=str(error)))
            return
        self.post_message(self.Came(waiting, is_over=True))

    def on_feedback_screen_came(self, event: FeedbackScreen.Came) -> None:
        """Show what came in."""
        self._found.extend(event.found)
        if event.is_over:
            self._state = message(event.error, self._words.language).replace("\n", " · ")
            if not self._found and not event.error:
                self._state = self._words("feedback_none")
        self._draw()

    def _draw(self) -> None:
        words = self._words
        title = words("feedback_title", count=len(self._found))
        heading = Row((Part(f" {title}", "heading"),), (Part(f"{self._state} ", "dim"),))
        self.query_one("#feedback-title", Sheet).show([heading], rtl=words.rtl)
        sheet = self.query_one("#feedback-list", Sheet)
        room = max(20, sheet.content_size.width) - _SAID
        rows = [self._row(number, found, room) for number, found in enumerate(self._found)]
        sheet.show(rows, rtl=words.rtl, keep=self._at if rows else None)
        foot = Row((Part(f" {words('feedback_keys')}", "dim"),))
        self.query_one("#feedback-foot", Sheet).show([foot], rtl=words.rtl)

    def _row(self, number: int, found: Differing, room: int) -> Row:
        """One item: its number, how many differences, the first of them in its sentence."""
        first = found.places[0]
        atom = first.first or first.second
        whole = found.gold.item.span
        span = whole if atom is None else Span(atom.start, atom.end)
        kind = fitted(_kind(first, self._words), _SAID - 12, self._manner, rtl=self._words.rtl)
        head = (
            Part(f"{found.position} ", "key"),
            Part(f"{DIFFERS}{len(found.places)} ", "warn"),
            Part(kind, "name", drawn=True),
            Part(" "),
        )
        parts = tuple(snippet(found.text, span.shifted(-whole.start), room, self._manner))
        chosen = number == self._at
        if self._words.rtl:
            return Row((*head, *reversed(parts)), target=str(number), chosen=chosen)
        return Row(head, parts, target=str(number), chosen=chosen)

    def action_step(self, by: int) -> None:
        """Move the choice."""
        self._at = max(0, min(len(self._found) - 1, self._at + by))
        self._draw()

    def action_open(self) -> None:
        """Show the chosen item with what both say of it."""
        if self._found:
            shown = BothScreen(self._project, self._annotator, self._found, self._at,
                               telling=self._telling, manner=self._manner)  # fmt: skip
            self.app.push_screen(shown, self._came_back)

    def _came_back(self, left: Left | None) -> None:
        if left is None:
            return
        self._at = left.at
        if left.goes_there:
            self._close(self._found[left.at].gold.item.id)
        else:
            self._draw()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Open what was clicked."""
        event.stop()
        self._at = int(event.target)
        self.action_open()

    def action_leave(self) -> None:
        """Go nowhere."""
        self._close(None)

    def _close(self, item: str | None) -> None:
        self.workers.cancel_node(self)
        self.dismiss(item)


def _kind(place: Instance, words: Words) -> str:
    """In what the annotator and gold differ."""
    if place.second is None:
        return words("feedback_only_yours")
    if place.first is None:
        return words("feedback_only_gold")
    return words.of(KINDS[place.difference.value])


@dataclass(frozen=True, slots=True)
class Left:
    """How the look at one item ended."""

    at: int
    """Its place in the list."""
    goes_there: bool
    """Whether to go to the item, or back to the list."""


class BothScreen(ModalScreen[Left]):
    """One item with all that the annotator and gold say of it, differences marked by a sign."""

    CSS = """
    BothScreen { background: $background; }
    #both-title, #both-foot { height: 1; background: $surface; }
    #both-text { height: 1fr; padding: 0 0 0 1; }
    #both-columns { height: 50%; border-top: solid $panel; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave(False)", show=False),
        Binding("enter", "leave(True)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "scroll(-5)", show=False),
        Binding("pagedown", "scroll(5)", show=False),
    ]

    def __init__(
        self, project: Project, annotator: str, found: Sequence[Differing], at: int,
        *, telling: Telling, manner: Manner,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project = project
        self._annotator = annotator
        self._found = found
        self._at = at
        self._telling = telling
        self._manner = manner

    def compose(self) -> ComposeResult:
        """The text above, the two columns below."""
        with Vertical():
            yield Sheet(id="both-title", manner=self._manner)
            yield Passage(id="both-text", manner=self._manner)
            yield Sheet(id="both-columns", manner=self._manner)
            yield Sheet(id="both-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Show the item once there is room."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        found, words = self._found[self._at], self._telling.words
        title = words("item", position=found.position, total=self._project.store.items.count())
        told = dict.fromkeys(_kind(place, words) for place in found.places)
        heading = Row(
            (Part(f" {title} · {self._at + 1}/{len(self._found)}", "heading"),),
            (Part(f"{' · '.join(told)} ", "warn"),),
        )
        self.query_one("#both-title", Sheet).show([heading], rtl=words.rtl)
        document = self._project.store.documents.get(found.gold.document)
        sides = [mark_of(atom, key) for p in found.places
                 for atom, key in ((p.first, "1"), (p.second, "2"))]  # fmt: skip
        marks = dict.fromkeys(mark for mark in sides if mark is not None)
        self.query_one(Passage).show(document, Scene(found.gold.item.span, tuple(marks)))
        self._draw_columns(found, document.text)
        foot = Row((Part(f" {words('feedback_item_keys')}", "dim"),))
        self.query_one("#both-foot", Sheet).show([foot], rtl=words.rtl)

    def _draw_columns(self, found: Differing, text: str) -> None:
        words = self._telling.words
        sheet = self.query_one("#both-columns", Sheet)
        theirs = self._project.store.annotations.get(found.gold.item.id, self._annotator)
        columns = [
            Column(words(head), tuple(said_lines(work, text, self._telling)), key)
            for head, work, key in (
                ("feedback_yours", theirs, "1"),
                ("feedback_gold", found.gold.annotation, "2"),
            )
        ]
        width = sheet.content_size.width or self.app.size.width
        sheet.show(column_rows(columns, width, self._manner, rtl=words.rtl), rtl=words.rtl)

    def action_step(self, by: int) -> None:
        """Go to another item of the list."""
        self._at = (self._at + by) % len(self._found)
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Scroll what both say."""
        self.query_one("#both-columns", Sheet).scroll_rows(by)

    def action_leave(self, goes_there: bool) -> None:  # noqa: FBT001 (an action has no names)
        """Go to the item, or back to the list."""
        self.dismiss(Left(self._at, goes_there))
