"""Lines outside the app are put in order where the terminal does not."""

from __future__ import annotations

import pytest

from curate.tui import terminal
from curate.tui.bidi_mode import TerminalPlan, decide
from curate.tui.printing import on_this_terminal
from curate.tui.terminal_probe import read_answers
from tests.tui import recorded

RULE = "• قصف alone is Shelling."
QUOTED = "» {Time:أمس} زارت لينا المكتبة."


@pytest.fixture(autouse=True)
def plan(monkeypatch: pytest.MonkeyPatch) -> TerminalPlan:
    found = decide(read_answers(recorded.XTERM.answers), recorded.XTERM.env)
    monkeypatch.setattr(terminal, "choose_plan", lambda *_, **__: found)
    monkeypatch.setenv("COLUMNS", "61")
    return found


def test_lines_without_arabic_are_left_alone() -> None:
    line = "| `Enter` | accept " + "and go on " * 20
    assert on_this_terminal([line, ""]) == [line, ""]


def test_arabic_is_joined_and_in_order() -> None:
    (row,) = on_this_terminal(["لا بأس"])
    assert row.lstrip() == "\ufeb1\ufe84\ufe91 \ufefb"


def test_a_line_runs_as_asked_whatever_it_begins_with() -> None:
    (english,) = on_this_terminal([RULE], "ltr")
    (begun,) = on_this_terminal([RULE])
    assert english.startswith("• ")
    assert english.endswith("Shelling.")
    assert begun.endswith(" •")


def test_a_quotation_runs_from_the_right_even_where_a_role_comes_first() -> None:
    (row,) = on_this_terminal([QUOTED], "ltr")
    assert row.endswith("«")
    assert row.startswith(" ")


def test_a_terminal_that_reorders_gets_the_text_as_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = read_answers(recorded.XFCE4_TERMINAL.answers)
    found = decide(answers, recorded.XFCE4_TERMINAL.env)
    monkeypatch.setattr(terminal, "choose_plan", lambda *_, **__: found)
    assert on_this_terminal(["لا بأس"]) == ["لا بأس"]
