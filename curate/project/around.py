"""What the annotator said just before and after the item at hand, for the eye only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from curate.model.span import Span
    from curate.project.opening import Project

REACH: Final = 40
"""Items each way: more than a screen shows."""


def said_around(project: Project, item_id: str, annotator: str) -> tuple[Span, ...]:
    """The spans of mentions and triggers in the items around one, of the same document."""
    near = project.store.annotations.near(item_id, annotator, REACH)
    spans = {m.span for a in near for m in a.mentions} | {f.trigger for a in near for f in a.frames}
    return tuple(sorted(spans))
