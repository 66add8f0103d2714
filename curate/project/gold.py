"""Read the gold of a project: one annotation for each item, with the story of each atom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.adjudication.stories import Cell, How, Story
from curate.model.annotation import Annotation
from curate.model.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.opening import Project
    from curate.store.gold import GoldRow

__all__ = [
    "GOLD",
    "Cell",
    "GoldItem",
    "GoldState",
    "How",
    "Story",
    "gold_items",
    "gold_of",
    "gold_of_document",
    "gold_state",
]

GOLD = "gold"
"""The annotator's name that gold goes under; work under this name is never merged with others'."""


@dataclass(frozen=True, slots=True)
class GoldItem:
    """The gold of one item."""

    item: Item
    annotation: Annotation
    """By `GOLD`; done when nothing is open, else a draft that holds what is settled."""
    open: int
    """Cases that wait for a ruling."""
    stories: Mapping[str, Story] = field(default_factory=dict, hash=False)
    """How each atom came about, by its name: ids of mentions and frames, and what
    `curate.adjudication.stories` calls arguments, attributes and links."""
    at: str = ""
    """When it was last made, ISO 8601, UTC."""

    @property
    def document(self) -> str:
        """Id of the document."""
        return self.item.document

    @property
    def is_resolved(self) -> bool:
        """Whether nothing is left to decide."""
        return self.open == 0


@dataclass(frozen=True, slots=True)
class GoldState:
    """How far the gold of a project is."""

    items: int
    """Items of the project."""
    resolved: int
    """Those whose gold is complete."""
    partly: int
    """Those with gold that has open cases."""
    cases: int
    """Open cases."""

    @property
    def missing(self) -> int:
        """Items without gold: too few annotators have done them, or nothing was merged."""
        return self.items - self.resolved - self.partly

    def as_json(self) -> dict[str, int]:
        """The counts as values that JSON can hold."""
        return {
            "items": self.items,
            "resolved": self.resolved,
            "partly": self.partly,
            "missing": self.missing,
            "open_cases": self.cases,
        }


def gold_items(project: Project) -> Iterator[GoldItem]:
    """The gold of every item that has some, in the order of the project."""
    for row in project.store.gold.all():
        found = _gold_item(project, row)
        if found is not None:
            yield found


def gold_of(project: Project, item_id: str) -> GoldItem | None:
    """The gold of one item, or None."""
    row = project.store.gold.get(item_id)
    return None if row is None else _gold_item(project, row)


def gold_of_document(project: Project, document_id: str) -> list[GoldItem]:
    """The gold of a document's items, in order."""
    rows = project.store.gold.of_document(document_id)
    found = (_gold_item(project, row) for row in rows)
    return [gold for gold in found if gold is not None]


def gold_state(project: Project) -> GoldState:
    """Count what is gold, what is partly so, and what waits."""
    with_gold, resolved, waiting = project.store.gold.counts()
    return GoldState(project.store.items.count(), resolved, with_gold - resolved, waiting)


def _gold_item(project: Project, row: GoldRow) -> GoldItem | None:
    item = project.store.items.get(row.item)
    if item is None:
        return None
    stories = (Story.of(parts) for parts in row.stories)
    return GoldItem(item, row.annotation, row.open, {s.atom: s for s in stories}, row.at)
