"""How far each annotator is, by batch too, how fast, and what they left to the lead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.annotation import Status
from curate.project.gold import GOLD, GoldState, gold_state

if TYPE_CHECKING:
    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class Share:
    """Some items of an annotator, and how many are through."""

    annotator: str
    done: int
    total: int
    batch: str = ""
    """Empty: all that is theirs."""
    draft: int = 0
    skipped: int = 0
    flagged: int = 0
    seconds: float | None = None
    """Active seconds for each item that is through; None where nothing is known."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """An item that an annotator left to the lead."""

    item: str
    annotator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a project is."""

    shares: tuple[Share, ...]
    batches: tuple[Share, ...]
    flagged: tuple[Flagged, ...]
    gold: GoldState


def standing_of(project: Project) -> Standing:
    """Count how far everybody is."""
    assigned: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in project.store.rounds.assigned():
        assigned[row.annotator][row.batch or ""].append(row.is_open)
    spent = _seconds(project)
    shares, batches, flagged = [], [], []
    for name in project.store.annotations.annotators():
        if name == GOLD:
            continue
        counts = project.store.items.counts(name)
        closed = counts[Status.DONE] + counts[Status.SKIPPED] + counts[Status.FLAGGED]
        given = sum(len(items) for items in assigned[name].values())
        seconds = spent[name] / closed if spent[name] and closed else None
        shares.append(
            Share(
                name, counts[Status.DONE], given or sum(counts.values()),
                draft=counts[Status.DRAFT], skipped=counts[Status.SKIPPED],
                flagged=counts[Status.FLAGGED], seconds=seconds,
            )
        )  # fmt: skip
        batches += [
            Share(name, sum(not is_open for is_open in items), len(items), batch)
            for batch, items in sorted(assigned[name].items())
            if batch
        ]
        if counts[Status.FLAGGED]:
            flagged += [
                Flagged(item, name, said.reason or "")
                for item, said in project.store.annotations.all(name)
                if said.status is Status.FLAGGED
            ]
    return Standing(tuple(shares), tuple(batches), tuple(flagged), gold_state(project))


def _seconds(project: Project) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for name, _, _, seconds, _ in project.store.journal.costs():
        found[name] += seconds
    return found
