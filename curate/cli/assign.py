"""`assign`: which items go to whom; `guidelines`: under which version work counts."""

from __future__ import annotations

import json

import click

from curate.cli.printing import print_lines


@click.command("assign")
@click.option("--to", "to", metavar="ANN,BEA", default="", help="Annotators, by name.")
@click.option("--k", "each", type=click.IntRange(min=1), default=1, show_default=True,
              help="Annotators for every item.")  # fmt: skip
@click.option("--overlap", type=float, default=0.0, metavar="SHARE",
              help="Share of the items that two annotators read.")  # fmt: skip
@click.option("--batch", metavar="NAME", default=None, help="A name for what is given now.")
@click.option("--size", type=click.IntRange(min=0), default=None,
              help="How many new items; else all that nobody has.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=None,
              help="Draw the items by lot with this seed; else in their order.")  # fmt: skip
@click.option("--by", type=click.Choice(["source", "date"]), default=None,
              help="Draw of every source or month its share.")  # fmt: skip
@click.option("--whole-documents", is_flag=True, help="Keep a document's items together.")
@click.option("--second-reading-of", "second_of", metavar="NAME", default=None,
              help="Not new items, but what NAME alone has done.")  # fmt: skip
@click.option("--repeat", type=float, default=None, metavar="SHARE",
              help="Give each a share of what they have done again.")  # fmt: skip
@click.option("--after", type=click.IntRange(min=0), default=14, show_default=True,
              metavar="DAYS", help="Days between two readings.")  # fmt: skip
@click.option("--reassign-abandoned", "abandoned", type=click.IntRange(min=1), default=None,
              metavar="DAYS",
              help="Take over the open items of people idle for so long.")  # fmt: skip
@click.option("--sample", default=None, metavar="NAME",
              help="Only the items of this sample; see `curate sample`.")  # fmt: skip
@click.option("--with-copies", is_flag=True, help="Give near copies of other texts too.")
@click.option("--dry-run", is_flag=True, help="Show the plan, write nothing.")
@click.option("--list", "listed", is_flag=True, help="Show what has been given to whom.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def assign_command(
    project: str | None, to: str, each: int, overlap: float, batch: str | None,
    size: int | None, seed: int | None, by: str | None, second_of: str | None,
    repeat: float | None, after: int, abandoned: int | None,
    sample: str | None, *, with_copies: bool, whole_documents: bool, dry_run: bool, listed: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Give items to annotators, never the same one twice to a person unless it is a repeat.

    Nobody sees which of their items others have too. See `curate help assign`.
    """
    from curate.project import assigning
    from curate.project.opening import open_project

    options = assigning.AssignOptions(
        tuple(name.strip() for name in to.split(",") if name.strip()), each, overlap, batch,
        size, seed, by, whole_documents, second_of, repeat, after, abandoned,
        sample, with_copies,
    )  # fmt: skip
    with open_project(project, read_only=dry_run or listed) as opened:
        if listed:
            if as_json:
                found = assigning.assignments_as_json(opened)
                click.echo(json.dumps(found, ensure_ascii=False, indent=1))
            else:
                print_lines(assigning.share_lines(assigning.shares(opened)))
            return
        plan = assigning.make_plan(opened, options)
        if not dry_run:
            assigning.assign(opened, plan)
    if as_json:
        click.echo(json.dumps(plan.as_json(), ensure_ascii=False, indent=1))
    else:
        print_lines(plan.lines())
    if dry_run:
        click.echo("nothing is written: this was a dry run", err=True)


@click.command("guidelines")
@click.argument("version", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def guidelines_command(project: str | None, version: str | None, *, as_json: bool) -> None:
    """Begin a VERSION of the guidelines, or list them.

    Agreement compares work only with work under the same version.
    """
    from curate.project.guideline_versions import begin_version, versions
    from curate.project.opening import open_project

    with open_project(project, read_only=version is None) as opened:
        if version is not None:
            begin_version(opened, version)
        found = versions(opened)
    if as_json:
        rows = [{"from": at, "version": name} for at, name in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    lines = [f"from {at[:16].replace('T', ' ')}  {name}" for at, name in found]
    none = "the guidelines have no versions: begin one with `curate guidelines NAME`"
    print_lines(lines or [none])
