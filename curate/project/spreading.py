"""Doing the same to the same words elsewhere in the document, as one step that undo takes back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from curate.model.annotation import Mention, Status
from curate.model.item import Item
from curate.model.span import Span
from curate.project import edits
from curate.project.edits import EditRefused
from curate.project.proposals import accept_mention, reject
from curate.text.occurrences import occurrences
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.model.annotation import Annotation
    from curate.model.candidate import MentionCandidate
    from curate.model.ids import NewId
    from curate.model.schema import EventSchema
    from curate.project.sitting import Sitting
    from curate.project.view import View

OPEN = frozenset({Status.NEW, Status.DRAFT})
"""States of items that their annotator has not closed."""


class Spread(StrEnum):
    """What is to be done everywhere."""

    MARK = "mark"
    """Make a mention of the type: add, accept or retype."""
    REJECT = "reject"
    """Say no: reject what is proposed, take out what was confirmed."""


class Does(StrEnum):
    """What that comes to in one place."""

    ADD = "add"
    ACCEPT = "accept"
    RETYPE = "retype"
    REJECT = "reject"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Kind:
    """The type that is spread."""

    type: str
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place, and what would be done there."""

    item: Item
    span: Span
    does: Does
    atom: str | None = None
    """Id of the mention or candidate that is there already."""


def places(session: Sitting, span: Span, kind: Kind, spread: Spread) -> list[Occurrence]:
    """Where it would change something, in the document's items that the annotator has open."""
    document = session.view.document
    spans = list(occurrences(document.text, span))
    found: list[Occurrence] = []
    for item in session.project.store.items.of_document(document.id):
        inside = [s for s in spans if item.span.covers(s)]
        if not inside:
            continue
        view = session.view_of(item)
        if view.annotation.status in OPEN:
            found.extend(_in_item(view, inside, kind, spread))
    return found


def _in_item(view: View, spans: Sequence[Span], kind: Kind, spread: Spread) -> Iterator[Occurrence]:
    for span in spans:
        own = [m for m in view.annotation.mentions if _same(view, m.span, span)]
        proposed = [c for c in view.mentions if _same(view, c.span, span)]
        if spread is Spread.REJECT:
            yield from _rejected(view, kind, own, proposed)
        else:
            yield from _marked(view, span, kind, own, proposed)


def _same(view: View, one: Span, other: Span) -> bool:
    """Whether two spans are the same but for how a word is written."""
    ends = (one.start, one.end), (other.start, other.end)
    return one == other or (one.overlaps(other) and same_words(view.document.text, *ends))


def _rejected(
    view: View, kind: Kind, own: Sequence[Mention], proposed: Sequence[MentionCandidate]
) -> Iterator[Occurrence]:
    for candidate in (c for c in proposed if c.type == kind.type):
        yield Occurrence(view.item, candidate.span, Does.REJECT, candidate.id)
    for mention in (m for m in own if m.type == kind.type):
        yield Occurrence(view.item, mention.span, Does.REMOVE, mention.id)


def _marked(
    view: View, span: Span, kind: Kind, own: Sequence[Mention], proposed: Sequence[MentionCandidate]
) -> Iterator[Occurrence]:
    if any((m.type, m.subtype) == (kind.type, kind.subtype) for m in own):
        return
    if own:
        yield Occurrence(view.item, own[0].span, Does.RETYPE, own[0].id)
        return
    right = next((c for c in proposed if (c.type, c.subtype) == (kind.type, kind.subtype)), None)
    if right is not None:
        yield Occurrence(view.item, right.span, Does.ACCEPT, right.id)
    elif proposed:
        yield Occurrence(view.item, proposed[0].span, Does.RETYPE, proposed[0].id)
    else:
        yield Occurrence(view.item, span, Does.ADD)


def carry_out(session: Sitting, chosen: Sequence[Occurrence], kind: Kind) -> int:
    """Do it in the chosen places, as one step; return in how many items something changed.

    Raises `EditRefused`, with nothing written, when an item was closed or changed meanwhile.
    """
    edits.check_type(session.schema, kind.type, kind.subtype)
    views = {o.item.id: session.view_of(o.item) for o in chosen}
    steps: list[tuple[View, Annotation]] = []
    for item, view in views.items():
        if view.annotation.status not in OPEN:
            raise EditRefused("an item was closed meanwhile", "look again: the list has changed")
        after = view.annotation
        for occurrence in chosen:
            if occurrence.item.id == item:
                after = _after(session.schema, view, after, occurrence, kind, session.make_id)
        steps.append((view, after))
    return session.decide_together(steps)


def _after(
    schema: EventSchema, view: View, after: Annotation, place: Occurrence, kind: Kind, new_id: NewId
) -> Annotation:
    """The annotation once it is done in one more place."""
    if place.does is Does.ADD:
        return edits.with_mention(after, Mention(new_id(), place.span, kind.type, kind.subtype))
    if place.does is Does.REMOVE:
        edits.get_mention(after, str(place.atom))
        return edits.without(after, str(place.atom))
    candidate = next((c for c in view.mentions if c.id == place.atom), None)
    if place.does is Does.REJECT:
        return after if candidate is None else reject(after, candidate)
    atom = str(place.atom)
    if candidate is not None:
        after, atom = accept_mention(schema, after, candidate, new_id)
    if place.does is Does.ACCEPT:
        return after
    mention = edits.changed_mention(
        schema, after, atom, span=None, entity_type=kind.type, subtype=kind.subtype
    )
    return edits.retyped_mention(schema, after, mention)[0]
