"""Commands about releases: `release`, `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import click


class NamedOrCommand(click.Group):
    """A group whose first word may also be the name of what is to be made."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a word that is no command as the name of a release."""
        if args and args[0] not in self.commands:
            return super().resolve_command(ctx, ["make", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options stand before the name: `release --by time v1`."""
        if args and args[0].startswith("-") and args[0] != "--help":
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group("release", cls=NamedOrCommand)
def release_command() -> None:
    """Freeze the gold: `curate release NAME` makes a release, the rest looks after them."""


@release_command.command("make")
@click.argument("name")
@click.option(
    "-o",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where it goes; else into a folder of its name.",
)
@click.option(
    "--shares",
    default=".8,.1,.1",
    show_default=True,
    metavar="A,B,C",
    help="Of train, dev and test.",
)
@click.option(
    "--by",
    type=click.Choice(["time", "random"]),
    default=None,
    help="Whether parts follow each other in time; else that is chosen where texts have dates.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="Of the dealing out at random.",
)
@click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="LICENCE",
    help="Pass texts on that are under this licence, beside the open ones.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="Write each part in this format too; see `curate formats`.",
)
@click.option("--pseudonyms", is_flag=True, help="Name annotators annotator-1, annotator-2 …")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    default=None,
    help="Answers to the datasheet; see `curate release questions`.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def make_command(
    project: str | None, name: str, folder: Path | None, shares: str, by: str | None, seed: int,
    allowed: tuple[str, ...], formats: tuple[str, ...], answers: Path | None, *,
    pseudonyms: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the resolved gold as a release: data, splits, datasheet, licences, checksums."""
    from curate.cli.progress import Progress
    from curate.project import releasing
    from curate.project.opening import open_project

    options = releasing.options(_shares(shares), by, seed, allowed, formats, pseudonyms=pseudonyms)
    with open_project(project) as opened, Progress("releasing") as progress:
        if answers is not None:
            releasing.take_answers(opened, answers)
        report = releasing.release(opened, name, folder or Path(name), options, progress)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    for line in report.lines():
        click.echo(line, err=True)


@release_command.command("list")
@click.pass_obj
def list_command(project: str | None) -> None:
    """List the releases that were made of the project."""
    from curate.project.opening import open_project
    from curate.project.releasing import released

    with open_project(project, read_only=True) as opened:
        for line in released(opened):
            click.echo(line)


@release_command.command("questions")
@click.pass_obj
def questions_command(project: str | None) -> None:
    """Print the questions of the datasheet, to be answered in a file for --answers."""
    from curate.project.opening import open_project
    from curate.project.releasing import question_form

    with open_project(project, read_only=True) as opened:
        click.echo(question_form(opened), nl=False)


@release_command.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
def verify_command(folder: Path) -> None:
    """Check a release: files, counts, texts, parts and every annotation against its schema."""
    from curate.project.release_reading import verify

    wrong = verify(folder)
    for line in wrong:
        click.echo(line)
    if wrong:
        click.echo(f"{folder}: {len(wrong):,} things are wrong", err=True)
        raise SystemExit(1)
    click.echo(f"{folder}: everything is as it was released", err=True)


@release_command.command("rehydrate")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The curate JSONL file to write.",
)
def rehydrate_command(folder: Path, texts: tuple[Path, ...], out: Path) -> None:
    """Put withheld texts back: from the TEXTS as they were added to the project."""
    from curate.project.rehydrating import rehydrate

    done = rehydrate(folder, texts, out)
    for line in done.lines():
        click.echo(line, err=True)
    if done.missing:
        raise SystemExit(1)


@click.command("diff")
@click.argument("first", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.argument("second", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print every change as JSON.")
def diff_command(first: Path, second: Path, *, as_json: bool) -> None:
    """Compare two releases: documents, items, mentions and frames kept, changed, added, removed."""
    from curate.project.release_diff import compare

    found = compare(first, second)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return
    for line in found.lines():
        click.echo(line)


def _shares(text: str) -> tuple[float, float, float]:
    try:
        train, dev, test = (float(part) for part in text.split(","))
    except ValueError:
        raise click.UsageError(f"--shares {text}: give three numbers, such as .8,.1,.1") from None
    return train, dev, test
