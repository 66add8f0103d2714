"""What came from outside and was not let in: seen and settled by a lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError

if TYPE_CHECKING:
    from curate.project.opening import Project

_LONGEST: Final = 100
"""Characters of a stray that are shown in a line."""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One thing that waits outside."""

    number: int
    source: str
    place: str | None
    reason: str
    payload: str
    """The thing itself, as it came."""

    def as_json(self) -> dict[str, object]:
        """The entry as values that JSON can hold."""
        return {
            "number": self.number,
            "source": self.source,
            "place": self.place,
            "reason": self.reason,
            "payload": self.payload,
        }

    def lines(self, *, whole: bool = False) -> list[str]:
        """The entry for a reader: with `whole` all of the thing itself."""
        where = self.source if self.place is None else f"{self.place} · {self.source}"
        shown = self.payload if whole else self.payload[:_LONGEST]
        more = "" if len(shown) == len(self.payload) else " …"
        return [f"{self.number}: {self.reason}", f"    {where}", f"    {shown}{more}"]


def quarantined(project: Project) -> list[Quarantined]:
    """What waits, in the order it came."""
    waiting = project.store.quarantine.unsettled().items()
    return [
        Quarantined(number, stray.source, stray.place, stray.reason, stray.payload)
        for number, stray in waiting
    ]


def settle(project: Project, number: int, how: str) -> None:
    """Note how something was settled; it stays in the file. Raises `CurateError` for none."""
    if not how.strip():
        raise CurateError("say how it was settled, in a few words", "--how TEXT")
    if number not in project.store.quarantine.unsettled():
        raise CurateError(f"nothing with the number {number} waits", "`curate quarantine`")
    project.store.quarantine.settle(number, how.strip())
