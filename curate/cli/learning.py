"""The command that learns from finished items: `learn`."""

from __future__ import annotations

import json
import os

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
@click.option(
    "--every", type=int, default=None, metavar="N",
    help="Set: learn by itself after N more finished items; 0 for never.",
)  # fmt: skip
@click.option("--gently", is_flag=True, help="At low priority, so that nobody has to wait for it.")
@click.option("--json", "as_json", is_flag=True, help="Print what was learned as JSON.")
@click.pass_obj
def learn_command(
    project: str | None,
    keep: tuple[str, ...],
    every: int | None,
    *,
    if_due: bool,
    gently: bool,
    as_json: bool,
) -> None:
    """Train on this project's finished items and propose anew for untouched ones.

    The workbench does it by itself, beside the annotator, after every 50 finished items.
    Nothing that was decided changes. The held-out score says how well the
    model does on items it has not seen.
    """
    from curate.project.learning import claimed, is_due, learn, set_every
    from curate.project.opening import open_project

    if gently and hasattr(os, "nice"):
        os.nice(15)
    with open_project(project) as opened:
        if every is not None:
            set_every(opened, every)
            click.echo(_said_every(every), err=True)
            return
        if if_due and not is_due(opened):
            click.echo("nothing to do: too few items were finished since the last time", err=True)
            return
        with claimed(opened) as free:
            if if_due and not free:
                click.echo("nothing to do: another process is learning", err=True)
                return
            result = learn(opened, keep=keep)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    for line in result.lines():
        click.echo(line, err=True)


def _said_every(every: int) -> str:
    if every == 0:
        return "the workbench does not learn by itself any more"
    return f"the workbench learns by itself after every {every:,} finished items"
