"""`curate report` and `curate control`: what the work costs, and how to measure its help."""

from __future__ import annotations

import json

import click

from curate.cli.printing import print_lines


@click.group("report")
def report_command() -> None:
    """Report on the work: what it costs in time and keys."""


@report_command.command("effort")
@click.option("--by", "annotator", default=None, metavar="NAME", help="Only this annotator's.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def effort_command(project: str | None, annotator: str | None, *, as_json: bool) -> None:
    """Show seconds and keys by decision, mention, frame and item, and what is accepted unread.

    Pauses of more than half a minute are cut. The figures never leave the project file.
    """
    from curate.project.effort import efforts
    from curate.project.effort_lines import effort_lines
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened:
        found = efforts(opened, annotator)
    if as_json:
        click.echo(json.dumps([e.as_json() for e in found], ensure_ascii=False))
        return
    print_lines(effort_lines(found))


@click.command("control")
@click.argument("share", required=False)
@click.option("--seed", type=int, default=None, help="What the lot is drawn with.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def control_command(
    project: str | None, share: str | None, seed: int | None, *, as_json: bool
) -> None:
    """Hide the candidates in a SHARE of the items (0.1 or 10%), to measure how they sway people.

    The items are drawn by lot, the same for all annotators, who are not told. Items that were
    worked on already stay as they are. Without SHARE, say what is set.
    """
    from curate.project.control import control_state, set_control, share_of
    from curate.project.opening import open_project

    if share is None and seed is not None:
        raise click.UsageError("--seed needs a SHARE")
    with open_project(project, read_only=share is None) as opened:
        if share is None:
            state = control_state(opened)
        else:
            state = set_control(opened, share_of(share), seed)
    if as_json:
        click.echo(json.dumps(state.as_json()))
        return
    print_lines(state.lines())
