"""What `curate doctor` says about a terminal, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from curate.text.layout import cell_width
from curate.tui.bidi_mode import decide
from curate.tui.doctor import SAMPLE, colours, fonts_with_forms, printable, report
from curate.tui.doctor_words import SENTENCES
from curate.tui.terminal_advice import TMUX_LINES
from curate.tui.terminal_probe import Probe, Tmux, locale_is_utf8, read_answers
from tests.tui import recorded

if TYPE_CHECKING:
    from tests.tui.recorded import Recorded

FONTS = ["DejaVu Sans Mono"]
UTF8 = {"LANG": "ar_EG.UTF-8"}


def told(terminal: Recorded, env: dict[str, str] | None = None) -> list[str]:
    answers = read_answers(terminal.answers)
    env = {**terminal.env, **(UTF8 if env is None else env)}
    return report(decide(answers, env), answers, env, FONTS)


def english(lines: list[str]) -> str:
    return "\n".join(lines[: lines.index("")])


def arabic(lines: list[str]) -> str:
    return "\n".join(lines[lines.index("") + 1 :])


@pytest.mark.parametrize(
    ("terminal", "needs"),
    [
        (recorded.KITTY, ["force_ltr yes", "kitty 0.26.5"]),
        (recorded.PTERM, ["Terminal > Features", "Disable bidirectional text display"]),
        (recorded.QTERMINAL, ["Enable bi-directional text support"]),
        (recorded.ALACRITTY, ["--marks show"]),
        (recorded.SCREEN, ["screen"]),
        (recorded.SILENT, ["curate doctor --calibrate"]),
    ],
)
def test_what_to_do_is_said_in_both_languages(terminal: Recorded, needs: list[str]) -> None:
    lines = told(terminal)
    for words in needs:
        assert words in english(lines)
        assert words in arabic(lines)


@pytest.mark.parametrize("terminal", [recorded.XTERM, recorded.XFCE4_TERMINAL, recorded.KONSOLE])
def test_a_terminal_that_is_right_needs_nothing(terminal: Recorded) -> None:
    lines = told(terminal)
    assert lines[lines.index("What to do") + 1].startswith("  nothing")
    assert "لا شيء" in arabic(lines)


def test_tmux_that_says_nothing_gets_the_two_lines_of_its_settings_to_the_letter() -> None:
    lines = told(recorded.TMUX)
    assert [line.strip() for line in lines if line.strip().startswith("set -")] == [*TMUX_LINES] * 2
    assert TMUX_LINES[1] == (
        r"set -as terminal-overrides ',*:smcup=\E[8l\E[?1049h\E[2J:rmcup=\E[?1049l\E[8h'"
    )


def test_the_way_through_tmux_is_told() -> None:
    answers = Probe(
        asked=True, name="tmux 3.3a", kind="84;0;0",
        tmux=Tmux("Konsole 22.12.3", "xterm-256color", 24, passthrough=True),
    )  # fmt: skip
    lines = report(decide(answers, {}), answers, UTF8, FONTS)
    assert "tmux in konsole 22.12.3" in english(lines)
    assert "the words go through tmux" in english(lines)


def test_terminal_app_is_told_to_look_elsewhere() -> None:
    env = {"TERM_PROGRAM": "Apple_Terminal", "TERM": "xterm-256color", **UTF8}
    lines = report(decide(Probe(), env), Probe(), env, None)
    assert "it was not asked" in english(lines)
    assert "curate serve" in english(lines)
    assert "columns may swap" in english(lines)


@pytest.mark.parametrize(
    ("env", "is_utf8"),
    [
        ({"LANG": "ar_EG.UTF-8"}, True),
        ({"LANG": "C"}, False),
        ({"LC_ALL": "C", "LANG": "ar_EG.UTF-8"}, False),
        ({"LC_CTYPE": "C.utf8", "LANG": "C"}, True),
    ],
)
def test_the_locale_that_counts_is_looked_at(env: dict[str, str], is_utf8: bool) -> None:
    assert locale_is_utf8(env) is is_utf8
    assert ("set LANG" in english(told(recorded.XTERM, env))) is not is_utf8


def test_fonts_are_named_or_asked_for() -> None:
    answers = read_answers(recorded.XTERM.answers)
    plan = decide(answers, recorded.XTERM.env)
    assert "DejaVu Sans Mono" in english(report(plan, answers, UTF8, FONTS))
    assert "install DejaVu Sans Mono" in english(report(plan, answers, UTF8, []))
    assert "such as DejaVu Sans Mono" in english(report(plan, answers, UTF8, None))


def test_asking_the_system_for_fonts_gives_names_or_nothing() -> None:
    fonts = fonts_with_forms()
    assert fonts is None or all(font and "\n" not in font for font in fonts)


@pytest.mark.parametrize(
    ("env", "count"),
    [
        ({"COLORTERM": "truecolor"}, "16 777 216"),
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "xterm"}, "16"),
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "none (NO_COLOR)"),
    ],
)
def test_colours_are_counted(env: dict[str, str], count: str) -> None:
    assert colours(env) == count


@pytest.mark.parametrize(
    ("terminal", "says"),
    [
        (recorded.KITTY, "this terminal takes it"),
        (recorded.XFCE4_TERMINAL, "does not take it"),
        (recorded.XTERM, "XTerm*disallowedWindowOps"),
        (recorded.TMUX, "set -s set-clipboard on"),
        (recorded.SILENT, "not every terminal"),
    ],
)
def test_the_clipboard_is_spoken_of(terminal: Recorded, says: str) -> None:
    assert says in english(told(terminal))


def test_the_arabic_half_says_all_that_the_english_half_says() -> None:
    for terminal in (recorded.KITTY, recorded.TMUX, recorded.SCREEN, recorded.ALACRITTY):
        lines = told(terminal)
        assert len(english(lines).splitlines()) == len(arabic(lines).splitlines())
    for sentence in SENTENCES.values():
        assert re.findall(r"{\w+}", sentence.ar) == [
            name for name in re.findall(r"{\w+}", sentence.en) if name != "{because}"
        ]
        assert re.search("[\u0621-\u064a]", sentence.ar)


def test_rows_for_a_terminal_that_does_not_reorder_are_put_in_order_and_fit() -> None:
    answers = read_answers(recorded.XTERM.answers)
    rows = printable(told(recorded.XTERM), decide(answers, recorded.XTERM.env), 60)
    assert all(cell_width(row) <= 60 for row in rows)
    assert not any("قالت" in row for row in rows)
    assert any("BBC \ufe8d" in row for row in rows), "the sample begins at the right"


def test_rows_for_a_terminal_that_reorders_stay_as_stored() -> None:
    answers = read_answers(recorded.XFCE4_TERMINAL.answers)
    plan = decide(answers, recorded.XFCE4_TERMINAL.env)
    rows = printable(told(recorded.XFCE4_TERMINAL), plan, 100)
    assert f"    {SAMPLE}" in rows
