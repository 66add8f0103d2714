from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.project.talking import Talker, threads
from curate.tui.screens.talk import TalkScreen
from tests.small import span
from tests.tui.watching import LARGE, SMALL, annotate, press, rows, shows, workbench

if TYPE_CHECKING:
    from curate.project.annotating import Annotating


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_comment_on_the_focus_is_two_keys_and_its_words(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "ؤ", *"أهذا صحيح", "enter")
        (thread,) = threads(session.project)
        assert (thread.about, thread.span) == ("c-fire", span("قصفت"))
        assert thread.comments[0].text == "أهذا صحيح"
        assert shows(pilot, "أهذا صحيح")
        await press(pilot, "escape")
        assert "c 1" in rows(pilot)[0]


async def test_what_the_lead_said_is_marked_until_it_is_seen(session: Annotating) -> None:
    Talker(session.project, "lead").begin(session.view.item.id, "راجع الدليل")
    async with workbench(session).run_test(size=SMALL) as pilot:
        assert "c 1●" in rows(pilot)[0]
        await press(pilot, "c")
        assert shows(pilot, "راجع الدليل")
        assert any("● 1 new" in row for row in rows(pilot))
        await press(pilot, "enter", *"فعلت", "enter", "r", "escape")
        assert "c 1" not in rows(pilot)[0]
    (thread,) = threads(session.project)
    assert [c.author for c in thread.comments] == ["lead", "a1", "a1"]
    assert not thread.is_open


async def test_open_threads_lead_to_their_items_and_back(session: Annotating) -> None:
    second = session.next().item.id
    Talker(session.project, "lead").begin(second, "انظر هنا")
    session.previous()
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "C", *"انظر", "enter")
        assert session.view.item.id == second
        assert isinstance(pilot.app.screen, TalkScreen)
        assert shows(pilot, "انظر هنا")


async def test_writing_nothing_is_refused_in_place(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "c", "enter")
        assert any("say something" in row for row in rows(pilot))
        await press(pilot, "escape")
        assert pilot.app.screen is annotate(pilot)
        assert not threads(session.project)


async def test_a_list_without_open_threads_says_so(session: Annotating) -> None:
    async with workbench(session, language="ar").run_test(size=SMALL) as pilot:
        await press(pilot, "C")
        assert shows(pilot, "لا نقاش مفتوحاً")
