from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.model.candidate import MentionCandidate
from curate.model.item import ItemUnit
from curate.store.items import Items
from curate.store.queue import NO_CANDIDATES, Order, Queued, doubts, drawn
from tests.store.building import NOW, document, item_ids, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.store.store import Store

SCORES = (0.9, 0.55, 0.1, 0.48)
"""Scores of the candidates of the first items; the rest has none."""


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with store(tmp_path / "p.curate") as made:
        _propose(made, SCORES)
        yield made


def _propose(opened: Store, scores: tuple[float, ...]) -> None:
    items = [opened.items.get(key) for key in item_ids(opened)]
    found = [
        MentionCandidate(f"c{n}", item.span, "PER", None, score, "t/1", "r")
        for n, (item, score) in enumerate(zip(items, scores, strict=False))
        if item is not None
    ]
    key = item_ids(opened)[0].partition(":")[0]
    opened.candidates.put(key, "t/1", found, at=NOW)


def order(opened: Store, queued: Queued) -> None:
    for _ in opened.queue.set_order(queued):
        pass


def close(opened: Store, item: str, status: str = "done") -> None:
    """Close an item, or open it again."""
    from dataclasses import replace

    from curate.model.annotation import Status
    from curate.model.change import difference
    from curate.model.ids import new_id
    from curate.store.journal import Decision

    before = opened.annotations.get(item, "a1")
    change = difference(before, replace(before, status=Status(status)))
    opened.journal.write(Decision(new_id(), "a1", item, "test", change, 0, 0, NOW))


def way(opened: Store, annotator: str = "a1") -> list[int]:
    """Positions of the items in the order in which they come, each closed in its turn."""
    found = []
    item = opened.items.next_open(annotator)
    while item is not None and item.id not in found:
        found.append(item.id)
        close(opened, item.id)
        item = opened.items.next_open(annotator, item.id)
    return [opened.items.number(key) for key in found]


def test_the_most_doubtful_items_come_first(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    assert way(opened) == [4, 2, 1, 3, 5, 6]


def test_documents_come_in_their_order_unless_it_is_changed(opened: Store) -> None:
    assert opened.queue.order == Queued()
    assert way(opened) == [1, 2, 3, 4, 5, 6]


def test_a_random_order_is_fixed_by_its_seed_and_the_items(opened: Store) -> None:
    order(opened, Queued(Order.RANDOM, 7))
    keys = item_ids(opened)
    wanted = sorted(range(6), key=lambda n: drawn(7, keys[n]))
    assert way(opened) == [n + 1 for n in wanted]
    assert opened.queue.order == Queued(Order.RANDOM, 7)


def test_new_candidates_rank_their_items_again(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    close(opened, item_ids(opened)[3])
    _propose(opened, (0.9, 0.9, 0.9, 0.9, 0.6, 0.5))
    assert way(opened) == [6, 5, 1, 2, 3]


def test_new_documents_find_their_place(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    opened.documents.add([document(2, 50)], ItemUnit.SENTENCE, at=NOW)
    assert way(opened) == [4, 2, 1, 3, 5, 6, 7, 8]


def test_an_item_that_is_open_again_comes_again(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    keys = item_ids(opened)
    for number in (4, 2, 1):
        close(opened, keys[number - 1])
    close(opened, keys[3], "draft")
    first = opened.items.next_open("a1")
    assert first is not None
    assert first.id == keys[3]
    after = opened.items.next_open("a1", keys[0])
    assert after is not None
    assert after.id == keys[2]


def test_whoever_has_items_assigned_gets_those_in_this_order(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    keys = item_ids(opened)
    opened.items.assign("a1", [keys[0], keys[3], keys[5]], at=NOW)
    assert way(opened) == [4, 1, 6]


def test_going_back_to_document_order_forgets_the_ranks(opened: Store) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    order(opened, Queued())
    assert way(opened) == [1, 2, 3, 4, 5, 6]


def test_doubt_is_the_distance_of_the_nearest_score() -> None:
    payload = (
        '{"producers":["t/1"],"mentions":[["a",1,2,"T",null,0.9,0,""],["b",3,4,"T",null,0.4,0,""]],'
        '"frames":[["c",12,13,"T",[],0.5,0,""],["d",30,31,"T",[],0.5,0,""]]}'
    )
    found = doubts([payload], [(0, 10), (10, 20), (20, 25)])
    assert found == pytest.approx([0.1, 0.0, NO_CANDIDATES])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
def test_the_next_item_is_the_first_open_one_whatever_was_done(
    opened: Store, steps: list[tuple[int, bool]]
) -> None:
    order(opened, Queued(Order.UNCERTAINTY))
    keys = item_ids(opened)
    for key in keys:
        close(opened, key, "draft")
    shut: set[int] = set()
    for place, closing in steps:
        close(opened, keys[place], "done" if closing else "draft")
        (shut.add if closing else shut.discard)(place + 1)
        wanted = next((n for n in (4, 2, 1, 3, 5, 6) if n not in shut), None)
        found = Items(opened.items._connection).next_open("a1")
        assert (None if found is None else opened.items.number(found.id)) == wanted
