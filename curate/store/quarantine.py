"""What came from outside and does not fit: kept with its reason until someone settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.store.database import Connection


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that was not let in."""

    source: str
    """File or server it came from."""
    place: str | None
    """Where it stood there."""
    reason: str
    payload: str
    """The thing itself, as it came."""


class Quarantine:
    """Strays in the order they came."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, strays: Iterable[Stray], *, at: str) -> None:
        """Keep what does not fit."""
        with self._connection.writing():
            self._connection.run_many(
                "INSERT INTO quarantine (source, place, reason, payload, at) "
                "VALUES (?, ?, ?, ?, ?)",
                ((s.source, s.place, s.reason, s.payload, at) for s in strays),
            )

    def unsettled(self) -> dict[int, Stray]:
        """What still waits, by number."""
        rows = self._connection.rows(
            "SELECT number, source, place, reason, payload FROM quarantine "
            "WHERE settled IS NULL ORDER BY number"
        )
        return {number: Stray(*rest) for number, *rest in rows}

    def settle(self, number: int, how: str) -> None:
        """Note how a stray was settled; it stays in the file."""
        with self._connection.writing():
            self._connection.run(
                "UPDATE quarantine SET settled = ? WHERE number = ?", (how, number)
            )
