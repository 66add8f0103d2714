"""Commands that need no project: text in, one JSON object per document out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

_files = click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
_encoding = click.option("--encoding", default=None, help="Encoding of the text, if you know it.")
_split = click.option(
    "--split", type=click.Choice(["auto", "never", "blank"]), default="auto", show_default=True,
    help="How a file that holds several articles is cut.",
)  # fmt: skip
_schema = click.option(
    "--schema", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="Your own schema file; else conflict-events.",
)  # fmt: skip


def _write(lines: Iterable[bytes]) -> None:
    out = sys.stdout.buffer
    for line in lines:
        out.write(line)
    out.flush()


@click.command("segment")
@_files
@_encoding
@_split
def segment_command(files: tuple[Path, ...], encoding: str | None, split: str) -> None:
    """Cut texts into articles and sentences: curate JSONL on standard output.

    Reads standard input without a FILE.
    """
    from curate.project.headless import segmented

    _write(segmented(files or (Path("-"),), encoding=encoding, split=split))


@click.command("suggest")
@_files
@_encoding
@_split
@_schema
@click.option("--date", default=None, help="Date of the texts, which relative dates count from.")
def suggest_command(
    files: tuple[Path, ...], encoding: str | None, split: str, schema: Path | None, date: str | None
) -> None:
    """The same as `segment`, with proposed mentions and event frames."""
    from curate.project.headless import suggested

    sources = files or (Path("-"),)
    _write(suggested(sources, encoding=encoding, split=split, schema=schema, date=date))


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--by", "annotator", default=None, help="Whose annotations are the truth.")
@click.option("--only", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="A file with document ids, one a line.")  # fmt: skip
@_schema
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate_command(
    gold: tuple[Path, ...], annotator: str | None, only: Path | None, schema: Path | None,
    *, as_json: bool,
) -> None:  # fmt: skip
    """Measure candidates against gold annotations in curate JSONL."""
    from curate.project.headless import evaluated

    figures = evaluated(gold, annotator=annotator, only=only, schema=schema)
    if as_json:
        json.dump(figures.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
        return
    click.echo(figures.table())
