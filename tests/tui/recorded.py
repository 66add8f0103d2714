"""Answers of real terminals to `curate.tui.terminal_probe.QUERY`, as they came."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one terminal answered, and what it had put into the environment."""

    answers: bytes
    env: dict[str, str] = field(default_factory=dict)


XTERM = Recorded(
    b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2;6;9;15;16;17;18;21;22;28c",
    {"TERM": "xterm", "XTERM_VERSION": "XTerm(379)"},
)
XFCE4_TERMINAL = Recorded(
    b"\x1b[8;1$y\x1b[>65;7006;1c\x1b[?65;1;9c",
    {"TERM": "xterm-256color", "VTE_VERSION": "7006", "COLORTERM": "truecolor"},
)
KONSOLE = Recorded(
    b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c",
    {"TERM": "xterm-256color", "KONSOLE_VERSION": "221203", "COLORTERM": "truecolor"},
)
KITTY = Recorded(
    b"\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[?62;c",
    {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1", "COLORTERM": "truecolor"},
)
MLTERM = Recorded(
    b"\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
    {"TERM": "mlterm", "MLTERM": "3.9.0"},
)
PTERM = Recorded(b"\x1b[>0;136;0c\x1b[?6c", {"TERM": "xterm"})
URXVT = Recorded(b"\x1b[>85;95;0c\x1b[?1;2c", {"TERM": "rxvt-unicode-256color"})
ST = Recorded(b"\x1b[?6c", {"TERM": "st-256color"})
ALACRITTY = Recorded(
    b"\x1b[>0;1700;1c\x1b[?6c",
    {"TERM": "alacritty", "ALACRITTY_WINDOW_ID": "2097159", "COLORTERM": "truecolor"},
)
QTERMINAL = Recorded(b"\x1b[>0;115;0c\x1b[?1;2c", {"TERM": "xterm-256color"})
TMUX = Recorded(
    b"\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c",
    {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "socket,16289,0", "TMUX_PANE": "%0"},
)
SCREEN = Recorded(
    b"\x1b[>83;40900;0c\x1b[?1;2c",
    {"TERM": "screen", "STY": "16336.pts-0", "XTERM_VERSION": "XTerm(379)"},
)
SILENT = Recorded(b"", {"TERM": "xterm-256color"})
"""A terminal that answers nothing at all."""
