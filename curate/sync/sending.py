"""Sends what is to go to the server: tasks in bulk, annotations one by one.

Nothing is noted here: the next look at both sides tells what arrived.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final
from uuid import uuid5

import msgspec

from curate.errors import FormatError
from curate.formats.label_studio import answer_of, task_of
from curate.store.remote import RemoteTask
from curate.sync.job import NAMES, shown
from curate.sync.looking import understood
from curate.sync.plan import GOLD, Act, Key
from curate.sync.refusals import NotThere, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curate.sync.answers import Row, Stamp
    from curate.sync.job import Job, Json, View
    from curate.sync.plan import Action

LARGEST: Final = 6 * 1024 * 1024
"""Bytes of tasks that are sent at once, beyond one task."""
_MANY: Final = 20
"""So many refusals in one look end the sync."""
_AT_ONCE: Final = timedelta(seconds=1)
"""Longest time that the server itself takes between making a task and its last touch."""


@dataclass(slots=True)
class Sent:
    """What came of sending."""

    refused: dict[Key, str] = field(default_factory=dict)
    """What cannot be sent at all, and why."""
    arrived: list[RemoteTask] = field(default_factory=list)
    """Tasks that were seen there just as they were sent, or whose candidates were."""
    left: list[str] = field(default_factory=list)
    """Said of tasks that are there twice and may not be deleted."""


class Sender:
    """Sends the actions of one look at both sides."""

    def __init__(self, job: Job, view: View, tick: Callable[[], None]) -> None:
        self._job = job
        self._view = view
        self._tick = tick
        self.sent = Sent()

    def send(self, actions: Iterable[Action]) -> None:
        """Send everything. Raises `Unsure` as soon as the outcome of something is not known."""
        by_act: dict[Act, list[Action]] = {}
        for action in actions:
            by_act.setdefault(action.act, []).append(action)
        pushes = by_act.get(Act.PUSH, [])
        new = [a.item for a in by_act.get(Act.TASK, [])]
        self._tasks(new, pushes)
        self._predictions([a.item for a in by_act.get(Act.PREDICTION, [])])
        fresh = set(new)
        for action in pushes:
            if action.item not in fresh:
                self._annotation(action.key)
                self._tick()
        for action in by_act.get(Act.DELETE_THERE, []):
            self._delete(action.key)

    def drop_extra(self) -> None:
        """Delete tasks that are there twice and say nothing that the first does not say."""
        for row in self._view.extra:
            if self._is_copy(row):
                self._job.remote.delete_task(row.id)
            else:
                self.sent.left.append(
                    f"the task {row.id} is a second one of {row.key}, with work of its own: "
                    "settle it in Label Studio"
                )

    # ------------------------------------------------------------ tasks

    def _tasks(self, items: Sequence[str], pushes: Iterable[Action]) -> None:
        keys: dict[str, list[Key]] = {}
        for action in pushes:
            keys.setdefault(action.item, []).append(action.key)
        bare = [item for item in items if item not in keys]
        for chunk in _by_size(self._task(item, ()) for item in bare):
            self._see(chunk, self._import(chunk))
        for chunk in _by_size(self._task(item, keys[item]) for item in items if item in keys):
            self._import(chunk)

    def _import(self, tasks: list[Json]) -> list[int]:
        """Bring tasks in and return their numbers.

        Where the server does not take them, because they are too many or one of
        them is not to its liking, halves are tried.
        """
        try:
            return self._job.remote.import_tasks(self._job.project, tasks).task_ids
        except Rejected as error:
            if len(tasks) == 1:
                self._refuse(Key(_key(tasks[0]), ""), error)
                return []
            half = len(tasks) // 2
            return [*self._import(tasks[:half]), *self._import(tasks[half:])]

    def _see(self, tasks: list[Json], numbers: list[int]) -> None:
        """Note tasks without annotations as arrived, if a short look shows just them.

        One for each item, with their predictions, as nobody has touched them yet;
        else nothing is noted, and the next look at both sides tells.
        """
        items = [_key(task) for task in tasks]
        held = self._job.remote.stamps(self._job.project, items)
        proposed = {i: self._view.proposed[i] for i in items}
        stamps = {stamp.id: stamp.updated_at for stamp in held.tasks if _is_fresh(stamp)}
        is_whole = len(numbers) == len(items) == len(held.tasks) and set(stamps) == set(numbers)
        predicted = sum(bool(mark) for mark in proposed.values())
        if is_whole and (held.total_predictions, held.total_annotations) == (predicted, 0):
            self.sent.arrived += [
                RemoteTask(item, number, stamps[number], 0, proposed[item])
                for item, number in zip(items, numbers, strict=True)
            ]

    def _task(self, item: str, keys: Iterable[Key]) -> Json:
        view = self._view
        answers = [found for key in keys if (found := self._answer(key)) is not None]
        predictions = [view.predictions[item]] if view.predictions[item] else []
        task = task_of(view.texts[item], view.items[item], self._job.schema)
        return {**task, "annotations": answers, "predictions": predictions}

    # ------------------------------------------------------------ candidates

    def _predictions(self, items: Sequence[str]) -> None:
        """Give tasks candidates, in the place of ours that they have; those of others stay."""
        rows, remote, project = self._view.rows, self._job.remote, self._job.project
        there = [item for item in items if item in rows]
        predicted = [rows[item].id for item in there if rows[item].total_predictions]
        ours = remote.prediction_numbers(project, predicted) if predicted else {}
        bare = [item for item in there if rows[item].id not in ours]
        chunk = [{"task": rows[i].id, **self._view.predictions[i]} for i in bare]
        if chunk and remote.import_predictions(project, chunk) == len(chunk):
            self._note(bare)
        for item in there:
            if item not in bare:
                with suppress(NotThere):  # deleted just now: the next look tells
                    remote.update_prediction(ours[rows[item].id], self._view.predictions[item])
                    self._note([item])
                self._tick()

    def _note(self, items: Iterable[str]) -> None:
        held = {t.item: t for t in self._job.store.remotes.tasks(self._job.link.number, [*items])}
        self.sent.arrived += [
            replace(task, proposed=self._view.proposed[item]) for item, task in held.items()
        ]

    # ------------------------------------------------------------ annotations

    def _annotation(self, key: Key) -> None:
        """Create it, or put its content into the one there, if that is still as it was seen."""
        values = self._answer(key)
        row = self._view.rows.get(key.item)
        if values is None or row is None:
            return
        if key not in self._view.there.annotations:
            name = f"{self._job.project}/{row.id}/{key.item}/{key.annotator}"
            made = {**values, "unique_id": str(uuid5(NAMES, name)), "lead_time": 0}
            self._try(key, lambda: self._job.remote.create_annotation(row.id, made))
            return
        number, seen = self._view.seen_there(key)
        if number is None or not self._is_as_seen(number, seen):
            return
        values.pop("completed_by", None)
        self._try(key, lambda: self._job.remote.update_annotation(number, values))

    def _try(self, key: Key, write: Callable[[], object]) -> None:
        """Write one annotation; that the server does not want it keeps no other from going."""
        try:
            with suppress(NotThere):  # deleted just now: the next look tells
                write()
        except Rejected as error:
            self._refuse(key, error)

    def _refuse(self, key: Key, error: Rejected) -> None:
        """Note what the server does not take; when that is much, something else is wrong."""
        if len(self.sent.refused) >= _MANY:
            raise error
        self.sent.refused[key] = f"{shown(key)}: {error.message}"

    def _is_as_seen(self, number: int, seen: str | None) -> bool:
        """Whether nobody changed it there since: the server itself would not notice."""
        try:
            return self._job.remote.annotation(number).updated_at == seen
        except NotThere:
            return False

    def _answer(self, key: Key) -> Json | None:
        """An annotation as the server takes it; None, with the reason noted, if it cannot go."""
        view = self._view
        annotation = replace(view.mine[key], annotator=key.annotator)
        try:
            values = answer_of(annotation, self._job.schema, view.texts[key.item].text)
        except FormatError as error:
            self.sent.refused[key] = f"{shown(key)}: {error.message} ({error.remedy})"
            return None
        user = self._job.people.user_of(key.annotator)
        if user is not None:
            values["completed_by"] = user
        return {**values, "ground_truth": key.annotator == GOLD}

    def _delete(self, key: Key) -> None:
        number, seen = self._view.seen_there(key)
        if number is not None and self._is_as_seen(number, seen):
            self._job.remote.delete_annotation(number)

    # ------------------------------------------------------------ tasks that are there twice

    def _is_copy(self, extra: Row) -> bool:
        """Whether a second task of an item says nothing of its own."""
        item = extra.key or ""
        if extra.data != self._view.rows[item].data or item in self._view.problems:
            return False
        said = self._view.there.annotations
        for task in self._job.remote.tasks(self._job.project, [extra.id]):
            for answer in task.annotations:
                theirs = understood(self._job, self._view, item, answer)
                if said.get(Key(item, theirs.annotation.annotator)) != theirs.mark:
                    return False
        return True


def _key(task: Json) -> str:
    data = task["data"]
    return str(data["key"]) if isinstance(data, dict) else ""


def _is_fresh(stamp: Stamp) -> bool:
    """Whether nobody touched a task since it was made: not even skipping it is that fast."""
    made, changed = (datetime.fromisoformat(t) for t in (stamp.created_at, stamp.updated_at))
    return changed - made < _AT_ONCE


def _by_size(tasks: Iterable[Json]) -> Iterator[list[Json]]:
    """Tasks in groups that are not too large for a request."""
    waiting = iter(tasks)
    group: list[Json] = []
    size = 0
    while task := next(islice(waiting, 1), None):
        length = len(msgspec.json.encode(task))
        if group and size + length > LARGEST:
            yield group
            group, size = [], 0
        group.append(task)
        size += length
    if group:
        yield group
