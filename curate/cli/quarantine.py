"""`curate quarantine`: what came from outside and does not fit."""

from __future__ import annotations

import json

import click


@click.command("quarantine")
@click.argument("number", required=False, type=int)
@click.option("--settle", "how", metavar="HOW", help="Note how NUMBER was settled.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def quarantine_command(
    project: str | None, number: int | None, how: str | None, *, as_json: bool
) -> None:
    """List what imports and syncs brought and the schema forbids, or show one whole.

    Nothing of it is lost or let in by itself: mend it where it came from, or do
    it here by hand, then settle it.
    """
    from curate.project.opening import open_project
    from curate.project.quarantined import quarantined, settle

    if how is not None:
        if number is None:
            raise click.UsageError("say which NUMBER was settled")
        with open_project(project) as opened:
            settle(opened, number, how)
        return
    with open_project(project, read_only=True) as opened:
        waiting = [q for q in quarantined(opened) if number in {None, q.number}]
    if as_json:
        click.echo(json.dumps([entry.as_json() for entry in waiting], ensure_ascii=False))
        return
    for entry in waiting:
        for line in entry.lines(whole=number is not None):
            click.echo(line)
    if not waiting:
        click.echo("nothing waits in quarantine", err=True)
