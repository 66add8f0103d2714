from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Argument, Fate, Status
from curate.model.span import Span
from curate.text.layout import visual
from tests.small import TEXT, span
from tests.tui.watching import LARGE, SMALL, annotate, press, rows, shows, workbench

if TYPE_CHECKING:
    from curate.model.annotation import Frame
    from curate.project.annotating import Annotating

pytestmark = pytest.mark.parametrize("size", [SMALL, LARGE])


def frame_on(session: Annotating, words: str) -> Frame:
    return next(f for f in session.view.annotation.frames if f.trigger == span(words))


async def test_a_right_frame_costs_one_key(session: Annotating, size: tuple[int, int]) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "enter")
        assert session.view.annotation.fates["c-fire"] is Fate.ACCEPTED
        assert {m.candidate for m in session.view.annotation.mentions} == {"c-gun", "c-town"}


async def test_a_frame_with_a_wrong_slot_costs_three_keys(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        hints = await _hints(pilot, "1")
        await press(pilot, hints["الناطق"], "enter")
        frame = frame_on(session, "قصفت")
        voice = next(m for m in session.view.annotation.mentions if m.span == span("الناطق"))
        assert frame.arguments[0] == Argument("Agent", mention=voice.id)
        assert annotate(pilot).editor.focused().span == span("قال")


async def _hints(pilot: object, *keys: str) -> dict[str, str]:
    """Press keys that begin a choice; return text → hint."""
    await press(pilot, *keys)  # type: ignore[arg-type]  # as every caller has it
    screen = annotate(pilot)  # type: ignore[arg-type]
    pick = screen.pick
    assert pick is not None
    text = screen.editor.view.document.text
    found = {s.of(text): hint for hint, s in pick.picking.spans.items()}
    for hint, atom_id in pick.picking.atoms.items():
        atom = screen.editor.atoms.find(atom_id)
        assert atom is not None
        found[atom.span.of(text)] = hint
    return found


async def test_a_frame_from_nothing_costs_six_keys(
    session: Annotating, size: tuple[int, int]
) -> None:
    session.accept_mention("c-gun")
    session.accept_mention("c-town")
    session.accept_mention("c-voice")
    for candidate in ("c-fire", "c-speech", "c-again"):
        session.reject(candidate)
    async with workbench(session).run_test(size=size) as pilot:
        hints = await _hints(pilot, "e")
        await press(pilot, hints["القصف"], "f")
        pick = annotate(pilot).pick
        assert pick is not None
        by_text = await _hints(pilot)
        await press(pilot, by_text["المدفعية"], by_text["الريحانية"], "enter")
        frame = frame_on(session, "القصف")
        assert frame.type == "Fire"
        assert [a.role for a in frame.arguments] == ["Agent", "Goal"]
        assert annotate(pilot).pick is None


async def test_accepting_a_mention_costs_one_key(
    session: Annotating, size: tuple[int, int]
) -> None:
    for candidate in ("c-fire", "c-speech", "c-again"):
        session.reject(candidate)
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "enter")
        assert session.view.annotation.fates["c-gun"] is Fate.ACCEPTED


async def test_a_boundary_moves_by_one_key(session: Annotating, size: tuple[int, int]) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        screen = annotate(pilot)
        screen.editor.focus = screen.editor.atoms.find("c-town")
        await press(pilot, "right_square_bracket")
        assert screen.editor.focused().span == span("بلدة الريحانية")
        await press(pilot, "left_square_bracket", "equals_sign")
        assert screen.editor.focused().span == span("ريحانية")


async def test_skipping_and_undoing_cost_one_key(
    session: Annotating, size: tuple[int, int]
) -> None:
    first = session.view.item.id
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "s")
        assert session.view.item.id != first
        await press(pilot, "u")
        assert session.view.item.id == first
        assert session.view.annotation.status is Status.NEW


async def test_keys_of_an_arabic_layout_do_the_same(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "ش")
        assert not session.view.frames
        assert set(session.view.annotation.fates.values()) == {Fate.ACCEPTED}
        await press(pilot, "ع")
        assert len(session.view.frames) == 3
        await press(pilot, "escape")
        assert visual("ش") in rows(pilot)[-1]
        assert " a " not in rows(pilot)[-1]


async def test_selected_words_become_a_mention_by_the_key_of_a_type(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        screen = annotate(pilot)
        screen.passage.select(span("صباحا"))
        await pilot.pause()
        assert shows(pilot, "Site")
        await press(pilot, "2")
        mention = session.view.annotation.mentions[0]
        assert (mention.span, mention.type) == (span("صباحا"), "Site")
        assert screen.passage.selection is None


async def test_left_leads_on_and_shift_and_ctrl_select(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        passage = annotate(pilot).passage
        await press(pilot, "left", "left")
        assert passage.caret.at == 2
        await press(pilot, "right", "shift+left", "shift+left")
        assert passage.selection == Span(1, 3)
        await press(pilot, "escape", "ctrl+left")
        assert passage.selection == span("قصفت")
        await press(pilot, "ctrl+left")
        assert passage.selection == span("المدفعية")
        await press(pilot, "ctrl+shift+left")
        assert passage.selection == span("المدفعية بلدة")
        await press(pilot, "ctrl+a")
        assert passage.selection == Span(0, len(TEXT))


async def test_a_word_is_marked_by_its_hint_and_a_type_key(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        hints = await _hints(pilot, "m")
        await press(pilot, hints["صباحا"], "1")
        assert session.view.annotation.mentions[0].span == span("صباحا")


async def test_a_slot_takes_selected_words_where_the_role_allows(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "down", "2")
        annotate(pilot).passage.select(span("القصف مستمر"))
        await press(pilot, "enter")
        assert Argument("Said", span=span("القصف مستمر")) in frame_on(session, "قال").arguments


async def test_a_refusal_is_said_below_and_changes_nothing(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "9")
        assert "no slot 9" in rows(pilot)[-1]
        assert session.view.annotation.status is Status.NEW
        await press(pilot, "tab")
        assert "no slot 9" not in rows(pilot)[-1]


async def test_notes_flags_and_searches_are_typed_in_arabic(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "n", *"شك", "enter")
        assert session.view.annotation.note == "شك"
        await press(pilot, "f", *"راجع", "enter")
        assert (session.view.annotation.status, session.view.annotation.reason) == (
            Status.FLAGGED,
            "راجع",
        )
        await press(pilot, "slash", *"الريحانيه", "enter")
        assert annotate(pilot).found == (span("الريحانية"),)


async def test_a_type_is_chosen_by_key_or_by_name(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "t", "g")
        assert session.view.annotation.frames[0].type == "Speech"
        await press(pilot, "t", "slash", *"fi", "enter")
        assert session.view.annotation.frames[0].type == "Fire"
        await press(pilot, "t", "escape")
        assert session.view.annotation.frames[0].type == "Fire"


async def test_an_attribute_is_two_keys(session: Annotating, size: tuple[int, int]) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "y", "j")
        assert session.view.annotation.frames[0].attributes == {"polarity": "no"}


async def test_any_command_is_found_by_its_name_in_either_language(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "ctrl+p", *"الكل", "enter")
        assert not session.view.frames


async def test_help_guideline_and_reason_open_and_close(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        await press(pilot, "w")
        assert shows(pilot, "lexicon")
        await press(pilot, "escape", "f1")
        assert shows(pilot, "Accept everything that is open in this item")
        await press(pilot, "escape")
        assert annotate(pilot).is_current


async def test_the_interface_speaks_arabic(session: Annotating, size: tuple[int, int]) -> None:
    async with workbench(session, language="ar").run_test(size=size) as pilot:
        assert shows(pilot, "قبول")
        assert shows(pilot, "المقطع 1/2")
        await press(pilot, "f3")
        assert shows(pilot, "accept")


async def test_keys_can_be_remapped(session: Annotating, size: tuple[int, int]) -> None:
    app = workbench(session, keymap={"annotate.accept_all": "k"})
    async with app.run_test(size=size) as pilot:
        await press(pilot, "a")
        assert session.view.frames
        await press(pilot, "k")
        assert not session.view.frames


async def test_anything_is_reached_by_its_letter(
    session: Annotating, size: tuple[int, int]
) -> None:
    async with workbench(session).run_test(size=size) as pilot:
        hints = await _hints(pilot, "j")
        await press(pilot, hints["الناطق"])
        assert annotate(pilot).editor.focused().span == span("الناطق")
