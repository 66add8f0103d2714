"""Sync with a Label Studio in memory: whatever fails, both sides end up the same."""

from __future__ import annotations

import json
import random
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.errors import Busy, CurateError, WorldError
from curate.formats.label_studio import answer_of
from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention, Status
from curate.model.candidate import MentionCandidate
from curate.model.change import difference
from curate.model.document import Document, Sentence, document_id
from curate.model.ids import new_id
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.activity import utc_now
from curate.project.opening import Project, create_project, open_project
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
from curate.project.syncing_alone import alone
from curate.store.gold import GoldRow
from curate.store.journal import Decision
from curate.sync.addresses import parse_address
from curate.sync.plan import GOLD, Act, Question
from tests.sync.studio import TOKEN, URL, Studio, studio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.sync.http import Answer, Server

TEXT = "قصف 😀 المدينة"
ANNOTATORS = ("a1", "a2")


@contextmanager
def remote_of() -> Iterator[Remote]:
    with Remote(parse_address(URL), TOKEN, pause=lambda _: None) as remote:
        yield remote


@cache
def _empty() -> bytes:
    """An empty project, made once: reading a schema takes longest."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.curate"
        create_project(path).close()
        return path.read_bytes()


def new_project(folder: Path) -> Project:
    """An empty project of its own."""
    path = folder / f"{new_id()}.curate"
    path.write_bytes(_empty())
    return open_project(path)


def made(folder: Path, remote: Remote, count: int = 3) -> Project:
    """A project of some items, each with a candidate, linked with a new one there."""
    project = new_project(folder)
    fill(project, count)
    link(project, remote, create="a project")
    return project


def fill(project: Project, count: int) -> None:
    texts = [f"{TEXT} {n}" for n in range(count)]
    documents = [Document(document_id(t), t, {}, (Sentence(Span(0, len(t))),)) for t in texts]
    project.store.documents.add(documents, project.unit, at=utc_now())
    entity = next(iter(project.schema.entity_types))
    for document in documents:
        proposal = MentionCandidate("c", Span(6, 13), entity, None, 0.5, "t/1", "why")
        project.store.candidates.put(document.id, "t/1", [proposal], at=utc_now())


def items(project: Project) -> list[str]:
    return [item.id for item in project.store.items.all()]


def write(
    project: Project, item: str, note: str | None, who: str = "a1", status: Status = Status.DONE
) -> None:
    """Let an annotator note something; without a note all is taken back."""
    before = project.store.annotations.get(item, who)
    entity = next(iter(project.schema.entity_types))
    after = Annotation(who, before.item)
    if note is not None:
        mention = Mention("m", Span(6, 13), entity)
        after = replace(after, status=status, mentions=(mention,), note=note)
    change = difference(before, after)
    if change:
        project.store.journal.write(
            Decision(new_id(), who, item, "test", change, 0.0, 0, utc_now())
        )


def note_of(answer: dict[str, Any]) -> str | None:
    """What an annotation there notes."""
    for result in answer["result"]:
        if result.get("from_name") == "item_note":
            return str(result["value"]["text"][0])
    return None


def renote(server: Studio, answer: dict[str, Any], note: str) -> None:
    """Let somebody there note something else."""
    results = [r for r in answer["result"] if r.get("from_name") != "item_note"]
    value = {"text": [note]}
    results.append({"id": "n", "from_name": "item_note", "to_name": "text", "type": "textarea",
                    "value": value})  # fmt: skip
    answer.update(result=results, updated_at=server.now())
    server.tasks[answer["task"]]["updated_at"] = server.now()


def whole(server: Studio, project: Project) -> None:
    """Hold that both sides say the same, and nothing is there twice or missing."""
    keys = [task["data"].get("key") for task in server.tasks.values()]
    assert sorted(filter(None, keys)) == sorted(items(project))
    for item in items(project):
        here = [a for a in project.store.annotations.of_item(item) if a.status is Status.DONE]
        there = server.of(item)
        assert sorted(a.note or "" for a in here) == sorted(note_of(a) or "" for a in there)
    held = sorted(p["task"] for p in server.predictions.values())
    assert sorted(set(held)) == sorted(server.tasks)


# ---------------------------------------------------------------- faults

FAULTS = ("drop", "lose", "error", "busy", "forget", "twice")


@pytest.mark.slow
@given(
    seed=st.integers(0, 2**32),
    share=st.floats(0.05, 0.4),
    edits=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(ANNOTATORS), st.booleans()), max_size=8
    ),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_fails_nothing_is_doubled_or_lost(
    tmp_path: Path, seed: int, share: float, edits: list[tuple[int, str, bool]]
) -> None:
    dice = random.Random(seed)
    with studio() as server, remote_of() as remote, made(tmp_path, remote, 4) as project:

        def fault(method: str, path: str) -> str:
            return dice.choice(FAULTS) if dice.random() < share else ""

        for number, (place, who, is_here) in enumerate(edits):
            item = items(project)[place]
            answers = [a for a in server.of(item) if who in json.dumps(a["result"])]
            if is_here:
                write(project, item, f"h{number}", who)
            elif answers and not [q for q in questions(project) if q.item == item]:
                renote(server, answers[0], f"t{number}")
            server.fault = fault
            for _ in range(40):
                try:
                    sync(project, remote)
                    break
                except WorldError:
                    continue
            server.fault = lambda _method, _path: ""
        for _ in range(3):
            sync(project, remote, full=True)
            for asked in questions(project):
                resolve(project, asked.item, asked.annotator, Side.HERE)
        whole(server, project)
        assert look(project, remote, full=True).is_empty
        assert look(project, remote).is_empty


def test_killed_after_the_server_had_it_a_sync_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        write(project, items(project)[0], "x")
        ask = Studio.ask

        def killed(self: Studio, sender: Server, method: str, path: str, **rest: Any) -> Answer:
            answer = ask(self, sender, method, path, **rest)
            if path.endswith("/import"):
                raise KeyboardInterrupt
            return answer

        monkeypatch.setattr(Studio, "ask", killed)
        with pytest.raises(KeyboardInterrupt):
            sync(project, remote)
        monkeypatch.undo()
    with remote_of() as remote, open_project(project.path) as project, server.answering():
        assert len(server.tasks) == 2  # those without annotations went first
        assert sync(project, remote).counts[Act.TASK] == 1
        whole(server, project)
        assert look(project, remote, full=True).is_empty


def test_a_server_that_keeps_nothing_is_given_up(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        server.fault = lambda _method, path: "drop" if path.endswith("/import") else ""
        with pytest.raises(WorldError, match="connection broke") as caught:
            sync(project, remote)
        assert caught.value.exit_code == 3
        server.fault = lambda _method, path: "forget" if "import" in path else ""
        with pytest.raises(WorldError, match="does not keep"):
            sync(project, remote)
        server.fault = lambda _method, _path: ""
        assert sync(project, remote).exit_code == 0
        whole(server, project)


# ---------------------------------------------------------------- how much is asked


def test_a_sync_of_nothing_new_asks_little(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote, 30) as project:
        for item in items(project):
            write(project, item, "x")
        sync(project, remote)
        server.asked.clear()
        assert sync(project, remote).counts == {}
        assert server.asked.total() <= 3
        renote(server, server.of(items(project)[4])[0], "new")
        server.asked.clear()
        assert sync(project, remote).counts == {Act.PULL: 1}
        assert server.asked.total() <= 6
        server.asked.clear()
        assert sync(project, remote).counts == {}
        assert server.asked.total() <= 3


def test_two_syncs_of_a_project_do_not_run_at_once(tmp_path: Path) -> None:
    with studio(), remote_of() as remote, made(tmp_path, remote) as project:
        with alone(project.path), pytest.raises(Busy, match="another sync"):
            sync(project, remote)
        assert sync(project, remote).exit_code == 0


def test_one_direction_leaves_the_other_for_later(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        first, second, third = items(project)
        for item in (first, second):
            write(project, item, "x")
        sync(project, remote)
        write(project, first, "here")
        renote(server, server.of(second)[0], "there")
        assert sync(project, remote, Direction.PUSH).counts == {Act.PUSH: 1}
        assert project.store.annotations.get(second, "a1").note == "x"
        write(project, third, "late")
        assert sync(project, remote, Direction.PULL).counts == {Act.PULL: 1}
        assert server.of(third) == []
        assert sync(project, remote).counts == {Act.PUSH: 1}
        whole(server, project)


# ---------------------------------------------------------------- single matters


def test_strange_tasks_are_left_alone(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        current = linked(project)
        assert current is not None
        for data in ({"text": "x"}, {"key": "not ours", "text": "y"}):
            server._import(current.project, [{"data": data, "predictions": [], "annotations": []}],
                           forgets=False)  # fmt: skip
        for _ in range(2):
            assert sync(project, remote).strangers == 2
        assert len(server.tasks) == 5
        assert look(project, remote).is_empty


def test_a_copy_with_fewer_texts_looks_only_at_its_own_tasks(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote, 30) as project:
        sync(project, remote)
        current = linked(project)
        assert current is not None
        with new_project(tmp_path) as part:
            fill(part, 2)
            link(part, remote, number=current.project)
            assert sync(part, remote).strangers == 28
            for task in server.tasks.values():
                task["updated_at"] = server.now()
            sync(part, remote)
            server.now()
            server.asked.clear()
            assert sync(part, remote).counts == {}
            assert server.asked.total() <= 5
            held = linked(part)
            assert held is not None
            assert held.seen == max(task["updated_at"] for task in server.tasks.values())


def test_a_number_that_was_used_again_is_not_taken_for_the_task(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        last = items(project)[-1]
        write(project, last, "x")
        sync(project, remote)
        current = linked(project)
        assert current is not None
        (number,) = [n for n, t in server.tasks.items() if t["data"]["key"] == last]
        server.delete_task(number)
        other = {"data": {"text": "z"}, "predictions": [], "annotations": []}
        server._import(current.project, [other], forgets=False)
        assert max(server.tasks) == number
        assert sync(project, remote).exit_code == 4
        assert [q.question for q in questions(project)] == [Question.TASK_GONE]
        assert server.tasks[number]["data"] == {"text": "z"}


def test_what_somebody_changed_while_we_looked_is_not_written_over(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        write(project, item, "x")
        sync(project, remote)
        write(project, item, "here")
        seen = 0

        def meanwhile(method: str, path: str) -> str:
            nonlocal seen
            if method == "GET" and "api/annotations/" in path:
                seen += 1
                if seen == 1:
                    renote(server, server.of(item)[0], "there")
            return ""

        server.fault = meanwhile
        assert sync(project, remote).exit_code == 4
        assert note_of(server.of(item)[0]) == "there"
        assert project.store.annotations.get(item, "a1").note == "here"


def test_what_is_deleted_while_we_write_is_asked_about(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        first, second, _ = items(project)
        write(project, first, "x")
        sync(project, remote)
        write(project, first, "y")
        write(project, second, "late")

        def meanwhile(method: str, path: str) -> str:
            if method == "PATCH" and "annotations" in path:
                server.annotations.clear()
                for task in server.tasks.values():
                    task["updated_at"] = server.now()
            if method == "POST" and "annotations" in path:
                for number in [n for n, t in server.tasks.items() if t["data"]["key"] == second]:
                    server.delete_task(number)
            return ""

        server.fault = meanwhile
        assert sync(project, remote).exit_code == 4
        asked = {(q.item, q.question) for q in questions(project)}
        assert asked == {(first, Question.GONE_THERE), (second, Question.TASK_GONE)}
        assert project.store.annotations.get(first, "a1").note == "y"


def test_an_argument_beyond_its_item_is_refused_and_the_rest_goes(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote:
        project = create_project(tmp_path / "p.curate", unit=ItemUnit.SENTENCE)
        text = "قصف المدينة. وقال ناطق."
        sentences = (Sentence(Span(0, 12)), Sentence(Span(13, len(text))))
        document = Document(document_id(text), text, {}, sentences)
        project.store.documents.add([document], project.unit, at=utc_now())
        link(project, remote, create="a project")
        first, second = items(project)
        write(project, second, None)
        schema = project.schema
        event = next(e for e in schema.event_types if schema.roles_for(e))
        role = next(iter(schema.roles_for(event)))
        frame = Frame("f", event, Span(0, 3), (Argument(role, span=Span(13, 17)),))
        before = project.store.annotations.get(first, "a1")
        far = replace(before, status=Status.DONE, frames=(frame,))
        project.store.journal.write(
            Decision(new_id(), "a1", first, "t", difference(before, far), 0.0, 0, utc_now())
        )
        for _ in range(2):
            outcome = sync(project, remote)
            assert outcome.exit_code == 1
            assert "document items" in outcome.refused[0]
        assert len(server.tasks) == 2
        assert not server.annotations
        project.close()


def test_gold_goes_as_ground_truth_and_stays_ours(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        write(project, item, "x")
        gold = replace(project.store.annotations.get(item, "a1"), annotator="gold", note="gold")
        project.store.gold.put(GoldRow(item, gold, 0, [], utc_now()))
        assert sync(project, remote).counts[Act.PUSH] == 2
        truths = {note_of(a): a["ground_truth"] for a in server.of(item)}
        assert truths == {"x": False, "gold": True}
        assert look(project, remote, full=True).is_empty
        (held,) = [a for a in server.of(item) if a["ground_truth"]]
        renote(server, held, "changed")
        assert sync(project, remote).exit_code == 4
        with pytest.raises(CurateError, match="gold is made here"):
            resolve(project, item, GOLD, Side.THERE)
        resolve(project, item, "gold", Side.HERE)
        assert sync(project, remote).exit_code == 0
        assert {note_of(a) for a in server.of(item)} == {"x", "gold"}


def test_a_ruling_closes_a_conflict(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        write(project, item, "x")
        sync(project, remote)
        write(project, item, "here")
        renote(server, server.of(item)[0], "there")
        assert sync(project, remote).exit_code == 4
        ruled = replace(project.store.annotations.get(item, "a1"), annotator="gold")
        project.store.gold.put(GoldRow(item, ruled, 0, [], "9999-01-01T00:00:00.000+00:00"))
        assert sync(project, remote).exit_code == 0
        assert {note_of(a) for a in server.of(item) if not a["ground_truth"]} == {"there"}
        assert sync(project, remote).exit_code == 0


def test_what_was_made_of_candidates_there_is_told_and_comments_are_comments(
    tmp_path: Path,
) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        sync(project, remote)
        (prediction,) = [
            p for p in server.predictions.values()
            if server.tasks[p["task"]]["data"]["key"] == item
        ]  # fmt: skip
        (region, *_) = json.loads(json.dumps(prediction["result"]))
        region["meta"]["text"] = ["هل هذه مدينة؟"]
        server._annotate(server.tasks[prediction["task"]], {"result": [region]})
        for _ in range(2):
            outcome = sync(project, remote, full=True)
            assert (outcome.quarantined, outcome.exit_code) == (0, 0)
        (pulled,) = project.store.annotations.of_item(item)
        assert pulled.fates == {region["id"]: Fate.ACCEPTED}
        (thread,) = project.store.comments.of_item(item)
        assert (thread.about, thread.comments[0].text) == (region["id"], "هل هذه مدينة؟")
        assert thread.comments[0].author == "admin@example.com"
        assert look(project, remote, full=True).is_empty


def test_two_answers_of_one_account_are_two_annotations(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        map_annotator(project, "amal", "admin@example.com")
        sync(project, remote)
        (number,) = [n for n, t in server.tasks.items() if t["data"]["key"] == item]
        mine = Annotation("x", project.store.annotations.get(item, "x").item)
        for note in ("one", "two"):
            body = answer_of(replace(mine, note=note), project.schema, TEXT)
            kept = [r for r in body["result"] if r["from_name"] != "item_curate"]  # type: ignore[attr-defined]  # a list
            server._annotate(server.tasks[number], {"result": kept})
        assert sync(project, remote).counts[Act.PULL] == 2
        notes = {a.annotator: a.note for a in project.store.annotations.of_item(item)}
        assert notes == {"amal": "one", "amal #2": "two"}
        assert look(project, remote, full=True).is_empty


def test_a_text_that_was_changed_there_is_told(tmp_path: Path) -> None:
    with studio() as server, remote_of() as remote, made(tmp_path, remote) as project:
        item = items(project)[0]
        write(project, item, "x")
        sync(project, remote)
        (task,) = [t for t in server.tasks.values() if t["data"]["key"] == item]
        task["data"]["text"] += "!"
        task["updated_at"] = server.now()
        for _ in range(2):
            (warning,) = sync(project, remote).warnings
            assert "text was changed" in warning
        assert project.store.annotations.get(item, "a1").note == "x"


def test_who_is_unknown_there_is_told(tmp_path: Path) -> None:
    with studio(), remote_of() as remote, made(tmp_path, remote) as project:
        write(project, items(project)[0], "x")
        map_annotator(project, "a1", "nobody@example.com")
        with pytest.raises(CurateError, match="no user nobody"):
            sync(project, remote)
        with pytest.raises(CurateError, match="is a1 already"):
            map_annotator(project, "a2", "nobody@example.com")
        map_annotator(project, "a1", None)
        assert sync(project, remote).exit_code == 0
