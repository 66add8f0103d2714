from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from curate.text.layout import visual
from curate.tui.widgets.rtl_input import RtlInput


class Asking(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def compose(self) -> ComposeResult:
        yield RtlInput()

    def on_mount(self) -> None:
        self.query_one(RtlInput).focus()

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        self.said.append(event.value)


def shown(app: Asking) -> str:
    return "".join(segment.text for segment in app.query_one(RtlInput).render_line(0))


async def test_the_value_is_logical_and_what_is_drawn_is_visual() -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)) as pilot:
        for key in "قصف NATO":
            await pilot.press("space" if key == " " else key)
        assert app.query_one(RtlInput).value == "قصف NATO"
        assert visual("قصف NATO") in shown(app)
        await pilot.press("enter")
        assert app.said == ["قصف NATO"]


async def test_arrows_lead_where_they_point() -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)) as pilot:
        line = app.query_one(RtlInput)
        line.ask("", "قصف")
        await pilot.press("right")
        assert line.cursor == 2
        await pilot.press("left")
        assert line.cursor == 3
        line.ask("", "abc")
        await pilot.press("left")
        assert line.cursor == 2


async def test_editing_keys_change_the_value() -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)) as pilot:
        line = app.query_one(RtlInput)
        line.ask("", "قصف المدينة")
        await pilot.press("ctrl+w")
        assert line.value == "قصف "
        await pilot.press("backspace", "backspace", "home", "delete")
        assert line.value == "ص"
        await pilot.press("ctrl+u")
        assert line.value == ""


async def test_backspace_takes_a_mark_before_its_letter() -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)) as pilot:
        line = app.query_one(RtlInput)
        line.ask("", "كِ")
        await pilot.press("backspace")
        assert line.value == "ك"


@pytest.mark.parametrize("value", ["[bold]x[/]", "\x1b[31m", "\u202eabc", "ه\u200dم"])
async def test_nothing_that_a_terminal_obeys_is_drawn(value: str) -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)):
        app.query_one(RtlInput).ask("find: ", value)
        drawn = shown(app)
        assert not any(c in drawn for c in "\x1b\u202e\u200d")
        assert len(drawn) == 40


async def test_a_line_longer_than_its_room_keeps_the_cursor_in_view() -> None:
    app = Asking()
    async with app.run_test(size=(20, 3)) as pilot:
        line = app.query_one(RtlInput)
        line.ask("", "أول " + "كلمة " * 20 + "آخر")
        assert visual("آخر") in shown(app)
        await pilot.press("home")
        assert visual("أول") in shown(app)


async def test_pasted_lines_become_one() -> None:
    app = Asking()
    async with app.run_test(size=(40, 3)):
        line = app.query_one(RtlInput)
        line.insert("a")
        from textual.events import Paste

        line.on_paste(Paste("b\nc\td"))
        assert line.value == "ab c d"
