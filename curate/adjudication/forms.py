"""The same question at several places: cases whose readings are written alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.adjudication.rulings import Choice
from curate.adjudication.values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    MentionValue,
)
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.adjudication.cases import Case
    from curate.adjudication.values import Reading, Value
    from curate.model.span import Span

Form = tuple[str, ...]
"""A value as it is written, wherever it stands."""


def case_form(case: Case, text: str, place: Callable[[str], Span | None]) -> frozenset[Form]:
    """What a case is about in words: cases of one form put the same question.

    `text` is the document's, `place` tells where a node stands in it.
    """
    about = _words(place(case.about.partition("@")[0]), text) if case.about else ""
    name = case.about.partition("@")[2]
    head = (case.cell.value, about, name)
    return frozenset((*head, *form) for form in reading_forms(case, text, place))


def reading_forms(case: Case, text: str, place: Callable[[str], Span | None]) -> list[Form]:
    """The form of each reading, in their order."""
    return [_reading_form(r, text, place) for r in case.readings]


def same_choice(
    case: Case,
    other: Case,
    choice: Choice,
    reading: int,
    forms: tuple[list[Form], list[Form]],
) -> int | None:
    """Which reading of another case of the same form a choice means there; None for no such.

    `forms` are those of the readings of the two cases.
    """
    if choice is not Choice.READING:
        return 0
    wanted = forms[0][reading]
    if len(case.readings) != len(other.readings) or wanted not in forms[1]:
        return None
    return forms[1].index(wanted)


def _reading_form(reading: Reading, text: str, place: Callable[[str], Span | None]) -> Form:
    return tuple(part for value in reading.values for part in _form(value, text, place))


def _form(value: Value, text: str, place: Callable[[str], Span | None]) -> Form:
    if isinstance(value, MentionValue):
        set_ = (f"{name}={given}" for name, given in value.attributes)
        return _words(value.span, text), value.type, value.subtype, *set_
    if isinstance(value, EventValue):
        return _words(value.trigger, text), value.type
    if isinstance(value, ArgumentValue):
        where = value.span or place(value.filler)
        return value.role, _words(where, text)
    if isinstance(value, AttributeValue):
        return (value.value,)
    return _link_form(value, text, place)


def _link_form(value: LinkValue, text: str, place: Callable[[str], Span | None]) -> Form:
    ends = sorted(_words(place(end), text) for end in (value.source, value.target))
    return value.kind, *ends


def _words(span: Span | None, text: str) -> str:
    return "" if span is None else normal(span.of(text))
