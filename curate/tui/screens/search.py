"""Search over the whole project: type, look at the hits, go to one or back to where one was."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import get_current_worker

from curate.errors import CurateError
from curate.project.searching import Hit, Query, search
from curate.tui.search_line import filters, query_in, without
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.widgets.snippet import snippet

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.timer import Timer

    from curate.project.opening import Project
    from curate.tui.keys import Keyboard
    from curate.tui.searched import Searched
    from curate.tui.words import Words

MOST = 500
"""Hits that are listed."""
PAUSE = 0.15
"""Seconds without a key after which the search begins."""
_LABEL = 22
"""Cells for the number of the item and what was found."""


class SearchScreen(ModalScreen[Hit | None]):
    """Gives the hit to go to, or None."""

    CSS = """
    SearchScreen { background: $background; }
    #search-title, #search-line, #search-foot { height: 1; background: $surface; }
    #search-hits { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("tab", "offer_filters", show=False, priority=True),
    ]

    @dataclass
    class Came(Message):
        """Some hits were found, or the search is over."""

        query: Query
        hits: Sequence[Hit]
        is_over: bool
        error: str = ""

    def __init__(
        self,
        project: Project,
        searched: Searched,
        *,
        words: Words,
        keyboard: Keyboard,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__()
        self._project = project
        self._searched = searched
        self._words = words
        self._keyboard = keyboard
        self._manner = manner
        self._query = Query()
        self._hits: list[Hit] = []
        self._at = searched.at
        self._state = ""
        self._timer: Timer | None = None

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """A heading, the line to type into, the hits, and what can be done."""
        yield Sheet(id="search-title", manner=self._manner)
        yield RtlInput(id="search-line", manner=self._manner)
        yield Sheet(id="search-hits", manner=self._manner)
        yield Sheet(id="search-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Begin with what was searched last."""
        line = self.query_one(RtlInput)
        line.ask(f" {self._words('ask_search')}", self._searched.line)
        line.focus()
        if self._searched.line:
            self._begin()
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        words, rtl = self._words, self._words.rtl
        title = Row(
            (Part(f" {words('search_title')}", "heading"),), (Part(f"{self._state} ", "dim"),)
        )
        self.query_one("#search-title", Sheet).show([title], rtl=rtl)
        sheet = self.query_one("#search-hits", Sheet)
        room = max(20, sheet.content_size.width) - _LABEL
        rows = [self._row(number, hit, room) for number, hit in enumerate(self._hits)]
        if not rows:
            rows = [Row((Part(words("search_hint"), "dim"),))]
        sheet.show(rows, rtl=rtl, keep=self._at if self._hits else None)
        foot = Row((Part(f" {words('search_keys')}", "dim"),))
        self.query_one("#search-foot", Sheet).show([foot], rtl=rtl)

    def _row(self, number: int, hit: Hit, room: int) -> Row:
        """One hit: number of the item and who says what, then the words around."""
        said = " ".join(part for part in (hit.annotator, hit.label) if part)
        head = (Part(f"{hit.position} ", "key"), Part(said[: _LABEL - 8], "dim"), Part(" "))
        at = hit.span.shifted(-hit.item_span.start)
        parts = tuple(snippet(hit.item_text, at, room, self._manner))
        chosen = number == self._at
        if self._words.rtl:
            return Row((*head, *reversed(parts)), target=str(number), chosen=chosen)
        return Row(head, parts, target=str(number), chosen=chosen)

    # ------------------------------------------------------------------ searching

    def on_rtl_input_changed(self, event: RtlInput.Changed) -> None:
        """Search when the typing pauses."""
        event.stop()
        self._searched.line = event.value
        self._at = 0
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._begin)

    def _begin(self) -> None:
        """Look for what the line says; a search under way ends."""
        self.workers.cancel_group(self, "search")
        self._hits = []
        self._state = ""
        try:
            self._query = query_in(self._searched.line)
        except CurateError as error:
            self._state = error.message
            self._query = Query()
        if not self._query.is_empty:
            self._state = self._words("searching")
            query = self._query
            self.run_worker(lambda: self._look(query), thread=True, group="search")
        self._draw()

    def _look(self, query: Query) -> None:
        """In a thread of its own, with a connection of its own."""
        worker = get_current_worker()
        waiting: list[Hit] = []
        told = 0.0
        try:
            with self._project.for_reading() as project:
                for hit in search(project, query, MOST, stopped=lambda: worker.is_cancelled):
                    waiting.append(hit)
                    if time.monotonic() - told > PAUSE:
                        self.post_message(self.Came(query, waiting, is_over=False))
                        waiting, told = [], time.monotonic()
        except CurateError as error:
            self.post_message(self.Came(query, (), is_over=True, error=error.message))
            return
        self.post_message(self.Came(query, waiting, is_over=True))

    def on_search_screen_came(self, event: SearchScreen.Came) -> None:
        """Show what came in, if it is still what is asked."""
        if event.query != self._query:
            return
        self._hits.extend(event.hits)
        if event.is_over:
            self._at = min(self._at, max(0, len(self._hits) - 1))
            self._state = event.error or self._count()
        self._draw()

    def _count(self) -> str:
        count = len(self._hits)
        if not count:
            return self._words("not_found")
        return self._words("hits_more" if count >= MOST else "hits", count=count)

    # ------------------------------------------------------------------ choosing

    def action_step(self, by: int) -> None:
        """Move the choice."""
        self._at = max(0, min(len(self._hits) - 1, self._at + by))
        self._draw()

    def action_offer_filters(self) -> None:
        """Choose a filter by its name and put it into the line."""
        from curate.tui.screens.choose import Choice, ChooseScreen

        known = filters(self._project.schema, self._project.store.annotations.annotators())
        choices = [
            Choice(f.token, (self._words.of(f.label), f.token), (f.label.ar, f.label.en),
                   colour=f.colour)
            for f in known
        ]  # fmt: skip
        asked = ChooseScreen(
            self._words("search_filters"), choices, words=self._words, keyboard=self._keyboard,
            by_name=True, manner=self._manner,
        )  # fmt: skip
        self.app.push_screen(asked, self._add_filter)

    def _add_filter(self, token: str | None) -> None:
        line = self.query_one(RtlInput)
        line.focus()
        if token is not None:
            field = token.partition(":")[0]
            kept = line.value.strip() if field == "has" else without(line.value, field)
            line.ask(line.prompt, f"{kept} {token} ".lstrip())
            self._searched.line = line.value
            self._at = 0
            self._begin()

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        """Go to the chosen hit."""
        event.stop()
        self._take(self._at)

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Go to the hit that was clicked."""
        event.stop()
        self._take(int(event.target))

    def _take(self, number: int) -> None:
        if number < len(self._hits):
            self._searched.at = number
            self.workers.cancel_group(self, "search")
            self.dismiss(self._hits[number])

    def action_leave(self) -> None:
        """Go nowhere."""
        self._searched.at = self._at
        self.workers.cancel_group(self, "search")
        self.dismiss(None)
