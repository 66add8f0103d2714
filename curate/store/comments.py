"""What people say to each other about items: rows are only added, and each reader's marks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from curate.errors import ProjectError
from curate.model.comment import Comment, CommentKind, Thread, comment_order
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.store.database import Connection
    from curate.store.items import Items

_COLUMNS = """
SELECT c.id, c.thread, c.author, c.at, c.text, c.kind, c.about, c.start, c.end, i.id,
       c.author <> :reader AND NOT EXISTS (
           SELECT 1 FROM comments_read r WHERE r.reader = :reader AND r.comment = c.id
       )
FROM comments c JOIN items i ON i.number = c.item
"""


class Comments:
    """Threads of comments by item."""

    def __init__(self, connection: Connection, items: Items) -> None:
        self._connection = connection
        self._items = items

    def add(self, item_id: str, comments: Iterable[Comment]) -> int:
        """Keep comments on an item; return how many were new, those known by their id are not."""
        with self._connection.writing():
            item = self._items.number(item_id)
            return sum(self._add(item, comment) for comment in comments)

    def _add(self, item: int, c: Comment) -> int:
        first = self._connection.row(
            "SELECT item FROM comments WHERE thread = ? LIMIT 1", (c.thread,)
        )
        if first is not None and first[0] != item:
            raise ProjectError(f"the thread {c.thread} is about another item")
        start, end = (None, None) if c.span is None else (c.span.start, c.span.end)
        return self._connection.run(
            "INSERT INTO comments (id, thread, item, author, at, text, kind, about, start, end) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            (c.id, c.thread, item, c.author, c.at, c.text, c.kind, c.about, start, end),
        )

    def mark_read(self, reader: str, comment_ids: Iterable[str], *, at: str) -> None:
        """Note that a reader has read these comments."""
        with self._connection.writing():
            self._connection.run_many(
                "INSERT INTO comments_read VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                ((reader, comment, at) for comment in comment_ids),
            )

    def of_item(self, item_id: str, reader: str | None = None) -> list[Thread]:
        """The threads on an item, the oldest first."""
        return self._threads("WHERE i.id = :item", {"reader": reader, "item": item_id})

    def of_document(self, document_id: str) -> list[Thread]:
        """The threads on a document's items, in the order of the items."""
        found = self._threads(
            "WHERE i.document = (SELECT number FROM documents WHERE id = :document)",
            {"reader": None, "document": document_id},
        )
        return sorted(found, key=lambda thread: self._items.number(thread.item))

    def all(self, reader: str | None = None) -> list[Thread]:
        """Every thread of the project; the one last added to comes first."""
        found = self._threads("", {"reader": reader})
        return sorted(found, key=lambda thread: comment_order(thread.comments[-1]), reverse=True)

    def unread(self, reader: str) -> int:
        """How many comments of others the reader has not read."""
        found = self._connection.value(
            "SELECT count(*) FROM comments c WHERE c.author <> ? AND NOT EXISTS ("
            "SELECT 1 FROM comments_read r WHERE r.reader = ? AND r.comment = c.id)",
            (reader, reader),
        )
        return int(found)

    def _threads(self, where: str, values: dict[str, Any]) -> list[Thread]:
        grouped: dict[str, list[tuple[Comment, str, bool]]] = defaultdict(list)
        for row in self._connection.rows(_COLUMNS + where, values):
            grouped[row[1]].append((_comment(row), row[9], bool(row[10])))
        threads = [_thread(entries) for entries in grouped.values()]
        return sorted(threads, key=lambda thread: comment_order(thread.comments[0]))


def _comment(row: Sequence[Any]) -> Comment:
    key, thread, author, at, text, kind, about, start, end = row[:9]
    span = None if start is None else Span(start, end)
    return Comment(key, thread, author, at, text, CommentKind(kind), about, span)


def _thread(entries: list[tuple[Comment, str, bool]]) -> Thread:
    comments = sorted((comment for comment, _, _ in entries), key=comment_order)
    return Thread(entries[0][1], tuple(comments), sum(unread for _, _, unread in entries))
