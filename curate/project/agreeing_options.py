"""What is compared, and how intervals are drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

from curate.agreement.intervals import Drawing
from curate.model.annotation import Status


@dataclass(frozen=True, slots=True)
class AgreementOptions:
    """What is compared, and how intervals are drawn."""

    annotators: frozenset[str] = frozenset()
    """Whose work; empty for everybody's."""
    types: frozenset[str] = frozenset()
    """Mentions and frames of which types; empty for all."""
    documents: frozenset[str] = frozenset()
    """Ids of documents; empty for all."""
    statuses: frozenset[str] = frozenset({Status.DONE.value})
    """Items in which status count as done."""
    since: str | None = None
    """Only what was closed on that day or later, ISO 8601; of projects."""
    until: str | None = None
    """Only what was closed on that day or before."""
    batches: frozenset[str] = frozenset()
    """Items of which batches; empty for all; of projects."""
    window: int | None = None
    """Items in a window of time; None for a size that fits."""
    mix_versions: bool = False
    """Compare work under different versions of schema or guidelines too."""
    drawing: Drawing = field(default_factory=Drawing)

    def takes(self, annotator: str) -> bool:
        """Whether that annotator's work is compared."""
        return not self.annotators or annotator in self.annotators
