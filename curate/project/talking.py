"""What annotators and the lead say to each other about an item, in threads that are kept for good.

Nothing said is ever changed or taken out, so that copies of a project merge
by putting together what each has: `threads` gives it all, `take_in` adds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.comment import Comment, CommentKind, Thread
from curate.model.ids import NewId, new_id
from curate.project.activity import utc_now
from curate.project.opening import Project

if TYPE_CHECKING:
    from curate.model.span import Span


@dataclass(frozen=True, slots=True)
class Talker:
    """One person who reads and writes comments in a project."""

    project: Project
    name: str
    make_id: NewId = new_id
    now: Callable[[], str] = utc_now

    def on_item(self, item: str) -> list[Thread]:
        """The threads on an item, the oldest first, with what is unread."""
        return self.project.store.comments.of_item(item, self.name)

    def begin(
        self, item: str, text: str, *, about: str | None = None, span: Span | None = None
    ) -> str:
        """Begin a thread on an item, or on a mention or frame in it; return the thread's id."""
        key = self.make_id()
        first = Comment(key, key, self.name, self.now(), _said(text), about=about, span=span)
        self.project.store.comments.add(item, [first])
        return key

    def reply(self, thread: Thread, text: str) -> None:
        """Say something more; a thread that was settled is open again."""
        kind = CommentKind.SAY if thread.is_open else CommentKind.REOPEN
        self._add(thread, _said(text), kind)

    def resolve(self, thread: Thread, text: str = "") -> None:
        """Say that the matter is settled, with or without a word."""
        if thread.is_open:
            self._add(thread, text.strip(), CommentKind.RESOLVE)

    def reopen(self, thread: Thread, text: str = "") -> None:
        """Say that the matter is not settled after all."""
        if not thread.is_open:
            self._add(thread, text.strip(), CommentKind.REOPEN)

    def read(self, threads: Iterable[Thread]) -> None:
        """Note that everything in these threads has been read."""
        unread = [
            c.id for t in threads if t.unread for c in t.comments if c.author != self.name
        ]  # fmt: skip
        if unread and not self.project.store.read_only:
            self.project.store.comments.mark_read(self.name, unread, at=self.now())

    def _add(self, thread: Thread, text: str, kind: CommentKind) -> None:
        """Add to a thread, never before what stands in it already, whatever the clocks say."""
        last = thread.comments[-1].at
        at = self.now()
        if at <= last:
            later = datetime.fromisoformat(last) + timedelta(milliseconds=1)
            at = later.isoformat(timespec="milliseconds")
        entry = Comment(self.make_id(), thread.id, self.name, at, text, kind)
        self.project.store.comments.add(thread.item, [entry])


def _said(text: str) -> str:
    if not text.strip():
        raise CurateError("a comment has to say something", "write a word, or leave with Esc")
    return text.strip()


def threads(
    project: Project,
    reader: str | None = None,
    *,
    only_open: bool = False,
    author: str | None = None,
    item: str | None = None,
) -> list[Thread]:
    """The threads of a project, the one last added to first; those of an author, on an item."""
    found = project.store.comments.all(reader)
    return [
        t
        for t in found
        if (t.is_open or not only_open)
        and (author is None or any(c.author == author for c in t.comments))
        and (item is None or t.item == item)
    ]


def counts(project: Project, item: str, reader: str) -> tuple[int, int]:
    """How many threads on an item are open, and how many comments there are unread."""
    found = project.store.comments.of_item(item, reader)
    return sum(t.is_open for t in found), sum(t.unread for t in found)


def take_in(project: Project, item: str, comments: Iterable[Comment]) -> int:
    """Add what another copy of the project holds on an item; return how much was new."""
    return project.store.comments.add(item, comments)


def words_about(project: Project, thread: Thread) -> str:
    """The words that a thread is about: of its mention or frame, else of its item."""
    item = project.store.items.get(thread.item)
    if item is None:
        return ""
    text = project.store.documents.get(item.document).text
    span = item.span if thread.span is None else thread.span
    return " ".join(span.of(text).split())


def thread_as_json(project: Project, thread: Thread) -> dict[str, object]:
    """A thread as values that JSON can hold."""
    place = {} if thread.span is None else {"start": thread.span.start, "end": thread.span.end}
    return {
        "thread": thread.id,
        "item": thread.item,
        "position": project.store.items.number(thread.item),
        "open": thread.is_open,
        "unread": thread.unread,
        "about": thread.about,
        **place,
        "words": words_about(project, thread),
        "comments": [
            {"id": c.id, "author": c.author, "at": c.at, "kind": c.kind.value, "text": c.text}
            for c in thread.comments
        ],
    }
