"""What a project has muted: list entries, triggers and rules that propose nothing more in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.candidates.muting import Source, Unmuted, source_of, without
from curate.errors import CurateError
from curate.project.activity import utc_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.candidates.engine import Producer
    from curate.model.candidate import FrameCandidate, MentionCandidate
    from curate.project.opening import Project
    from curate.store.encoding import Json
    from curate.store.store import Store

__all__ = ["Source", "source_of"]

LOG: Final = "muted.log"
"""Setting: every muting and unmuting, oldest first: when, by whom, what, whether it is muted."""


@dataclass(frozen=True, slots=True)
class Muting:
    """One entry of the log."""

    at: str
    by: str
    source: Source
    is_muted: bool


def log(store: Store) -> list[Muting]:
    """Every muting and unmuting of the project, oldest first."""
    held = store.settings.get(LOG)
    rows = held if isinstance(held, list) else []
    return [
        Muting(str(row[0]), str(row[1]), Source(str(row[2]), str(row[3])), bool(row[4]))
        for row in rows
        if isinstance(row, list)
    ]


def muted(store: Store) -> frozenset[Source]:
    """What is muted now."""
    now: dict[Source, bool] = {}
    for step in log(store):
        now[step.source] = step.is_muted
    return frozenset(source for source, is_muted in now.items() if is_muted)


def mute(
    project: Project,
    source: Source,
    by: str,
    *,
    is_muted: bool = True,
    now: Callable[[], str] = utc_now,
) -> bool:
    """Mute a source, or let it propose again; False when it was so already."""
    store = project.store
    with store.writing():
        if (source in muted(store)) == is_muted:
            return False
        held = store.settings.get(LOG)
        rows: list[Json] = list(held) if isinstance(held, list) else []
        store.settings[LOG] = [*rows, [now(), by, source.name, source.type, is_muted]]
    return True


def find_source(project: Project, name: str, type_name: str | None) -> list[Source]:
    """Muted sources whose name is or ends in `name`, of that type if one is given."""
    return sorted(
        s
        for s in muted(project.store)
        if name in (s.name, s.name.partition(": ")[2]) and type_name in (None, s.type)
    )


def named_source(project: Project, name: str, type_name: str) -> Source:
    """A source by its name and type: `trigger: …`, or the form alone of a list or the lexicon.

    Raises `CurateError` for a type that the schema does not have.
    """
    schema = project.schema
    if type_name not in schema.entity_types and type_name not in schema.event_types:
        raise CurateError(
            f"the schema has no type {type_name}", "curate schema show lists its types"
        )
    if ": " in name or name.startswith(("after ", "quoted after ")):
        return Source(name, type_name)
    kind = "trigger" if type_name in schema.event_types else "seed list"
    return Source(f"{kind}: {name}", type_name)


def still_offered(
    store: Store, mentions: list[MentionCandidate], frames: list[FrameCandidate]
) -> tuple[list[MentionCandidate], list[FrameCandidate]]:
    """The candidates that no muted source proposed."""
    sources = muted(store)
    if not sources:
        return mentions, frames
    gone = {m.id for m in mentions if source_of(m) in sources}
    gone |= {f.id for f in frames if source_of(f) in sources}
    return (
        [m for m in mentions if m.id not in gone],
        [without(f, gone) for f in frames if f.id not in gone],
    )


def producer_without(producer: Producer, sources: frozenset[Source]) -> Producer:
    """The producer, without what the muted sources propose."""
    return Unmuted(producer, sources) if sources else producer
