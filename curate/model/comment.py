"""What people say to each other about an item: comments in threads, never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from curate.model.span import Span


class CommentKind(StrEnum):
    """What an entry of a thread does."""

    SAY = "say"
    RESOLVE = "resolve"
    """Says that the matter is settled."""
    REOPEN = "reopen"
    """Says that it is not."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One entry of a thread."""

    id: str
    thread: str
    """Id of the first entry of its thread."""
    author: str
    at: str
    """ISO 8601, UTC."""
    text: str
    """Empty only where a thread is resolved or reopened without a word."""
    kind: CommentKind = CommentKind.SAY
    about: str | None = None
    """Id of the mention, frame or candidate it is about; None for the item as a whole."""
    span: Span | None = None
    """Where what it is about stood in the document when it was written."""

    def __post_init__(self) -> None:
        if self.kind is CommentKind.SAY and not self.text.strip():
            raise ValueError("a comment has to say something")


@dataclass(frozen=True, slots=True)
class Thread:
    """Comments that belong together, about one item or one thing in it."""

    item: str
    """Id of the item."""
    comments: tuple[Comment, ...]
    """By time, then id; never empty."""
    unread: int = 0
    """How many of them the reader who asked has not read yet."""

    @property
    def id(self) -> str:
        """Id of the thread: that of its first entry."""
        return self.comments[0].thread

    @property
    def about(self) -> str | None:
        """Id of the mention, frame or candidate it is about; None for the item as a whole."""
        return self.comments[0].about

    @property
    def span(self) -> Span | None:
        """Where what it is about stood when it was begun."""
        return self.comments[0].span

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it since it was last opened."""
        turns = [c.kind for c in self.comments if c.kind is not CommentKind.SAY]
        return not turns or turns[-1] is not CommentKind.RESOLVE


def comment_order(comment: Comment) -> tuple[str, str]:
    """Order within a thread: the same in every copy of a project."""
    return comment.at, comment.id
