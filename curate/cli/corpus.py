"""Commands about the corpus as a whole: `documents`, `sample`, `stats`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from curate.cli.printing import print_lines

if TYPE_CHECKING:
    from curate.model.document import MetaValue


@click.group("documents")
def documents_command() -> None:
    """List documents with metadata, quality flags and copies; set and ask for metadata."""


@documents_command.command("list")
@click.option(
    "--flag",
    "flags",
    multiple=True,
    metavar="FLAG",
    help="Only texts with this flag: not-arabic, mojibake, too-short, boilerplate.",
)
@click.option("--missing", multiple=True, metavar="NAME", help="Only texts without this metadata.")
@click.option("--copies", is_flag=True, help="Only near copies of earlier texts.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a document.")
@click.pass_obj
def list_command(
    project: str | None, flags: tuple[str, ...], missing: tuple[str, ...], *, copies: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """List the documents as a table with tabs: metadata, words, flags, what it is a copy of."""
    from curate.project.curating import FLAGS, HEADER, document_rows
    from curate.project.opening import open_project

    for flag in flags:
        if flag not in FLAGS:
            raise click.UsageError(f"there is no flag {flag}; there are {', '.join(FLAGS)}")
    with open_project(project, read_only=True) as opened:
        if not as_json:
            click.echo("\t".join(HEADER))
        for row in document_rows(opened):
            if flags and not set(flags) & set(row.flags):
                continue
            if copies and row.copy_of is None:
                continue
            if missing and all(row.meta.get(name) not in (None, "") for name in missing):
                continue
            as_line = json.dumps(row.as_json(), ensure_ascii=False) if as_json else None
            click.echo(as_line or "\t".join(row.cells()))


@documents_command.command("set")
@click.argument("values", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--doc", "documents", multiple=True, metavar="ID", help="Only this document.")
@click.pass_obj
def set_command(project: str | None, values: tuple[str, ...], documents: tuple[str, ...]) -> None:
    """Set metadata of all documents, or of those named; NAME= without a value takes it away."""
    from curate.project.curating import set_metadata
    from curate.project.opening import open_project

    with open_project(project) as opened:
        count = set_metadata(opened, _pairs(values), documents or None)
    click.echo(f"changed the metadata of {count:,} documents", err=True)


@documents_command.command("require")
@click.argument("names", nargs=-1)
@click.option("--none", "nothing", is_flag=True, help="Ask for nothing any more.")
@click.pass_obj
def require_command(project: str | None, names: tuple[str, ...], *, nothing: bool) -> None:
    """Add only documents that bring these metadata; without a name, say which are asked for."""
    from curate.project.curating import require_metadata, required_metadata
    from curate.project.opening import open_project

    with open_project(project, read_only=not (names or nothing)) as opened:
        if names or nothing:
            require_metadata(opened, names)
        required = required_metadata(opened)
    click.echo(f"asked for: {', '.join(required) or 'nothing'}")


@documents_command.command("copies")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1, min_open=True),
    default=None,
    help="Jaccard index of word pairs from which texts are copies; else .4, or .7 for sentences.",
)
@click.option("--sentences", is_flag=True, help="Look for repeated sentences; nothing is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a group or pair.")
@click.pass_obj
def copies_command(
    project: str | None, threshold: float | None, *, sentences: bool, as_json: bool
) -> None:
    """Find wire copies and re-posts. They stay in the project, but are not drawn twice."""
    from curate.cli.progress import Progress
    from curate.project import copies
    from curate.project.opening import open_project

    with open_project(project) as opened, Progress("comparing") as progress:
        if sentences:
            pairs = list(copies.repeated_sentences(opened, threshold, progress))
            found = [pair.as_json() for pair in pairs]
            shown = [line for pair in pairs for line in pair.lines()]
        else:
            groups = copies.find_copies(opened, threshold, progress)
            found = [group.as_json() for group in groups]
            shown = [line for group in groups for line in group.lines()]
    if as_json:
        for one in found:
            click.echo(json.dumps(one, ensure_ascii=False))
    else:
        print_lines(shown)
        what = "pairs of sentences" if sentences else "groups of copies"
        click.echo(f"{len(found):,} {what}", err=True)


@click.command("sample")
@click.argument("size", type=click.IntRange(min=1), required=False)
@click.option("--name", default=None, help="What the sample is called; `curate assign` takes it.")
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(["source", "month"]),
    help="Draw in proportion to sources, months, or both.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    metavar="TYPE",
    help="Only items with a candidate of this entity or event type.",
)
@click.option(
    "--trigger",
    "triggers",
    multiple=True,
    metavar="WORD",
    help="Only items with a proposed event of this trigger.",
)
@click.option(
    "--uncertain", is_flag=True, help="The items with the most doubtful candidates first."
)
@click.option("--documents", is_flag=True, help="Draw SIZE whole documents.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    show_default=True,
    help="The same seed draws the same items.",
)
@click.option("--with-copies", is_flag=True, help="Draw near copies too.")
@click.option("--with-flagged", is_flag=True, help="Draw texts in other languages or broken too.")
@click.option("--again", is_flag=True, help="Draw items of earlier samples too.")
@click.option("--list", "listing", is_flag=True, help="List the samples and how they were drawn.")
@click.option("--json", "as_json", is_flag=True, help="Print what was drawn as JSON.")
@click.pass_obj
def sample_command(
    project: str | None, size: int | None, name: str | None, by: tuple[str, ...],
    types: tuple[str, ...], triggers: tuple[str, ...], seed: int, *, uncertain: bool,
    documents: bool, with_copies: bool, with_flagged: bool, again: bool, listing: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Draw SIZE items for annotation and keep them, and how they were drawn, under a name."""
    from curate.project import sampling
    from curate.project.opening import open_project

    if listing:
        with open_project(project, read_only=True) as opened:
            for line in sampling.sample_lines(opened, as_json=as_json):
                click.echo(line)
        return
    if size is None or name is None:
        raise click.UsageError("say how many and what it is called: curate sample 200 --name first")
    options = sampling.SampleOptions(
        size, seed, by, frozenset(types), triggers, uncertain, documents, with_copies,
        with_flagged, again,
    )  # fmt: skip
    with open_project(project) as opened:
        report = sampling.draw_sample(opened, name, options)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    for item in report.items:
        click.echo(item)
    for line in report.lines():
        click.echo(line, err=True)


@click.command("stats")
@click.option("--by", multiple=True, metavar="NAME", help="Only this annotator's work.")
@click.option("--gold", is_flag=True, help="The resolved gold in the place of annotators' work.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write one HTML page with everything.",
)
@click.pass_obj
def stats_command(
    project: str | None, by: tuple[str, ...], html: Path | None, *, gold: bool, as_json: bool
) -> None:
    """Count the corpus: texts by source and month; mentions, frames, roles, triggers."""
    from curate.cli.progress import Progress
    from curate.project import statistics
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened, Progress("counting") as progress:
        found = statistics.statistics(opened, by=frozenset(by), gold=gold, progress=progress)
        name = opened.path.stem
    if html is not None:
        statistics.write_page(found, name, html)
        click.echo(f"wrote {html}", err=True)
    if as_json:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    elif html is None:
        print_lines(statistics.lines(found), "en")


def _pairs(values: tuple[str, ...]) -> dict[str, MetaValue]:
    """`NAME=VALUE` as a mapping; None where the value is empty."""
    pairs: dict[str, MetaValue] = {}
    for value in values:
        name, sign, what = value.partition("=")
        if not sign:
            raise click.UsageError(f"{value!r}: say NAME=VALUE, such as licence=CC0")
        pairs[name] = what or None
    return pairs
