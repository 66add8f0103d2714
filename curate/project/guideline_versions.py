"""Versions of the guidelines: work counts under the one in force when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.project.activity import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.project.opening import Project


def begin_version(project: Project, name: str, *, now: Callable[[], str] = utc_now) -> None:
    """Let work count under this version from now on.

    Raises `CurateError` for a name that is in force already, and for none.
    """
    known = project.store.rounds.guidelines()
    if not name.strip():
        raise CurateError("a version needs a name", "name it as in the guidelines, such as 2.1")
    if known and known[-1][1] == name:
        raise CurateError(f"{name} is in force already", "give the new version another name")
    project.store.rounds.begin_guidelines(name, at=now())


def versions(project: Project) -> list[tuple[str, str]]:
    """When each version began, ISO 8601, UTC, and its name; the first one first."""
    return project.store.rounds.guidelines()
