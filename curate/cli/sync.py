"""`curate sync`: to Label Studio and back."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from curate.project.opening import Project
    from curate.project.syncing import Direction, Remote

_SERVER = click.option("--server", metavar="URL", help="Which server, if you know several.")
_TOKEN = "CURATE_LABEL_STUDIO_TOKEN"  # noqa: S105 (the name of a variable)


@click.group("sync")
def sync_command() -> None:
    """Sync the project with one on a Label Studio server, both ways."""


@sync_command.command("login")
@click.argument("url")
def login_command(url: str) -> None:
    """Check a token with the server at URL, and keep it.

    The token is asked for without being shown; else it comes from standard
    input or from $CURATE_LABEL_STUDIO_TOKEN.
    """
    from curate.project.syncing import log_in

    done = log_in(url, _token())
    for warning in done.warnings:
        click.echo(f"warning: {warning}", err=True)
    where = "the system's keyring" if done.login.is_in_keyring else "a file that only you can read"
    click.echo(
        f"logged in with {done.login.url} (Label Studio {done.version}) as {done.login.email}; "
        f"the token is in {where}",
        err=True,
    )


def _token() -> str:
    if os.environ.get(_TOKEN):
        return os.environ[_TOKEN]
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    asked: str = click.prompt(
        "Token (Account & Settings in Label Studio)", hide_input=True, err=True
    )
    return asked


@sync_command.command("logout")
@click.argument("url", required=False)
def logout_command(url: str | None) -> None:
    """Forget the token for a server."""
    from curate.project.syncing import log_out

    click.echo(f"logged out of {log_out(url)}", err=True)


@sync_command.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the state as JSON.")
@click.pass_obj
def status_command(project: str | None, *, as_json: bool) -> int:
    """Say what the project is synced with, and what is left to decide."""
    from curate.project.opening import open_project
    from curate.project.syncing import state
    from curate.project.syncing_shown import state_lines

    with open_project(project, read_only=True) as opened:
        found = state(opened)
    if as_json:
        click.echo(json.dumps(None if found is None else found.as_json(), ensure_ascii=False))
    elif found is None:
        click.echo("this project is synced with nothing yet", err=True)
    else:
        for line in state_lines(found):
            click.echo(line)
    return 4 if found is not None and found.open else 0


@sync_command.command("map")
@click.argument("pairs", nargs=-1, metavar="ANNOTATOR=EMAIL...")
@click.pass_obj
def map_command(project: str | None, pairs: tuple[str, ...]) -> None:
    """Say which annotator is which user there; ANNOTATOR= takes it back, none lists them."""
    from curate.project.opening import open_project
    from curate.project.syncing import map_annotator, mapped

    with open_project(project) as opened:
        for pair in pairs:
            annotator, sign, email = pair.partition("=")
            if not sign or not annotator:
                raise click.UsageError("write it as ANNOTATOR=EMAIL")
            map_annotator(opened, annotator, email or None)
        for annotator, email in mapped(opened).items():
            click.echo(f"{annotator}={email}")


@sync_command.command("resolve")
@click.argument("item", required=False)
@click.option("--as", "annotator", default="", metavar="WHO",
              help="Whose annotation; nobody's for the task itself.")  # fmt: skip
@click.option("--all", "is_all", is_flag=True, help="Answer everything that is open.")
@click.option("--keep", required=True, type=click.Choice(["here", "there"]), help="What holds.")
@click.pass_obj
def resolve_command(
    project: str | None, item: str | None, annotator: str, keep: str, *, is_all: bool
) -> None:
    """Say which side holds where a sync asked; the next sync acts on it."""
    from curate.project.opening import open_project
    from curate.project.syncing import Side, questions, resolve

    if (item is None) != is_all:
        raise click.UsageError("name an ITEM, or say --all")
    with open_project(project) as opened:
        asked = [(q.item, q.annotator) for q in questions(opened)]
        for wanted in asked if is_all else [(item or "", annotator)]:
            resolve(opened, *wanted, Side(keep))
    click.echo("noted; `curate sync both` acts on it", err=True)


def _options(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command the options that all three directions share."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON."),
        click.option("--anew", is_flag=True, help="Forget what the server held before."),
        click.option("--full", is_flag=True, help="Compare every task, not only what changed."),
        click.option("--create", metavar="TITLE", help="Make a new project there."),
        click.option(
            "--project", "number", type=click.IntRange(min=1), metavar="N",
            help="Number of the project there; needed once.",
        ),
        _SERVER,
        click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing."),
    ):  # fmt: skip
        command = option(command)
    return command


@sync_command.command("push")
@_options
@click.pass_obj
def push_command(
    project: str | None, server: str | None, number: int | None, create: str | None,
    *, dry_run: bool, full: bool, anew: bool, as_json: bool,
) -> int:  # fmt: skip
    """Send tasks with candidates, finished annotations and gold."""
    from curate.project.syncing import Direction

    return _run(project, Direction.PUSH, server, number, create, dry_run=dry_run, full=full,
                anew=anew, as_json=as_json)  # fmt: skip


@sync_command.command("pull")
@_options
@click.pass_obj
def pull_command(
    project: str | None, server: str | None, number: int | None, create: str | None,
    *, dry_run: bool, full: bool, anew: bool, as_json: bool,
) -> int:  # fmt: skip
    """Fetch annotations, skips and notes."""
    from curate.project.syncing import Direction

    return _run(project, Direction.PULL, server, number, create, dry_run=dry_run, full=full,
                anew=anew, as_json=as_json)  # fmt: skip


@sync_command.command("both")
@_options
@click.pass_obj
def both_command(
    project: str | None, server: str | None, number: int | None, create: str | None,
    *, dry_run: bool, full: bool, anew: bool, as_json: bool,
) -> int:  # fmt: skip
    """Send and fetch."""
    from curate.project.syncing import Direction

    return _run(project, Direction.BOTH, server, number, create, dry_run=dry_run, full=full,
                anew=anew, as_json=as_json)  # fmt: skip


def _run(
    project: str | None, direction: Direction, server: str | None, number: int | None,
    create: str | None, *, dry_run: bool, full: bool, anew: bool, as_json: bool,
) -> int:  # fmt: skip
    from curate.cli.progress import Progress
    from curate.project.opening import open_project
    from curate.project.syncing import link, open_remote, sync

    if number is not None and create is not None:
        raise click.UsageError("say --project or --create, not both")
    if create is not None and dry_run:
        raise click.UsageError("a dry run makes no project: leave --create out")
    if anew and dry_run:
        raise click.UsageError("a dry run forgets nothing: leave --anew out")
    is_linking = number is not None or create is not None
    with open_project(project) as opened, open_remote(
        opened, server, is_new=is_linking
    ) as remote:  # fmt: skip
        _warn(remote)
        remote.check()
        if is_linking:
            made = link(opened, remote, number=number, create=create)
            click.echo(f"synced with {made.server}, project {made.project}: {made.title}", err=True)
        with Progress("syncing") as progress:
            if dry_run:
                return _preview(opened, remote, direction, full=full, as_json=as_json)
            outcome = sync(opened, remote, direction, full=full, anew=anew, progress=progress)
    if as_json:
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False))
    from curate.project.syncing_shown import outcome_lines

    for line in outcome_lines(outcome):
        click.echo(line, err=True)
    return outcome.exit_code


def _preview(
    opened: Project, remote: Remote, direction: Direction, *, full: bool, as_json: bool
) -> int:
    from curate.project.syncing import look
    from curate.project.syncing_shown import plan_lines, table

    plan = look(opened, remote, direction, full=full)
    if as_json:
        click.echo(json.dumps([action.as_json() for action in plan], ensure_ascii=False))
    else:
        for line in table(plan):
            click.echo(line)
    for line in plan_lines(plan):
        click.echo(line, err=True)
    return 4 if plan.open else 0


def _warn(remote: Remote) -> None:
    if remote.address.warning is not None:
        click.echo(f"warning: {remote.address.warning}", err=True)
