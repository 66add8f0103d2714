from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.adjudication.stories import Cell, How, Story
from curate.model.annotation import Annotation, Mention, Status
from curate.project.annotating import Annotating
from curate.project.feedback import allow
from curate.store.gold import GoldRow
from curate.tui.screens.feedback import FeedbackScreen
from tests.small import TEXT, span
from tests.store.building import NOW, decided
from tests.tui.projects import SECOND, project_of
from tests.tui.watching import LARGE, SMALL, annotate, press, rows, shows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

LATER = "2026-02-01T00:00:00.000+00:00"


def settle(session: Annotating, at: str, words: str, theirs: str, text: str) -> None:
    """Let a1 have done the item that is shown with one mention, and gold say another."""
    project, item = session.project, session.view.item
    store, blank = project.store, project.store.annotations.get(item.id, "a1")
    marked = Mention("m1", span(theirs, text), "Site")
    after = replace(blank, status=Status.DONE, mentions=(marked,))
    store.journal.write(decided(store, item.id, after))
    settled = Mention("g1", span(words, text), "Site")
    said = Annotation("gold", blank.item, Status.DONE, (settled,))
    stories = [Story("g1", Cell.MENTION, How.RULED).parts()]
    store.gold.put(GoldRow(item.id, said, 0, stories, at))


@pytest.fixture
def differing(tmp_path: Path) -> Iterator[Annotating]:
    """Two items that a1 has done otherwise than gold; that of the second was settled later."""
    with project_of(tmp_path / "work.curate", TEXT, SECOND) as project:
        session = Annotating(project, "a1")
        settle(session, NOW, "بلدة الريحانية", "الريحانية", TEXT)
        session.next()
        settle(session, LATER, "الحقول القريبة", "الحقول", SECOND)
        session.previous()
        allow(project, allowed=True)
        yield session


async def opened(pilot: Pilot[None]) -> FeedbackScreen:
    """Open the list by its key and wait until it is whole."""
    await press(pilot, "v")
    screen = pilot.app.screen
    assert isinstance(screen, FeedbackScreen)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    return screen


async def test_while_the_lead_does_not_allow_it_a_line_says_so(differing: Annotating) -> None:
    allow(differing.project, allowed=False)
    async with workbench(differing).run_test(size=SMALL) as pilot:
        await press(pilot, "v")
        assert pilot.app.screen is annotate(pilot)
        assert any("has not opened feedback" in row for row in rows(pilot))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_was_settled_last_comes_first_with_its_words(
    differing: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(differing).run_test(size=size) as pilot:
        await opened(pilot)
        assert "otherwise · 2" in rows(pilot)[0]
        first, second = rows(pilot)[1:3]
        assert first.split()[:2] == ["2", "≠1"]
        assert second.split()[:2] == ["1", "≠1"]
        assert "other boundary" in first
        assert shows(pilot, "الحقول")
        await press(pilot, "escape")
        assert pilot.app.screen is annotate(pilot)
        assert differing.view.item.document == "d0"


async def test_enter_shows_both_with_signs_and_again_goes_there(differing: Annotating) -> None:
    async with workbench(differing).run_test(size=SMALL) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        assert any("yours" in row and "gold" in row for row in rows(pilot))
        signs = [row for row in rows(pilot) if row.count("≠") == 2 and "Site" in row]
        assert len(signs) == 1
        assert shows(pilot, "«الحقول القريبة»")
        await press(pilot, "enter")
        assert pilot.app.screen is annotate(pilot)
        assert differing.view.item.document == "d1"


async def test_escape_leads_back_to_the_list_at_the_item_looked_at(differing: Annotating) -> None:
    async with workbench(differing).run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        await press(pilot, "enter", "down")
        assert shows(pilot, "«بلدة الريحانية»")
        await press(pilot, "escape")
        assert pilot.app.screen is screen
        await press(pilot, "enter", "enter")
        assert differing.view.item.document == "d0"


async def test_in_arabic_the_list_and_the_item_speak_arabic(differing: Annotating) -> None:
    async with workbench(differing, language="ar").run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert shows(pilot, "خلاف المدوّنة المرجعية")
        assert shows(pilot, "اختلاف الحد")
        await press(pilot, "enter")
        assert shows(pilot, "قولك")


async def test_where_nothing_differs_that_is_said(session: Annotating) -> None:
    allow(session.project, allowed=True)
    async with workbench(session).run_test(size=SMALL) as pilot:
        await opened(pilot)
        assert any("nothing otherwise" in row for row in rows(pilot))
        await press(pilot, "enter", "down", "escape")
        assert pilot.app.screen is annotate(pilot)
