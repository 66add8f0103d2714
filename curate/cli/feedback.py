"""`feedback`: where gold says otherwise than an annotator did."""

from __future__ import annotations

import json

import click

from curate.cli.printing import print_lines
from curate.cli.workbench import annotator_option


@click.command("feedback")
@click.argument("switch", required=False, type=click.Choice(["on", "off"]))
@annotator_option
@click.option("--all", "everybody", is_flag=True, help="Every annotator against gold, for leads.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True,
              help="Sentences at most.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def feedback_command(
    project: str | None, switch: str | None, annotator: str | None, limit: int,
    *, everybody: bool, as_json: bool,
) -> None:  # fmt: skip
    """Show where gold says otherwise than you did, if the lead allows it.

    A lead opens it with `on` and closes it with `off`. See `curate help feedback`.
    """
    from curate.cli.workbench import annotator_name
    from curate.project import feedback
    from curate.project.opening import open_project

    with open_project(project, read_only=switch is None) as opened:
        if switch is not None:
            feedback.allow(opened, allowed=switch == "on")
            click.echo(f"feedback is {switch}", err=True)
            return
        if everybody:
            found = feedback.everybody(opened)
        else:
            found = [feedback.feedback_for(opened, annotator_name(annotator))]
        if as_json:
            rows = [feedback.feedback_as_json(one) for one in found]
            shown = rows if everybody else rows[0]
            click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
            return
        lines = list(feedback.summary_lines([one for one in found if one.items]))
        if not everybody:
            lines += feedback.difference_lines(opened, found[0], limit)
    print_lines(lines)
