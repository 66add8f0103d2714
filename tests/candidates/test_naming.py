from __future__ import annotations

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
