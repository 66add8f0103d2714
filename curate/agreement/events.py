"""Agreement on event frames: pair the frames of two annotators, then compare the pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.agreement.align import best_pairs, dice, overlapping
from curate.agreement.score import Tally
from curate.agreement.spans import Marked, match

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from curate.model.annotation import Annotation, Argument, Frame

AttributesOf = Callable[["Frame"], Mapping[str, str]]
"""A frame's attributes, with the schema's defaults for what was not set."""


class Filler(NamedTuple):
    """An argument as it is compared: a role, and where its filler stands in the text."""

    role: str
    start: int
    end: int


class Event(NamedTuple):
    """A frame as it is compared; equal events are equal frames, whatever their ids."""

    start: int
    end: int
    type: str
    fillers: tuple[Filler, ...]
    """Sorted; the same role with the same span is there once."""
    attributes: tuple[tuple[str, str], ...]
    """Sorted by name."""

    @property
    def trigger(self) -> tuple[int, int]:
        """Where the trigger stands."""
        return self.start, self.end


class Alignment(NamedTuple):
    """Which frames of two annotators tell the same event."""

    pairs: tuple[tuple[Event, Event], ...]
    only_first: tuple[Event, ...]
    only_second: tuple[Event, ...]


def events_of(annotation: Annotation, attributes: AttributesOf | None = None) -> list[Event]:
    """The frames of an annotation in reading order.

    A filler counts by its span, a frame as filler by its trigger: links between mentions are not
    followed. Without `attributes` those that were set count.
    """
    spans = {m.id: (m.span.start, m.span.end) for m in annotation.mentions}
    spans |= {f.id: (f.trigger.start, f.trigger.end) for f in annotation.frames}
    return sorted(
        Event(
            frame.trigger.start,
            frame.trigger.end,
            frame.type,
            tuple(sorted({Filler(a.role, *_place(a, spans)) for a in frame.arguments})),
            tuple(sorted((attributes(frame) if attributes else frame.attributes).items())),
        )
        for frame in annotation.frames
    )


def _place(argument: Argument, spans: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    if argument.span is not None:
        return argument.span.start, argument.span.end
    return spans[argument.mention or argument.frame or ""]


def align(first: Sequence[Event], second: Sequence[Event]) -> Alignment:
    """Pair events one to one, only where their triggers overlap, by the largest total likeness.

    Likeness = 1000·Dice of the triggers + 100 for the same type + 10·F1 of the arguments + 1 for
    equal attributes. Among totals that are equal the one with more pairs, then more equal
    arguments wins, so that the figures are the same whoever comes first.
    """
    one, other = sorted(first), sorted(second)
    near = list(overlapping([e.trigger for e in one], [e.trigger for e in other]))
    rivals = len({a for a, _ in near}) < len(near) or len({b for _, b in near}) < len(near)
    pairs = near if not rivals else best_pairs({(a, b): _likeness(one[a], other[b])
                                                for a, b in near})  # fmt: skip
    firsts, seconds = {a for a, _ in pairs}, {b for _, b in pairs}
    return Alignment(
        tuple((one[a], other[b]) for a, b in pairs),
        tuple(e for place, e in enumerate(one) if place not in firsts),
        tuple(e for place, e in enumerate(other) if place not in seconds),
    )


def _likeness(one: Event, other: Event) -> int:
    """The likeness in units of 1/2²⁰, then, in 16 bits each, what decides between equals."""
    shared = len(set(one.fillers) & set(other.fillers))
    fillers = len(one.fillers) + len(other.fillers)
    same_type = one.type == other.type
    likeness = 1000 * dice(one.trigger, other.trigger) + 100 * same_type
    likeness += 10 * (2 * shared / fillers if fillers else 1)
    likeness += one.attributes == other.attributes
    ties = (1, *attached(one, other), one == other)
    packed = round(likeness * (1 << 20))
    for part in ties:
        packed = packed << 16 | int(part)
    return packed


def attached(one: Event, other: Event) -> tuple[int, int, int]:
    """Equal arguments of a pair of events of one type: role and span, span, role and overlap.

    Of a pair of two types none count: an argument belongs to its event.
    """
    if one.type != other.type:
        return 0, 0, 0
    if one.fillers == other.fillers:
        return (len(one.fillers),) * 3
    exact = len(set(one.fillers) & set(other.fillers))
    spans = _common((f[1:] for f in one.fillers), (f[1:] for f in other.fillers))
    if exact == min(len(one.fillers), len(other.fillers)):
        return exact, spans, exact
    near = match((_marked(f) for f in one.fillers), (_marked(f) for f in other.fillers))
    return exact, spans, len(near)


def _marked(filler: Filler) -> Marked:
    return Marked(filler.start, filler.end, filler.role)


def _common(first: Iterable[Hashable], second: Iterable[Hashable]) -> int:
    """The size of the intersection of two multisets: Σ of the smaller counts."""
    one, other = list(first), list(second)
    without_doubles = set(one)
    if len(without_doubles) == len(one):
        return len(without_doubles.intersection(other))
    return (Counter(one) & Counter(other)).total()


TRIGGER_TUPLES: Final[Mapping[str, Callable[[Event], Hashable]]] = {
    "tri_i": lambda e: e.trigger,
    "tri_c": lambda e: (e.trigger, e.type),
}
"""Tri-I: the trigger's span. Tri-C: with the event type. (As in TextEE's scorer and ACE work.)"""

FILLER_TUPLES: Final[Mapping[str, Callable[[Event, Filler], Hashable]]] = {
    "arg_i": lambda e, f: (e.type, f[1:]),
    "arg_c": lambda e, f: (e.type, f),
}
"""Arg-I: event type and the filler's span. Arg-C: with the role. Both do not ask which event of the
type it is: an argument that hangs on the wrong trigger is not seen."""

ATTACHED_TUPLES: Final[Mapping[str, Callable[[Event, Filler], Hashable]]] = {
    "arg_i_attached": lambda e, f: (e.type, f[1:], e.trigger),
    "arg_c_attached": lambda e, f: (e.type, f, e.trigger),
}
"""Arg-I+ and Arg-C+ as ACE-style sets: with the trigger's span, which must be the same."""


def unattached(first: Sequence[Event], second: Sequence[Event]) -> dict[str, Tally]:
    """Tri-I, Tri-C, Arg-I, Arg-C as multisets: two frames with one trigger and type are two."""
    return {name: both[0] for name, both in tuple_tallies(first, second) if both[0] is not None}


def ace_sets(first: Sequence[Event], second: Sequence[Event]) -> dict[str, Tally]:
    """The six measures over sets, as ACE papers count: equal tuples of one annotator are one."""
    return {name: both[1] for name, both in tuple_tallies(first, second)}


def tuple_tallies(
    first: Sequence[Event], second: Sequence[Event]
) -> Iterator[tuple[str, tuple[Tally | None, Tally]]]:
    """Each of the six measures as multisets and as sets; the attached ones as sets alone."""
    for name, of in TRIGGER_TUPLES.items():
        yield name, _both_ways([of(e) for e in first], [of(e) for e in second])
    fillers = [[(e, f) for e in side for f in e.fillers] for side in (first, second)]
    for name, make in FILLER_TUPLES.items():
        one, other = ([make(e, f) for e, f in side] for side in fillers)
        yield name, _both_ways(one, other)
    for name, make in ATTACHED_TUPLES.items():
        sets = [{make(e, f) for e, f in side} for side in fillers]
        yield name, (None, Tally(len(sets[0] & sets[1]), len(sets[0]), len(sets[1])))


def _both_ways(first: list[Hashable], second: list[Hashable]) -> tuple[Tally, Tally]:
    """What is common as multisets and as sets."""
    one, other = set(first), set(second)
    shared = len(one & other)
    as_sets = Tally(shared, len(one), len(other))
    if len(one) == len(first) or len(other) == len(second):
        return Tally(shared, len(first), len(second)), as_sets
    common = (Counter(first) & Counter(second)).total()
    return Tally(common, len(first), len(second)), as_sets


def attribute_pairs(one: Event, other: Event) -> list[tuple[str, str, str]]:
    """Name and both values of the attributes of a pair of events; "" where one has none.

    What only one of two event types has is left out, and what neither annotator set.
    """
    first, second = dict(one.attributes), dict(other.attributes)
    names = first.keys() | second.keys() if one.type == other.type else first.keys() & second.keys()
    return [(name, first.get(name, ""), second.get(name, "")) for name in sorted(names)]
