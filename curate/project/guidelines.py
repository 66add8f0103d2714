"""Guidelines as lines of text: what the schema says of a type or role, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.model.schema import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.model.schema import EntityType, EventSchema, EventType, Guideline, Role

_ANY_EVENT = Label("any event", "أي حدث")
_BARE = Label("bare words", "كلمات بلا نوع")


def overview(schema: EventSchema, language: str) -> Iterator[str]:
    """Every type and role of the schema, a line each."""
    yield f"{schema.name} {schema.version}: {schema.title.in_language(language)}"
    yield ""
    for entity in schema.entity_types.values():
        yield f"  {entity.name:<16} {entity.label.in_language(language)}"
    yield ""
    for event in schema.event_types.values():
        yield f"  {event.name:<16} {event.label.in_language(language)}  ({', '.join(event.roles)})"
    yield ""
    for role in schema.roles.values():
        yield f"  {role.name:<16} {role.label.in_language(language)}"


def guideline(schema: EventSchema, name: str, language: str) -> Iterator[str]:
    """Definition, rules and example of an entity type, event type or role.

    Raises `CurateError` when the schema has nothing of that name.
    """
    if name in schema.event_types:
        return _of_event(schema, schema.event_types[name], language)
    if name in schema.entity_types:
        return _of_entity(schema.entity_types[name], language)
    if name in schema.roles:
        return _of_role(schema, schema.roles[name], language)
    from difflib import get_close_matches

    known = [*schema.event_types, *schema.entity_types, *schema.roles]
    near = get_close_matches(name, known, n=3)
    raise CurateError(
        f"the schema has no type or role {name!r}",
        f"did you mean {' or '.join(near)}?" if near else "`curate schema show` lists them all",
    )


def _titled(name: str, label: Label, language: str, joint: str, count: str = "") -> str:
    """A name with its label, where the label says more; the label first where it is Arabic."""
    told = label.in_language(language)
    if told == name:
        return f"{name}{count}"
    return f"{told}{count}{joint}{name}" if language == "ar" else f"{name}{count}{joint}{told}"


def _of_event(schema: EventSchema, event: EventType, language: str) -> Iterator[str]:
    yield _titled(event.name, event.label, language, " · ")
    yield event.definition.in_language(language)
    roles = (
        _titled(name, schema.roles[name].label, language, " ", count.value.strip("1"))
        for name, count in event.roles.items()
    )
    yield " · ".join(roles)
    yield from _rules(event.guidelines, language)
    if event.example is not None:
        yield f"» {event.example}"


def _of_entity(entity: EntityType, language: str) -> Iterator[str]:
    yield _titled(entity.name, entity.label, language, " · ")
    yield entity.definition.in_language(language)
    if entity.subtypes:
        yield " · ".join(_titled(n, s, language, " ") for n, s in entity.subtypes.items())
    yield from _rules(entity.guidelines, language)


def _of_role(schema: EventSchema, role: Role, language: str) -> Iterator[str]:
    yield _titled(role.name, role.label, language, " · ")
    yield role.definition.in_language(language)
    fillers = [*sorted(role.entity_types), *sorted(role.event_types)]
    fillers += [_ANY_EVENT.in_language(language)] if role.any_event else []
    fillers += [_BARE.in_language(language)] if role.bare_span else []
    yield " · ".join(fillers)
    holders = [e.name for e in schema.event_types.values() if role.name in e.roles]
    yield f"← {', '.join(holders)}"


def _rules(guidelines: Iterable[Guideline], language: str) -> Iterator[str]:
    for entry in guidelines:
        yield f"• {entry.rule.in_language(language)}"
        if entry.example is not None:
            yield f"  » {entry.example}"
