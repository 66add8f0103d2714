"""All mentions of one sentence: the producers asked in turn, overlaps resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.expressions import Expressions
from curate.candidates.extras import extras
from curate.candidates.gazetteer import Gazetteer, resolved
from curate.candidates.hits import by_place
from curate.candidates.people import People

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from curate.candidates.hits import Hit
    from curate.candidates.rules import Rules
    from curate.candidates.scan import Scan
    from curate.candidates.seeds import Guard
    from curate.model.schema import EventSchema

_COUNTS: Final = ("number-count", "number-approx")


def mentions_of(
    scan: Scan, schema: EventSchema, rules: Rules, guards: Mapping[str, Guard], day: date | None
) -> list[Hit]:
    """The mentions of a sentence in reading order; none overlaps another."""
    expressions = list(Expressions(scan, schema, rules.bindings, day).hits())
    times = [h for h in expressions if h.rule.startswith("time")]
    numbers = [h for h in expressions if not h.rule.startswith("time")]
    harms = frozenset(n for n, r in rules.events.types.items() if r.split is not None)
    gazetteer = Gazetteer(scan, schema, guards, harms)
    found = list(gazetteer.hits())
    person = rules.bindings.get("person")
    bound = person if person and person.partition("/")[0] in schema.entity_types else None
    found.extend(People(scan, gazetteer, schema, bound).hits(resolved(found)))
    taken = {word for hit in times for word in hit.words}
    free = [h for h in found if taken.isdisjoint(h.words)]
    kept = resolved(free)
    kept = sorted((*kept, *extras(scan, kept, schema, rules)), key=by_place)
    covered = {word for hit in kept for word in hit.words}
    counts = [n for n in numbers if covered.isdisjoint(n.words) and _counts(scan, n, kept)]
    return sorted([*times, *kept, *counts], key=by_place)


def _counts(scan: Scan, number: Hit, kept: list[Hit]) -> bool:
    """Whether a number counts something: a mention, a trigger, or `of` a mention."""
    if number.rule not in _COUNTS:
        return True
    following = number.last + 1
    words = scan.reading.words
    if following >= len(words):
        return False
    starts = {h.first for h in kept}
    if following in starts or any(t.first == following for t in scan.triggers):
        return True
    of = words[following].form in scan.cues.of_many
    return of and (following + 1 in starts or words[following].form != "من")
