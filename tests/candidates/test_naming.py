from __future__ import annotations

from dataclasses import replace

from curate.candidates.naming import named
from curate.model.annotation import Argument
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.span import Span


def mention(name: str, start: int, entity_type: str = "Site") -> MentionCandidate:
    return MentionCandidate(name, Span(start, start + 3), entity_type, None, 0.5, "test/1", "list")


def frame(name: str, *arguments: Argument) -> FrameCandidate:
    return FrameCandidate(name, "Fire", Span(9, 12), arguments, 0.5, "test/1", "lexicon")


def test_ids_say_what_is_proposed_and_slots_follow() -> None:
    held = frame("c3", Argument("Goal", mention="c1"), Argument("Said", frame="c4"))
    found = named([mention("c1", 0), mention("c2", 4), held, frame("c4")])
    assert [c.id for c in found] == ["m0-3-Site", "m4-7-Site", "f9-12-Fire", "f9-12-Fire-2"]
    assert isinstance(found[2], FrameCandidate)
    assert [a.mention or a.frame for a in found[2].arguments] == ["m0-3-Site", "f9-12-Fire-2"]


def test_another_candidate_before_changes_no_id() -> None:
    few, more = named([mention("c1", 4)]), named([mention("c1", 0), mention("c2", 4)])
    assert few[-1].id == more[-1].id


def test_nothing_but_ids_changes() -> None:
    whole = MentionCandidate("c1", Span(0, 3), "Site", "camp", 0.7, "p/2", "why", {"norm": "x"})
    held = FrameCandidate(
        "c2",
        "Fire",
        Span(9, 12),
        (Argument("Said", span=Span(0, 5)),),
        0.6,
        "p/2",
        "why",
        {"a": "b"},
    )
    found = named([whole, held])
    assert found[0] == replace(whole, id=found[0].id)
    assert found[1] == replace(held, id=found[1].id)
