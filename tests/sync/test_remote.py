"""What is wrong with a server, a token or a project there is told in one message."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest

from curate.errors import CurateError, WorldError
from curate.project.syncing import Direction, Remote, link, log_in, sync
from curate.sync.addresses import parse_address
from curate.sync.http import Answer, Lost, Server
from curate.sync.plan import Act
from curate.sync.refusals import NotThere, TooLarge, Unsure
from curate.sync.tokens import NoAccess, Token
from tests.sync.studio import TOKEN, URL, Studio, studio
from tests.sync.test_run import items, made, new_project, remote_of, write

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-" + "0" * 30


def answering(monkeypatch: pytest.MonkeyPatch, *answers: Answer | Exception) -> list[str]:
    """Give these answers one after the other, the last for ever; return what is asked."""
    left = list(answers)
    asked: list[str] = []

    def ask(_: Server, method: str, path: str, **_rest: Any) -> Answer:
        asked.append(f"{method} {path}")
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(Server, "ask", ask)
    return asked


def remote(token: str = SECRET) -> Remote:
    return Remote(parse_address(URL), token, pause=lambda _: None)


def answer(value: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode())


# ---------------------------------------------------------------- who is there


@pytest.mark.parametrize(
    "content", [b"<html>hello</html>", b'{"name": "something else"}', b"", b"\xff"]
)
def test_what_is_no_label_studio_is_told_at_once(
    monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    asked = answering(monkeypatch, Answer(200, content))
    with pytest.raises(CurateError, match="is no Label Studio") as caught:
        remote().check()
    assert caught.value.exit_code == 1
    assert len(asked) == 1


def test_another_version_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, answer({"release": "2.0.1"}))
    with pytest.raises(WorldError, match=r"2\.0\.1, which curate does not know"):
        remote().check()


def test_nobody_there_is_told() -> None:
    with pytest.raises(WorldError, match="cannot be connected to") as caught:
        remote().check()
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, NoAccess, "does not take the token"),
        (403, NoAccess, "does not allow this"),
        (404, NotThere, "has no project 1 that you may see"),
        (413, TooLarge, "too large"),
        (302, WorldError, "sends us elsewhere"),
    ],
)
def test_each_refusal_has_its_message_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, status: int, kind: type[WorldError], words: str
) -> None:
    asked = answering(monkeypatch, answer({"detail": "Invalid token."}, status))
    with pytest.raises(kind, match=words) as caught:
        remote().project(1)
    assert SECRET not in str(caught.value) + repr(caught.value)
    assert len(asked) == 1


# ---------------------------------------------------------------- asking again


def test_reading_is_repeated_and_writing_never(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Lost("broken", "try again")
    good = answer({"id": 1, "title": "t"})
    asked = answering(monkeypatch, broken, Answer(503, b""), Answer(429, b"", 3.0), good)
    assert remote().project(1).title == "t"
    assert len(asked) == 4
    for bad in (broken, Answer(503, b""), Answer(500, b""), Answer(409, b""), Answer(200, b"{")):
        asked = answering(monkeypatch, bad)
        with pytest.raises(Unsure):
            remote().import_tasks(1, [{}])
        assert len(asked) == 1


def test_reading_ends_when_the_server_stays_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    answering(monkeypatch, Answer(429, b"", 1000.0))
    with (
        pytest.raises(WorldError),
        Remote(parse_address(URL), SECRET, pause=waits.append) as asking,
    ):
        asking.project(1)
    assert len(waits) == 5
    assert max(waits) <= 30


# ---------------------------------------------------------------- tokens


def personal(**claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJ0.{body}.{SECRET}"


def test_an_access_token_is_bought_again_when_it_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    token = Token(personal(exp=1), clock=lambda: now)
    server = Server(parse_address(URL))
    asked = answering(monkeypatch, answer({"access": "one"}), answer({"access": "two"}))
    assert token.headers(server) == {"Authorization": "Bearer one"}
    now = 200.0
    assert token.headers(server) == {"Authorization": "Bearer one"}
    now = 250.0
    assert token.headers(server) == {"Authorization": "Bearer two"}
    assert asked == ["POST api/token/refresh/"] * 2
    assert SECRET not in repr(token)


def test_a_write_with_an_access_token_that_ran_out_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = answering(
        monkeypatch, answer({"access": "one"}), answer({}, 401), answer({"access": "two"}),
        answer({"task_count": 1}, 201),
    )  # fmt: skip
    assert remote(personal()).import_tasks(1, [{}]).task_count == 1
    assert len(asked) == 4


def test_a_token_that_was_revoked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, answer({"detail": "Token is blacklisted"}, 401))
    with pytest.raises(NoAccess, match="wrong, was revoked or has expired"):
        remote(personal()).project(1)


@pytest.mark.parametrize("token", ["", "  ", "two\nlines", "عربي"])
def test_what_is_no_token_is_not_sent(token: str) -> None:
    with pytest.raises(CurateError, match="no token"):
        log_in(URL, token)


# ---------------------------------------------------------------- projects there

OTHER = (
    "<View><Labels name='entity' toName='text'><Label value='X'/></Labels>"
    "<Text name='text' value='$text'/></View>"
)


def test_a_project_of_another_schema_is_refused(tmp_path: Path) -> None:
    with (
        studio() as server,
        remote_of() as there,
        new_project(tmp_path) as project,
    ):
        server.projects[1] = {"id": 1, "title": "other", "label_config": OTHER}
        with pytest.raises(CurateError, match="did not make") as caught:
            link(project, there, number=1)
        assert caught.value.exit_code == 1
        made_there = link(project, there, create="ours")
        held = server.projects[made_there.project]
        held["description"] = held["description"].replace(project.schema.name, "another")
        with pytest.raises(CurateError, match="of another schema, another"):
            link(project, there, number=made_there.project)
        with pytest.raises(CurateError, match="of another schema"):
            sync(project, there)
        assert not server.tasks


@pytest.mark.parametrize("title", ["ab", "x" * 51])
def test_a_title_that_the_server_would_refuse_is_told(tmp_path: Path, title: str) -> None:
    with (
        studio(),
        remote_of() as there,
        new_project(tmp_path) as project,
        pytest.raises(CurateError, match="3 to 50"),
    ):
        link(project, there, create=title)


def test_a_project_is_made_once_though_the_answer_is_lost(tmp_path: Path) -> None:
    with (
        studio() as server,
        remote_of() as there,
        new_project(tmp_path) as project,
    ):
        faults = iter(["lose"])
        server.fault = lambda method, _: next(faults, "") if method == "POST" else ""
        assert link(project, there, create="ours").project == 1
        assert len(server.projects) == 1


def test_a_labelling_config_only_grows_while_tasks_hang_on_it(tmp_path: Path) -> None:
    with studio() as server, remote_of() as there, made(tmp_path, there) as project:
        held = server.projects[1]
        held["label_config"] = held["label_config"].replace(
            '<Choice value="flagged"', '<Choice value="gone" /><Choice value="flagged"'
        )
        first = next(iter(project.schema.event_types))
        held["label_config"] = held["label_config"].replace(f'<Label value="{first}"', "<Label ", 1)
        extra = '<Relations choice="multiple"><Relation value="Old" />'
        held["label_config"] = held["label_config"].replace('<Relations choice="multiple">', extra)
        sync(project, there)
        assert f'<Label value="{first}"' in held["label_config"]
        server.projects[1]["label_config"] = server.projects[1]["label_config"].replace(
            f'<Label value="{first}"', "<Label ", 1
        ).replace('<Relations choice="multiple">', extra)  # fmt: skip
        sync(project, there)
        assert f'<Label value="{first}"' in held["label_config"]
        assert '<Relation value="Old"' in held["label_config"]


# ---------------------------------------------------------------- this machine


def test_a_full_disk_while_pulling_leaves_both_sides_consistent(tmp_path: Path) -> None:
    with studio() as server, remote_of() as there, made(tmp_path, there, 40) as project:
        for item in items(project):
            write(project, item, "x" * 3000)
        sync(project, there, Direction.PUSH)
        number = 1
        with new_project(tmp_path) as copy:
            documents = list(project.store.documents.all())
            copy.store.documents.add(documents, copy.unit, at="2026")
            link(copy, there, number=number)
            connection = copy.store._connection
            pages = connection.value("PRAGMA page_count")
            connection.run(f"PRAGMA max_page_count = {pages + 8}")
            with pytest.raises(WorldError, match="disk is full") as caught:
                sync(copy, there, Direction.PULL)
            assert caught.value.exit_code == 3
            assert copy.store.journal.count() == 0
            assert len(server.annotations) == 40
            connection.run("PRAGMA max_page_count = 1000000")
            assert sync(copy, there, Direction.PULL).counts[Act.PULL] == 40


def test_requests_that_are_too_large_are_halved(tmp_path: Path) -> None:
    class Narrow(Studio):
        def ask(self, server: Server, method: str, path: str, **rest: Any) -> Answer:
            if path.endswith("/import") and len(rest["body"]) > 3:
                return Answer(413, b"")
            return super().ask(server, method, path, **rest)

    narrow = Narrow()
    with narrow.answering(), remote_of() as there, made(tmp_path, there, 10) as project:
        sync(project, there)
        assert len(narrow.tasks) == 10


def test_one_thing_that_the_server_does_not_take_keeps_nothing_else_from_going(
    tmp_path: Path,
) -> None:
    class Picky(Studio):
        def ask(self, server: Server, method: str, path: str, **rest: Any) -> Answer:
            if method == "POST" and "poison" in json.dumps(rest["body"]):
                return answer({"detail": "not this"}, 400)
            return super().ask(server, method, path, **rest)

    picky = Picky()
    with picky.answering(), remote_of() as there, made(tmp_path, there, 10) as project:
        first, second, *_ = items(project)
        write(project, first, "poison")
        for _ in range(2):
            outcome = sync(project, there)
            assert outcome.exit_code == 1
            assert outcome.refused == [
                f"the task on {first}: {URL}: it refuses (400): not this",
            ]
            assert len(picky.tasks) == 9
        write(project, first, "good")
        write(project, second, "poison")
        outcome = sync(project, there)
        assert outcome.refused == [f"a1 on {second}: {URL}: it refuses (400): not this"]
        assert len(picky.tasks) == 10
        write(project, second, "good")
        assert sync(project, there).exit_code == 0
        assert len(picky.annotations) == 2


def test_annotations_that_stand_against_a_config_are_told(tmp_path: Path) -> None:
    class Odd(Studio):
        def ask(self, server: Server, method: str, path: str, **rest: Any) -> Answer:
            if method == "PATCH" and "projects" in path:
                return answer({"validation_errors": {"label_config": ["incompatible"]}}, 400)
            return super().ask(server, method, path, **rest)

    odd = Odd()
    with odd.answering(), remote_of() as there, made(tmp_path, there) as project:
        first = next(iter(project.schema.event_types))
        held = odd.projects[1]
        whole_config = held["label_config"]
        held["label_config"] = whole_config.replace(f'<Label value="{first}"', "<Label ", 1)
        with pytest.raises(CurateError, match=f"incompatible.*lacks {first}") as caught:
            sync(project, there)
        assert "delete the annotations" in str(caught.value)
        held["label_config"] = whole_config
        assert sync(project, there).exit_code == 0


def test_no_permission_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    class Closed(Studio):
        def ask(self, server: Server, method: str, path: str, **rest: Any) -> Answer:
            if method != "GET" and self.tasks == {} and "import" in path:
                return Answer(403, json.dumps({"detail": "not allowed"}).encode())
            return super().ask(server, method, path, **rest)

    closed = Closed()
    with closed.answering(), remote_of() as there, made(tmp_path, there) as project:
        with pytest.raises(NoAccess, match="does not allow this: not allowed"):
            sync(project, there)
        assert project.store.remotes.tasks(1) == []
    assert TOKEN not in str(closed.asked)
