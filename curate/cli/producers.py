"""`curate producers`: who proposes candidates beside the rules."""

from __future__ import annotations

import click


@click.group("producers")
def producers_command() -> None:
    """Switch producers of candidates on and off, and ask them."""


@producers_command.command("list")
@click.pass_obj
def list_command(project: str | None) -> None:
    """List the producers that are installed, and which are on in the project."""
    from curate.project.opening import open_project
    from curate.project.producers import RULES, known_producers, producers_on

    with open_project(project, read_only=True) as opened:
        on = {held.name: held for held in producers_on(opened)}
    for known in known_producers():
        held = on.pop(known.name, None)
        click.echo(_line(known.name, known.source, is_on=held is not None or known.name == RULES))
    for name in on:
        click.echo(_line(name, "not installed here", is_on=True))


def _line(name: str, source: str, *, is_on: bool) -> str:
    return f"{name}\t{'on' if is_on else 'off'}\t{source}"


@producers_command.command("on")
@click.argument("name")
@click.option("--set", "pairs", multiple=True, metavar="OPTION=VALUE", help="An option of it.")
@click.pass_obj
def on_command(project: str | None, name: str, pairs: tuple[str, ...]) -> None:
    """Switch a producer on for this project, on this machine.

    Keys are never options: see `curate help producers`.
    """
    from curate.project.opening import open_project
    from curate.project.producers import switch_on

    options: dict[str, str] = {}
    for pair in pairs:
        option, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError("write --set as OPTION=VALUE")
        options[option.strip()] = value.strip()
    with open_project(project) as opened:
        warning = switch_on(opened, name, options)
    click.echo(f"{name} is on; `curate producers ask` asks it for candidates", err=True)
    if warning is not None:
        click.echo(f"warning: {warning}", err=True)


@producers_command.command("off")
@click.argument("name")
@click.pass_obj
def off_command(project: str | None, name: str) -> None:
    """Switch a producer off; what it proposed stays."""
    from curate.project.opening import open_project
    from curate.project.producers import switch_off

    with open_project(project) as opened:
        switch_off(opened, name)
    click.echo(f"{name} is off", err=True)


@producers_command.command("ask")
@click.pass_obj
def ask_command(project: str | None) -> None:
    """Ask the producers that are on for candidates for open items."""
    from curate.cli.progress import Progress
    from curate.project.opening import open_project
    from curate.project.producers import ask_producers

    with open_project(project) as opened, Progress("asking") as progress:
        ran = ask_producers(opened, progress, lambda line: click.echo(line, err=True))
    if not ran:
        click.echo("no producer is on beside the rules", err=True)
    for one in ran:
        for line in one.lines():
            click.echo(line, err=True)
