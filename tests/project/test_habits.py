from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Argument
from curate.project.annotating import Annotating
from curate.project.habits import Habits, proposed
from curate.project.proposals import Proposals
from curate.tui.atoms import Kind
from curate.tui.editor import Editor
from curate.tui.triggers import TriggerWords
from tests.small import TEXT, proposals, small_schema, span
from tests.tui.projects import project_of

if TYPE_CHECKING:
    from pathlib import Path


def test_without_habits_the_order_of_the_card_decides() -> None:
    assert Habits().usual("Fire", "Site", ["Goal", "Where"], before=False) == "Goal"
    assert Habits().usual("Fire", "Site", [], before=False) is None


def test_the_side_of_the_trigger_says_more_than_the_kind_alone() -> None:
    habits = Habits([("Fire", "Group", "Agent", True, 2), ("Fire", "Group", "Goal", False, 3)])
    roles = ["Agent", "Goal"]
    assert habits.usual("Fire", "Group", roles, before=True) == "Agent"
    assert habits.usual("Fire", "Group", roles, before=False) == "Goal"


def test_frames_of_other_types_speak_where_those_of_the_type_are_silent() -> None:
    habits = Habits([("Flood", "Site", "Where", False, 5), ("Fire", "Group", "Goal", False, 1)])
    assert habits.usual("Fire", "Site", ["Goal", "Where"], before=False) == "Where"


def test_what_is_proposed_in_the_document_tells_habits() -> None:
    seen = set(proposed(Proposals.of(*proposals())))
    assert ("Fire", "Group", "Agent", False, 1) in seen
    assert ("Speech", "Fire", "Said", False, 1) in seen


def test_a_filler_goes_where_such_fillers_went_in_this_project(tmp_path: Path) -> None:
    with project_of(tmp_path / "w.curate", TEXT, TEXT + " ") as project:
        session = Annotating(project, "amal")
        for candidate in ("c-fire", "c-speech", "c-again"):
            session.reject(candidate)
        town = session.add_mention(span("الريحانية"), "Site")
        frame = session.add_frame("Fire", span("قصفت"))
        session.add_argument(frame, Argument("Where", mention=town))
        session.finish()
        session.next()
        editor = Editor(session)
        editor.add_mention(span("الريحانية"), "Site")
        editor.add_frame("Fire", span("قصفت"))
        filler = next(a for a in editor.atoms.all if a.kind is Kind.MENTION)
        assert editor.fill(filler) == "Where"


def test_a_trigger_of_the_lexicon_is_offered_without_its_proclitic() -> None:
    from dataclasses import replace

    from curate.model.schema import PartOfSpeech, Trigger

    schema = small_schema()
    speech = replace(
        schema.event_types["Speech"],
        triggers=(Trigger("قال", PartOfSpeech.VERB, ("قال",)),),
    )
    known = TriggerWords(replace(schema, event_types={**schema.event_types, "Speech": speech}))
    found = known.at(TEXT, span("وقال"), span(TEXT))
    assert found is not None
    assert (found.span, found.types) == (span("قال"), ("Speech",))
