"""Commands that look after the project file: `check`, `backup`, `restore`, `merge`."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a finding.")
@click.pass_obj
def check_command(project: str | None, *, as_json: bool) -> None:
    """Check the project: file, texts, journal against state, schema, counts. Nothing is changed."""
    from curate.cli.progress import Progress
    from curate.project.auditing import audit
    from curate.project.opening import open_project

    with open_project(project, read_only=True) as opened, Progress("checking") as progress:
        path = opened.path
        count = 0
        for finding in audit(opened, progress):
            shown = json.dumps(finding.as_json(), ensure_ascii=False) if as_json else finding.line()
            click.echo(shown)
            count += 1
    if count:
        click.echo(f"{path}: {count:,} things are wrong; see `curate help upkeep`", err=True)
        raise SystemExit(1)
    click.echo(f"{path}: sound", err=True)


@click.command("backup")
@click.argument("target", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup_command(project: str | None, target: Path | None) -> None:
    """Copy the project as it is now to TARGET, while others go on working."""
    from curate.project.opening import open_project
    from curate.project.safekeeping import back_up

    with open_project(project, read_only=True) as opened:
        made = back_up(opened, target)
    click.echo(str(made))


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.pass_obj
def restore_command(project: str | None, backup: Path) -> None:
    """Put a BACKUP in the place of the project; what is there now is kept beside it."""
    from curate.project.safekeeping import restore

    kept = restore(project, backup)
    click.echo(f"restored; what was there before is {kept}", err=True)


@click.command("merge")
@click.argument("other", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
@click.pass_obj
def merge_command(project: str | None, other: Path, *, as_json: bool) -> None:
    """Take over what OTHER, a copy that people went on working in, has and this one has not."""
    from curate.project.merging import merge
    from curate.project.opening import open_project

    with open_project(project) as opened:
        report = merge(opened, other)
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    for line in report.lines():
        click.echo(line, err=True)
    raise SystemExit(report.exit_code)
