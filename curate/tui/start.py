"""Open the workbench: settings, project and terminal come together here."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from curate.errors import WorldError
from curate.project.annotating import Annotating
from curate.project.opening import find_project, open_project
from curate.project.practice import offer_tour, practice
from curate.settings import interface_language, load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.project.practice import Practice


def open_workbench(
    project: str | None, *, annotator: str, bidi: str = "auto", marks: str = "auto"
) -> None:
    """Annotate a project on this terminal until the user leaves.

    `bidi` and `marks` of `auto` leave the choice to the settings, then to the terminal.
    Raises `WorldError` where there is no terminal.
    """
    in_browser = bool(os.environ.get("TEXTUAL_DRIVER"))
    _check_terminal(in_browser=in_browser)
    with open_project(project) as opened:
        session = Annotating(opened, annotator)
        _run(session, opened.path.stem, bidi, marks, offers_tour=not in_browser and offer_tour())


def open_tour(*, bidi: str = "auto", marks: str = "auto") -> None:
    """Take the tour on this terminal, on a practice item that is thrown away."""
    _check_terminal(in_browser=False)
    with practice() as made:
        _run(made.session, "", bidi, marks, made=made)


def _run(
    session: Annotating, name: str, bidi: str, marks: str, *,
    made: Practice | None = None, offers_tour: bool = False,
) -> None:  # fmt: skip
    """Show a session until the user leaves."""
    from curate.tui.app import Workbench
    from curate.tui.keymap import checked
    from curate.tui.terminal import BidiChoice, choose_plan, prepared

    settings = load_settings()
    keymap = checked(settings.keys)
    shown = {"show": True, "hide": False}.get(marks if marks != "auto" else settings.marks)
    choice = BidiChoice(bidi if bidi != "auto" else settings.bidi)
    language = interface_language(settings.language)
    plan = choose_plan(choice, os.environ, marks=shown, language=language)
    with prepared(plan) as terminal:
        Workbench(
            session,
            practice=made,
            project=name,
            language=language,
            theme=settings.theme,
            keyboard=settings.keyboard,
            keymap=keymap,
            marks=plan.marks,
            reorder=plan.reorder,
            offers_tour=offers_tour,
            learns=made is None,
            pull_every=None if settings.pull == "off" or made else float(settings.pull),
            driver_class=terminal.driver_class,
        ).run()


def _check_terminal(*, in_browser: bool) -> None:
    streams = (sys.stdin, sys.stdout, sys.stderr)  # Textual draws on the last one
    if not in_browser and not all(stream.isatty() for stream in streams):
        raise WorldError(
            "the workbench needs a terminal to draw on", "or open it in a browser: curate serve"
        )


def serve_workbench(
    project: str | None, *, annotator: str, marks: str, host: str, port: int,
    say: Callable[[str], None],
) -> None:  # fmt: skip
    """Serve the workbench on a project to browsers until Ctrl-C."""
    from curate.tui.serve import serve

    path = find_project(project)
    open_project(path, read_only=True).close()
    serve(_command(str(path.resolve()), annotator, marks), host=host, port=port, say=say)


def _command(project: str, annotator: str, marks: str) -> Sequence[str]:
    return (
        *(sys.executable, "-m", "curate", "-p", project),
        *("annotate", "--as", annotator, "--marks", marks),
    )


def examine(*, calibrate: bool) -> list[str]:
    """Find out how this terminal shows Arabic; with `calibrate` ask the user first."""
    from curate.tui import doctor
    from curate.tui.terminal import calibrate_again

    if calibrate:
        calibrate_again(os.environ, language=interface_language(load_settings().language))
    width = shutil.get_terminal_size().columns
    return doctor.examine(os.environ, width, to_terminal=sys.stdout.isatty())
