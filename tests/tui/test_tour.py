from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Status
from curate.model.problems import errors_in
from curate.project.practice import practice
from curate.tui.app import Workbench
from curate.tui.screens.tour import TourScreen
from curate.tui.tour_words import TOUR
from tests.tui.watching import SMALL, Unhurried, press, rows, shows, workbench

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from curate.project.annotating import Annotating


def on_tour(pilot: Pilot[None]) -> TourScreen:
    screen = pilot.app.screen
    assert isinstance(screen, TourScreen)
    return screen


async def hint_of(pilot: Pilot[None], words: str) -> str:
    """The letter that the screen shows on these words."""
    screen = on_tour(pilot)
    pick = screen.pick
    assert pick is not None
    text = screen.editor.view.document.text
    spans = {s.of(text): hint for hint, s in pick.picking.spans.items()}
    for hint, atom_id in pick.picking.atoms.items():
        atom = screen.editor.atoms.find(atom_id)
        assert atom is not None
        spans[atom.span.of(text)] = hint
    return spans[words]


async def take(pilot: Pilot[None]) -> None:
    """Do what each step of the tour asks for."""
    screen = on_tour(pilot)
    seen = []

    async def does(step: str, *keys: str) -> None:
        assert screen.step == step
        seen.append(step)
        await press(pilot, *keys)

    await does("look", "tab")
    screen.editor.focus = screen.editor.atoms.frames[0]
    await does("accept", "enter")
    await does("fix", "1")
    await press(pilot, await hint_of(pilot, "مدنيين"))
    await does("build", "e")
    await press(pilot, *await hint_of(pilot, "قال"))
    if screen.pick is None:
        await press(pilot, "q")
    await press(pilot, *await hint_of(pilot, "الناطق"), "enter")
    await does("undo", "u")
    await does("redo", "U")
    await does("close", "a", "enter")
    assert screen.step == "end"
    assert [*seen, "end"] == list(TOUR)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_tour_waits_for_each_deed_and_leaves_real_work_alone(
    session: Annotating, language: str
) -> None:
    item = session.view.item.id
    async with workbench(session, language=language).run_test(size=SMALL) as pilot:
        await press(pilot, "f4")
        await take(pilot)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, TourScreen)
        assert shows(pilot, "عدت إلى عملك" if language == "ar" else "back at your own work")
    assert session.view.item.id == item
    assert session.view.annotation.status is Status.NEW
    assert session.project.store.journal.count() == 0
    assert session.activity.take() == (0.0, 0)


async def test_a_step_is_not_done_by_another_deed(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "f4", "n", *"هنا", "enter")
        assert on_tour(pilot).step == "look"
        await press(pilot, "tab", "x")
        assert on_tour(pilot).step == "accept"
        await press(pilot, "f4")
        assert any("already" in row for row in rows(pilot))
        await press(pilot, "ctrl+q")
        assert pilot.app.is_running
        assert not isinstance(pilot.app.screen, TourScreen)


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_step_fits_above_the_item(language: str) -> None:
    with practice() as made:
        app = Workbench(made.session, practice=made, language=language, pace=Unhurried())
        async with app.run_test(size=SMALL) as pilot:
            await pilot.pause()
            screen = on_tour(pilot)
            for at in range(len(TOUR)):
                screen._at = at
                screen._draw_coach()
                assert len(screen.query_one("#coach").rows) <= 4, screen.step  # type: ignore[attr-defined]  # a Sheet
            await press(pilot, "Q")
        assert app.return_code == 0


def test_the_practice_item_fits_the_schema() -> None:
    with practice() as made:
        view = made.session.view
        assert not errors_in(made.goal, made.session.schema, view.document.text)
        path = made.session.project.path
    assert not path.exists()


async def test_the_first_starts_offer_the_tour(session: Annotating) -> None:
    async with workbench(session, offers_tour=True).run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert any("F4" in row for row in rows(pilot))
