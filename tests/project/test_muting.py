"""What is muted proposes nothing more, goes from open items, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.candidates.muting import Source, source_of, unmuted
from curate.cli.main import run
from curate.errors import CurateError
from curate.model.annotation import Fate
from curate.project.annotating import Annotating
from curate.project.muting import find_source, log, mute, muted, named_source
from curate.project.opening import create_project
from curate.project.proposing import producer_of
from curate.project.reproposing import repropose
from tests.small import TEXT, proposals
from tests.tui.projects import AT, project_of
from tests.tui.watching import annotate, press, rows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.model.candidate import Candidate
    from curate.project.opening import Project

TOWN = Source("seed list: الريحانية", "Site")
FIRE = Source("trigger: قصف", "Fire")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two sentences with the same candidates, which say where they come from."""
    said = {"c-town": "seed list: الريحانية; learned too", "c-fire": "trigger: قصف",
            "c-again": "trigger: قصف", "c-gun": "learned from 30 confirmed items"}  # fmt: skip
    with project_of(tmp_path / "w.curate", TEXT, TEXT + " ") as made:
        mentions, frames = proposals()
        for document in ("d0", "d1"):
            found: list[Candidate] = [
                *(replace(m, reason=said.get(m.id, m.reason)) for m in mentions),
                *(replace(f, reason=said.get(f.id, f.reason)) for f in frames),
            ]
            made.store.candidates.put(document, "test/1", found, at=AT)
        yield made


def offered(session: Annotating) -> set[str]:
    return {m.id for m in session.view.mentions} | {f.id for f in session.view.frames}


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("seed list: هيران; learned too", "seed list: هيران"),
        ("named in this document; after محافظة, seed list: هيران", "seed list: هيران"),
        ("named in this document; person: after مبعوث; learned too", "person: after مبعوث"),
        ("in brackets after after وكالة; learned too", "after وكالة"),
        ("short for seed list: حركة", "seed list: حركة"),
        ("trigger: حاور", "trigger: حاور"),
        ("number: 3; learned too", None),
        ("time: 2024-05", None),
        ("learned from 201 confirmed items: ends in ن", None),
    ],
)
def test_a_reason_tells_what_can_be_muted(reason: str, name: str | None) -> None:
    mention = replace(proposals()[0][0], reason=reason)
    assert source_of(mention) == (None if name is None else Source(name, mention.type))


def test_a_frame_loses_the_slot_that_a_muted_mention_filled(project: Project) -> None:
    mute(project, TOWN, "amal")
    session = Annotating(project, "amal")
    assert "c-town" not in offered(session)
    (fire,) = (f for f in session.view.frames if f.id == "c-fire")
    assert [a.role for a in fire.arguments] == ["Agent"]


def test_muting_reaches_every_open_item_and_leaves_what_was_decided(project: Project) -> None:
    first = Annotating(project, "amal")
    first.accept_frame("c-fire")
    mute(project, FIRE, "lead")
    first.refresh()
    assert first.view.annotation.fates["c-fire"] is Fate.ACCEPTED
    assert "c-again" not in offered(first)
    first.next()
    assert not {"c-fire", "c-again"} & offered(first)
    mute(project, FIRE, "lead", is_muted=False)
    first.refresh()
    assert {"c-fire", "c-again"} <= offered(first)


def test_every_muting_is_kept_with_who_did_it(project: Project) -> None:
    assert mute(project, TOWN, "amal")
    assert not mute(project, TOWN, "basim")
    assert mute(project, TOWN, "basim", is_muted=False)
    assert [(m.by, m.is_muted) for m in log(project.store)] == [("amal", True), ("basim", False)]
    assert muted(project.store) == frozenset()


def test_the_projects_producer_leaves_out_what_is_muted(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.curate") as project:
        store = project.store
        from curate.model.document import Document, Sentence
        from curate.model.item import ItemUnit
        from curate.model.span import Span

        text = "قصفت المدفعية مدينة حلب صباح أمس."
        document = Document("d", text, {}, (Sentence(Span(0, len(text))),))
        store.documents.add([document], ItemUnit.SENTENCE, at=AT)
        found = producer_of(project).propose(document)
        source = next(s for c in found if (s := source_of(c)) is not None)
        mute(project, source, "amal")
        left = producer_of(project).propose(document)
        assert {source_of(c) for c in found} - {source_of(c) for c in left} == {source}
        assert left == unmuted(found, frozenset({source}))
        repropose(project, producer_of(project))
        assert source not in {source_of(c) for c in store.candidates.of("d")[0]}


def test_names_become_sources(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.curate") as project:
        event = next(iter(project.schema.event_types))
        entity = next(iter(project.schema.entity_types))
        assert named_source(project, "عاد", event) == Source("trigger: عاد", event)
        assert named_source(project, "حلب", entity) == Source("seed list: حلب", entity)
        assert named_source(project, "after بلدة", entity) == Source("after بلدة", entity)
        with pytest.raises(CurateError, match="no type"):
            named_source(project, "حلب", "Nothing")
        mute(project, Source("seed list: حلب", entity), "a")
        assert find_source(project, "حلب", None) == [Source("seed list: حلب", entity)]


def test_the_command_line_mutes_lists_and_unmutes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "work"]) == 0
    with create_project(tmp_path / "other.curate") as project:
        entity = next(iter(project.schema.entity_types))
    here = ["-p", "work"]
    assert run([*here, "seeds", "mute", "حلب", "--type", entity]) == 0
    capsys.readouterr()
    assert run([*here, "seeds", "muted"]) == 0
    assert capsys.readouterr().out == f"{entity}\tseed list: حلب\n"
    assert run([*here, "seeds", "unmute", "حلب"]) == 0
    assert run([*here, "seeds", "unmute", "حلب"]) == 1
    assert "is not muted" in capsys.readouterr().err


async def test_one_key_mutes_what_proposed_the_focus_and_undo_takes_it_back(
    project: Project,
) -> None:
    session = Annotating(project, "amal")
    async with workbench(session).run_test(size=(110, 24)) as pilot:
        await press(pilot, "w")
        assert any("M mutes it" in row for row in rows(pilot))
        await press(pilot, "w", "M")
        assert not {"c-fire", "c-again"} & offered(session)
        assert any("muted in this project: trigger" in row for row in rows(pilot))
        await press(pilot, "u")
        assert {"c-fire", "c-again"} <= offered(session)
        assert muted(project.store) == frozenset()
        annotate(pilot).editor.look("c-fire")
        await press(pilot, "M", "x", "u")
        assert muted(project.store) == {FIRE}


async def test_what_comes_from_no_entry_cannot_be_muted(project: Project) -> None:
    session = Annotating(project, "amal")
    async with workbench(session).run_test(size=(110, 24)) as pilot:
        screen = annotate(pilot)
        screen.editor.focus = screen.editor.atoms.find("c-gun")
        await press(pilot, "M")
        assert any("no list entry or rule" in row for row in rows(pilot))
        assert log(project.store) == []
