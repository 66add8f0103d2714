from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.model.annotation import Argument, Status
from curate.model.comment import Comment
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.searching import Has, Hit, Query, keep_up, search
from tests.small import TEXT, span
from tests.tui.projects import AT, SECOND, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two documents of one sentence each; a1 has confirmed what is proposed for the first."""
    with project_of(tmp_path / "work.curate", TEXT, SECOND) as made:
        session = Annotating(made, "a1")
        session.accept_all()
        session.finish()
        yield made


def found(project: Project, query: Query) -> list[Hit]:
    return list(search(project, query))


def words(project: Project, query: Query) -> list[str]:
    return [hit.text for hit in found(project, query)]


@pytest.mark.parametrize("indexed", [False, True])
def test_words_are_found_with_and_without_the_index(project: Project, *, indexed: bool) -> None:
    if indexed:
        assert keep_up(project) == 2
    hits = found(project, Query("القَصف"))
    assert [(h.document, h.position, h.text) for h in hits] == [
        ("d0", 1, "القصف"), ("d1", 2, "القصف"),
    ]  # fmt: skip
    assert hits[0].span == span("القصف")
    assert words(project, Query("قص")) == ["قص", "قص", "قص"]
    assert not found(project, Query("السفينة"))


def test_what_came_after_the_index_is_found_too(project: Project) -> None:
    keep_up(project)
    text = "بقيت السفينة في المرفأ"
    late = Document("d9", text, {}, (Sentence(Span(0, len(text))),))
    project.store.documents.add([late], ItemUnit.SENTENCE, at=AT)
    assert words(project, Query("سفينه")) == ["سفينة"]
    assert keep_up(project) == 1
    assert words(project, Query("سفينه")) == ["سفينة"]


def test_matter_outside_all_items_is_not_found(project: Project) -> None:
    text = "اشترك في النشرة. وصل القطار."
    kinds = (
        Sentence(Span(0, 16), SentenceKind.BOILERPLATE),
        Sentence(Span(17, len(text))),
    )
    project.store.documents.add([Document("d9", text, {}, kinds)], ItemUnit.SENTENCE, at=AT)
    assert not found(project, Query("النشرة"))
    assert [h.position for h in found(project, Query("القطار"))] == [3]


def test_mentions_of_a_type_are_found_by_their_words(project: Project) -> None:
    assert words(project, Query(type="Group")) == ["المدفعية", "الناطق"], "as in the text"
    (hit,) = found(project, Query("مدفعيه", type="Group"))
    assert (hit.annotator, hit.label, hit.state) == ("a1", "Group", Status.DONE)
    assert not found(project, Query("الريحانية", type="Group"))


def test_frames_of_a_type_are_found_by_their_triggers(project: Project) -> None:
    assert sorted(words(project, Query(type="Fire"))) == ["القصف", "قصفت"]
    assert words(project, Query("قصفت", type="Fire")) == ["قصفت"]


def test_fillers_of_a_role_are_found_by_their_words(project: Project) -> None:
    assert sorted(words(project, Query(role="Agent"))) == ["المدفعية", "الناطق"]
    assert words(project, Query("المدفعية", role="Agent", type="Fire")) == ["المدفعية"]
    assert words(project, Query(role="Said")) == ["القصف"]
    assert not found(project, Query("المدفعية", role="Agent", type="Speech"))


def test_a_bare_filler_is_found(project: Project) -> None:
    session = Annotating(project, "a2")
    session.go_to_position(1)
    frame = session.add_frame("Speech", span("قال"))
    session.add_argument(frame, Argument("Said", span=span("القصف مستمر")))
    assert words(project, Query("مستمر", role="Said")) == ["القصف مستمر"]


def test_items_are_found_by_state_note_and_comment(project: Project) -> None:
    session = Annotating(project, "a2")
    session.go_to_position(2)
    session.set_note("ينظر فيه")
    session.flag("غامض")
    item = session.view.item.id
    project.store.comments.add(item, [Comment("c1", "c1", "a2", AT, "ما رأيك؟")])
    for query in (
        Query(has=frozenset({Has.NOTE})),
        Query(has=frozenset({Has.FLAG})),
        Query(has=frozenset({Has.COMMENT})),
        Query(state=Status.FLAGGED, annotator="a2"),
        Query(state=Status.NEW, annotator="a1"),
        Query(has=frozenset({Has.COMMENT, Has.NOTE})),
    ):
        assert [h.position for h in found(project, query)] == [2], query
    assert words(project, Query("القصف", has=frozenset({Has.FLAG}))) == ["القصف"]
    assert not found(project, Query(state=Status.FLAGGED, annotator="a1"))
    assert not found(project, Query(state=Status.NEW))


def test_only_so_many_hits_are_looked_for(project: Project) -> None:
    assert len(list(search(project, Query("القصف"), limit=1))) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (Query("  "), "nothing to look for"),
        (Query(type="Ship"), "no type Ship"),
        (Query(role="Captain"), "no role Captain"),
        (Query(state=Status.DONE, has=frozenset({Has.FLAG})), "flagged"),
    ],
)
def test_a_query_that_cannot_hold_is_refused(project: Project, query: Query, said: str) -> None:
    with pytest.raises(CurateError, match=said):
        found(project, query)
