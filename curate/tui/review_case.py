"""A case as the screen shows it: marks in the text, readings as columns, what is gold so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.schema import EventSchema
from curate.project.reviewing_values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    MentionValue,
)
from curate.tui.review_words import KINDS, REASONS, say
from curate.tui.scene import Look, Mark, Scene, role_label
from curate.tui.widgets.readings import Column, Line
from curate.tui.widgets.sheet import Part, Row
from curate.tui.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.model.annotation import Annotation, Frame
    from curate.model.span import Span
    from curate.project.reviewing_session import CaseView
    from curate.project.reviewing_values import Reading, Value


@dataclass(frozen=True, slots=True)
class Telling:
    """What a case is told with."""

    schema: EventSchema
    words: Words
    blind: bool = True


def spans_of_nodes(view: CaseView) -> Mapping[str, Span]:
    """Where each node of gold stands."""
    gold = view.merged.annotation
    spans = {m.id: m.span for m in gold.mentions} | {f.id: f.trigger for f in gold.frames}
    return {node: spans[atom] for atom, node in view.merged.nodes.items() if atom in spans}


def case_columns(view: CaseView, telling: Telling) -> list[Column]:
    """The readings, in the order of their keys."""
    found = []
    for number, place in enumerate(view.sides, start=1):
        reading = view.case.readings[place]
        head = "" if telling.blind else " · ".join(reading.by)
        found.append(Column(head, tuple(_lines(view, reading, telling)), str(number)))
    return found


def _lines(view: CaseView, reading: Reading, telling: Telling) -> Iterator[Line]:
    if not reading.values:
        yield Line(f"∅ {say(telling.words, 'nothing_here')}")
        return
    for value in reading.values:
        yield from value_lines(view, value, telling)
        if isinstance(value, EventValue):
            yield from _frame_lines(view, reading, value, telling)


def value_lines(view: CaseView, value: Value, telling: Telling) -> Iterator[Line]:
    """One value of a reading."""
    text = view.document.text
    if isinstance(value, MentionValue):
        known = telling.schema.entity_types.get(value.type)
        colour = "" if known is None else known.colour
        name = f"{value.type}/{value.subtype}" if value.subtype else value.type
        yield Line(name, f"«{value.span.of(text)}»", colour)
        for attribute, given in value.attributes:
            yield Line(attribute, given, indent=1)
    elif isinstance(value, EventValue):
        name = event_label(telling, value.type)
        yield Line(name, f"«{value.trigger.of(text)}»", _event_colour(telling, value.type))
    elif isinstance(value, ArgumentValue):
        span = value.span or spans_of_nodes(view).get(value.filler)
        role = role_label(telling.schema, value.role, telling.words.language)
        yield Line(role, "?" if span is None else f"«{span.of(text)}»")
    elif isinstance(value, AttributeValue):
        yield Line(_value_label(view, value, telling))
    else:
        yield _link_line(view, value)


def _link_line(view: CaseView, value: LinkValue) -> Line:
    spans, text = spans_of_nodes(view), view.document.text
    ends = (spans.get(end) for end in (value.source, value.target))
    said = " = ".join("?" if span is None else f"«{span.of(text)}»" for span in ends)
    return Line(value.kind, said)


def _frame_lines(
    view: CaseView, reading: Reading, value: EventValue, telling: Telling
) -> Iterator[Line]:
    """The arguments that a reader gave the event, to judge it by."""
    for work in view.works:
        if work.annotator not in reading.by:
            continue
        for frame in work.frames:
            if (frame.trigger, frame.type) == (value.trigger, value.type):
                yield from frame_lines(work, frame, view.document.text, telling)
        return


def frame_lines(work: Annotation, frame: Frame, text: str, telling: Telling) -> Iterator[Line]:
    """The arguments and attributes of a frame, as what goes along."""
    for argument in frame.arguments:
        mention = work.mention(argument.mention or "")
        held = work.frame(argument.frame or "")
        span = mention.span if mention else held.trigger if held else argument.span
        role = role_label(telling.schema, argument.role, telling.words.language)
        words = "?" if span is None else f"«{span.of(text)}»"
        yield Line(role, words, indent=1, in_question=False)
    for name, given in sorted(frame.attributes.items()):
        said = attribute_label(telling, frame.type, name, given)
        yield Line(*said, indent=1, in_question=False)


def attribute_label(telling: Telling, event_type: str, name: str, value: str) -> tuple[str, str]:
    """An attribute of a frame and its value as the language of the interface calls them."""
    event = telling.schema.event_types.get(event_type)
    known = None if event is None else telling.schema.frame_attributes(event_type).get(name)
    if known is None:
        return name, value
    label = known.values.get(value)
    return telling.words.of(known.label), value if label is None else telling.words.of(label)


def _value_label(view: CaseView, value: AttributeValue, telling: Telling) -> str:
    name = view.case.about.rpartition("@")[2]
    frame = view.merged.annotation.frame(view.case.frame)
    if frame is None or not value.value:
        return value.value or "∅"
    return attribute_label(telling, frame.type, name, value.value)[1]


def event_label(telling: Telling, event_type: str) -> str:
    """An event type as the language of the interface calls it."""
    known = telling.schema.event_types.get(event_type)
    if known is None or telling.words.language != "ar":
        return event_type
    return known.label.ar


def _event_colour(telling: Telling, event_type: str) -> str:
    known = telling.schema.event_types.get(event_type)
    group = None if known is None else telling.schema.groups.get(known.group)
    return "" if group is None else group.colour


# ---------------------------------------------------------------------- the text


def case_scene(view: CaseView, telling: Telling) -> Scene:
    """The item with the readings in it, each named by its key, over what is gold so far."""
    marks = [*_gold_marks(view, telling)]
    judged: dict[tuple[Span, Look, str], list[str]] = {}
    colours: dict[tuple[Span, Look, str], str] = {}
    for number, place in enumerate(view.sides, start=1):
        for span, look, label, colour in _places(view, view.case.readings[place], telling):
            judged.setdefault((span, look, label), []).append(str(number))
            colours[span, look, label] = colour
    for (span, look, label), numbers in judged.items():
        name = f"{'+'.join(numbers)} {label}"
        marks.append(
            Mark(span, look, name, colours[span, look, label], proposed=True, in_focus=True)
        )
    return Scene(view.waiting.item.span, tuple(marks))


def _gold_marks(view: CaseView, telling: Telling) -> Iterator[Mark]:
    gold, case = view.merged.annotation, view.case
    for mention in gold.mentions:
        known = telling.schema.entity_types.get(mention.type)
        colour = "" if known is None else known.colour
        yield Mark(mention.span, Look.MENTION, mention.type, colour)
    for frame in gold.frames:
        is_it = frame.id == case.frame
        colour = _event_colour(telling, frame.type)
        label = event_label(telling, frame.type)
        yield Mark(frame.trigger, Look.TRIGGER, label, colour, focused=is_it, in_focus=is_it)


def _places(
    view: CaseView, reading: Reading, telling: Telling
) -> Iterator[tuple[Span, Look, str, str]]:
    nodes = spans_of_nodes(view)
    for value in reading.values:
        if isinstance(value, MentionValue):
            known = telling.schema.entity_types.get(value.type)
            yield value.span, Look.MENTION, value.type, "" if known is None else known.colour
        elif isinstance(value, EventValue):
            colour = _event_colour(telling, value.type)
            yield value.trigger, Look.TRIGGER, event_label(telling, value.type), colour
        elif isinstance(value, ArgumentValue):
            span = value.span or nodes.get(value.filler)
            if span is not None:
                role = role_label(telling.schema, value.role, telling.words.language)
                yield span, Look.BARE, role, ""
        elif isinstance(value, LinkValue):
            for end in (value.source, value.target):
                if end in nodes:
                    yield nodes[end], Look.BARE, "=", ""


# ---------------------------------------------------------------------- rows


def question_rows(view: CaseView, telling: Telling, because: str) -> Iterator[Row]:
    """What is asked, how the readings differ, and what had been ruled before, if anything."""
    case, words = view.case, telling.words
    frame, name = view.merged.annotation.frame(case.frame), case.about.rpartition("@")[2]
    if frame is not None and name:
        name = attribute_label(telling, frame.type, name, "")[0]
    parts = [Part(f" {say(words, case.cell.value, name=name)}  ", "heading")]
    if case.frame:
        parts += _frame_head(view, telling)
    kind = words.of(KINDS[case.kind.value])
    ends = [Part(f"{because}  ", "good")] if because else []
    yield Row(tuple(parts), (*ends, Part(f"{kind} ", "warn")))
    if case.earlier is not None:
        found = " + ".join(
            f"{line.name} {line.text}".strip()
            for value in case.earlier.values
            for line in value_lines(view, value, telling)
        )
        shown = found or f"∅ {say(words, 'nothing_here')}"
        reason = case.earlier.reason
        why = f" ({words.of(REASONS[reason.value])})" if reason is not None else ""
        yield Row(
            (Part(f" ⟲ {say(words, 'before')} ", "warn"), Part(shown, "quote"), Part(why, "dim"))
        )


def _frame_head(view: CaseView, telling: Telling) -> list[Part]:
    frame = view.merged.annotation.frame(view.case.frame)
    if frame is None:
        return []
    return [
        Part(event_label(telling, frame.type), "name", _event_colour(telling, frame.type)),
        Part(" "),
        Part(f"«{frame.trigger.of(view.document.text)}»", "quote"),
    ]


def gold_rows(view: CaseView, telling: Telling) -> Iterator[Row]:
    """The frames that are gold already: what the case has to fit."""
    gold, text = view.merged.annotation, view.document.text
    frames: Sequence[Frame] = sorted(gold.frames, key=lambda f: f.id != view.case.frame)
    if not frames:
        return
    yield Row((Part(f" {say(telling.words, 'kept')}", "dim"),))
    for frame in frames:
        parts = [
            Part("  "),
            Part(event_label(telling, frame.type), "name", _event_colour(telling, frame.type)),
            Part(" "),
            Part(f"«{frame.trigger.of(text)}»", "quote"),
        ]
        for line in frame_lines(gold, frame, text, telling):
            parts += [Part(f"  {line.name} ", "role"), Part(line.text, "quote")]
        yield Row(tuple(parts), chosen=frame.id == view.case.frame)
