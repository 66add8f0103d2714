"""What the focus can rest on: the mentions and frames of an item, proposed or confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from curate.model.annotation import Argument, Frame, Mention
from curate.model.candidate import FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.span import Span
    from curate.project.view import View

Value = Mention | Frame | MentionCandidate | FrameCandidate


class Kind(IntEnum):
    """Which of the two an atom is; frames come first where both begin at once."""

    FRAME = 0
    MENTION = 1


@dataclass(frozen=True, slots=True)
class Atom:
    """A mention or a frame, proposed by the machine or confirmed by the annotator."""

    value: Value

    @property
    def id(self) -> str:
        """Id of the mention, frame or candidate."""
        return self.value.id

    @property
    def kind(self) -> Kind:
        """Whether it is a frame or a mention."""
        is_frame = isinstance(self.value, Frame | FrameCandidate)
        return Kind.FRAME if is_frame else Kind.MENTION

    @property
    def proposed(self) -> bool:
        """Whether the annotator has yet to decide on it."""
        return isinstance(self.value, MentionCandidate | FrameCandidate)

    @property
    def span(self) -> Span:
        """The mention's code points, or the frame's trigger."""
        if isinstance(self.value, Frame | FrameCandidate):
            return self.value.trigger
        return self.value.span

    @property
    def type(self) -> str:
        """Name of the entity type or event type."""
        return self.value.type

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The frame's arguments; a mention has none."""
        return self.value.arguments if isinstance(self.value, Frame | FrameCandidate) else ()

    @property
    def origin(self) -> str:
        """Id of the candidate it is or was made from, else its own."""
        if isinstance(self.value, Mention | Frame) and self.value.candidate is not None:
            return self.value.candidate
        return self.value.id


def _reading_order(atom: Atom) -> tuple[int, int, Kind, str]:
    return atom.span.start, -atom.span.end, atom.kind, atom.id


class Atoms:
    """The atoms of one item in reading order, and how the focus moves over them."""

    def __init__(self, view: View) -> None:
        values: Iterable[Value] = (
            *view.annotation.mentions,
            *view.annotation.frames,
            *view.mentions,
            *view.frames,
        )
        self.all: tuple[Atom, ...] = tuple(sorted(map(Atom, values), key=_reading_order))
        self.frames = tuple(a for a in self.all if a.kind is Kind.FRAME)
        self.mentions = tuple(a for a in self.all if a.kind is Kind.MENTION)
        self._by_id = {a.origin: a for a in self.all} | {a.id: a for a in self.all}

    @property
    def open(self) -> tuple[Atom, ...]:
        """What is undecided, in the order in which deciding costs fewest keys.

        Frames come before mentions, since accepting a frame takes its mentions along.
        """
        frames = [a for a in self.frames if a.proposed]
        return (*frames, *(a for a in self.mentions if a.proposed))

    def find(self, atom_id: str | None) -> Atom | None:
        """The atom of that id, or the one that was made from the candidate of that id."""
        return None if atom_id is None else self._by_id.get(atom_id)

    def like(self, atom: Atom | None) -> Atom | None:
        """The atom that stands for `atom` after a change, if one does."""
        if atom is None:
            return None
        found = self.find(atom.id) or self.find(atom.origin)
        if found is not None:
            return found
        same = (atom.kind, atom.span, atom.type)
        return next((a for a in self.all if (a.kind, a.span, a.type) == same), None)

    def first(self) -> Atom | None:
        """Where the focus begins: at what is open, else at the first atom."""
        return next(iter((*self.open, *self.frames, *self.all)), None)

    def next_open(self, after: Atom | None) -> Atom | None:
        """What to decide next: the next open atom of the same kind, else any open one."""
        waiting = self.open
        if after is None:
            return next(iter(waiting), None)
        later = (a for a in waiting if _reading_order(a) > _reading_order(after))
        same_kind = next((a for a in later if a.kind is after.kind), None)
        return same_kind or next(iter(waiting), None)

    def step(self, atom: Atom | None, by: int) -> Atom | None:
        """The neighbour in reading order, round the end."""
        return _neighbour(self.all, atom, by)

    def step_frame(self, atom: Atom | None, by: int) -> Atom | None:
        """The neighbouring frame; from a mention the nearest one in that direction."""
        if atom is None or atom.kind is Kind.FRAME:
            return _neighbour(self.frames, atom, by)
        before = [f for f in self.frames if _reading_order(f) < _reading_order(atom)]
        after = [f for f in self.frames if _reading_order(f) > _reading_order(atom)]
        ordered = [*after, *before] if by > 0 else [*reversed(before), *reversed(after)]
        return next(iter(ordered), None)

    def at(self, offset: int) -> Atom | None:
        """The smallest atom over a code point."""
        over = [a for a in self.all if offset in a.span]
        return min(over, key=lambda a: (len(a.span), a.kind), default=None)

    def holders(self, atom: Atom) -> tuple[Atom, ...]:
        """The frames in whose slots the atom stands."""
        return tuple(f for f in self.frames if any(self.filler(a) == atom for a in f.arguments))

    def filler(self, argument: Argument) -> Atom | None:
        """The atom that fills an argument; None for a bare span or a filler outside the item."""
        return self.find(argument.mention or argument.frame)

    def filler_span(self, argument: Argument) -> Span | None:
        """Where an argument's filler stands."""
        if argument.span is not None:
            return argument.span
        atom = self.filler(argument)
        return None if atom is None else atom.span


def _neighbour(atoms: Sequence[Atom], atom: Atom | None, by: int) -> Atom | None:
    if not atoms:
        return None
    if atom is None or atom not in atoms:
        return atoms[0] if by > 0 else atoms[-1]
    return atoms[(atoms.index(atom) + by) % len(atoms)]
