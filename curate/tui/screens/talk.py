"""Comments on an item: read them, answer, settle the matter or take it up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from curate.errors import CurateError
from curate.model.comment import CommentKind
from curate.project.talking import words_about
from curate.tui.widgets.cells import VISUAL, Manner
from curate.tui.widgets.paragraphs import paragraph_rows
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult

    from curate.model.comment import Comment, Thread
    from curate.model.span import Span
    from curate.project.talking import Talker
    from curate.tui.words import Words

_MOST_WORDS = 60
"""Code points of the words that a thread is about."""


class TalkScreen(ModalScreen[str | None]):
    """The threads on one item; gives `all` when the list of the project's threads is wanted."""

    CSS = """
    TalkScreen { align: center bottom; background: transparent; }
    #talk { width: 100%; height: 70%; background: $surface; border-top: heavy $accent;
            layout: vertical; }
    #talk-title, #talk-line, #talk-foot { height: 1; background: $surface; }
    #talk-list { height: 1fr; background: $surface; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("c", "close", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
        Binding("enter", "reply", show=False),
        Binding("n", "begin", show=False),
        Binding("i", "begin_on_item", show=False),
        Binding("r", "settle", show=False),
        Binding("tab", "all", show=False, priority=True),
    ]

    def __init__(
        self,
        talker: Talker,
        item: str,
        *,
        about: tuple[str, Span] | None,
        words: Words,
        manner: Manner = VISUAL,
    ) -> None:
        super().__init__()
        self._talker = talker
        self._item = item
        self._about = about
        """Id and span of what has the focus, which a new thread is about."""
        self._words = words
        self._manner = manner
        self._threads: list[Thread] = []
        self._at = 0
        self._then: Callable[[str], None] | None = None
        self._said = ""

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """A heading, the threads, a line to write into, and what can be done."""
        from textual.containers import Vertical

        with Vertical(id="talk"):
            yield Sheet(id="talk-title", manner=self._manner)
            yield Sheet(id="talk-list", manner=self._manner)
            yield RtlInput(id="talk-line", manner=self._manner)
            yield Sheet(id="talk-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Read the threads; the first that holds something unread, else an open one, is chosen."""
        self.query_one(RtlInput).display = False
        self._threads = self._talker.on_item(self._item)
        wanted = [n for n, t in enumerate(self._threads) if t.unread]
        wanted += [n for n, t in enumerate(self._threads) if t.is_open]
        self._at = next(iter(wanted), 0)
        self._talker.read(self._threads)
        self.call_after_refresh(self._draw)
        if not self._threads:
            self.action_begin()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        words = self._words
        sheet = self.query_one("#talk-list", Sheet)
        rows: list[Row] = []
        first, last = 0, 0
        for number, thread in enumerate(self._threads):
            if number == self._at:
                first = len(rows)
            rows.extend(self._rows(thread, max(20, sheet.content_size.width), number))
            if number == self._at:
                last = len(rows) - 2
            rows.append(Row())
        count = sum(t.is_open for t in self._threads)
        title = Row((Part(f" {words('talk_title', count=count)}", "heading"),))
        self.query_one("#talk-title", Sheet).show([title], rtl=words.rtl)
        sheet.show(rows, rtl=words.rtl, keep=last)
        if first < sheet.top:
            sheet.show(rows, rtl=words.rtl, keep=first)
        foot = self._said or words("talk_keys_writing" if self._then else "talk_keys")
        self.query_one("#talk-foot", Sheet).show(
            [Row((Part(f" {foot}", "error" if self._said else "dim"),))], rtl=words.rtl
        )

    def _rows(self, thread: Thread, width: int, number: int) -> Iterator[Row]:
        words = self._words
        about = words_about(self._talker.project, thread)[:_MOST_WORDS]
        chosen = number == self._at
        state = Part(words("talk_open" if thread.is_open else "talk_settled"),
                     "warn" if thread.is_open else "good")  # fmt: skip
        whole = thread.span is None
        subject = Part(words("talk_item")) if whole else Part(f"« {about} »", "quote")
        unread = (Part(f" {words('talk_unread', count=thread.unread)}", "warn"),)
        parts = (
            Part(f" {'◂' if words.rtl else '▸'} " if chosen else "   ", "key"),
            state,
            Part(" · ", "dim"),
            subject,
        )
        yield Row(
            (*parts, *(unread if thread.unread else ())), target=str(number), chosen=chosen
        )  # fmt: skip
        for comment in thread.comments:
            yield from self._comment(comment, width)

    def _comment(self, comment: Comment, width: int) -> Iterator[Row]:
        """Who said when, then what, each line in its own direction."""
        turn = {
            CommentKind.SAY: "",
            CommentKind.RESOLVE: f" ✓ {self._words('talk_settled')}",
            CommentKind.REOPEN: f" ↺ {self._words('talk_open')}",
        }[comment.kind]
        at = comment.at[:16].replace("T", " ")
        yield Row(
            (Part(f"     {comment.author}", "name"), Part(f"  {at}", "dim"), Part(turn, "dim"))
        )
        if comment.text:
            lines = paragraph_rows(
                [(comment.text, "quote")], width - 8, self._manner, rtl=self._words.rtl
            )
            for row in lines:
                yield Row((Part("       "), *row.parts))

    # ------------------------------------------------------------------ writing

    def _ask(self, prompt: str, then: Callable[[str], None]) -> None:
        line = self.query_one(RtlInput)
        self._then, self._said = then, ""
        line.display = True
        line.ask(f" {prompt}")
        line.focus()
        self._draw()

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        """Keep what was written."""
        event.stop()
        then = self._then
        if then is not None:
            self._keep(lambda: then(event.value))

    def _keep(self, step: Callable[[], None]) -> None:
        """Write something, and show the threads as they are then."""
        try:
            step()
        except CurateError as error:
            self._said = str(error).replace("\n", " · ")
            self._draw()
            return
        self._end_writing()
        self._threads = self._talker.on_item(self._item)
        self._draw()

    def _end_writing(self) -> None:
        self._then, self._said = None, ""
        line = self.query_one(RtlInput)
        line.display = False
        self.set_focus(None)

    @property
    def _chosen(self) -> Thread | None:
        return self._threads[self._at] if self._threads else None

    def action_reply(self) -> None:
        """Answer in the chosen thread; without one begin the first."""
        thread = self._chosen
        if thread is None:
            self.action_begin()
            return
        self._ask(self._words("talk_reply"), lambda text: self._talker.reply(thread, text))

    def action_begin(self) -> None:
        """Begin a thread about what has the focus."""
        if self._about is None:
            self.action_begin_on_item()
            return
        key, span = self._about
        document = self._talker.project.store.items.get(self._item)
        words = ""
        if document is not None:
            text = self._talker.project.store.documents.get(document.document).text
            words = " ".join(span.of(text).split())[:24]
        self._ask(self._words("talk_about", words=words), lambda text: self._begin(text, key, span))

    def action_begin_on_item(self) -> None:
        """Begin a thread about the item as a whole."""
        self._ask(self._words("talk_on_item"), lambda text: self._begin(text, None, None))

    def _begin(self, text: str, about: str | None, span: Span | None) -> None:
        self._talker.begin(self._item, text, about=about, span=span)
        self._at = len(self._threads)

    def action_settle(self) -> None:
        """Settle the chosen thread, or open it again."""
        thread = self._chosen
        if thread is not None:
            turn = self._talker.resolve if thread.is_open else self._talker.reopen
            self._keep(lambda: turn(thread))

    # ------------------------------------------------------------------ moving

    def action_step(self, by: int) -> None:
        """Choose another thread."""
        self._at = max(0, min(len(self._threads) - 1, self._at + by))
        self._draw()

    def action_scroll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#talk-list", Sheet).scroll_rows(by)

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Choose the thread that was clicked."""
        event.stop()
        self._at = int(event.target)
        self._draw()

    def action_all(self) -> None:
        """Show the open threads of the whole project."""
        self.dismiss("all")

    def action_close(self) -> None:
        """Close: the key that opened it."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave off writing, or close."""
        if self._then is not None and self._threads:
            self._end_writing()
            self._draw()
            return
        self.dismiss(None)
