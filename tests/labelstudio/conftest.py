"""The real Label Studio that the tests of this folder share."""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.labelstudio.server import VARIABLE, Address, RealServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

WAIT = 300.0
"""Seconds that the process which started the server waits for the others to be done with it."""


def program() -> Path:
    """The real server's program; tests fail without it in CI and are skipped elsewhere."""
    named = os.environ.get(VARIABLE)
    if named and Path(named).is_file():
        return Path(named).absolute()
    reason = f"{VARIABLE} names no label-studio program: `make test` sets it up"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


class _Shared:
    """A server that several test processes use: the first starts it, and ends it last."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "label-studio.json"

    @contextmanager
    def _locked(self) -> Iterator[dict[str, object]]:
        """What all processes know of the server: its address, and who uses it."""
        with (self._folder / "label-studio.lock").open("a+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = json.loads(self._state.read_text()) if self._state.exists() else {}
            yield known
            self._state.write_text(json.dumps(known))

    @contextmanager
    def used(self) -> Iterator[Address]:
        """The server's address while a process uses it."""
        server = None
        with self._locked() as known:
            if not known.get("users"):
                server = RealServer(program(), self._folder / f"label-studio-{os.getpid()}")
                server.start()
                known.update(url=server.address.url, users=0)
            known["users"] = int(str(known["users"])) + 1
            address = Address(str(known["url"]))
        try:
            yield address
        finally:
            with self._locked() as known:
                known["users"] = int(str(known["users"])) - 1
            if server is not None:
                self._wait_for_others()
                server.stop()

    def _wait_for_others(self) -> None:
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            with self._locked() as known:
                if not known["users"]:
                    return
            time.sleep(0.2)


@pytest.fixture(scope="session")
def label_studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The real server, on 127.0.0.1, with an empty database and one user."""
    program()
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with _Shared(shared).used() as address:
        yield address


@pytest.fixture
def api(label_studio: Address) -> Iterator[httpx.Client]:
    """A client of the real server's API."""
    with label_studio.client() as client:
        yield client
