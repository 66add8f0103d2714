from __future__ import annotations

from dataclasses import replace

from curate.model.annotation import Argument
from curate.model.candidate import MentionCandidate
from curate.project.fitting import fitting
from tests.small import proposals, small_schema, span

SCHEMA = small_schema()


def test_what_fits_is_left_as_it_is() -> None:
    mentions, frames = proposals()
    assert fitting(SCHEMA, mentions, frames) == (mentions, frames)


def test_unknown_types_are_left_out_with_the_slots_that_they_would_fill() -> None:
    mentions, frames = proposals()
    alien = [replace(c, type="Planet") if c.id == "c-gun" else c for c in mentions]
    kept, offered = fitting(SCHEMA, alien, frames)
    assert [c.id for c in kept] == ["c-town", "c-voice"]
    fire = next(c for c in offered if c.id == "c-fire")
    assert [a.role for a in fire.arguments] == ["Goal"]
    kept, offered = fitting(SCHEMA, mentions, [replace(frames[0], type="Comet")])
    assert (kept, offered) == (mentions, [])


def test_unknown_subtypes_and_attributes_are_taken_off() -> None:
    odd = MentionCandidate(
        "c", span("بلدة"), "Site", "moon", 0.5, "test/1", "list", {"colour": "red"}
    )
    (kept,), _ = fitting(SCHEMA, [odd], [])
    assert (kept.subtype, kept.attributes) == (None, {})
    strange = replace(proposals()[1][0], attributes={"means": "far", "polarity": "?"})
    _, (frame, *_) = fitting(SCHEMA, [], [strange])
    assert frame.attributes == {"means": "far"}


def test_a_role_keeps_the_fillers_that_it_takes() -> None:
    mentions, (fire, *_) = proposals()
    fillers = (
        Argument("Agent", mention="c-gun"),
        Argument("Agent", mention="c-voice"),
        Argument("Where", mention="c-gun"),
        Argument("Said", span=span("مستمر")),
        Argument("Goal", mention="c-town"),
        Argument("Goal", mention="c-town"),
        Argument("Goal", mention="c-gun"),
    )
    _, (offered,) = fitting(SCHEMA, mentions, [replace(fire, arguments=fillers)])
    assert offered.arguments == (fillers[0], fillers[4], fillers[6])
