"""The options by which a command lets workers of Dask do its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.decorators import FC

_OPTIONS = (
    click.option(
        "--engine", type=click.Choice(["here", "dask"]), default="here", show_default=True,
        help="Who works: this machine by itself, or workers of Dask.",
    ),
    click.option(
        "--workers", type=click.IntRange(min=1), default=2, show_default=True,
        help="How many workers Dask starts here.",
    ),
    click.option(
        "--scheduler", default=None, metavar="ADDRESS",
        help="A Dask cluster that runs already, such as tcp://10.0.0.5:8786.",
    ),
)  # fmt: skip


def with_workers(command: FC) -> FC:
    """Give a command `--engine`, `--workers` and `--scheduler`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
