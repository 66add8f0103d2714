"""`curate comments`: what annotators and the lead said to each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from curate.cli.printing import print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.comment import Thread
    from curate.project.opening import Project


@click.command("comments")
@click.option("--open", "only_open", is_flag=True, help="Only threads that nobody has settled.")
@click.option("--item", default=None, help="Only on this item.")
@click.option("--by", "author", default=None, metavar="NAME", help="Only where NAME took part.")
@click.option("--json", "as_json", is_flag=True, help="Print each thread as a line of JSON.")
@click.pass_obj
def comments_command(
    project: str | None, item: str | None, author: str | None, *, only_open: bool, as_json: bool
) -> None:
    """Show the threads of comments, the one last added to first."""
    from curate.project.opening import open_project
    from curate.project.talking import thread_as_json, threads

    with open_project(project, read_only=True) as opened:
        found = threads(opened, only_open=only_open, author=author, item=item)
        if as_json:
            for thread in found:
                click.echo(json.dumps(thread_as_json(opened, thread), ensure_ascii=False))
        else:
            print_lines(line for thread in found for line in _lines(opened, thread))


def _lines(project: Project, thread: Thread) -> Iterator[str]:
    from curate.project.talking import words_about

    state = "open" if thread.is_open else "settled"
    yield f"{project.store.items.number(thread.item)}  {state}  {thread.item}"
    yield f"  « {words_about(project, thread)} »"
    for comment in thread.comments:
        turn = {"say": "", "resolve": "✓ ", "reopen": "↺ "}[comment.kind.value]
        yield f"  {comment.at[:16].replace('T', ' ')}  {comment.author}: {turn}{comment.text}"
