"""`curate gold` on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from curate.cli.main import run
from curate.model.annotation import Mention
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.opening import create_project
from tests.project.reviewed import clock, says
from tests.small import TEXT, span

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One sentence by two annotators and by the annotator gold; a mention differs."""
    path = tmp_path / "work.curate"
    monkeypatch.setenv("CURATE_PROJECT", str(path))
    monkeypatch.setenv("CURATE_ANNOTATOR", "lead")
    with create_project(path) as made:
        document = Document("d", TEXT, {}, (Sentence(Span(0, len(TEXT))),))
        made.store.documents.add([document], ItemUnit.SENTENCE, at=clock())
        [item] = (i.id for i in made.store.items.all())
        first, second = list(made.schema.entity_types)[:2]
        shared = Mention("m", span("المدفعية"), first)
        says(made, "ann", item, shared, Mention("t", span("الريحانية"), first))
        says(made, "bea", item, shared, Mention("t", span("الريحانية"), second))
        says(made, "gold", item, Mention("g", span("بلدة"), second))
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command; return its exit code and what it printed."""
    code = run(words)
    return code, capsys.readouterr().out


def test_a_merge_leaves_with_4_while_cases_are_open(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = said(capsys, "gold", "merge", "--json")
    assert code == 4
    assert json.loads(out) == {
        "items": 1, "resolved": 0, "open_cases": 1, "changed": 1, "single": 0, "dropped": [],
    }  # fmt: skip
    assert said(capsys, "gold", "merge", "--required", "3")[0] == 0
    code, out = said(capsys, "gold", "status", "--json")
    assert json.loads(out)["missing"] == 1


def test_an_item_tells_the_story_of_its_gold(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "gold", "merge")
    _, out = said(capsys, "gold", "list", "--open", "--json")
    item = json.loads(out)["item"]
    code, out = said(capsys, "gold", "why", item, "--json")
    [told] = json.loads(out)
    assert code == 0
    assert (told["how"], told["annotators"]) == ("unanimous", ["ann", "bea"])
    assert said(capsys, "gold", "why", f"{item}/{told['atom']}")[1].startswith(told["atom"])
    assert said(capsys, "gold", "why", "nowhere")[0] == 1


def test_work_from_elsewhere_is_taken_over_and_given_up(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "gold", "take", "gold") == (0, "1 items: gold taken over\n")
    assert json.loads(said(capsys, "gold", "status", "--json")[1])["resolved"] == 1
    assert said(capsys, "gold", "take", "gold", "--back")[0] == 0
    assert json.loads(said(capsys, "gold", "status", "--json")[1])["resolved"] == 0
    assert said(capsys, "gold", "take", "nobody")[0] == 1


def test_the_screens_need_a_terminal(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review"]) == 3
    assert "curate gold merge" in capsys.readouterr().err
