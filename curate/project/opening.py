"""Find, make and open projects."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from curate.errors import ProjectError
from curate.formats.schema_compiled import compiled, from_compiled
from curate.model.item import ItemUnit
from curate.model.schema import EventSchema
from curate.store.settings import (
    ITEM_UNIT,
    SCHEMA_COMPILED,
    SCHEMA_NAME,
    SCHEMA_TEXT,
    SCHEMA_VERSION,
    SEGMENTER,
)
from curate.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

SUFFIX = ".curate"
VARIABLE = "CURATE_PROJECT"
"""Environment variable that names the project where no option does."""


@dataclass(frozen=True, slots=True)
class Project:
    """An open project."""

    path: Path
    schema: EventSchema
    store: Store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def unit(self) -> ItemUnit:
        """How large an item is."""
        return self.store.settings.unit

    def for_reading(self) -> Project:
        """Open the same project for reading, for another thread."""
        return Project(self.path, self.schema, Store.open(self.path, read_only=True))

    def close(self) -> None:
        """Close the file."""
        self.store.close()


def find_project(
    named: str | Path | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
) -> Path:
    """The project that is meant: the one named, else `$CURATE_PROJECT`, else the only one here."""
    if named is not None or environment.get(VARIABLE):
        return _with_suffix(Path(named if named is not None else environment[VARIABLE]))
    here = Path.cwd() if folder is None else folder
    found = sorted(p for p in here.glob(f"*{SUFFIX}") if p.is_file())
    if len(found) == 1:
        return found[0]
    if not found:
        raise ProjectError(
            f"there is no project in {here}",
            f"make one with `curate init NAME`, or name one with -p or ${VARIABLE}",
        )
    names = ", ".join(p.name for p in found[:5]) + (" …" if len(found) > 5 else "")
    raise ProjectError(
        f"there are {len(found)} projects in {here}: {names}",
        f"say which one with -p or ${VARIABLE}",
    )


def read_schema(source: Path | None = None) -> EventSchema:
    """Load a schema: a file, a shipped one by its name, or without a source the default."""
    from curate.formats.schema_file import load_schema

    return load_schema(*_schema_source(source))


def create_project(
    path: Path, schema: Path | bytes | None = None, *, unit: str | ItemUnit = ItemUnit.SENTENCE
) -> Project:
    """Make an empty project with a schema (file, name or text) and open it.

    Raises before anything is written when the schema has problems or the name is taken.
    """
    from curate.formats.schema_file import load_schema, self_contained
    from curate.text.sentences import SEGMENTER as CURRENT_SEGMENTER

    source, name = (schema, None) if isinstance(schema, bytes) else _schema_source(schema)
    loaded = load_schema(source, name)
    text = self_contained(source, name).decode("utf-8-sig")
    store = Store.create(
        path,
        {
            SCHEMA_TEXT: text,
            SCHEMA_COMPILED: compiled(loaded, text),
            SCHEMA_NAME: loaded.name,
            SCHEMA_VERSION: loaded.version,
            ITEM_UNIT: ItemUnit(unit).value,
            SEGMENTER: CURRENT_SEGMENTER,
        },
    )
    return Project(path, loaded, store)


def open_project(named: str | Path | None = None, *, read_only: bool = False) -> Project:
    """Open the project that is meant (see `find_project`)."""
    path = find_project(named)
    store = Store.open(path, read_only=read_only)
    try:
        schema = _schema_of(store)
    except BaseException:
        store.close()
        raise
    return Project(path, schema, store)


def _schema_of(store: Store) -> EventSchema:
    """The project's schema; from its text only where the compiled one is of another curate."""
    text = store.schema_text
    known = from_compiled(store.settings.get(SCHEMA_COMPILED), text)
    if known is not None:
        return known
    from curate.formats.schema_file import load_schema

    schema = load_schema(text.encode(), f"schema of {store.path}")
    if not store.read_only:
        store.settings[SCHEMA_COMPILED] = compiled(schema, text)
    return schema


def _with_suffix(path: Path) -> Path:
    """The path, or the one with the usual ending when only that exists."""
    usual = path.with_name(path.name + SUFFIX)
    return usual if path.name and not path.exists() and usual.exists() else path


def _schema_source(source: Path | None) -> tuple[Path | bytes, str | None]:
    """What to load, and what to call it in messages."""
    from curate.formats.schema_file import DEFAULT_SCHEMA, shipped_schema_text, shipped_schemas

    if source is None:
        return shipped_schema_text(), f"{DEFAULT_SCHEMA}.yaml"
    if not source.exists() and str(source) in shipped_schemas():
        return shipped_schema_text(str(source)), f"{source}.yaml"
    return source, None
