"""F1: the keys, and page after page of the manual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.project.manual import topics
from tests.tui.watching import press, shows, workbench

if TYPE_CHECKING:
    from curate.project.annotating import Annotating


async def test_tab_turns_the_pages_of_the_manual_round_to_the_keys(session: Annotating) -> None:
    pages = [t for t in topics() if t.name != "keys"]
    async with workbench(session).run_test(size=(100, 30)) as pilot:
        await press(pilot, "f1")
        assert shows(pilot, f"Keys · 1/{len(pages) + 1}")
        await press(pilot, "tab")
        assert shows(pilot, pages[0].title)
        assert shows(pilot, "curate demo")
        await press(pilot, *["tab"] * len(pages))
        assert shows(pilot, "Accept everything that is open in this item")
        await press(pilot, "shift+tab")
        assert shows(pilot, pages[-1].title)


async def test_a_page_opened_after_a_scrolled_one_begins_at_its_top(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        await press(pilot, "f1", "pagedown", "pagedown", "tab")
        assert shows(pilot, "curate helps you turn Arabic news")


async def test_pages_are_arabic_where_the_interface_is(session: Annotating) -> None:
    async with workbench(session, language="ar").run_test(size=(100, 30)) as pilot:
        await press(pilot, "f1", "tab")
        assert shows(pilot, "مدوّنة مرجعية")
