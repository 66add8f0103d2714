"""Ends curate, or the server, at random moments of a sync; then who lost what."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from curate.errors import WorldError
from curate.project.syncing import link, linked, sync
from tests.labelstudio.faults import TRIES, Trouble
from tests.labelstudio.proxy import Fault, never

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    from curate.project.opening import Project
    from tests.labelstudio.proxy import FaultProxy
    from tests.labelstudio.server import RealServer

AT_ONCE = 3
"""Kills of one sync, before it may go through."""


class KilledCurate(Trouble):
    """`curate sync both` is killed, three times for each sync."""

    def _under_fire(self, project: Project, proxy: FaultProxy) -> None:
        if linked(project) is None:
            with self._remote(proxy.url) as remote:
                link(project, remote, create=f"kills {self._number}")
            self._run(proxy, project, "login", proxy.url).wait()
        for _ in range(AT_ONCE):
            self.tally.syncs += 1
            with self._run(proxy, project, "both") as child:
                end = _Once(child.kill, self._chance.uniform(0, 0.3))
                proxy.choose = _after(self._chance.randint(1, 9), end.begin)
            if child.returncode == -signal.SIGKILL:
                self.tally.faults["KILL"] += 1
                self.tally.broken_off += 1
        proxy.choose = never
        with self._remote(proxy.url) as remote:
            sync(project, remote)

    def _run(self, proxy: FaultProxy, project: Project, *words: str) -> subprocess.Popen[bytes]:
        """Start curate as a person would."""
        environment = {
            **os.environ,
            "CURATE_SETTINGS": str(self._folder / "settings.toml"),
            "CURATE_LABEL_STUDIO_TOKEN": self._address.token,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "curate", "-p", project.path, "sync", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=environment,
        )  # fmt: skip


class KilledServer(Trouble):
    """The server is killed once in each sync, and started again."""

    def __init__(self, folder: Path, server: RealServer, api: httpx.Client, number: int) -> None:
        super().__init__(folder, server.address, api, number)
        self._server = server

    def _under_fire(self, project: Project, proxy: FaultProxy) -> None:
        if linked(project) is None:
            with self._remote(proxy.url) as remote:
                link(project, remote, create=f"ends {self._number}")
        end = _Once(self._server.kill, self._chance.uniform(0, 0.3))
        proxy.choose = _after(self._chance.randint(1, 9), end.begin)
        for _ in range(TRIES):
            self.tally.syncs += 1
            with self._remote(proxy.url) as remote:
                try:
                    sync(project, remote)
                except WorldError:
                    self.tally.broken_off += 1
                    self._start_again(end)
                else:
                    break
        else:
            self.tally.wrongs.append(f"no sync went through in {TRIES} tries")
        proxy.choose = never
        self._start_again(end)

    def _start_again(self, end: _Once) -> None:
        """Start the server, if its end has come."""
        if end.has_come():
            self.tally.faults["END"] += 1
            self._server.start()


class _Once:
    """Something that is done once, a moment after it was asked for."""

    def __init__(self, deed: Callable[[], None], after: float) -> None:
        self._timer = threading.Timer(after, deed)
        self._is_told = False

    def begin(self) -> None:
        """Ask for it."""
        self._timer.start()

    def has_come(self) -> bool:
        """Wait for it if it was asked for; whether it was done since the last question."""
        if self._timer.ident is None or self._is_told:
            return False
        self._timer.join()
        self._is_told = True
        return True


def _after(requests: int, deed: Callable[[], None]) -> Callable[[str, str], Fault]:
    """Let everything through, and do something when so many requests came."""
    left = requests

    def choose(method: str, path: str) -> Fault:
        nonlocal left
        left -= 1
        if left == 0:
            deed()
        return Fault.NONE

    return choose
