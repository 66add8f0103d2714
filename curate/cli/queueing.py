"""`curate queue`: in which order annotators get the open items."""

from __future__ import annotations

import click

ORDERS = ("document", "uncertainty", "random")


@click.command("queue")
@click.argument("order", required=False, type=click.Choice(ORDERS))
@click.option("--seed", type=int, default=0, show_default=True, help="Fixes a random order.")
@click.pass_obj
def queue_command(project: str | None, order: str | None, seed: int) -> None:
    """Show or set the order in which annotators get the open items.

    document: as the texts came. uncertainty: items first of whose candidates one
    has a score nearest to 0.5. random: drawn, the same for the same seed. Whoever
    has items assigned gets those, in this order.
    """
    from curate.cli.progress import Progress
    from curate.project.opening import open_project
    from curate.project.queueing import order_of, set_order

    with open_project(project, read_only=order is None) as opened:
        if order is None:
            queued = order_of(opened)
        else:
            with Progress("ranking") as progress:
                queued = set_order(opened, order, seed, progress)
    seeded = f" --seed {queued.seed}" if queued.order == "random" else ""
    click.echo(f"{queued.order.value}{seeded}")
