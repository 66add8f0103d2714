from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.text.layout import Layout, visual
from curate.tui.scene import Look, Mark
from curate.tui.widgets.blocks import Blocks
from curate.tui.widgets.passage import Passage
from tests.small import TEXT, span
from tests.tui.projects import HOSTILE, SECOND, long_document, long_project, project_of
from tests.tui.watching import LARGE, SMALL, annotate, cells, press, rows, workbench

if TYPE_CHECKING:
    from pathlib import Path

ROW = 1
"""The row of the screen that shows the first line of the first item."""


def column(words: str, offset: int = 0, width: int = 77) -> int:
    """The screen column of a letter of the first item in a small terminal."""
    return Layout(TEXT, width).cell_of(span(words).start + offset)[1] + 1


async def test_a_drag_selects_both_end_cells(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        passage = annotate(pilot).passage
        await pilot.mouse_down(Passage, offset=(column("بلدة"), 0))
        await pilot.hover(Passage, offset=(column("الريحانية", 8), 0))
        await pilot.mouse_up(Passage, offset=(column("الريحانية", 8), 0))
        assert passage.selection == span("بلدة الريحانية")


async def test_a_drag_from_the_left_selects_the_same(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        passage = annotate(pilot).passage
        await pilot.mouse_down(Passage, offset=(column("الريحانية", 8), 0))
        await pilot.hover(Passage, offset=(column("بلدة"), 0))
        await pilot.mouse_up(Passage, offset=(column("بلدة"), 0))
        assert passage.selection == span("بلدة الريحانية")


async def test_a_double_click_selects_the_word(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await pilot.click(Passage, offset=(column("صباحا", 2), 0), times=2)
        assert annotate(pilot).passage.selection == span("صباحا")


async def test_a_click_puts_the_focus_on_a_mention_and_on_a_card(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        screen = annotate(pilot)
        await pilot.click(Passage, offset=(column("الناطق", 1), 0))
        assert screen.editor.focused().span == span("الناطق")
        await pilot.click("#cards", offset=(5, 2))
        assert screen.editor.focused().span == span("قصفت")


async def test_copying_gives_the_text_in_logical_order(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        annotate(pilot).passage.select(span("بلدة الريحانية"))
        await press(pilot, "ctrl+c")
        assert pilot.app.clipboard == "بلدة الريحانية"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_hostile_text_can_neither_crash_restyle_nor_reorder_the_screen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    with project_of(tmp_path / "h.curate", HOSTILE) as project:
        session = Annotating(project, "a1")
        word = HOSTILE.index("الناطق")
        mention = session.add_mention(Span(word - len("[bold]"), word + 12), "Group")
        frame = session.add_frame("Speech", Span(0, 3))
        session.set_note("[red]x[/] \x1b]0;owned\x07")
        async with workbench(session).run_test(size=size) as pilot:
            screen = annotate(pilot)
            screen.editor.focus = screen.editor.atoms.find(mention)
            screen.draw()
            await press(pilot, "w", "tab", "1", "escape", "t", "escape", "n")
            shown = "\n".join(rows(pilot))
            assert screen.editor.atoms.find(frame) is not None
        assert "[bold]" in shown or "]dlob[" in shown
        assert not any(c in shown for c in "\x1b\x07\u202e\u202c\u200d\u200f")
        assert all(cell_len(row) == size[0] for row in shown.split("\n"))


async def test_no_attribute_of_a_cell_comes_from_markup_in_the_text(tmp_path: Path) -> None:
    with project_of(tmp_path / "h.curate", "قال [bold]نص[/bold] [red]آخر[/red]") as project:
        async with workbench(Annotating(project, "a1")).run_test(size=SMALL) as pilot:
            styles = {style for _, style in cells(pilot, ROW)[20:78]}
            assert len(styles) == 1


@pytest.fixture
def without_colour() -> None:
    os.environ["NO_COLOR"] = "1"


async def test_kinds_of_spans_differ_without_colour(
    session: Annotating, without_colour: None
) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        await press(pilot, "enter", "escape")
        text = cells(pilot, ROW)
        under = cells(pilot, ROW + 1)

        def drawn(words: str) -> tuple[bool, bool, str]:
            """Underlined, bold, and what stands under the word."""
            at = Layout(TEXT, 77).runs(span(words))[0]
            style = text[at.start + 1][1]
            assert style is not None
            labels = "".join(c for c, _ in under[at.start + 1 : at.end + 1])
            return bool(style.underline), bool(style.bold), labels

        mention = drawn("المدفعية")
        trigger = drawn("قصفت")
        candidate = drawn("القصف")
        assert mention[:2] == (True, False)
        assert trigger[:2] == (True, True)
        assert candidate[:2] == (False, True)
        assert "─" in mention[2]
        assert "?" not in mention[2] + trigger[2]
        assert "?" in candidate[2]
        assert {c.color for _, c in text if c and c.color} <= {
            c.color for _, c in text if c and c.color and _is_grey(c.color.triplet)
        }


def _is_grey(triplet: tuple[int, int, int] | None) -> bool:
    return triplet is None or len(set(triplet)) == 1


async def test_only_the_rows_of_the_item_are_drawn_again_for_a_key(session: Annotating) -> None:
    async with workbench(session).run_test(size=SMALL) as pilot:
        passage = annotate(pilot).passage
        drawn: list[int] = []
        paint = passage.render_line

        def counted(y: int) -> object:
            drawn.append(y)
            return paint(y)

        passage.render_line = counted  # type: ignore[assignment,method-assign]  # to count
        await press(pilot, "left")
        drawn.clear()
        await press(pilot, "left", "shift+left", "escape", "tab")
        assert set(drawn) == {0, 1}


# ---------------------------------------------------------------------- blocks


def blocks(width: int = 60, item: int = 3, sentences: int = 40) -> Blocks:
    document, _ = long_document(sentences)
    return Blocks(document, document.sentences[item].span, width)


def test_settling_keeps_what_the_top_row_shows() -> None:
    made = blocks(sentences=300)
    top = 150
    before = made.place(top).block
    moved = made.settle(top, 30)
    shown = {made.place(top + moved + y).block for y in range(3)}
    assert before in shown or before + 1 in shown
    assert made.settle(top + moved, 30) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 90), st.integers(0, 39), st.data())
def test_every_letter_is_found_again_where_it_is_shown(
    width: int, item: int, data: st.DataObject
) -> None:
    made = blocks(width, item)
    text = made.document.text
    offset = data.draw(st.integers(0, len(text) - 1).filter(lambda n: not text[n].isspace()))
    made.settle(0, 100_000)
    row, cell = made.row_and_cell(offset)
    assert offset in made.hit(row, cell)
    place = made.place(row)
    assert (place.block, place.lane) == (made.block_of(offset), -1)


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 90), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6))
def test_heights_are_the_rows_that_are_there(width: int, spans: list[tuple[int, int]]) -> None:
    made = blocks(width, item=0, sentences=6)
    item = made.item
    marks = tuple(
        Mark(Span(start, min(start + length, item.end)), Look.MENTION, "Site", "#00aa00")
        for start, length in spans
        if start < item.end
    )
    made.set_marks(marks)
    made.settle(0, 10_000)
    places = [made.place(y) for y in range(made.total)]
    for block in range(len(made.sentences)):
        lines = [p.line for p in places if p.block == block and p.line >= 0 and p.lane < 0]
        assert lines == list(range(len(made.drawn(block).layout.lines)))
    labelled = [p for p in places if p.lane >= 0]
    assert {p.block for p in labelled} == {0}


def test_a_span_boundary_splits_a_lam_alef_only_in_the_item() -> None:
    text = "عاد لأحمد"
    document = Document("d", text, {}, (Sentence(Span(0, len(text))),))
    made = Blocks(document, Span(0, len(text)), 40)
    joined = made.drawn(0).layout.lines[0].width
    made.set_marks((Mark(Span(5, 9), Look.MENTION, "Group", "#a00"),))
    assert made.drawn(0).layout.lines[0].width == joined + 1


def test_a_document_without_sentences_is_one_block() -> None:
    document = Document("d", SECOND, {}, ())
    made = Blocks(document, Span(0, len(SECOND)), 20)
    made.settle(0, 50)
    assert made.total == made.drawn(0).rows


async def test_what_was_marked_in_other_items_is_underlined_in_the_context(tmp_path: Path) -> None:
    with open_project(long_project(tmp_path / "l.curate", 6)) as project:
        session = Annotating(project, "a1")
        async with workbench(session).run_test(size=(100, 30)) as pilot:
            await press(pilot, "a", "enter")
            first = session.project.store.items.first()
            assert first is not None
            said = {m.span for m in project.store.annotations.get(first.id, "a1").mentions}
            scene = annotate(pilot).passage._scene
            assert scene is not None
            assert said <= set(scene.around)
            word = visual(min(said).of(session.view.document.text))
            y = next(y for y, row in enumerate(rows(pilot)) if word in row)
            under = "".join(c for c, style in cells(pilot, y) if style and style.underline)
            assert word in under
