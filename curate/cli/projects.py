"""Commands about the project file: `init`, `add`, `show`, `history`, `status`."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.printing import print_lines
from curate.cli.workers import with_workers

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from curate.project.added import AddResult
    from curate.project.engines import OnDask


@click.command("init")
@click.argument("name", type=click.Path(path_type=Path))
@click.option(
    "--schema", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="Your own schema file; else conflict-events.",
)  # fmt: skip
@click.option(
    "--item", "unit", type=click.Choice(["sentence", "paragraph", "document"]),
    default="sentence", show_default=True, help="What is annotated at a time.",
)  # fmt: skip
@click.option(
    "--control", metavar="SHARE", default=None,
    help="Hide candidates in this share of items (0.1 or 10%), to measure how they sway people.",
)  # fmt: skip
def init_command(name: Path, schema: Path | None, unit: str, control: str | None) -> None:
    """Make an empty project NAME.curate."""
    from curate.project.control import set_control, share_of
    from curate.project.opening import create_project

    share = None if control is None else share_of(control)

    path = name if name.suffix == ".curate" else name.with_name(name.name + ".curate")
    with create_project(path, schema, unit=unit) as project:
        if share is not None:
            set_control(project, share)
        click.echo(f"{project.path}: made, with schema {project.schema.name} "
                   f"{project.schema.version}, one {unit} an item", err=True)  # fmt: skip


@click.command("add")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--encoding", default=None, help="Encoding of the text files, if you know it.")
@click.option(
    "--split", type=click.Choice(["auto", "never", "blank"]), default="auto", show_default=True,
    help="How a file that holds several articles is cut: by cues, not at all, at blank lines.",
)  # fmt: skip
@click.option("--separator", metavar="LINE", default=None, help="Cut at lines that say just this.")
@click.option("--source", default=None, help="Source of these texts, kept with each.")
@click.option("--date", default=None, help="Their date (YYYY-MM-DD).")
@click.option("--licence", default=None, help="Their licence.")
@click.option("--no-candidates", is_flag=True, help="Propose nothing now.")
@with_workers
@click.option("--json", "as_json", is_flag=True, help="Print what was added as JSON.")
@click.pass_obj
def add_command(
    project: str | None, paths: tuple[Path, ...], encoding: str | None, split: str,
    separator: str | None, source: str | None, date: str | None, licence: str | None,
    engine: str, workers: int, scheduler: str | None, *, no_candidates: bool, as_json: bool,
) -> None:  # fmt: skip
    """Add articles: .txt, .jsonl, .csv, folders of them, or - for standard input.

    The texts are stored unchanged, cut into sentences, and candidates are
    proposed. A text that is there already is not added again.
    """
    from curate.cli.progress import Progress
    from curate.project.adding import AddOptions, add
    from curate.project.opening import open_project

    given = {"source": source, "date": date, "licence": licence}
    options = AddOptions(
        encoding=encoding, split=split, separator=separator,
        meta={k: v for k, v in given.items() if v is not None}, candidates=not no_candidates,
    )  # fmt: skip
    sources = list(paths) or ([Path("-")] if not sys.stdin.isatty() else [])
    if not sources:
        raise click.UsageError("say what to add: files, folders, or - for standard input")
    with (
        _cluster(engine, workers, scheduler) as cluster,
        open_project(project) as opened,
        Progress("adding") as progress,
    ):
        result = add(opened, sources, options, progress, cluster)
    if as_json:
        click.echo(json.dumps(result.as_json(), ensure_ascii=False))
    _tell(result)


def _cluster(
    engine: str, workers: int, scheduler: str | None
) -> AbstractContextManager[OnDask | None]:
    if engine == "here" and scheduler is None:
        return nullcontext()
    from curate.project.engines import dask

    return dask(workers=workers, scheduler=scheduler)


def _tell(result: AddResult) -> None:
    for line in result.lines():
        click.echo(line, err=True)


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.pass_obj
def status_command(project: str | None, *, as_json: bool) -> None:
    """Count what is in the project, and how far everybody is."""
    from curate.project.counting import overview
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened:
        figures = overview(opened)
    if as_json:
        click.echo(json.dumps(figures.as_json(), ensure_ascii=False))
        return
    for line in figures.lines():
        click.echo(line)


@click.command("show")
@click.argument("document", required=False)
@click.option("--by", "annotator", default=None, metavar="NAME", help="Only this annotator's work.")
@click.pass_obj
def show_command(project: str | None, document: str | None, annotator: str | None) -> None:
    """Print a document with its annotations line by line, or the ids of all documents."""
    from curate.project.opening import open_project
    from curate.project.showing import document_ids, shown

    with open_project(project, read_only=True) as opened:
        print_lines(
            document_ids(opened) if document is None else shown(opened, document, annotator)
        )


@click.command("history")
@click.option("--item", default=None, help="Only decisions on this item.")
@click.option("--by", "annotator", default=None, metavar="NAME", help="Only this annotator's.")
@click.option("--last", "limit", default=50, show_default=True, help="How many, newest first.")
@click.pass_obj
def history_command(
    project: str | None, item: str | None, annotator: str | None, limit: int
) -> None:
    """Show who decided what and when, newest first."""
    from curate.project.opening import open_project
    from curate.project.showing import history_lines

    with open_project(project, read_only=True) as opened:
        for line in history_lines(opened, item=item, annotator=annotator, limit=limit):
            click.echo(line)
