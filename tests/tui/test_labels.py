from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.tui.scene import Look, Mark
from curate.tui.widgets.cells import cells
from curate.tui.widgets.labels import MOST_LANES, Tag, lanes, pieces


def tag(x0: int, x1: int, label: str = "Site", **state: object) -> Tag:
    look = state.pop("look", Look.MENTION)
    assert isinstance(look, Look)
    return Tag(Mark(Span(x0, x1), look, label, "", **state), ((x0, x1),))  # type: ignore[arg-type]


def drawn(tags: list[Tag], width: int = 40) -> list[str]:
    found = []
    for lane in lanes(tags):
        row = [" "] * width
        for piece in pieces(lane, width, rtl=True):
            row[piece.x : piece.x + len(piece.text)] = piece.text
        found.append("".join(row).rstrip())
    return found


def test_confirmed_proposed_and_trigger_differ_in_shape() -> None:
    assert drawn([tag(0, 10)]) == ["╰──Site──╯"]
    assert drawn([tag(0, 10, proposed=True)]) == ["╰┄Site?┄┄╯"]
    assert drawn([tag(0, 10, look=Look.TRIGGER)]) == ["┗━━Site━━┛"]
    assert drawn([tag(0, 10, look=Look.TRIGGER, proposed=True)]) == ["┗┅Site?┅┅┛"]


def test_nested_spans_take_two_lines_the_inner_one_first() -> None:
    assert drawn([tag(0, 16, "Group"), tag(4, 12)]) == ["    ╰─Site─╯", "╰────Group─────╯"]


def test_a_label_wider_than_its_word_uses_free_cells_beside_it() -> None:
    assert drawn([tag(10, 12, "Group")]) == ["        Group"]


def test_a_label_without_room_is_cut() -> None:
    row = drawn([tag(0, 3, "Group"), tag(4, 7, "Group"), tag(8, 11, "Group")])[0]
    assert row.count("…") >= 2
    assert len(row) <= 14


def test_a_hint_stands_on_its_span() -> None:
    assert drawn([tag(0, 8, hint="f")]) == ["╰──f───╯"]
    assert drawn([tag(3, 5, hint="fj")]) == ["   fj"]


def test_a_span_that_goes_on_on_the_next_line_is_open_there() -> None:
    going_on = Tag(Mark(Span(0, 30), Look.MENTION, "Site", ""), ((0, 10),), ends=False)
    assert [p.text for p in pieces([going_on], 40, rtl=True)] == ["───Site──╯"]


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 20), st.booleans(), st.sampled_from(Look)),
        max_size=8,
    )
)
def test_pieces_never_overlap_and_stay_in_view(
    spans: list[tuple[int, int, bool, Look]],
) -> None:
    tags = [
        tag(x, min(x + n, 60), "Group", proposed=proposed, look=look)
        for x, n, proposed, look in spans
    ]
    spread = lanes(tags)
    assert len(spread) <= MOST_LANES
    for lane in spread:
        at = 0
        for piece in sorted(pieces(lane, 60, rtl=True), key=lambda p: p.x):
            assert piece.x >= at
            at = piece.x + cells(piece.text)
        assert at <= 60
