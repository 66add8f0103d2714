"""`curate seeds`: a project's own lists of names."""

from __future__ import annotations

from pathlib import Path

import click

from curate.cli.workbench import annotator_name, annotator_option


@click.group("seeds")
def seeds_command() -> None:
    """Add lists of names to the project, which candidates are proposed from."""


@seeds_command.command("add")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("--name", default=None, help="What the list is called; else as its file.")
@click.option("--type", "type_", default=None, metavar="TYPE", help="Entity type of the names.")
@click.option("--subtype", default=None, metavar="SUBTYPE", help="Subtype of the names.")
@click.option(
    "--column", "columns", multiple=True, metavar="OURS=THEIRS",
    help="Which column is name, type, subtype, aliases …, by title or number.",
)  # fmt: skip
@click.option(
    "--where", multiple=True, metavar="COLUMN=VALUE", help="Only rows with this value there."
)
@click.option("--geonames", is_flag=True, help="The table is as geonames.org gives them out.")
@click.option("--no-heading", is_flag=True, help="The first line is a row already.")
@click.option("--arabic-only", is_flag=True, help="Leave out names without an Arabic letter.")
@click.option("--encoding", default=None, help="Encoding of the file, if you know it.")
@click.option("--no-candidates", is_flag=True, help="Propose nothing anew now.")
@click.pass_obj
def add_command(
    project: str | None, files: tuple[Path, ...], name: str | None, type_: str | None,
    subtype: str | None, columns: tuple[str, ...], where: tuple[str, ...], encoding: str | None,
    *, geonames: bool, no_heading: bool, arabic_only: bool, no_candidates: bool,
) -> None:  # fmt: skip
    """Add lists of names: seed lists of curate (.tsv), CSV tables, GeoNames.

    Candidates are proposed anew for items that nobody has touched.
    """
    from curate.project.opening import open_project
    from curate.project.seed_tables import TableOptions
    from curate.project.seeding import add_seeds

    if name is not None and len(files) > 1:
        raise click.UsageError("--name is for one file")
    options = TableOptions(
        _pairs(columns, "--column"), type_, subtype, _pairs(where, "--where"),
        heading=not no_heading, arabic_only=arabic_only, encoding=encoding,
    )  # fmt: skip
    if geonames:
        options = TableOptions.geonames(options)
    with open_project(project) as opened:
        result = add_seeds(opened, files, options, name=name, propose=not no_candidates)
    _tell(result.lines, result.documents)


@seeds_command.command("list")
@click.pass_obj
def list_command(project: str | None) -> None:
    """List what the project added to the lists that ship."""
    from curate.project.opening import open_project
    from curate.project.own_seeds import seed_lists

    with open_project(project, read_only=True) as opened:
        for held in seed_lists(opened):
            click.echo(
                f"{held.name}\t{len(held.entries):,} entries\t{held.forms:,} forms\t{held.at}"
            )


@seeds_command.command("remove")
@click.argument("name")
@click.option("--no-candidates", is_flag=True, help="Propose nothing anew now.")
@click.pass_obj
def remove_command(project: str | None, name: str, *, no_candidates: bool) -> None:
    """Take a list out of the project."""
    from curate.project.opening import open_project
    from curate.project.seeding import remove_seeds

    with open_project(project) as opened:
        result = remove_seeds(opened, name, propose=not no_candidates)
    _tell(result.lines, result.documents)


@seeds_command.command("mute")
@click.argument("name")
@click.option("--type", "type_", required=True, metavar="TYPE", help="As what it proposes.")
@annotator_option
@click.pass_obj
def mute_command(project: str | None, name: str, type_: str, annotator: str | None) -> None:
    """Let a list entry, trigger or rule propose nothing more in this project.

    NAME is the form of a list or of the trigger lexicon, or a rule as the workbench's `w` says it.
    """
    from curate.project.muting import mute, named_source
    from curate.project.opening import open_project

    with open_project(project) as opened:
        source = named_source(opened, name, type_)
        new = mute(opened, source, annotator_name(annotator))
    state = "muted" if new else "was muted already"
    click.echo(f"{source.name} ({source.type}): {state}", err=True)


@seeds_command.command("unmute")
@click.argument("name")
@click.option("--type", "type_", default=None, metavar="TYPE", help="Only as this type.")
@annotator_option
@click.pass_obj
def unmute_command(
    project: str | None, name: str, type_: str | None, annotator: str | None
) -> None:
    """Let what was muted propose again."""
    from curate.errors import CurateError
    from curate.project.muting import find_source, mute
    from curate.project.opening import open_project

    with open_project(project) as opened:
        found = find_source(opened, name, type_)
        if not found:
            raise CurateError(f"{name} is not muted", "curate seeds muted lists what is")
        for source in found:
            mute(opened, source, annotator_name(annotator), is_muted=False)
            click.echo(f"{source.name} ({source.type}): proposes again", err=True)


@seeds_command.command("muted")
@click.option("--log", "whole", is_flag=True, help="Every muting and unmuting, oldest first.")
@click.pass_obj
def muted_command(project: str | None, *, whole: bool) -> None:
    """List what is muted in this project."""
    from curate.project.muting import log, muted
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened:
        now, steps = muted(opened.store), log(opened.store)
    if whole:
        for step in steps:
            state = "muted" if step.is_muted else "unmuted"
            click.echo(f"{step.at}\t{step.by}\t{state}\t{step.source.type}\t{step.source.name}")
        return
    for source in sorted(now):
        click.echo(f"{source.type}\t{source.name}")


def _tell(lines: tuple[str, ...], documents: int) -> None:
    for line in lines:
        click.echo(line, err=True)
    if documents:
        click.echo(f"new candidates for open items in {documents:,} documents", err=True)


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = [text.partition("=") for text in given]
    for text, (left, _, right) in zip(given, pairs, strict=True):
        if not left or not right:
            raise click.UsageError(f"{option} {text}: write it as A=B")
    return {left.strip(): right.strip() for left, _, right in pairs}
