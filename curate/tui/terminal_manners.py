"""What is known of terminals: how each is recognised, and what it does with Arabic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from curate.tui.terminal_advice import Advice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.tui.terminal_probe import Probe


class BidiMode(StrEnum):
    """Who puts the cells of a row in order."""

    VISUAL = "visual"
    """We do: rows hold presentation forms in the order they are seen."""
    TERMINAL = "terminal"
    """The terminal does: rows hold the text as it is stored. Columns may swap, clicks may miss."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What turns a terminal's own reordering off, and back to what it was."""

    off: str
    back: str
    per_row: bool = False
    """The terminal keeps the mode per row (VTE), so it must be said on each."""


BDSM: Final = Switch("\x1b[8l", "\x1b[8h", per_row=True)
KONSOLE: Final = Switch(
    "\x1b]50;BidiRenderingEnabled=false\x07", "\x1b]50;BidiRenderingEnabled=true\x07"
)
MLTERM: Final = Switch("\x1b]5379;use_ctl=false\x07", "\x1b]5379;use_ctl=true\x07")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one kind of terminal behaves, as measured or documented."""

    because: str
    switch: Switch | None = None
    mode: BidiMode = BidiMode.VISUAL
    marks: bool = True
    certain: bool = True
    plain_reorders: bool = False
    advice: tuple[Advice, ...] = ()


MANNERS: Final[dict[str, Manner]] = {
    "xterm": Manner("xterm does not reorder; vowel marks below may touch the tail of a letter"),
    "urxvt": Manner("urxvt does not reorder"),
    "st": Manner("st does not reorder (it drops vowel marks)"),
    "alacritty": Manner(
        "Alacritty does not reorder, but draws vowel marks a cell too far right",
        marks=False,
        advice=(Advice.MARKS,),
    ),
    "foot": Manner(
        "foot does not reorder, but a vowel mark erases its letter",
        marks=False,
        advice=(Advice.MARKS,),
    ),
    "ghostty": Manner("Ghostty draws left to right"),
    "windows terminal": Manner("Windows Terminal does not reorder"),
    "xterm.js": Manner("xterm.js does not reorder with its fast renderers", certain=False),
    "vscode": Manner(
        "VS Code's terminal does not reorder with its fast renderer",
        certain=False,
        advice=(Advice.VSCODE,),
    ),
    "konsole": Manner(
        "Konsole reorders and stops when told with OSC 50", KONSOLE, plain_reorders=True
    ),
    "mlterm": Manner(
        "mlterm reorders and stops when told with OSC 5379", MLTERM, plain_reorders=True
    ),
    "vte": Manner("VTE reorders and stops when told with CSI 8 l", BDSM, plain_reorders=True),
    "kitty": Manner(
        "kitty turns the letters of each word around unless `force_ltr yes` is set",
        certain=False,
        advice=(Advice.KITTY,),
    ),
    "iterm2": Manner(
        "iTerm2 reorders only if its settings say so", certain=False, advice=(Advice.ITERM,)
    ),
    "putty": Manner(
        "PuTTY reorders unless its settings say no, and cannot be told",
        certain=False,
        plain_reorders=True,
        advice=(Advice.PUTTY,),
    ),
    "qterminal": Manner(
        "QTerminal reorders unless its settings say no, and cannot be told",
        certain=False,
        plain_reorders=True,
        advice=(Advice.QTERMINAL,),
    ),
    "terminal.app": Manner(
        "Terminal.app always reorders",
        mode=BidiMode.TERMINAL,
        certain=False,
        plain_reorders=True,
        advice=(Advice.APPLE,),
    ),
}
"""What each kind does when it does not answer DECRQM 8."""

UNKNOWN: Final = Manner(
    "nothing is known of this terminal", certain=False, advice=(Advice.UNKNOWN,)
)

_KINDS: Final = (
    (r"41;", "xterm"),
    (r"65;\d+;1$", "vte"),
    (r"1;115;0$", "konsole"),
    (r"0;115;0$", "qterminal"),
    (r"1;4000;", "kitty"),
    (r"24;", "mlterm"),
    (r"85;", "urxvt"),
    (r"0;136;", "putty"),
    (r"0;276;0$", "xterm.js"),
    (r"0;10;1$", "windows terminal"),
)
"""DA2 answers that tell a kind; looked at only where the terminal gave no name."""

_PROGRAMS: Final = {
    "Apple_Terminal": "terminal.app",
    "iTerm.app": "iterm2",
    "vscode": "vscode",
    "WezTerm": "wezterm",
    "ghostty": "ghostty",
}
_VARIABLES: Final = (
    ("XTERM_VERSION", "xterm"),
    ("KONSOLE_VERSION", "konsole"),
    ("VTE_VERSION", "vte"),
    ("MLTERM", "mlterm"),
    ("KITTY_WINDOW_ID", "kitty"),
    ("WT_SESSION", "windows terminal"),
    ("ALACRITTY_WINDOW_ID", "alacritty"),
)
_TERMS: Final = (
    ("xterm-kitty", "kitty"),
    ("xterm-ghostty", "ghostty"),
    ("alacritty", "alacritty"),
    ("foot", "foot"),
    ("rxvt", "urxvt"),
    ("st-", "st"),
    ("mlterm", "mlterm"),
    ("putty", "putty"),
    ("konsole", "konsole"),
    ("vte", "vte"),
    ("gnome", "vte"),
)


def identify(
    name: str, kind: str, env: Mapping[str, str], term: str | None = None
) -> tuple[str, str]:
    """Name a terminal and its version: by its own words, its DA2, or what it left in `env`.

    The environment comes last: it leaks into terminals started from others.
    """
    if named := re.match(r"\s*([A-Za-z.]+\d?(?: ?Terminal)?)[ (]+([\w.\-]+)", name):
        return named[1].lower(), named[2]
    for pattern, found in _KINDS:
        if re.match(pattern, kind):
            return found, kind.split(";")[1]
    if program := _PROGRAMS.get(env.get("TERM_PROGRAM", "")):
        return program, env.get("TERM_PROGRAM_VERSION", "")
    own_term = env.get("TERM", "") if term is None else term
    for beginning, found in _TERMS:
        if own_term.startswith(beginning):
            return found, ""
    for variable, found in _VARIABLES:
        if value := env.get(variable):
            return found, value if re.fullmatch(r"[\d.]+", value) else ""
    return "", ""


def is_tmux(probe: Probe, env: Mapping[str, str]) -> bool:
    """Tell whether tmux answered; its variable counts only where nothing answered."""
    answered = probe.name or probe.kind
    return probe.name.startswith("tmux") or (not answered and bool(env.get("TMUX")))


def is_screen(probe: Probe, env: Mapping[str, str]) -> bool:
    """Tell whether GNU screen answered; its variable counts only where nothing answered."""
    return probe.kind.startswith("83;") or (not probe.kind and bool(env.get("STY")))
