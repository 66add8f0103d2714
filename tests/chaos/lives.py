"""Lives of a workbench on a pty: keys stream in, until something ends them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from curate.tui.terminal_probe import QUERY

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 60.0
"""Seconds to wait for what must come."""

_ANSWER = b"\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1c"
_CONTROLS = re.compile(rb"\x1b\[[0-9;:?<>=]*[A-Za-z]")
_HEADLINE = re.compile(r"item (\d+)/\d+ [▓░]* · \S+ · (?:(\d+) (?:open|…)|nothing open)")


@dataclass(frozen=True, slots=True)
class Headline:
    """Which item the screen shows, and how much of it is open."""

    position: int
    open: int


class Nursery:
    """The program that starts workbenches."""

    def __init__(self, folder: Path, *manners: str) -> None:
        """`folder` is the home of what it starts; `manners` are options of the program."""
        env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "HOME": str(folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery", *manners],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def start(self, terminal: str, project: Path, annotator: str, limit: int | None) -> int:
        """Start a workbench on a terminal; return its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{terminal}\t{project}\t{annotator}\t{limit or ''}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


class Life:
    """One workbench, from its start to its end."""

    def __init__(
        self, nursery: Nursery, project: Path, annotator: str = "a1", *, limit: int | None = None
    ) -> None:
        """Start it; none of its files may grow beyond `limit` bytes."""
        self._terminal, self._program_side = pty.openpty()
        size = struct.pack("HHHH", 24, 80, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)
        self._asked = False
        self.written = b""
        self.pid = nursery.start(os.ttyname(self._program_side), project, annotator, limit)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._terminal)

    def type(self, keys: bytes) -> None:
        """Send keys."""
        os.write(self._terminal, keys)

    def read(self, seconds: float) -> bool:
        """Read what the workbench writes within so many seconds; whether anything came."""
        if not select.select([self._terminal], [], [], max(0.0, seconds))[0]:
            return False
        try:
            came = os.read(self._terminal, 65536)
        except OSError:  # nobody has the other side open any more
            return False
        self.written += came
        if not self._asked and QUERY in self.written:
            self._asked = True
            self.type(_ANSWER)
        return bool(came)

    def read_until(self, arrived: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Read until `arrived`, or for so many seconds; whether it did."""
        deadline = time.monotonic() + seconds
        while not arrived():
            left = deadline - time.monotonic()
            if left <= 0 or not (self.read(min(left, 0.2)) or self.is_alive()):
                return arrived()
        return True

    def headlines(self, after: int = 0) -> list[Headline]:
        """Every headline painted behind a position of what was written, in order."""
        text = _CONTROLS.sub(b"", self.written[after:]).decode("utf-8", "replace")
        return [Headline(int(m[1]), int(m[2] or 0)) for m in _HEADLINE.finditer(text)]

    def shows(self, words: str, after: int = 0) -> bool:
        """Whether these words were painted behind a position of what was written."""
        return words in _CONTROLS.sub(b"", self.written[after:]).decode("utf-8", "replace")

    def is_alive(self) -> bool:
        """Whether the workbench still runs."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """End it with signal 9, wherever it is, and read what it had written."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while self.is_alive():
            assert time.monotonic() < deadline, f"{self.pid} outlives its kill"
            self.read(0.001)
        if self._program_side >= 0:
            os.close(self._program_side)
            self._program_side = -1
        while self.read(0.0):
            pass
