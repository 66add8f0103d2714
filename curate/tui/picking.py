"""Choosing things by the letters shown on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from curate.tui.edges import words
from curate.tui.hints import LETTERS, assign_hints
from curate.tui.scene import Picking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from curate.model.span import Span
    from curate.tui.atoms import Atom
    from curate.tui.editor import Editor


class Purpose(Enum):
    """What the chosen thing is for."""

    SLOT = "pick_slot"
    FILL = "pick_fill"
    """Goes on until Enter."""
    TRIGGER = "pick_trigger"
    ANCHOR = "pick_trigger "
    DUPLICATE = "pick_trigger  "
    WORD = "pick_word"
    LINK = "pick_link"
    JUMP = "pick_jump"

    @property
    def prompt(self) -> str:
        """Name of the words that ask for it."""
        return self.value.strip()

    @property
    def fills(self) -> bool:
        """Whether what is chosen goes into a slot."""
        return self in (Purpose.SLOT, Purpose.FILL)


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice under way."""

    purpose: Purpose
    picking: Picking
    role: str | None = None
    """The role to be filled, when one was asked for."""

    def press(self, key: str) -> Pick | Span | str | None:
        """Take one letter: the choice goes on, an atom's id or a span is chosen, or None."""
        typed = self.picking.typed + key
        if typed in self.picking.atoms:
            return self.picking.atoms[typed]
        if typed in self.picking.spans:
            return self.picking.spans[typed]
        if self.offers(key):
            return replace(self, picking=replace(self.picking, typed=typed))
        return None

    def offers(self, letter: str) -> bool:
        """Whether a letter goes on with some hint."""
        typed = self.picking.typed + letter
        return any(h.startswith(typed) for h in (*self.picking.atoms, *self.picking.spans))

    @property
    def started(self) -> bool:
        """Whether a letter was pressed already."""
        return bool(self.picking.typed)

    def restarted(self) -> Pick:
        """The choice without the letters pressed so far."""
        return replace(self, picking=replace(self.picking, typed=""))


def is_hint_key(key: str) -> bool:
    """Whether a US key can be part of a hint."""
    return len(key) == 1 and key in LETTERS


def pick_fillers(editor: Editor, role: str | None, purpose: Purpose) -> Pick:
    """Offer what may fill the role of the focused frame, or for None any of its roles.

    What fills the role already can be chosen to take it out; without a role it is not offered,
    so that a wrong letter takes nothing away.
    """
    frame = editor.focused_frame()
    inside = {filler for a in frame.arguments if (filler := editor.atoms.filler(a))}

    def may_fill(atom: Atom) -> bool:
        allowed = editor.roles_allowing(frame, atom)
        return role in allowed if role is not None else bool(allowed) and atom not in inside

    return Pick(purpose, _of_atoms(filter(may_fill, editor.atoms.all)), role)


def pick_linked(editor: Editor) -> Pick:
    """Offer what the focus can be linked with."""
    focus = editor.focused()
    others = (a for a in editor.atoms.all if a.kind is focus.kind and a != focus)
    return Pick(Purpose.LINK, _of_atoms(others))


def pick_any(editor: Editor) -> Pick:
    """Offer everything that can have the focus."""
    return Pick(Purpose.JUMP, _of_atoms(a for a in editor.atoms.all if a != editor.focus))


def pick_word(editor: Editor, purpose: Purpose, is_likely: Callable[[Span], bool]) -> Pick:
    """Offer the words of the item, the likely ones by the shortest hints."""
    item, text = editor.view.item.span, editor.view.document.text
    found = words(text, item.start, item.end)
    likely = {w for w in found if is_likely(w)}
    return Pick(purpose, Picking(spans=assign_hints(found, likely), likely=frozenset(likely)))


def _of_atoms(atoms: Iterable[Atom]) -> Picking:
    return Picking(atoms=assign_hints([a.id for a in atoms]))
