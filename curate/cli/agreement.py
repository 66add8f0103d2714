"""`agreement`: how far annotators agree, in a project or in files."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("agreement")
@click.argument("files", nargs=-1, metavar="[FILE]...",
                type=click.Path(path_type=Path, allow_dash=True))  # fmt: skip
@click.option("--by", "annotators", multiple=True, metavar="NAME", help="Only these annotators.")
@click.option("--type", "types", multiple=True, metavar="NAME",
              help="Only mentions and frames of these types.")  # fmt: skip
@click.option("--doc", "documents", multiple=True, metavar="ID", help="Only these documents.")
@click.option(
    "--status", "statuses", multiple=True, default=("done",), show_default=True,
    type=click.Choice(["done", "flagged", "draft"]), help="Items in which status count.",
)  # fmt: skip
@click.option(
    "--schema", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="The schema of the files; else conflict-events. A project brings its own.",
)  # fmt: skip
@click.option("--resamples", type=click.IntRange(min=100), default=None,
              help="Drawings of the documents for an interval.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=None, help="Seed of the drawings.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.pass_obj
def agreement_command(
    project: str | None, files: tuple[Path, ...], annotators: tuple[str, ...],
    types: tuple[str, ...], documents: tuple[str, ...], statuses: tuple[str, ...],
    schema: Path | None, resamples: int | None, seed: int | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Measure how far annotators agree, on the items that two or more of them have done.

    Without a FILE the annotators of the project are compared; else those in the files, in curate
    JSONL. See `curate help agreement`.
    """
    from curate.project import agreeing
    from curate.project.opening import open_project

    options = agreeing.AgreementOptions(
        annotators=frozenset(annotators),
        types=frozenset(types),
        documents=frozenset(documents),
        statuses=frozenset(statuses),
        drawing=agreeing.drawing(resamples, seed),
    )
    if files:
        found = agreeing.agreement_of_files(files, options, schema)
    else:
        with open_project(project, read_only=True) as opened:
            found = agreeing.agreement_of_project(opened, options)
    if as_json:
        click.echo(json.dumps(agreeing.as_json(found), ensure_ascii=False, indent=1))
        return
    click.echo(agreeing.table(found))
