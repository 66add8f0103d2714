from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from curate.text.layout import visual
from curate.tui.widgets.cells import Manner
from curate.tui.widgets.sheet import Part, Row, Sheet


class Showing(App[None]):
    def compose(self) -> ComposeResult:
        yield Sheet()


def line(app: Showing, y: int = 0) -> str:
    return "".join(segment.text for segment in app.query_one(Sheet).render_line(y))


async def test_rows_begin_at_the_left_or_at_the_right() -> None:
    app = Showing()
    async with app.run_test(size=(20, 4)):
        sheet = app.query_one(Sheet)
        row = Row((Part("1 "), Part("قصف")), (Part("end"),))
        sheet.show([row])
        assert line(app) == f"1 {visual('قصف')}            end"
        sheet.show([row], rtl=True)
        assert line(app) == f"end            {visual('قصف')} 1"


async def test_what_is_said_runs_as_the_sheet_does_whatever_letter_comes_first() -> None:
    app = Showing()
    async with app.run_test(size=(20, 4)):
        sheet = app.query_one(Sheet)
        asked, quoted = Part("قصف: type?"), Part("قصف: 3", "quote")
        sheet.show([Row((asked,))])
        assert line(app).strip() == f"{visual('قصف')}: type?"
        sheet.show([Row((quoted,))])
        assert line(app).strip() == visual("قصف: 3")
        sheet.show([Row((Part("GPE نوع؟"),))], rtl=True)
        assert line(app).strip() == f"؟{visual('نوع')} GPE"


async def test_a_terminal_that_reorders_gets_the_row_as_it_is_read() -> None:
    class Logical(App[None]):
        def compose(self) -> ComposeResult:
            yield Sheet(manner=Manner(reorder=False))

    app = Logical()
    async with app.run_test(size=(30, 4)):
        sheet = app.query_one(Sheet)
        sheet.show([Row((Part("المقطع 3 "), Part("مسودة")), (Part("محفوظ"),))], rtl=True)
        shown = "".join(segment.text for segment in sheet.render_line(0))
        assert shown == f"المقطع 3 مسودة{' ' * 11}محفوظ"


async def test_a_row_in_view_stays_in_view_with_little_scrolling() -> None:
    app = Showing()
    async with app.run_test(size=(20, 4)):
        sheet = app.query_one(Sheet)
        sheet.styles.height = 4
        rows = [Row((Part(f"row {n}"),)) for n in range(20)]
        sheet.show(rows, keep=9)
        assert [line(app, y).strip() for y in range(4)] == ["row 6", "row 7", "row 8", "row 9"]
        sheet.show(rows, keep=8)
        assert sheet.top == 6
        sheet.scroll_rows(100)
        assert sheet.top == 16


async def test_a_click_means_its_part_or_its_row() -> None:
    app = Showing()
    async with app.run_test(size=(20, 4)):
        sheet = app.query_one(Sheet)
        sheet.show([Row((Part("one "), Part("two", target="second")), target="row")])
        assert sheet.target_at(1, 0) == "row"
        assert sheet.target_at(5, 0) == "second"
        assert sheet.target_at(1, 2) is None


async def test_every_row_fills_its_width_exactly() -> None:
    app = Showing()
    async with app.run_test(size=(30, 4)):
        sheet = app.query_one(Sheet)

        @settings(max_examples=150, deadline=None)
        @given(
            st.lists(st.text("قصف ab[]\x1b\u202e\u200d1٢ ِ", max_size=20), max_size=5),
            st.lists(st.text("نعم x?", max_size=8), max_size=2),
            st.booleans(),
        )
        def check(parts: list[str], ends: list[str], rtl: bool) -> None:
            sheet.show([Row(tuple(map(Part, parts)), tuple(map(Part, ends)))], rtl=rtl)
            shown = line(app)
            assert cell_len(shown) == 30
            assert not any(c in shown for c in "\x1b\u202e\u200d")

        check()
