from __future__ import annotations

import json
from dataclasses import replace

import pytest

from curate.errors import FormatError
from curate.formats.label_studio import task_of
from curate.formats.label_studio_tasks import read_tasks
from curate.model.annotation import Annotation, Mention, Status
from curate.model.document import Document
from curate.model.item import Item
from curate.model.span import Span
from tests.small import TEXT, small_schema

SCHEMA = small_schema()
ITEM = Item("d:5-30", "d", Span(5, 30))


def exported(*annotations: Annotation) -> list[dict[str, object]]:
    """Tasks as the server gives them out, with its own fields added."""
    task = task_of(Document("d", TEXT, {"source": "وكالة"}), ITEM, SCHEMA, annotations)
    made: dict[str, object] = json.loads(json.dumps(task))
    return [{**made, "id": 17, "inner_id": 1, "file_upload": None, "updated_at": "2026-01-01"}]


def done() -> Annotation:
    mention = Mention("m", Span(5, 13), "Group")
    return Annotation("سلمى", ITEM.span, Status.DONE, (mention,))


def read(tasks: object) -> list[object]:
    return list(read_tasks(json.dumps(tasks).encode(), SCHEMA, "f.json"))


def test_each_task_becomes_a_document_with_its_answers() -> None:
    (record,) = read_tasks(json.dumps(exported(done())).encode(), SCHEMA, "f.json")
    assert (record.document.id, record.document.text) == ("d:5-30", TEXT[5:30])
    assert record.document.meta["document"] == "d"
    moved = replace(done().mentions[0], span=Span(0, 8))
    (annotation,) = record.annotations
    assert (annotation.annotator, annotation.mentions) == ("سلمى", (moved,))


def test_an_answer_from_the_editor_is_put_down_to_its_user() -> None:
    (task,) = exported()
    task["annotations"] = [
        {"result": [], "completed_by": {"id": 3, "email": "a@b"}}, {"result": [], "completed_by": 4}
    ]  # fmt: skip
    (record,) = read_tasks(json.dumps([task]).encode(), SCHEMA, "f.json")
    assert [a.annotator for a in record.annotations] == ["a@b", "4"]


def test_misfits_name_their_task() -> None:
    (task,) = exported()
    task["annotations"] = [{"result": [{"type": "stars"}], "completed_by": 4}]
    (record,) = read_tasks(json.dumps([task]).encode(), SCHEMA, "f.json")
    (misfit,) = record.misfits
    assert misfit.reason.startswith("d:5-30, 4: ")


@pytest.mark.parametrize("tasks", [{}, [3], [{"data": {}}], [{"data": {"text": ""}}], [{"id": 1}]])
def test_what_is_no_export_is_refused(tasks: object) -> None:
    with pytest.raises(FormatError, match=r"^f\.json"):
        read(tasks)
