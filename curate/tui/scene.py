"""What the passage shows of an item, as one value: spans with their kind, label and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from curate.model.span import Span
from curate.tui.atoms import Atom, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.model.schema import EventSchema
    from curate.tui.atoms import Atoms


class Look(IntEnum):
    """What kind of span is drawn."""

    MENTION = 0
    TRIGGER = 1
    BARE = 2
    """A span that fills a slot without being a mention."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text and how it is told apart."""

    span: Span
    look: Look
    label: str
    """Written under the text: the type, or the role in the focused frame."""
    colour: str
    """As the schema gives it, `#rrggbb` or shorter."""
    proposed: bool = False
    focused: bool = False
    in_focus: bool = False
    """Whether it is the trigger or a filler of the focused frame."""
    hint: str = ""
    """The letters still to be pressed to choose it; then it stands in the place of the label."""
    quiet: bool = False
    """Whether something else is being chosen from."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All marks of an item; two scenes that look the same are equal."""

    item: Span
    marks: tuple[Mark, ...] = ()
    found: tuple[Span, ...] = ()
    """Where the words that were searched for stand."""
    around: tuple[Span, ...] = ()
    """What was marked in the items before and after."""


@dataclass(frozen=True, slots=True)
class Picking:
    """Hints that are on offer: letters → the atom (by id) or the span they choose."""

    atoms: Mapping[str, str] = field(default_factory=dict, hash=False)
    spans: Mapping[str, Span] = field(default_factory=dict, hash=False)
    likely: frozenset[Span] = frozenset()
    """Spans that stand out among the others."""
    typed: str = ""
    """Letters pressed so far."""

    def rest(self, hint: str) -> str:
        """What is left to press of a hint; empty when what was pressed leads elsewhere."""
        return hint[len(self.typed) :] if hint.startswith(self.typed) else ""


def scene_of(  # noqa: PLR0913 (all that a scene depends on)
    schema: EventSchema,
    item: Span,
    atoms: Atoms,
    *,
    focus: Atom | None,
    language: str,
    picking: Picking | None = None,
    caps: Callable[[str], str] = str,
    found: tuple[Span, ...] = (),
    around: tuple[Span, ...] = (),
) -> Scene:
    """Draw up what the passage shows; `caps` tells what is printed on a key."""
    roles = _roles_in_focus(schema, atoms, focus, language)
    hints = {} if picking is None else _hints(picking, caps)
    marks = [
        Mark(
            span=atom.span,
            look=Look.TRIGGER if atom.kind is Kind.FRAME else Look.MENTION,
            label=roles.get(atom.id) or _type_label(schema, atom, language),
            colour=colour_of(schema, atom),
            proposed=atom.proposed,
            focused=atom == focus,
            in_focus=atom == focus or atom.id in roles,
            hint=hints.get(atom.id, ""),
            quiet=picking is not None and not hints.get(atom.id),
        )
        for atom in atoms.all
    ]
    marks += _bare_marks(schema, focus, language)
    if picking is not None:
        marks += _words_on_offer(picking, caps)
    return Scene(item, tuple(marks), found, around)


def _hints(picking: Picking, caps: Callable[[str], str]) -> dict[str, str]:
    """What is left to press for each atom, as the keys are printed."""
    return {atom: "".join(map(caps, picking.rest(hint))) for hint, atom in picking.atoms.items()}


def _words_on_offer(picking: Picking, caps: Callable[[str], str]) -> list[Mark]:
    return [
        Mark(
            span,
            Look.BARE,
            label="",
            colour="",
            hint="".join(map(caps, picking.rest(hint))),
            quiet=span not in picking.likely,
        )
        for hint, span in picking.spans.items()
        if picking.rest(hint)
    ]


def _roles_in_focus(
    schema: EventSchema, atoms: Atoms, focus: Atom | None, language: str
) -> dict[str, str]:
    """Label of the role that each atom plays in the focused frame."""
    found: dict[str, str] = {}
    for argument in () if focus is None else focus.arguments:
        filler = atoms.filler(argument)
        if filler is not None:
            label = role_label(schema, argument.role, language)
            found[filler.id] = f"{found[filler.id]}+{label}" if filler.id in found else label
    return found


def _bare_marks(schema: EventSchema, focus: Atom | None, language: str) -> list[Mark]:
    return [
        Mark(a.span, Look.BARE, role_label(schema, a.role, language), "", in_focus=True)
        for a in (() if focus is None else focus.arguments)
        if a.span is not None
    ]


def _type_label(schema: EventSchema, atom: Atom, language: str) -> str:
    """The short name under a span: an entity type's name, an event type's label."""
    if atom.kind is Kind.MENTION:
        return atom.type
    known = schema.event_types.get(atom.type)
    return atom.type if known is None or language != "ar" else known.label.ar


def role_label(schema: EventSchema, role: str, language: str) -> str:
    """A role as the interface language calls it."""
    known = schema.roles.get(role)
    return role if known is None else known.label.in_language(language)


def type_label(schema: EventSchema, atom: Atom, language: str) -> str:
    """The full name of an atom's type in the interface language."""
    types = schema.event_types if atom.kind is Kind.FRAME else schema.entity_types
    known = types.get(atom.type)
    return atom.type if known is None else known.label.in_language(language)


def colour_of(schema: EventSchema, atom: Atom) -> str:
    """The colour of an atom's type as the schema gives it; empty when it gives none."""
    if atom.kind is Kind.MENTION:
        entity = schema.entity_types.get(atom.type)
        return "" if entity is None else entity.colour
    event = schema.event_types.get(atom.type)
    group = None if event is None else schema.groups.get(event.group)
    return "" if group is None else group.colour
