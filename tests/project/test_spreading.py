from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Fate, Status
from curate.model.candidate import MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.edits import EditRefused
from curate.project.opening import Project, create_project
from curate.project.spreading import Does, Kind, Spread, carry_out, places
from tests.small import small_schema
from tests.tui.projects import AT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCES = (
    "دخل اللواء القرية صباحاً",
    "ثم خرج من القرية مساء",
    "وبقي للقرية طريق واحد",
    "والقرية خالية",
)
TEXT = " ".join(SENTENCES)


def spans() -> list[Span]:
    found, at = [], 0
    for sentence in SENTENCES:
        start = TEXT.index(sentence, at)
        at = start + len(sentence)
        found.append(Span(start, at))
    return found


def village(number: int, words: str = "القرية") -> Span:
    start = TEXT.index(words, spans()[number].start)
    return Span(start, start + len(words))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Annotating]:
    """Four sentences that name a village; the second proposes it, the third proposes it wrongly."""
    with create_project(tmp_path / "work.curate") as made:
        document = Document("d", TEXT, {}, tuple(map(Sentence, spans())))
        made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
        made.store.candidates.put(
            "d", "test/1",
            [
                MentionCandidate("c-second", village(1), "Site", None, 0.9, "test/1", "list"),
                MentionCandidate("c-third", village(2, "لقرية"), "Group", None, 0.4, "test/1", "l"),
            ],
            at=AT,
        )  # fmt: skip
        yield Annotating(Project(made.path, small_schema(), made.store), "a1")


def said(session: Annotating) -> list[list[tuple[str, str]]]:
    """Words and type of the mentions of each item."""
    found = session.project.store.annotations.of_document("d")
    by_item = {a.item: a for a in found}
    return [
        [(m.span.of(TEXT), m.type) for m in by_item[s].mentions] if s in by_item else []
        for s in spans()
    ]


def test_each_place_says_what_would_be_done_there(session: Annotating) -> None:
    session.add_mention(village(0), "Site")
    found = places(session, village(0), Kind("Site"), Spread.MARK)
    assert [(o.span.of(TEXT), o.does) for o in found] == [
        ("القرية", Does.ACCEPT), ("لقرية", Does.RETYPE), ("القرية", Does.ADD),
    ]  # fmt: skip


def test_the_same_is_done_everywhere_and_one_undo_takes_all_back(session: Annotating) -> None:
    session.add_mention(village(0), "Site")
    before = said(session)
    found = places(session, village(0), Kind("Site"), Spread.MARK)
    assert carry_out(session, found, Kind("Site")) == 3
    assert said(session) == [[("القرية", "Site")], [("القرية", "Site")], [("لقرية", "Site")],
                             [("القرية", "Site")]]  # fmt: skip
    third = session.project.store.annotations.of_document("d")[2]
    assert third.fates["c-third"] is Fate.CORRECTED
    assert not places(session, village(0), Kind("Site"), Spread.MARK)
    session.undo()
    assert said(session) == before
    session.redo()
    assert said(session)[3] == [("القرية", "Site")]


def test_a_place_that_is_switched_off_is_left_alone(session: Annotating) -> None:
    session.add_mention(village(0), "Site")
    found = places(session, village(0), Kind("Site"), Spread.MARK)
    carry_out(session, found[:1], Kind("Site"))
    assert said(session)[2:] == [[], []]


def test_the_same_is_rejected_everywhere(session: Annotating) -> None:
    session.add_mention(village(0), "Site")
    found = places(session, village(0), Kind("Site"), Spread.REJECT)
    assert [o.does for o in found] == [Does.REMOVE, Does.REJECT]
    carry_out(session, found, Kind("Site"))
    assert said(session) == [[], [], [], []]
    second = session.project.store.annotations.of_document("d")[1]
    assert second.fates == {"c-second": Fate.REJECTED}


def test_closed_items_are_left_alone(session: Annotating) -> None:
    session.go_to_position(4)
    session.finish()
    session.go_to_position(1)
    session.add_mention(village(0), "Site")
    found = places(session, village(0), Kind("Site"), Spread.MARK)
    assert [o.item.span for o in found] == spans()[1:3]


def test_nothing_is_written_when_an_item_was_closed_meanwhile(session: Annotating) -> None:
    session.add_mention(village(0), "Site")
    found = places(session, village(0), Kind("Site"), Spread.MARK)
    other = Annotating(session.project, "a1")
    other.go_to_position(3)
    other.skip("")
    with pytest.raises(EditRefused, match="closed meanwhile"):
        carry_out(session, found, Kind("Site"))
    assert said(session)[1] == []
    statuses = [a.status for a in session.project.store.annotations.of_document("d")]
    assert statuses == [Status.DRAFT, Status.SKIPPED]
