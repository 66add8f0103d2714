"""Layout: what holds for every text, and what a reader sees."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from curate.model.span import Span
from curate.text.bidi import inverse, line_levels, resolved, visual_order
from curate.text.cells import kinds_of
from curate.text.layout import Direction, Glyph, Layout, Line, Run, cell_width, height, visual
from tests.text.mixed import splits, texts, thorough, widths

VISIBLE_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2\U000110bd\U000110cd"

layouts = st.builds(
    Layout,
    texts,
    widths,
    splits=splits,
    marks=st.booleans(),
    direction=st.sampled_from(["auto", "rtl", "ltr"]),
    reorder=st.sampled_from([True, True, True, False]),
)


def is_harmless(drawn: str) -> bool:
    """Whether no control, no invisible format and nothing of unknown width is among it."""
    return not any(
        character not in VISIBLE_FORMATS
        and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        for character in drawn
    ) and not re.search("[\ufe00-\ufe0f]", drawn)


def row(text: str, width: int = 80, *, direction: Direction = "auto") -> str:
    """The first row as the terminal gets it."""
    return Layout(text, width, direction=direction).row_text(0)


def nominal(drawn: str) -> str:
    """What is drawn, with letters in place of their forms."""
    return unicodedata.normalize("NFKC", drawn)


def cells(glyph: Glyph) -> range:
    return range(glyph.cell, glyph.cell + glyph.width)


def glyphs(layout: Layout) -> list[tuple[int, Glyph]]:
    """Every glyph with its row."""
    return [(number, glyph) for number, line in enumerate(layout.lines) for glyph in line.glyphs]


# --- what holds for every text


@pytest.mark.slow
@thorough
@given(layouts)
def test_every_code_point_is_in_exactly_one_cluster(layout: Layout) -> None:
    position = 0
    while position < len(layout.text):
        cluster = layout.cluster(position)
        assert cluster.start == position
        assert {layout.cluster(i) for i in range(cluster.start, cluster.end)} == {cluster}
        assert layout.next_cluster(position) == cluster.end
        assert layout.previous_cluster(cluster.end) == position
        position = cluster.end
    assert position == len(layout.text)


@pytest.mark.slow
@thorough
@given(layouts)
def test_every_cluster_is_drawn_once_unless_it_hangs_beyond_the_view(layout: Layout) -> None:
    shown = [Span(glyph.start, glyph.end) for _, glyph in glyphs(layout)]
    assert len(shown) == len(set(shown))
    assert all(layout.cluster(span.start) == span for span in shown)
    covered = {i for span in shown for i in range(span.start, span.end)}
    for line in layout.lines:
        missing = [i for i in range(line.start, line.end) if i not in covered]
        if missing:
            assert missing == list(range(missing[0], line.end)), "only the end of a row is left out"
            assert set(kinds_of(layout.text)[missing[0] : line.end]) <= set("sbfio")
            assert line.width == layout.width


@pytest.mark.slow
@thorough
@given(layouts)
def test_a_cell_leads_to_its_code_point_and_back(layout: Layout) -> None:
    for number, glyph in glyphs(layout):
        for cell in cells(glyph):
            assert layout.hit(number, cell) == glyph.start
        for offset in range(glyph.start, glyph.end):
            assert layout.cell_of(offset) == (number, glyph.cell)


@pytest.mark.slow
@thorough
@given(layouts, st.integers(-2, 100), st.integers(-3, 70))
def test_any_point_of_the_view_leads_into_its_row(layout: Layout, number: int, cell: int) -> None:
    offset = layout.hit(number, cell)
    line = layout.lines[min(max(number, 0), layout.height - 1)]
    assert line.start <= offset <= line.end
    if line is not layout.lines[-1]:
        assert offset < line.end


@pytest.mark.slow
@thorough
@given(layouts)
def test_every_offset_has_a_cell_in_the_view(layout: Layout) -> None:
    for offset in range(len(layout.text) + 1):
        number, cell = layout.cell_of(offset)
        assert 0 <= number < layout.height
        assert 0 <= cell < layout.width


@pytest.mark.slow
@thorough
@given(layouts)
def test_rows_cover_the_text_without_gap(layout: Layout) -> None:
    assert layout.lines[0].start == 0
    assert layout.lines[-1].end == len(layout.text)
    assert all(a.end == b.start for a, b in pairwise(layout.lines))
    if layout.text:
        assert all(line.start < line.end for line in layout.lines)


@pytest.mark.slow
@thorough
@given(layouts)
def test_no_row_is_wider_than_the_view_and_no_cell_is_used_twice(layout: Layout) -> None:
    for line in layout.lines:
        assert line.width <= layout.width
        used = [cell for glyph in line.glyphs for cell in cells(glyph)]
        left = layout.width - line.width if line.rtl and layout._reorder else 0
        assert used == list(range(left, left + line.width))


@pytest.mark.slow
@thorough
@given(layouts)
def test_rows_are_broken_as_one_would_by_hand(layout: Layout) -> None:
    assert [line.start for line in layout.lines] == by_hand(layout)


def by_hand(layout: Layout) -> list[int]:
    """Where rows start: cluster by cluster, back to the last space when a letter does not fit."""
    starts, used, after_space = [0], 0, None
    clusters = clusters_of(layout)
    for i, cluster in enumerate(clusters):
        kinds = kinds_of(cluster.of(layout.text)).strip("io")
        width = cell_width(cluster.of(layout.text))
        if i and "b" in kinds_of(clusters[i - 1].of(layout.text)):
            starts, used, after_space = [*starts, cluster.start], 0, None
        if kinds[:1] not in {"", "s", "b"} and used + width > layout.width - 1:
            if after_space is not None:
                starts.append(clusters[after_space].start)
                used = sum(cell_width(c.of(layout.text)) for c in clusters[after_space:i])
                after_space = None
            if used and used + width > layout.width - 1:
                starts, used = [*starts, cluster.start], 0
        used += width
        if kinds[:1] in {"", "s"}:
            after_space = i + 1
    return starts


def clusters_of(layout: Layout) -> list[Span]:
    found, position = [], 0
    while position < len(layout.text):
        found.append(layout.cluster(position))
        position = found[-1].end
    return found


@pytest.mark.slow
@thorough
@given(layouts, st.integers(0, 89), st.integers(1, 40))
def test_runs_are_exactly_the_cells_of_a_span(layout: Layout, start: int, length: int) -> None:
    end = min(start + length, len(layout.text))
    if start >= end:
        return
    span = Span(start, end)
    found = layout.runs(span)
    wanted = {
        (number, cell)
        for number, glyph in glyphs(layout)
        if span.overlaps(Span(glyph.start, glyph.end))
        for cell in cells(glyph)
    }
    counted = [(run.row, cell) for run in found for cell in range(run.start, run.end)]
    assert len(counted) == len(set(counted))
    assert set(counted) == wanted
    assert found == sorted(found, key=lambda run: (run.row, run.start))
    assert all(a.row != b.row or a.end < b.start for a, b in pairwise(found)), "runs are whole"


@pytest.mark.slow
@thorough
@given(layouts)
def test_nothing_that_a_terminal_could_obey_is_drawn(layout: Layout) -> None:
    for _, glyph in glyphs(layout):
        assert glyph.text
        assert is_harmless(glyph.text)


@pytest.mark.slow
@thorough
@given(layouts)
def test_textual_counts_the_cells_as_we_do(layout: Layout) -> None:
    for number, line in enumerate(layout.lines):
        assert all(cell_len(glyph.text) == glyph.width for glyph in line.glyphs)
        assert cell_len(layout.row_text(number)) == line.width


@pytest.mark.slow
@thorough
@given(texts, widths, splits, st.booleans())
def test_the_fast_height_is_the_height(
    text: str, width: int, splits: frozenset[int], reorder: bool
) -> None:
    layout = Layout(text, width, splits=splits, reorder=reorder)
    assert height(text, width, splits=splits, reorder=reorder) == layout.height


@pytest.mark.slow
@thorough
@given(texts, st.sampled_from([0, 1]))
def test_one_long_row_has_the_order_of_the_algorithm(text: str, base: int) -> None:
    """Seen without the code points that are never drawn, a row is UAX #9 and nothing else."""
    text = "".join(c for c in text if kinds_of(c) != "b")
    place = inverse(visual_order(line_levels(resolved(text, base), 0, len(text))))
    line = Layout(text, 500, direction="rtl" if base else "ltr").lines[0]
    drawn = [glyph.start for glyph in line.glyphs if glyph.end - glyph.start == 1]
    assert drawn == sorted(drawn, key=place.__getitem__)


@pytest.mark.slow
@thorough
@given(texts, st.integers(0, 60), st.booleans())
def test_a_label_fits_and_keeps_its_logical_beginning(text: str, width: int, reorder: bool) -> None:
    label = visual(text, width=width, reorder=reorder)
    whole = visual(text, reorder=reorder)
    assert cell_len(label) <= width
    assert is_harmless(label)
    if cell_len(whole) <= width:
        assert label == whole
    elif width:
        assert "…" in label
        assert cell_len(label) >= width - 1


# --- what a reader sees; forms are compared as the letters they stand for


def test_arabic_runs_from_the_right_edge() -> None:
    layout = Layout("سلام", 10)
    assert nominal(layout.row_text(0)) == "ملاس"
    assert layout.lines[0].glyphs[-1] == Glyph("\ufeb3", 0, 1, 9, 1)
    assert layout.rtl


def test_latin_text_runs_from_the_left_edge() -> None:
    layout = Layout("Beirut", 10)
    assert layout.lines[0].glyphs[0] == Glyph("B", 0, 1, 0, 1)
    assert not layout.rtl


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("قال (نعم)", "(معن) لاق"),
        ("قال «نعم».", ".«معن» لاق"),
        ("وكالة NATO-7 قالت", "تلاق NATO-7 ةلاكو"),
        ("بنسبة 25% فقط", "طقف %25 ةبسنب"),
        ("ثمن $300", "300$ نمث"),
        ("بين 1990-2000", "2000-1990 نيب"),
        ("يوم 2024/05/06", "2024/05/06 موي"),
        ("نحو ٣٫٥ في المئة", "ةئملا يف ٣٫٥ وحن"),
        ("قرار (UN) جديد", "ديدج (UN) رارق"),
        ("He said «سلام» twice", "He said «ملاس» twice"),
    ],
)
def test_a_row_reads_as_printed(text: str, seen: str) -> None:
    assert nominal(row(text)) == seen


def test_marks_stay_on_their_letter() -> None:
    drawn = [glyph.text for glyph in Layout("كِتَابٌ", 10).lines[0].glyphs]
    assert drawn == ["\ufe8f\u064c", "\ufe8e", "\ufe98\u064e", "\ufedb\u0650"]


def test_hidden_marks_leave_the_cells_as_they_are() -> None:
    shown, hidden = (Layout("كِتَابٌ", 10, marks=marks).lines[0] for marks in (True, False))
    assert [glyph.text for glyph in hidden.glyphs] == ["\ufe8f", "\ufe8e", "\ufe98", "\ufedb"]
    assert [glyph[1:] for glyph in hidden.glyphs] == [glyph[1:] for glyph in shown.glyphs]


def test_a_mark_without_a_letter_sits_on_a_dotted_circle() -> None:
    assert row("\u064e ب") == "\ufe8f ◌\u064e"
    assert row("ب \u064e") == "◌\u064e \ufe8f"


def test_a_heap_of_marks_is_not_drawn_to_its_top() -> None:
    assert Layout("ب" + "\u0651" * 500, 10).lines[0].glyphs[0].text == "\ufe8f" + "\u0651" * 8


def test_lam_alef_is_one_cell_unless_a_span_ends_in_it() -> None:
    joined, apart = Layout("لأحمد", 10), Layout("لأحمد", 10, splits=frozenset({1}))
    assert (joined.lines[0].width, apart.lines[0].width) == (4, 5)
    assert apart.runs(Span(0, 1)) == [Run(0, 9, 10)]
    assert apart.runs(Span(1, 5)) == [Run(0, 5, 9)]
    assert joined.runs(Span(0, 1)) == [Run(0, 9, 10)]


def test_a_span_across_a_direction_change_is_torn_in_two() -> None:
    text = "قال إن NATO وافقت"
    span = Span(text.index("إن"), text.index("TO"))
    assert Layout(text, 18).runs(span) == [Run(0, 7, 9), Run(0, 11, 14)]


def test_rows_are_broken_in_logical_order_and_one_column_stays_free() -> None:
    layout = Layout("من بيروت إلى دمشق", 9)
    assert [nominal(layout.row_text(i)).strip() for i in range(layout.height)] == [
        "توريب نم",
        "قشمد ىلإ",
    ]
    assert layout.lines[0].width == 9, "the space it was broken at hangs in the free column"


def test_a_word_longer_than_the_view_is_broken_by_force() -> None:
    assert [line.width for line in Layout("ا" * 10, 5).lines] == [4, 4, 2]


def test_a_line_end_ends_the_row() -> None:
    layout = Layout("باب\r\nدار\n\nfin", 20)
    assert [(line.start, line.end) for line in layout.lines] == [(0, 5), (5, 9), (9, 10), (10, 13)]
    assert [line.rtl for line in layout.lines] == [True, True, True, False]
    assert layout.cluster(3) == Span(3, 5)


def test_the_cursor_at_the_end_stands_after_the_last_letter() -> None:
    assert Layout("باب", 10).cell_of(3) == (0, 6)
    assert Layout("abc", 10).cell_of(3) == (0, 3)
    assert Layout("", 10).cell_of(0) == (0, 9)
    assert Layout("", 10, direction="ltr").cell_of(0) == (0, 0)


def test_beyond_the_text_lies_the_end_or_the_start_of_the_row() -> None:
    arabic, latin = Layout("باب دار", 6), Layout("abc def", 6)
    assert [arabic.hit(0, 0), arabic.hit(1, 0), arabic.hit(9, 5)] == [3, 7, 4]
    assert [latin.hit(0, 5), latin.hit(1, 5), latin.hit(-9, 0)] == [3, 7, 0]


def test_in_logical_order_the_end_of_a_row_is_on_the_right() -> None:
    layout = Layout("باب", 10, reorder=False)
    assert [layout.hit(0, cell) for cell in (0, 2, 3, 9)] == [0, 2, 3, 3]
    assert layout.cell_of(3) == (0, 3)


def test_left_as_it_is_for_a_terminal_that_does_the_rest() -> None:
    layout = Layout("لا (نعم)", 20, reorder=False)
    assert layout.row_text(0) == "لا (نعم)"
    assert layout.lines[0].glyphs[0].cell == 0
    assert layout.rtl


def test_controls_are_seen_and_bidi_controls_are_not() -> None:
    assert row("a\x1b[31mb\x00\x7f\x9b\u202ecd", 40) == "a␛[31mb␀␡\ufffddc"
    assert row("ه\u200dم\u200f", 40) == "\ufee2\ufeeb"


def test_markup_is_nothing_but_letters() -> None:
    assert visual("[bold]x[/b]") == "[bold]x[/b]"


def test_an_override_cannot_reach_beyond_its_paragraph() -> None:
    layout = Layout("\u202eab\ncd", 10, direction="ltr")
    assert [layout.row_text(i).strip() for i in (0, 1)] == ["ba", "cd"]


def test_emoji_take_two_cells_and_lose_their_joiners() -> None:
    layout = Layout("👩🏽\u200d🚒❤\ufe0f🇱🇧", 20)
    assert [(g.text, g.width) for g in layout.lines[0].glyphs] == [
        ("👩", 2), ("🚒", 2), ("❤", 1), ("Ⓛ", 1), ("Ⓑ", 1),
    ]  # fmt: skip


def test_the_direction_of_a_text_without_letters_can_be_imposed() -> None:
    assert Layout("12", 10).lines[0].glyphs[0].cell == 8
    assert Layout("12", 10, direction="ltr").lines[0].glyphs[0].cell == 0
    assert row("ab باب", direction="rtl") == "\ufe8f\ufe8e\ufe91 ab"


def test_a_cropped_label_loses_its_logical_end() -> None:
    assert visual("وزارة الخارجية", width=7)[0] == "…"
    assert nominal(visual("وزارة الخارجية", width=7)[1:]) == " ةرازو"
    assert visual("Foreign ministry", width=8) == "Foreign…"
    assert visual("باب", width=3) == "\ufe8f\ufe8e\ufe91"
    assert visual("باب", width=1) == "…"
    assert visual("باب", width=0) == ""


def test_the_label_of_a_long_text_is_that_of_its_beginning() -> None:
    assert visual("باب " * 5000, width=9) == visual("باب باب باب", width=9)
    marks = "\u0651" * 3000
    assert visual(f"ب{marks} دار", width=5) == visual("ب" + marks[:8] + " دار", width=5)
    assert len(visual("ab " * 1000)) == 3000


def test_a_label_is_one_line() -> None:
    assert visual("a\nb\r\nc\vd\u2028e") == "a↵b↵↵c␋d↵e"


def test_offsets_outside_the_text_are_refused() -> None:
    with pytest.raises(IndexError, match="offset 3 is outside"):
        Layout("باب", 10).cluster(3)


def test_rows_can_be_sliced() -> None:
    lines = Layout("a b c d", 2).lines
    assert [line.start for line in lines[1:3]] == [2, 4]
    assert lines[-1].start == 6


def test_an_empty_text_has_one_empty_row() -> None:
    assert list(Layout("", 10).lines) == [Line(0, 0, (), 0, rtl=True)]
    assert height("", 10) == 1
