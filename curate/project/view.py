"""What a screen shows of an annotator's session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document
from curate.model.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.model.annotation import Argument


@dataclass(frozen=True, slots=True)
class View:
    """All that a screen shows of the current item."""

    item: Item
    position: int
    """Counted from 1."""
    total: int
    document: Document
    annotation: Annotation
    mentions: tuple[MentionCandidate, ...]
    """Open mention candidates of the item, in reading order."""
    frames: tuple[FrameCandidate, ...]
    """Open frame candidates of the item, in reading order."""
    can_undo: bool
    can_redo: bool
    notice: str | None = None
    """What the last decision did beyond what was asked, if anything."""


class Keep:
    """Stands for “leave as it is” where None is a value of its own."""


KEEP = Keep()


def notice_of(dropped: Iterable[Argument]) -> str | None:
    """What to tell of arguments that an edit took out, if any."""
    roles = ", ".join(sorted({a.role for a in dropped}))
    return f"taken out, because it no longer fits: {roles}" if roles else None
