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
@click.pass_obj
def export_command(
    project: str | None, format_name: str, out: Path | None, annotators: tuple[str, ...],
    *, only_done: bool, no_candidates: bool,
) -> None:  # fmt: skip
    """Write documents, annotations and candidates in a format (see `curate formats`)."""
    from curate.cli.progress import Progress
    from curate.project.exchanging import ExportOptions, export
    from curate.project.opening import open_project

    options = ExportOptions(
        annotators=frozenset(annotators), only_done=only_done, candidates=not no_candidates
    )
    with open_project(project, read_only=True) as opened, Progress("exporting") as progress:
        report = export(opened, format_name, None if str(out) == "-" else out, options, progress)
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
