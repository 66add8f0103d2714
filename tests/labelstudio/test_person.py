"""What a person clicks in Label Studio's real editor comes back letter by letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.formats.label_studio import task_of
from curate.formats.label_studio_config import label_config
from curate.formats.label_studio_reading import Reading, read_answer
from curate.model.annotation import Argument, Status
from curate.model.document import Document, Sentence
from curate.model.item import Item, ItemUnit, items_of
from curate.model.span import Span
from tests.labelstudio.person import somebody
from tests.labelstudio.test_config import made_project
from tests.pictures.browser import program
from tests.small import small_schema

if TYPE_CHECKING:
    import httpx

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


def pushed(api: httpx.Client, title: str) -> tuple[Document, Item, int, int]:
    """The second sentence of a document as a task: document, item, numbers of project and task."""
    text = BEFORE + TEXT
    cut = len(BEFORE)
    document = Document(
        "d1", text, {}, (Sentence(Span(0, cut - 1)), Sentence(Span(cut, len(text))))
    )
    _, item = items_of(document, ItemUnit.SENTENCE)
    project = made_project(api, title, label_config(small_schema()))
    tasks = [task_of(document, item, small_schema())]
    made = api.post(
        f"/api/projects/{project}/import", params={"return_task_ids": "true"}, json=tasks
    )
    (number,) = made.json()["task_ids"]
    return document, item, project, number


def answered(api: httpx.Client, task: int, document: Document, item: Item) -> Reading:
    """The only answer of a task."""
    (answer,) = api.get(f"/api/tasks/{task}/").json()["annotations"]
    return read_answer(answer, item.span, small_schema(), document.text, "ana")


async def test_what_is_drawn_by_mouse_comes_back_exactly(
    label_studio: Address, api: httpx.Client
) -> None:
    document, item, project, task = pushed(api, "a person clicks")
    async with somebody(label_studio.url) as person:
        await person.open_task(project, task)
        await person.mark("Fire", "قَصَفَتِ")
        await person.mark("Group", "المدفعيّةُ")
        await person.mark("Site", "الرَّيحانيّةِ")
        await person.relate("قَصَفَتِ", "المدفعيّةُ", "Agent")
        await person.relate("قَصَفَتِ", "الرَّيحانيّةِ", "Goal", "Where")
        await person.relate("الرَّيحانيّةِ", "المدفعيّةُ")
        await person.submit()
    reading = answered(api, task, document, item)
    assert [m.reason for m in reading.misfits] == ["the relation has no label"]
    found = reading.annotation
    assert found.status is Status.DONE
    (frame,) = found.frames
    assert (frame.type, frame.trigger.of(document.text)) == ("Fire", "قَصَفَتِ")
    said = {m.id: (m.type, m.span.of(document.text)) for m in found.mentions}
    assert set(said.values()) == {("Group", "المدفعيّةُ"), ("Site", "الرَّيحانيّةِ")}
    names = {kind: atom for atom, (kind, _) in said.items()}
    assert set(frame.arguments) == {
        Argument("Agent", mention=names["Group"]),
        Argument("Goal", mention=names["Site"]),
        Argument("Where", mention=names["Site"]),
    }
