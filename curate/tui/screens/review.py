"""The lead's screen: progress, agreement, and the cases that wait for a ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.message import Message

from curate.errors import CurateError
from curate.project.reviewing_session import Because, Reviewing
from curate.project.reviewing_values import Choice, Reason
from curate.tui.arabic import message as in_arabic
from curate.tui.pacing import Pace, Press, Sight
from curate.tui.review_case import Telling, case_columns, case_scene, gold_rows, question_rows
from curate.tui.review_commands import BY_ID, bindings
from curate.tui.review_words import ORDERS, say
from curate.tui.screens import review_asking as asking
from curate.tui.screens.line_below import LineScreen
from curate.tui.screens.lines import message_line
from curate.tui.screens.review_lines import (
    CASES,
    PAGES,
    because_line,
    foot_row,
    nothing_waits,
    top_row,
)
from curate.tui.screens.review_pages import AgreementPage, ProgressPage
from curate.tui.widgets.passage import Passage
from curate.tui.widgets.readings import column_rows
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from curate.project.reviewing_queue import Waiting
    from curate.project.reviewing_session import CaseView
    from curate.tui.keys import Keyboard
    from curate.tui.widgets.cells import Manner

SLICE: Final = 0.04
"""Seconds of merging at a time, and between."""
RULES: Final = frozenset({"reading", "both", "neither", "all_nothing", "gap"})
"""Deeds that decide on the case that is shown."""


class ReviewScreen(LineScreen):
    """One case at a time; each ruling is committed before the next is drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012 (as Textual has it)

    def __init__(
        self, reviewing: Reviewing, *, project: str, words: Words, keyboard: Keyboard,
        manner: Manner,
    ) -> None:  # fmt: skip
        super().__init__()
        self.reviewing = reviewing
        self.words = words
        self.keyboard = keyboard
        self.manner = manner
        self.page = CASES
        self.because = Because()
        """Goes with the next ruling."""
        self.auditing = False
        """Whether the cases are those that were drawn to be checked."""
        self.last: tuple[Waiting, Choice, int] | None = None
        """What was ruled last, to be said again of the same words."""
        self.press = Press("", 0.0)
        self.pace = Pace()
        self._project = project
        self._queue: list[Waiting] = reviewing.queue()
        self._at = 0
        self._said: Row | None = None
        self._pages = (ProgressPage(self), AgreementPage(self))

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """The pages' names above; the text and its readings, or a page; keys below."""
        yield Sheet(id="top", manner=self.manner)
        with Vertical(id="review-cases"):
            yield Passage(id="passage", manner=self.manner)
            yield Sheet(id="question", manner=self.manner)
            yield Sheet(id="readings", manner=self.manner)
        yield Sheet(id="review-page", manner=self.manner)
        yield RtlInput(id="ask", manner=self.manner)
        yield Sheet(id="bottom", manner=self.manner)

    def on_mount(self) -> None:
        """Begin with the cases, where there are some."""
        self.page = CASES if self._queue else 0
        self.passage.focus()
        self.call_after_refresh(self.draw)
        self._load()

    def _load(self) -> None:
        """Merge more between keys, until everything is there."""
        if self.reviewing.load(SLICE):
            self.look()
            self.draw()
        else:
            self.set_timer(SLICE, self._load)

    @property
    def passage(self) -> Passage:
        """The text."""
        return self.query_one(Passage)

    @property
    def telling(self) -> Telling:
        """What a case is told with."""
        return Telling(self.reviewing.project.schema, self.words, self.reviewing.blind)

    @property
    def waiting(self) -> Waiting | None:
        """The case on view."""
        return self._queue[self._at] if self._at < len(self._queue) else None

    @property
    def place(self) -> tuple[int, int]:
        """Which case is on view, counted from 1, and how many there are."""
        return self._at + 1, len(self._queue)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Show everything as it is now."""
        on_cases = self.page == CASES
        self.query_one("#review-cases").display = on_cases
        self.query_one("#review-page").display = not on_cases
        top = top_row(self, self._project)
        self.query_one("#top", Sheet).show([top], rtl=self.words.rtl)
        if on_cases:
            self._draw_case()
        else:
            self._pages[self.page].draw(self.query_one("#review-page", Sheet))
        self.draw_foot()

    def _draw_case(self) -> None:
        waiting, words = self.waiting, self.words
        question, sheet = self.query_one("#question", Sheet), self.query_one("#readings", Sheet)
        if waiting is None:
            self.passage.display = False
            question.show([])
            sheet.show([Row((Part(f" {nothing_waits(self)}", "good"),))], rtl=words.rtl)
            return
        self.passage.display = True
        view = self.reviewing.view(waiting)
        self.passage.show(view.document, case_scene(view, self.telling))
        asked = [*question_rows(view, self.telling, because_line(self))]
        question.styles.height = len(asked)
        question.show(asked, rtl=words.rtl)
        sheet.show(self._reading_rows(view, sheet), rtl=words.rtl)
        self.call_after_refresh(self._painted, Sight(waiting.key, closing=False))

    def _reading_rows(self, view: CaseView, sheet: Sheet) -> list[Row]:
        width = sheet.content_size.width or self.app.size.width
        columns = case_columns(view, self.telling)
        rows = [*column_rows(columns, width, self.manner, rtl=self.words.rtl)]
        return [*rows, *gold_rows(view, self.telling)]

    def _painted(self, sight: Sight) -> None:
        self.pace.painted(sight, Message().time)  # by the clock that times keys

    def draw_foot(self) -> None:
        """Show the line below: what was said, or the keys that matter."""
        self.query_one("#bottom", Sheet).show([self._foot()], rtl=self.words.rtl)

    def _foot(self) -> Row:
        if self._said is not None:
            return self._said
        if self.page != CASES:
            return self._pages[self.page].foot()
        return foot_row(self)

    def say(self, text: str | None, *, bad: bool = False) -> None:
        """Say something in the line below until the next key."""
        self._said = message_line(text, bad=bad) if text else None
        self.draw_foot()

    # ------------------------------------------------------------------ keys

    def on_key(self, event: events.Key) -> None:
        """Take the key, where the page answers it itself."""
        self._said = None
        if self.query_one(RtlInput).has_focus or self.page == CASES:
            return
        if self._pages[self.page].key(event.key):
            event.stop()
            event.prevent_default()
            self.draw()

    def action_do(self, command_id: str) -> None:
        """Run a command of the table."""
        command = BY_ID[command_id]
        if self.query_one(RtlInput).has_focus:
            return
        if self.page != CASES and not command.everywhere:
            if self._pages[self.page].key(command.keys.split(",")[0]):
                self.draw()
            return
        waiting = self.waiting
        sight = Sight("" if waiting is None else waiting.key, closing=False)
        deed = "accept" if command.deed in RULES else command.deed
        if not self.pace.allows(deed, sight, self.press):
            self.say(self.words("not_shown"), bad=True)
            return
        self.attempt(lambda: getattr(self, f"do_{command.deed}")(*command.arguments))

    def attempt(self, step: Callable[[], str | None]) -> None:
        """Do something, show what it led to, and say what it said or why it was refused."""
        try:
            said = step()
        except CurateError as error:
            self.draw()
            text = in_arabic(str(error), self.words.language)
            self.say(text.replace("\n", " · "), bad=True)
            return
        self.draw()
        if said:
            self.say(said)

    # ------------------------------------------------------------------ rulings

    def do_reading(self, number: int) -> str | None:
        """Say that one of the readings is right."""
        waiting = self.waiting
        if waiting is None:
            return None
        if self.auditing:
            return self._check(waiting, holds=number == 1)
        sides = self.reviewing.view(waiting).sides
        if number > len(sides):
            return None
        return self._rule(waiting, Choice.READING, sides[number - 1], f"{number}")

    def do_both(self) -> str | None:
        """Say that all readings are right."""
        return self._rule_here(Choice.BOTH, "both")

    def do_neither(self) -> str | None:
        """Say that there is nothing."""
        waiting = self.waiting
        if waiting is not None and self.auditing:
            return self._check(waiting, holds=False)
        return self._rule_here(Choice.NEITHER, "neither")

    def do_gap(self) -> str | None:
        """Lay the case aside: the guidelines do not say."""
        return self._rule_here(Choice.GAP, "gap")

    def _rule_here(self, choice: Choice, name: str) -> str | None:
        waiting = self.waiting
        if waiting is None or self.auditing:
            return None
        return self._rule(waiting, choice, 0, self.words.of(BY_ID[f"review.{name}"].label))

    def _rule(self, waiting: Waiting, choice: Choice, reading: int, what: str) -> str:
        self.reviewing.rule(waiting, choice, reading, because=self.because)
        self.last = (waiting, choice, reading)
        self.because = Because()
        self.go_on(waiting.item.id)
        return say(self.words, "ruled", what=what)

    def _check(self, waiting: Waiting, *, holds: bool) -> str:
        self.reviewing.check(waiting, holds=holds, because=self.because)
        self.because = Because()
        self.go_on(waiting.item.id)
        return say(self.words, "holds" if holds else "holds_not")

    def go_on(self, item: str) -> None:
        """Go to what a ruling brought up in its item, else to what came next."""
        behind = {w.key for w in self._queue[: self._at]}
        self.look()
        here = [n for n, w in enumerate(self._queue) if w.item.id == item and w.key not in behind]
        if here:
            self._at = here[0]
        self._at = max(0, min(self._at, len(self._queue) - 1))

    def look(self) -> None:
        """Read the queue anew."""
        self._queue = self.reviewing.drawn() if self.auditing else self.reviewing.queue()
        self._at = max(0, min(self._at, len(self._queue) - 1))

    def go_to_item(self, item: str) -> None:
        """Go to the first case of an item, if it has one."""
        here = (n for n, w in enumerate(self._queue) if w.item.id == item)
        self._at = next(here, self._at)

    def do_all_nothing(self) -> str | None:
        """Say no to everything that is open in the item."""
        waiting = self.waiting
        if waiting is None or self.auditing:
            return None
        count = self.reviewing.reject_all(waiting.item.id, self.because)
        self.because = Because()
        self.go_on(waiting.item.id)
        return say(self.words, "rejected_all", count=count)

    def do_undo(self) -> str | None:
        """Take the last ruling back, and go there."""
        item = self.reviewing.undo()
        if item is None:
            return say(self.words, "nothing_to_undo")
        self.look()
        self.go_to_item(item)
        return self.words("undone")

    def do_same(self) -> str | None:
        """Say the last ruling again of the same words, after a look."""
        return asking.same(self)

    def do_edit(self) -> str | None:
        """Open the item in the workbench."""
        return asking.edit(self)

    def do_back(self) -> None:
        """Ask why, then give the item back to its readers."""
        asking.send_back(self)

    def do_reason(self) -> None:
        """Ask why they differ."""
        asking.reason(self)

    def do_note(self) -> None:
        """Ask for a note on the next ruling."""
        asking.note(self)

    def set_reason(self, reason: str) -> None:
        """Keep a reason for the next ruling."""
        self.because = Because(Reason(reason), self.because.note)
        self.draw()

    # ------------------------------------------------------------------ moving

    def do_step(self, by: int) -> None:
        """Go to another case."""
        if self._queue:
            self._at = (self._at + by) % len(self._queue)

    def do_filter(self) -> None:
        """Ask which cases are shown."""
        asking.choose_filter(self)

    def do_order(self) -> str:
        """Put the cases in another order."""
        orders = list(ORDERS)
        at = orders.index(self.reviewing.order)
        self.reviewing.order = orders[(at + 1) % len(orders)]
        self.look()
        self._at = 0
        return self.words.of(ORDERS[self.reviewing.order])

    def do_audit(self) -> None:
        """Check what was merged without a ruling, or go back to the cases."""
        self.auditing = not self.auditing
        self._at = 0
        self.look()

    def do_names(self) -> None:
        """Show or hide whose reading is whose."""
        self.reviewing.blind = not self.reviewing.blind

    def do_refresh(self) -> None:
        """Merge everything anew."""
        self.reviewing.refresh()
        for page in self._pages:
            page.forget()
        self.look()
        self._load()

    def do_page(self, by: int) -> None:
        """Go to another page."""
        self.page = (self.page + by) % len(PAGES)
        self.query_one("#review-page", Sheet).scroll_rows(-(10**6))

    # ------------------------------------------------------------------ asking, leaving

    def do_show_help(self) -> None:
        """Show all keys."""
        asking.show_help(self)

    def do_language(self) -> None:
        """Say everything in the other language."""
        self.words = Words("en" if self.words.rtl else "ar")

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Choose a row of a page by mouse."""
        if self.page != CASES and self._pages[self.page].pressed(event.target):
            self.draw()
