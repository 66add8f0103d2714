"""Commands that carry data out of and into a project: `export`, `formats`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("export")
@click.argument("format_name", metavar="FORMAT")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, allow_dash=True), default=None,
    help="File or folder to write; else standard output, where the format is one file.",
)  # fmt: skip
@click.option(
    "--by", "annotators", multiple=True, metavar="NAME", help="Only this annotator's work."
)
@click.option("--only-done", is_flag=True, help="Leave out items that are not done.")
@click.option("--no-candidates", is_flag=True, help="Leave out what the machine proposed.")
@click.option("--gold", is_flag=True, help="Gold instead of the annotators' own work.")
@click.option("--pseudonyms", is_flag=True, help="Name annotators annotator-1, annotator-2 …")
@click.option("--json", "as_json", is_flag=True, help="Tell the counts as JSON, on standard error.")
@click.pass_obj
def export_command(
    project: str | None, format_name: str, out: Path | None, annotators: tuple[str, ...],
    *, only_done: bool, no_candidates: bool, gold: bool, pseudonyms: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write documents, annotations and candidates in a format (see `curate formats`).

    What was written is counted and held against the project; what the format cannot
    hold is told by kind and reason.
    """
    import json

    from curate.cli.progress import Progress
    from curate.project.exchanging import ExportOptions, export
    from curate.project.opening import open_project

    options = ExportOptions(
        annotators=frozenset(annotators), only_done=only_done, candidates=not no_candidates,
        gold=gold, pseudonyms=pseudonyms,
    )  # fmt: skip
    with open_project(project, read_only=True) as opened, Progress("exporting") as progress:
        report = export(opened, format_name, None if str(out) == "-" else out, options, progress)
    lines = [json.dumps(report.as_json(), ensure_ascii=False)] if as_json else report.lines()
    for line in lines:
        click.echo(line, err=True)


@click.command("import")
@click.argument("format_name", metavar="FORMAT")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--as", "annotator", metavar="NAME", default=None,
    help="Put the annotations down to this annotator, whatever the file says.",
)  # fmt: skip
@click.option(
    "--map", "pairs", multiple=True, metavar="OLD=NEW",
    help="What a type, role or value is called here; KIND:OLD=NEW for one kind of name only.",
)  # fmt: skip
@click.option("--no-candidates", is_flag=True, help="Propose nothing for new documents.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_obj
def import_command(
    project: str | None, format_name: str, path: Path, annotator: str | None,
    pairs: tuple[str, ...], *, no_candidates: bool, as_json: bool,
) -> None:  # fmt: skip
    """Bring in documents and annotations that another tool wrote (see `curate formats`).

    PATH is a file, a folder or a zip archive. Documents are matched by their text; what does
    not fit the schema is kept in quarantine with the reason. Nobody's work in the project is
    changed, and the same file taken in twice changes nothing.
    """
    import json

    from curate.cli.progress import Progress
    from curate.project.importing import ImportOptions, import_path, renames
    from curate.project.opening import open_project

    options = ImportOptions(annotator, renames(pairs), candidates=not no_candidates)
    with open_project(project) as opened, Progress("importing") as progress:
        report = import_path(opened, format_name, path, options, progress)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        return
    for line in report.lines():
        click.echo(line, err=True)


@click.command("convert")
@click.argument("path", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("format_name", metavar="TO")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, allow_dash=True), default=None,
    help="File or folder to write; else standard output, where the format is one file.",
)  # fmt: skip
@click.option("--from", "source_format", metavar="FORMAT", help="What FROM is, if not its name.")
@click.option("--schema", type=click.Path(path_type=Path), default=None, help="A schema file.")
@click.option(
    "--item", "unit", type=click.Choice(["sentence", "paragraph", "document"]),
    default="sentence", help="What becomes one task, where the format knows tasks.",
)  # fmt: skip
@click.option("--as", "annotator", metavar="NAME", default=None, help="Who it is put down to.")
@click.option("--map", "pairs", multiple=True, metavar="OLD=NEW", help="As in `curate import`.")
def convert_command(
    path: Path, format_name: str, out: Path | None, source_format: str | None,
    schema: Path | None, unit: str, annotator: str | None, pairs: tuple[str, ...],
) -> None:  # fmt: skip
    """Carry a file, folder or archive FROM one format into the format TO, without a project."""
    from curate.project.exchanging_convert import ConvertOptions, convert

    options = ConvertOptions(source_format, schema, unit, annotator, pairs)
    report = convert(path, format_name, None if str(out) == "-" else out, options)
    for line in report.lines():
        click.echo(line, err=True)


@click.command("formats")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def formats_command(name: str | None, *, as_json: bool) -> None:
    """List the formats curate reads and writes, or show an example of one."""
    import json

    from curate.project.exchanging import format_example, known_formats

    if name is not None:
        click.echo(format_example(name))
        return
    known = known_formats()
    if as_json:
        click.echo(json.dumps([f.as_json() for f in known], ensure_ascii=False, indent=1))
        return
    for entry in known:
        doors = "/".join(d for d, has in (("read", entry.reads), ("write", entry.writes)) if has)
        click.echo(f"  {entry.name:<22} {doors:<12} {entry.description}")
