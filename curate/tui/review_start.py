"""Open the lead's screens: settings, project and terminal come together here."""

from __future__ import annotations

import os
import sys

from curate.errors import WorldError
from curate.project.opening import open_project
from curate.project.reviewing_session import Reviewing
from curate.settings import interface_language, load_settings


def open_review(project: str | None, *, lead: str, bidi: str = "auto", marks: str = "auto") -> None:
    """Review a project on this terminal until the lead leaves.

    `bidi` and `marks` of `auto` leave the choice to the settings, then to the terminal.
    Raises `WorldError` where there is no terminal.
    """
    in_browser = bool(os.environ.get("TEXTUAL_DRIVER"))
    if not in_browser and not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        raise WorldError(
            "the lead's screens need a terminal to draw on",
            "without one: curate gold merge, curate agreement",
        )
    settings = load_settings()
    with open_project(project) as opened:
        reviewing = Reviewing(opened, lead, at_once=False)
        from curate.tui.review_app import ReviewApp
        from curate.tui.terminal import BidiChoice, choose_plan, prepared

        shown = {"show": True, "hide": False}.get(marks if marks != "auto" else settings.marks)
        choice = BidiChoice(bidi if bidi != "auto" else settings.bidi)
        language = interface_language(settings.language)
        plan = choose_plan(choice, os.environ, marks=shown, language=language)
        with prepared(plan) as terminal:
            ReviewApp(
                reviewing, project=opened.path.stem, language=language, theme=settings.theme,
                keyboard=settings.keyboard, marks=plan.marks, reorder=plan.reorder,
                driver_class=terminal.driver_class,
            ).run()  # fmt: skip
