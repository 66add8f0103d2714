from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.model.annotation import Status
from curate.model.span import Span
from curate.project.queueing import set_order
from curate.project.searching import Has, Query, keep_up
from curate.tui.screens.search import SearchScreen
from curate.tui.search_line import query_in, token_of, without
from curate.tui.widgets.snippet import snippet
from tests.small import span
from tests.tui.projects import SECOND
from tests.tui.watching import SMALL, annotate, press, rows, shows, workbench

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from curate.project.annotating import Annotating


async def searched(pilot: Pilot[None], text: str) -> SearchScreen:
    """Open the search by its key, type, and wait for the answer."""
    await press(pilot, "k")
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    await press(pilot, *text)
    await pilot.pause(0.3)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


async def test_hits_appear_while_typing_and_enter_goes_there(session: Annotating) -> None:
    keep_up(session.project)
    async with workbench(session).run_test(size=SMALL) as pilot:
        await searched(pilot, "القصفُ")
        assert shows(pilot, "2 found")
        await press(pilot, "down", "enter")
        assert session.view.item.document == "d1"
        assert annotate(pilot).found == (span("القصف", SECOND),)


async def test_escape_goes_nowhere_and_after_going_it_goes_back(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "tab")
        focus = annotate(pilot).editor.focused()
        await searched(pilot, "الأهالي")
        await press(pilot, "escape")
        assert session.view.item.document == "d0"
        await press(pilot, "k")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)
        await press(pilot, "enter")
        assert session.view.item.document == "d1"
        await press(pilot, "escape")
        assert session.view.item.document == "d0"
        assert annotate(pilot).editor.focused() == focus


async def test_a_hit_in_ones_own_work_gets_the_focus(session: Annotating) -> None:
    session.accept_frame("c-fire")
    session.next()
    async with workbench(session).run_test(size=SMALL) as pilot:
        await searched(pilot, "type:Fire by:a1")
        await press(pilot, "enter")
        atom = annotate(pilot).editor.focused()
        assert (atom.span, atom.proposed) == (span("قصفت"), False)


async def test_tab_offers_filters_by_name_in_either_language(session: Annotating) -> None:
    session.flag("غامض")
    async with workbench(session, language="ar").run_test(size=SMALL) as pilot:
        screen = await searched(pilot, "")
        await press(pilot, "tab", *"محال", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert screen._searched.line == "state:flagged "
        assert shows(pilot, "النتائج: 1")


async def test_a_filter_that_makes_no_sense_is_named(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await searched(pilot, "type:Ship")
        assert any("no type Ship" in row for row in rows(pilot))


def test_filters_are_words_of_the_line() -> None:
    assert query_in("قصف  القرية") == Query("قصف القرية")
    assert query_in("قصف state:done has:note has:flag by:a1") == Query(
        "قصف", annotator="a1", state=Status.DONE, has=frozenset({Has.NOTE, Has.FLAG})
    )
    assert query_in("حاله:محال") == Query(state=Status.FLAGGED)
    assert query_in("حالة:مُحال نوع:Fire دور:Goal") == Query(
        type="Fire", role="Goal", state=Status.FLAGGED
    )
    assert query_in('by:"amal khatib" قصف "سوق"') == Query('قصف "سوق"', annotator="amal khatib")
    assert token_of("by", "amal khatib") == 'by:"amal khatib"'
    assert without('قصف by:"amal khatib" has:note', "by") == "قصف has:note"
    assert query_in("الساعة 10:30 http: :x") == Query("الساعة 10:30 http: :x")


@pytest.mark.parametrize("line", ["state:gone", "has:wings", "type:Fire type:Speech"])
def test_filters_that_cannot_be_are_refused(line: str) -> None:
    with pytest.raises(CurateError):
        query_in(line)


@pytest.mark.parametrize("room", [20, 40, 200])
def test_a_snippet_shows_the_place_whatever_the_room(room: int) -> None:
    text = " ".join(f"كلمة{n}" for n in range(60))
    for place in (Span(0, 5), Span(200, 206), Span(len(text) - 6, len(text))):
        parts = snippet(text, place, room)
        assert sum(len(p.text) for p in parts) <= room
        assert any(p.look == "found" for p in parts)


async def test_items_are_listed_by_their_state(session: Annotating) -> None:
    session.flag("غامض")
    flagged = session.view.item.id
    session.next()
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "G", "f")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert any("1 found" in row for row in rows(pilot))
        await press(pilot, "enter")
        assert session.view.item.id == flagged


async def test_the_line_above_says_which_order_holds(session: Annotating) -> None:
    set_order(session.project, "random", 7)
    async with workbench(session).run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert "at random" in rows(pilot)[0]
