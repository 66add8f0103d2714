"""A terminal for tests: runs a program on a pty, answers its questions, keeps what it wrote."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import signal
    from collections.abc import Mapping

PATIENCE = 20.0
"""Seconds to wait for what must come."""

_ADOPT = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
"""Makes the pty the controlling terminal of the program."""


class PseudoTerminal:
    """The terminal side of a pty, with a program of ours on the other side."""

    def __init__(
        self,
        program: str,
        *,
        answers: Mapping[bytes, bytes],
        env: Mapping[str, str],
        size: tuple[int, int] = (60, 10),
    ) -> None:
        """Start `program` (Python source); `answers` maps questions to their one answer."""
        self.written = b""
        self._answers = dict(answers)
        self._terminal, program_side = pty.openpty()
        self.attributes = termios.tcgetattr(program_side)
        self.resize(*size)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ADOPT + program],
            stdin=program_side,
            stdout=program_side,
            stderr=program_side,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **env},
            start_new_session=True,
        )
        self._program_side = program_side

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._program_side)
        os.close(self._terminal)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size, which sends SIGWINCH."""
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys: bytes) -> None:
        """Send keys."""
        os.write(self._terminal, keys)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.process.pid, number)

    def wait_for(self, words: bytes, *, after: int = 0) -> int:
        """Read until `words` were written behind position `after`; return their end."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.written.find(words, after)) < 0:
            assert time.monotonic() < deadline, f"{words!r} never came: {self.written[-800:]!r}"
            assert self._read(0.1) or self.process.poll() is None, self.written[-2000:].decode()
        return found + len(words)

    def wait_until_stopped(self) -> None:
        """Wait until the program has stopped itself."""
        deadline = time.monotonic() + PATIENCE
        while os.waitpid(self.process.pid, os.WUNTRACED | os.WNOHANG) == (0, 0):
            assert time.monotonic() < deadline, "it never stopped"
            self._read(0.05)

    def wait_for_end(self) -> int:
        """Read until the program is gone; return its exit status, negative for a signal."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it never ended: {self.written[-800:]!r}"
            self._read(0.05)
        while self._read(0.05):
            pass
        return self.process.wait()

    def left_in_input(self) -> int:
        """Return how many bytes of input nobody has read."""
        waiting = fcntl.ioctl(self._program_side, termios.FIONREAD, b"\0" * 4)
        return int(struct.unpack("i", waiting)[0])

    def attributes_now(self) -> list[object]:
        """Return the settings of the terminal line."""
        return list(termios.tcgetattr(self._program_side))

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        self.written += os.read(self._terminal, 65536)
        for question in [asked for asked in self._answers if asked in self.written]:
            os.write(self._terminal, self._answers.pop(question))
        return True
