from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from curate.tui.pulling import BackgroundPull
from tests.tui.watching import SMALL, annotate, shows, workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.project.annotating import Annotating

DONE = '{"done": {"pull": 3}, "open": [{}, {}]}'


class Heard:
    """What was told."""

    def __init__(self, session: Annotating, *script: str) -> None:
        self.runs = 0
        self._script = script
        self.came: list[tuple[int, int]] = []
        self.failed: list[str] = []
        self.pull = BackgroundPull(
            session.project, 0.0, tell=lambda *told: self.came.append(told),
            fail=self.failed.append, command=self._command,
        )  # fmt: skip

    def _command(self, path: str) -> Sequence[str]:
        self.runs += 1
        return (sys.executable, "-c", *self._script)

    def until(self, arrived: Callable[[], object]) -> None:
        end = time.monotonic() + 20.0
        while not arrived():
            assert time.monotonic() < end
            self.pull.tick()
            time.sleep(0.02)


@pytest.fixture
def linked(session: Annotating) -> Annotating:
    """A session on a project that is synced with something."""
    session.project.store.remotes.add("https://label.example.org", 7, "War news")
    return session


def test_what_came_is_told_again_and_again(linked: Annotating) -> None:
    heard = Heard(linked, f"print('{DONE}'); raise SystemExit(4)")
    heard.until(lambda: len(heard.came) == 2 and heard.pull._process is None)
    assert heard.came == [(3, 2), (3, 2)]
    assert heard.failed == []


def test_the_same_failure_is_told_once(linked: Annotating) -> None:
    script = "import sys; print('curate: no network', file=sys.stderr); raise SystemExit(3)"
    heard = Heard(linked, script)
    heard.until(lambda: heard.runs == 3 and heard.pull._process is None)
    assert heard.failed == ["no network"]


def test_a_project_synced_with_nothing_fetches_nothing(session: Annotating) -> None:
    heard = Heard(session, "print(1/0)")
    for _ in range(20):
        heard.pull.tick()
        time.sleep(0.01)
    assert (heard.came, heard.failed) == ([], [])


async def test_the_screen_shows_what_came_and_asks_for_what_is_open(
    linked: Annotating, monkeypatch: pytest.MonkeyPatch
) -> None:
    def instead(path: str) -> Sequence[str]:
        return (sys.executable, "-c", f"print('{DONE}')")

    monkeypatch.setattr("curate.tui.app.EVERY", 0.05)
    monkeypatch.setattr(BackgroundPull.__init__, "__kwdefaults__", {"command": instead})
    async with workbench(linked, pull_every=1.0).run_test(size=SMALL) as pilot:
        end = time.monotonic() + 20.0
        while not shows(pilot, "Label Studio: 2 to decide, F5 shows them"):
            assert time.monotonic() < end
            await pilot.pause(0.05)
        assert pilot.app.screen is annotate(pilot)
