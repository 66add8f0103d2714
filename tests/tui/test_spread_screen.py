from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.opening import Project, create_project
from tests.small import small_schema
from tests.tui.projects import AT
from tests.tui.watching import SMALL, annotate, press, rows, workbench

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND, THIRD = "دخل اللواء القرية", "خرج من القرية", "والقرية خالية"
TEXT = f"{FIRST} {SECOND} {THIRD}"


def project(path: Path) -> Project:
    made = create_project(path)
    found, at = [], 0
    for words in (FIRST, SECOND, THIRD):
        start = TEXT.index(words, at)
        at = start + len(words)
        found.append(Sentence(Span(start, at)))
    document = Document("d", TEXT, {}, tuple(found))
    made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
    return Project(made.path, small_schema(), made.store)


def marked(opened: Project) -> list[int]:
    said = opened.store.annotations.of_document("d")
    return [len(a.mentions) for a in said]


async def test_the_same_words_are_marked_elsewhere_but_where_it_is_switched_off(
    tmp_path: Path,
) -> None:
    with project(tmp_path / "work.curate") as opened:
        session = Annotating(opened, "a1")
        start = TEXT.index("القرية")
        session.add_mention(Span(start, start + 6), "Site")
        async with workbench(session).run_test(size=SMALL) as pilot:
            await press(pilot, "خ")
            assert any("2 of 2" in row for row in rows(pilot))
            await press(pilot, "space", "enter")
            assert marked(opened) == [1, 1]
            assert any("takes all back" in row for row in rows(pilot))
            await press(pilot, "o", "enter")
            assert marked(opened) == [1, 1, 1]
            await press(pilot, "u", "u")
            assert marked(opened) == [1]
            await press(pilot, "o", "x", "enter")
            assert marked(opened) == [0]


async def test_without_another_place_the_list_says_so(session: Annotating) -> None:
    session.accept_all()
    async with workbench(session).run_test(size=SMALL) as pilot:
        screen = annotate(pilot)
        screen.editor.focus = screen.editor.atoms.mentions[0]
        await press(pilot, "o")
        assert any("nowhere else" in row for row in rows(pilot))
        await press(pilot, "enter")
        assert pilot.app.screen is screen
