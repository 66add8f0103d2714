"""Selected text: its edges move by the edge keys, and the schema's keys mark it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import events

from curate.project.annotating import Annotating
from curate.project.opening import Project, open_project
from tests.small import TEXT, small_schema, span
from tests.tui.projects import SECOND, project_of
from tests.tui.watching import annotate, press, rows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Annotating]:
    """A session without candidates, and with entity types on `=` and `-`."""
    schema = small_schema()
    types = {n: replace(t, key=k) for (n, t), k in
             zip(schema.entity_types.items(), ("Equal", "Minus"), strict=True)}  # fmt: skip
    with project_of(tmp_path / "w.curate", SECOND, TEXT) as made:
        yield Annotating(Project(made.path, replace(schema, entity_types=types), made.store), "a1")


async def test_with_text_selected_the_clitic_keys_cut_and_shift_marks(bare: Annotating) -> None:
    async with workbench(bare).run_test(size=(100, 24)) as pilot:
        screen = annotate(pilot)
        screen.passage.select(span("القرية", SECOND))
        await press(pilot, "equals_sign")
        assert screen.selection == span("قرية", SECOND)
        assert any("+ Group" in row for row in rows(pilot))
        await press(pilot, "plus")
    (mention,) = bare.view.annotation.mentions
    assert (mention.type, mention.span) == ("Group", span("قرية", SECOND))


async def test_a_chosen_word_leaves_out_what_is_written_onto_its_article(tmp_path: Path) -> None:
    text = "هرع الناس للقرية"
    with project_of(tmp_path / "w.curate", text) as made:
        session = Annotating(made, "a1")
        async with workbench(session).run_test(size=(100, 24)) as pilot:
            screen = annotate(pilot)
            await press(pilot, "m")
            assert screen.pick is not None
            chosen = {text[s.start : s.end]: h for h, s in screen.pick.picking.spans.items()}
            await press(pilot, *chosen["للقرية"])
            assert screen.selection == span("لقرية", text)
            await press(pilot, "equals_sign")
            assert screen.selection == span("للقرية", text)


async def test_marking_the_same_span_twice_makes_one_mention(session: Annotating) -> None:
    town = span("الريحانية")
    async with workbench(session).run_test(size=(100, 24)) as pilot:
        screen = annotate(pilot)
        screen.passage.select(town)
        await press(pilot, "2")
        assert [(m.span, m.candidate) for m in session.view.annotation.mentions] == [
            (town, "c-town")
        ]
        before = session.view.annotation
        screen.passage.select(town)
        await press(pilot, "m", "2")
        assert session.view.annotation == before
        assert any("already" in row for row in rows(pilot))


async def test_a_project_that_cannot_be_written_does_not_say_saved(session: Annotating) -> None:
    with open_project(session.project.path, read_only=True) as project:
        schema = small_schema()
        reader = Annotating(Project(project.path, schema, project.store), "a1")
        async with workbench(reader).run_test(size=(120, 24)) as pilot:
            await pilot.pause()
            assert "read-only" in rows(pilot)[0]
            assert "saved" not in rows(pilot)[0]


@pytest.mark.parametrize(("alef", "key"), [("ا", "b"), ("إ", "T"), ("آ", "B"), ("أ", "G")])
async def test_the_lam_alef_key_of_windows_is_the_key_it_sits_on(
    session: Annotating, alef: str, key: str
) -> None:
    app = workbench(session)
    came: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        first, second = events.Key("ل", "ل"), events.Key(alef, alef)
        second.time = first.time + 0.001
        for event in (first, second):
            came += [k.key for k in app._keys_of(event)]
        await pilot.pause(0.05)
    assert came == [key]


async def test_lam_alone_and_alef_alone_stay_the_keys_they_are(session: Annotating) -> None:
    async with workbench(session).run_test(size=(80, 24)) as pilot:
        await pilot.press("ل")
        await pilot.pause(0.05)
        assert annotate(pilot).has_class("-asking")
        await press(pilot, "escape")
