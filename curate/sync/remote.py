"""One Label Studio server, asked one thing at a time.

Reading is repeated when the server is busy or the connection breaks. Writing
never is: a write whose outcome is not known raises `Unsure`, and whoever asked
for it looks what is there before asking again.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from curate.errors import CurateError, WorldError
from curate.sync import answers
from curate.sync.answers import (
    Account,
    Answered,
    Created,
    Imported,
    Page,
    ProjectInfo,
    Row,
    Task,
    User,
)
from curate.sync.http import LONGEST_PAUSE, Answer, Limits, Lost, Server
from curate.sync.refusals import UNSURE, NotThere, Unsure, checked
from curate.sync.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from curate.sync.addresses import Address

T = TypeVar("T")
Json = dict[str, object]

PAGE: Final = 1_000
"""Tasks of a listing that are asked for at a time."""
FULL_PAGE: Final = 250
"""Tasks with their annotations that are asked for at a time."""
LIMITS: Final = Limits(seconds=180.0, size=256 * 1024 * 1024, attempts=6)
KNOWN: Final = "1.23"
"""The version of Label Studio that curate is tested with."""
MODEL: Final = "curate"
"""The version that all our predictions bear: the server shows only those of one."""
_TRY: Final = "check that the server runs and is reached from here, then try again"


class Remote:
    """A Label Studio server as a user with a token sees it."""

    def __init__(
        self,
        address: Address,
        token: str,
        *,
        limits: Limits = LIMITS,
        pause: Callable[[float], object] = time.sleep,
        halted: Callable[[], bool] = lambda: False,
    ) -> None:
        self.address = address
        self.pause = pause
        self._halted = halted
        self._server = Server(address, limits)
        self._token = Token(token)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._server.close()

    # ------------------------------------------------------------ who and where

    def check(self) -> Account:
        """Make sure that this is a Label Studio that lets us in.

        Raises `CurateError` when something else answers, `NoAccess` for the
        token, `WorldError` when it cannot be reached or is of an unknown kind.
        """
        version = self._version()
        try:
            account = self._read("api/current-user/whoami", Account)
        except NotThere:
            raise self._no_label_studio() from None
        return msgspec.structs.replace(account, version=version)

    def _version(self) -> str:
        answer = self._asked("GET", "api/version/", is_open=True)
        try:
            version = msgspec.json.decode(answer.content, type=answers.Released).release
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._no_label_studio() from None
        if version.partition(".")[0] != KNOWN.partition(".")[0]:
            raise WorldError(
                f"{self.address.url} is Label Studio {version}, which curate does not know",
                f"use Label Studio {KNOWN}",
            )
        return version

    def _no_label_studio(self) -> CurateError:
        return CurateError(
            f"{self.address.url} is no Label Studio",
            "give the address that you open in the browser, without the page",
        )

    def users(self) -> list[User]:
        """Everybody with an account, as far as the token lets us see."""
        return self._read("api/users/", list[User])

    # ------------------------------------------------------------ projects

    def project(self, number: int) -> ProjectInfo:
        """A project. Raises `NotThere`."""
        try:
            return self._read(f"api/projects/{number}/", ProjectInfo)
        except NotThere:
            raise NotThere(
                f"{self.address.url} has no project {number} that you may see",
                "name another with --project NUMBER, or make one with --create TITLE",
            ) from None

    def create_project(self, title: str, config: str, about: str) -> ProjectInfo:
        """Make a project, with a mark in its description by which it can be found again."""
        body = {
            "title": title,
            "label_config": config,
            "description": about,
            "model_version": MODEL,
            "show_collab_predictions": True,
        }
        return self._write("POST", "api/projects/", body, ProjectInfo)

    def find_project(self, about: str) -> ProjectInfo | None:
        """The project with exactly that description, among the newest."""
        query = {"ordering": "-id", "page_size": "100"}
        found = self._read("api/projects/", answers.Projects, query).results
        return next((p for p in found if p.description == about), None)

    def update_project(self, number: int, **values: str) -> ProjectInfo:
        """Change a project. Raises `Rejected` when odd annotations stand against a config."""
        return self._write("PATCH", f"api/projects/{number}/", values, ProjectInfo)

    # ------------------------------------------------------------ reading tasks

    def totals(self, project: int) -> Page:
        """How many tasks, answers and predictions there are: one short request."""
        query = {"project": str(project), "include": "id", "fields": "task_only", "page_size": "1"}
        return self._read("api/tasks/", Page, query)

    def stamps(self, project: int, keys: Sequence[str]) -> answers.Stamps:
        """The tasks of some keys, as briefly as possible: one short request."""
        query = {
            "project": str(project),
            "page_size": str(2 * len(keys)),
            "include": answers.STAMPED,
            "fields": "task_only",
            "query": _asking(_condition("data.key", "in_list", "List", list(keys))),
        }
        return self._read("api/tasks/", answers.Stamps, query)

    def listing(
        self,
        project: int,
        since: str | None = None,
        *,
        keys: Sequence[str] | None = None,
        numbers: Sequence[int] | None = None,
        brief: bool = False,
    ) -> Iterator[Row]:
        """Tasks in the order of their numbers: all, those changed `since`, of `keys`, `numbers`.

        The server's own time, as it writes it, is what `since` takes. `brief` rows
        come without their data.
        """
        conditions = []
        if numbers is not None:
            conditions.append(_condition("id", "in_list", "List", list(numbers)))
        if since is not None:
            conditions.append(_condition("updated_at", "greater", "Datetime", since))
        if keys is not None:
            conditions.append(_condition("data.key", "in_list", "List", list(keys)))
        include = answers.BRIEF if brief else answers.LISTED
        common = {"include": include, "fields": "task_only"}
        for raw in self._pages(project, conditions, common, PAGE):
            yield msgspec.json.decode(raw, type=Row)

    def tasks(self, project: int, numbers: Sequence[int]) -> Iterator[Task]:
        """Tasks with their annotations, skipped ones too; no drafts."""
        common = {"include": answers.ANSWERED, "fields": "all"}
        for start in range(0, len(numbers), FULL_PAGE):
            part = list(numbers[start : start + FULL_PAGE])
            conditions = [_condition("id", "in_list", "List", part)]
            for raw in self._pages(project, conditions, common, FULL_PAGE):
                yield msgspec.json.decode(raw, type=Task)

    def annotation(self, number: int) -> Answered:
        """One annotation as it is now. Raises `NotThere`."""
        return self._read(f"api/annotations/{number}/", Answered)

    def _pages(
        self, project: int, conditions: list[Json], common: dict[str, str], size: int
    ) -> Iterator[msgspec.Raw]:
        """Entries page by page, each page behind the last task of the one before."""
        last = 0
        while True:
            behind = _condition("id", "greater", "Number", last)
            query = {
                "project": str(project),
                "page": "1",
                "page_size": str(size),
                "query": _asking(*conditions, behind),
                **common,
            }
            found = self._read("api/tasks/", Page, query).tasks
            yield from found
            if len(found) < size:
                return
            last = msgspec.json.decode(found[-1], type=answers.Numbered).id

    # ------------------------------------------------------------ writing

    def import_tasks(self, project: int, tasks: Sequence[Json]) -> Imported:
        """Bring tasks in with what hangs on them; compare the counts with what was sent."""
        query = {"return_task_ids": "true"}
        return self._write("POST", f"api/projects/{project}/import", tasks, Imported, query)

    def import_predictions(self, project: int, predictions: Sequence[Json]) -> int:
        """Give tasks predictions; return how many the server says it made."""
        path = f"api/projects/{project}/import/predictions"
        return self._write("POST", path, predictions, Created).created

    def prediction_numbers(self, project: int, tasks: Sequence[int]) -> dict[int, int]:
        """Task → number of its prediction of ours, for tasks that have one."""
        common = {"include": answers.PREDICTED, "fields": "all"}
        found = {}
        for start in range(0, len(tasks), FULL_PAGE):
            part = list(tasks[start : start + FULL_PAGE])
            conditions = [_condition("id", "in_list", "List", part)]
            for raw in self._pages(project, conditions, common, FULL_PAGE):
                task = msgspec.json.decode(raw, type=answers.PredictedTask)
                ours = [p.id for p in task.predictions if p.model_version == MODEL]
                if ours:
                    found[task.id] = ours[0]
        return found

    def update_prediction(self, number: int, values: Json) -> None:
        """Put other content into a prediction."""
        self._write("PATCH", f"api/predictions/{number}/", values, answers.Numbered)

    def create_annotation(self, task: int, values: Json) -> Answered:
        """Give a task an annotation; with a `unique_id` that is there already: `Unsure`."""
        return self._write("POST", f"api/tasks/{task}/annotations/", values, Answered)

    def update_annotation(self, number: int, values: Json) -> Answered:
        """Put other content into an annotation. Raises `NotThere`."""
        return self._write("PATCH", f"api/annotations/{number}/", values, Answered)

    def delete_annotation(self, number: int) -> None:
        """Delete an annotation; one that is gone already is as good."""
        self._delete(f"api/annotations/{number}/")

    def delete_task(self, number: int) -> None:
        """Delete a task; one that is gone already is as good."""
        self._delete(f"api/tasks/{number}/")

    # ------------------------------------------------------------ asking

    def _read(self, path: str, kind: type[T], query: dict[str, str] | None = None) -> T:
        """Read, again and again with growing pauses if need be. Raises `WorldError`."""
        wait = 0.5
        for attempt in range(1, LIMITS.attempts + 1):
            is_last = attempt == LIMITS.attempts
            try:
                answer = self._asked("GET", path, query=query)
                if is_last or answer.status not in UNSURE:
                    return self._decoded(checked(answer, self.address.url), kind)
                after = answer.after
            except (Lost, Unsure) as error:
                if is_last:
                    raise WorldError(error.message, _TRY) from None
                after = 0.0
            self.pause(min(max(wait, after), LONGEST_PAUSE))
            wait *= 2
        raise WorldError(f"{self.address.url}: it was never asked", _TRY)

    def _write(
        self, method: str, path: str, body: object, kind: type[T],
        query: dict[str, str] | None = None,
    ) -> T:  # fmt: skip
        """Write once. Raises `Unsure`, `Rejected`, `NotThere`, `NoAccess`."""
        try:
            answer = self._asked(method, path, query=query, body=body)
        except Lost as error:
            raise Unsure(error.message) from None
        return self._decoded(checked(answer, self.address.url), kind)

    def _delete(self, path: str) -> None:
        try:
            answer = self._asked("DELETE", path)
        except Lost as error:
            raise Unsure(error.message) from None
        if answer.status != 404:
            checked(answer, self.address.url)

    def _asked(
        self, method: str, path: str, *,
        query: dict[str, str] | None = None, body: object = None, is_open: bool = False,
    ) -> Answer:  # fmt: skip
        """One answer; asked again only where an access token had run out, so nothing was done."""
        if self._halted():
            raise WorldError("the sync was stopped", "sync again: it goes on where it stopped")
        headers = {} if is_open else self._token.headers(self._server)
        answer = self._server.ask(method, path, query=query, body=body, headers=headers)
        if answer.status == 401 and not is_open and self._token.renew():
            headers = self._token.headers(self._server)
            answer = self._server.ask(method, path, query=query, body=body, headers=headers)
        return answer

    def _decoded(self, answer: Answer, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Unsure(f"{self.address.url}: its answer cannot be understood") from None


def _condition(field: str, operator: str, kind: str, value: object) -> Json:
    """A condition on tasks; the server takes only these formats."""
    return {"filter": f"filter:tasks:{field}", "operator": operator, "type": kind, "value": value}


def _asking(*conditions: Json) -> str:
    """A query for the tasks that fit all conditions, in the order of their numbers."""
    filters = {"conjunction": "and", "items": list(conditions)}
    return msgspec.json.encode({"filters": filters, "ordering": ["tasks:id"]}).decode()
