from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Argument, Fate, LinkKind, Status
from curate.model.change import difference
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.schema import Cardinality
from curate.model.span import Span
from curate.project import edits
from curate.project.annotating import Annotating
from curate.project.edits import EditRefused
from curate.project.opening import Project, create_project
from curate.store.journal import Decision
from tests.small import TEXT, proposals, small_schema, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with two one-sentence documents; the first has candidates."""
    with create_project(tmp_path / "work.curate") as made:
        for name, text in (("one", TEXT), ("two", "عاد الأهالي إلى القرية مساء")):
            sentence = Sentence(Span(0, len(text)))
            made.store.documents.add(
                [Document(name, text, {}, (sentence,))], ItemUnit.SENTENCE, at=AT
            )
        mentions, frames = proposals()
        made.store.candidates.put("one", "test/1", [*mentions, *frames], at=AT)
        yield Project(made.path, small_schema(), made.store)


def test_a_session_opens_at_the_first_open_item(project: Project) -> None:
    session = Annotating(project, "a1")
    assert (session.view.position, session.view.total) == (1, 2)
    session.finish()
    assert Annotating(project, "a1").view.document.id == "two"
    assert Annotating(project, "a2").view.document.id == "one"


def test_each_decision_is_on_the_disk_at_once(project: Project) -> None:
    session = Annotating(project, "a1")
    session.accept_frame("c-fire")
    again = Annotating(project, "a1").view.annotation
    assert [f.candidate for f in again.frames] == ["c-fire"]
    assert again == session.view.annotation
    assert session.view.annotation == project.store.journal.replay(session.view.item.id, "a1")


def test_accept_all_is_one_step(project: Project) -> None:
    session = Annotating(project, "a1")
    view = session.accept_all()
    assert (view.mentions, view.frames) == ((), ())
    assert len(view.annotation.frames) == 3
    assert set(view.annotation.fates.values()) == {Fate.ACCEPTED}
    view = session.undo()
    assert view.annotation.frames == ()
    assert len(view.frames) == 3
    assert session.redo().frames == ()


def test_undo_goes_back_to_the_item_it_touches(project: Project) -> None:
    session = Annotating(project, "a1")
    session.finish()
    session.next()
    assert session.view.document.id == "two"
    view = session.undo()
    assert view.document.id == "one"
    assert view.annotation.status is Status.NEW
    assert not view.can_undo


def test_a_new_decision_cuts_what_could_be_repeated(project: Project) -> None:
    session = Annotating(project, "a1")
    session.reject("c-gun")
    assert session.undo().can_redo
    session.reject("c-town")
    assert not session.view.can_redo
    assert session.redo().notice == "nothing to redo"


def test_a_frame_is_built_from_nothing(project: Project) -> None:
    session = Annotating(project, "a1")
    session.go_to("two:0-27")
    who = session.add_mention(Span(4, 11), "Group")
    frame = session.add_frame("Fire", Span(0, 3))
    assert session.open_roles(frame, Argument("?", mention=who)) == ["Agent", "Goal"]
    session.add_argument(frame, Argument("Agent", mention=who))
    session.set_attribute(frame, "means", "far")
    made = session.view.annotation.frame(frame)
    assert made is not None
    assert made.arguments == (Argument("Agent", mention=who),)
    assert made.attributes == {"means": "far"}
    session.move_argument(frame, Argument("Agent", mention=who), "Goal")
    assert session.view.annotation.frames[0].arguments[0].role == "Goal"


def test_correcting_a_candidate_takes_it_over_first(project: Project) -> None:
    session = Annotating(project, "a1")
    town = session.edit_candidate("c-town")
    view = session.change_mention(town, span=span("بلدة الريحانية"))
    assert view.annotation.fates["c-town"] is Fate.CORRECTED
    assert session.undo().annotation.fates["c-town"] is Fate.ACCEPTED
    assert session.undo().annotation.fates == {}


def test_what_no_longer_fits_is_told(project: Project) -> None:
    session = Annotating(project, "a1")
    session.accept_frame("c-fire")
    gun = next(m for m in session.view.annotation.mentions if m.candidate == "c-gun")
    view = session.change_mention(gun.id, entity_type="Site")
    assert view.notice is not None
    assert "Agent" in view.notice
    assert "Agent" not in {a.role for a in view.annotation.frames[0].arguments}


def test_a_refused_edit_changes_nothing(project: Project) -> None:
    session = Annotating(project, "a1")
    before = session.view
    with pytest.raises(EditRefused):
        session.add_mention(Span(0, 5), "Nobody")
    assert session.refresh() == before
    assert project.store.journal.count() == 0


def test_links_join_two_of_a_kind(project: Project) -> None:
    session = Annotating(project, "a1")
    session.accept_all()
    first, second, *_ = session.view.annotation.frames
    session.link(LinkKind.SAME_EVENT, second.id, first.id)
    assert len(session.view.annotation.links) == 1
    session.unlink(session.view.annotation.links[0])
    assert len(session.view.annotation.links) == 0


def test_two_sessions_of_one_name_never_write_over_each_other(project: Project) -> None:
    one, other = Annotating(project, "a1"), Annotating(project, "a1")
    one.accept_frame("c-fire")
    with pytest.raises(EditRefused, match="changed elsewhere"):
        other.accept_frame("c-fire")
    assert other.view.annotation == one.view.annotation


def test_skip_flag_and_note_are_kept_with_their_words(project: Project) -> None:
    session = Annotating(project, "a1")
    session.set_note("راجع الموقع")
    view = session.skip("not Arabic")
    assert (view.annotation.status, view.annotation.reason) == (Status.SKIPPED, "not Arabic")
    view = session.flag("ask the lead")
    assert view.annotation.status is Status.FLAGGED
    assert view.annotation.note == "راجع الموقع"


def test_seconds_and_keys_go_with_the_decision(project: Project) -> None:
    session = Annotating(project, "a1")
    session.activity.key()
    session.activity.key()
    session.accept_frame("c-fire")
    (row,) = project.store.journal.history()
    assert (row.keys, row.candidate, row.action) == (2, "c-fire", "accept frame")
    assert row.seconds >= 0


def test_undo_is_refused_where_it_would_break_what_an_import_built_on_it(project: Project) -> None:
    session = Annotating(project, "a1")
    frame = session.add_frame("Fire", span("قصفت"))
    mention = session.add_mention(span("المدفعية"), "Group")
    before = session.view.annotation
    after = edits.with_argument(session.schema, before, frame, Argument("Agent", mention=mention))
    project.store.journal.write(
        Decision(
            "r1", "a1", session.view.item.id, "import", difference(before, after), 0.0, 0, AT,
            undoable=False,
        )
    )  # fmt: skip
    with pytest.raises(EditRefused, match="changed elsewhere"):
        session.undo()
    assert session.view.annotation == after
    assert project.store.journal.count() == 3


def test_a_decision_on_what_is_no_longer_there_is_refused(project: Project) -> None:
    one, other = Annotating(project, "a1"), Annotating(project, "a1")
    frame = one.add_frame("Fire", span("قصفت"))
    mention = one.add_mention(span("المدفعية"), "Group")
    other.refresh()
    one.remove_mention(mention)
    with pytest.raises(EditRefused, match="changed elsewhere"):
        other.add_argument(frame, Argument("Agent", mention=mention))
    assert other.view.annotation.frames[0].arguments == ()


def test_a_proposed_slot_whose_filler_was_retyped_stays_empty(project: Project) -> None:
    session = Annotating(project, "a1")
    gun = session.edit_candidate("c-gun")
    session.change_mention(gun, entity_type="Site")
    view = session.accept_frame("c-fire")
    assert [a.role for a in view.annotation.frames[0].arguments] == ["Goal"]
    assert view.annotation.fates["c-fire"] is Fate.CORRECTED


def test_a_frame_accepted_later_never_drives_out_a_filler_of_the_annotators_own(
    project: Project,
) -> None:
    one = Cardinality.OPTIONAL
    speech = replace(project.schema.event_types["Speech"], roles={"Agent": one, "Said": one})
    events = {**project.schema.event_types, "Speech": speech}
    schema = replace(project.schema, event_types=events)
    session = Annotating(replace(project, schema=schema), "a1")
    made = session.edit_candidate("c-speech")
    mine = Argument("Said", span=span("القصف مستمر"))
    session.add_argument(made, mine)
    view = session.accept_frame("c-again")
    told = view.annotation.frame(made)
    assert told is not None
    assert mine in told.arguments
