"""`curate parts`: the headless stages over files of any number, here or on a cluster."""

from __future__ import annotations

from pathlib import Path

import click

from curate.cli.workers import with_workers


@click.command("parts")
@click.argument("stage", type=click.Choice(["segment", "suggest", "export", "copies"]))
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path),
    required=True,
    help="The folder to write into; for copies, the file.",
)
@click.option(
    "--format",
    "format_name",
    default="jsonl",
    show_default=True,
    help="What is written; see `curate formats`.",
)
@with_workers
@click.option(
    "--schema",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Your own schema file; else conflict-events.",
)
@click.option("--date", default=None, help="What relative dates count from where a text has none.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=None,
    help="For copies: Jaccard index from which texts are copies; else .4.",
)
def parts_command(
    stage: str, inputs: tuple[Path, ...], out: Path, format_name: str, engine: str, workers: int,
    scheduler: str | None, schema: Path | None, date: str | None, threshold: float | None,
) -> None:  # fmt: skip
    """Do a STAGE on many files: cut, propose, change format, or find near copies.

    Each file, or piece of a large JSONL file, is a part with a file of its own; a run that was
    broken off goes on where it stopped.
    """
    from curate.cli.progress import Progress
    from curate.project import engines, parts

    with (
        engines.engine(engine, workers=workers, scheduler=scheduler) as working,
        Progress(stage) as progress,
    ):
        if stage == "copies":
            count = parts.copies_of_parts(inputs, out, working, threshold, progress)
            said = f"{count:,} groups of copies"
        else:
            options = parts.options(schema, format_name, date)
            said = parts.run_parts(stage, inputs, out, working, options, progress).line()
    click.echo(f"{out}: {said}", err=True)
