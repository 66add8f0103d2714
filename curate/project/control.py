"""Control items: a share, drawn by lot, is annotated without candidates to measure their pull.

The lot falls by the item's id and the project's seed alone: the same for every annotator, in
every copy of the project, in any order. The condition is recorded with the first decision on an
item, and holds for good, whatever share is set later.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError
from curate.project.activity import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.model.span import Span
    from curate.project.opening import Project
    from curate.store.store import Store

SHARE: Final = "control.share"
"""Setting: the share of items whose candidates are hidden, 0 to 1."""
SEED: Final = "control.seed"
"""Setting: what the lot is drawn with."""
_WHOLE: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Control:
    """Which items are annotated without candidates."""

    share: float
    seed: int

    def hides(self, item_id: str) -> bool:
        """Whether the lot fell on an item."""
        drawn = sha256(f"{self.seed}\n{item_id}".encode()).digest()
        return int.from_bytes(drawn[:8], "big") < self.share * _WHOLE


@dataclass(frozen=True, slots=True)
class ControlState:
    """The setting, and under which condition items were annotated so far."""

    share: float
    seed: int | None
    shown: int
    """Items recorded with their candidates."""
    hidden: int
    """Items recorded without."""

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return asdict(self)

    def lines(self) -> list[str]:
        """The figures for a reader."""
        if self.seed is None:
            return ["no control items: candidates are shown in every item"]
        return [
            f"candidates are hidden in {self.share:.0%} of the items (seed {self.seed})",
            f"  so far recorded: {self.shown:,} items with candidates, {self.hidden:,} without",
        ]


def control_of(store: Store) -> Control | None:
    """The project's setting; None where none was ever made."""
    share, seed = store.settings.get(SHARE), store.settings.get(SEED)
    if not isinstance(share, int | float) or not isinstance(seed, int):
        return None
    return Control(float(share), seed)


def control_state(project: Project) -> ControlState:
    """The setting and what was recorded."""
    control = control_of(project.store)
    share, seed = (0.0, None) if control is None else (control.share, control.seed)
    return ControlState(share, seed, *project.store.conditions.counts())


def set_control(
    project: Project, share: float, seed: int | None = None, *, now: Callable[[], str] = utc_now
) -> ControlState:
    """Hide the candidates of a share of the items that nobody has worked on yet.

    Without a seed the project's own is kept, or one is drawn. Raises `CurateError` for a
    share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise CurateError(f"a share of {share:g} cannot be hidden", "give one from 0 to 1")
    store = project.store
    with store.writing():
        held = control_of(store)
        if held is None:
            store.conditions.record_touched(now())
        kept = int.from_bytes(os.urandom(4)) >> 1 if held is None else held.seed
        store.settings[SHARE] = share
        store.settings[SEED] = kept if seed is None else seed
    return control_state(project)


def share_of(text: str) -> float:
    """Read a share: `0.1` or `10%`; `CurateError` for anything else."""
    number = text.strip().removesuffix("%")
    try:
        value = float(number)
    except ValueError:
        raise CurateError(f"{text!r} is no share", "write it as 0.1 or 10%") from None
    return value / 100 if text.strip().endswith("%") else value


def is_hidden(store: Store, control: Control | None, item_id: str) -> bool:
    """Whether an item's candidates are kept out of sight: as recorded, else as the lot says."""
    if control is None:
        return False
    recorded = store.conditions.of(item_id)
    return control.hides(item_id) if recorded is None else recorded


def hidden_items(store: Store, document_id: str) -> frozenset[Span] | None:
    """The items of a document that were annotated without candidates; None if not recorded."""
    return None if control_of(store) is None else store.conditions.hidden(document_id)
