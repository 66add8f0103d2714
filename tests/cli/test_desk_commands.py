"""`curate search`, `comments`, `queue` on a small project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from curate.cli.main import run
from curate.project.annotating import Annotating
from curate.project.opening import open_project
from curate.project.talking import Talker

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "وصلت القافلة إلى الساحل صباح أمس. وأعلنت البلدية فتح المُستودع القديم أمام العائلات.\n"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path, text = tmp_path / "p.curate", tmp_path / "a.txt"
    text.write_text(ARTICLE, encoding="utf-8")
    assert run(["init", str(path)]) == 0
    assert run(["-p", str(path), "add", "--no-candidates", str(text)]) == 0
    capsys.readouterr()
    return str(path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(list(arguments)) == code
    captured = capsys.readouterr()
    return captured.err if code else captured.out


def test_a_search_prints_sentences_or_json(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(capsys, "-p", project, "search", "المستودع")
    assert line.startswith("2  ")
    assert "«المُستودع»" in line
    hit = json.loads(said(capsys, "-p", project, "search", "المستودع", "--json"))
    assert ARTICLE[hit["start"] : hit["end"]] == hit["text"] == "المُستودع"
    assert said(capsys, "-p", project, "search", "السفينة") == ""


def test_a_search_for_nothing_or_an_unknown_type_is_refused(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nothing to look for" in said(capsys, "-p", project, "search", code=1)
    assert "no type Ship" in said(capsys, "-p", project, "search", "--type", "Ship", code=1)


def test_comments_are_printed_with_what_they_are_about(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(project) as opened:
        item = Annotating(opened, "a1").view.item.id
        Talker(opened, "a1").begin(item, "أهو مكان؟")
        other = Talker(opened, "lead")
        other.begin(item, "انظر الدليل")
        other.resolve(other.on_item(item)[1])
    assert "a1: أهو مكان؟" in said(capsys, "-p", project, "comments")
    told = [json.loads(x) for x in said(capsys, "-p", project, "comments", "--json").splitlines()]
    assert [t["open"] for t in told] == [False, True]
    assert "انظر" not in said(capsys, "-p", project, "comments", "--open")


def test_the_queue_says_and_sets_its_order(
    project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "-p", project, "queue") == "document\n"
    assert said(capsys, "-p", project, "queue", "random", "--seed", "3") == "random --seed 3\n"
    assert said(capsys, "-p", project, "queue") == "random --seed 3\n"


def test_the_tour_needs_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs a terminal" in said(capsys, "tour", code=3)
