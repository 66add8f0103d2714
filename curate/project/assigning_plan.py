"""Who gets which items: balanced, drawn with a seed, and never the same item twice to one person.

Pure: from what there is and what is wanted to a plan, which can be looked at before it is run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from random import Random


class Offered(NamedTuple):
    """An item that nobody has yet."""

    item: str
    document: str
    stratum: str
    """What it is drawn by, such as its source; "" where nothing was asked for."""


class Given(NamedTuple):
    """An item for an annotator."""

    annotator: str
    item: str
    reason: str
    """`new`, `shared`, `repeat`, or `from NAME` of whom it was abandoned by."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of new items."""

    to: tuple[str, ...]
    each: int = 1
    """How many annotators read an item at least."""
    overlap: float = 0.0
    """The share of items that two read, where `each` is one."""
    size: int | None = None
    """How many items; None for all."""
    whole_documents: bool = False
    """Keep the items of a document with the same annotators."""
    is_drawn: bool = False
    """Draw by lot; else in the order of the project."""


@dataclass(slots=True)
class _Loads:
    """How much everybody has been given, alone and in company."""

    people: tuple[str, ...]
    alone: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def least(self, count: int, weight: int) -> tuple[str, ...]:
        """The group of so many who have been together least, of those the ones with least to do."""
        group = min(
            combinations(self.people, count),
            key=lambda g: (self.together[g], sum(self.alone[n] for n in g)),
        ) if count > 1 else (min(self.people, key=lambda n: self.alone[n]),)  # fmt: skip
        for name in group:
            self.alone[name] += weight
        if count > 1:
            self.together[group] += weight
        return group


def plan_new(offered: Sequence[Offered], wish: Wish, random: Random) -> list[Given]:
    """Give out items that nobody has."""
    units = _units(offered, wish)
    chosen = _drawn(units, wish, random)
    shared = _shared(chosen, wish, random)
    loads = _Loads(wish.to)
    plan = []
    for place in sorted(range(len(chosen)), key=lambda n: n not in shared):
        unit = chosen[place]
        count = max(wish.each, 2 if place in shared else 1)
        reason = "shared" if count > 1 else "new"
        for name in loads.least(count, len(unit)):
            plan += [Given(name, offer.item, reason) for offer in unit]
    order = {offer.item: place for place, offer in enumerate(offered)}
    return sorted(plan, key=lambda given: (given.annotator, order[given.item]))


def _units(offered: Sequence[Offered], wish: Wish) -> list[tuple[Offered, ...]]:
    """What is given as one: items, or all items of a document."""
    if not wish.whole_documents:
        return [(offer,) for offer in offered]
    by_document: dict[str, list[Offered]] = defaultdict(list)
    for offer in offered:
        by_document[offer.document].append(offer)
    return [tuple(found) for found in by_document.values()]


def _drawn(
    units: Sequence[tuple[Offered, ...]], wish: Wish, random: Random
) -> list[tuple[Offered, ...]]:
    """The units that are given out: of every stratum its share, as far as `size` goes."""
    if not wish.is_drawn:
        return list(_up_to(units, wish.size))
    strata: dict[str, list[tuple[Offered, ...]]] = defaultdict(list)
    for unit in units:
        strata[unit[0].stratum].append(unit)
    for found in strata.values():
        random.shuffle(found)
    return list(_up_to(_interleaved(list(strata.values())), wish.size))


def _interleaved(strata: Sequence[Sequence[tuple[Offered, ...]]]) -> Iterator[tuple[Offered, ...]]:
    """Units in an order of which every beginning holds of each stratum about its share."""
    placed = [
        ((n + 0.5) / len(found), place, unit)
        for place, found in enumerate(strata)
        for n, unit in enumerate(found)
    ]
    for _, _, unit in sorted(placed, key=lambda p: p[:2]):
        yield unit


def _up_to(units: Iterable[tuple[Offered, ...]], size: int | None) -> Iterator[tuple[Offered, ...]]:
    """As many units as hold so many items, the last one whole."""
    held = 0
    for unit in units:
        if size is not None and held >= size:
            return
        held += len(unit)
        yield unit


def _shared(chosen: Sequence[tuple[Offered, ...]], wish: Wish, random: Random) -> set[int]:
    """The places of units that two people read; every stratum has its share of them."""
    if wish.each > 1:
        return set(range(len(chosen)))
    strata: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(chosen):
        strata[unit[0].stratum].append(place)
    wanted = round(wish.overlap * len(chosen))
    for found in strata.values():
        random.shuffle(found)
    order = [
        ((n + 0.5) / len(found), place)
        for found in strata.values()
        for n, place in enumerate(found)
    ]
    return {place for _, place in sorted(order)[:wanted]}


def plan_repeats(done: Mapping[str, Sequence[str]], share: float, random: Random) -> list[Given]:
    """Give each annotator a share of what they have done again, at least one item."""
    plan = []
    for name, items in sorted(done.items()):
        count = min(len(items), max(1, round(share * len(items)))) if share > 0 else 0
        plan += [Given(name, item, "repeat") for item in sorted(random.sample(items, count))]
    return plan


def plan_takeover(
    abandoned: Sequence[tuple[str, str]],
    to: Sequence[str],
    holders: Mapping[str, frozenset[str]],
    loads: Mapping[str, int],
) -> tuple[list[Given], list[str]]:
    """Give abandoned items (annotator, item) to whoever has least to do and never had them.

    Returns the plan, and the items that nobody can take.
    """
    has = Counter(loads)
    plan, left = [], []
    for old, item in abandoned:
        free = [n for n in to if n != old and n not in holders.get(item, frozenset())]
        if not free:
            left.append(item)
            continue
        name = min(free, key=lambda n: (has[n], to.index(n)))
        has[name] += 1
        plan.append(Given(name, item, f"from {old}"))
    return plan, left
