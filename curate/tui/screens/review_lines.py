"""The lines above and below the lead's pages, and what goes with the next ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.tui.keys import shown_key
from curate.tui.review_commands import BY_ID, COMMANDS
from curate.tui.review_words import ORDERS, REASONS, say
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from curate.tui.screens.review_desk import ReviewDesk

PAGES: Final = ("progress", "agreement", "cases")
CASES: Final = 2
_WIDE: Final = 110
"""Cells from which on the order of the cases is named above."""


def top_row(screen: ReviewDesk, project: str) -> Row:
    """The pages, and on that of cases which one is shown."""
    words = screen.words
    parts = [Part(f" {project} ", "name")]
    count = screen.reviewing.count()
    for number, name in enumerate(PAGES):
        look = "label-focus" if number == screen.page else "dim"
        parts += [Part(" "), Part(f" {say(words, name, count=count)} ", look)]
    ends = []
    at, total = screen.place
    if screen.page == CASES and total:
        wide = screen.app.size.width >= _WIDE
        order = f" · {words.of(ORDERS[screen.reviewing.order])}" if wide else ""
        ends = [Part(f"{at}/{total}{order} · ", "dim")]
    sight = say(words, "blind" if screen.reviewing.blind else "named")
    return Row(tuple(parts), (*ends, Part(f"{sight} · {words('saved')} ", "dim")))


def foot_row(screen: ReviewDesk) -> Row:
    """The keys that rule on a case."""
    words, keyboard = screen.words, screen.keyboard
    parts = [Part(" ")]
    if screen.auditing:
        parts += [Part(f"{say(words, 'auditing')}  ", "warn")]
        for name in ("undo", "audit", "help"):
            command = BY_ID[f"review.{name}"]
            key = shown_key(command.keys.split(",")[0], keyboard)
            label = say(words, "audit_ends") if name == "audit" else words.of(command.label)
            parts += [Part(key, "key"), Part(f" {label}  ", "dim")]
        return Row(tuple(parts))
    two = "·".join(keyboard.cap(n) for n in "12")
    parts += [Part(two, "key"), Part(f" {say(words, 'reading')}  ", "dim")]
    for command in COMMANDS:
        if command.footer:
            key = shown_key(command.keys.split(",")[0], keyboard)
            parts += [Part(key, "key"), Part(f" {words.of(command.label)}  ", "dim")]
    return Row(tuple(parts))


def because_line(screen: ReviewDesk) -> str:
    """The reason and note that go with the next ruling."""
    because = screen.because
    said = [screen.words.of(REASONS[because.reason.value])] if because.reason else []
    return " · ".join([*said, *([because.note] if because.note else [])])


def nothing_waits(screen: ReviewDesk) -> str:
    """Why no case is shown."""
    if not screen.auditing and screen.reviewing.count():
        return say(screen.words, "no_cases_filtered", key=screen.keyboard.cap("f"))
    return say(screen.words, "no_cases")
