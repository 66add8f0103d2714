"""The line that is searched with: words, and filters such as `type:Attack` among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.schema import Label
from curate.project.searching import Has, Query, query_of
from curate.text.search import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.model.schema import EventSchema

STATES = {
    "new": Label("new", "جديد"),
    "draft": Label("draft", "مسودة"),
    "done": Label("done", "منجز"),
    "skipped": Label("skipped", "متجاوَز"),
    "flagged": Label("flagged", "مُحال"),
}
_HAS = {
    Has.NOTE: Label("a note", "ملاحظة"),
    Has.FLAG: Label("a flag", "إحالة"),
    Has.COMMENT: Label("a comment", "تعليق"),
}
_WORD = re.compile(r'[^\s:"]+:"[^"]*"|\S+')
"""A word of the line, or a filter whose value stands in quotes because of its blanks."""
FIELDS: Mapping[str, Label] = {
    "type": Label("type", "نوع"),
    "role": Label("role", "دور"),
    "by": Label("by", "من"),
    "state": Label("state", "حالة"),
    "has": Label("has", "فيه"),
}
"""What filters are called in the line, in either language."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter on offer."""

    token: str
    """What stands for it in the line."""
    label: Label
    colour: str = ""


def filters(schema: EventSchema, annotators: Sequence[str]) -> Iterator[Filter]:
    """All filters that the project knows."""
    for state, label in STATES.items():
        yield _filter("state", state, label)
    for has, label in _HAS.items():
        yield _filter("has", has, label)
    for name in annotators:
        yield _filter("by", name, Label(name, name))
    for event in schema.event_types.values():
        group = schema.groups.get(event.group)
        yield _filter("type", event.name, event.label, group.colour if group else "")
    for entity in schema.entity_types.values():
        yield _filter("type", entity.name, entity.label, entity.colour)
    for role in schema.roles.values():
        yield _filter("role", role.name, role.label)


def _filter(field: str, value: str, label: Label, colour: str = "") -> Filter:
    name = FIELDS[field]
    return Filter(
        token_of(field, value), Label(f"{name.en}: {label.en}", f"{name.ar}: {label.ar}"), colour
    )


def token_of(field: str, value: str) -> str:
    """What stands for a filter in the line."""
    return f'{field}:"{value}"' if any(c.isspace() for c in value) else f"{field}:{value}"


def without(line: str, field: str) -> str:
    """The line without the filters of a field."""
    return " ".join(w for w in _WORD.findall(line) if not w.startswith(f"{field}:"))


def query_in(line: str) -> Query:
    """Read the line; raises `CurateError` for a filter that makes no sense."""
    words: list[str] = []
    given: dict[str, list[str]] = {}
    names = {folded(n): field for field, label in FIELDS.items() for n in (field, label.ar)}
    for word in _WORD.findall(line):
        name, colon, value = word.replace('"', "").partition(":")
        field = names.get(folded(name)) if colon and value else None
        if field is None:
            words.append(word)
        else:
            given.setdefault(field, []).append(value)
    return _query(" ".join(words), given)


def _query(text: str, given: Mapping[str, list[str]]) -> Query:
    for field, values in given.items():
        if len(values) > 1 and field != "has":
            raise CurateError(f"{field} is asked for twice: {', '.join(values)}", "take one out")
    one = {field: values[0] for field, values in given.items()}
    state = _known("state", one.get("state"), STATES)
    labels = {str(has): label for has, label in _HAS.items()}
    has = [_known("has", value, labels) or "" for value in given.get("has", ())]
    return query_of(text, one.get("type"), one.get("role"), one.get("by"), state, has)


def _known(field: str, value: str | None, names: Mapping[str, Label]) -> str | None:
    """The name that a value stands for, in either language."""
    if value is None or value in names:
        return value
    found = next((name for name, label in names.items() if folded(value) == folded(label.ar)), None)
    if found is None:
        raise CurateError(f"{field} is one of {', '.join(names)}, not {value}")
    return found
