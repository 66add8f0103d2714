"""What is in a project, and how far everybody is."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class Share:
    """How many items of each status an annotator has."""

    annotator: str
    counts: dict[str, int]
    """Status → items."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A project in figures."""

    path: str
    schema: str
    unit: str
    documents: int
    items: int
    decisions: int
    """Rows of the journal."""
    shares: tuple[Share, ...]

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The figures for a reader."""
        head = [
            f"{self.path}: schema {self.schema}, one {self.unit} an item",
            f"  {self.documents:,} documents, {self.items:,} items, {self.decisions:,} decisions",
        ]
        return head + [
            f"  {s.annotator}: "
            + ", ".join(f"{n:,} {status}" for status, n in s.counts.items() if n)
            for s in self.shares
        ]


def overview(project: Project) -> Overview:
    """Count what is in the project."""
    store = project.store
    return Overview(
        path=str(project.path),
        schema=f"{project.schema.name} {project.schema.version}",
        unit=project.unit.value,
        documents=store.documents.count(),
        items=store.items.count(),
        decisions=store.journal.count(),
        shares=tuple(
            Share(name, {s.value: n for s, n in store.items.counts(name).items()})
            for name in store.annotations.annotators()
        ),
    )
