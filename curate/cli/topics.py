"""`curate help`: the manual on the command line."""

from __future__ import annotations

import click

from curate.cli.printing import print_lines
from curate.project.manual import page, topics


@click.command("help")
@click.argument("topic", required=False)
@click.option("--ar", "arabic", is_flag=True, help="Show the Arabic page.")
def help_command(topic: str | None, *, arabic: bool) -> None:
    """Show a page of the manual, or the list of pages."""
    language = "ar" if arabic else "en"
    if topic is not None:
        text = page(topic, language)
        print_lines(text.splitlines(), language)
        return
    click.echo("Pages of the manual (curate help PAGE):\n")
    print_lines(f"  {entry.name:<12} {entry.title}" for entry in topics(language))
