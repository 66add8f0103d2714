"""brat standoff as ours: located errors for what is broken, misfits for what has no place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError
from curate.formats.brat import (
    RELATIONS,
    SUBTYPE,
    attribute_of,
    role_of,
    shown,
    unescaped,
)
from curate.formats.layers import sorted_layer
from curate.formats.records import Misfit
from curate.formats.schema_parts import BARE_SPAN
from curate.formats.shells import Shell, clothed
from curate.model.annotation import Argument, Frame, Link, LinkKind, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from curate.formats.layers import Layer
    from curate.model.schema import EventSchema

_BOUND: Final = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
_REMEDY: Final = "each line is an id, a tab, and what https://brat.nlplab.org/standoff.html says"
_LINKS: Final = {name.casefold(): kind for kind, name in RELATIONS.items()} | {
    "coref": LinkKind.COREF,
    "same_event": LinkKind.SAME_EVENT,
    "equiv": LinkKind.COREF,
}


@dataclass(slots=True)
class _Bound:
    """A line of a span: its type and where it stands."""

    type: str
    span: Span


@dataclass(slots=True)
class _Event:
    """A line of an event: type, trigger and slots with their fillers' ids."""

    type: str
    trigger: str
    slots: list[tuple[str, str]]
    place: str


@dataclass(slots=True)
class _Said:
    """What is said of a span or event."""

    subtype: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standoff:
    """The files of one document, as they were read."""

    name: str
    """What the `.ann` file is called in messages."""
    text: str
    annotations: str
    shell: Shell | None = None
    identity: str | None = None
    """The document's id, where there is no shell; else it is made from the text."""


def read_document(files: Standoff, annotator: str, schema: EventSchema | None = None) -> Layer:
    """Read what one annotator says of a document.

    Ids stand as in the file. Raises FormatError with the line for what is broken.
    """
    reader = _Reader(files.text, files.name, schema)
    for number, line in enumerate(files.annotations.removeprefix("\ufeff").split("\n"), 1):
        stripped = line.rstrip("\r")
        if stripped.strip():
            reader.line(stripped, f"{files.name}:{number}")
    atoms = (reader.mentions(), reader.frames(), reader.links())
    layer = clothed(
        files.shell, files.text, (files.identity, annotator), atoms, tuple(reader.misfits)
    )
    return sorted_layer(layer)


class _Reader:
    """Collects lines first: they may name what comes later."""

    def __init__(self, text: str, name: str, schema: EventSchema | None) -> None:
        self._text = text
        self._name = name
        self._schema = schema
        self._bounds: dict[str, _Bound] = {}
        self._events: dict[str, _Event] = {}
        self._said: dict[str, _Said] = {}
        self._relations: list[tuple[str, list[str], str, str]] = []
        self._ids: set[str] = set()
        self.misfits: list[Misfit] = []

    def line(self, line: str, place: str) -> None:
        """Take one line."""
        atom, tab, rest = line.partition("\t")
        if not tab or not atom:
            raise FormatError(f"{place}: there is no tab behind the id: {line[:80]}", _REMEDY)
        if atom != "*":
            if atom in self._ids:
                raise FormatError(f"{place}: the id {atom} is taken already", "ids are unique")
            self._ids.add(atom)
        match atom[0]:
            case "T":
                self._bound(atom, rest, line, place)
            case "E":
                self._event(atom, rest, place)
            case "R" | "*":
                self._relation(atom, rest, line, place)
            case "A" | "M":
                self._attribute(rest, line, place)
            case "#":
                self._note(rest, line)
            case "N":
                self._misfit("curate keeps no reference to a knowledge base in this form", line)
            case _:
                raise FormatError(f"{place}: no line begins with {atom[0]}", _REMEDY)

    def _misfit(self, reason: str, line: str) -> None:
        self.misfits.append(Misfit(f"{self._name}: {reason}", line))

    def _bound(self, atom: str, rest: str, line: str, place: str) -> None:
        head, _, words = rest.partition("\t")
        match = _BOUND.fullmatch(head.strip())
        if match is None:
            raise FormatError(f"{place}: a span is TYPE START END, not {head[:80]!r}", _REMEDY)
        parts = [tuple(map(int, pair.split())) for pair in match[2].split(";")]
        start, end = min(p[0] for p in parts), max(p[1] for p in parts)
        if any(not a < b <= len(self._text) for a, b in parts):
            raise FormatError(
                f"{place}: {match[2]} is empty, backwards or outside the text of "
                f"{len(self._text)} characters",
                "offsets count the characters of the .txt file, line ends too",
            )
        here = shown(self._text, [(a, b) for a, b in parts])
        if words and here.split() != words.split():
            raise FormatError(
                f"{place}: {match[2]} holds {here[:60]!r}, but the line says {words[:60]!r}",
                "was the text changed after it was annotated?",
            )
        if any(self._text[a[1] : b[0]].strip() for a, b in pairwise(parts)):
            self._misfit(f"{atom} has gaps: it was taken as one span {start}–{end}", line)
        self._bounds[atom] = _Bound(match[1], Span(start, end))

    def _event(self, atom: str, rest: str, place: str) -> None:
        pairs = [word.rpartition(":") for word in rest.split()]
        if not pairs or any(not (name and filler) for name, _, filler in pairs):
            raise FormatError(f"{place}: an event is TYPE:TRIGGER ROLE:FILLER …", _REMEDY)
        slots = [(role_of(name, self._schema), filler) for name, _, filler in pairs[1:]]
        self._events[atom] = _Event(pairs[0][0], pairs[0][2], slots, place)

    def _relation(self, atom: str, rest: str, line: str, place: str) -> None:
        words = rest.split()
        if len(words) < 3 or (atom != "*" and len(words) != 3):
            raise FormatError(f"{place}: a relation is TYPE and two ids", _REMEDY)
        ends = [w.rpartition(":")[2] for w in words[1:]]
        self._relations.append((words[0], ends, line, place))

    def _attribute(self, rest: str, line: str, place: str) -> None:
        words = rest.split(None, 2)
        if len(words) < 2:
            raise FormatError(f"{place}: an attribute is NAME ID VALUE", _REMEDY)
        self._say(words[0], words[1], words[2] if len(words) == 3 else "true", line)

    def _say(self, name: str, atom: str, value: str, line: str) -> None:
        said = self._said.setdefault(atom, _Said())
        if name == SUBTYPE and said.subtype is None:
            said.subtype = value
        elif name == SUBTYPE or attribute_of(name) in said.attributes:
            self._misfit(f"{name} of {atom} is said twice", line)
        else:
            said.attributes[attribute_of(name)] = value

    def _note(self, rest: str, line: str) -> None:
        head, _, words = rest.partition("\t")
        name, _, atom = head.partition(" ")
        if self._takes_words(attribute_of(name)) and atom:
            self._say(name, atom, unescaped(words), line)
        else:
            self._misfit("curate keeps no note on a single mention or frame", line)

    def _takes_words(self, name: str) -> bool:
        schema = self._schema
        if schema is None:
            return False
        everywhere = [schema.attributes, schema.mention_attributes]
        return any(name in a for a in everywhere) or any(
            name in event.attributes for event in schema.event_types.values()
        )

    def _is_trigger(self, atom: str, triggers: set[str]) -> bool:
        """Whether a span is a trigger: an event says so, or its type without any event."""
        if atom in triggers:
            return True
        schema, kind = self._schema, self._bounds[atom].type
        return schema is not None and kind in schema.event_types and kind not in schema.entity_types

    def _triggers(self) -> set[str]:
        return {event.trigger for event in self._events.values()}

    def mentions(self) -> tuple[Mention, ...]:
        """The spans that are neither triggers nor bare fillers."""
        triggers = self._triggers()
        nothing = _Said()
        return tuple(
            Mention(
                atom,
                bound.span,
                bound.type,
                self._said.get(atom, nothing).subtype,
                self._said.get(atom, nothing).attributes,
            )
            for atom, bound in self._bounds.items()
            if not self._is_trigger(atom, triggers) and bound.type != BARE_SPAN
        )

    def frames(self) -> tuple[Frame, ...]:
        """The events, and triggers that no event names."""
        triggers = self._triggers()
        found = [self._frame(atom, event, triggers) for atom, event in self._events.items()]
        for atom, bound in self._bounds.items():
            if atom not in triggers and self._is_trigger(atom, triggers):
                said = self._said.get(atom, _Said())
                found.append(Frame(atom, bound.type, bound.span, (), said.attributes))
        return tuple(found)

    def _frame(self, atom: str, event: _Event, triggers: set[str]) -> Frame:
        bound = self._bounds.get(event.trigger)
        if bound is None:
            raise FormatError(f"{event.place}: there is no span {event.trigger}", _REMEDY)
        arguments = [self._argument(r, f, event, triggers) for r, f in event.slots]
        said = self._said.get(atom, _Said())
        on_trigger = self._said.get(event.trigger, _Said()).attributes
        if said.subtype is not None:
            self._misfit("a frame has no subtype", f"{atom} {said.subtype}")
        return Frame(
            atom, event.type, bound.span, tuple(arguments), {**on_trigger, **said.attributes}
        )

    def _argument(self, role: str, filler: str, event: _Event, triggers: set[str]) -> Argument:
        if filler in self._events:
            return Argument(role, frame=filler)
        bound = self._bounds.get(filler)
        if bound is None:
            raise FormatError(f"{event.place}: there is no {filler} for {role}", _REMEDY)
        if bound.type == BARE_SPAN or filler in triggers:
            return Argument(role, span=bound.span)
        if self._is_trigger(filler, triggers):
            return Argument(role, frame=filler)
        return Argument(role, mention=filler)

    def links(self) -> tuple[Link, ...]:
        """Relations that say that two are the same; others are misfits."""
        triggers = self._triggers()
        found: list[Link] = []
        for name, ends, line, place in self._relations:
            for end in ends:
                if end not in self._bounds and end not in self._events:
                    raise FormatError(f"{place}: there is no {end}", _REMEDY)
            frames = [e in self._events or self._is_trigger(e, triggers) for e in ends]
            kind = _LINKS.get(name.casefold())
            if name.casefold() == "equiv" and all(frames):
                kind = LinkKind.SAME_EVENT
            if kind is None or set(frames) != {kind is LinkKind.SAME_EVENT}:
                self._misfit(f"curate has no relation {name} between these two", line)
                continue
            found += [Link(kind, a, b) for a, b in pairwise(ends)]
        return tuple(found)
