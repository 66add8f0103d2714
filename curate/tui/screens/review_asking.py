"""Questions of the lead's screen: reasons, filters, the same words elsewhere, edits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.screen import ModalScreen

from curate.project.reviewing_edit import ItemEdit
from curate.project.reviewing_queue import CaseFilter, differ, roles_of, types_of
from curate.project.reviewing_session import Because
from curate.project.reviewing_values import Choice as Ruled
from curate.project.reviewing_values import Reason
from curate.tui.keys import shown_key
from curate.tui.review_commands import COMMANDS
from curate.tui.review_words import KINDS, REASONS, say
from curate.tui.screens.choose import Choice, ChooseScreen
from curate.tui.screens.review_edit import EditScreen
from curate.tui.widgets.sheet import Part, Row, Sheet
from curate.tui.widgets.snippet import snippet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from curate.project.reviewing_queue import Waiting
    from curate.tui.screens.review_desk import ReviewDesk

_REASON_KEYS = "sgakc"


def reason(screen: ReviewDesk) -> None:
    """Ask why readings differ."""
    choices = [
        Choice(r.value, (screen.words.of(REASONS[r.value]), REASONS[r.value].en), key=key,
               is_current=screen.because.reason is r)
        for r, key in zip(Reason, _REASON_KEYS, strict=True)
    ]  # fmt: skip

    def take(chosen: str | None) -> None:
        if chosen is not None:
            screen.set_reason(chosen)

    _choose(screen, say(screen.words, "reason"), choices, take)


def note(screen: ReviewDesk) -> None:
    """Ask for a note on the next ruling."""

    def take(text: str) -> None:
        screen.because = Because(screen.because.reason, text or None)
        screen.draw()

    screen.ask_line(say(screen.words, "ask_note"), screen.because.note or "", take)


def send_back(screen: ReviewDesk) -> None:
    """Ask why, then give the item back to its readers."""
    waiting = screen.waiting
    if waiting is None or screen.auditing:
        return

    def take(text: str) -> None:
        def step() -> str:
            names = screen.reviewing.send_back(waiting.item.id, text)
            screen.go_on(waiting.item.id)
            shown = "" if screen.reviewing.blind else f": {', '.join(names)}"
            return say(screen.words, "sent_back") + shown

        screen.attempt(step)

    screen.ask_line(say(screen.words, "ask_back"), "", take)


def choose_filter(screen: ReviewDesk) -> None:
    """Ask which cases are shown."""
    found = list(_filters(screen))
    choices = [
        Choice(str(n), (name,), detail=str(count), is_current=wanted == screen.reviewing.filter)
        for n, (name, wanted, count) in enumerate(found)
    ]

    def take(chosen: str | None) -> None:
        if chosen is not None:
            screen.reviewing.filter = found[int(chosen)][1]
            screen.auditing = False
            screen.look()
            screen.draw()

    _choose(screen, say(screen.words, "filter"), choices, take)


def _filters(screen: ReviewDesk) -> Iterator[tuple[str, CaseFilter, int]]:
    """Name, filter and how many cases pass, the most frequent first within each group."""
    words, every = screen.words, screen.reviewing.every()
    kinds = Counter(case.kind.value for case, _ in every)
    types = Counter(t for case, merged in every for t in types_of(case, merged))
    roles = Counter(role for case, _ in every for role in roles_of(case))
    readers = sorted({name for case, _ in every for name in case.readers})
    yield say(words, "all_cases"), CaseFilter(), len(every)
    parked = sum(case.parked is not None for case, _ in every)
    stale = sum(case.earlier is not None for case, _ in every)
    yield say(words, "parked", count=parked), CaseFilter(parked=True), parked
    if stale:
        yield say(words, "before"), CaseFilter(stale=True), stale
    for kind, count in kinds.most_common():
        yield words.of(KINDS[kind]), CaseFilter(kind=kind), count
    for name, count in types.most_common():
        yield name, CaseFilter(type=name), count
    for name, count in roles.most_common():
        yield name, CaseFilter(role=name), count
    if len(readers) > 2 and not screen.reviewing.blind:
        for pair in combinations(readers, 2):
            count = sum(differ(case, pair) for case, _ in every)
            yield " × ".join(pair), CaseFilter(pair=pair), count


def _choose(
    screen: ReviewDesk, title: str, choices: Sequence[Choice],
    take: Callable[[str | None], None],
) -> None:  # fmt: skip
    asked = ChooseScreen(
        title, choices, words=screen.words, keyboard=screen.keyboard, manner=screen.manner
    )
    screen.app.push_screen(asked, take)


# ---------------------------------------------------------------------- the same words


def same(screen: ReviewDesk) -> str | None:
    """Show the cases with the words of the last ruling, and rule on them alike."""
    if screen.last is None:
        keys = " ".join(screen.keyboard.cap(k) for k in "12bz")
        return say(screen.words, "same_which", keys=keys)
    waiting, choice, reading = screen.last
    if choice is Ruled.GAP:
        return say(screen.words, "same_none")
    found = screen.reviewing.same_form(waiting, choice, reading)
    if not found:
        return say(screen.words, "same_none")

    def take(agreed: bool | None) -> None:  # noqa: FBT001 (as Textual calls it)
        if agreed:
            screen.attempt(lambda: _rule_alike(screen, found, choice))

    screen.app.push_screen(SameScreen(screen, found), take)
    return None


def _rule_alike(screen: ReviewDesk, found: Sequence[tuple[Waiting, int]], choice: Ruled) -> str:
    screen.reviewing.rule_all(found, choice)
    screen.look()
    return say(screen.words, "same_done", count=len(found))


class SameScreen(ModalScreen[bool]):
    """The sentences that a ruling would be said again of; gives whether it is."""

    CSS = """
    SameScreen { background: $background; }
    #same-title, #same-foot { height: 1; background: $surface; }
    #same-list { height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape", "answer(False)", show=False),
        Binding("enter", "answer(True)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, screen: ReviewDesk, found: Sequence[tuple[Waiting, int]]) -> None:
        super().__init__()
        self._words = screen.words
        self._manner = screen.manner
        self._lines = [
            (screen.reviewing.view(waiting).document.text, waiting) for waiting, _ in found
        ]

    def compose(self) -> ComposeResult:
        """A heading, the sentences, the keys."""
        yield Sheet(id="same-title", manner=self._manner)
        yield Sheet(id="same-list", manner=self._manner)
        yield Sheet(id="same-foot", manner=self._manner)

    def on_mount(self) -> None:
        """Show them once there is room."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        words = self._words
        title = say(words, "same_title", count=len(self._lines))
        self.query_one("#same-title", Sheet).show([Row((Part(f" {title}", "heading"),))],
                                                  rtl=words.rtl)  # fmt: skip
        sheet = self.query_one("#same-list", Sheet)
        room = max(20, sheet.content_size.width) - 2
        rows = []
        for text, waiting in self._lines:
            item = waiting.item.span
            at = waiting.case.region.shifted(-item.start)
            rows.append(Row((), tuple(snippet(item.of(text), at, room, self._manner))))
        sheet.show(rows)
        foot = Row((Part(f" {say(words, 'same_keys')}", "dim"),))
        self.query_one("#same-foot", Sheet).show([foot], rtl=words.rtl)

    def action_scroll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#same-list", Sheet).scroll_rows(by)

    def action_answer(self, agreed: bool) -> None:  # noqa: FBT001 (as Textual calls it)
        """Give the answer."""
        self.dismiss(agreed)


# ---------------------------------------------------------------------- editing and help


def edit(screen: ReviewDesk) -> str | None:
    """Open the item in the workbench; what is changed there is ruled."""
    waiting = screen.waiting
    if waiting is None or screen.auditing:
        return None
    first = next(
        (n for n in screen.reviewing.view(waiting).sides if waiting.case.readings[n].values), 0
    )
    opened = ItemEdit(screen.reviewing, waiting, first)

    def then() -> None:
        screen.attempt(lambda: _take_edit(screen, opened, waiting))

    screen.app.push_screen(
        EditScreen(
            opened, then, project=say(screen.words, "edited"), words=screen.words,
            keyboard=screen.keyboard, keymap={}, manner=screen.manner,
        )
    )  # fmt: skip
    return None


def _take_edit(screen: ReviewDesk, opened: ItemEdit, waiting: Waiting) -> str:
    try:
        rulings = opened.rulings(screen.because)
    finally:
        opened.close()
    if not rulings:
        return say(screen.words, "not_edited")
    screen.reviewing.commit(rulings)
    screen.because = replace(screen.because, reason=None, note=None)
    screen.go_on(waiting.item.id)
    return say(screen.words, "ruled", what=say(screen.words, "edited"))


class KeysScreen(ModalScreen[None]):
    """All keys of the lead's screens."""

    CSS = """
    KeysScreen { background: $background; }
    #keys-list { height: 1fr; padding: 1 1; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,q,f1,h,enter", "leave", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
    ]

    def __init__(self, screen: ReviewDesk) -> None:
        super().__init__()
        self._words = screen.words
        self._manner = screen.manner
        self._keyboard = screen.keyboard

    def compose(self) -> ComposeResult:
        """The table."""
        yield Sheet(id="keys-list", manner=self._manner)

    def on_mount(self) -> None:
        """Show it."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        rows = []
        for command in COMMANDS:
            keys = " ".join(shown_key(k, self._keyboard) for k in command.keys.split(","))
            rows.append(Row((Part(f"  {keys:<12} ", "key"), Part(self._words.of(command.help)))))
        self.query_one("#keys-list", Sheet).show(rows, rtl=self._words.rtl)

    def action_scroll(self, by: int) -> None:
        """Scroll the table."""
        self.query_one("#keys-list", Sheet).scroll_rows(by)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)


def show_help(screen: ReviewDesk) -> None:
    """Show all keys."""
    screen.app.push_screen(KeysScreen(screen))
