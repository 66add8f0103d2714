"""`agreement`: how far annotators agree, in a project or in files."""

from __future__ import annotations

import json
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.printing import print_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.project.agreeing import Comparison, Instance


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
@click.option("--since", metavar="DATE", help="Only what was done from that day on.")
@click.option("--until", metavar="DATE", help="Only what was done up to that day.")
@click.option("--batch", "batches", multiple=True, metavar="NAME",
              help="Only items of these batches.")  # fmt: skip
@click.option("--mix-versions", is_flag=True,
              help="Compare work under different versions too.")  # fmt: skip
@click.option("--window", type=click.IntRange(min=2), default=None,
              help="Items in a window of time.")  # fmt: skip
@click.option("--resamples", type=click.IntRange(min=100), default=None,
              help="Drawings of the documents for an interval.")  # fmt: skip
@click.option("--seed", type=click.IntRange(min=0), default=None, help="Seed of the drawings.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), default=None,
              metavar="OUT", help="Write a page with charts and sentences.")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "ar"]), default=None,
              help="Of the page; else that of the interface.")  # fmt: skip
@click.option("--places", type=click.IntRange(min=1), default=None,
              help="Places behind each number of the page.")  # fmt: skip
@click.option("--behind", metavar="MEASURE", default=None,
              help="List the places that a number is made of.")  # fmt: skip
@click.option("--label", metavar="NAME", default="", help="With --behind: of this type or role.")
@click.option("--cell", metavar="A,B", default=None,
              help="With --behind: what one and the other said.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), default=None,
              help="With --behind: at most so many places.")  # fmt: skip
@click.pass_obj
def agreement_command(
    project: str | None, files: tuple[Path, ...], annotators: tuple[str, ...],
    types: tuple[str, ...], documents: tuple[str, ...], statuses: tuple[str, ...],
    schema: Path | None, since: str | None, until: str | None, batches: tuple[str, ...],
    window: int | None, resamples: int | None, seed: int | None, page: Path | None,
    language: str | None, places: int | None, behind: str | None, label: str, cell: str | None,
    limit: int | None, *, mix_versions: bool, as_json: bool,
) -> None:  # fmt: skip
    """Measure how far annotators agree, on the items that two or more of them have done.

    Without a FILE the annotators of the project are compared; else those in the files: curate
    JSONL, Label Studio JSON or brat. See `curate help agreement`.
    """
    from curate.project import agreeing
    from curate.project.opening import open_project

    options = agreeing.AgreementOptions(
        frozenset(annotators), frozenset(types), frozenset(documents), frozenset(statuses),
        since, until, frozenset(batches), window,
        mix_versions=mix_versions, drawing=agreeing.drawing(resamples, seed),
    )  # fmt: skip
    with ExitStack() as stack:
        if files:
            found, name = agreeing.compare_files(files, options, schema), files[0].name
        else:
            opened = stack.enter_context(open_project(project, read_only=True))
            found, name = agreeing.compare_project(opened, options), opened.path.stem
        for note in found.notes:
            click.echo(note, err=True)
        if behind is not None:
            asked = agreeing.question(behind, label, cell, annotators)
            _list(found, islice(found.behind(asked), limit), as_json=as_json)
            return
        if page is not None:
            agreeing.write_page(found, page, name, language, places)
            click.echo(f"{page}: {found.report.items:,} items", err=True)
    if as_json:
        click.echo(json.dumps(agreeing.as_json(found.report), ensure_ascii=False, indent=1))
    elif page is None:
        click.echo(agreeing.table(found.report))


def _list(found: Comparison, instances: Iterable[Instance], *, as_json: bool) -> None:
    """Print places: a line each, or a JSON object a line."""
    from curate.project.agreeing import instance_as_json, instance_line

    if as_json:
        for one in instances:
            shown = instance_as_json(one, found.text(one.document))
            click.echo(json.dumps(shown, ensure_ascii=False))
        return
    print_lines(instance_line(one, found.text(one.document)) for one in instances)
