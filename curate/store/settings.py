"""The project's own settings: schema, item unit, segmenter, and whatever else a room keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ProjectError
from curate.model.item import ItemUnit
from curate.store.encoding import Json, from_json, to_json

if TYPE_CHECKING:
    from curate.store.database import Connection

SCHEMA_TEXT = "schema.text"
SCHEMA_COMPILED = "schema.compiled"
"""The schema as it loads fastest; made from the text, never the other way round."""
SCHEMA_NAME = "schema.name"
SCHEMA_VERSION = "schema.version"
ITEM_UNIT = "item.unit"
SEGMENTER = "segmenter"


class Settings:
    """JSON values by name, kept in the project file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: Json = None) -> Json:
        """The value of that name, or the default."""
        found = self._connection.value("SELECT value FROM settings WHERE name = ?", (name,))
        value: Json = default if found is None else from_json(found)
        return value

    def __getitem__(self, name: str) -> Json:
        found = self._connection.value("SELECT value FROM settings WHERE name = ?", (name,))
        if found is None:
            raise KeyError(name)
        value: Json = from_json(found)
        return value

    def __setitem__(self, name: str, value: Json) -> None:
        with self._connection.writing():
            self._connection.run(
                "INSERT INTO settings VALUES (?, ?) "
                "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                (name, to_json(value)),
            )

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def all(self) -> dict[str, Json]:
        """Every setting, by name."""
        rows = self._connection.rows("SELECT name, value FROM settings ORDER BY name")
        return {name: from_json(value) for name, value in rows}

    def text(self, name: str) -> str:
        """A setting that must be there and be text."""
        value = self.get(name)
        if not isinstance(value, str):
            raise ProjectError(
                f"{self._connection.path} does not say its {name}",
                "make the project anew with `curate init` and add the articles again",
            )
        return value

    @property
    def unit(self) -> ItemUnit:
        """How large an item is in this project."""
        return ItemUnit(self.text(ITEM_UNIT))
