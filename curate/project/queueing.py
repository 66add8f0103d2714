"""In which order annotators get the items that are open for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.store.queue import Order, Queued

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.project.opening import Project

__all__ = ["Order", "Queued", "order_of", "set_order"]


def order_of(project: Project) -> Queued:
    """The order that holds in a project."""
    return project.store.queue.order


def set_order(
    project: Project,
    order: str | Order,
    seed: int = 0,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Queued:
    """Queue the items in another order; what is done stays done.

    Items by uncertainty are ranked by what is proposed for them now; later runs of
    producers rank their documents again.
    """
    queued = Queued(Order(order), seed if Order(order) is Order.RANDOM else 0)
    total = project.store.documents.count()
    for done in project.store.queue.set_order(queued):
        progress(done, total)
    return queued
