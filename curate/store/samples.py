"""Samples of items: which were drawn, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ProjectError
from curate.store.encoding import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.store.database import Connection
    from curate.store.encoding import Json


class Samples:
    """Samples by name; a sample is never changed once it was drawn."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, name: str, items: Sequence[str], how: Json, *, at: str) -> None:
        """Keep a sample under a name that is not taken; `how` is what it takes to draw it again."""
        with self._connection.writing():
            if self._connection.row("SELECT 1 FROM samples WHERE name = ?", (name,)):
                raise ProjectError(
                    f"{self._connection.path} has a sample called {name} already",
                    "choose another name; samples are kept as they were drawn",
                )
            self._connection.run("INSERT INTO samples VALUES (?, ?, ?)", (name, to_json(how), at))
            self._connection.run_many(
                "INSERT INTO sampled SELECT ?, ?, number FROM items WHERE id = ?",
                ((name, place, item) for place, item in enumerate(items)),
            )

    def items(self, name: str) -> list[str]:
        """Ids of the items of a sample, in the order they were drawn."""
        if not self._connection.row("SELECT 1 FROM samples WHERE name = ?", (name,)):
            known = ", ".join(self.names()) or "none"
            raise ProjectError(
                f"{self._connection.path} has no sample called {name}", f"there are: {known}"
            )
        rows = self._connection.rows(
            "SELECT i.id FROM sampled s JOIN items i ON i.number = s.item "
            "WHERE s.sample = ? ORDER BY s.place",
            (name,),
        )
        return [item for (item,) in rows]

    def names(self) -> list[str]:
        """Names of all samples."""
        return [name for (name,) in self._connection.rows("SELECT name FROM samples ORDER BY name")]

    def how(self, name: str) -> Json:
        """How a sample was drawn."""
        found = self._connection.value("SELECT how FROM samples WHERE name = ?", (name,))
        value: Json = None if found is None else from_json(found)
        return value

    def drawn(self) -> set[str]:
        """Ids of the items that are in any sample."""
        rows = self._connection.rows(
            "SELECT DISTINCT i.id FROM sampled s JOIN items i ON i.number = s.item"
        )
        return {item for (item,) in rows}
