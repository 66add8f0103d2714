"""Prepare the terminal for Arabic: find out, ask once if unsure, switch, and put it back.

The whole use of it:

    plan = choose_plan(BidiChoice.AUTO, os.environ)
    with prepared(plan) as terminal:
        Workbench(…, reorder=plan.reorder, marks=plan.marks,
                  driver_class=terminal.driver_class).run()

The driver says the switch again on resize and resume: the app has nothing more to call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.tui.bidi_mode import BidiChoice, TerminalPlan, decide
from curate.tui.terminal_manners import BidiMode
from curate.tui.terminal_probe import probe
from curate.tui.terminal_session import PreparedTerminal, prepared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.tui.terminal_probe import Probe

__all__ = [
    "BidiChoice",
    "BidiMode",
    "PreparedTerminal",
    "TerminalPlan",
    "calibrate_again",
    "choose_plan",
    "prepared",
]


def choose_plan(
    bidi: BidiChoice,
    env: Mapping[str, str],
    *,
    marks: bool | None = None,
    language: str = "en",
    ask: bool = True,
    answers: Probe | None = None,
) -> TerminalPlan:
    """Find out how to draw on this terminal; ask the person, once, where it stays unclear.

    `marks` True or False overrules what is known and what was answered. `answers` are the
    terminal's, if it was asked already; the person is asked in `language`. Call it before the
    app runs and with a terminal on standard input.
    """
    from curate.tui.calibration import recall, settled

    plan = decide(probe(env) if answers is None else answers, env, bidi, marks=marks)
    if bidi is not BidiChoice.AUTO:
        return plan
    answer = recall(plan.terminal)
    if answer is None and ask and not plan.certain:
        from curate.tui.calibration_screen import calibrate

        answer = calibrate(plan, language=language)
    if answer is None:
        return plan
    chosen = settled(plan, answer)
    return chosen if marks is None else replace(chosen, marks=marks)


def calibrate_again(env: Mapping[str, str], *, language: str = "en") -> TerminalPlan:
    """Ask the person how Arabic looks, though the answer was known or remembered."""
    from curate.tui.calibration import settled
    from curate.tui.calibration_screen import calibrate

    plan = decide(probe(env), env)
    answer = calibrate(plan, language=language)
    return plan if answer is None else settled(plan, answer)
