"""`curate schema`: check and show event schemas."""

from __future__ import annotations

from pathlib import Path

import click

from curate.cli.printing import print_lines


@click.group("schema")
def schema_command() -> None:
    """Check and show event schemas."""


@schema_command.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check_command(files: tuple[Path, ...]) -> None:
    """Name every problem of schema files, each with its place."""
    from curate.project.opening import read_schema

    for file in files:
        schema = read_schema(file)
        click.echo(
            f"{file}: {schema.name} {schema.version}, {len(schema.entity_types)} entity types, "
            f"{len(schema.event_types)} event types, {len(schema.roles)} roles"
        )


@schema_command.command("show")
@click.argument("name", required=False)
@click.option("--ar", "arabic", is_flag=True, help="Show Arabic labels and rules.")
@click.option("--schema", type=click.Path(path_type=Path, dir_okay=False), default=None)
def show_command(name: str | None, schema: Path | None, *, arabic: bool) -> None:
    """Show the types and roles of a schema, or the guideline of one of them."""
    from curate.project.guidelines import guideline, overview
    from curate.project.opening import read_schema

    loaded = read_schema(schema)
    language = "ar" if arabic else "en"
    lines = overview(loaded, language) if name is None else guideline(loaded, name, language)
    print_lines(lines, language)
