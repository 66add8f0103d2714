from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from curate.model.span import Span
from curate.project.activity import IDLE_AFTER, Activity
from curate.project.annotating import Annotating
from curate.project.effort import BANDS, band_of, efforts
from curate.project.effort_lines import effort_lines
from tests.small import TEXT, span
from tests.tui.projects import SECOND, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Annotating]:
    """A session whose time the test moves: candidates in the first sentence, none in the second."""
    with project_of(tmp_path / "w.curate", TEXT, SECOND) as project:
        made = Annotating(project, "amal")
        made.activity = Activity(clock)
        yield made


def spend(session: Annotating, clock: Clock, seconds: float, keys: int) -> None:
    """Let time pass over some keys."""
    for _ in range(keys):
        clock.now += seconds / keys
        session.activity.key()


def test_a_pause_counts_as_half_a_minute_at_most(clock: Clock) -> None:
    activity = Activity(clock)
    clock.now += 3600
    activity.key()
    clock.now += 1
    activity.seen()
    assert activity.take() == (IDLE_AFTER + 1, 1)
    assert activity.take() == (0.0, 0)


def test_effort_counts_what_each_decision_cost(session: Annotating, clock: Clock) -> None:
    spend(session, clock, 1.0, 1)
    session.accept_frame("c-fire")
    spend(session, clock, 5.0, 2)
    session.reject("c-again")
    spend(session, clock, 4.0, 3)
    session.accept_mention("c-voice")
    spend(session, clock, 2.0, 1)
    session.finish()
    (effort,) = efforts(session.project)
    assert (effort.annotator, effort.items, effort.decisions) == ("amal", 1, 4)
    assert (effort.mentions, effort.frames) == (3, 1)
    assert effort.seconds == pytest.approx(12.0)
    assert effort.keys == 7
    assert (effort.fast_accepts, effort.accepts) == (1, 2)
    costs = {c.action: c for c in effort.costs}
    assert (costs["reject"].count, costs["reject"].keys) == (1, 2.0)
    assert costs["reject"].seconds == pytest.approx(5.0)


def test_effort_tells_what_became_of_candidates_by_type_and_score(session: Annotating) -> None:
    session.accept_frame("c-fire")
    session.change_frame(session.view.annotation.frames[0].id, event_type="Speech")
    session.reject("c-speech")
    (effort,) = efforts(session.project)
    types = {s.name: (s.unchanged, s.corrected, s.rejected) for s in effort.types}
    assert types["Fire"] == (0, 1, 0)
    assert types["Speech"] == (0, 0, 1)
    assert types["Group"] == (1, 0, 0)
    bands = {s.name: s.decided for s in effort.bands}
    assert bands == {"0.70–0.80": 1, "0.80–0.90": 1, "0.90–0.95": 2}


def test_additions_are_what_overlaps_no_candidate(session: Annotating) -> None:
    session.add_mention(span("الريحانية صباحا"), "Site")
    session.add_mention(span("صباحا"), "Site")
    session.add_frame("Fire", span("مستمر"))
    session.finish()
    (effort,) = efforts(session.project, "amal")
    assert (effort.added_mentions, effort.added_frames) == (1, 1)


def test_undo_costs_too_and_imports_cost_nobody(session: Annotating) -> None:
    session.reject("c-fire")
    session.undo()
    (effort,) = efforts(session.project)
    assert (effort.decisions, effort.undone) == (2, 1)
    assert efforts(session.project, "nobody") == []


def test_the_table_names_every_figure_and_json_holds_them(session: Annotating) -> None:
    session.accept_all()
    session.finish()
    found = efforts(session.project)
    text = "\n".join(effort_lines(found))
    for words in ("amal: 1 items closed", "accept all", "by frame:", "added where nothing"):
        assert words in text
    assert json.loads(json.dumps(found[0].as_json()))["items"] == 1
    assert list(effort_lines([])) == ["nobody has decided anything yet"]


def test_every_score_has_one_band() -> None:
    assert band_of(0.0) == "0.00–0.50"
    assert band_of(1.0) == "0.95–1.00"
    assert len({band_of(n / 100) for n in range(101)}) == len(BANDS)


def test_a_span_before_the_item_is_no_candidate_of_it(session: Annotating) -> None:
    session.next()
    session.add_mention(Span(0, 3), "Site")
    session.finish()
    (effort,) = efforts(session.project)
    assert effort.added_mentions == 1
