"""What each piece of work costs in keys, through the real keys: the promises of the design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Argument, Fate, Status
from tests.small import span
from tests.tui.watching import annotate, press, workbench

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from curate.project.annotating import Annotating


class Hands:
    """Presses keys, and counts them."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.keys += len(keys)
        await press(self.pilot, *keys)

    async def hint(self, words: str) -> None:
        """Press the letters that the screen shows on these words."""
        screen = annotate(self.pilot)
        assert screen.pick is not None
        picking = screen.pick.picking
        wanted = span(words)
        places = dict(picking.spans)
        for letters, atom_id in picking.atoms.items():
            atom = screen.editor.atoms.find(atom_id)
            assert atom is not None
            places[letters] = atom.span
        await self.press(*next(letters for letters, place in places.items() if place == wanted))


def with_mentions_only(session: Annotating) -> None:
    """Confirm the mentions and reject the frames, so that frames have to be built."""
    for candidate in ("c-gun", "c-town", "c-voice"):
        session.accept_mention(candidate)
    for candidate in ("c-fire", "c-speech", "c-again"):
        session.reject(candidate)


async def test_a_frame_that_is_proposed_and_right_costs_one_key(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("enter")
        assert hands.keys == 1
    annotation = session.view.annotation
    assert annotation.fates["c-fire"] is Fate.ACCEPTED
    assert {a.role for a in annotation.frames[0].arguments} == {"Agent", "Goal"}


async def test_a_frame_with_one_slot_wrong_costs_three_keys(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("1")
        await hands.hint("الناطق")
        await hands.press("enter")
        assert hands.keys <= 3
        assert annotate(pilot).editor.focused().span == span("قال")
    annotation = session.view.annotation
    frame = next(f for f in annotation.frames if f.trigger == span("قصفت"))
    voice = next(m for m in annotation.mentions if m.span == span("الناطق"))
    assert Argument("Agent", mention=voice.id) in frame.arguments


async def test_a_frame_from_nothing_with_three_arguments_costs_six_keys(
    session: Annotating,
) -> None:
    with_mentions_only(session)
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("e")
        await hands.hint("القصف")
        await hands.press("f")
        for filler in ("المدفعية", "الريحانية", "الناطق"):
            await hands.hint(filler)
        assert hands.keys <= 6
    (frame,) = session.view.annotation.frames
    assert (frame.type, frame.trigger) == ("Fire", span("القصف"))
    assert len(frame.arguments) == 3


async def test_accepting_a_mention_costs_one_key(session: Annotating) -> None:
    for candidate in ("c-fire", "c-speech", "c-again"):
        session.reject(candidate)
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("enter")
        assert hands.keys == 1
    assert session.view.annotation.fates["c-gun"] is Fate.ACCEPTED


@pytest.mark.parametrize(
    ("key", "words"), [("right_square_bracket", "بلدة الريحانية"), ("equals_sign", "ريحانية")]
)
async def test_moving_a_boundary_and_stripping_a_proclitic_cost_one_key(
    session: Annotating, key: str, words: str
) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        screen = annotate(pilot)
        screen.editor.focus = screen.editor.atoms.find("c-town")
        hands = Hands(pilot)
        await hands.press(key)
        assert hands.keys == 1
    assert [m.span for m in session.view.annotation.mentions] == [span(words)]
    assert session.project.store.journal.count() == 1


async def test_skipping_costs_one_key_and_so_does_undoing_it(session: Annotating) -> None:
    first = session.view.item.id
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("s")
        assert hands.keys == 1
        assert session.project.store.annotations.get(first, "a1").status is Status.SKIPPED
        await hands.press("u")
        assert hands.keys == 2
    assert session.view.item.id == first
    assert session.view.annotation.status is Status.NEW


async def test_one_undo_takes_back_one_key_even_where_a_candidate_was_corrected(
    session: Annotating,
) -> None:
    before = session.view.annotation
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("1")
        await hands.hint("الناطق")
        assert session.view.annotation != before
        await hands.press("escape", "u")
    assert session.view.annotation == before


async def test_the_journal_counts_the_keys_that_were_pressed(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("tab", "shift+tab", "enter", "1")
        await hands.hint("الناطق")
        await hands.press("escape", "s")
    rows = session.project.store.journal.history()
    assert sum(row.keys for row in rows) == hands.keys


async def test_keys_typed_in_lists_and_lines_are_counted_too(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        hands = Hands(pilot)
        await hands.press("t", "slash", "s", "p", "enter")
        await hands.press("n", "o", "k", "enter")
    rows = session.project.store.journal.history()
    assert [row.keys for row in rows] == [4, 5]
    assert session.view.annotation.note == "ok"
