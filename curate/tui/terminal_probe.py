"""Ask the terminal what it is and whether it reorders text, before the app reads its input."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY: Final = b"\x1b[8$p\x1b[>q\x1b[>c\x1b[c"
"""Who reorders (DECRQM of mode 8), name (XTVERSION), kind (DA2); DA1 last, for all answer it."""

PATIENCE: Final = 2.0
"""Seconds to wait for the last answer of a terminal on this machine."""

PATIENCE_FAR: Final = 6.0
"""Seconds to wait when the terminal is at the other end of a network."""

_SENTINEL = re.compile(rb"\x1b\[\?[\d;]*c")
_MODE = re.compile(rb"\x1b\[8;(\d)\$y")
_NAME = re.compile(rb"\x1bP>\|([^\x1b\x07]*)(?:\x1b\\|\x07)")
_KIND = re.compile(rb"\x1b\[>([\d;]*)c")
_TMUX_ASKED = (
    "client_termtype",
    "client_termname",
    "client_height",
    "allow-passthrough",
    "client_pid",
)
_TMUX_FORMAT = "\n".join(f"#{{{asked}}}" for asked in _TMUX_ASKED)

HINTS: Final = frozenset(
    {"ALACRITTY_WINDOW_ID", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "MLTERM", "TERM", "TERM_PROGRAM",
     "VTE_VERSION", "WT_SESSION", "XTERM_VERSION"}
)  # fmt: skip
"""Variables by which terminals make themselves known to what they start."""


@dataclass(frozen=True, slots=True)
class Tmux:
    """What tmux says of the terminal it runs in."""

    outer_name: str
    """The outer terminal's answer to XTVERSION; empty when it gave none."""
    outer_term: str
    """The outer terminal's TERM."""
    rows: int
    """Height of the outer terminal, status line included; 0 when unknown."""
    passthrough: bool
    """Whether the pane may speak to the outer terminal."""
    overrides: str = ""
    """The option `terminal-overrides`, one entry a line."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """`HINTS` in the environment of the tmux client, which is nearer the truth than ours."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What the terminal answered; all empty when it was not asked."""

    asked: bool = False
    mode_8: int | None = None
    """DECRQM: 1 it reorders, 2 it does not now, 3 always, 4 never, 0 it knows no such mode."""
    name: str = ""
    """XTVERSION, such as `XTerm(379)`."""
    kind: str = ""
    """DA2, such as `65;7006;1`."""
    late: bool = False
    """The last answer did not come in time, so answers may still be on their way."""
    tmux: Tmux | None = None


def read_answers(answers: bytes) -> Probe:
    """Take the answers to `QUERY` apart."""
    mode, name, kind = (found.search(answers) for found in (_MODE, _NAME, _KIND))
    return Probe(
        asked=True,
        mode_8=int(mode[1]) if mode else None,
        name=name[1].decode("ascii", "replace").strip() if name else "",
        kind=kind[1].decode("ascii") if kind else "",
        late=_SENTINEL.search(answers) is None,
    )


def probe(env: Mapping[str, str]) -> Probe:
    """Ask the terminal; return an empty answer where asking is no good idea."""
    if not may_ask(env):
        return Probe()
    patience = PATIENCE_FAR if "SSH_TTY" in env or "SSH_CONNECTION" in env else PATIENCE
    answers = ask(QUERY, patience)
    if answers is None:
        return Probe()
    answered = read_answers(answers)
    inside_tmux = env.get("TMUX") and (answered.name.startswith("tmux") or not answered.kind)
    return replace(answered, tmux=ask_tmux()) if inside_tmux else answered


def in_browser(env: Mapping[str, str]) -> bool:
    """Tell whether textual-serve shows us on a page."""
    return env.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def may_ask(env: Mapping[str, str]) -> bool:
    """Tell whether a question could do harm: Terminal.app prints a `p`, dumb ones print it all."""
    if in_browser(env):
        return False
    if env.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return env.get("TERM", "dumb") not in {"", "dumb", "unknown", "emacs", "eterm", "eterm-color"}


def ask(query: bytes, patience: float) -> bytes | None:
    """Write `query` to the terminal and read until DA1's answer, for at most `patience` seconds.

    Nothing stays in the input: what came after the answer is discarded. None: no terminal.
    """
    if sys.platform == "win32":
        return None
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
    try:
        with _unechoed(terminal):
            os.write(terminal, query)
            return _read_until_sentinel(terminal, time.monotonic() + patience)
    except OSError:
        return None
    finally:
        os.close(terminal)


@contextmanager
def _unechoed(terminal: int) -> Iterator[None]:
    """Read single bytes without showing them; put the terminal back and empty its input."""
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error as error:
        raise OSError(*error.args) from error
    tty.setcbreak(terminal)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)


def _read_until_sentinel(terminal: int, deadline: float) -> bytes:
    answers = b""
    while _SENTINEL.search(answers) is None:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            break
        piece = os.read(terminal, 1024)
        if not piece:
            break
        answers += piece
    return answers


def ask_tmux() -> Tmux | None:
    """Ask tmux about the terminal around it; None when it cannot say."""
    told = tmux_says("display-message", "-p", _TMUX_FORMAT)
    if told is None:
        return None
    name, term, rows, passthrough, client = (told.split("\n") + [""] * 5)[:5]
    return Tmux(
        outer_name=name.strip(),
        outer_term=term.strip(),
        rows=int(rows) if rows.isdecimal() else 0,
        passthrough=passthrough.strip() in {"on", "all", "1", "2"},
        overrides=tmux_says("show-options", "-sqv", "terminal-overrides") or "",
        hints=_hints_of(client.strip()),
    )


def _hints_of(process: str) -> dict[str, str]:
    """Read `HINTS` from the environment of a process; empty where the system does not tell."""
    try:
        raw = Path("/proc", process or "none", "environ").read_bytes()
    except OSError:
        return {}
    pairs = (entry.partition("=") for entry in raw.decode("utf-8", "replace").split("\0"))
    return {name: value for name, _, value in pairs if name in HINTS}


def tmux_says(*command: str) -> str | None:
    """Run a tmux command in our pane; None when tmux is missing, slow or refuses."""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with our own words
            ["tmux", *command],  # noqa: S607 - the tmux of the user's PATH is the one around us
            capture_output=True,
            text=True,
            timeout=2.0,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def locale_is_utf8(env: Mapping[str, str]) -> bool:
    """Tell whether the locale that counts names UTF-8."""
    for variable in ("LC_ALL", "LC_CTYPE", "LANG"):
        if value := env.get(variable):
            return bool(re.search(r"utf-?8", value, re.IGNORECASE))
    return sys.platform in {"darwin", "win32"}


def clipboard_tool(env: Mapping[str, str]) -> Path | None:
    """Find the desktop's own clipboard program, for terminals without OSC 52."""
    from shutil import which

    names = ["wl-copy"] if env.get("WAYLAND_DISPLAY") else ["xclip", "xsel"]
    if sys.platform == "darwin":
        names = ["pbcopy"]
    return next((Path(found) for name in names if (found := which(name))), None)
