"""brat standoff: a `.txt` with the text, an `.ann` with a line for each thing said of it.

Format: https://brat.nlplab.org/standoff.html. Offsets are code points of the text with its line
ends as they are; fragments of a span never hold a line end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.schema_parts import BARE_SPAN
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.formats.layers import Layer
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame, Link, Mention
    from curate.model.schema import Attribute, EventSchema
    from curate.model.span import Span

SUBTYPE: Final = "Subtype"
BREAKS: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""What some reader of lines takes for the end of a line."""
BLANKED: Final = str.maketrans(dict.fromkeys(BREAKS, " "))
_RUNS: Final = re.compile(f"[^{re.escape(BREAKS)}]+")
_NAME: Final = re.compile(r"[^\s:;\d][^\s:;]*")
_VALUE: Final = re.compile(r"\S+")
_RESERVED: Final = "__"
"""No name of a schema holds it: it parts a name from what curate adds to it."""
RELATIONS: Final = {LinkKind.COREF: "Coreference", LinkKind.SAME_EVENT: "SameEvent"}


def order(atom: Mention | Frame, span: Span) -> tuple[Span, int, str]:
    """Reading order in which numbered ids follow their numbers."""
    return span, len(atom.id), atom.id


def write_annotations(layer: Layer, tally: Tally) -> str:
    """The `.ann` file of a layer; counts what stands in it."""
    writer = _Writer(layer)
    lines = writer.lines()
    tally.wrote(counting.MENTIONS, len(writer.mentions))
    events = [line for line in lines if line.startswith("E")]
    tally.wrote(counting.FRAMES, len(events))
    tally.wrote(counting.ARGUMENTS, sum(line.count(" ") for line in events))
    tally.wrote(counting.LINKS, sum(line.startswith("R") for line in lines))
    said = (n for n in lines if n.startswith(("A", "#")) and not _is_subtype(n))
    tally.wrote(counting.ATTRIBUTES, sum(1 for _ in said))
    return "".join(f"{line}\n" for line in lines)


def _is_subtype(line: str) -> bool:
    return line.partition("\t")[2].partition(" ")[0] == SUBTYPE


class _Writer:
    """Numbers the atoms of a layer and writes their lines."""

    def __init__(self, layer: Layer) -> None:
        self._layer = layer
        self._text = layer.document.text
        self._lines: list[str] = []
        self._spans: dict[tuple[str, Span], str] = {}
        self._told = 0
        self._notes = 0
        self.mentions = {
            m.id: f"T{n}"
            for n, m in enumerate(sorted(layer.mentions, key=lambda m: order(m, m.span)), 1)
        }
        self.frames = {
            f.id: f"E{n}"
            for n, f in enumerate(sorted(layer.frames, key=lambda f: order(f, f.trigger)), 1)
        }

    def lines(self) -> list[str]:
        """Spans, events, what is said of them, relations."""
        mentions = sorted(self._layer.mentions, key=lambda m: order(m, m.span))
        frames = sorted(self._layer.frames, key=lambda f: order(f, f.trigger))
        for mention in mentions:
            self._lines.append(self._bound(self.mentions[mention.id], mention.type, mention.span))
        triggers = [self._shared(f.type, f.trigger) for f in frames]
        bare = sorted({a.span for f in frames for a in f.arguments if a.span is not None})
        for span in bare:
            self._shared(BARE_SPAN, span)
        for frame, trigger in zip(frames, triggers, strict=True):
            self._lines.append(self._event(frame, trigger))
        for mention in mentions:
            self._said(self.mentions[mention.id], mention.subtype, mention.attributes)
        for frame in frames:
            self._said(self.frames[frame.id], None, frame.attributes)
        relations = sorted(map(self._ends, self._layer.links), key=_by_number)
        for number, (name, source, target) in enumerate(relations, 1):
            self._lines.append(f"R{number}\t{name} Arg1:{source} Arg2:{target}")
        return self._lines

    def _ends(self, link: Link) -> tuple[str, str, str]:
        names = self.mentions if link.kind is LinkKind.COREF else self.frames
        return RELATIONS[link.kind], names[link.source], names[link.target]

    def _shared(self, kind: str, span: Span) -> str:
        """The id of a span that triggers or bare fillers share."""
        known = self._spans.get((kind, span))
        if known is not None:
            return known
        atom = f"T{len(self.mentions) + len(self._spans) + 1}"
        self._spans[kind, span] = atom
        self._lines.append(self._bound(atom, kind, span))
        return atom

    def _bound(self, atom: str, kind: str, span: Span) -> str:
        parts = fragments(self._text, span)
        places = ";".join(f"{start} {end}" for start, end in parts)
        return f"{atom}\t{_name(kind)} {places}\t{shown(self._text, parts)}"

    def _event(self, frame: Frame, trigger: str) -> str:
        words = [f"{_name(frame.type)}:{trigger}"]
        seen: dict[str, int] = {}
        for argument in frame.arguments:
            seen[argument.role] = seen.get(argument.role, 0) + 1
            words.append(f"{_slot(argument.role, seen[argument.role])}:{self._filler(argument)}")
        return f"{self.frames[frame.id]}\t{' '.join(words)}"

    def _filler(self, argument: Argument) -> str:
        if argument.span is not None:
            return self._spans[BARE_SPAN, argument.span]
        if argument.mention is not None:
            return self.mentions[argument.mention]
        return self.frames[argument.frame or ""]

    def _said(self, atom: str, subtype: str | None, attributes: Mapping[str, str]) -> None:
        if subtype is not None:
            self._attribute(SUBTYPE, atom, subtype)
        for name, value in attributes.items():
            self._attribute(name + _RESERVED if name == SUBTYPE else name, atom, value)

    def _attribute(self, name: str, atom: str, value: str) -> None:
        """Say it as an attribute; a value that is not one word as a note."""
        if _VALUE.fullmatch(value):
            self._told += 1
            self._lines.append(f"A{self._told}\t{_name(name)} {atom} {value}")
        else:
            self._notes += 1
            self._lines.append(f"#{self._notes}\t{_name(name)} {atom}\t{escaped(value)}")


def _by_number(relation: tuple[str, str, str]) -> tuple[str, int, int]:
    name, source, target = relation
    return name, int(source[1:]), int(target[1:])


def fragments(text: str, span: Span) -> list[tuple[int, int]]:
    """The parts of a span between line ends; line ends at its edges stay with their part."""
    found = [m.span() for m in _RUNS.finditer(text, span.start, span.end)]
    if not found:
        return [(span.start, span.end)]
    found[0] = (span.start, found[0][1])
    found[-1] = (found[-1][0], span.end)
    return found


def shown(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """The words of a span as brat repeats them: parts joined by one blank."""
    return " ".join(text[start:end].translate(BLANKED) for start, end in parts)


def escaped(value: str) -> str:
    """A value on one line; `unescaped` gives it back."""
    written = value.replace("\\", "\\\\")
    for character in BREAKS:
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written.replace("\t", "\\u0009")


def unescaped(written: str) -> str:
    """The value that was escaped."""
    return re.sub(r"\\(\\|u([0-9a-f]{4}))", lambda m: chr(int(m[2], 16)) if m[2] else "\\", written)


def _slot(role: str, number: int) -> str:
    """A role as it stands in an event line: the second of its kind is called `Role2`."""
    name = _name(role) + (_RESERVED if role[-1].isdigit() else "")
    return name if number == 1 else f"{name}{number}"


def role_of(slot: str, schema: EventSchema | None) -> str:
    """The role that a slot of an event line stands for."""
    if _RESERVED in slot:
        return slot.partition(_RESERVED)[0]
    if schema is not None and slot in schema.roles:
        return slot
    return slot.rstrip("0123456789") or slot


def attribute_of(name: str) -> str:
    """The attribute that a name in an attribute line stands for."""
    return name.partition(_RESERVED)[0]


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise FormatError(
            f"brat cannot hold the name {name!r}", "rename it in the schema: letters and digits"
        )
    return name


def configuration(schema: EventSchema) -> Iterator[tuple[str, str]]:
    """`annotation.conf` and `visual.conf` for a schema: file name and content."""
    yield "annotation.conf", "\n".join(_annotation_conf(schema)) + "\n"
    yield "visual.conf", "\n".join(_visual_conf(schema)) + "\n"


def _annotation_conf(schema: EventSchema) -> Iterator[str]:
    yield from ("[entities]", *schema.entity_types, BARE_SPAN, "")
    yield "[relations]"
    yield f"{RELATIONS[LinkKind.COREF]}\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric"
    yield f"{RELATIONS[LinkKind.SAME_EVENT]}\tArg1:<EVENT>, Arg2:<EVENT>, <REL-TYPE>:symmetric"
    yield from ("", "[events]")
    for event in schema.event_types.values():
        slots = []
        for name, cardinality in event.roles.items():
            role = schema.roles[name]
            takes = sorted(role.entity_types) + sorted(role.event_types)
            takes += ["<EVENT>"] if role.any_event else []
            takes += [BARE_SPAN] if role.bare_span else []
            mark = "*" if cardinality.takes_many else "?"
            slots.append(f"{_slot(name, 1)}{mark}:{'|'.join(takes)}")
        yield f"{event.name}\t{', '.join(slots)}"
    yield from ("", "[attributes]")
    subtypes = dict.fromkeys(s for e in schema.entity_types.values() for s in e.subtypes)
    yield f"{SUBTYPE}\tArg:<ENTITY>, Value:{'|'.join(subtypes)}"
    yield from _attribute_lines(schema.mention_attributes.values(), "<ENTITY>")
    yield from _attribute_lines(schema.attributes.values(), "<EVENT>")
    for event in schema.event_types.values():
        yield from _attribute_lines(event.attributes.values(), event.name)


def _attribute_lines(attributes: Iterable[Attribute], on: str) -> Iterator[str]:
    """Choices only: what takes any words is written as a note."""
    for attribute in attributes:
        if attribute.values:
            yield f"{attribute.name}\tArg:{on}, Value:{'|'.join(attribute.values)}"


def _visual_conf(schema: EventSchema) -> Iterator[str]:
    yield "[labels]"
    labelled: Sequence[tuple[str, str]] = [
        *((e.name, e.label.ar) for e in schema.entity_types.values()),
        *((e.name, e.label.ar) for e in schema.event_types.values()),
        *((_slot(r.name, 1), r.label.ar) for r in schema.roles.values()),
    ]
    yield from (f"{name} | {label}" for name, label in labelled)
    yield from ("", "[drawing]", f"{BARE_SPAN}\tbgColor:#dddddd")
    for entity in schema.entity_types.values():
        yield f"{entity.name}\tbgColor:{entity.colour}"
