"""`curate search`: find words and annotations in the project."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

from curate.cli.printing import print_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.searching import Hit

STATES = ("new", "draft", "done", "skipped", "flagged")


@click.command("search")
@click.argument("text", required=False, default="")
@click.option("--type", "kind", metavar="T", help="In mentions or frames of this type.")
@click.option("--role", metavar="R", help="In the fillers of this role.")
@click.option("--by", "annotator", metavar="NAME", help="In this annotator's work.")
@click.option("--state", type=click.Choice(STATES), help="In items of this state.")
@click.option(
    "--has", type=click.Choice(["note", "flag", "comment"]), multiple=True,
    help="In items that carry this; may be given again.",
)  # fmt: skip
@click.option(
    "--last", "limit", default=1000, show_default=True, help="How many hits at most; 0 for all."
)
@click.option("--json", "as_json", is_flag=True, help="Print each hit as a line of JSON.")
@click.pass_obj
def search_command(
    project: str | None, text: str, kind: str | None, role: str | None, annotator: str | None,
    state: str | None, has: tuple[str, ...], limit: int, *, as_json: bool,
) -> None:  # fmt: skip
    """Find words and annotations; vowel marks, tatweel and variants of letters do not matter.

    Without --type and --role the words are sought in the texts; with --type in
    mentions and triggers of that type, with --role in what fills that role.
    """
    from curate.project.opening import open_project
    from curate.project.searching import Query, keep_up, query_of, search

    query: Query = query_of(text, kind, role, annotator, state, has)
    with open_project(project) as opened:
        if not opened.store.read_only:
            keep_up(opened)
        with closing(search(opened, query, limit or None)) as hits:
            if as_json:
                for hit in hits:
                    click.echo(json.dumps(hit.as_json(), ensure_ascii=False))
            else:
                print_lines(_lines(hits))


def _lines(hits: Iterator[Hit]) -> Iterator[str]:
    """Each hit: position of the item, who says what of it, and the sentence with « the words »."""
    for hit in hits:
        at, text = hit.span.start - hit.item_span.start, hit.item_text
        end = hit.span.end - hit.item_span.start
        marked = f"{text[:at]}«{text[at:end]}»{text[end:]}" if len(hit.text) < len(text) else text
        said = " ".join(part for part in (hit.annotator, hit.label) if part)
        yield f"{hit.position}  {said + '  ' if said else ''}{' '.join(marked.split())}"
