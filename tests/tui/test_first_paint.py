from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from curate.tui.first_paint import hold_collector, release_collector
from tests.tui.watching import workbench

if TYPE_CHECKING:
    from curate.project.annotating import Annotating


async def test_garbage_is_collected_again_after_the_first_paint(session: Annotating) -> None:
    hold_collector()
    try:
        async with workbench(session).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert gc.isenabled()
    finally:
        release_collector()
        gc.unfreeze()


def test_a_collector_that_was_not_held_is_left_as_it_is() -> None:
    release_collector()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
