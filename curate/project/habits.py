"""Which role a kind of filler usually plays: told from frames that were proposed and confirmed.

When fillers are chosen by letter, each goes to a role by itself: to the one that such a filler
had most often, in frames of the same type first, in any frame where those say nothing. The
order of the schema's card decides the rest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.span import Span
    from curate.project.proposals import Proposals

_SIDE_COUNTS: Final = 3
"""How many times as much a filler on the same side of the trigger says as one anywhere."""
_ANY: Final = ""
"""Stands for frames of every type."""

Seen = tuple[str, str, str, bool, int]
"""Event type, kind of filler, its role, whether it stood before the trigger, how many times."""


class Habits:
    """Counts of roles by event type, kind of filler and side of the trigger."""

    def __init__(self, seen: Iterable[Seen] = ()) -> None:
        self._anywhere: Counter[tuple[str, str, str]] = Counter()
        self._on_side: Counter[tuple[str, str, bool, str]] = Counter()
        for event, kind, role, before, times in seen:
            for name in (event, _ANY):
                self._anywhere[name, kind, role] += times
                self._on_side[name, kind, before, role] += times

    def usual(self, event: str, kind: str, roles: Sequence[str], *, before: bool) -> str | None:
        """The role of these that a filler of that kind usually plays; the first one in a tie.

        `before` says that the filler stands before the trigger. None without roles.
        """

        def weight(role: str) -> tuple[int, int]:
            by_type, by_any = (
                _SIDE_COUNTS * self._on_side[name, kind, before, role]
                + self._anywhere[name, kind, role]
                for name in (event, _ANY)
            )
            return by_type, by_any

        return max(roles, key=weight, default=None)


def proposed(proposals: Proposals) -> Iterable[Seen]:
    """What the frames proposed in a document tell."""
    places: dict[str, tuple[str, Span]] = {
        m.id: (m.type, m.span) for m in proposals.mentions.values()
    }
    places |= {f.id: (f.type, f.trigger) for f in proposals.frames.values()}
    for frame in proposals.frames.values():
        for argument in frame.arguments:
            kind, span = places.get(argument.mention or argument.frame or "", ("", None))
            if span is not None:
                yield frame.type, kind, argument.role, span < frame.trigger, 1
