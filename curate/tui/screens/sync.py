"""The sync screen: what would go, what would come, and what a person has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.binding import Binding
from textual.message import Message
from textual.screen import ModalScreen

from curate.errors import CurateError
from curate.project.syncing import (
    Direction,
    Outcome,
    Plan,
    Question,
    Side,
    questions,
    resolve,
    state,
)
from curate.tui.arabic import message
from curate.tui.sync_words import ACTS, ASKED, BESIDES, COMES, GOES, SIDES, STEPS, say
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from curate.project.opening import Project
    from curate.project.syncing import Act, Action
    from curate.tui.words import Words

    Progress = Callable[[int, int, str], None]

_SHELL = ("curate sync login https://…", 'curate sync push --create "…"')


class Syncer(Protocol):
    """Looks at both sides and syncs, away from the screen's thread."""

    def look(self, progress: Progress) -> Plan:
        """What a sync would do."""
        ...

    def sync(self, direction: Direction, progress: Progress) -> Outcome:
        """Bring both sides together."""
        ...

    def stop(self) -> None:
        """End what is under way."""
        ...


class SyncScreen(ModalScreen[str | None]):
    """Gives the id of an item to go to, or None. Left while it syncs, it stops the sync."""

    CSS = """
    SyncScreen { background: $background; }
    #sync-title, #sync-place, #sync-foot { height: 1; background: $surface; }
    #sync-list { height: 1fr; padding: 0 1; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("escape,f5", "leave", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("s", "sync('both')", show=False),
        Binding("g", "sync('push')", show=False),
        Binding("c", "sync('pull')", show=False),
        Binding("r", "look", show=False),
        Binding("h", "keep('here')", show=False),
        Binding("t", "keep('there')", show=False),
        Binding("enter", "go", show=False),
    ]

    @dataclass
    class Moved(Message):
        """So much of the work under way is done."""

        done: int
        total: int
        what: str

        def can_replace(self, message: Message) -> bool:
            """Only the newest figure matters."""
            return isinstance(message, SyncScreen.Moved)

    @dataclass
    class Looked(Message):
        """Both sides were looked at."""

        plan: Plan

    @dataclass
    class Synced(Message):
        """A sync went through."""

        outcome: Outcome

    @dataclass
    class Failed(Message):
        """It did not come to that."""

        why: str

    def __init__(
        self, project: Project, syncer: Syncer, *, words: Words, manner: Manner = VISUAL
    ) -> None:
        super().__init__()
        self._project = project
        self._syncer = syncer
        self._words = words
        self._manner = manner
        self._at = 0
        self._busy = ""
        """What is under way, told as far as it is; empty: nothing."""
        self._counts: Counter[Act] | None = None
        """What would be done, or was done; None: not known yet."""
        self._is_done = False
        """Whether the counts are of what was done."""
        self._open: list[Action] = []
        self._kept: dict[tuple[str, str], Side] = {}
        """Answers that the next sync acts on."""
        self._news: list[str] = []
        self._said = ""

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """A heading, what it is synced with, the list, and what can be done."""
        yield Sheet(id="sync-title", manner=self._manner)
        yield Sheet(id="sync-place", manner=self._manner)
        yield Sheet(id="sync-list", manner=self._manner)
        yield Sheet(id="sync-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Look at both sides at once."""
        self._open = questions(self._project)
        self.call_after_refresh(self._draw)
        if state(self._project) is not None:
            self.action_look()

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._syncer.stop()

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        words, rtl = self._words, self._words.rtl
        known = state(self._project)
        title = Row(
            (Part(f" {say(words, 'title')}", "heading"),), (Part(f"{self._busy} ", "warn"),)
        )
        self.query_one("#sync-title", Sheet).show([title], rtl=rtl)
        if known is not None:
            link = known.link
            place = say(words, "place", server=link.server, number=link.project, title=link.title)
            at = (link.at or "")[:16].replace("T", " ")
            last = say(words, "last", at=at) if at else say(words, "never")
            head = Row((Part(f" {place}", "dim"),), (Part(f"{last} ", "dim"),))
            self.query_one("#sync-place", Sheet).show([head], rtl=rtl)
        rows = list(self._unlinked() if known is None else self._rows())
        chosen = next((y for y, row in enumerate(rows) if row.chosen), None)
        self.query_one("#sync-list", Sheet).show(rows, rtl=rtl, keep=chosen)
        keys = "keys_busy" if self._busy else "keys_deciding" if self._open else "keys"
        foot = Part(f" {self._said or say(words, keys)}", "error" if self._said else "dim")
        self.query_one("#sync-foot", Sheet).show([Row((foot,))], rtl=rtl)

    def _unlinked(self) -> Iterator[Row]:
        yield Row()
        yield Row((Part(say(self._words, "not_linked")),))
        for line in _SHELL:
            yield Row((Part(f"   {line}", "key"),))

    def _rows(self) -> Iterator[Row]:
        """Figures of either direction, what is left to decide, and what there is to say."""
        if self._counts is not None:
            if self._is_done:
                yield Row((Part(say(self._words, "done"), "good"),))
            if not any(self._counts[act] for act in (*GOES, *COMES)):
                yield Row((Part(say(self._words, "nothing"), "good"),))
            for name, acts in (("goes", GOES), ("comes", COMES), ("besides", BESIDES)):
                yield from self._figures(name, acts, self._counts)
        if self._open:
            yield Row((Part(say(self._words, "decide", count=len(self._open)), "warn"),))
            for number, action in enumerate(self._open):
                yield self._question(number, action)
            yield Row()
        for line in self._news:
            yield Row((Part(line, "warn"),))

    def _figures(self, name: str, acts: tuple[Act, ...], counts: Counter[Act]) -> Iterator[Row]:
        told = [act for act in acts if counts[act]]
        if not told:
            return
        yield Row((Part(say(self._words, name), "heading"),))
        for act in told:
            what = self._words.of(ACTS[act])
            yield Row((Part(f"   {what}: ", "plain"), Part(f"{counts[act]:,}", "key")))
        yield Row()

    def _question(self, number: int, action: Action) -> Row:
        """One thing to decide: where, whose, what happened, and the answer so far."""
        words = self._words
        position, _ = self._project.store.items.position(action.item)
        who = {"": say(words, "task"), "=gold": say(words, "gold")}.get(
            action.annotator, action.annotator
        )
        chosen = number == self._at
        sign = "◂" if words.rtl else "▸"
        asked = words.of(ASKED[action.question or Question.CONFLICT])
        kept = self._kept.get((action.item, action.annotator))
        answer = () if kept is None else (Part(f"{words.of(SIDES[kept])} ✓ ", "good"),)
        return Row(
            (
                Part(f" {sign} " if chosen else "   ", "key"),
                Part(say(words, "item", position=position)),
                Part(" · ", "dim"),
                Part(who, "name"),
                Part(" · ", "dim"),
                Part(asked),
            ),
            answer,
            target=str(number),
            chosen=chosen,
        )

    # ------------------------------------------------------------------ looking and syncing

    def action_look(self) -> None:
        """Look at both sides; nothing is changed."""
        self._begin("looking", lambda: self.Looked(self._syncer.look(self._tell)))

    def action_sync(self, way: str) -> None:
        """Bring both sides together, or one way only."""
        direction = Direction(way)
        self._begin("syncing", lambda: self.Synced(self._syncer.sync(direction, self._tell)))

    def _begin(self, name: str, work: Callable[[], Message]) -> None:
        """Start something in a thread of its own, one thing at a time."""
        if self._busy or state(self._project) is None:
            return
        self._busy, self._said = say(self._words, name), ""
        self._draw()

        def run() -> None:
            try:
                came = work()
            except CurateError as error:
                came = self.Failed(str(error))
            self.post_message(came)

        self.run_worker(run, thread=True, group="sync")

    def _tell(self, done: int, total: int, what: str) -> None:
        self.post_message(self.Moved(done, total, what))

    def on_sync_screen_moved(self, event: SyncScreen.Moved) -> None:
        """Say how far it is."""
        if self._busy:
            what = self._words.of(STEPS[event.what]) if event.what in STEPS else event.what
            self._busy = say(self._words, "so_far", what=what, done=event.done, total=event.total)
            self._draw()

    def on_sync_screen_looked(self, event: SyncScreen.Looked) -> None:
        """Show what a sync would do."""
        self._busy, self._news, self._is_done = "", [], False
        self._counts = event.plan.counts()
        self._ask(list(event.plan.open))

    def on_sync_screen_synced(self, event: SyncScreen.Synced) -> None:
        """Show what was done, and what is left to decide."""
        outcome, words = event.outcome, self._words
        self._busy, self._is_done = "", True
        self._counts = outcome.counts
        self._news = [*outcome.refused, *outcome.warnings]
        if outcome.quarantined:
            self._news.append(say(words, "quarantined", count=outcome.quarantined))
        if outcome.strangers:
            self._news.append(say(words, "strangers", count=outcome.strangers))
        self._kept = {}
        self._ask(questions(self._project))

    def on_sync_screen_failed(self, event: SyncScreen.Failed) -> None:
        """Say why not."""
        self._busy = ""
        self._said = message(event.why, self._words.language).replace("\n", " · ")
        self._draw()

    def _ask(self, asked: list[Action]) -> None:
        self._open = asked
        self._at = max(0, min(self._at, len(asked) - 1))
        self._draw()

    # ------------------------------------------------------------------ deciding

    def action_step(self, by: int) -> None:
        """Choose another question."""
        self._at = max(0, min(len(self._open) - 1, self._at + by))
        self._said = ""
        self._draw()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Choose the question that was clicked."""
        event.stop()
        self._at = int(event.target)
        self._draw()

    def action_keep(self, side: str) -> None:
        """Say which side holds; the next sync acts on it."""
        if self._busy or not self._open:
            return
        action = self._open[self._at]
        recorded = {(q.item, q.annotator) for q in questions(self._project)} | self._kept.keys()
        if (action.item, action.annotator) not in recorded:
            self._said = say(self._words, "sync_first")
            self._draw()
            return
        try:
            resolve(self._project, action.item, action.annotator, Side(side))
        except CurateError as error:
            self._said = message(str(error), self._words.language).replace("\n", " · ")
        else:
            self._kept[action.item, action.annotator] = Side(side)
            self._said = ""
        self._draw()

    def action_go(self) -> None:
        """Go to the item of the chosen question."""
        if self._open and not self._busy:
            self.dismiss(self._open[self._at].item)

    def action_leave(self) -> None:
        """Close; a sync under way ends."""
        self.dismiss(None)
