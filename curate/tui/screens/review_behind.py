"""The sentences behind a number of agreement, and any of them with both annotators beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from curate.errors import CurateError
from curate.model.span import Span
from curate.project.agreeing import Instance, Outcome, compare_project
from curate.tui.review_case import event_label, frame_lines
from curate.tui.review_words import KINDS, say
from curate.tui.scene import Look, Mark, Scene
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.passage import Passage
from curate.tui.widgets.readings import Column, Line, column_rows
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.widgets.snippet import snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from curate.model.annotation import Annotation
    from curate.project.agreeing import AgreementOptions, Atom, Question
    from curate.project.opening import Project
    from curate.tui.review_case import Telling

MOST: Final = 2000
"""Places that are listed."""
_SAID = 30
"""Cells for what the two said."""
_AT_ONCE = 50


class BehindScreen(ModalScreen[None]):
    """A list of places; Enter shows one with both annotators side by side."""

    CSS = """
    BehindScreen { background: $background; }
    #behind-title, #behind-foot { height: 1; background: $surface; }
    #behind-list { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q", "leave", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("enter", "open", show=False),
    ]

    @dataclass
    class Came(Message):
        """Some places were found."""

        found: Sequence[Instance]
        error: str = ""

    def __init__(  # noqa: PLR0913 (what the list depends on)
        self, project: Project, question: Question, title: str, *, options: AgreementOptions,
        telling: Telling, manner: Manner = VISUAL, only_differences: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project = project
        self._question = question
        self._name = title.strip()
        self._options = options
        self._telling = telling
        self._manner = manner
        self._only = only_differences
        self._found: list[Instance] = []
        self._texts: dict[str, str] = {}
        self._at = 0
        self._error = ""

    def compose(self) -> ComposeResult:
        """A heading, the list, the keys."""
        yield Sheet(id="behind-title", manner=self._manner)
        yield Sheet(id="behind-list", manner=self._manner)
        yield Sheet(id="behind-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Look for the places in a thread of its own."""
        self.run_worker(self._look, thread=True)
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _look(self) -> None:
        worker = get_current_worker()
        try:
            with self._project.for_reading() as project:
                behind = compare_project(project, self._options).behind(self._question)
                wanted = (i for i in behind if not self._only or i.outcome is not Outcome.MATCHED)
                for found in _batches(islice(wanted, MOST)):
                    if worker.is_cancelled:
                        return
                    self.post_message(self.Came(found))
        except CurateError as error:
            self.post_message(self.Came((), error.message))

    def on_behind_screen_came(self, event: BehindScreen.Came) -> None:
        """Show what came in."""
        self._found.extend(event.found)
        self._error = event.error
        self._draw()

    def _draw(self) -> None:
        words = self._telling.words
        title = say(words, "behind", what=self._name, count=len(self._found))
        heading = Row((Part(f" {title}", "heading"), Part(f"  {self._error}", "error")))
        self.query_one("#behind-title", Sheet).show([heading], rtl=words.rtl)
        sheet = self.query_one("#behind-list", Sheet)
        room = max(20, sheet.content_size.width) - _SAID - 2
        rows = [self._row(n, found, room) for n, found in enumerate(self._found)]
        sheet.show(rows, keep=self._at if rows else None)
        foot = Row((Part(f" {say(words, 'behind_keys')}", "dim"),))
        self.query_one("#behind-foot", Sheet).show([foot], rtl=words.rtl)

    def _row(self, number: int, found: Instance, room: int) -> Row:
        text = self.text(found.document)
        at = found.first or found.second
        span = found.span if at is None else Span(at.start, at.end)
        said = f"{_label(found.first)} | {_label(found.second)}"
        sign = "=" if found.outcome is Outcome.MATCHED else "≠"
        head = (Part(f"{sign} ", "warn" if sign == "≠" else "good"), Part(said[:_SAID], "name"))
        place = span.shifted(-found.span.start)
        parts = tuple(snippet(found.span.of(text), place, room, self._manner))
        return Row(head, parts, target=str(number), chosen=number == self._at)

    def text(self, document: str) -> str:
        """The text of a document."""
        if document not in self._texts:
            self._texts[document] = self._project.store.documents.get(document).text
        return self._texts[document]

    def action_step(self, by: int) -> None:
        """Move the choice."""
        self._at = max(0, min(len(self._found) - 1, self._at + by))
        self._draw()

    def action_open(self) -> None:
        """Show the chosen place with both annotators."""
        if self._found:
            beside = BesideScreen(self._project, self._found, self._at, self._telling, self._manner)
            self.app.push_screen(beside, self._came_back)

    def _came_back(self, at: int | None) -> None:
        if at is not None:
            self._at = at
            self._draw()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Open what was clicked."""
        event.stop()
        self._at = int(event.target)
        self.action_open()

    def action_leave(self) -> None:
        """Close."""
        self.workers.cancel_all()
        self.dismiss(None)


def _batches(found: Iterator[Instance]) -> Iterator[list[Instance]]:
    while batch := list(islice(found, _AT_ONCE)):
        yield batch


def _label(atom: Atom | None) -> str:
    return "∅" if atom is None else atom.label or "•"


class BesideScreen(ModalScreen[int]):
    """One sentence with all that both annotators say of it."""

    CSS = """
    BesideScreen { background: $background; }
    #beside-title, #beside-foot { height: 1; background: $surface; }
    #beside-text { height: 1fr; padding: 0 0 0 1; }
    #beside-columns { height: 50%; border-top: solid $panel; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q,enter", "leave", show=False),
        Binding("up,pageup", "step(-1)", show=False),
        Binding("down,pagedown", "step(1)", show=False),
    ]

    def __init__(
        self, project: Project, found: Sequence[Instance], at: int, telling: Telling,
        manner: Manner,
    ) -> None:  # fmt: skip
        super().__init__()
        self._project = project
        self._found = found
        self._at = at
        self._telling = telling
        self._manner = manner

    def compose(self) -> ComposeResult:
        """The text above, the two columns below."""
        with Vertical():
            yield Sheet(id="beside-title", manner=self._manner)
            yield Passage(id="beside-text", manner=self._manner)
            yield Sheet(id="beside-columns", manner=self._manner)
            yield Sheet(id="beside-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Show the place once there is room."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        found, words = self._found[self._at], self._telling.words
        document = self._project.store.documents.get(found.document)
        kind = KINDS.get(found.difference.value)
        how = found.difference.value if kind is None else words.of(kind)
        title = f" {found.item} · {self._at + 1}/{len(self._found)}"
        heading = Row((Part(title, "heading"),), (Part(f"{how} ", "warn"),))
        self.query_one("#beside-title", Sheet).show([heading], rtl=words.rtl)
        marks = [
            m for m in (mark_of(found.first, "1"), mark_of(found.second, "2")) if m is not None
        ]
        self.query_one(Passage).show(document, Scene(found.span, tuple(marks)))
        sheet = self.query_one("#beside-columns", Sheet)
        said = (self._project.store.annotations.get(found.item, n) for n in found.annotators)
        columns = [
            Column(name, tuple(said_lines(work, document.text, self._telling)), str(number))
            for number, (name, work) in enumerate(zip(found.annotators, said, strict=True), start=1)
        ]
        width = sheet.content_size.width or self.app.size.width
        sheet.show(column_rows(columns, width, self._manner, rtl=words.rtl), rtl=words.rtl)
        foot = Row((Part(f" {say(words, 'beside_keys')}", "dim"),))
        self.query_one("#beside-foot", Sheet).show([foot], rtl=words.rtl)

    def action_step(self, by: int) -> None:
        """Go to another place."""
        self._at = (self._at + by) % len(self._found)
        self._draw()

    def action_leave(self) -> None:
        """Go back to the list, at this place."""
        self.dismiss(self._at)


def mark_of(atom: Atom | None, number: str) -> Mark | None:
    """A mark on what the column of that number says here."""
    if atom is None:
        return None
    span = Span(atom.start, atom.end)
    event = atom.event
    is_trigger = event is not None and (event.start, event.end) == (atom.start, atom.end)
    look = Look.TRIGGER if is_trigger else Look.MENTION
    return Mark(span, look, f"{number} {atom.label}", "", proposed=True, in_focus=True)


def said_lines(work: Annotation, text: str, telling: Telling) -> Iterator[Line]:
    """Everything that one annotator says of the item."""
    for frame in work.frames:
        within = f"{frame.trigger.start}-{frame.trigger.end}"
        words = f"«{frame.trigger.of(text)}»"
        yield Line(event_label(telling, frame.type), words, within=within)
        for line in frame_lines(work, frame, text, telling):
            yield Line(line.name, line.text, indent=1, within=within)
    for mention in work.mentions:
        name = f"{mention.type}/{mention.subtype}" if mention.subtype else mention.type
        known = telling.schema.entity_types.get(mention.type)
        colour = "" if known is None else known.colour
        within = f"{mention.span.start}-{mention.span.end}"
        yield Line(name, f"«{mention.span.of(text)}»", colour, within=within)
