"""Learning beside the annotator: a process of its own, at low priority, that blocks no key."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.project.annotating import Annotating

EVERY: Final = 3.0
"""Seconds between two looks at whether there is something to learn, or news of it."""
_LONGEST: Final = 160
"""Characters of an error that are told."""


def command(path: str, item: str) -> list[str]:
    """What learns from a project: it leaves the candidates of the item on the screen alone."""
    return [
        *(sys.executable, "-m", "curate", "-p", path),
        *("learn", "--if-due", "--gently", "--keep", item),
    ]


class BackgroundLearning:
    """Starts learning when enough was finished, and says what came of it."""

    def __init__(
        self,
        session: Annotating,
        *,
        tell: Callable[[str], None],
        redraw: Callable[[], None],
        command: Callable[[str, str], Sequence[str]] = command,
    ) -> None:
        """`tell` is called once with the words of a failure, `redraw` when the state changes."""
        self._session = session
        self._tell = tell
        self._redraw = redraw
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._failed_at = -1
        """How many items were done when learning failed last."""

    def tick(self) -> None:
        """Look after the process that learns, or start one when it is time."""
        if self._process is not None:
            self._follow(self._process)
        elif self._wanted():
            self._start()

    def leave(self) -> None:
        """Let go of it; a process that learns goes on to its end."""
        self._process = None
        self._close()

    def _wanted(self) -> bool:
        from curate.project.learning import is_due  # it takes longer to load than the first paint

        project = self._session.project
        if project.store.read_only or not is_due(project):
            return False
        return self._done() != self._failed_at

    def _done(self) -> int:
        from curate.project.learning import done_items

        return done_items(self._session.project.store)

    def _start(self) -> None:
        session = self._session
        path = str(session.project.path.resolve())
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the process ended)
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own command)
                self._command(path, session.view.item.id),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )
        except OSError as error:
            self._fail(error.strerror or str(error))
            return
        session.learning = "learning"
        self._redraw()

    def _follow(self, process: subprocess.Popen[bytes]) -> None:
        status = process.poll()
        if status is None:
            return
        self._process = None
        if status:
            self._fail(self._last_words())
            return
        self._close()
        self._session.expect_new_candidates()
        self._session.learning = "learned"
        self._redraw()

    def _last_words(self) -> str:
        """What the process said of its failure, without the program's name."""
        if self._errors is None:
            return ""
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        said = next((line for line in lines if line.startswith("curate: ")), "".join(lines[-1:]))
        return said.removeprefix("curate: ")[:_LONGEST]

    def _fail(self, why: str) -> None:
        """Tell a failure; the next try is after more items were finished."""
        self._close()
        self._failed_at = self._done()
        self._session.learning = ""
        self._redraw()
        self._tell(why)

    def _close(self) -> None:
        if self._errors is not None:
            self._errors.close()
            self._errors = None
