from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.project.agreeing import AgreementOptions, agreement_of_project
from curate.project.annotating import Annotating
from curate.project.control import Control, control_state, hidden_items, set_control, share_of
from curate.project.effort import efforts
from tests.small import TEXT
from tests.tui.projects import SECOND, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_of(tmp_path / "w.curate", TEXT, SECOND) as made:
        yield made


def ids(project: Project) -> list[str]:
    return [item.id for item in project.store.items.all()]


def test_the_lot_falls_on_about_the_share_and_on_the_same_items_each_time() -> None:
    control = Control(0.2, 7)
    drawn = [control.hides(f"d{n}:0-{n + 5}") for n in range(5000)]
    assert drawn == [Control(0.2, 7).hides(f"d{n}:0-{n + 5}") for n in range(5000)]
    assert 0.17 < sum(drawn) / len(drawn) < 0.23
    wider = [Control(0.4, 7).hides(f"d{n}:0-{n + 5}") for n in range(5000)]
    assert all(b for a, b in zip(drawn, wider, strict=True) if a)


def test_nothing_is_proposed_in_a_control_item_to_anybody(project: Project) -> None:
    set_control(project, 1.0)
    for name in ("amal", "basim"):
        view = Annotating(project, name).view
        assert view.document.text == TEXT
        assert view.mentions == ()
        assert view.frames == ()


def test_the_first_decision_fixes_the_condition_for_everybody(project: Project) -> None:
    set_control(project, 1.0)
    amal = Annotating(project, "amal")
    amal.finish()
    set_control(project, 0.0)
    assert Annotating(project, "basim").view.frames == ()
    basim = Annotating(project, "basim")
    basim.next()
    basim.finish()
    state = control_state(project)
    assert (state.shown, state.hidden) == (1, 1)


def test_items_that_were_worked_on_keep_their_candidates(project: Project) -> None:
    Annotating(project, "amal").accept_frame("c-fire")
    set_control(project, 1.0)
    assert Annotating(project, "basim").view.frames != ()


def test_a_refused_decision_records_no_condition(project: Project) -> None:
    set_control(project, 1.0)
    amal, other = Annotating(project, "amal"), Annotating(project, "amal")
    other.finish()
    counted = control_state(project)
    with pytest.raises(CurateError):
        amal.skip("")
    assert control_state(project) == counted


def test_agreement_compares_control_items_with_the_others(project: Project) -> None:
    assert hidden_items(project.store, "d0") is None
    set_control(project, 0.5, 3)
    for name in ("amal", "basim"):
        session = Annotating(project, name)
        for item in ids(project):
            session.go_to(item)
            session.finish()
    state = control_state(project)
    assert state.shown + state.hidden == 2
    report = agreement_of_project(project, AgreementOptions())
    assert report.help.is_controlled
    assert report.help.assisted == state.shown
    conditions = [c for e in efforts(project) for c in e.conditions]
    assert sum(c.items for c in conditions) == 4


@pytest.mark.parametrize(("text", "share"), [("0.1", 0.1), ("10%", 0.1), (" 5 %", 0.05)])
def test_shares_are_read(text: str, share: float) -> None:
    assert share_of(text) == pytest.approx(share)


@pytest.mark.parametrize("share", ["1.5", "-1", "ten"])
def test_what_is_no_share_is_refused(project: Project, share: str) -> None:
    with pytest.raises(CurateError):
        set_control(project, share_of(share))
