"""`curate backend`: our candidates for Label Studio."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("backend")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=9090, show_default=True, help="Port to listen on.")
@click.option(
    "--schema", type=click.Path(path_type=Path, dir_okay=False), default=None,
    help="Propose for this schema, without a project.",
)  # fmt: skip
@click.pass_obj
def backend_command(project: str | None, schema: Path | None, host: str, port: int) -> None:
    """Propose candidates to Label Studio, as one of its ML backends.

    Only this machine can reach it, unless --host says otherwise; then a
    password is asked for: $CURATE_BACKEND_TOKEN, or one that is made and shown.
    """
    from curate.project.serving import serve_candidates

    serve_candidates(
        project, schema, host=host, port=port, say=lambda line: click.echo(line, err=True)
    )
