"""An expert who knows what is right and reaches it with the real keys; every key is counted."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.tui.atoms import Kind
from curate.tui.edges import without_joined
from curate.tui.editor import CannotDo
from curate.tui.keys import key_name
from curate.tui.screens.choose import ChooseScreen
from curate.tui.screens.choosing import mark_keys
from tests.tui.comparing import argument_count, slot_count, slots_of
from tests.tui.watching import annotate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from textual.pilot import Pilot

    from curate.model.annotation import Annotation, Frame, Mention
    from curate.model.span import Span
    from curate.tui.atoms import Atom
    from curate.tui.editor import Editor
    from tests.tui.comparing import Slot

_EDGES = {
    "left_square_bracket": ("start", True),
    "right_square_bracket": ("start", False),
    "left_curly_bracket": ("end", True),
    "right_curly_bracket": ("end", False),
}
_CLITICS = {"equals_sign": True, "minus": False}
_FARTHEST = 4
"""Presses of boundary keys that are tried to get from one span to another."""


def _fillers_first(gold: Annotation) -> list[Frame]:
    """The frames of gold, each after those that fill its slots."""
    ordered: dict[str, Frame] = {}

    def put(frame: Frame) -> None:
        for argument in frame.arguments:
            inner = None if argument.frame is None else gold.frame(argument.frame)
            if inner is not None and inner.id not in ordered:
                put(inner)
        ordered[frame.id] = frame

    for frame in gold.frames:
        put(frame)
    return list(ordered.values())


class Unreachable(Exception):
    """The expert knows no row of keys that leads there."""


class Expert:
    """Works through items, and books keys on cases."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self._left = 0
        """Keys that may still go into the item at hand before something must be wrong."""
        self.keys = 0
        self.costs: dict[str, list[int]] = defaultdict(list)
        """Case → keys of each time."""
        self.frames: dict[Span, int] = defaultdict(int)
        """Keys that went into the frames on a trigger of the item at hand."""
        self.unreached = 0

    @property
    def editor(self) -> Editor:
        """The hands of the workbench."""
        return annotate(self._pilot).editor

    # ------------------------------------------------------------------ keys

    async def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            self.keys += 1
            self._left -= 1
            if self._left < 0:
                raise AssertionError(f"lost in {self.editor.view.item.id}: {self.editor.focus}")
            await self._pilot.press(key)
        await self._pilot.pause()

    @contextmanager
    def case(self, name: str) -> Iterator[None]:
        """Book the keys pressed inside on a case."""
        start = self.keys
        yield
        self.costs[name].append(self.keys - start)

    async def _hint(self, place: Span, kind: Kind | None = None) -> None:
        """Press the letters shown on a word or on what stands there."""
        pick = annotate(self._pilot).pick
        if pick is None:
            raise Unreachable("nothing is on offer")
        for letters, span in pick.picking.spans.items():
            if span == place:
                return await self.press(*letters)
        for letters, atom_id in pick.picking.atoms.items():
            atom = self.editor.atoms.find(atom_id)
            if atom is not None and atom.span == place and kind in (None, atom.kind):
                return await self.press(*letters)
        await self.press("escape")
        raise Unreachable(f"nothing on offer at {place}")

    async def _choose(self, name: str) -> None:
        """Choose from a list by its key."""
        screen = self._pilot.app.screen
        if not isinstance(screen, ChooseScreen):
            return None
        choice = next(c for c in screen._choices if c.id == name)
        if choice.key:
            return await self.press(key_name(choice.key))
        await self.press("slash", *(key_name(c) for c in name.lower()[:3]), "enter")
        return None

    async def _focus(self, atom: Atom) -> None:
        """Go to an atom by the shortest way."""
        if self.editor.focus == atom:
            return None
        atoms = self.editor.atoms
        ways = {
            "tab": atoms.step(self.editor.focus, 1),
            "shift+tab": atoms.step(self.editor.focus, -1),
            "down": atoms.step_frame(self.editor.focus, 1),
            "up": atoms.step_frame(self.editor.focus, -1),
        }
        for key, found in ways.items():
            if found == atom:
                return await self.press(key)
        await self.press("j")
        await self._hint(atom.span, atom.kind)
        return None

    async def _reshape(self, goal: Span) -> None:
        """Press boundary keys until the focus stands on the span."""
        way = self._way(self.editor.focused().span, goal)
        if way is None:
            raise Unreachable("the boundary keys do not lead there")
        await self.press(*way)

    def _way(self, start: Span, goal: Span) -> tuple[str, ...] | None:
        ways: dict[Span, tuple[str, ...]] = {start: ()}
        for _ in range(_FARTHEST):
            if goal in ways:
                break
            for span, keys in list(ways.items()):
                for key in (*_EDGES, *_CLITICS):
                    moved = self._moved(span, key)
                    if moved is not None:
                        ways.setdefault(moved, (*keys, key))
        return ways.get(goal)

    def _moved(self, span: Span, key: str) -> Span | None:
        try:
            if key in _EDGES:
                edge, forward = _EDGES[key]
                return self.editor.edge(span, edge, forward=forward)
            return self.editor.clitic(span, head=_CLITICS[key])
        except CannotDo:
            return None

    # ------------------------------------------------------------------ an item

    async def work(self, gold: Annotation) -> dict[Span, int]:
        """Bring the item on the screen to what gold says; return the keys of each trigger."""
        self.frames = defaultdict(int)
        self._left = 20 * (5 + len(gold.mentions) + len(gold.frames))
        for mention in gold.mentions:
            await self._try(self._have_mention(mention))
        await self._decide_frames(gold)
        for frame in gold.frames:
            await self._try(self._have_frame(frame, gold))
        if self.editor.atoms.open or self._wrong_subtypes(gold):
            await self._go_on()
        await self._decide_mentions(gold)
        await self._set_subtypes(gold)
        with self.case("close the item"):
            choosing = annotate(self._pilot).pick is not None
            await self.press("ctrl+s" if choosing or self.editor.atoms.open else "enter")
        return dict(self.frames)

    async def build_all(self, gold: Annotation) -> None:
        """Build every frame of gold with what is marked already."""
        self._left = 40 * (5 + len(gold.frames))
        for frame in _fillers_first(gold):
            await self._try(self._have_frame(frame, gold))
        if annotate(self._pilot).pick is not None:
            await self.press("escape")

    async def _try(self, deed: Coroutine[object, object, None]) -> None:
        try:
            await deed
        except Unreachable:
            self.unreached += 1
            while annotate(self._pilot).pick is not None:
                await self.press("escape")

    def _at(self, place: Span, kind: Kind) -> Atom | None:
        atoms = self.editor.atoms
        there = atoms.mentions if kind is Kind.MENTION else atoms.frames
        return next((a for a in there if a.span == place), None)

    async def _have_mention(self, gold: Mention) -> None:
        """See that a mention of gold is proposed or confirmed, by correcting one or making one."""
        there = self._at(gold.span, Kind.MENTION)
        if there is not None:
            if there.type != gold.type:
                with self.case("give a mention another type"):
                    await self._focus(there)
                    await self.press("t")
                    await self._choose(gold.type)
            return
        near = [a for a in self.editor.atoms.mentions
                if a.span.overlaps(gold.span) and a.type == gold.type]  # fmt: skip
        for atom in near:
            if self._way(atom.span, gold.span) is not None:
                with self.case("move the boundaries of a mention"):
                    await self._focus(atom)
                    await self._reshape(gold.span)
                return
        with self.case("mark a mention that was not proposed"):
            await self._mark(gold)

    async def _mark(self, gold: Mention) -> None:
        await self.press("m")
        pick = annotate(self._pilot).pick
        words = [] if pick is None else list(pick.picking.spans.values())
        word = next((w for w in words if w.overlaps(gold.span)), None)
        if word is None:
            await self.press("escape")
            raise Unreachable("no word there")
        chosen = without_joined(self.editor.view.document.text, word)
        way = self._way(chosen, gold.span)
        await self._hint(word)
        if way is None:
            await self.press("escape")
            raise Unreachable("the boundary keys do not lead there")
        key = next(k for k, name in mark_keys(annotate(self._pilot)).items() if name == gold.type)
        await self.press(*way, key_name(key))
        if gold.subtype is not None:
            with self.case("choose a subtype"):
                await self.press("T")
                await self._choose(gold.subtype)

    # ------------------------------------------------------------------ frames

    async def _decide_frames(self, gold: Annotation) -> None:
        """Every proposed frame: accept, correct or reject."""
        while proposed := [a for a in self.editor.atoms.frames if a.proposed]:
            atom = self.editor.focus if self.editor.focus in proposed else proposed[0]
            assert atom is not None
            keys = self.keys
            await self._focus(atom)
            frame = self._meant(atom, gold)
            if frame is None:
                with self.case("reject a frame"):
                    await self.press("x")
                continue
            await self._correct(atom, frame, gold)
            self.frames[frame.trigger] += self.keys - keys

    def _meant(self, atom: Atom, gold: Annotation) -> Frame | None:
        """The frame of gold that a proposed one comes to, if any is left for it."""
        taken = {(a.span, a.type) for a in self.editor.atoms.frames if not a.proposed}
        left = [f for f in gold.frames
                if f.trigger == atom.span and (f.trigger, f.type) not in taken]  # fmt: skip
        same = [f for f in left if f.type == atom.type]
        return next(iter((*same, *left)), None)

    async def _correct(self, atom: Atom, frame: Frame, gold: Annotation) -> None:
        """Bring a proposed frame to what gold says, and go on."""
        wrong = self._edits(atom, frame, gold)
        retyped = atom.type != frame.type
        if not wrong and not retyped:
            with self.case("frame: proposed and right"):
                await self.press("enter")
            return
        name = "frame: another type" if retyped else f"frame: {slot_count(wrong)} wrong"
        with self.case(name):
            if retyped:
                await self.press("t")
                await self._choose(frame.type)
            await self._fill(frame, gold)
            if self.editor.atoms.open:
                await self.press("enter")

    def _slots(self, atom: Atom) -> set[Slot]:
        atoms = self.editor.atoms
        return {(a.role, place) for a in atom.arguments if (place := atoms.filler_span(a))}

    def _differing(self, atom: Atom, frame: Frame, gold: Annotation) -> set[str]:
        """Roles whose fillers are not what gold says."""
        return {role for role, _ in self._slots(atom) ^ slots_of(frame, gold)}

    def _edits(self, atom: Atom, frame: Frame, gold: Annotation) -> int:
        """How many fillers have to go in, or out without another in their place."""
        now, wanted = self._slots(atom), slots_of(frame, gold)
        missing = {role for role, _ in wanted - now}
        roles = self.editor.schema.event_types[frame.type].roles
        surplus = [r for r, _ in now - wanted
                   if r not in roles or roles[r].takes_many or r not in missing]  # fmt: skip
        return len(wanted - now) + len(surplus)

    async def _fill(self, frame: Frame, gold: Annotation) -> None:
        """Empty and fill the slots of the focused frame that differ from gold."""
        wanted = slots_of(frame, gold)
        event = self.editor.schema.event_types[frame.type]
        roles = list(event.roles)
        here = self.editor.focused_frame()
        for role, place in sorted(self._slots(here) - wanted):
            replaced = not event.roles[role].takes_many and any(r == role for r, _ in wanted)
            if not replaced and (role, place) in self._slots(self.editor.focused_frame()):
                await self._try(self._slot(roles.index(role), place))
        for role, place in sorted(wanted - self._slots(self.editor.focused_frame())):
            await self._try(self._slot(roles.index(role), place))

    async def _slot(self, number: int, place: Span) -> None:
        """Put what stands there into a slot, or take it out if it is in."""
        if self._at_all(place) is None:
            raise Unreachable("words without a mention have to be selected")
        await self.press(str((number + 1) % 10))
        await self._hint(place)

    async def _have_frame(self, frame: Frame, gold: Annotation) -> None:
        """See that a frame of gold is there with its fillers, by building it if need be."""
        there = next((a for a in self.editor.atoms.frames
                      if (a.span, a.type) == (frame.trigger, frame.type)), None)  # fmt: skip
        keys = self.keys
        if there is None:
            with self.case(f"frame: from nothing, {argument_count(frame)}"):
                await self._build(frame, gold)
        elif self._differing(there, frame, gold):
            await self._go_on()
            with self.case("frame: put a later frame into its slot"):
                await self._focus(there)
                await self._fill(frame, gold)
        self.frames[frame.trigger] += self.keys - keys

    async def _build(self, frame: Frame, gold: Annotation) -> None:
        under_way = annotate(self._pilot).pick
        if under_way is not None and under_way.offers("e"):
            await self.press("escape")
        await self.press("e")
        pick = annotate(self._pilot).pick
        words = [] if pick is None else list(pick.picking.spans.values())
        word = next((w for w in words if w.overlaps(frame.trigger)), None)
        if word is None:
            await self.press("escape")
            raise Unreachable("no word there")
        await self._hint(word)
        await self._choose(frame.type)
        made = self.editor.focused_frame()
        if made.type == frame.type:
            await self._pick_fillers(made, frame, gold)
        made_now = self.editor.atoms.like(made)
        if made_now is None:
            raise Unreachable("the frame is gone")
        wrong = made_now.type != frame.type or made_now.span != frame.trigger
        if wrong or self._differing(made_now, frame, gold):
            await self.press("escape")
            await self._focus(made_now)
            if made_now.type != frame.type:
                await self.press("t")
                await self._choose(frame.type)
            if made_now.span != frame.trigger:
                await self._reshape(frame.trigger)
            await self._fill(frame, gold)

    async def _pick_fillers(self, made: Atom, frame: Frame, gold: Annotation) -> None:
        """While fillers are on offer: those that find their role by letter, others by number."""
        roles = list(self.editor.schema.event_types[frame.type].roles)
        left = sorted(slots_of(frame, gold), key=lambda s: roles.index(s[0]))
        while left:
            now = self.editor.atoms.like(made)
            if now is None:
                raise Unreachable("the frame is gone")
            by_itself = [s for s in left if self._routed(now, s[1]) == s[0]]
            role, place = (by_itself or left)[0]
            left.remove((role, place))
            if not self._at_all(place):
                continue
            if not by_itself:
                await self.press(str((roles.index(role) + 1) % 10))
            await self._hint(place)

    def _at_all(self, place: Span) -> Atom | None:
        return self._at(place, Kind.MENTION) or self._at(place, Kind.FRAME)

    def _routed(self, made: Atom, place: Span) -> str | None:
        """The role that what stands there would go to by itself."""
        atom = self._at_all(place)
        return None if atom is None else self.editor.role_for(made, atom)

    # ------------------------------------------------------------------ the rest

    async def _decide_mentions(self, gold: Annotation) -> None:
        """Every proposed mention that no frame took along: accept or reject."""
        right = {(m.span, m.type) for m in gold.mentions}
        proposed = [a for a in self.editor.atoms.mentions if a.proposed]
        if proposed and all((a.span, a.type) in right for a in proposed) and len(proposed) > 1:
            with self.case("accept all that is left"):
                await self.press("a")
            return
        while proposed := [a for a in self.editor.atoms.mentions if a.proposed]:
            atom = self.editor.focus if self.editor.focus in proposed else proposed[0]
            assert atom is not None
            await self._focus(atom)
            is_right = (atom.span, atom.type) in right
            with self.case("accept a mention" if is_right else "reject a mention"):
                await self.press("enter" if is_right else "x")
        await self._take_out(gold)

    async def _take_out(self, gold: Annotation) -> None:
        """Mentions that a frame took along and that gold does not have."""
        right = {(m.span, m.type) for m in gold.mentions}
        while extra := [a for a in self.editor.atoms.mentions
                        if not a.proposed and (a.span, a.type) not in right]:  # fmt: skip
            with self.case("reject a mention"):
                await self._focus(extra[0])
                await self.press("x")

    async def _go_on(self) -> None:
        """End the choice of fillers, if one is under way."""
        if annotate(self._pilot).pick is not None:
            with self.case("go on after building a frame"):
                await self.press("enter")

    def _wrong_subtypes(self, gold: Annotation) -> bool:
        extra = {(m.span, m.type) for m in gold.mentions}
        known = {(m.span, m.type): m.subtype for m in self.editor.view.annotation.mentions}
        wrong = (known.get((m.span, m.type), m.subtype) != m.subtype for m in gold.mentions)
        return any(wrong) or any(place not in extra for place in known)

    async def _set_subtypes(self, gold: Annotation) -> None:
        for mention in gold.mentions:
            there = self._at(mention.span, Kind.MENTION)
            if there is None or there.proposed:
                continue
            now = self.editor.view.annotation.mention(there.id)
            if now is not None and now.subtype != mention.subtype:
                with self.case("choose a subtype"):
                    await self._focus(there)
                    await self.press("T")
                    await self._choose(mention.subtype or "")
