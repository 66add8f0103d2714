"""A small schema and builders for tests that need no seeds."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Argument
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.schema import (
    Attribute,
    Cardinality,
    EntityType,
    EventSchema,
    EventType,
    Group,
    Label,
    Role,
)
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "قصفت المدفعية بلدة الريحانية صباحا وقال الناطق إن القصف مستمر"
"""An invented sentence for tests."""


def label(name: str) -> Label:
    """A label that is the same in both languages."""
    return Label(name, name)


def span(words: str, text: str = TEXT) -> Span:
    """The span of the first place where the words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def role(name: str, *entities: str, any_event: bool = False, bare_span: bool = False) -> Role:
    """A role that takes those entity types."""
    return Role(
        name, label(name), label(name), frozenset(entities), frozenset(), any_event, bare_span
    )


def small_schema() -> EventSchema:
    """Two entity types, two event types, four roles."""
    roles = [
        role("Agent", "Group"),
        role("Where", "Site"),
        role("Goal", "Site", "Group"),
        role("Said", any_event=True, bare_span=True),
    ]
    polarity = Attribute(
        "polarity", label("polarity"), {"yes": label("yes"), "no": label("no")}, "yes"
    )
    means = Attribute("means", label("means"), {"near": label("near"), "far": label("far")}, None)
    fire = EventType(
        name="Fire", label=label("Fire"), definition=label("Fire"), group="acts", key="KeyF",
        roles={"Agent": Cardinality.OPTIONAL, "Goal": Cardinality.ANY, "Where": Cardinality.ANY},
        attributes={"means": means},
    )  # fmt: skip
    speech = EventType(
        name="Speech", label=label("Speech"), definition=label("Speech"), group="acts", key="KeyG",
        roles={"Agent": Cardinality.ONE, "Said": Cardinality.ANY}, attributes={},
    )  # fmt: skip
    return EventSchema(
        name="small", version="1.0.0", title=label("small"),
        entity_types={
            "Group": EntityType(
                "Group", label("Group"), label("Group"), "Digit1", "#a00", {"army": label("army")}
            ),
            "Site": EntityType("Site", label("Site"), label("Site"), "Digit2", "#00aa00", {}),
        },
        event_types={"Fire": fire, "Speech": speech},
        roles={r.name: r for r in roles},
        attributes={"polarity": polarity}, mention_attributes={},
        groups={"acts": Group("acts", label("acts"), "#0000aa")},
    )  # fmt: skip


def blank(text: str = TEXT) -> Annotation:
    """A new annotation of the whole text."""
    return Annotation("a1", Span(0, len(text)))


def counter() -> Callable[[], str]:
    """Make ids n1, n2, …"""
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def proposals() -> tuple[list[MentionCandidate], list[FrameCandidate]]:
    """What a machine might propose for `TEXT`: a fire and the speech that tells of it."""
    mentions = [
        MentionCandidate("c-gun", span("المدفعية"), "Group", "army", 0.9, "test/1", "list"),
        MentionCandidate("c-town", span("الريحانية"), "Site", None, 0.9, "test/1", "list"),
        MentionCandidate("c-voice", span("الناطق"), "Group", None, 0.6, "test/1", "list"),
    ]
    frames = [
        FrameCandidate(
            "c-fire", "Fire", span("قصفت"),
            (Argument("Agent", mention="c-gun"), Argument("Goal", mention="c-town")),
            0.8, "test/1", "lexicon",
        ),
        FrameCandidate(
            "c-speech", "Speech", span("قال"),
            (Argument("Agent", mention="c-voice"), Argument("Said", frame="c-again")),
            0.7, "test/1", "lexicon",
        ),
        FrameCandidate("c-again", "Fire", span("القصف"), (), 0.7, "test/1", "lexicon"),
    ]  # fmt: skip
    return mentions, frames
