"""A real Label Studio on this machine, for tests: its own process, its own folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "CURATE_TEST_LABEL_STUDIO"
"""Environment variable that names the `label-studio` program; the Makefile sets it."""
TOKEN = "0123456789abcdef0123456789abcdef01234567"  # noqa: S105 (of a server that lives for a test)
USER = "admin@example.com"
PASSWORD = "only-for-tests-1"  # noqa: S105
PATIENCE = 240.0
"""Seconds to wait for the first start, which makes all tables."""
_DATABASE = "label_studio.sqlite3"
_ENVIRONMENT = {
    "COLLECT_ANALYTICS": "false",
    "FRONTEND_SENTRY_DSN": "",
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "LATEST_VERSION_CHECK": "false",
    "LOG_LEVEL": "INFO",
    "ML_BLOCK_LOCAL_IP": "false",
    "SENTRY_DSN": "",
    "SSRF_PROTECTION_ENABLED": "false",
}
"""Nothing is sent anywhere, and backends on this machine may be called."""


def free_port() -> int:
    """A port of this machine that nothing listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, and the token of its only user."""

    url: str
    token: str = TOKEN

    def client(self) -> httpx.Client:
        """A client that speaks to its API; closed by the caller."""
        return httpx.Client(
            base_url=self.url,
            headers={"Authorization": f"Token {self.token}"},
            timeout=60,
            trust_env=False,
        )


class RealServer:
    """One Label Studio process; it may be killed and started again on the same folder."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "server.log"
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._port = free_port()

    @property
    def address(self) -> Address:
        """Where it is."""
        return Address(f"http://127.0.0.1:{self._port}")

    @property
    def data(self) -> Path:
        """Its database and files."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it and wait until it answers; an empty folder is filled from an earlier start."""
        first = not self.data.exists()
        earlier = self._program.parent.parent / "first-start"
        if first and earlier.is_dir():
            shutil.copytree(earlier, self.data)
        self._run()
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise
        if first and not earlier.is_dir():
            _keep(self.data, earlier)

    def stop(self) -> None:
        """Ask it to end, and see to it."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _run(self) -> None:
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._program, "start", "--no-browser", "--internal-host", "127.0.0.1",
                    "-p", str(self._port), "--username", USER, "--password", PASSWORD,
                    "--user-token", TOKEN, "--enable-legacy-api-token",
                ],
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**_inherited(), **_ENVIRONMENT, "HOME": str(home),
                     "LABEL_STUDIO_BASE_DATA_DIR": str(self.data)},
                start_new_session=True,
            )  # fmt: skip

    def _wait(self) -> None:
        """Wait until it answers; it moves to another port when its own was taken meanwhile."""
        assert self._process is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            moved = re.findall(rb"Port \d+ is in use", self.log.read_bytes())
            if moved:
                break
            with suppress(httpx.HTTPError):
                health = httpx.get(f"{self.address.url}/health", timeout=2, trust_env=False)
                if health.status_code == 200:
                    return
            time.sleep(0.2)
        said = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise AssertionError(f"Label Studio did not start:\n{said}")

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for step in (how, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, step)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
                return


def _inherited() -> dict[str, str]:
    """The environment without what would point the server elsewhere."""
    foreign = ("LABEL_STUDIO", "DJANGO", "POSTGRE", "CURATE", "PYTEST", "COVERAGE")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _keep(data: Path, target: Path) -> None:
    """Keep a fresh server's data beside its program: the next first start is four times faster."""
    draft = target.with_name(f"{target.name}-{os.getpid()}")
    shutil.copytree(data, draft, ignore=shutil.ignore_patterns(f"{_DATABASE}*"))
    with (
        closing(sqlite3.connect(data / _DATABASE)) as live,
        closing(sqlite3.connect(draft / _DATABASE)) as copy,
    ):
        live.backup(copy)
    try:
        draft.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(draft)
