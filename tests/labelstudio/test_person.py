"""What a person clicks in Label Studio's real editor comes home letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.model.annotation import Argument, Status
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit, items_of
from curate.model.span import Span
from curate.project.opening import Project, create_project
from curate.project.syncing import Act, Direction, Remote, link, look, sync
from curate.sync.addresses import parse_address
from tests.labelstudio.person import somebody
from tests.labelstudio.server import USER
from tests.pictures.browser import program
from tests.small import small_schema
from tests.tui.projects import AT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.labelstudio.server import Address

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        program() is None,
        reason="NO CHROMIUM HERE: nobody clicks in Label Studio's editor; "
        "`apt-get install chromium fonts-noto-core` lets somebody",
    ),
]
BEFORE = "👨‍👩‍👧 مُسَلَّحُونَ قُربَ 😀 الجِسرِ. "
TEXT = "😀 وقَصَفَتِ المدفعيّةُ 🚒 بلدةَ الرَّيحانيّةِ صباحًا."
"""An emoji and marks before each span: code points, UTF-16 and letters all count differently."""


def project_of(path: Path) -> tuple[Project, str]:
    """A project of one document of two sentences, and the id of the second item."""
    cut = len(BEFORE)
    spans = (Span(0, cut - 1), Span(cut, cut + len(TEXT)))
    document = Document("d1", BEFORE + TEXT, {}, tuple(Sentence(s) for s in spans))
    _, second = items_of(document, ItemUnit.SENTENCE)
    made = create_project(path)
    made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
    return Project(made.path, small_schema(), made.store), second.id


async def test_what_is_drawn_by_mouse_comes_home_exactly(
    label_studio: Address, tmp_path: Path
) -> None:
    project, item = project_of(tmp_path / "p.curate")
    with project, Remote(parse_address(label_studio.url), label_studio.token) as remote:
        known = link(project, remote, create="a person clicks")
        sync(project, remote, Direction.PUSH)
        (task,) = project.store.remotes.tasks(known.number, [item])
        async with somebody(label_studio.url) as person:
            await person.open_task(known.project, task.task)
            await person.mark("Fire", "قَصَفَتِ")
            await person.mark("Group", "المدفعيّةُ")
            await person.mark("Site", "الرَّيحانيّةِ")
            await person.relate("قَصَفَتِ", "المدفعيّةُ", "Agent")
            await person.relate("قَصَفَتِ", "الرَّيحانيّةِ", "Goal", "Where")
            await person.relate("الرَّيحانيّةِ", "المدفعيّةُ")
            await person.submit()
        outcome = sync(project, remote, Direction.PULL)
        assert (outcome.counts[Act.PULL], outcome.quarantined) == (1, 1)
        (stray,) = project.store.quarantine.unsettled().values()
        assert stray.reason == "the relation has no label"
        assert look(project, remote).is_empty
        found = project.store.annotations.get(item, USER)
    assert found.status is Status.DONE
    (frame,) = found.frames
    text = BEFORE + TEXT
    assert (frame.type, frame.trigger.of(text)) == ("Fire", "قَصَفَتِ")
    said = {m.id: (m.type, m.span.of(text)) for m in found.mentions}
    assert set(said.values()) == {("Group", "المدفعيّةُ"), ("Site", "الرَّيحانيّةِ")}
    names = {kind: atom for atom, (kind, _) in said.items()}
    assert set(frame.arguments) == {
        Argument("Agent", mention=names["Group"]),
        Argument("Goal", mention=names["Site"]),
        Argument("Where", mention=names["Site"]),
    }
