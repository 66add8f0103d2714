"""Which item is next, for whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.errors import ProjectError
from curate.model.annotation import Status
from curate.store.quarantine import Stray
from tests.store.building import NOW, close, decided, item_ids, store, with_mention

if TYPE_CHECKING:
    from pathlib import Path

    from curate.store.store import Store


def run_count(opened: Store) -> int:
    return int(opened._connection.value("SELECT count(*) FROM closed_runs"))


def test_items_follow_each_other_across_documents(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate", sentences=2, documents=3) as made:
        ids = item_ids(made)
        first, last = made.items.first(), made.items.last()
        assert first is not None
        assert last is not None
        assert (first.id, last.id) == (ids[0], ids[-1])
        walked, item = [], made.items.first()
        while item is not None:
            walked.append(item.id)
            assert made.items.position(item.id) == (len(walked), 6)
            item = made.items.after(item.id)
        assert walked == ids
        before = made.items.before(ids[3])
        assert before is not None
        assert before.id == ids[2]
        assert made.items.before(ids[0]) is None


def test_an_item_that_is_not_there_is_none_or_refused(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        assert made.items.get("nowhere:0-5") is None
        assert made.annotations.of_item("nowhere:0-5") == []
        with pytest.raises(ProjectError, match="no item"):
            made.items.after("nowhere:0-5")
        with pytest.raises(ProjectError, match="no item"):
            made.items.position("nowhere:0-5")
        with pytest.raises(ProjectError, match="no item"):
            made.annotations.get("nowhere:0-5", "a1")


def test_closed_items_are_passed_over_and_neighbours_kept_as_one_run(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate", sentences=9) as made:
        ids = item_ids(made)
        for place in (1, 3, 2, 5):
            close(made, ids[place])
        assert run_count(made) == 2
        found = [made.items.next_open("a1", ids[place]) for place in (0, 4, 8)]
        assert [f and f.id for f in found] == [ids[4], ids[6], ids[0]]
        made.journal.write(
            decided(made, ids[2], replace(made.annotations.get(ids[2], "a1"), status=Status.DRAFT))
        )
        assert run_count(made) == 3
        reopened = made.items.next_open("a1", ids[0])
        assert reopened is not None
        assert reopened.id == ids[2]


def test_when_all_is_closed_nothing_is_next(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate", sentences=3) as made:
        for item in item_ids(made):
            close(made, item)
        assert made.items.next_open("a1") is None
        assert made.items.next_open("a1", item_ids(made)[1]) is None
        other = made.items.next_open("a2")
        assert other is not None
        assert other.id == item_ids(made)[0]


def test_who_was_assigned_items_gets_only_these(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate", sentences=6) as made:
        ids = item_ids(made)
        close(made, ids[1])
        assert made.items.assign("a1", [ids[1], ids[3], ids[4]], at=NOW, batch="one") == 3
        assert made.items.assign("a1", [ids[3], ids[5]], at=NOW) == 1
        assert [i.id for i in made.items.assigned("a1")] == [ids[1], ids[3], ids[4], ids[5]]
        found = made.items.next_open("a1")
        assert found is not None
        assert found.id == ids[3]
        close(made, ids[3])
        found = made.items.next_open("a1", ids[1])
        assert found is not None
        assert found.id == ids[4]
        made.journal.undo("a1", at=NOW, row="u1")
        found = made.items.next_open("a1", ids[1])
        assert found is not None
        assert found.id == ids[3]


def test_annotations_are_listed_by_item_document_and_annotator(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate", sentences=2, documents=2) as made:
        ids = item_ids(made)
        for item, who in ((ids[0], "b"), (ids[0], "a"), (ids[1], "a"), (ids[3], "a")):
            after = with_mention(made, item, f"{who}-{item}", who)
            made.journal.write(decided(made, item, after))
        assert [a.annotator for a in made.annotations.of_item(ids[0])] == ["a", "b"]
        listed = made.annotations.of_document(made.documents.ids()[0])
        assert [(a.annotator, a.item.start) for a in listed] == [
            ("a", 0), ("b", 0), ("a", listed[2].item.start),
        ]  # fmt: skip
        assert dict(made.annotations.all("a")) == {
            item: made.annotations.get(item, "a") for item in (ids[0], ids[1], ids[3])
        }
        assert made.annotations.annotators() == ["a", "b"]


def test_a_list_of_mentions_with_their_words_can_be_queried(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        item = item_ids(made)[0]
        made.journal.write(decided(made, item, with_mention(made, item, "m1")))
        rows = made._connection.rows("SELECT annotator, item, id, type, text FROM mention_list")
        assert rows == [("a1", item, "m1", "Group", "وصلت")]


def test_history_is_told_latest_first(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        ids = item_ids(made)
        for item, who in ((ids[0], "a"), (ids[1], "a"), (ids[0], "b")):
            made.journal.write(
                decided(made, item, with_mention(made, item, "m", who), f"{item}{who}")
            )
        made.journal.undo("a", at=NOW, row="u1", seconds=2.5, keys=1)
        history = made.journal.history()
        assert [(d.action, d.annotator) for d in history] == [
            ("undo", "a"), ("test", "b"), ("test", "a"), ("test", "a"),
        ]  # fmt: skip
        assert (history[0].undoes, history[0].seconds, history[0].keys) == (f"{ids[1]}a", 2.5, 1)
        assert [d.item for d in made.journal.history(ids[0])] == [ids[0], ids[0]]
        assert [d.id for d in made.journal.history(annotator="a", limit=1)] == ["u1"]
        assert len(made.journal.history(skip=3)) == 1
        assert made.journal.get("u1") == history[0]
        assert made.journal.get("nothing") is None


def test_the_journal_cannot_be_rewritten(tmp_path: Path) -> None:
    with store(tmp_path / "p.curate") as made:
        close(made, item_ids(made)[0])
        for sql in ("DELETE FROM journal", "UPDATE journal SET action = 'x'"):
            with pytest.raises(Exception, match="append-only"), made.writing():
                made._connection.run(sql)
        assert made.journal.count() == 1


def test_strays_wait_until_they_are_settled(tmp_path: Path) -> None:
    stray = Stray("a.jsonl", "a.jsonl:3", "no such type", "{}")
    with store(tmp_path / "p.curate") as made:
        made.quarantine.put([stray, stray], at=NOW)
        assert list(made.quarantine.unsettled().values()) == [stray, stray]
        made.quarantine.settle(1, "dropped")
        assert made.quarantine.unsettled() == {2: stray}
