"""The demo project: invented Arabic news with two readers' annotations, made from the seeds."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import as_file
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.project.activity import utc_now
from curate.project.adding import add
from curate.project.learning import set_every
from curate.project.opening import SUFFIX, create_project, open_project
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from curate.project.adding import Progress


def demo_path() -> Path:
    """Where the demo project is kept unless the user says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("curate", appauthor=False) / f"demo{SUFFIX}"


def make_demo(
    path: Path | None = None,
    *,
    fresh: bool = False,
    say: Callable[[str], None] = lambda _: None,
    progress: Progress | None = None,
) -> Path:
    """Return the demo project's path; make it if it is not there yet.

    With `fresh` a demo that is there is put aside under another name, never
    deleted, and made again. The project appears whole or not at all.
    """
    target = demo_path() if path is None else path
    if target.exists() and not fresh:
        open_project(target, read_only=True).close()
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        say(f"the old demo is kept as {_put_aside(target)}")
    _make(target, progress)
    say(f"{target}: made from the demo articles, which are fiction")
    return target


def _make(target: Path, progress: Progress | None) -> None:
    draft = target.with_name(f".{target.stem}-{_stamp()}{SUFFIX}")
    articles = shipped("seeds").joinpath("demo", "demo.jsonl")
    if not articles.is_file():
        raise CurateError("the demo articles are missing from this installation", "install again")
    try:
        with as_file(articles) as file, create_project(draft) as project:
            add(project, [file], progress=progress)
            set_every(project, 0)  # what is shown is not to be learned from the demo's own gold
        draft.replace(target)
    finally:
        for left in draft.parent.glob(f"{draft.name}*"):
            with suppress(OSError):
                left.unlink()


def _put_aside(target: Path) -> Path:
    """Rename a project that is in the way, with all that lies unfinished beside it."""
    open_project(target).close()
    aside = target.with_name(f"{target.stem}-{_stamp()}{SUFFIX}")
    target.rename(aside)
    return aside


def _stamp() -> str:
    return utc_now().partition(".")[0].replace(":", "").replace("-", "")
