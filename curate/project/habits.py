"""Which role a kind of filler usually plays: told from the frames of the document at hand.

When fillers are chosen by letter, each goes to a role by itself. The frames that were proposed
and confirmed in the same document say which role that usually is; the order of the schema's
card decides where they say nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.annotation import Annotation, Argument
    from curate.model.span import Span
    from curate.project.proposals import Proposals

_SIDE_COUNTS: Final = 3
"""How many times as much a filler on the same side of the trigger says as one anywhere."""


class Habits:
    """Counts of roles by event type, kind of filler and side of the trigger."""

    def __init__(self) -> None:
        self._anywhere: Counter[tuple[str, str, str]] = Counter()
        self._on_side: Counter[tuple[str, str, bool, str]] = Counter()

    @classmethod
    def of(cls, proposals: Proposals, annotations: Iterable[Annotation]) -> Habits:
        """Count over proposed frames, and over those that were confirmed."""
        habits = cls()
        kinds = {m.id: (m.type, m.span) for m in proposals.mentions.values()}
        kinds |= {f.id: (f.type, f.trigger) for f in proposals.frames.values()}
        for frame in proposals.frames.values():
            habits._count(frame.type, frame.trigger, frame.arguments, kinds)
        for annotation in annotations:
            known = {m.id: (m.type, m.span) for m in annotation.mentions}
            known |= {f.id: (f.type, f.trigger) for f in annotation.frames}
            for made in annotation.frames:
                habits._count(made.type, made.trigger, made.arguments, known)
        return habits

    def _count(
        self,
        event: str,
        trigger: Span,
        arguments: Iterable[Argument],
        kinds: dict[str, tuple[str, Span]],
    ) -> None:
        for argument in arguments:
            kind, span = kinds.get(argument.mention or argument.frame or "", ("", None))
            if span is not None:
                self._anywhere[event, kind, argument.role] += 1
                self._on_side[event, kind, span < trigger, argument.role] += 1

    def usual(self, event: str, kind: str, roles: Sequence[str], *, before: bool) -> str | None:
        """The role of these that a filler of that kind usually plays; the first one in a tie.

        `before` says that the filler stands before the trigger. None without roles.
        """

        def weight(role: str) -> int:
            here = self._on_side[event, kind, before, role]
            return _SIDE_COUNTS * here + self._anywhere[event, kind, role]

        return max(roles, key=weight, default=None)
