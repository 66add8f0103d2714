"""Compare what two annotators said of one item, and add it up by measure and label."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.agreement.events import Alignment, Event, align, attached, tuple_tallies
from curate.agreement.score import Tally
from curate.agreement.spans import Marked, form_only, match, shared_part, strict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.agreement.spans import SameWords

ALL: Final = ""
"""The label that stands for all labels together."""
LABELLED: Final = ("mentions", "tri_c", "arg_c_attached")
"""The measures that are also kept by type or role."""


class Key(NamedTuple):
    """What a tally is of."""

    measure: str
    label: str = ALL


Confusion = Counter[tuple[str, str]]
"""Labels of what was matched, first and second annotator by name; "" where one has nothing."""

Sums = dict[Key, list[float]]
"""Matched, first and second by measure and label."""


def add(sums: Sums, key: Key, tally: Tally) -> None:
    """Pool a tally with what was there."""
    known = sums.setdefault(key, [0.0, 0, 0])
    known[0] += tally.matched
    known[1] += tally.first
    known[2] += tally.second


def compare_mentions(
    sums: Sums, first: list[Marked], second: list[Marked], same_words: SameWords | None
) -> None:
    """Add up the mentions of an item by two annotators, each list sorted and without doubles."""
    if not first and not second:
        return
    one, other = frozenset(first), frozenset(second)
    exact = strict(one, other)
    add(sums, Key("mentions"), exact)
    labels = [Counter(m.label for m in side) for side in (one, other)]
    equal = Counter(m.label for m in one & other)
    for label in labels[0] | labels[1]:
        tally = Tally(equal[label], labels[0][label], labels[1][label])
        add(sums, Key("mentions", label), tally)
    bare = [{m._replace(label="") for m in side} for side in (first, second)]
    add(sums, Key("mentions_span"), strict(*bare))
    near, counts = match(first, second), (len(one), len(other))
    add(sums, Key("mentions_overlap"), Tally(len(near), *counts))
    add(sums, Key("mentions_dice"), Tally(sum(p.dice for p in near), *counts))
    form = form_only(near, one & other, same_words) if same_words else 0
    add(sums, Key("mentions_forgiving"), Tally(exact.matched + form, *counts))


def confuse_mentions(into: Confusion, first: list[Marked], second: list[Marked]) -> None:
    """Count what the one called what the other called it, in spans matched by place alone."""
    pairs = match(first, second, same_label=False)
    into.update((p.first.label, p.second.label) for p in pairs)
    left = Counter(first) - Counter(p.first for p in pairs)
    right = Counter(second) - Counter(p.second for p in pairs)
    into.update((m.label, ALL) for m in left.elements())
    into.update((ALL, m.label) for m in right.elements())


def confuse_events(into: Confusion, alignment: Alignment) -> None:
    """Count what the one called what the other called it, in frames that were aligned."""
    into.update((one.type, other.type) for one, other in alignment.pairs)
    into.update((e.type, ALL) for e in alignment.only_first)
    into.update((ALL, e.type) for e in alignment.only_second)


def compare_events(
    sums: Sums, first: list[Event], second: list[Event], same_words: SameWords | None
) -> Alignment:
    """Add up the frames of an item by two annotators; return which of them belong together."""
    alignment = align(first, second)
    if not first and not second:
        return alignment
    for measure, (multiset, sets) in tuple_tallies(first, second):
        if multiset is not None:
            add(sums, Key(measure), multiset)
        add(sums, Key(f"{measure}_set"), sets)
    _compare_triggers(sums, first, second, same_words)
    _compare_pairs(sums, alignment.pairs, first, second)
    together = len(alignment.pairs) + len(alignment.only_first) + len(alignment.only_second)
    equal = sum(one == other for one, other in alignment.pairs)
    add(sums, Key("frames_exact"), Tally(equal, together, together))
    return alignment


def _compare_triggers(
    sums: Sums, first: list[Event], second: list[Event], same_words: SameWords | None
) -> None:
    typed = [[Marked(*e.trigger, e.type) for e in side] for side in (first, second)]
    bare = [[m._replace(label=ALL) for m in side] for side in typed]
    add(sums, Key("tri_i_dice"), shared_part(*bare))
    near, counts = match(*typed), (len(first), len(second))
    add(sums, Key("tri_c_dice"), Tally(sum(p.dice for p in near), *counts))
    add(sums, Key("tri_c_overlap"), Tally(len(near), *counts))
    found = [Counter(side) for side in typed]
    shared = found[0] & found[1]
    labels = [Counter(m.label for m in side) for side in typed]
    equal = Counter(m.label for m in shared.elements())
    for label in labels[0] | labels[1]:
        tally = Tally(equal[label], labels[0][label], labels[1][label])
        add(sums, Key("tri_c", label), tally)
    form = form_only(near, frozenset(shared), same_words) if same_words else 0
    add(sums, Key("tri_c_forgiving"), Tally(shared.total() + form, *counts))


def _compare_pairs(
    sums: Sums, pairs: Sequence[tuple[Event, Event]], first: list[Event], second: list[Event]
) -> None:
    add(sums, Key("events"), Tally(len(pairs), len(first), len(second)))
    counts = [sum(len(e.fillers) for e in side) for side in (first, second)]
    found = [attached(one, other) for one, other in pairs]
    names = ("arg_c_attached", "arg_i_attached", "arg_c_attached_overlap")
    for place, name in enumerate(names):
        add(sums, Key(name), Tally(sum(f[place] for f in found), *counts))
    by_role = [Counter(f.role for e in side for f in e.fillers) for side in (first, second)]
    equal = Counter(
        f.role
        for one, other in pairs
        if one.type == other.type
        for f in set(one.fillers) & set(other.fillers)
    )
    for role in by_role[0] | by_role[1]:
        tally = Tally(equal[role], by_role[0][role], by_role[1][role])
        add(sums, Key("arg_c_attached", role), tally)
