"""Writes into the project what a sync brings and learns: all of one look, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid5

import msgspec

from curate.formats.label_studio_reading import COMMENT
from curate.model.annotation import Annotation
from curate.model.change import difference
from curate.model.comment import Comment
from curate.model.ids import new_id
from curate.store.journal import Decision
from curate.store.quarantine import Stray
from curate.store.remote import RemoteAnswer, RemoteTask
from curate.store.rulings import Rival
from curate.sync.job import NAMES, SOURCE, shown
from curate.sync.marks import mark
from curate.sync.plan import GOLD, Act, Key, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from curate.sync.job import Job, Theirs, View
    from curate.sync.plan import Action

ACTION: Final = "pull"
"""What the journal calls a decision that came from the server."""


@dataclass(slots=True)
class Kept:
    """What came of writing."""

    stale: set[str] = field(default_factory=set)
    """Items on which somebody worked meanwhile: nothing was written on them."""
    rows: int = 0
    """Journal rows written."""
    strays: int = 0
    """Things put into quarantine."""


def keep(
    job: Job,
    view: View,
    actions: Iterable[Action],
    settled: Collection[str],
    arrived: Iterable[RemoteTask] = (),
) -> Kept:
    """Write what the actions bring, and that the `settled` items are now known as they are.

    `arrived` are tasks whose candidates are there for certain.
    """
    keeper = _Keeper(job, view)
    with job.store.writing():
        job.store.remotes.put_tasks(job.link.number, arrived)
        for action in actions:
            keeper.take(action)
        keeper.settle(settled)
    return keeper.kept


class _Keeper:
    """Writes the actions of one look, inside a transaction."""

    def __init__(self, job: Job, view: View) -> None:
        self._job = job
        self._view = view
        self._link = job.link.number
        self._remotes = job.store.remotes
        self.kept = Kept()
        self._writes: dict[Act, Callable[[Action], None]] = {
            Act.TASK: self._forget_task,
            Act.ADOPT_TASK: self._adopt_task,
            Act.DROP_TASK: self._drop_task,
            Act.PULL: self._pull,
            Act.CLEAR_HERE: self._clear,
            Act.CONFLICT: self._conflict,
            Act.ADOPT: self._adopt,
            Act.ASK: self._ask,
            Act.FORGET: self._forget,
        }

    def take(self, action: Action) -> None:
        """Write what an action brings, if it brings anything here."""
        write = self._writes.get(action.act)
        if write is None:
            return
        if action.annotator and not self._is_as_seen(action.key):
            self.kept.stale.add(action.item)
            return
        write(action)

    def settle(self, items: Collection[str]) -> None:
        """Note when the server last changed these items: till then they are known."""
        view = self._view
        known = {t.item: t for t in self._remotes.tasks(self._link, list(items))}
        rows = {i: view.rows[i] for i in items if i in view.rows and i not in self.kept.stale}
        self._remotes.put_tasks(
            self._link,
            (
                replace(known[i], task=row.id, updated_at=row.updated_at, answers=row.answers)
                for i, row in rows.items()
                if i in known
            ),
        )
        noted = self._remotes.answers(self._link, list(rows))
        self._remotes.put_answers(
            self._link,
            (
                replace(answer, annotation=theirs.number, updated_at=theirs.updated_at)
                for answer in noted
                if (theirs := view.theirs.get(Key(answer.item, answer.annotator))) is not None
            ),
        )

    # ------------------------------------------------------------ tasks

    def _forget_task(self, action: Action) -> None:
        """What hung on an earlier task of the item is not there any more."""
        self._remotes.forget_answers(self._link, action.item)

    def _adopt_task(self, action: Action) -> None:
        row = self._view.rows[action.item]
        proposed = self._view.proposed[action.item] if row.total_predictions else ""
        task = RemoteTask(action.item, row.id, None, row.answers, proposed)
        self._remotes.put_tasks(self._link, [task])

    def _drop_task(self, action: Action) -> None:
        known = self._view.known_tasks[action.item]
        dropped = replace(known, question=None, keep=None, is_dropped=True)
        self._remotes.put_tasks(self._link, [dropped])

    # ------------------------------------------------------------ annotations

    def _pull(self, action: Action) -> None:
        key, theirs = action.key, self._view.theirs[action.key]
        self._drop_rival(key)
        self._quarantine(key, theirs)
        if theirs.errors:  # nothing of it can stand here
            here = self._view.here.annotations.get(key)
            self._note(key, None if here is None else here.mark)
            return
        wanted = theirs.annotation
        if not theirs.is_ours:
            wanted = self._job.decided(self._view.items[key.item].document, wanted)
        self._write(key, wanted)
        self._note(key, mark(wanted))

    def _clear(self, action: Action) -> None:
        key = action.key
        self._write(key, Annotation(key.annotator, self._view.items[key.item].span))
        self._remotes.forget_answer(self._link, key.item, key.annotator)

    def _conflict(self, action: Action) -> None:
        key, theirs = action.key, self._view.theirs[action.key]
        self._quarantine(key, theirs)
        if not theirs.errors:
            rival = Rival(key.item, SOURCE, theirs.annotation)
            self._job.store.rulings.put_rival(rival, at=self._job.now())
        self._note(key, self._view.here.annotations[key].mark, Question.CONFLICT)

    def _adopt(self, action: Action) -> None:
        self._drop_rival(action.key)
        here = self._view.here.annotations.get(action.key)
        self._note(action.key, None if here is None else here.mark)

    def _ask(self, action: Action) -> None:
        question = None if action.question is None else action.question.value
        if not action.annotator:
            task = self._view.known_tasks[action.item]
            self._remotes.put_tasks(self._link, [replace(task, question=question)])
            return
        known = self._answer(action.key)
        if known is not None:
            self._remotes.put_answers(self._link, [replace(known, question=question)])

    def _forget(self, action: Action) -> None:
        self._drop_rival(action.key)
        self._remotes.forget_answer(self._link, action.item, action.annotator)

    # ------------------------------------------------------------ pieces

    def _is_as_seen(self, key: Key) -> bool:
        """Whether nobody changed the annotation here since the look."""
        if key.annotator == GOLD:
            return True
        seen = self._view.mine.get(key)
        blank = Annotation(key.annotator, self._view.items[key.item].span)
        return self._job.store.annotations.get(key.item, key.annotator) == (seen or blank)

    def _write(self, key: Key, wanted: Annotation) -> None:
        """Bring an annotation to what the server has, as a row of its annotator's journal."""
        store = self._job.store
        change = difference(store.annotations.get(key.item, key.annotator), wanted)
        if change:
            store.journal.write(
                Decision(
                    new_id(), key.annotator, key.item, ACTION, change, 0.0, 0, self._job.now(),
                    undoable=False,
                )
            )  # fmt: skip
            self.kept.rows += 1

    def _note(self, key: Key, here: str | None, question: Question | None = None) -> None:
        """Remember an annotation as it is on both sides."""
        number, updated_at = self._view.seen_there(key)
        there = self._view.there.annotations.get(key)
        asked = None if question is None else question.value
        answer = RemoteAnswer(key.item, key.annotator, number, updated_at, here, there, asked)
        self._remotes.put_answers(self._link, [answer])

    def _answer(self, key: Key) -> RemoteAnswer | None:
        found = self._remotes.answers(self._link, [key.item])
        return next((a for a in found if a.annotator == key.annotator), None)

    def _drop_rival(self, key: Key) -> None:
        annotator = "gold" if key.annotator == GOLD else key.annotator
        self._job.store.rulings.drop_rival(key.item, annotator, SOURCE)

    def _quarantine(self, key: Key, theirs: Theirs) -> None:
        """Keep what does not fit with its reason and place, and comments as comments."""
        place = f"{shown(key)}, annotation {theirs.number}"
        said = comments_in(theirs, self._source())
        if said:
            self._job.store.comments.add(key.item, said)
        strays = [
            Stray(self._source(), place, misfit.reason, _text(misfit.content))
            for misfit in theirs.misfits
            if misfit.reason != COMMENT
        ]
        if theirs.errors:
            reason = "; ".join(theirs.errors)
            strays.append(Stray(self._source(), place, reason, _text(theirs.answer)))
        if strays:
            self._job.store.quarantine.put(strays, at=self._job.now())
            self.kept.strays += len(strays)

    def _source(self) -> str:
        return f"{SOURCE} {self._job.link.server}, project {self._job.project}"


def comments_in(theirs: Theirs, source: str) -> list[Comment]:
    """What was written there about single regions; the same words are the same comment."""
    found = []
    for misfit in theirs.misfits:
        if misfit.reason != COMMENT or not isinstance(misfit.content, Mapping):
            continue
        region = str(misfit.content.get("id"))
        meta = misfit.content.get("meta")
        words = meta.get("text") if isinstance(meta, Mapping) else None
        text = "\n".join(map(str, words)) if isinstance(words, list) else str(words)
        name = uuid5(NAMES, f"{source}/{theirs.number}/{region}/{text}").hex
        spans = {m.id: m.span for m in theirs.annotation.mentions}
        spans |= {f.id: f.trigger for f in theirs.annotation.frames}
        if text.strip():
            who, at = theirs.annotation.annotator, theirs.updated_at.replace("Z", "+00:00")
            found.append(Comment(name, name, who, at, text, about=region, span=spans.get(region)))
    return found


def _text(content: object) -> str:
    return msgspec.json.encode(content).decode()
