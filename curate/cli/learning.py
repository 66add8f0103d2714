"""The command that learns from finished items: `learn`."""

from __future__ import annotations

import json

import click


@click.command("learn")
@click.option(
    "--if-due", is_flag=True, help="Only when enough items were finished since the last time."
)
@click.option(
    "--keep",
    "keep",
    multiple=True,
    metavar="ITEM",
    help="Leave this item's candidates as they are.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was learned as JSON.")
@click.pass_obj
def learn_command(
    project: str | None, keep: tuple[str, ...], *, if_due: bool, as_json: bool
) -> None:
    """Train on this project's finished items and propose anew for untouched ones.

    Nothing that was decided changes. The held-out score says how well the
    model does on items it has not seen.
    """
    from curate.project.learning import is_due, learn
    from curate.project.opening import open_project

    with open_project(project) as opened:
        if if_due and not is_due(opened):
            click.echo("nothing to do: too few items were finished since the last time", err=True)
            return
        result = learn(opened, keep=keep)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    for line in result.lines():
        click.echo(line, err=True)
