"""The terminal is switched before the first row is drawn, and always put back: on a real pty."""

from __future__ import annotations

import os
import re
import signal
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pty", allow_module_level=True)

from curate.tui.terminal_probe import QUERY
from tests.tui import recorded
from tests.tui.pseudo_terminal import PseudoTerminal

if TYPE_CHECKING:
    from pathlib import Path

ON, OFF = b"\x1b[8h", b"\x1b[8l"
LEAVE_SCREEN = b"\x1b[?1049l"

APP = """
import os
from textual.app import App
from textual.widgets import Static
from curate.tui.terminal import BidiChoice, choose_plan, prepared

class Pressed(App):
    def compose(self):
        yield Static("ready", id="shown")

    def on_key(self, event):
        self.query_one("#shown", Static).update(f"<{event.key}>")
        if event.key == "q":
            self.exit()
        if event.key == "c":
            raise RuntimeError("crashed on purpose")
        if event.key == "s":
            import time
            os.write(2, b"hanging")
            time.sleep(60)

plan = choose_plan(BidiChoice.AUTO, os.environ, ask=False)
with prepared(plan) as terminal:
    Pressed(driver_class=terminal.driver_class).run()
print("ended")
"""


def started(terminal: recorded.Recorded, program: str = APP) -> PseudoTerminal:
    """Start the program and wait until its first frame is there."""
    screen = PseudoTerminal(program, answers={QUERY: terminal.answers}, env=terminal.env)
    screen.wait_for(b"ready")
    return screen


def rows_told(words: bytes, mode: bytes) -> list[int]:
    """Return the rows on which the mode was said, in order."""
    return [int(row) for row in re.findall(rb"\x1b\[(\d+);1H" + re.escape(mode), words)]


def test_every_row_is_told_after_our_screen_is_taken_and_before_the_first_text() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        before_text = screen.written[: screen.written.index(b"ready")]
        taken = before_text.index(b"\x1b[?1049h")
        assert rows_told(before_text[taken:], OFF)[:10] == list(range(1, 11))
        assert OFF not in before_text[:taken]


def test_a_normal_end_puts_the_terminal_back_before_leaving_the_screen() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        screen.type(b"q")
        assert screen.wait_for_end() == 0
        last_off = screen.written.rindex(OFF)
        left = screen.written.rindex(LEAVE_SCREEN)
        assert rows_told(screen.written[last_off + len(OFF) : left], ON) == list(range(1, 11))
        assert screen.attributes_now() == screen.attributes


def test_more_rows_are_told_when_the_window_grows_and_all_are_put_back() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        before = len(screen.written)
        screen.resize(80, 15)
        end = screen.wait_for(b"\x1b[15;1H" + OFF, after=before)
        assert rows_told(screen.written[before:end], OFF)[-15:] == list(range(1, 16))
        screen.resize(80, 5)
        screen.type(b"q")
        screen.wait_for_end()
        last_off = screen.written.rindex(OFF)
        assert rows_told(screen.written[last_off + len(OFF) :], ON) == list(range(1, 16))


def test_after_stop_and_continue_the_rows_are_told_again() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        before = len(screen.written)
        screen.signal(signal.SIGTSTP)
        stopped = screen.wait_for(b"\x1b[10;1H" + ON, after=before)
        screen.wait_for(LEAVE_SCREEN, after=stopped)
        screen.wait_until_stopped()
        screen.signal(signal.SIGCONT)
        screen.wait_for(b"\x1b[10;1H" + OFF, after=stopped)


def test_the_rows_are_told_again_when_the_window_gets_the_focus() -> None:
    """Another terminal may have been attached to tmux meanwhile."""
    with started(recorded.XFCE4_TERMINAL) as screen:
        before = len(screen.written)
        screen.type(b"\x1b[I")
        screen.wait_for(b"\x1b[10;1H" + OFF, after=before)


def test_a_crash_puts_the_terminal_back() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        screen.type(b"c")
        screen.wait_for_end()
        assert b"crashed on purpose" in screen.written
        assert screen.written.rindex(ON) > screen.written.rindex(OFF)
        assert screen.attributes_now() == screen.attributes


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_in_good_order(number: signal.Signals) -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        screen.signal(number)
        assert screen.wait_for_end() == -number
        assert screen.written.rindex(ON) > screen.written.rindex(OFF)
        assert LEAVE_SCREEN in screen.written
        assert screen.attributes_now() == screen.attributes


@pytest.mark.slow
def test_an_app_that_hangs_is_ended_and_the_terminal_still_put_back() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        screen.type(b"s")
        before = screen.wait_for(b"hanging")
        screen.signal(signal.SIGTERM)
        assert screen.wait_for_end() == -signal.SIGTERM
        ending = screen.written[before:]
        assert rows_told(ending, ON) == list(range(1, 11))
        assert ending.index(ON) < ending.index(LEAVE_SCREEN) < ending.index(b"\x1b[?25h")
        assert screen.attributes_now() == screen.attributes


def test_a_program_that_dies_between_preparing_and_drawing_leaves_nothing_behind() -> None:
    program = APP.replace("Pressed(driver", "print('ready'); raise SystemExit(7); Pressed(driver")
    with started(recorded.XFCE4_TERMINAL, program) as screen:
        assert screen.wait_for_end() == 7
        assert OFF not in screen.written


def test_konsole_is_told_once_and_put_back() -> None:
    with started(recorded.KONSOLE) as screen:
        assert b"\x1b]50;BidiRenderingEnabled=false\x07" in screen.written
        screen.type(b"q")
        screen.wait_for_end()
        assert b"\x1b]50;BidiRenderingEnabled=true\x07" in screen.written
        assert ON not in screen.written


def test_a_terminal_that_does_not_reorder_is_told_nothing() -> None:
    with started(recorded.XTERM) as screen:
        screen.type(b"q")
        assert screen.wait_for_end() == 0
        asked = screen.written.index(QUERY) + len(QUERY)
        assert OFF not in screen.written[asked:]
        assert b"\x1b]50;" not in screen.written


KEYS = """
import os, sys, termios, tty
from curate.tui.terminal_probe import probe
found = probe(os.environ)
tty.setcbreak(0)
print("ready", found.name, found.mode_8, found.late, flush=True)
print("got", ascii(sys.stdin.read(1)), flush=True)
"""


@pytest.mark.parametrize(
    "terminal",
    [recorded.XTERM, recorded.XFCE4_TERMINAL, recorded.KONSOLE, recorded.TMUX, recorded.ST],
)
def test_no_answer_is_left_in_the_input(terminal: recorded.Recorded) -> None:
    with started(terminal, KEYS) as screen:
        assert screen.left_in_input() == 0
        screen.type(b"k")
        screen.wait_for(b"got 'k'")


def test_answers_that_trickle_in_and_come_twice_are_still_no_keys() -> None:
    env = {**recorded.XTERM.env}
    with PseudoTerminal(KEYS, answers={}, env=env) as screen:
        screen.wait_for(QUERY)
        answers = recorded.XTERM.answers
        for start in range(0, len(answers), 9):
            screen.type(answers[start : start + 9])
        screen.type(answers)
        screen.wait_for(b"ready XTerm(379) 0 False")
        assert screen.left_in_input() == 0
        screen.type(b"k")
        screen.wait_for(b"got 'k'")


@pytest.mark.slow
def test_a_silent_terminal_costs_patience_but_no_key() -> None:
    with PseudoTerminal(KEYS, answers={}, env=recorded.SILENT.env) as screen:
        screen.wait_for(b"ready  None True")
        screen.type(b"k")
        screen.wait_for(b"got 'k'")


def test_the_app_sees_the_keys_and_nothing_of_the_answers() -> None:
    with started(recorded.XFCE4_TERMINAL) as screen:
        screen.type(b"a")
        screen.wait_for(b"<a>")
        shown = re.findall(rb"<([^>\x1b]+)>", screen.written)
        assert set(shown) == {b"a"}


def test_tmux_is_asked_to_let_the_switch_through_and_set_back_afterwards(tmp_path: Path) -> None:
    said = tmp_path / "said"
    tmux = tmp_path / "tmux"
    tmux.write_text(
        f"""#!/bin/sh
echo "$@" >> {said}
case $1 in
    display-message) printf 'Konsole 22.12.3\\nxterm-256color\\n30\\n0\\n1\\n';;
esac
""",
        encoding="ascii",
    )
    tmux.chmod(0o755)
    env = {**recorded.TMUX.env, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    off = b"\x1bPtmux;\x1b\x1b]50;BidiRenderingEnabled=false\x07\x1b\\"
    with PseudoTerminal(APP, answers={QUERY: recorded.TMUX.answers}, env=env) as screen:
        screen.wait_for(off)
        assert said.read_text(encoding="ascii").endswith("set-option -p allow-passthrough on\n")
        screen.wait_for(b"ready")
        screen.type(b"c")
        screen.wait_for_end()
        assert screen.written.rindex(off.replace(b"false", b"true")) > screen.written.rindex(off)
    assert said.read_text(encoding="ascii").endswith("set-option -pu allow-passthrough\n")
