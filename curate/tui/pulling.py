"""Fetching from Label Studio beside the annotator: a process of its own that blocks no key."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.project.opening import Project


def command(path: str) -> list[str]:
    """What fetches, and says in JSON what came."""
    return [sys.executable, "-m", "curate", "-p", path, "sync", "pull", "--json"]


class BackgroundPull:
    """Fetches every so many seconds from what the project is synced with, if anything."""

    def __init__(
        self,
        project: Project,
        every: float,
        *,
        tell: Callable[[int, int], None],
        fail: Callable[[str], None],
        command: Callable[[str], Sequence[str]] = command,
    ) -> None:
        """`tell` gets how many annotations came and how many questions are open.

        `fail` is called with the words of a failure, once as long as they are the same.
        """
        self._project = project
        self._every = every
        self._tell = tell
        self._fail = fail
        self._command = command
        self._next = time.monotonic()
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._last_failure = ""

    def tick(self) -> None:
        """Look after the process that fetches, or start one when it is time."""
        if self._process is not None:
            self._follow(self._process)
        elif time.monotonic() >= self._next and self._is_linked():
            self._start()

    def leave(self) -> None:
        """Let go of it; a process that fetches goes on to its end."""
        self._process = None
        self._close()

    def _is_linked(self) -> bool:
        from curate.project.syncing_apart import is_linked

        return not self._project.store.read_only and is_linked(self._project)

    def _start(self) -> None:
        self._said, self._errors = TemporaryFile(), TemporaryFile()  # noqa: SIM115 (closed later)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own command)
                self._command(str(self._project.path.resolve())),
                stdin=subprocess.DEVNULL, stdout=self._said, stderr=self._errors,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self._failed(error.strerror or str(error))

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        status = process.poll()
        if status is None:
            return
        self._process = None
        if status in {0, 1, 4}:
            self._take(_read(self._said))
        else:
            self._failed(_last_words(_read(self._errors)))
        self._close()
        self._next = time.monotonic() + self._every

    def _take(self, said: str) -> None:
        """Tell what came; a process that said nothing had nothing to fetch from."""
        if not said:
            self._failed(_last_words(_read(self._errors)))
            return
        self._last_failure = ""
        outcome = json.loads(said)
        self._tell(outcome["done"].get("pull", 0), len(outcome["open"]))

    def _failed(self, why: str) -> None:
        self._next = time.monotonic() + self._every
        if why != self._last_failure:
            self._last_failure = why
            self._fail(why)

    def _close(self) -> None:
        for file in (self._said, self._errors):
            if file is not None:
                file.close()
        self._said = self._errors = None


def _read(file: IO[bytes] | None) -> str:
    if file is None:
        return ""
    file.seek(0)
    return file.read().decode(errors="replace").strip()


def _last_words(errors: str) -> str:
    """What the process said of its failure, without the program's name."""
    lines = errors.splitlines()
    said = next((line for line in lines if line.startswith("curate: ")), "".join(lines[-1:]))
    return said.removeprefix("curate: ")[:160]
