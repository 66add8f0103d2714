"""Commands that open a screen: `demo`, `annotate`, `serve`, `doctor`."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

bidi_option = click.option(
    "--bidi", type=click.Choice(["auto", "visual", "terminal"]), default="auto", show_default=True,
    help="Who puts Arabic in visual order: curate, or the terminal.",
)  # fmt: skip
marks_option = click.option(
    "--marks", type=click.Choice(["auto", "show", "hide"]), default="auto", show_default=True,
    help="Draw vowel marks, or keep them out of sight (the text is never changed).",
)  # fmt: skip
annotator_option = click.option(
    "--as", "annotator", metavar="NAME", default=None,
    help="Who annotates; else $CURATE_ANNOTATOR, the settings, your login.",
)  # fmt: skip


def annotator_name(given: str | None) -> str:
    """The annotator's name from the option, the environment, the settings, or the login."""
    import os

    from curate.settings import load_settings

    name = given or os.environ.get("CURATE_ANNOTATOR") or load_settings().annotator
    return (name or getpass.getuser()).strip()


@click.command("demo")
@click.option(
    "--path", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="Where the demo project is kept (default: your data folder).",
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="Begin again: the old demo is kept beside as a backup.")
@click.option("--check", is_flag=True, help="Make and check the project, but open no screen.")
@bidi_option
@marks_option
@annotator_option
def demo_command(
    path: Path | None, annotator: str | None, bidi: str, marks: str, *, fresh: bool, check: bool
) -> None:
    """Open a demo project on invented Arabic news, made fresh the first time.

    Nothing in it is real. What you do there is kept until you ask for a fresh one.
    """
    from curate.project.demo import make_demo

    made = make_demo(path, fresh=fresh, say=lambda line: click.echo(line, err=True))
    if check:
        click.echo(made)
        return
    _open_workbench(str(made), annotator_name(annotator), bidi, marks)


@click.command("annotate")
@annotator_option
@bidi_option
@marks_option
@click.pass_obj
def annotate_command(project: str | None, annotator: str | None, bidi: str, marks: str) -> None:
    """Open the workbench: confirm, correct or reject mentions and event frames."""
    _open_workbench(project, annotator_name(annotator), bidi, marks)


def _open_workbench(project: str | None, annotator: str, bidi: str, marks: str) -> None:
    from curate.tui.first_paint import hold_collector

    hold_collector()
    from curate.tui.start import open_workbench

    open_workbench(project, annotator=annotator, bidi=bidi, marks=marks)


@click.command("tour")
@bidi_option
@marks_option
def tour_command(bidi: str, marks: str) -> None:
    """Practise the workbench's keys in three minutes, on an item that is nobody's work."""
    from curate.tui.start import open_tour

    open_tour(bidi=bidi, marks=marks)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8731, show_default=True, help="Port to listen on.")
@annotator_option
@marks_option
@click.pass_obj
def serve_command(
    project: str | None, host: str, port: int, annotator: str | None, marks: str
) -> None:
    """Open the same workbench in a browser on this machine."""
    from curate.tui.start import serve_workbench

    serve_workbench(
        project, annotator=annotator_name(annotator), marks=marks, host=host, port=port,
        say=lambda line: click.echo(line, err=True),
    )  # fmt: skip


@click.command("doctor")
@click.option("--calibrate", is_flag=True, help="Compare lines on the screen and remember.")
def doctor_command(*, calibrate: bool) -> None:
    """Say how this terminal shows Arabic, and what to do where it does not."""
    from curate.tui.start import examine

    for line in examine(calibrate=calibrate):
        click.echo(line)
