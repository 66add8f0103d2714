"""What the keys do to an item: one focus, and decisions that ride on it. Nothing here draws."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.annotation import Argument, Frame, Link, LinkKind, Mention
from curate.model.span import Span
from curate.tui.atoms import Atom, Atoms, Kind
from curate.tui.commands import Situation
from curate.tui.edges import moved_edge, without_proclitic, without_suffix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.schema import EventSchema
    from curate.project.annotating import Annotating
    from curate.project.view import View


class CannotDo(CurateError):
    """What was asked makes no sense here; nothing changed."""


class Editor:
    """One annotator's hands: the session, and what has the focus."""

    def __init__(self, session: Annotating) -> None:
        self.session = session
        self.atoms = Atoms(session.view)
        self.focus: Atom | None = self.atoms.first()

    @property
    def view(self) -> View:
        """The item on the desk."""
        return self.session.view

    @property
    def schema(self) -> EventSchema:
        """The project's schema."""
        return self.session.schema

    def situation(self, *, selecting: bool) -> Situation:
        """What decides which commands can be done."""
        return Situation(
            focus=self.focus,
            selecting=selecting,
            open=len(self.atoms.open),
            frames=len(self.atoms.frames),
            can_undo=self.view.can_undo,
            can_redo=self.view.can_redo,
        )

    def look(self, focus: Atom | str | None = None) -> None:
        """Read the item anew and keep the focus where it was, or put it on `focus`."""
        self.atoms = Atoms(self.view)
        wanted = self.focus if focus is None else focus
        found = self.atoms.find(wanted) if isinstance(wanted, str) else self.atoms.like(wanted)
        self.focus = found or self.atoms.first()

    def enter_item(self) -> None:
        """Start on another item: the focus goes to what is open."""
        self.atoms = Atoms(self.view)
        self.focus = self.atoms.first()

    def focused(self) -> Atom:
        """What has the focus; refused when the item has nothing to focus on."""
        if self.focus is None:
            raise CannotDo("nothing here has the focus")
        return self.focus

    def focused_frame(self) -> Atom:
        """The frame that has the focus; refused for a mention."""
        atom = self.focused()
        if atom.kind is not Kind.FRAME:
            raise CannotDo("this needs a frame: ↑ ↓ go to one")
        return atom

    # ------------------------------------------------------------------ deciding

    def accept(self) -> bool:
        """Accept the focus and move on; with nothing open close the item, and say so with True."""
        atom = self.focus
        if atom is not None and atom.proposed:
            self._accept(atom)
            self._move_on(atom)
            return False
        if self.atoms.open:
            self.focus = self.atoms.next_open(atom)
            return False
        self.finish()
        return True

    def _accept(self, atom: Atom) -> None:
        if atom.kind is Kind.FRAME:
            self.session.accept_frame(atom.id)
        else:
            self.session.accept_mention(atom.id)

    def _move_on(self, atom: Atom) -> None:
        """After a decision on `atom`: to the next open one, else stay with what became of it."""
        self.atoms = Atoms(self.view)
        self.focus = self.atoms.next_open(atom) or self.atoms.like(atom) or self.atoms.first()

    def finish(self) -> None:
        """Close the item and open the next one that is not done."""
        self.session.finish()
        self.session.next_open()
        self.enter_item()

    def accept_all(self) -> None:
        """Accept everything that is open; the focus stays."""
        atom = self.focus
        self.session.accept_all()
        self.atoms = Atoms(self.view)
        self.focus = self.atoms.like(atom) or self.atoms.first()

    def reject(self) -> None:
        """Reject the candidate that has the focus, or take the mention or frame out."""
        atom = self.focused()
        following = self.atoms.next_open(atom) if atom.proposed else self.atoms.step(atom, 1)
        if atom.proposed:
            self.session.reject(atom.id)
        elif atom.kind is Kind.FRAME:
            self.session.remove_frame(atom.id)
        else:
            self.session.remove_mention(atom.id)
        self.atoms = Atoms(self.view)
        next_one = self.atoms.next_open(atom) if atom.proposed else self.atoms.like(following)
        self.focus = next_one or self.atoms.first()

    def travel(self, *, back: bool) -> str | None:
        """Undo or redo, and go where it happened; return what there is to say."""
        item = self.view.item.id
        view = self.session.undo() if back else self.session.redo()
        if view.item.id == item:
            self.look()
        else:
            self.enter_item()
        return view.notice

    # ------------------------------------------------------------------ correcting

    @contextmanager
    def _correcting(self, atom: Atom, action: str = "correct") -> Iterator[None]:
        """Take a candidate over and correct it in one decision, which one undo takes back."""
        try:
            with self.session.as_one(action, atom.id if atom.proposed else None):
                yield
        finally:
            self.atoms = Atoms(self.view)

    def take_over(self, atom: Atom) -> str:
        """Make a candidate the annotator's own, so that it can be corrected; return the id."""
        if not atom.proposed:
            return atom.id
        made = self.session.edit_candidate(atom.id)
        self.atoms = Atoms(self.view)
        return made

    def set_span(self, span: Span) -> None:
        """Put the focused mention, or the focused frame's trigger, on another span."""
        atom = self.focused()
        with self._correcting(atom):
            made = self.take_over(atom)
            if atom.kind is Kind.FRAME:
                self.session.change_frame(made, trigger=span)
            else:
                self.session.change_mention(made, span=span)
        self.look(made)

    def edge(self, span: Span, edge: str, *, forward: bool) -> Span:
        """The span with one edge a word further."""
        moved = moved_edge(
            self.view.document.text, self.view.item.span, span, edge=edge, forward=forward
        )
        if moved is None:
            raise CannotDo("the edge cannot go further")
        return moved

    def clitic(self, span: Span, *, head: bool) -> Span:
        """The span without its next proclitic or its suffix, or with them put back."""
        cut = without_proclitic if head else without_suffix
        moved = cut(self.view.document.text, self.view.item.span, span)
        if moved is None:
            raise CannotDo("no proclitic here" if head else "no pronoun suffix here")
        return moved

    def retype(self, type_name: str) -> str | None:
        """Give the focus another type; return what there is to say."""
        atom = self.focused()
        with self._correcting(atom):
            made = self.take_over(atom)
            if atom.kind is Kind.FRAME:
                self.session.change_frame(made, event_type=type_name)
            else:
                self.session.change_mention(made, entity_type=type_name)
        self.look(made)
        return self.view.notice

    def set_subtype(self, subtype: str | None) -> None:
        """Give the focused mention a subtype, or none."""
        atom = self.focused()
        with self._correcting(atom):
            made = self.take_over(atom)
            self.session.change_mention(made, subtype=subtype)
        self.look(made)

    def set_attribute(self, name: str, value: str | None) -> None:
        """Set an attribute of the focused frame or mention."""
        atom = self.focused()
        with self._correcting(atom):
            made = self.take_over(atom)
            if atom.kind is Kind.FRAME:
                self.session.set_attribute(made, name, value)
            else:
                self.session.set_mention_attribute(made, name, value)
        self.look(made)

    # ------------------------------------------------------------------ adding

    def mention_at(self, span: Span, entity_type: str) -> Atom | None:
        """The mention of that type on just that span, proposed or confirmed."""
        there = (a for a in self.atoms.mentions if (a.span, a.type) == (span, entity_type))
        return min(there, key=lambda a: a.proposed, default=None)

    def add_mention(self, span: Span, entity_type: str) -> Atom:
        """Add a mention, or accept the one proposed there; it gets the focus.

        One that is there already gets the focus, and nothing is added to it.
        """
        there = self.mention_at(span, entity_type)
        made = self.session.add_mention(span, entity_type) if there is None else there.id
        if there is not None and there.proposed:
            self.session.accept_mention(made)
        self.look(made)
        return self.focused()

    def add_frame(self, event_type: str, trigger: Span) -> Atom:
        """Add a frame without arguments; it gets the focus."""
        self.look(self.session.add_frame(event_type, trigger))
        return self.focused()

    def duplicate(self, trigger: Span) -> None:
        """Add the focused frame once more, on another trigger."""
        frame = self.focused_frame()
        with self._correcting(frame, "duplicate frame"):
            made = self.session.duplicate_frame(self.take_over(frame), trigger)
        self.look(made)

    # ------------------------------------------------------------------ slots

    def role_of_slot(self, number: int) -> str:
        """The role of the focused frame that has that number on its card, counted from 1."""
        event = self.schema.event_types.get(self.focused_frame().type)
        roles = [] if event is None else list(event.roles)
        if number > len(roles):
            raise CannotDo(f"this frame has no slot {number}")
        return roles[number - 1]

    def roles_allowing(self, frame: Atom, filler: Atom | Span) -> list[str]:
        """Roles of the frame's type that may take the filler, filled or not, in card order."""
        if frame.type not in self.schema.event_types or filler == frame:
            return []
        if isinstance(filler, Span):
            return self.schema.roles_for(frame.type)
        if filler.kind is Kind.FRAME:
            return self.schema.roles_for(frame.type, filler_event=filler.type)
        return self.schema.roles_for(frame.type, entity_type=filler.type)

    def role_for(self, frame: Atom, filler: Atom | Span) -> str | None:
        """The role that a filler goes to by itself: of the open ones the usual one for its kind."""
        allowed = self.roles_allowing(frame, filler)
        filled = {a.role for a in frame.arguments}
        event = self.schema.event_types.get(frame.type)
        many = {} if event is None else event.roles
        free = [r for r in allowed if r not in filled or many[r].takes_many] or allowed
        if isinstance(filler, Span):
            return next(iter(free), None)
        before = filler.span < frame.span
        return self.session.habits.usual(frame.type, filler.type, free, before=before)

    def fill(self, filler: Atom | Span, role: str | None = None) -> str:
        """Put a filler into the focused frame and return the role it went to.

        Without a role it goes to the one that `role_for` names. What is in
        that role already is taken out; what is in another role moves.
        """
        frame = self.focused_frame()
        allowed = self.roles_allowing(frame, filler)
        usual = role or self.role_for(frame, filler)
        if not allowed or (role is not None and role not in allowed):
            raise CannotDo(f"{role or frame.type} may not be filled by this")
        held = [a for a in frame.arguments if self._holds(a, filler)]
        with self._correcting(frame, "fill slot"):
            made = self.take_over(frame)
            if (role is None and held) or any(a.role == role for a in held):
                role = self._empty(made, filler, role)
            else:
                role = self._put(made, filler, usual or allowed[0])
        self.look(made)
        return role

    def _put(self, made: str, filler: Atom | Span, role: str) -> str:
        ref = self._reference(filler)
        argument = _argument(role, ref)
        old = self._held_now(made, filler)
        if len(old) == 1:
            self.session.exchange_argument(made, old[0], argument)
        else:
            self.session.add_argument(made, argument)
        return role

    def _holds(self, argument: Argument, filler: Atom | Span) -> bool:
        if isinstance(filler, Span):
            return argument.span == filler
        return self.atoms.filler(argument) == filler

    def _held_now(self, frame_id: str, filler: Atom | Span) -> list[Argument]:
        """The frame's arguments that the filler fills, after the frame was taken over."""
        self.atoms = Atoms(self.view)
        frame = self.atoms.find(frame_id)
        current = filler if isinstance(filler, Span) else self.atoms.like(filler)
        if frame is None or current is None:
            return []
        return [a for a in frame.arguments if self._holds(a, current)]

    def _empty(self, frame_id: str, filler: Atom | Span, role: str | None) -> str:
        roles = []
        for argument in self._held_now(frame_id, filler):
            if role in (None, argument.role):
                self.session.remove_argument(frame_id, argument)
                roles.append(argument.role)
        return " ".join(roles)

    def _reference(self, filler: Atom | Span) -> Atom | Span:
        """The filler as an atom of the annotator's own, or the bare span."""
        if isinstance(filler, Span):
            return filler
        self.atoms = Atoms(self.view)
        current = self.atoms.like(filler) or filler
        made = self.take_over(current)
        return self.atoms.find(made) or current

    def empty_slot(self, role: str) -> None:
        """Take out whatever fills a role of the focused frame."""
        focused = self.focused_frame()
        with self._correcting(focused, "empty slot"):
            made = self.take_over(focused)
            frame = self.view.annotation.frame(made)
            for argument in () if frame is None else frame.arguments:
                if argument.role == role:
                    self.session.remove_argument(made, argument)
        self.look(made)

    # ------------------------------------------------------------------ links

    def link_kind(self) -> LinkKind:
        """How the focus can be linked."""
        return LinkKind.SAME_EVENT if self.focused().kind is Kind.FRAME else LinkKind.COREF

    def toggle_link(self, other: Atom) -> bool:
        """Link the focus with another atom, or take the link out; True when it is there now."""
        kind, focused = self.link_kind(), self.focused()
        with self._correcting(focused, "link"):
            source = self.take_over(focused)
            target = self.take_over(self.atoms.like(other) or other)
            first, second = sorted((source, target))
            link = Link(kind, first, second)
            exists = link in self.view.annotation.links
            if exists:
                self.session.unlink(link)
            else:
                self.session.link(kind, source, target)
        self.look(source)
        return not exists

    def linked(self, atom: Atom) -> list[Atom]:
        """What the atom is linked with."""
        ends = [
            link.target if link.source == atom.id else link.source
            for link in self.view.annotation.links
            if atom.id in (link.source, link.target)
        ]
        return [found for found in map(self.atoms.find, ends) if found is not None]


def _argument(role: str, filler: Atom | Span) -> Argument:
    if isinstance(filler, Span):
        return Argument(role, span=filler)
    if isinstance(filler.value, Frame):
        return Argument(role, frame=filler.id)
    if isinstance(filler.value, Mention):
        return Argument(role, mention=filler.id)
    raise CannotDo("a candidate must be accepted before it fills a slot")
