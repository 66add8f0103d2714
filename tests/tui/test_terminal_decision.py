"""What is done with Arabic on each terminal, by what the terminal answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.tui.bidi_mode import BidiChoice, TerminalPlan, decide, switching_back, switching_off
from curate.tui.terminal_advice import ADVICE, TMUX_LINES, Advice
from curate.tui.terminal_manners import BDSM, KONSOLE, MANNERS, MLTERM, BidiMode, Switch
from curate.tui.terminal_probe import Probe, Tmux, may_ask, read_answers
from tests.tui import recorded

if TYPE_CHECKING:
    from tests.tui.recorded import Recorded

VISUAL, TERMINAL = BidiMode.VISUAL, BidiMode.TERMINAL


def plan_for(terminal: Recorded, bidi: BidiChoice = BidiChoice.AUTO) -> TerminalPlan:
    return decide(read_answers(terminal.answers), terminal.env, bidi)


def in_tmux(
    name: str, hints: dict[str, str], *, passthrough: bool = False, overrides: str = ""
) -> TerminalPlan:
    outer = Tmux(name, "xterm-256color", 30, passthrough, overrides, hints)
    answers = replace(read_answers(recorded.TMUX.answers), tmux=outer)
    return decide(answers, recorded.TMUX.env)


@pytest.mark.parametrize(
    ("terminal", "name", "switch", "certain", "marks"),
    [
        pytest.param(recorded.XTERM, "xterm 379", None, True, True, id="xterm"),
        pytest.param(recorded.XFCE4_TERMINAL, "vte 7006", BDSM, True, True, id="xfce4-terminal"),
        pytest.param(recorded.KONSOLE, "konsole 22.12.3", KONSOLE, True, True, id="konsole"),
        pytest.param(recorded.KITTY, "kitty 0.26.5", None, False, True, id="kitty"),
        pytest.param(recorded.MLTERM, "mlterm 279", MLTERM, True, True, id="mlterm"),
        pytest.param(recorded.PTERM, "putty 136", None, False, True, id="pterm"),
        pytest.param(recorded.URXVT, "urxvt 95", None, True, True, id="urxvt"),
        pytest.param(recorded.ST, "st", None, True, True, id="st"),
        pytest.param(recorded.ALACRITTY, "alacritty", None, True, False, id="alacritty"),
        pytest.param(recorded.QTERMINAL, "qterminal 115", None, False, True, id="qterminal"),
        pytest.param(
            recorded.SILENT, "unknown (xterm-256color)", None, False, True, id="no answer"
        ),
    ],
)
def test_a_terminal_is_treated_as_its_answers_say(
    terminal: Recorded, name: str, switch: Switch | None, certain: bool, marks: bool
) -> None:
    plan = plan_for(terminal)
    assert (plan.mode, plan.terminal) == (VISUAL, name)
    assert (plan.switch, plan.certain, plan.marks) == (switch, certain, marks)


@pytest.mark.parametrize(
    ("answers", "env", "name", "certain"),
    [
        (b"\x1bP>|foot(1.13.1)\x1b\\\x1b[>1;011301;0c\x1b[?62;4;22c", {}, "foot 1.13.1", True),
        (b"\x1bP>|ghostty 1.0.0\x1b\\\x1b[>1;10;0c\x1b[?62;22c", {}, "ghostty 1.0.0", True),
        (b"\x1bP>|iTerm2 3.5.4\x1b\\\x1b[?64;1;2c", {}, "iterm2 3.5.4", False),
        (b"\x1bP>|xterm.js(5.6.0)\x1b\\\x1b[>0;276;0c\x1b[?1;2c", {}, "xterm.js 5.6.0", False),
        (b"\x1b[>0;10;1c\x1b[?61;4c", {"WT_SESSION": "x"}, "windows terminal 10", True),
        (b"\x1b[?1;2c", {"TERM_PROGRAM": "vscode"}, "vscode", False),
    ],
)
def test_terminals_known_from_their_documents_are_named(
    answers: bytes, env: dict[str, str], name: str, certain: bool
) -> None:
    plan = decide(read_answers(answers), env)
    assert (plan.terminal, plan.certain, plan.mode) == (name, certain, VISUAL)


def test_what_a_terminal_says_of_itself_counts_more_than_the_environment() -> None:
    """A Konsole started from kitty, which was started from VTE in tmux, is still a Konsole."""
    leaked = {**recorded.KITTY.env, **recorded.XFCE4_TERMINAL.env, **recorded.TMUX.env}
    assert decide(read_answers(recorded.KONSOLE.answers), leaked).switch is KONSOLE
    assert decide(read_answers(recorded.XTERM.answers), leaked).switch is None
    assert decide(read_answers(recorded.XTERM.answers), leaked).through == ""


def test_any_terminal_with_mode_8_is_switched_whatever_its_name() -> None:
    wezterm = read_answers(b"\x1b[8;2$y\x1bP>|WezTerm 20240203\x1b\\\x1b[>1;277;0c\x1b[?65;4c")
    plan = decide(wezterm, {})
    assert plan.terminal == "wezterm 20240203"
    assert plan.switch == Switch(BDSM.off, BDSM.off, per_row=True), "it was off: so it stays"
    assert decide(read_answers(b"\x1b[8;1$y\x1b[?6c"), {}).switch == BDSM


def test_a_terminal_that_always_reorders_is_left_to_it() -> None:
    plan = decide(read_answers(b"\x1b[8;3$y\x1b[?6c"), {})
    assert (plan.mode, plan.switch, plan.certain) == (TERMINAL, None, False)
    assert plan.advice == (Advice.ALWAYS_REORDERS,)


def test_a_terminal_that_never_reorders_needs_no_switch() -> None:
    plan = decide(read_answers(b"\x1b[8;4$y\x1b[?6c"), {})
    assert (plan.mode, plan.switch, plan.certain) == (VISUAL, None, True)


def test_terminal_app_is_never_asked_and_left_to_itself() -> None:
    env = {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}
    assert not may_ask(env)
    plan = decide(Probe(), env)
    assert (plan.mode, plan.certain, plan.advice) == (TERMINAL, False, (Advice.APPLE,))


@pytest.mark.parametrize("term", ["dumb", "", "eterm-color"])
def test_terminals_that_would_print_the_question_are_not_asked(term: str) -> None:
    assert not may_ask({"TERM": term})
    assert not may_ask({})
    assert may_ask({"TERM": "xterm"})


def test_the_browser_is_certain_and_not_asked() -> None:
    env = {"TERM": "xterm", "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}
    assert not may_ask(env)
    plan = decide(Probe(), env)
    assert (plan.mode, plan.switch, plan.certain, plan.marks) == (VISUAL, None, True, True)
    assert decide(Probe(), env, BidiChoice.TERMINAL) == plan, "a page never reorders"


@pytest.mark.parametrize(
    ("name", "hints", "switch"),
    [
        ("XTerm(379)", {"VTE_VERSION": "7006"}, None),
        ("Konsole 22.12.3", {}, KONSOLE),
        ("", {"VTE_VERSION": "7006"}, BDSM),
    ],
)
def test_in_tmux_the_terminal_around_it_decides(
    name: str, hints: dict[str, str], switch: Switch | None
) -> None:
    plan = in_tmux(name, hints)
    assert plan.switch == switch
    assert plan.through == "tmux"
    assert plan.certain
    assert plan.opens_passthrough is (switch is not None)
    assert not in_tmux(name, hints, passthrough=True).opens_passthrough


def test_in_tmux_in_an_unknown_terminal_the_person_is_asked() -> None:
    plan = in_tmux("", {})
    assert (plan.mode, plan.certain, plan.terminal) == (
        VISUAL, False, "tmux in unknown (xterm-256color)",
    )  # fmt: skip
    silent = decide(read_answers(recorded.TMUX.answers), recorded.TMUX.env)
    assert (silent.certain, silent.advice) == (False, (Advice.TMUX,))


def test_tmux_that_switches_by_itself_is_left_alone() -> None:
    overrides = TMUX_LINES[1].partition("'")[2].rstrip("'")
    plan = in_tmux("", {"VTE_VERSION": "7006"}, overrides=overrides)
    assert (plan.switch, plan.certain, plan.mode) == (None, True, VISUAL)
    other = in_tmux("", {"VTE_VERSION": "7006"}, overrides="xterm*:smcup=\\E[?1049h")
    assert other.switch == BDSM


def test_screen_is_passed_through_but_not_trusted() -> None:
    plan = plan_for(recorded.SCREEN)
    assert (plan.through, plan.certain, plan.terminal) == ("screen", False, "screen in xterm")


@pytest.mark.parametrize("terminal", [recorded.XFCE4_TERMINAL, recorded.KONSOLE])
def test_the_mode_asked_for_wins(terminal: Recorded) -> None:
    found = plan_for(terminal)
    visual = plan_for(terminal, BidiChoice.VISUAL)
    assert (visual.mode, visual.switch, visual.certain) == (VISUAL, found.switch, True)
    logical = plan_for(terminal, BidiChoice.TERMINAL)
    assert (logical.mode, logical.switch, logical.certain) == (TERMINAL, None, True)
    assert switching_off(logical, 24) == switching_back(logical, 24) == ""


def test_marks_are_shown_or_hidden_as_asked() -> None:
    answers = read_answers(recorded.ALACRITTY.answers)
    assert not decide(answers, recorded.ALACRITTY.env).marks
    assert decide(answers, recorded.ALACRITTY.env, marks=True).marks
    assert not decide(read_answers(recorded.XTERM.answers), {}, marks=False).marks


def test_the_switch_is_said_on_every_row_and_the_cursor_stays() -> None:
    plan = plan_for(recorded.XFCE4_TERMINAL)
    said = "".join(f"\x1b[{row};1H\x1b[8l" for row in range(1, 4))
    assert switching_off(plan, 3) == f"\x1b7{said}\x1b8"
    assert switching_back(plan, 2) == "\x1b7\x1b[1;1H\x1b[8h\x1b[2;1H\x1b[8h\x1b8"
    assert switching_off(plan_for(recorded.KONSOLE), 3) == "\x1b]50;BidiRenderingEnabled=false\x07"
    assert switching_off(plan_for(recorded.XTERM), 3) == ""


def test_through_tmux_every_row_of_the_outer_terminal_is_told_in_one_string() -> None:
    said = switching_off(in_tmux("", {"VTE_VERSION": "7006"}), 24)
    assert said.startswith("\x1bPtmux;")
    assert said.endswith("\x1b\\")
    inner = said.removeprefix("\x1bPtmux;").removesuffix("\x1b\\")
    assert inner.count("\x1b\x1b[8l") == 30, "as many as the outer terminal has, not the pane"
    assert "\x1b" not in inner.replace("\x1b\x1b", "")


def test_through_screen_the_strings_stay_short() -> None:
    env = {"STY": "1", "VTE_VERSION": "7006"}
    said = switching_off(decide(read_answers(recorded.SCREEN.answers), env), 50)
    strings = said.split("\x1bP")[1:]
    assert all(string.endswith("\x1b\\") and len(string) <= 258 for string in strings)
    assert "".join(string.removesuffix("\x1b\\") for string in strings).count("\x1b[8l") == 50


def test_no_sequence_that_moves_the_cursor_or_sets_a_direction_is_ever_said() -> None:
    """`CSI 2 SP k` moves the cursor in urxvt; OSC 50 sets the font in xterm."""
    for manner in MANNERS.values():
        said = "" if manner.switch is None else manner.switch.off + manner.switch.back
        assert " k" not in said
        assert " S" not in said
    assert MANNERS["xterm"].switch is None


def test_every_piece_of_advice_exists_in_both_languages() -> None:
    for advice in Advice:
        assert ADVICE[advice].en
        assert ADVICE[advice].ar
        assert ADVICE[advice].en != ADVICE[advice].ar
