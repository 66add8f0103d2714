"""The lead's screens: cases ruled by keys, edited, taken back; figures and their places."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Mention
from curate.project.gold import gold_state
from curate.project.manual import page
from curate.project.opening import open_project
from curate.project.reviewing_session import Reviewing
from curate.tui.review_app import ReviewApp
from curate.tui.review_commands import COMMANDS
from curate.tui.screens.review import ReviewScreen
from curate.tui.screens.review_behind import BehindScreen, BesideScreen
from curate.tui.screens.review_edit import EditScreen
from tests.house.keys_page import key_as_code
from tests.project.reviewed import SECOND, clock, ids, says, two_readers
from tests.small import small_schema, span
from tests.tui.watching import LARGE, SMALL, Unhurried, press, rows, shows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with two sentences by two readers."""
    path = tmp_path_factory.mktemp("made") / "work.curate"
    two_readers(path).close()
    return path


@pytest.fixture
def lead(tmp_path: Path, made: Path) -> Iterator[Reviewing]:
    """A lead's session on a copy of it."""
    copied = shutil.copy(made, tmp_path / "work.curate")
    with open_project(copied) as opened:
        yield Reviewing(replace(opened, schema=small_schema()), "lead", make_id=ids(), now=clock)


def app(lead: Reviewing, **settings: object) -> ReviewApp:
    """The app on a session; it takes keys as fast as a test presses them."""
    return ReviewApp(lead, project="work", pace=Unhurried(), **settings)  # type: ignore[arg-type]  # by name


def screen(pilot: Pilot[None]) -> ReviewScreen:
    """The lead's screen."""
    found = pilot.app.screen_stack[0]
    assert isinstance(found, ReviewScreen)
    return found


def case(pilot: Pilot[None]) -> str:
    """The id of the case on view; empty when there is none."""
    waiting = screen(pilot).waiting
    return "" if waiting is None else waiting.key


async def until_drawn(pilot: Pilot[None]) -> None:
    """Wait for what was put off until there is room."""
    for _ in range(3):
        await pilot.pause()


async def test_a_lead_rules_on_everything_by_keys(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        assert shows(pilot, "Cases (3)")
        keys = 0
        while case(pilot):
            await press(pilot, "1")
            keys += 1
        assert keys == 4
        assert shows(pilot, "Cases (0)")
    assert gold_state(lead.project).resolved == 2


async def test_both_readings_are_shown_without_names_and_marked_by_signs(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        text = "\n".join(rows(pilot))
        assert "≠ Site" in text
        assert "ann" not in text
        assert "bea" not in text
        assert shows(pilot, "الريحانية")
        await press(pilot, "N")
        text = "\n".join(rows(pilot))
        assert "ann" in text
        assert "bea" in text


async def test_the_first_key_chooses_what_is_shown_first(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        waiting = screen(pilot).waiting
        assert waiting is not None
        view = lead.view(waiting)
        wanted = view.case.readings[view.sides[0]]
        await press(pilot, "1")
        ruled = lead.project.store.rulings.all()[-1]
        assert ruled.payload["values"] == [v.parts() for v in wanted.values]


async def test_undo_goes_back_to_the_case(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        first = case(pilot)
        await press(pilot, "2")
        assert case(pilot) != first
        await press(pilot, "u")
        assert case(pilot) == first


async def test_the_same_keys_work_with_an_arabic_layout_on(lead: Reviewing) -> None:
    async with app(lead, keyboard="arabic").run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        first = case(pilot)
        await press(pilot, "ئ")  # where z is
        ruled = lead.project.store.rulings.all()[-1]
        assert ruled.payload["choice"] == "neither"
        await press(pilot, "ع")  # where u is
        assert case(pilot) == first


async def test_reasons_and_notes_go_with_the_next_ruling(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "r", "g", "n", *"why", "enter", "1", "1")
        first, second = lead.project.store.rulings.all()[-2:]
        assert (first.payload["reason"], first.payload["note"]) == ("guideline", "why")
        assert "reason" not in second.payload


async def test_an_edit_in_the_workbench_is_ruled_when_the_item_is_closed(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "i")
        await until_drawn(pilot)
        assert isinstance(pilot.app.screen, EditScreen)
        await press(pilot, "x", "ctrl+s")
        await until_drawn(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        choices = [row.payload["choice"] for row in lead.project.store.rulings.all()]
        assert "neither" in choices
        assert not any(a == "lead" for a in lead.project.store.annotations.annotators())


async def test_leaving_the_workbench_without_a_change_rules_nothing(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "i")
        await until_drawn(pilot)
        await press(pilot, "Q")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert lead.project.store.rulings.all() == []


async def test_the_last_ruling_is_repeated_on_the_same_words(lead: Reviewing) -> None:
    first, _ = (item.id for item in lead.project.store.items.all())
    says(lead.project, "ann", first, Mention("g", span("المدفعية"), "Group"))
    says(lead.project, "bea", first, Mention("g", span("المدفعية"), "Site"))
    lead.refresh()
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "1", "w")
        await until_drawn(pilot)
        assert shows(pilot, SECOND)
        await press(pilot, "enter")
        await until_drawn(pilot)
        assert shows(pilot, "Cases (0)")


async def test_what_changed_after_a_ruling_comes_again_with_what_was_ruled(
    lead: Reviewing,
) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        while case(pilot):
            await press(pilot, "1")
        first, _ = (item.id for item in lead.project.store.items.all())
        gun = Mention("g", span("المدفعية"), "Group")
        says(lead.project, "bea", first, gun, Mention("t", span("بلدة"), "Site"))
        await press(pilot, "f5")
        await until_drawn(pilot)
        assert any("⟲" in row for row in rows(pilot))
        assert shows(pilot, "ruled before")


async def test_an_item_is_sent_back_with_a_reason(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "s", *"look", "enter")
        item = next(iter(lead.project.store.items.all())).id
        assert lead.project.store.annotations.get(item, "ann").reason == "look"
        assert shows(pilot, "Cases (1)")


async def test_a_filter_shows_cases_of_one_kind(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "f", *"other", "enter")
        assert screen(pilot).place[1] == 1


async def test_progress_says_how_far_everybody_is(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "tab")
        assert shows(pilot, "0 of 2 items")
        assert shows(pilot, "2 of 2 done")


async def test_every_figure_leads_to_its_sentences_and_to_both_sides(lead: Reviewing) -> None:
    async with app(lead).run_test(size=LARGE) as pilot:
        await until_drawn(pilot)
        await press(pilot, "tab", "tab")
        await pilot.app.workers.wait_for_complete()
        await until_drawn(pilot)
        assert shows(pilot, "mentions, span and type")
        await press(pilot, "enter")
        await pilot.app.workers.wait_for_complete()
        await until_drawn(pilot)
        assert isinstance(pilot.app.screen, BehindScreen)
        listed = [row for row in rows(pilot) if "≠" in row]
        assert len(listed) == 2  # a boundary in the one sentence, a label in the other
        await press(pilot, "enter")
        await until_drawn(pilot)
        assert isinstance(pilot.app.screen, BesideScreen)
        text = "\n".join(rows(pilot))
        assert "ann" in text
        assert "bea" in text
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_the_screens_speak_arabic(lead: Reviewing) -> None:
    async with app(lead, language="ar").run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        assert shows(pilot, "هل هذه إشارة؟")
        await press(pilot, "f3")
        assert shows(pilot, "Is this a mention?")


@pytest.mark.slow
async def test_no_key_breaks_any_page(lead: Reviewing) -> None:
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        for command in COMMANDS:
            if command.deed not in ("leave", "edit", "page"):
                await press(pilot, command.keys.split(",")[0], "escape")
        await press(pilot, "tab", "1", "enter", "down", "i", "f5", "tab")
        await pilot.app.workers.wait_for_complete()
        await press(pilot, "1", "pagedown", "d", "z", "f2", "f5")
        await pilot.app.workers.wait_for_complete()
        assert isinstance(pilot.app.screen, ReviewScreen)


def test_every_key_of_the_leads_screens_is_on_the_page_of_the_manual() -> None:
    table = [line for line in page("review").splitlines() if line.startswith("| `")]
    named = " ".join(line.split("|")[1] for line in table)
    for command in COMMANDS:
        if command.id in ("review.page", "review.page_back", "review.reading_2",
                          "review.reading_3"):  # fmt: skip
            continue
        keys = (key_as_code(key, "en") for key in command.keys.split(","))
        assert any(key.strip("`") in named for key in keys), command.id


async def test_what_was_merged_is_checked_in_an_audit(lead: Reviewing) -> None:
    lead.settings = replace(lead.settings, audit=1.0)
    async with app(lead).run_test(size=SMALL) as pilot:
        await until_drawn(pilot)
        await press(pilot, "A")
        await until_drawn(pilot)
        assert shows(pilot, "does it hold?")
        assert not any("≠" in row for row in rows(pilot))  # there is one reading alone
        await press(pilot, "1", "z")
        audit = lead.audit()
        assert (audit.checked, audit.overturned) == (2, 1)
        await press(pilot, "A", "tab")
        assert shows(pilot, "1 of 2 did not hold")
