from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from curate.project.annotating import Annotating
from curate.tui.commands import COMMANDS, keys_of
from tests.small import TEXT
from tests.tui.projects import HOSTILE, SECOND, project_of
from tests.tui.watching import LARGE, SMALL, press, workbench

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [key for c in COMMANDS for key in keys_of(c, {}) if c.deed != "leave"]
KEYS += [*"fjdksla12ش", *["enter"] * 8, *["escape"] * 4, "backspace"]


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "size"), [(1, SMALL), (2, LARGE), (3, (36, 10))])
async def test_no_row_of_keys_breaks_the_workbench_or_loses_a_decision(
    tmp_path: Path, seed: int, size: tuple[int, int]
) -> None:
    chance = random.Random(seed)
    with project_of(tmp_path / "w.curate", TEXT, HOSTILE, SECOND, TEXT + ".") as project:
        session = Annotating(project, "a1")
        app = workbench(session)
        async with app.run_test(size=size) as pilot:
            for _ in range(150):
                await pilot.press(chance.choice(KEYS))
            await press(pilot, "escape", "escape", "escape")
            shown = session.view.annotation
        assert app.return_code in (None, 0)
        assert project.store.annotations.get(session.view.item.id, "a1") == shown
