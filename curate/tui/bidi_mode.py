"""Decide how this terminal is made to show our rows as they are, from what it answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.tui.terminal_advice import Advice
from curate.tui.terminal_manners import (
    BDSM,
    MANNERS,
    UNKNOWN,
    BidiMode,
    Switch,
    identify,
    is_screen,
    is_tmux,
)
from curate.tui.terminal_probe import in_browser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.tui.terminal_probe import Probe, Tmux


class BidiChoice(StrEnum):
    """What `--bidi` takes."""

    AUTO = "auto"
    VISUAL = "visual"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class TerminalPlan:
    """How Arabic is drawn on this terminal, and what has to be said to it."""

    mode: BidiMode
    terminal: str
    """What the terminal is, as far as known: `xterm 379`, `tmux in vte 7006`."""
    because: str
    """The evidence, for `curate doctor`."""
    switch: Switch | None = None
    through: str = ""
    """The multiplexer the switch has to pass through: empty, `tmux` or `screen`."""
    opens_passthrough: bool = False
    """Whether tmux has to be asked, for our pane, to let the switch through."""
    rows: int = 0
    """Rows of the outer terminal where they are not ours (tmux); 0: as many as the app has."""
    marks: bool = True
    """Whether vowel marks are drawn."""
    certain: bool = True
    """False: the person is asked once how it looks."""
    plain_reorders: bool = False
    """Whether the terminal reorders what other programs print, such as `curate doctor`."""
    advice: tuple[Advice, ...] = ()

    @property
    def reorder(self) -> bool:
        """Whether we put the cells in order ourselves."""
        return self.mode is BidiMode.VISUAL


@dataclass(slots=True)
class ScreenState:
    """What was said to the terminal, shared by the driver and by whoever cleans up after it."""

    plan: TerminalPlan
    rows: int = 0
    """The most rows the switch was said for."""
    switched: bool = False
    """Whether the terminal is, now, told not to reorder."""
    leave: Callable[[], None] | None = None
    """Asks the running app to end; None when no app runs."""


def decide(
    probe: Probe,
    env: Mapping[str, str],
    bidi: BidiChoice = BidiChoice.AUTO,
    *,
    marks: bool | None = None,
) -> TerminalPlan:
    """Choose the way of drawing from the answers, the environment and what was asked for.

    `marks` None leaves vowel marks to what the terminal is known to draw well.
    """
    plan = _found(probe, env)
    if bidi is not BidiChoice.AUTO and not in_browser(env):
        plan = _forced(plan, BidiMode(bidi.value))
    return plan if marks is None else replace(plan, marks=marks)


def _found(probe: Probe, env: Mapping[str, str]) -> TerminalPlan:
    if in_browser(env):
        return TerminalPlan(BidiMode.VISUAL, "browser", "the page we serve does not reorder")
    if is_tmux(probe, env):
        return _in_tmux(probe.tmux, env)
    if is_screen(probe, env):
        return _in_screen(env)
    if probe.mode_8 in {1, 2, 3, 4}:
        return _by_mode(probe, env)
    name, version = identify(probe.name, probe.kind, env)
    return _by_manner(name, version, env.get("TERM", ""))


def _by_mode(probe: Probe, env: Mapping[str, str]) -> TerminalPlan:
    """Follow a terminal that knows mode 8, whatever its name."""
    name = " ".join(filter(None, identify(probe.name, probe.kind, env))) or "a terminal with mode 8"
    because = f"it answers DECRQM 8 with {probe.mode_8}"
    if probe.mode_8 == 3:
        return TerminalPlan(
            BidiMode.TERMINAL,
            name,
            f"{because}: it always reorders",
            certain=False,
            plain_reorders=True,
            advice=(Advice.ALWAYS_REORDERS,),
        )
    if probe.mode_8 == 4:
        return TerminalPlan(BidiMode.VISUAL, name, f"{because}: it never reorders")
    back = BDSM.back if probe.mode_8 == 1 else BDSM.off
    return TerminalPlan(
        BidiMode.VISUAL,
        name,
        f"{because}: it stops reordering when told with CSI 8 l",
        replace(BDSM, back=back),
        plain_reorders=probe.mode_8 == 1,
    )


def _by_manner(name: str, version: str, term: str) -> TerminalPlan:
    manner = MANNERS.get(name, UNKNOWN)
    return TerminalPlan(
        manner.mode,
        f"{name} {version}".strip() or f"unknown ({term or 'no TERM'})",
        manner.because,
        manner.switch,
        marks=manner.marks,
        certain=manner.certain,
        plain_reorders=manner.plain_reorders,
        advice=manner.advice,
    )


def _in_tmux(tmux: Tmux | None, env: Mapping[str, str]) -> TerminalPlan:
    """Plan for the terminal around tmux; tmux itself swallows `CSI 8 l` and never reorders."""
    if tmux is None:
        unknown = _by_manner("", "", env.get("TERM", ""))
        because = "tmux did not say in which terminal it runs"
        return replace(unknown, terminal="tmux", because=because, advice=(Advice.TMUX,))
    name, version = identify(tmux.outer_name, "", tmux.hints or env, tmux.outer_term)
    outer = _by_manner(name, version, tmux.outer_term)
    inside = replace(outer, terminal=f"tmux in {outer.terminal}", through="tmux", rows=tmux.rows)
    if outer.switch is None:
        return inside
    if outer.switch is BDSM and overrides_switch(tmux.overrides):
        because = "tmux.conf tells the terminal around it not to reorder"
        return replace(inside, switch=None, because=because)
    return replace(inside, opens_passthrough=not tmux.passthrough)


def overrides_switch(overrides: str) -> bool:
    """Tell whether tmux.conf already sends `CSI 8 l` when it takes the screen."""
    return bool(re.search(r"smcup=[^:]*(\\E|\\033|\x1b)\[8l", overrides))


def _in_screen(env: Mapping[str, str]) -> TerminalPlan:
    name, version = identify("", "", env)
    outer = _by_manner(name, version, env.get("TERM", ""))
    return replace(
        outer,
        terminal=f"screen in {outer.terminal}",
        through="screen",
        certain=False,
        advice=(*outer.advice, Advice.SCREEN),
    )


def _forced(plan: TerminalPlan, mode: BidiMode) -> TerminalPlan:
    """Draw as `--bidi` says; the switch is still used, for without it visual rows are torn."""
    return replace(
        plan,
        mode=mode,
        switch=plan.switch if mode is BidiMode.VISUAL else None,
        certain=True,
        because=f"--bidi {mode}; found: {plan.because}",
        advice=(*plan.advice, Advice.FORCED),
    )


def switching_off(plan: TerminalPlan, rows: int) -> str:
    """Return what keeps the terminal from reordering, for a screen of that many rows."""
    return _said(plan, plan.switch.off, rows) if plan.switch else ""


def switching_back(plan: TerminalPlan, rows: int) -> str:
    """Return what puts the terminal back to what it was."""
    return _said(plan, plan.switch.back, rows) if plan.switch else ""


def _said(plan: TerminalPlan, words: str, rows: int) -> str:
    if plan.switch and plan.switch.per_row:
        each = "".join(f"\x1b[{row};1H{words}" for row in range(1, max(rows, plan.rows) + 1))
        words = f"\x1b7{each}\x1b8"
    if plan.through == "tmux":
        return "\x1bPtmux;" + words.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if plan.through == "screen":
        return "".join(f"\x1bP{piece}\x1b\\" for piece in _pieces(words))
    return words


def _pieces(words: str, longest: int = 256) -> list[str]:
    """Cut at escape sequences: screen takes only short strings."""
    pieces = [""]
    for sequence in re.findall(r"\x1b[^\x1b]*", words):
        if len(pieces[-1]) + len(sequence) > longest:
            pieces.append("")
        pieces[-1] += sequence
    return [piece for piece in pieces if piece]
