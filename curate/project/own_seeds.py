"""The project's own lists of names and nouns: added from files, used beside those that ship."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from curate.candidates.seeds import Entry, Kind, Seeds, shipped_seeds
from curate.errors import CurateError
from curate.project.activity import utc_now

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.project.opening import Project
    from curate.store.store import Store

LISTS: Final = "seeds.lists"
"""Setting that holds the project's lists."""


class _Row(msgspec.Struct, array_like=True, omit_defaults=True):
    """An entry as it is kept."""

    form: str
    type: str
    subtype: str | None = None
    kind: Kind = Kind.NAME
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    note: dict[str, str] = {}


class _List(msgspec.Struct):
    """A list as it is kept."""

    name: str
    at: str
    rows: list[_Row]


@dataclass(frozen=True, slots=True)
class SeedList:
    """One of the project's own lists."""

    name: str
    at: str
    """When it was added (UTC)."""
    entries: tuple[Entry, ...]

    @property
    def forms(self) -> int:
        """How many forms its entries have."""
        return sum(len(entry.forms) for entry in self.entries)


def seeds_text(store: Store) -> str | None:
    """The project's lists as they are kept, or None if it has none."""
    held = store.settings.get(LISTS)
    return held if isinstance(held, str) and held else None


def project_seeds(store: Store) -> Seeds:
    """What ships and what the project added."""
    return seeds_of(seeds_text(store))


def seeds_of(text: str | None) -> Seeds:
    """The seeds that ship, with the lists of a project as `seeds_text` gives them."""
    return shipped_seeds() if text is None else _with_lists(text)


@lru_cache(maxsize=2)
def _with_lists(text: str) -> Seeds:
    entries = tuple(entry for held in _decoded(text) for entry in held.entries)
    return shipped_seeds().with_entries(entries)


def seed_lists(project: Project) -> list[SeedList]:
    """The project's lists, in the order they were added."""
    text = seeds_text(project.store)
    return [] if text is None else _decoded(text)


def put_seed_list(project: Project, name: str, entries: Iterable[Entry]) -> bool:
    """Keep a list under a name, in place of one that had it; tell whether there was one."""
    made = SeedList(name, utc_now(), tuple(entries))
    with project.store.writing():
        lists = seed_lists(project)
        names = [held.name for held in lists]
        if name in names:
            lists[names.index(name)] = made
        else:
            lists.append(made)
        _keep(project.store, lists)
    return name in names


def remove_seed_list(project: Project, name: str) -> SeedList:
    """Take a list out and return it; `CurateError` if the project has none of that name."""
    with project.store.writing():
        lists = seed_lists(project)
        gone = next((held for held in lists if held.name == name), None)
        if gone is None:
            known = ", ".join(held.name for held in lists) or "none"
            raise CurateError(f"the project has no seed list {name}", f"there are: {known}")
        _keep(project.store, [held for held in lists if held is not gone])
    return gone


def _keep(store: Store, lists: Iterable[SeedList]) -> None:
    rows = [
        _List(
            held.name,
            held.at,
            [
                _Row(e.form, e.type, e.subtype, e.kind, e.aliases, e.wikidata, dict(e.note))
                for e in held.entries
            ],
        )
        for held in lists
    ]
    store.settings[LISTS] = msgspec.json.encode(rows).decode() if rows else ""


def _decoded(text: str) -> list[SeedList]:
    try:
        lists = msgspec.json.decode(text, type=list[_List])
    except msgspec.DecodeError as error:
        raise CurateError(
            f"the seed lists of the project are damaged: {error}",
            "take a backup of the project, or add the lists again under the same names",
        ) from error
    return [
        SeedList(
            held.name,
            held.at,
            tuple(
                Entry(r.form, r.type, r.subtype, r.kind, r.aliases, r.wikidata, r.note)
                for r in held.rows
            ),
        )
        for held in lists
    ]
