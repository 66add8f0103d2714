"""No key decides on what was not on the screen when it was pressed: through real, queued keys."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Status
from curate.project.opening import open_project
from curate.tui.pacing import Pace, Press, Sight
from tests.tui.projects import long_project
from tests.tui.pseudo_terminal import PseudoTerminal

if TYPE_CHECKING:
    from curate.model.annotation import Annotation

PROGRAM = """
from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.tui.app import Workbench
Workbench(Annotating(open_project({path!r}), "a1")).run()
"""
ENV = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(Path.cwd())}
OPEN, CLOSING, NEXT = (
    Sight("d1", closing=False),
    Sight("d1", closing=True),
    Sight("d2", closing=False),
)


def worked_on(path: Path, *rows: tuple[bytes, float]) -> list[Annotation]:
    """Send rows of keys, each all at once and followed by a pause; return what came of items."""
    with PseudoTerminal(PROGRAM.format(path=str(path)), answers={}, env=ENV, size=(80, 24)) as t:
        t.wait_for(b"\x1b[1;1H\x1b[")
        until = time.monotonic() + 1.0
        for keys, pause in (*rows, (b"\x11", 0.0)):
            while time.monotonic() < until:
                t._read(0.02)
            t.type(keys)
            until = time.monotonic() + pause
        t.wait_for_end()
    with open_project(path) as project:
        store = project.store
        return [store.annotations.get(item.id, "a1") for item in store.items.all()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return long_project(tmp_path / "long.curate", 6)


def test_enters_that_wait_in_line_accept_what_was_shown_but_close_nothing(path: Path) -> None:
    first, *others = worked_on(path, (b"\r" * 12, 0.8))
    assert first.status is Status.DRAFT
    assert len(first.frames) == 1
    assert len(first.mentions) == 2
    assert all(a.status is Status.NEW for a in others)


def test_a_held_enter_never_runs_into_the_next_item(path: Path) -> None:
    held = [(b"\r", 0.04)] * 25
    first, *others = worked_on(path, *held, (b"", 0.5))
    assert len(first.mentions) == 2
    assert first.status is Status.DRAFT
    assert all(a.status is Status.NEW for a in others)


@pytest.mark.slow
def test_an_extra_enter_after_closing_decides_nothing_and_a_later_one_does(path: Path) -> None:
    accept = (b"\r" * 2, 0.5)
    first, second, *others = worked_on(path, accept, (b"\r", 0.0), (b"\r", 0.6))
    assert first.status is Status.DONE
    assert second.status is Status.NEW
    _, third, *_ = worked_on(path, (b"\r", 0.5))
    assert len(third.frames) == 1
    assert all(a.status is Status.NEW for a in others)


def pace() -> Pace:
    """A pace that has seen the first item, with candidates open, painted at 10 seconds."""
    made = Pace(settle=0.15, repeat=0.09)
    made.painted(OPEN, 10.0)
    return made


def test_an_expert_who_taps_enter_fast_loses_no_tap() -> None:
    known = pace()
    assert known.allows("accept", OPEN, Press("enter", 10.30))
    assert known.allows("accept", OPEN, Press("enter", 10.42))
    known.painted(CLOSING, 10.44)
    assert known.allows("accept", CLOSING, Press("enter", 10.54))
    known.painted(NEXT, 10.56)
    assert known.allows("accept", NEXT, Press("enter", 10.72))


@pytest.mark.parametrize("deed", ["accept", "accept_all", "reject", "skip", "finish"])
def test_nothing_is_decided_on_an_item_before_it_was_painted(deed: str) -> None:
    known = pace()
    assert not known.allows(deed, NEXT, Press("k", 10.9))
    known.painted(NEXT, 11.0)
    assert not known.allows(deed, NEXT, Press("k", 11.1))
    assert known.allows(deed, NEXT, Press("k", 11.3))


def test_moving_about_is_never_held_up() -> None:
    known = pace()
    assert known.allows("step", NEXT, Press("tab", 9.0))
    assert known.allows("undo", NEXT, Press("u", 9.0))
