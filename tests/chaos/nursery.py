"""Starts workbenches on terminals, fast: the program is loaded once, each life is a fork of it.

`python -m tests.chaos.nursery`; on standard input lines of `TERMINAL PROJECT ANNOTATOR [BYTES]`, on
standard output the process id of each workbench. No file of a workbench may grow beyond `BYTES`.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import sys
import termios
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.cli.main import run
from curate.store.database import Connection
from curate.tui import app, start, terminal
from curate.tui.pacing import Pace, Press, Sight
from curate.tui.screens import annotate

if TYPE_CHECKING:
    from collections.abc import Iterator

_CAPABILITIES_3 = 0x20080522
"""The version of `capset` that takes 64 bits in two halves."""

LOADED = (app, start, terminal, annotate)
"""What every workbench needs: loaded here, before the forks."""


def drop_privileges() -> None:
    """Make root a user like others, for whom a file can be read-only."""
    libc = ctypes.CDLL(None, use_errno=True)
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset((ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), nothing):
        raise OSError(ctypes.get_errno(), "capset")


def live(line: str, project: str, annotator: str, limit: str) -> None:
    """Be a workbench on that terminal until the end."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    side = os.open(line, os.O_RDWR)
    fcntl.ioctl(side, termios.TIOCSCTTY, 0)
    for stream in (0, 1, 2):
        os.dup2(side, stream)
    if "--unprivileged" in sys.argv and os.geteuid() == 0:
        drop_privileges()
    sys.stdin = os.fdopen(os.dup(0), encoding="utf-8")  # the old ones remember their pipes
    sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8")
    code = run(["-p", project, "annotate", "--as", annotator, "--bidi", "visual"])
    sys.stdout.flush()
    os._exit(code)


@contextmanager
def _never_committing(self: Connection) -> Iterator[None]:
    """Write as a careless program would: commit later, and for now only say so."""
    if not self._raw.in_transaction:
        self.run("BEGIN IMMEDIATE")
    yield


def _never(self: Pace, sight: Sight, press: Press) -> bool:
    """Let each key act, however fast they come: which of them may is tested by itself."""
    return False


def main() -> None:
    """Fork one workbench for each line."""
    if "--careless" in sys.argv:
        Connection.writing = _never_committing  # type: ignore[method-assign]  # to test the test
    Pace._too_early = _never  # type: ignore[method-assign]  # keys count here, not their moments
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no waiting for
    for request in sys.stdin:
        line, project, annotator, limit = request.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            live(line, project, annotator, limit)
        print(child, flush=True)


if __name__ == "__main__":
    main()
