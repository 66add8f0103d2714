"""`curate sync` against a real Label Studio: what goes comes back identical, nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from curate.formats.label_studio import answer_of
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.change import difference
from curate.model.document import Document, Sentence, document_id
from curate.model.ids import new_id
from curate.model.span import Span
from curate.project.activity import utc_now
from curate.project.opening import Project, read_schema
from curate.project.syncing import (
    Direction,
    Remote,
    Side,
    link,
    linked,
    look,
    map_annotator,
    questions,
    resolve,
    sync,
)
from curate.store.journal import Decision
from curate.sync.addresses import parse_address
from curate.sync.emptied import SuddenlyEmpty
from curate.sync.plan import Act, Question
from curate.sync.tokens import NoAccess
from tests.strategies import annotations_of, texts
from tests.sync.test_run import new_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from tests.labelstudio.server import Address

pytestmark = pytest.mark.slow
TEXT = "😀 قَصَفَت المدفعيّة بلدةَ النهرين صباحا وقال ناطق إن القصف مستمر منذ يوم الجمعة."
"""An invented sentence with an emoji and vowel marks: code points are counted, nothing else."""
_numbers = count(1)
SCHEMA = read_schema()
EVENT = next(iter(SCHEMA.event_types))
ENTITY = next(iter(SCHEMA.entity_types))


@pytest.fixture
def remote(label_studio: Address) -> Iterator[Remote]:
    """The real server as curate speaks to it."""
    with Remote(parse_address(label_studio.url), label_studio.token) as remote:
        yield remote


@pytest.fixture
def project(tmp_path: Path, remote: Remote) -> Iterator[Project]:
    """A project of five items, linked with a new one on the server."""
    with made(tmp_path, remote, *(f"{TEXT} {n}" for n in range(5))) as project:
        yield project


def made(folder: Path, remote: Remote, *given: str) -> Project:
    """A project with a document of one item for each text, linked with a new one there."""
    project = new_project(folder)
    documents = [Document(document_id(t), t, {}, (Sentence(Span(0, len(t))),)) for t in given]
    project.store.documents.add(documents, project.unit, at=utc_now())
    link(project, remote, create=f"sync {next(_numbers)}")
    return project


def items(project: Project) -> list[str]:
    return [item.id for item in project.store.items.all()]


def write(project: Project, item: str, annotation: Annotation) -> None:
    """Let an annotator say this of an item."""
    before = project.store.annotations.get(item, annotation.annotator)
    change = difference(before, replace(annotation, item=before.item))
    project.store.journal.write(
        Decision(new_id(), annotation.annotator, item, "test", change, 0.0, 0, utc_now())
    )


def said(project: Project, item: str, annotator: str = "a1") -> Annotation:
    return project.store.annotations.get(item, annotator)


def work(note: str, annotator: str = "a1") -> Annotation:
    """A finished annotation with a frame, its filler and a note."""
    start = TEXT.index("المدفعيّة")
    mention = Mention("m", Span(start, start + 9), ENTITY)
    trigger = TEXT.index("قَصَفَت")
    frame = Frame("f", EVENT, Span(trigger, trigger + 7), _arguments())
    return Annotation(
        annotator, Span(0, 1), Status.DONE, (mention,), (frame,), note=note
    )  # fmt: skip


def _arguments() -> tuple[Argument, ...]:
    roles = SCHEMA.roles_for(EVENT, entity_type=ENTITY)
    return (Argument(next(iter(roles)), mention="m"),) if roles else ()


def there(api: httpx.Client, project: Project, item: str) -> dict[str, Any]:
    """The task of an item as the server has it."""
    current = linked(project)
    assert current is not None
    (task,) = project.store.remotes.tasks(current.number, [item])
    held: dict[str, Any] = api.get(f"/api/tasks/{task.task}/").json()
    assert held["data"]["key"] == item
    return held


def change_there(api: httpx.Client, project: Project, item: str, annotation: Annotation) -> None:
    """Let somebody save this over the first annotation of the item's task."""
    (first, *_) = there(api, project, item)["annotations"]
    whole = replace(annotation, item=said(project, item).item)
    text = project.store.documents.get(item.partition(":")[0]).text
    values = answer_of(whole, project.schema, text)
    answer = api.patch(f"/api/annotations/{first['id']}/", json=values)
    assert answer.status_code == 200, answer.text


def results(annotation: Annotation) -> list[object]:
    """What the editor would save of an annotation of an item that begins with `TEXT`."""
    found = answer_of(replace(annotation, item=Span(0, len(TEXT))), SCHEMA, TEXT)["result"]
    assert isinstance(found, list)
    return [r for r in found if r.get("from_name") != "item_curate"]


def nothing_to_do(project: Project, remote: Remote) -> bool:
    return look(project, remote, full=True).is_empty


# ---------------------------------------------------------------- there and back


@given(data=st.data())
@settings(
    max_examples=3, deadline=None, phases=[Phase.generate, Phase.explicit],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_what_is_pushed_is_pulled_identical_into_an_empty_copy(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory, label_studio: Address
) -> None:
    folder = tmp_path_factory.mktemp("sync")
    given_texts = data.draw(st.lists(texts(), min_size=3, max_size=5, unique=True))
    finished = st.sampled_from([Status.DONE, Status.SKIPPED, Status.FLAGGED])
    with (
        Remote(parse_address(label_studio.url), label_studio.token) as remote,
        made(folder, remote, *given_texts) as project,
        new_project(folder) as copy,
    ):
        for document in project.store.documents.all():
            copy.store.documents.add([document], copy.unit, at=utc_now())
        for item in project.store.items.all():
            text = project.store.documents.get(item.document).text
            for who in data.draw(st.sampled_from([["a1"], ["a1", "a2"], []])):
                drawn = data.draw(annotations_of(SCHEMA, text))
                whole = replace(drawn, annotator=who, status=data.draw(finished), item=item.span)
                write(project, item.id, whole)
        assert sync(project, remote, Direction.PUSH).exit_code == 0
        assert nothing_to_do(project, remote)
        current = linked(project)
        assert current is not None
        link(copy, remote, number=current.project)
        outcome = sync(copy, remote, Direction.PULL)
        assert (outcome.exit_code, outcome.quarantined) == (0, 0)
        for item_id in items(project):
            assert copy.store.annotations.of_item(item_id) == (
                project.store.annotations.of_item(item_id)
            )
        assert nothing_to_do(copy, remote)


def test_what_is_done_there_comes_home_and_back(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    first, second, *_ = items(project)
    sync(project, remote)
    whole = replace(work("من هناك"), item=said(project, first).item)
    values = {"result": results(whole)}
    number = there(api, project, first)["id"]
    assert api.post(f"/api/tasks/{number}/annotations/", json=values).status_code == 201
    skipped = there(api, project, second)["id"]
    body = {"result": [], "was_cancelled": True}
    assert api.post(f"/api/tasks/{skipped}/annotations/", json=body).status_code == 201
    map_annotator(project, "amal", "ADMIN@example.com")
    outcome = sync(project, remote)
    assert (outcome.counts[Act.PULL], outcome.exit_code) == (2, 0)
    assert replace(said(project, first, "amal"), annotator="a1") == whole
    assert said(project, second, "amal").status is Status.SKIPPED
    assert project.store.journal.history(first, "amal")[0].action == "pull"
    assert nothing_to_do(project, remote)
    write(project, first, replace(work("von hier"), annotator="amal"))
    assert sync(project, remote).counts[Act.PUSH] == 1
    held = there(api, project, first)["annotations"]
    assert len(held) == 1
    assert "von hier" in str(held[0]["result"])


def test_drafts_of_either_side_stay_where_they_are(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    first, second, *_ = items(project)
    write(project, first, replace(work("x"), status=Status.DRAFT))
    sync(project, remote)
    assert there(api, project, first)["annotations"] == []
    number = there(api, project, second)["id"]
    draft = {"result": results(work("d")), "lead_time": 1}
    assert api.post(f"/api/tasks/{number}/drafts", json=draft).status_code == 201
    assert sync(project, remote, full=True).counts[Act.PULL] == 0
    write(project, first, work("x"))
    assert sync(project, remote).counts[Act.PUSH] == 1


# ---------------------------------------------------------------- what a person decides


@pytest.mark.parametrize("keep", list(Side))
def test_what_both_sides_changed_is_kept_twice_until_somebody_decides(
    project: Project, remote: Remote, api: httpx.Client, keep: Side
) -> None:
    item = items(project)[0]
    write(project, item, work("one"))
    sync(project, remote)
    write(project, item, work("here"))
    change_there(api, project, item, work("there"))
    outcome = sync(project, remote)
    assert (outcome.counts[Act.CONFLICT], outcome.exit_code) == (1, 4)
    assert said(project, item).note == "here"
    assert "there" in str(there(api, project, item)["annotations"])
    (rival,) = project.store.rulings.rivals(item)
    assert (rival.annotation.annotator, rival.annotation.note) == ("a1", "there")
    assert sync(project, remote).exit_code == 4
    assert resolve(project, item, "a1", keep) is Question.CONFLICT
    assert sync(project, remote).exit_code == 0
    assert said(project, item).note == keep.value
    assert keep.value in str(there(api, project, item)["annotations"])
    assert project.store.rulings.rivals(item) == []
    assert nothing_to_do(project, remote)


@pytest.mark.parametrize("keep", list(Side))
def test_what_was_deleted_there_is_asked_about(
    project: Project, remote: Remote, api: httpx.Client, keep: Side
) -> None:
    item = items(project)[0]
    write(project, item, work("x"))
    sync(project, remote)
    (held,) = there(api, project, item)["annotations"]
    assert api.delete(f"/api/annotations/{held['id']}/").status_code == 204
    outcome = sync(project, remote)
    assert outcome.exit_code == 4
    assert said(project, item).note == "x"
    assert [q.question for q in questions(project)] == [Question.GONE_THERE]
    resolve(project, item, "a1", keep)
    assert sync(project, remote).exit_code == 0
    assert (said(project, item).note, len(there(api, project, item)["annotations"])) == (
        ("x", 1) if keep is Side.HERE else (None, 0)
    )
    assert nothing_to_do(project, remote)


@pytest.mark.parametrize("keep", list(Side))
def test_a_task_that_was_deleted_there_is_asked_about(
    project: Project, remote: Remote, api: httpx.Client, keep: Side
) -> None:
    item = items(project)[-1]
    write(project, item, work("x"))
    sync(project, remote)
    number = there(api, project, item)["id"]
    assert api.delete(f"/api/tasks/{number}/").status_code == 204
    assert sync(project, remote).exit_code == 4
    assert [(q.annotator, q.question) for q in questions(project)] == [("", Question.TASK_GONE)]
    resolve(project, item, "", keep)
    assert sync(project, remote).exit_code == 0
    assert said(project, item).note == "x"
    current = linked(project)
    assert current is not None
    keys = [row.key for row in remote.listing(current.project)]
    assert keys.count(item) == (1 if keep is Side.HERE else 0)
    if keep is Side.HERE:
        assert len(there(api, project, item)["annotations"]) == 1
    assert nothing_to_do(project, remote)


def test_a_project_that_was_emptied_there_is_an_error(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    write(project, items(project)[0], work("x"))
    sync(project, remote)
    for item in items(project):
        api.delete(f"/api/tasks/{there(api, project, item)['id']}/")
    with pytest.raises(SuddenlyEmpty):
        sync(project, remote)
    assert questions(project) == []
    assert sync(project, remote, anew=True).counts[Act.TASK] == 5
    assert len(there(api, project, items(project)[0])["annotations"]) == 1


def test_what_the_schema_forbids_goes_to_quarantine_and_the_rest_comes(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    item = items(project)[0]
    sync(project, remote)
    number = there(api, project, item)["id"]
    result = results(work("x"))
    result.append({"type": "relation", "from_id": "f", "to_id": "m", "direction": "right"})
    api.post(f"/api/tasks/{number}/annotations/", json={"result": result})
    outcome = sync(project, remote)
    assert (outcome.quarantined, outcome.exit_code) == (1, 0)
    (stray,) = project.store.quarantine.unsettled().values()
    assert "no label" in stray.reason
    assert item in str(stray.place)
    assert len(said(project, item, "admin@example.com").frames) == 1
    assert nothing_to_do(project, remote)


# ---------------------------------------------------------------- what an import may do


def test_a_task_that_is_there_twice_is_made_one_again(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    item = items(project)[0]
    write(project, item, work("x"))
    sync(project, remote)
    current = linked(project)
    assert current is not None
    held = there(api, project, item)
    copies = [{"data": held["data"], "annotations": held["annotations"]}, {"data": held["data"]}]
    assert api.post(f"/api/projects/{current.project}/import", json=copies).status_code == 201
    assert sync(project, remote).exit_code == 0
    keys = [row.key for row in remote.listing(current.project)]
    assert sorted(filter(None, keys)) == sorted(items(project))
    assert nothing_to_do(project, remote)


def test_predictions_that_the_server_dropped_are_sent_again(
    tmp_path: Path, remote: Remote, api: httpx.Client
) -> None:
    with made(tmp_path, remote, TEXT) as project:
        (item,) = items(project)
        document = item.partition(":")[0]
        from curate.model.candidate import MentionCandidate

        start = TEXT.index("النهرين")
        proposal = MentionCandidate("c", Span(start, start + 7), ENTITY, None, 0.5, "t/1", "why")
        project.store.candidates.put(document, "t/1", [proposal], at=utc_now())
        sync(project, remote)
        number = there(api, project, item)["id"]
        (held,) = api.get("/api/predictions/", params={"task": number}).json()
        assert api.delete(f"/api/predictions/{held['id']}/").status_code == 204
        assert sync(project, remote, full=True).counts[Act.PREDICTION] == 1
        assert len(api.get("/api/predictions/", params={"task": number}).json()) == 1
        again = replace(proposal, reason="better")
        project.store.candidates.put(document, "t/2", [again], at=utc_now())
        assert sync(project, remote).counts[Act.PREDICTION] == 1
        (held,) = api.get("/api/predictions/", params={"task": number}).json()
        assert "better" in str(held["result"])
        assert nothing_to_do(project, remote)


# ---------------------------------------------------------------- the server


def test_a_personal_access_token_lets_in_and_a_changed_one_does_not(
    label_studio: Address, api: httpx.Client
) -> None:
    answer = api.post("/api/token/")
    assert answer.status_code == 201, answer.text
    token = answer.json()["token"]
    address = parse_address(label_studio.url)
    with Remote(address, token) as remote:
        assert remote.check().email == "admin@example.com"
    with Remote(address, token[:-4] + "AAAA") as remote, pytest.raises(NoAccess):
        remote.check()


def test_the_labelling_config_gets_what_it_lacks_and_loses_nothing(
    project: Project, remote: Remote, api: httpx.Client
) -> None:
    sync(project, remote)
    current = linked(project)
    assert current is not None
    path = f"/api/projects/{current.project}/"
    held = api.get(path).json()["label_config"]
    known = f'<Relation value="{next(iter(SCHEMA.roles))}" />'
    assert known in held
    other = held.replace(known, '<Relation value="Old" />')
    assert api.patch(path, json={"label_config": other}).status_code == 200
    assert sync(project, remote).warnings == []
    held = api.get(path).json()["label_config"]
    assert known in held
    assert '<Relation value="Old" />' in held
