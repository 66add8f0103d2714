"""Copies of a project for safekeeping, and the way back to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import Busy, ProjectError, WorldError
from curate.project.activity import utc_now
from curate.project.opening import find_project
from curate.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from curate.project.opening import Project

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file in use."""


def back_up(project: Project, target: Path | None = None) -> Path:
    """Copy the project as it is at one moment; without a target beside it, named by the hour.

    The copy is checked before it is called a backup.
    """
    if target is None:
        hour = utc_now()[:16].replace(":", "").replace("T", "-")
        target = _free(project.path.with_name(f"{project.path.stem}.backup-{hour}.curate"))
    project.store.upkeep.back_up(target)
    with Store.open(target, read_only=True) as copy:
        damage = copy.upkeep.damage()
    if damage:
        target.unlink()
        raise WorldError(
            f"the copy of {project.path} came out damaged: {damage[0]}",
            "check the disk, and run `curate check` on the project",
        )
    return target


def restore(named: str | Path | None, backup: Path) -> Path:
    """Put a backup in the place of a project; return where the old file is kept.

    Raises `CurateError`, with nothing changed, when the backup is no sound project or somebody has
    the project open.
    """
    path = find_project(named)
    if backup.resolve() == path.resolve():
        raise ProjectError(f"{backup} is the project itself", "name the backup")
    with Store.open(backup, read_only=True) as store:
        damage = store.upkeep.damage()
    if damage:
        raise ProjectError(f"{backup} is damaged: {damage[0]}", "restore an older backup")
    kept = _free(path.with_name(f"{path.stem}.before-restore.curate"))
    fresh = path.with_name(f".{path.name}.restoring")
    fresh.unlink(missing_ok=True)
    try:
        with Store.open(backup, read_only=True) as store:
            store.upkeep.back_up(fresh)
        _check_idle(path)
        _set_aside(path, kept)
        fresh.rename(path)
    except OSError as error:
        if kept.exists() and not path.exists():
            kept.rename(path)
        raise WorldError(
            f"{path} cannot be replaced: {error.strerror}", "make its folder writable"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return kept


def _check_idle(path: Path) -> None:
    """Refuse when another program has the project open: its log would stay beside the file."""
    if not path.exists():
        return
    try:
        Store.open(path).close()  # the last to close a file takes the log into it
    except Busy:
        raise
    except ProjectError:
        return  # it is broken: that is why it is restored
    if any(_beside(path)):
        raise Busy(
            f"another program has {path} open", "close the workbench everywhere, then restore"
        )


def _beside(path: Path) -> list[Path]:
    found = (path.with_name(path.name + ending) for ending in _BESIDE)
    return [one for one in found if one.exists()]


def _set_aside(path: Path, kept: Path) -> None:
    """Rename the old file, with a log that could not be taken in: it must not meet the new one."""
    for log in _beside(path):
        log.rename(kept.with_name(kept.name + log.name.removeprefix(path.name)))
    if path.exists():
        path.rename(kept)


def _free(path: Path) -> Path:
    """The path, or the first of its name with a number that is free."""
    found, number = path, 1
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
