"""A lead's session: what waits, what a ruling does, and how it is taken back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.adjudication.audit import wilson
from curate.adjudication.cases import Kind
from curate.adjudication.rulings import Choice, Reason
from curate.adjudication.stories import Cell, How
from curate.adjudication.values import MentionValue
from curate.errors import CurateError
from curate.model.annotation import Argument, Mention, Status
from curate.project.edits import EditRefused
from curate.project.gold import GOLD, gold_items, gold_of, gold_state
from curate.project.opening import open_project
from curate.project.reviewing import (
    add_conflict,
    drop_conflict,
    give_up,
    merge_project,
    take_over,
)
from curate.project.reviewing_edit import ItemEdit
from curate.project.reviewing_progress import standing_of
from curate.project.reviewing_queue import CaseFilter, Order
from curate.project.reviewing_session import Because, Reviewing
from curate.project.reviewing_settings import (
    keep_review_settings,
    review_settings,
    with_settings,
)
from curate.project.reviewing_why import why
from tests.project.reviewed import SECOND, clock, ids, says, two_readers
from tests.small import small_schema, span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a project with two sentences by two readers."""
    path = tmp_path_factory.mktemp("made") / "work.curate"
    two_readers(path).close()
    return path


@pytest.fixture
def project(tmp_path: Path, made: Path) -> Iterator[Project]:
    """Two sentences by two readers."""
    copied = shutil.copy(made, tmp_path / "work.curate")
    with open_project(copied) as opened, replace(opened, schema=small_schema()) as project:
        yield project


@pytest.fixture
def lead(project: Project) -> Reviewing:
    """A lead's session."""
    return Reviewing(project, "lead", make_id=ids(), now=clock)


def items(project: Project) -> list[str]:
    """Ids of the items."""
    return [item.id for item in project.store.items.all()]


def rule_everything(lead: Reviewing, reading: int = 0) -> int:
    """Say the same of every case; return how many."""
    count = 0
    while queue := lead.queue():
        lead.rule(queue[0], Choice.READING, min(reading, len(queue[0].case.readings) - 1))
        count += 1
    return count


def test_what_waits_comes_in_the_order_mentions_events_arguments(lead: Reviewing) -> None:
    cells = [(w.case.cell, w.case.kind) for w in lead.queue()]
    assert cells == [
        (Cell.MENTION, Kind.BOUNDARY), (Cell.EVENT, Kind.MISSED), (Cell.MENTION, Kind.LABEL),
    ]  # fmt: skip


def test_rulings_lead_to_complete_gold(project: Project, lead: Reviewing) -> None:
    assert gold_state(project).resolved == 0
    assert rule_everything(lead) == 4  # the role is asked when its filler is settled
    assert gold_state(project).resolved == 2
    assert all(g.annotation.annotator == GOLD for g in gold_items(project))
    assert all(g.annotation.status is Status.DONE for g in gold_items(project))


def test_merging_again_changes_nothing(project: Project, lead: Reviewing) -> None:
    rule_everything(lead)
    before = list(gold_items(project))
    assert merge_project(project).changed == 0
    assert list(gold_items(project)) == before


def test_undo_takes_rulings_back_one_by_one_over_items(project: Project, lead: Reviewing) -> None:
    start = list(gold_items(project))
    count = rule_everything(lead)
    touched = [lead.undo() for _ in range(count)]
    first, second = items(project)
    assert touched == [second, first, first, first]
    assert lead.undo() is None
    now = [replace(g, at="") for g in gold_items(project)]
    assert now == [replace(g, at="") for g in start]


def test_undo_is_of_this_lead_alone(project: Project, lead: Reviewing) -> None:
    lead.rule(lead.queue()[0], Choice.READING)
    assert Reviewing(project, "somebody", make_id=ids(), now=clock).undo() is None


def test_rejecting_all_closes_the_item_in_one_step(project: Project, lead: Reviewing) -> None:
    item = items(project)[0]
    lead.reject_all(item)
    gold = gold_of(project, item)
    assert gold is not None
    assert gold.is_resolved
    assert [m.span for m in gold.annotation.mentions] == [span("المدفعية")]
    assert lead.undo() == item
    again = gold_of(project, item)
    assert again is not None
    assert not again.is_resolved


def test_a_ruling_that_does_not_fit_is_refused_with_nothing_written(
    project: Project, lead: Reviewing
) -> None:
    says(project, "ann", items(project)[1], Mention("g", span("المدفعية", SECOND), "Group"))
    lead.refresh()
    case = lead.queue()[0]
    rows = len(project.store.rulings.all())
    [value] = case.case.readings[0].values
    assert isinstance(value, MentionValue)
    wrong = replace(value, type="NoSuchType")
    with pytest.raises(EditRefused, match="does not fit"):
        lead.rule(case, Choice.EDITED, values=(wrong,))
    assert len(project.store.rulings.all()) == rows
    assert lead.queue()[0].key == case.key


def test_a_case_laid_aside_leaves_the_queue_and_keeps_the_item_open(
    project: Project, lead: Reviewing
) -> None:
    case = lead.queue()[0]
    lead.rule(case, Choice.GAP, because=Because(note="what is a town?"))
    assert case.key not in [w.key for w in lead.queue()]
    lead.filter = CaseFilter(parked=True)
    [parked] = lead.queue()
    assert parked.case.parked is not None
    assert parked.case.parked.note == "what is a town?"
    lead.rule(parked, Choice.READING)
    assert lead.queue() == []


def test_an_item_sent_back_is_open_for_its_readers_again(project: Project, lead: Reviewing) -> None:
    item = items(project)[0]
    assert lead.send_back(item, "look at the town again") == ["ann", "bea"]
    said = project.store.annotations.get(item, "ann")
    assert (said.status, said.reason) == (Status.DRAFT, "look at the town again")
    assert gold_of(project, item) is None
    [thread] = project.store.comments.of_item(item, "ann")
    assert (thread.comments[0].author, thread.unread) == ("lead", 1)
    next_open = project.store.items.next_open("ann")
    assert next_open is not None
    assert next_open.id == item
    assert lead.undo() == item
    assert project.store.annotations.get(item, "bea").status is Status.DONE
    assert gold_of(project, item) is not None


def test_sending_back_cannot_be_undone_when_a_reader_went_on(
    project: Project, lead: Reviewing
) -> None:
    item = items(project)[0]
    lead.send_back(item, "again")
    says(project, "ann", item)
    with pytest.raises(EditRefused, match="gone on"):
        lead.undo()


def test_rulings_stay_after_late_work_and_what_changed_comes_again(
    project: Project, lead: Reviewing
) -> None:
    rule_everything(lead)
    first, second = items(project)
    says(project, "ann", second, Mention("g", span("القصف", SECOND), "Group"))
    lead.refresh()
    assert {w.item.id for w in lead.queue()} == {second}
    gold = gold_of(project, first)
    assert gold is not None
    assert gold.is_resolved


def test_orders_and_filters(lead: Reviewing) -> None:
    lead.order = Order.AGREEMENT
    shares = [w.item.id for w in lead.queue()]
    assert len(shares) == 3
    lead.filter = CaseFilter(kind="label")
    assert [w.case.kind for w in lead.queue()] == [Kind.LABEL]
    lead.filter = CaseFilter(type="Fire")
    assert [w.case.cell for w in lead.queue()] == [Cell.EVENT]
    lead.filter = CaseFilter(pair=("ann", "bea"))
    assert len(lead.queue()) == 3
    lead.filter = CaseFilter(role="Goal")
    assert lead.queue() == []


def test_sides_are_drawn_by_item_and_stay(project: Project, lead: Reviewing) -> None:
    once = [lead.view(w).sides for w in lead.queue()]
    assert once == [lead.view(w).sides for w in Reviewing(project, "other").queue()]
    assert all(sorted(sides) == [0, 1] for sides in once)


def test_the_same_words_are_ruled_alike_after_a_look(project: Project, lead: Reviewing) -> None:
    first = items(project)[0]
    guns = Mention("g", span("المدفعية"), "Group")
    says(project, "ann", first, guns)
    says(project, "bea", first, replace(guns, type="Site"))
    lead.refresh()
    here, there = lead.queue()
    lead.rule(here, Choice.READING, 1)
    [(found, reading)] = lead.same_form(here, Choice.READING, 1)
    assert (found.key, reading) == (there.key, 1)
    lead.rule_all([(found, reading)], Choice.READING)
    assert lead.queue() == []
    types = [m.type for g in gold_items(project) for m in g.annotation.mentions]
    assert types == ["Site", "Site"]


def test_an_edit_in_the_workbench_becomes_rulings(project: Project, lead: Reviewing) -> None:
    waiting = lead.queue()[0]
    with ItemEdit(lead, waiting, 0) as edit:
        mention = next(m for m in edit.session.view.annotation.mentions if m.id == edit.focus)
        edit.session.change_mention(mention.id, span=span("بلدة"))
        frame = edit.session.view.annotation.frames[0]
        edit.session.set_attribute(frame.id, "polarity", "no")
        new = edit.session.add_mention(span("الناطق"), "Group", "army")
        speech = edit.session.add_frame("Speech", span("قال"))
        edit.session.add_argument(speech, Argument("Agent", mention=new))
        wanted = edit.session.view.annotation
        lead.commit(edit.rulings(Because(Reason.SLIP)))
    gold = gold_of(project, waiting.item.id)
    assert gold is not None
    assert {(m.span, m.type) for m in gold.annotation.mentions} == {
        (m.span, m.type) for m in wanted.mentions
    }
    assert sorted(f.type for f in gold.annotation.frames) == ["Fire", "Speech"]
    fire, talk = gold.annotation.frames
    assert fire.attributes == {"means": "far", "polarity": "no"}
    assert [a.role for a in talk.arguments] == ["Agent"]
    hows = {gold.stories[talk.id].how, gold.stories[talk.arguments[0].mention or ""].how}
    assert hows == {How.RULED}
    assert lead.undo() == waiting.item.id
    assert lead.queue()[0].key == waiting.key


def test_an_edit_that_changes_nothing_is_no_ruling(lead: Reviewing) -> None:
    with ItemEdit(lead, lead.queue()[0], 0) as edit:
        assert edit.rulings() == []


def test_what_was_edited_away_is_gone_from_gold(project: Project, lead: Reviewing) -> None:
    waiting = lead.queue()[0]
    with ItemEdit(lead, waiting, 0) as edit:
        for mention in edit.session.view.annotation.mentions:
            edit.session.remove_mention(mention.id)
        lead.commit(edit.rulings())
    gold = gold_of(project, waiting.item.id)
    assert gold is not None
    assert gold.annotation.mentions == ()
    assert all(a.mention is None for f in gold.annotation.frames for a in f.arguments)


def test_the_story_of_an_atom_names_everybody(project: Project, lead: Reviewing) -> None:
    lead.rule(lead.queue()[0], Choice.READING, because=Because(Reason.AMBIGUOUS, "seen twice"))
    item = items(project)[0]
    lines = [line for told in why(project, item) for line in told.lines()]
    assert any("unanimous: ann, bea" in line for line in lines)
    assert any("by lead" in line and "boundary" in line and "blind" in line for line in lines)
    assert any("because: ambiguous · seen twice" in line for line in lines)
    one = next(told for told in why(project, item) if told.ruling is not None)
    assert [t.story.atom for t in why(project, f"{item}/{one.story.atom}")] == [one.story.atom]
    with pytest.raises(CurateError, match="has no nothing"):
        why(project, f"{item}/nothing")


def test_an_audit_draws_cells_and_counts_what_does_not_hold(project: Project) -> None:
    keep_review_settings(project, replace(review_settings(project), audit=1.0))
    lead = Reviewing(project, "lead", make_id=ids(), now=clock)
    drawn = lead.drawn()
    assert [w.key for w in drawn] == [w.key for w in Reviewing(project, "other").drawn()]
    lead.check(drawn[0], holds=True)
    lead.check(lead.drawn()[0], holds=False)
    audit = lead.audit()
    assert (audit.checked, audit.overturned, audit.drawn) == (2, 1, len(drawn))
    assert audit.interval == wilson(1, 2)


def test_wilsons_interval_is_that_of_the_textbook() -> None:
    low, high = wilson(1, 10)
    assert (round(low, 4), round(high, 4)) == (0.0179, 0.4042)


def test_work_of_the_annotator_gold_is_gold_only_when_taken_over(project: Project) -> None:
    second = items(project)[1]
    says(project, GOLD, second, Mention("x", span("ليلا", SECOND), "Site"))
    merge_project(project)
    gold = gold_of(project, second)
    assert gold is not None
    assert not gold.is_resolved
    assert take_over(project, GOLD, "lead") == 1
    gold = gold_of(project, second)
    assert gold is not None
    assert [m.id for m in gold.annotation.mentions] == ["x"]
    assert gold.stories["x"].how is How.TAKEN
    assert take_over(project, GOLD, "lead") == 0
    assert give_up(project, GOLD, "lead") == 1
    with pytest.raises(CurateError, match="finished nothing"):
        take_over(project, "nobody", "lead")


def test_a_version_in_conflict_is_read_beside_the_annotators_own(
    project: Project, lead: Reviewing
) -> None:
    rule_everything(lead)
    second = items(project)[1]
    own = project.store.annotations.get(second, "ann")
    theirs = replace(own, mentions=(Mention("z", span("ليلا", SECOND), "Site"),))
    add_conflict(project, second, theirs, "a server")
    lead.refresh()
    assert {w.item.id for w in lead.queue()} == {second}
    assert "ann (a server)" in lead.queue()[0].case.readers
    drop_conflict(project, second, "ann", "a server")
    lead.refresh()
    assert lead.queue() == []


def test_settings_that_make_no_sense_are_refused(project: Project) -> None:
    with pytest.raises(CurateError, match="no majority"):
        with_settings(project, required=3, majority=1, readers=())
    with pytest.raises(CurateError, match="no annotator"):
        with_settings(project, required=None, majority=None, readers=("who",))
    with_settings(project, required=1, majority=None, readers=("ann",))
    assert merge_project(project).cases == 0
    with_settings(project, required=2, majority=None, readers=("all",))
    assert merge_project(project).cases == 3


def test_progress_counts_what_everybody_has_done(project: Project, lead: Reviewing) -> None:
    del lead
    says(project, "cleo", items(project)[0], status=Status.FLAGGED)
    standing = standing_of(project)
    shares = {s.annotator: (s.done, s.total, s.flagged) for s in standing.shares}
    assert shares == {"ann": (2, 2, 0), "bea": (2, 2, 0), "cleo": (0, 2, 1)}
    assert [f.annotator for f in standing.flagged] == ["cleo"]
    assert standing.shares[0].seconds == 4.0


def test_only_what_was_touched_is_merged_again_in_a_large_project(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.project.reviewing_session.AT_ONCE", 0)
    rule_everything(Reviewing(project, "lead", make_id=ids(), now=clock))
    merge_project(project)
    looked: list[str] = []
    first, second = items(project)
    monkeypatch.setattr(
        Reviewing, "_keep",
        lambda self, item, document, merged: looked.append(item.id),
    )  # fmt: skip
    Reviewing(project, "lead")
    assert looked == []
    says(project, "ann", second)
    Reviewing(project, "lead")
    assert looked == [second]
    with_settings(project, required=1, majority=None, readers=())
    Reviewing(project, "lead")
    assert looked == [second, first, second]
