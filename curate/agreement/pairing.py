"""Which of two annotators' marks belong together under each measure, one by one.

What `compare` adds up is listed here: the tallies of the pairs of an item, added, are the figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.agreement.events import (
    ATTACHED_TUPLES,
    FILLER_TUPLES,
    TRIGGER_TUPLES,
    Event,
    Filler,
    align,
)
from curate.agreement.spans import Marked, match

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.agreement.spans import SameWords


class Atom(NamedTuple):
    """What one annotator marked."""

    start: int
    end: int
    label: str
    """Entity type, event type, role, or the value of an attribute."""
    event: Event | None = None
    """The frame that it is, or hangs on."""

    @property
    def extent(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


class Matched(NamedTuple):
    """Two marks that belong together, or one that stands alone, and how far they are the same."""

    first: Atom | None
    second: Atom | None
    credit: float = 0.0
    """1 for a match, a part of it for a measure that gives credit for a shared part, else 0."""


class Said(NamedTuple):
    """What an annotator said of an item, as it is compared."""

    mentions: list[Marked]
    """Sorted, without doubles."""
    events: list[Event]


KeyOf = Callable[[Atom], Hashable]
"""What must be equal for a match."""
Pairing = Callable[[Said, Said, "SameWords | None"], "Iterator[Matched]"]


def mention_atoms(said: Said) -> list[Atom]:
    """The mentions."""
    return [Atom(*mention) for mention in said.mentions]


def trigger_atoms(said: Said) -> list[Atom]:
    """The frames, each at its trigger."""
    return [Atom(e.start, e.end, e.type, e) for e in said.events]


def filler_atoms(events: Iterable[Event]) -> list[Atom]:
    """The arguments of frames, each with its frame."""
    return [Atom(f.start, f.end, f.role, e) for e in events for f in e.fillers]


def equal(first: Sequence[Atom], second: Sequence[Atom], key: KeyOf) -> Iterator[Matched]:
    """Match what has the same key, as multisets; the rest is paired by place, without credit."""
    waiting: dict[Hashable, list[Atom]] = defaultdict(list)
    for atom in reversed(second):
        waiting[key(atom)].append(atom)
    left = []
    for atom in first:
        if found := waiting[key(atom)]:
            yield Matched(atom, found.pop(), 1.0)
        else:
            left.append(atom)
    rest = [atom for found in waiting.values() for atom in found]
    yield from by_place(left, rest)


def distinct(first: Sequence[Atom], second: Sequence[Atom], key: KeyOf) -> Iterator[Matched]:
    """The same over sets: of atoms with one key the first one counts."""
    one, other = ({key(a): a for a in reversed(side)} for side in (first, second))
    return equal(sorted(one.values()), sorted(other.values()), key)


def near(
    first: Sequence[Atom], second: Sequence[Atom], *, whole: bool, bare: bool = False
) -> Iterator[Matched]:
    """Match overlapping spans of one label by Dice; `whole` counts a pair 1 and not its Dice.

    With `bare` the label is not asked for.
    """
    one, other = _Pool(first, bare=bare), _Pool(second, bare=bare)
    for pair in match(one.marks, other.marks):
        credit = 1.0 if whole else pair.dice
        yield Matched(one.take(pair.first), other.take(pair.second), credit)
    yield from by_place(one.left, other.left)


def forgiving(
    first: Sequence[Atom], second: Sequence[Atom], same_words: SameWords | None
) -> Iterator[Matched]:
    """Match equal span and label, and overlapping ones that differ in form alone."""
    one, other = _Pool(first), _Pool(second)
    paired = match(one.marks, other.marks)
    shared = set(one.marks) & set(other.marks)
    for mark in sorted(one.marks):
        if one.has(mark) and other.has(mark):
            yield Matched(one.take(mark), other.take(mark), 1.0)
    for pair in paired:
        if pair.first in shared or pair.second in shared or same_words is None:
            continue
        if same_words(pair.first.extent, pair.second.extent):
            yield Matched(one.take(pair.first), other.take(pair.second), 1.0)
    yield from by_place(one.left, other.left)


def by_place(first: Sequence[Atom], second: Sequence[Atom]) -> Iterator[Matched]:
    """Pair what overlaps, whatever its label; what overlaps nothing stands alone."""
    one, other = _Pool(first), _Pool(second)
    for pair in match(one.marks, other.marks, same_label=False):
        yield Matched(one.take(pair.first), other.take(pair.second))
    yield from (Matched(atom, None) for atom in one.left)
    yield from (Matched(None, atom) for atom in other.left)


class _Pool:
    """Atoms by their marks, each to be taken once."""

    def __init__(self, atoms: Sequence[Atom], *, bare: bool = False) -> None:
        self._waiting: dict[Marked, list[Atom]] = defaultdict(list)
        self.marks = [Marked(a.start, a.end, "" if bare else a.label) for a in atoms]
        for mark, atom in zip(self.marks, atoms, strict=True):
            self._waiting[mark].append(atom)

    def has(self, mark: Marked) -> bool:
        return bool(self._waiting[mark])

    def take(self, mark: Marked) -> Atom:
        return self._waiting[mark].pop()

    @property
    def left(self) -> list[Atom]:
        return sorted(
            (atom for found in self._waiting.values() for atom in found), key=_reading_order
        )


def _reading_order(atom: Atom) -> tuple[int, int, str]:
    return atom[:3]


def aligned(first: Said, second: Said) -> Iterator[Matched]:
    """Frames that tell the same event; credit for those that are equal in everything."""
    found = align(first.events, second.events)
    for one, other in found.pairs:
        yield Matched(_frame(one), _frame(other), float(one == other))
    yield from (Matched(_frame(e), None) for e in found.only_first)
    yield from (Matched(None, _frame(e)) for e in found.only_second)


def _frame(event: Event) -> Atom:
    return Atom(event.start, event.end, event.type, event)


def attached(first: Said, second: Said, measure: str) -> Iterator[Matched]:
    """Arguments of frames that tell the same event.

    An argument that both have, but on frames that do not belong together, is a pair without credit.
    """
    found = align(first.events, second.events)
    left: list[Atom] = []
    rest: list[Atom] = []
    for one, other in found.pairs:
        sides = filler_atoms([one]), filler_atoms([other])
        if one.type != other.type:
            left += sides[0]
            rest += sides[1]
            continue
        for pair in _ATTACHED[measure](*sides):
            if pair.first is not None and pair.second is not None:
                yield pair
            elif pair.first is not None:
                left.append(pair.first)
            elif pair.second is not None:
                rest.append(pair.second)
    left += filler_atoms(found.only_first)
    rest += filler_atoms(found.only_second)
    for pair in equal(left, rest, lambda a: a[:3]):
        yield pair._replace(credit=0.0)


_ATTACHED: Final[Mapping[str, Callable[[list[Atom], list[Atom]], Iterator[Matched]]]] = {
    "arg_c_attached": lambda one, other: equal(one, other, lambda a: a[:3]),
    "arg_i_attached": lambda one, other: equal(one, other, lambda a: a[:2]),
    "arg_c_attached_overlap": partial(near, whole=True),
}


def _trigger_key(name: str) -> KeyOf:
    return lambda atom: TRIGGER_TUPLES[name](_event(atom))


def _filler_key(name: str) -> KeyOf:
    of = {**FILLER_TUPLES, **ATTACHED_TUPLES}[name]
    return lambda atom: of(_event(atom), Filler(atom.label, atom.start, atom.end))


def _event(atom: Atom) -> Event:
    if atom.event is None:
        raise ValueError("triggers and fillers have a frame")
    return atom.event


def _mentions(pair: Callable[..., Iterator[Matched]], **given: object) -> Pairing:
    return lambda one, other, _: pair(mention_atoms(one), mention_atoms(other), **given)


def _triggers(pair: Callable[..., Iterator[Matched]], **given: object) -> Pairing:
    return lambda one, other, _: pair(trigger_atoms(one), trigger_atoms(other), **given)


def _fillers(pair: Callable[..., Iterator[Matched]], **given: object) -> Pairing:
    return lambda one, other, _: pair(filler_atoms(one.events), filler_atoms(other.events), **given)


def _attached(name: str) -> Pairing:
    return lambda one, other, _: attached(one, other, name)


def _events(one: Said, other: Said, _: SameWords | None) -> Iterator[Matched]:
    for pair in aligned(one, other):
        together = pair.first is not None and pair.second is not None
        yield pair._replace(credit=float(together))


PAIRINGS: Final[Mapping[str, Pairing]] = {
    "mentions": _mentions(equal, key=lambda a: a[:3]),
    "mentions_span": _mentions(distinct, key=lambda a: a[:2]),
    "mentions_overlap": _mentions(near, whole=True),
    "mentions_dice": _mentions(near, whole=False),
    "mentions_forgiving": lambda one, other, same: forgiving(
        mention_atoms(one), mention_atoms(other), same
    ),
    "tri_i": _triggers(equal, key=_trigger_key("tri_i")),
    "tri_c": _triggers(equal, key=_trigger_key("tri_c")),
    "tri_i_dice": _triggers(near, whole=False, bare=True),
    "tri_c_overlap": _triggers(near, whole=True),
    "tri_c_dice": _triggers(near, whole=False),
    "tri_c_forgiving": lambda one, other, same: forgiving(
        trigger_atoms(one), trigger_atoms(other), same
    ),
    "events": _events,
    "arg_i": _fillers(equal, key=_filler_key("arg_i")),
    "arg_c": _fillers(equal, key=_filler_key("arg_c")),
    **{name: _attached(name) for name in _ATTACHED},
    "frames_exact": lambda one, other, _: aligned(one, other),
    **{f"{name}_set": _triggers(distinct, key=_trigger_key(name)) for name in TRIGGER_TUPLES},
    **{
        f"{name}_set": _fillers(distinct, key=_filler_key(name))
        for name in (*FILLER_TUPLES, *ATTACHED_TUPLES)
    },
    "confusion_mentions": _mentions(by_place),
    "confusion_events": _events,
}
"""How each measure of marks pairs them; `skipping` is of items."""
