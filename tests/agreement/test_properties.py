"""What holds of agreement whatever was annotated."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.agreement.alpha import alpha, alpha_of_sums, interval, ordinal, sums_by_document
from curate.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, percent, scott_pi
from curate.agreement.collect import Selection, collect
from curate.agreement.compare import Key, Sums, compare_events, compare_mentions
from curate.agreement.events import Event, Filler, align
from curate.agreement.intervals import Drawing
from curate.agreement.ratings import ratings
from curate.agreement.report import MEASURES, report
from curate.agreement.score import NotComputable
from curate.agreement.showing import as_json, table
from curate.agreement.spans import Marked
from curate.agreement.states import DocumentWork, Work
from curate.model.annotation import Status
from curate.model.span import Span
from tests.small import TEXT, small_schema
from tests.strategies import annotations_of

LABELS = ("a", "b", "c")
cells = st.none() | st.sampled_from(LABELS)
tables = st.integers(2, 4).flatmap(
    lambda wide: st.lists(st.lists(cells, min_size=wide, max_size=wide), max_size=12)
)
spans = st.builds(
    lambda start, length, label: Marked(start, start + length, label),
    st.integers(0, 12), st.integers(1, 5), st.sampled_from(LABELS),
)  # fmt: skip
marks = st.sets(spans, max_size=6).map(sorted)
fillers = st.builds(
    lambda role, start, length: Filler(role, start, start + length),
    st.sampled_from(["p", "q"]), st.integers(0, 6), st.integers(1, 3),
)  # fmt: skip
events = st.lists(
    st.builds(
        lambda mark, of, value: Event(
            mark.start, mark.end, mark.label, tuple(sorted(of)), (("tense", value),)
        ),
        spans, st.sets(fillers, max_size=3), st.sampled_from(["past", "other"]),
    ),
    max_size=5,
)  # fmt: skip


def sums_of(first: list[Event], second: list[Event]) -> Sums:
    """The events of two annotators, added up."""
    sums: Sums = {}
    compare_events(sums, first, second, None)
    return sums


def turned(sums: Sums) -> Sums:
    """The same with the annotators the other way round."""
    return {key: [matched, second, first] for key, (matched, first, second) in sums.items()}


def nearly(sums: Sums) -> dict[Key, object]:
    """Compares sums of Dice as what they are, sums of fractions."""
    return {key: pytest.approx(values) for key, values in sums.items()}


@given(tables)
def test_coefficients_do_not_ask_who_comes_first(rows: list[list[str | None]]) -> None:
    one, other = ratings(rows, LABELS), ratings([row[::-1] for row in rows], LABELS)
    measures = [fleiss_kappa, gwet_ac1, alpha]
    if one.annotators == 2:
        measures += [cohen_kappa, scott_pi]
    for measure in measures:
        assert measure(one).value == approximately(measure(other).value)
    assert percent(one) == approximately(percent(other))


@given(tables, st.permutations(["x", "y", "z"]))
def test_coefficients_do_not_ask_what_labels_are_called(
    rows: list[list[str | None]], names: list[str]
) -> None:
    called = dict(zip(LABELS, names, strict=True))
    renamed = [[None if cell is None else called[cell] for cell in row] for row in rows]
    one, other = ratings(rows, LABELS), ratings(renamed, names)
    for measure in (fleiss_kappa, gwet_ac1, alpha):
        assert measure(one).value == approximately(measure(other).value)


@given(tables, st.lists(st.sampled_from(LABELS), max_size=5))
def test_items_with_one_rating_change_nothing_in_alpha(
    rows: list[list[str | None]], singles: list[str]
) -> None:
    more = [[label, None] for label in singles]
    assert alpha(ratings([*rows, *more], LABELS)).value == approximately(
        alpha(ratings(rows, LABELS)).value
    )


@given(st.lists(st.lists(st.integers(1, 5), min_size=2, max_size=2), min_size=1, max_size=15))
def test_alpha_of_two_complete_annotators_follows_from_pi(rows: list[list[int]]) -> None:
    of = ratings(rows)
    pi, found = scott_pi(of).value, alpha(of).value
    if isinstance(pi, NotComputable) or isinstance(found, NotComputable):
        assert isinstance(found, NotComputable) == isinstance(pi, NotComputable)
        return
    assert 1 - found == pytest.approx((1 - pi) * (1 - 1 / (2 * len(rows))))


@given(st.lists(st.lists(st.integers(1, 2), min_size=3, max_size=3), min_size=1, max_size=15))
def test_distances_make_no_difference_between_two_labels(rows: list[list[int]]) -> None:
    of = ratings(rows)
    for distance in (ordinal, interval):
        assert alpha(of, distance).value == approximately(alpha(of).value)


@given(tables, st.data())
def test_sums_of_documents_make_the_alpha_of_all(
    rows: list[list[str | None]], data: st.DataObject
) -> None:
    import numpy as np

    of = ratings(rows, LABELS)
    where = data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows)))
    found = float(alpha_of_sums(sums_by_document(of, np.array(where, dtype=int), 3).sum(axis=0)))
    expected = alpha(of).value
    if isinstance(expected, NotComputable):
        assert np.isnan(found)
    else:
        assert found == pytest.approx(expected)


@given(marks, marks)
def test_mentions_are_compared_the_same_from_either_side(
    first: list[Marked], second: list[Marked]
) -> None:
    one: Sums = {}
    other: Sums = {}
    compare_mentions(one, first, second, None)
    compare_mentions(other, second, first, None)
    assert turned(one) == nearly(other)


@given(marks, marks)
def test_relaxed_mentions_agree_at_least_as_much_as_exact_ones(
    first: list[Marked], second: list[Marked]
) -> None:
    sums: Sums = {}
    compare_mentions(sums, first, second, None)
    if sums:
        exact, part, whole = (
            sums[Key(m)][0] for m in ("mentions", "mentions_dice", "mentions_overlap")
        )
        assert exact <= part + 1e-9
        assert part <= whole + 1e-9


@given(events, events)
def test_events_are_compared_the_same_from_either_side(
    first: list[Event], second: list[Event]
) -> None:
    assert turned(sums_of(first, second)) == nearly(sums_of(second, first))


@given(events, events)
def test_events_do_not_ask_what_types_and_roles_are_called(
    first: list[Event], second: list[Event]
) -> None:
    def renamed(of: list[Event]) -> list[Event]:
        return [
            e._replace(
                type={"a": "z", "b": "y", "c": "x"}[e.type],
                fillers=tuple(sorted(f._replace(role={"p": "2", "q": "1"}[f.role])
                                     for f in e.fillers)),
            )
            for e in of
        ]  # fmt: skip

    one, other = sums_of(first, second), sums_of(renamed(first), renamed(second))
    for measure in MEASURES:
        assert one.get(Key(measure)) == pytest.approx(other.get(Key(measure)))


@given(events, events)
def test_what_asks_for_more_never_agrees_more(first: list[Event], second: list[Event]) -> None:
    sums = {key.measure: values[0] for key, values in sums_of(first, second).items()
            if not key.label}  # fmt: skip
    if not sums:
        return
    for more, less in (
        ("tri_c", "tri_i"),
        ("tri_i", "tri_i_dice"),
        ("tri_c", "tri_c_dice"),
        ("tri_c_dice", "tri_c_overlap"),
        ("arg_c", "arg_i"),
        ("arg_c_attached", "arg_c"),
        ("arg_i_attached", "arg_i"),
        ("arg_c_attached", "arg_c_attached_overlap"),
        ("frames_exact", "tri_c"),
    ):
        assert sums[more] <= sums[less] + 1e-9, (more, less)


@given(events)
def test_whoever_says_the_same_agrees_in_everything(said: list[Event]) -> None:
    for key, (matched, first, second) in sums_of(said, said).items():
        assert matched == pytest.approx(first), key
        assert first == second


@given(events, events)
def test_every_event_is_paired_once_or_left_over(first: list[Event], second: list[Event]) -> None:
    found = align(first, second)
    assert sorted([one for one, _ in found.pairs] + list(found.only_first)) == sorted(first)
    assert sorted([other for _, other in found.pairs] + list(found.only_second)) == sorted(second)
    assert all(one.start < other.end and other.start < one.end for one, other in found.pairs)


@given(st.data())
def test_a_report_of_any_work_has_a_figure_or_a_reason_everywhere(data: st.DataObject) -> None:
    item = Span(0, len(TEXT))
    said = [
        replace(
            data.draw(annotations_of(small_schema(), TEXT, item)),
            annotator=name,
            status=data.draw(st.sampled_from([Status.DONE, Status.DONE, Status.SKIPPED])),
        )
        for name in ("ann", "bea", "cem")
    ]
    found = report(
        collect([DocumentWork("d", tuple(map(Work, said)))], Selection()), Drawing(resamples=10)
    )
    assert json.loads(json.dumps(as_json(found), allow_nan=False))["items"] == found.items
    assert table(found)
    for figure in found.figures.values():
        assert isinstance(figure.value, NotComputable) or 0 <= figure.value <= 1 + 1e-9


def approximately(value: object) -> object:
    """Equal but for rounding; reasons exactly."""
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value
