from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.model.annotation import Argument, Status
from curate.tui.atoms import Atom, Kind
from curate.tui.editor import CannotDo, Editor
from tests.small import span

if TYPE_CHECKING:
    from curate.project.annotating import Annotating


@pytest.fixture
def editor(session: Annotating) -> Editor:
    return Editor(session)


def atom(editor: Editor, words: str) -> Atom:
    """The mention on these words, or the frame they trigger."""
    return next(a for a in editor.atoms.all if a.span == span(words))


def roles(editor: Editor) -> list[tuple[str, str]]:
    """Role and filler text of the focused frame."""
    text = editor.view.document.text
    found = []
    for argument in editor.focused_frame().arguments:
        filler = editor.atoms.filler_span(argument)
        assert filler is not None
        found.append((argument.role, filler.of(text)))
    return found


def test_the_focus_begins_at_the_first_open_frame(editor: Editor) -> None:
    assert editor.focused() == atom(editor, "قصفت")


def test_accepting_a_frame_takes_its_mentions_along_and_moves_on(editor: Editor) -> None:
    assert not editor.accept()
    assert [a.proposed for a in (atom(editor, "قصفت"), atom(editor, "المدفعية"))] == [False] * 2
    assert editor.focused() == atom(editor, "قال")


def test_with_nothing_open_accepting_closes_the_item_and_opens_the_next(editor: Editor) -> None:
    editor.accept_all()
    first = editor.view.item.id
    assert editor.accept()
    assert editor.view.item.id != first
    assert editor.session.go_to(first).annotation.status is Status.DONE


def test_rejecting_moves_to_the_next_open_one(editor: Editor) -> None:
    editor.reject()
    assert all(a.span != span("قصفت") for a in editor.atoms.all)
    assert editor.focused() == atom(editor, "قال")


def test_rejecting_what_was_confirmed_takes_it_out(editor: Editor) -> None:
    editor.accept_all()
    editor.focus = atom(editor, "المدفعية")
    editor.reject()
    assert all(a.span != span("المدفعية") for a in editor.atoms.all)


def test_tab_walks_in_reading_order_and_round_the_end(editor: Editor) -> None:
    walked = []
    current = editor.focus
    for _ in editor.atoms.all:
        walked.append(current)
        current = editor.atoms.step(current, 1)
    assert walked == list(editor.atoms.all)
    assert current == editor.atoms.all[0]
    starts = [a.span.start for a in editor.atoms.all]
    assert starts == sorted(starts)


def test_a_filler_goes_to_the_first_open_role_that_allows_it(editor: Editor) -> None:
    editor.add_frame("Fire", span("مستمر"))
    assert editor.fill(atom(editor, "المدفعية")) == "Agent"
    assert editor.fill(atom(editor, "الريحانية")) == "Goal"
    assert roles(editor) == [("Agent", "المدفعية"), ("Goal", "الريحانية")]


def test_filling_again_takes_the_filler_out(editor: Editor) -> None:
    editor.add_frame("Fire", span("مستمر"))
    editor.fill(atom(editor, "المدفعية"))
    editor.fill(atom(editor, "المدفعية"))
    assert roles(editor) == []


def test_naming_a_role_moves_the_filler_there(editor: Editor) -> None:
    editor.fill(atom(editor, "المدفعية"), "Goal")
    assert sorted(roles(editor)) == [("Goal", "الريحانية"), ("Goal", "المدفعية")]


def test_a_single_role_exchanges_its_filler(editor: Editor) -> None:
    editor.fill(atom(editor, "الناطق"), "Agent")
    assert roles(editor) == [("Agent", "الناطق"), ("Goal", "الريحانية")]


def test_a_frame_fills_a_role_that_takes_events(editor: Editor) -> None:
    editor.focus = atom(editor, "قال")
    editor.fill(atom(editor, "قصفت"), "Said")
    assert ("Said", "قصفت") in roles(editor)


def test_a_bare_span_fills_a_role_that_takes_one(editor: Editor) -> None:
    editor.focus = atom(editor, "قال")
    assert editor.fill(span("القصف مستمر")) == "Said"
    assert Argument("Said", span=span("القصف مستمر")) in editor.focused_frame().arguments


def test_what_may_not_fill_a_role_is_refused(editor: Editor) -> None:
    with pytest.raises(CannotDo, match="Agent"):
        editor.fill(atom(editor, "الريحانية"), "Agent")
    with pytest.raises(CannotDo):
        editor.fill(editor.focused())


def test_a_slot_is_emptied(editor: Editor) -> None:
    editor.empty_slot("Agent")
    assert roles(editor) == [("Goal", "الريحانية")]


def test_moving_a_boundary_of_a_candidate_makes_it_ones_own(editor: Editor) -> None:
    editor.focus = atom(editor, "الريحانية")
    editor.set_span(editor.edge(editor.focused().span, "start", forward=False))
    assert editor.focused().span == span("بلدة الريحانية")
    assert not editor.focused().proposed
    editor.set_span(editor.clitic(span("الريحانية"), head=True))
    assert editor.focused().span == span("ريحانية")


def test_retyping_keeps_the_focus_and_says_what_no_longer_fits(editor: Editor) -> None:
    editor.accept()
    editor.focus = atom(editor, "المدفعية")
    notice = editor.retype("Site")
    assert editor.focused().type == "Site"
    assert notice is not None
    assert "Agent" in notice


def test_undo_goes_back_to_where_it_was_done(editor: Editor) -> None:
    editor.accept_all()
    first = editor.view.item.id
    editor.accept()
    editor.travel(back=True)
    assert editor.view.item.id == first
    editor.travel(back=True)
    assert len(editor.atoms.open) == 6
    editor.travel(back=False)
    assert not editor.atoms.open


def test_links_are_made_and_taken_out(editor: Editor) -> None:
    editor.focus = atom(editor, "قصفت")
    assert editor.toggle_link(atom(editor, "القصف"))
    assert [a.span for a in editor.linked(editor.focused())] == [span("القصف")]
    assert not editor.toggle_link(atom(editor, "القصف"))


def test_a_slot_number_beyond_the_card_is_refused(editor: Editor) -> None:
    assert editor.role_of_slot(1) == "Agent"
    with pytest.raises(CurateError, match="9"):
        editor.role_of_slot(9)
    editor.focus = next(a for a in editor.atoms.all if a.kind is Kind.MENTION)
    with pytest.raises(CannotDo):
        editor.role_of_slot(1)


def test_an_empty_item_has_no_focus(editor: Editor) -> None:
    editor.session.next()
    editor.enter_item()
    assert editor.focus is None
    with pytest.raises(CannotDo):
        editor.reject()


def test_correcting_a_candidate_is_one_step_back(editor: Editor) -> None:
    editor.fill(atom(editor, "الناطق"), "Agent")
    assert editor.view.can_undo
    editor.travel(back=True)
    assert not editor.view.can_undo
    assert editor.atoms.open
    assert all(a.proposed for a in editor.atoms.all)


def test_a_refused_correction_leaves_the_candidate_alone(editor: Editor) -> None:
    editor.focus = atom(editor, "الريحانية")
    with pytest.raises(CurateError):
        editor.retype("no such type")
    assert editor.session.view.annotation.status is Status.NEW
    assert atom(editor, "الريحانية").proposed
