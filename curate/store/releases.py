"""Releases that were made of the project: name, when, and what was in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.store.encoding import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.store.database import Connection
    from curate.store.encoding import Json


class Releases:
    """Releases by name; one is never changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, key: str, name: str, manifest: Mapping[str, Json], *, at: str) -> None:
        """Note a release under a name that is not taken."""
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO releases VALUES (?, ?, ?, ?)", (key, name, at, to_json(dict(manifest)))
            )

    def get(self, name: str) -> dict[str, Json] | None:
        """What was in the release of that name, or None."""
        found = self._connection.value("SELECT manifest FROM releases WHERE name = ?", (name,))
        value: Json = None if found is None else from_json(found)
        return value if isinstance(value, dict) else None

    def all(self) -> list[tuple[str, str]]:
        """Name and time of every release, oldest first."""
        rows = self._connection.rows("SELECT name, at FROM releases ORDER BY at, name")
        return [(name, at) for name, at in rows]
