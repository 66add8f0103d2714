"""Add a user's own lists to a project, and propose anew with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import TextError
from curate.project.own_seeds import put_seed_list, remove_seed_list
from curate.project.proposing import producer_of
from curate.project.reproposing import repropose
from curate.project.seed_tables import SeedTable, TableOptions, read_seed_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class Seeded:
    """What came of adding or removing lists."""

    lines: tuple[str, ...]
    """What happened, for a reader."""
    documents: int
    """Documents for whose open items something new is proposed."""


def add_seeds(
    project: Project,
    files: Sequence[Path],
    options: TableOptions,
    *,
    name: str | None = None,
    propose: bool = True,
) -> Seeded:
    """Add lists of names, each under the name of its file or the one given; all or none.

    A list of the same name is replaced. Candidates are proposed anew for items
    that nobody has touched. Raises `FormatError` for rows that do not hold.
    """
    read: dict[str, tuple[Path, SeedTable]] = {}
    for file in files:
        table = read_seed_table(_bytes(file), file.name, project.schema, options)
        called = name or file.stem
        if called in read:
            raise TextError(
                f"{read[called][0]} and {file} would both be the list {called}",
                "add them one after the other, each with a --name",
            )
        read[called] = (file, table)
    with project.store.writing():
        lines = [_put(project, called, table) for called, (_, table) in read.items()]
    return Seeded(tuple(lines), _repropose(project) if propose else 0)


def remove_seeds(project: Project, name: str, *, propose: bool = True) -> Seeded:
    """Take a list out and propose anew without it."""
    gone = remove_seed_list(project, name)
    line = f"{gone.name}: removed, {_entries(len(gone.entries))}"
    return Seeded((line,), _repropose(project) if propose else 0)


def _put(project: Project, name: str, table: SeedTable) -> str:
    verb = "replaced" if put_seed_list(project, name, table.entries) else "added"
    parts = [f"{name}: {verb}, {_entries(len(table.entries))}"]
    if table.left_out:
        parts.append(f"{table.left_out:,} rows left out")
    if table.repeated:
        parts.append(f"{table.repeated:,} said before")
    return ", ".join(parts)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number:,} entries"


def _repropose(project: Project) -> int:
    return repropose(project, producer_of(project))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TextError(
            f"{file} cannot be read: {(error.strerror or str(error)).lower()}", "check the name"
        ) from error
