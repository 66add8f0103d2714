"""What the measures say where there is little or nothing to measure, by hand and by definition."""

from __future__ import annotations

import pytest

from curate.agreement.align import best_pairs
from curate.agreement.alpha import alpha, masi
from curate.agreement.chance import cohen_kappa, fleiss_kappa, gwet_ac1, percent, scott_pi
from curate.agreement.events import Event, Filler, ace_sets, align, attached, unattached
from curate.agreement.intervals import Drawing, Interval, bootstrap, f1_of_sums
from curate.agreement.ratings import ratings
from curate.agreement.score import NO_VARIATION, NOTHING_SHARED, NotComputable, Tally
from curate.agreement.spans import Marked, match, overlap, shared_part, strict


def event(start: int, end: int, kind: str = "Fire", *fillers: Filler, **attributes: str) -> Event:
    """A frame."""
    return Event(start, end, kind, tuple(sorted(fillers)), tuple(sorted(attributes.items())))


def test_one_label_alone_is_no_variation() -> None:
    of = ratings([["a", "a"], ["a", "a"]])
    assert percent(of) == 1
    for measure in (cohen_kappa, scott_pi, fleiss_kappa, gwet_ac1, alpha):
        assert measure(of).value == NO_VARIATION


def test_without_an_item_that_two_rated_there_is_no_figure() -> None:
    of = ratings([["a", None], [None, "b"], [None, None]])
    assert percent(of) == NOTHING_SHARED
    for measure in (cohen_kappa, scott_pi, fleiss_kappa, gwet_ac1, alpha):
        assert measure(of).value == NOTHING_SHARED


def test_no_ratings_at_all_are_no_figure() -> None:
    assert alpha(ratings([])).value == NOTHING_SHARED
    assert percent(ratings([])) == NOTHING_SHARED


def test_kappa_is_of_two_annotators() -> None:
    with pytest.raises(ValueError, match="two annotators"):
        cohen_kappa(ratings([["a", "b", "a"]]))


def test_ac1_counts_the_labels_that_were_offered() -> None:
    rows = [["a", "a"], ["a", "b"], ["b", "b"]]
    two, three = ratings(rows, ["a", "b"]), ratings(rows, ["a", "b", "c"])
    assert gwet_ac1(two).expected == pytest.approx(0.5)
    assert gwet_ac1(three).expected == pytest.approx(0.25)


def test_masi_asks_whether_one_set_holds_the_other() -> None:
    sets = tuple(frozenset(s) for s in ("", "a", "ab", "bc", "cd"))
    of = ratings([[s, s] for s in sets], sets)
    found = masi(sets, of.codes[0].astype(float))
    assert found.diagonal() == pytest.approx([0] * 5)
    assert found[1, 2] == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert found[2, 3] == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert found[1, 4] == found[0, 1] == 1
    assert (found == found.T).all()


def test_nothing_marked_is_no_figure() -> None:
    assert isinstance(Tally().f1, NotComputable)
    assert Tally(0, 3, 0).f1 == 0


def test_the_best_pairs_are_the_heaviest_together_not_one_by_one() -> None:
    assert best_pairs({(0, 0): 10, (0, 1): 9, (1, 0): 9}) == [(0, 1), (1, 0)]
    assert best_pairs({(0, 0): 10, (0, 1): 4, (1, 0): 4}) == [(0, 0)]
    assert best_pairs({(0, 5): 1, (7, 5): 2}) == [(7, 5)]
    assert best_pairs({}) == []


def test_a_span_is_paired_once_with_the_one_that_shares_most() -> None:
    first, second = [Marked(0, 10, "x")], [Marked(0, 4, "x"), Marked(3, 10, "x")]
    assert [(p.first.start, p.second.start) for p in match(first, second)] == [(0, 3)]
    assert overlap(first, second) == Tally(1, 1, 2)
    assert shared_part(first, second).matched == pytest.approx(14 / 17)


def test_a_span_of_half_the_length_has_two_thirds_of_the_credit() -> None:
    assert shared_part([Marked(0, 4, "x")], [Marked(0, 2, "x")]).f1 == pytest.approx(2 / 3)
    assert strict([Marked(0, 4, "x")], [Marked(0, 2, "x")]).f1 == 0


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert match([Marked(0, 4, "x")], [Marked(4, 8, "x")]) == []


def test_two_frames_on_one_trigger_are_two_in_multisets_and_one_in_sets() -> None:
    twice, once = [event(0, 4), event(0, 4)], [event(0, 4)]
    assert unattached(twice, once)["tri_c"].f1 == pytest.approx(2 / 3)
    assert ace_sets(twice, once)["tri_c"].f1 == 1


def test_an_argument_on_another_trigger_is_seen_only_when_attached() -> None:
    filler = Filler("Goal", 20, 24)
    first, second = event(0, 4, "Fire", filler), event(8, 12, "Fire", filler)
    assert unattached([first], [second])["arg_c"].f1 == 1
    assert ace_sets([first], [second])["arg_c_attached"].f1 == 0
    assert align([first], [second]).pairs == ()


def test_frames_on_one_trigger_are_paired_by_their_arguments() -> None:
    here, there = Filler("Goal", 20, 24), Filler("Goal", 30, 34)
    first = [event(0, 4, "Fire", here), event(0, 4, "Fire", there)]
    second = [event(0, 4, "Fire", there), event(0, 4, "Fire", here)]
    found = align(first, second)
    assert all(one == other for one, other in found.pairs)
    assert len(found.pairs) == 2


def test_the_trigger_weighs_more_than_the_type_and_the_type_more_than_arguments() -> None:
    filler = Filler("Goal", 20, 24)
    mine = event(0, 4, "Fire", filler)
    assert align([mine], [event(0, 4, "Speech"), event(0, 3, "Fire", filler)]).pairs[0][1].end == 4
    assert align([mine], [event(0, 4, "Speech", filler), event(0, 4, "Fire")]).pairs[0][1] == event(
        0, 4, "Fire"
    )


def test_arguments_of_frames_of_two_types_do_not_match() -> None:
    filler = Filler("Goal", 20, 24)
    assert attached(event(0, 4, "Fire", filler), event(0, 4, "Speech", filler)) == (0, 0, 0)
    moved = Filler("Goal", 21, 24)
    assert attached(event(0, 4, "Fire", filler), event(0, 4, "Fire", moved)) == (0, 0, 1)


def test_one_document_has_no_interval() -> None:
    import numpy as np

    [found] = bootstrap(np.array([[1.0, 2, 2]]), f1_of_sums)
    assert isinstance(found, NotComputable)


def test_a_measure_that_is_often_missing_has_no_interval() -> None:
    import numpy as np

    table = np.zeros((10, 3))
    table[0] = (1, 1, 1)
    [found] = bootstrap(table, f1_of_sums)
    assert isinstance(found, NotComputable)
    assert "drawings" in found.because


def test_the_seed_makes_the_interval() -> None:
    import numpy as np

    table = np.array([[x % 5, 5, 5 + x % 3] for x in range(30)], dtype=float)
    assert bootstrap(table, f1_of_sums) == bootstrap(table, f1_of_sums)
    [other] = bootstrap(table, f1_of_sums, Drawing(seed=2))
    assert isinstance(other, Interval)
    assert [other] != bootstrap(table, f1_of_sums)
