"""Commands for leads: `review` opens their screens, `gold` makes gold and tells its stories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from curate.cli.workbench import annotator_name, bidi_option, marks_option

if TYPE_CHECKING:
    from curate.project.reviewing import MergeReport

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("review")
@click.option("--as", "lead", metavar="NAME", default=None,
              help="Who rules; else $CURATE_ANNOTATOR, the settings, your login.")  # fmt: skip
@bidi_option
@marks_option
@click.pass_obj
def review_command(project: str | None, lead: str | None, bidi: str, marks: str) -> None:
    """Open the lead's screens: progress, agreement, and the cases that wait for a ruling.

    See `curate help review`.
    """
    from curate.tui.review_start import open_review

    open_review(project, lead=annotator_name(lead), bidi=bidi, marks=marks)


@click.group("gold")
def gold_command() -> None:
    """Make gold of what annotators share and leads ruled, and tell where it comes from.

    See `curate help review`.
    """


@gold_command.command("status")
@json_option
@click.pass_obj
def gold_status(project: str | None, *, as_json: bool) -> None:
    """Count what is gold, what is partly so, and which cases wait."""
    from curate.project.gold import gold_state
    from curate.project.opening import open_project
    from curate.project.reviewing_settings import review_settings

    with open_project(project, read_only=True) as opened:
        state, settings = gold_state(opened), review_settings(opened)
        if as_json:
            click.echo(json.dumps(state.as_json()))
            return
        readers = ", ".join(settings.readers) or "everybody but gold"
        click.echo(f"{state.resolved:,} of {state.items:,} items are gold")
        click.echo(f"{state.partly:,} are partly so: {state.cases:,} open cases")
        click.echo(f"{state.missing:,} have none yet")
        majority = f", {settings.majority} settle a difference" if settings.majority else ""
        click.echo(f"readers: {readers}; {settings.required} must have done an item{majority}")


@gold_command.command("merge")
@click.option("--required", type=click.IntRange(min=1), default=None,
              help="How many annotators must have done an item (kept in the project).")  # fmt: skip
@click.option("--majority", type=click.IntRange(min=0), default=None,
              help="How many settle a difference without a lead; 0: none (kept).")  # fmt: skip
@click.option(
    "--by", "readers", multiple=True, metavar="NAME",
    help="Merge these annotators' work alone (kept); `--by all` for everybody's.",
)  # fmt: skip
@json_option
@click.pass_obj
def gold_merge(
    project: str | None, required: int | None, majority: int | None, readers: tuple[str, ...],
    *, as_json: bool,
) -> None:  # fmt: skip
    """Merge anew: what all annotators of an item share becomes gold, the rest are cases.

    Rulings stay where what they judged is unchanged. Leaves with 4 while cases are open.
    """
    from curate.cli.progress import Progress
    from curate.project.opening import open_project
    from curate.project.reviewing import merge_project
    from curate.project.reviewing_settings import with_settings

    with open_project(project) as opened:
        with_settings(opened, required=required, majority=majority, readers=readers)
        with Progress("merging") as progress:
            report = merge_project(opened, progress)
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else _told(report))
    if report.cases:
        raise click.exceptions.Exit(4)


def _told(report: MergeReport) -> str:
    lines = [
        (
            f"{report.resolved:,} of {report.items:,} items are gold, "
            f"{report.cases:,} cases are open: curate review"
        ),
        f"{report.changed:,} items changed",
    ]
    if report.single:
        lines.append(f"{report.single:,} items were done by too few annotators")
    lines += [f"left out, because it does not fit the rest: {line}" for line in report.dropped]
    return "\n".join(lines)


@gold_command.command("list")
@click.option("--open", "only_open", is_flag=True, help="Only items with open cases.")
@json_option
@click.pass_obj
def gold_list(project: str | None, *, only_open: bool, as_json: bool) -> None:
    """List the items that have gold."""
    from curate.project.gold import gold_items
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened:
        for gold in gold_items(opened):
            if only_open and gold.is_resolved:
                continue
            said = gold.annotation
            if as_json:
                found = {
                    "item": gold.item.id, "resolved": gold.is_resolved, "open_cases": gold.open,
                    "mentions": len(said.mentions), "frames": len(said.frames), "at": gold.at,
                }  # fmt: skip
                click.echo(json.dumps(found, ensure_ascii=False))
                continue
            state = "gold" if gold.is_resolved else f"{gold.open} open"
            counts = f"{len(said.mentions)} mentions, {len(said.frames)} frames"
            click.echo(f"{gold.item.id:<32} {state:<8} {counts}")


@gold_command.command("take")
@click.argument("annotator")
@click.option("--as", "lead", metavar="NAME", default=None, help="Who takes it over.")
@click.option("--back", is_flag=True, help="Take it back: gold is merged from readers again.")
@click.pass_obj
def gold_take(project: str | None, annotator: str, lead: str | None, *, back: bool) -> None:
    """Take the finished work of one ANNOTATOR over as gold, such as that of an import.

    Items that a lead has ruled on are left as they are.
    """
    from curate.project.opening import open_project
    from curate.project.reviewing import give_up, take_over

    with open_project(project) as opened:
        change = give_up if back else take_over
        items = change(opened, annotator, annotator_name(lead))
    click.echo(f"{items:,} items: {annotator} {'given up' if back else 'taken over'}")


@gold_command.command("why")
@click.argument("where", metavar="ITEM[/ATOM]")
@json_option
@click.pass_obj
def gold_why(project: str | None, where: str, *, as_json: bool) -> None:
    """Tell the story of gold: who said it, who ruled, when, and why.

    ITEM and ATOM are the ids that `curate gold list` and this command print.
    """
    from curate.cli.printing import print_lines
    from curate.project.opening import open_project
    from curate.project.reviewing_why import why

    with open_project(project, read_only=True) as opened:
        told = why(opened, where)
    if as_json:
        click.echo(json.dumps([t.as_json() for t in told], ensure_ascii=False, indent=1))
        return
    print_lines([line for t in told for line in t.lines()], "en")
