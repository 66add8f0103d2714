from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import ProjectError
from curate.model.comment import Comment, CommentKind, Thread
from curate.model.span import Span
from tests.store.building import NOW, item_ids, store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.store.store import Store


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    with store(tmp_path / "p.curate") as made:
        yield made


def entry(
    number: int, author: str = "a1", thread: str = "t1", kind: CommentKind = CommentKind.SAY
) -> Comment:
    return Comment(f"{thread}-{number}", thread, author, f"2024-05-1{number}", "كلام", kind)


def test_a_thread_comes_back_as_it_was_written(opened: Store) -> None:
    item = item_ids(opened)[1]
    first = Comment("t1-0", "t1", "a1", NOW, "هل هذا مكان؟", about="m7", span=Span(3, 9))
    opened.comments.add(item, [first, entry(9, "lead")])
    (thread,) = opened.comments.of_item(item)
    assert thread == Thread(item, (first, entry(9, "lead")))
    assert (thread.about, thread.span) == ("m7", Span(3, 9))


def test_the_same_comment_is_kept_once(opened: Store) -> None:
    item = item_ids(opened)[0]
    assert opened.comments.add(item, [entry(1)]) == 1
    assert opened.comments.add(item, [entry(1), entry(2)]) == 1
    assert [c.id for c in opened.comments.of_item(item)[0].comments] == ["t1-1", "t1-2"]


def test_a_thread_is_open_until_it_is_resolved_and_again_when_reopened(opened: Store) -> None:
    item = item_ids(opened)[0]
    opened.comments.add(item, [entry(1)])
    assert opened.comments.of_item(item)[0].is_open
    opened.comments.add(item, [entry(2, "lead", kind=CommentKind.RESOLVE), entry(3)])
    assert not opened.comments.of_item(item)[0].is_open
    opened.comments.add(item, [entry(4, kind=CommentKind.REOPEN)])
    assert opened.comments.of_item(item)[0].is_open


def test_what_others_said_is_unread_until_it_is_read(opened: Store) -> None:
    item = item_ids(opened)[0]
    opened.comments.add(item, [entry(1, "a1"), entry(2, "lead"), entry(3, "lead")])
    assert opened.comments.unread("a1") == 2
    assert opened.comments.of_item(item, "a1")[0].unread == 2
    opened.comments.mark_read("a1", ["t1-2"], at=NOW)
    assert opened.comments.of_item(item, "a1")[0].unread == 1
    assert opened.comments.unread("lead") == 1


def test_a_thread_cannot_wander_to_another_item(opened: Store) -> None:
    here, there, *_ = item_ids(opened)
    opened.comments.add(here, [entry(1)])
    with pytest.raises(ProjectError, match="another item"):
        opened.comments.add(there, [entry(2)])


def test_threads_of_a_document_come_in_the_order_of_its_items(opened: Store) -> None:
    first, second, *_ = item_ids(opened)
    opened.comments.add(second, [entry(1, thread="late")])
    opened.comments.add(first, [entry(2, thread="early")])
    document = second.partition(":")[0]
    assert [t.id for t in opened.comments.of_document(document)] == ["early", "late"]
    assert [t.id for t in opened.comments.all()] == ["early", "late"]


def test_nothing_said_can_be_changed_or_taken_out(opened: Store) -> None:
    opened.comments.add(item_ids(opened)[0], [entry(1)])
    for statement in ("DELETE FROM comments", "UPDATE comments SET text = ''"):
        with pytest.raises(Exception, match="append-only"), opened.writing():
            opened.comments._connection.run(statement)
    assert len(opened.comments.all()) == 1


def test_a_comment_without_words_is_none() -> None:
    with pytest.raises(ValueError, match="say something"):
        Comment("c", "c", "a1", NOW, "  ")
