from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.model.comment import CommentKind
from curate.project.adding import add
from curate.project.exchanging import export
from curate.project.opening import create_project
from curate.project.talking import (
    Talker,
    counts,
    take_in,
    thread_as_json,
    threads,
    words_about,
)
from tests.small import TEXT, counter, span
from tests.tui.projects import SECOND, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_of(tmp_path / "work.curate", TEXT, SECOND) as made:
        yield made


@pytest.fixture
def item(project: Project) -> str:
    first = project.store.items.first()
    assert first is not None
    return first.id


def talkers(project: Project) -> tuple[Talker, Talker]:
    ids, ticks = counter(), count(10)
    annotator = Talker(project, "a1", ids, lambda: f"2026-01-01T00:00:{next(ticks)}")
    return annotator, Talker(project, "lead", ids, lambda: f"2026-01-01T00:00:{next(ticks)}")


def test_annotator_and_lead_talk_until_the_matter_is_settled(project: Project, item: str) -> None:
    annotator, lead = talkers(project)
    annotator.begin(item, " أهو مكان أم جماعة؟ ", about="c-town", span=span("الريحانية"))
    (thread,) = lead.on_item(item)
    assert (thread.unread, words_about(project, thread)) == (1, "الريحانية")
    lead.read([thread])
    lead.reply(thread, "مكان")
    assert counts(project, item, "a1") == (1, 1)
    (thread,) = annotator.on_item(item)
    annotator.read([thread])
    annotator.resolve(thread, "شكراً")
    (thread,) = annotator.on_item(item)
    assert counts(project, item, "a1") == (0, 0)
    assert [c.text for c in thread.comments] == ["أهو مكان أم جماعة؟", "مكان", "شكراً"]
    assert not threads(project, only_open=True)


def test_an_answer_opens_a_settled_matter_again(project: Project, item: str) -> None:
    annotator, lead = talkers(project)
    annotator.begin(item, "سؤال")
    lead.resolve(lead.on_item(item)[0])
    annotator.reply(annotator.on_item(item)[0], "لم أفهم")
    (thread,) = threads(project, only_open=True)
    assert thread.comments[-1].kind is CommentKind.REOPEN


def test_a_late_clock_does_not_put_an_answer_first(project: Project, item: str) -> None:
    annotator, _ = talkers(project)
    annotator.begin(item, "سؤال")
    slow = Talker(project, "lead", now=lambda: "2020-01-01")
    slow.reply(slow.on_item(item)[0], "جواب")
    assert [c.text for c in slow.on_item(item)[0].comments] == ["سؤال", "جواب"]


def test_two_copies_of_a_project_put_together_what_was_said(
    project: Project, item: str, tmp_path: Path
) -> None:
    with project_of(tmp_path / "copy.curate", TEXT, SECOND) as copy:
        Talker(project, "a1").begin(item, "هنا")
        Talker(copy, "a2").begin(item, "هناك")
        for thread in threads(copy):
            assert take_in(project, thread.item, thread.comments) == 1
            assert take_in(project, thread.item, thread.comments) == 0
    said = {c.text for t in threads(project) for c in t.comments}
    assert said == {"هنا", "هناك"}


def test_threads_are_told_as_json(project: Project, item: str) -> None:
    Talker(project, "a1").begin(item, "سؤال", about="c-town", span=span("الريحانية"))
    told = thread_as_json(project, threads(project, author="a1", item=item)[0])
    assert (told["words"], told["open"], told["position"]) == ("الريحانية", True, 1)
    assert not threads(project, author="nobody")


def test_saying_nothing_is_refused(project: Project, item: str) -> None:
    with pytest.raises(CurateError, match="say something"):
        Talker(project, "a1").begin(item, "  ")


def test_threads_travel_with_curate_jsonl(project: Project, item: str, tmp_path: Path) -> None:
    annotator, lead = talkers(project)
    annotator.begin(item, "سؤال", about="c-town", span=span("الريحانية"))
    lead.resolve(lead.on_item(item)[0], "جواب")
    out = tmp_path / "out.jsonl"
    export(project, "jsonl", out)
    with create_project(tmp_path / "other.curate") as other:
        add(other, [out])
        add(other, [out])
        assert threads(other) == threads(project)
