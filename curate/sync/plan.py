"""What a sync has to do, told from three pictures: the last sync, this project, the server.

Pure. A picture holds fingerprints, no contents: what two sides say is the same
when their fingerprints are. `plan` never decides what a person should: where
both sides changed, both versions are kept and it is a conflict; what is gone
from one side is asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from curate.sync.emptied import FEW, SuddenlyEmpty

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD: Final = "=gold"
"""Stands for an annotator where the gold annotation of an item is meant; it only goes there."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What is synced on its own: one annotator's annotation of one item."""

    item: str
    """Id of the item, which is `data.key` of the task."""
    annotator: str


class Side(StrEnum):
    """One of the two sides."""

    HERE = "here"
    THERE = "there"


class Question(StrEnum):
    """What a person has to decide."""

    CONFLICT = "conflict"
    """Both sides changed; both versions are kept."""
    GONE_THERE = "deleted there"
    GONE_HERE = "deleted here"
    TASK_GONE = "task deleted there"


class Act(StrEnum):
    """What is done about an item or an annotation."""

    TASK = "push task"
    ADOPT_TASK = "know task"
    """The task is there already: note which it is."""
    PREDICTION = "push candidates"
    DROP_TASK = "leave task out"
    PUSH = "push"
    PULL = "pull"
    ADOPT = "same"
    """Both sides say the same: note it."""
    CONFLICT = "conflict"
    DELETE_THERE = "delete there"
    CLEAR_HERE = "clear here"
    FORGET = "forget"
    """It is gone on both sides."""
    ASK = "ask"
    REMIND = "still open"
    """A question that was asked before; nothing is done."""
    WAIT = "not finished"
    """A draft stays here until it is done."""


class Direction(StrEnum):
    """Which way things go."""

    PUSH = "push"
    PULL = "pull"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Mine:
    """An annotation in this project."""

    mark: str
    """Fingerprint of what it says."""
    is_finished: bool = True
    """False for a draft, which does not go anywhere yet."""


@dataclass(frozen=True, slots=True)
class Known:
    """An annotation as it was on both sides after the last sync; None: it was not there."""

    here: str | None
    there: str | None
    question: Question | None = None
    """What was asked about it and is open."""
    keep: Side | None = None
    """The answer to the question: the side that holds."""
    is_settled: bool = False
    """A conflict that adjudication decided: the sides differ and may."""


@dataclass(frozen=True, slots=True)
class KnownTask:
    """A task as it was after the last sync."""

    proposed: str
    """Fingerprint of the candidates that were pushed; empty for none."""
    question: Question | None = None
    keep: Side | None = None
    is_dropped: bool = False
    """It was deleted there, and stays away."""


@dataclass(frozen=True, slots=True)
class Here:
    """Our project: the items and annotations in question."""

    items: Mapping[str, str] = field(default_factory=dict)
    """Item id → fingerprint of its candidates, empty for none."""
    annotations: Mapping[Key, Mine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class There:
    """The server: the tasks and annotations in question."""

    tasks: Mapping[str, bool] = field(default_factory=dict)
    """Item id → whether the task has predictions."""
    annotations: Mapping[Key, str] = field(default_factory=dict)
    """Fingerprints of what they say."""


@dataclass(frozen=True, slots=True)
class Base:
    """The last sync: the tasks and annotations in question, and how many there were in all."""

    tasks: Mapping[str, KnownTask] = field(default_factory=dict)
    annotations: Mapping[Key, Known] = field(default_factory=dict)
    all_tasks: int = 0
    """Tasks known to be there, with nothing asked or dropped."""
    all_annotations: int = 0
    """Annotations known, with nothing asked or answered about them."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do."""

    act: Act
    item: str
    annotator: str = ""
    """Empty where the task itself is meant."""
    question: Question | None = None
    """What is asked, for ASK and REMIND."""

    @property
    def key(self) -> Key:
        """Whom and what it is about."""
        return Key(self.item, self.annotator)

    @property
    def is_open(self) -> bool:
        """Whether it leaves something for a person to decide."""
        return self.act in _OPEN

    def as_json(self) -> dict[str, str]:
        """The action as values that JSON can hold; no text of the corpus is in it."""
        parts = {"do": self.act.value, "item": self.item, "annotator": self.annotator}
        return parts if self.question is None else {**parts, "question": self.question.value}


_OPEN: Final = frozenset({Act.CONFLICT, Act.ASK, Act.REMIND})
_IDLE: Final = frozenset({Act.REMIND, Act.WAIT})
_BOTH: Final = frozenset({
    Act.ADOPT_TASK, Act.ADOPT, Act.CONFLICT, Act.FORGET, Act.ASK, Act.REMIND, Act.WAIT,
    Act.DROP_TASK,
})  # fmt: skip
_OF: Final = {
    Direction.PUSH: _BOTH | {Act.TASK, Act.PREDICTION, Act.PUSH, Act.DELETE_THERE},
    Direction.PULL: _BOTH | {Act.PULL, Act.CLEAR_HERE},
    Direction.BOTH: frozenset(Act),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync has to do: tasks first, then annotations, each in the order of its name."""

    actions: tuple[Action, ...] = ()

    def __iter__(self) -> Iterator[Action]:
        return iter(self.actions)

    @property
    def work(self) -> tuple[Action, ...]:
        """The actions that do something."""
        return tuple(a for a in self.actions if a.act not in _IDLE)

    @property
    def open(self) -> tuple[Action, ...]:
        """The actions that leave something to decide."""
        return tuple(a for a in self.actions if a.is_open)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.work

    def only(self, direction: Direction) -> Plan:
        """The part that goes one way; notes and questions go either way."""
        return Plan(tuple(a for a in self.actions if a.act in _OF[direction]))

    def counts(self) -> Counter[Act]:
        """How many actions of each kind there are."""
        return Counter(a.act for a in self.actions)


def plan(base: Base, here: Here, there: There) -> Plan:
    """What brings both sides together.

    The pictures hold what is in question and need not be whole, but what one of
    them holds is missing from another only if it does not exist there. Raises
    `SuddenlyEmpty` when all that was known of one side is gone.
    """
    _check_not_empty(base, here, there)
    tasks = _tasks(base, here, there)
    absent = {a.item for a in tasks if a.question is Question.TASK_GONE or a.act is Act.DROP_TASK}
    absent |= {item for item, known in base.tasks.items() if known.is_dropped}
    anew = {a.item for a in tasks if a.act is Act.TASK}  # what hung on an earlier task is gone
    keys = sorted({*base.annotations, *here.annotations, *there.annotations})
    found = (
        _annotation(
            key,
            None if key.item in anew else base.annotations.get(key),
            here.annotations.get(key),
            there.annotations.get(key),
        )
        for key in keys
        if key.item not in absent
    )
    return Plan((*tasks, *(action for action in found if action is not None)))


def _check_not_empty(base: Base, here: Here, there: There) -> None:
    tasks = [i for i, k in base.tasks.items() if k.question is None and not k.is_dropped]
    is_whole = len(tasks) == base.all_tasks > FEW
    if is_whole and not any(item in there.tasks for item in tasks):
        raise SuddenlyEmpty.of_tasks(len(tasks))
    known = [key for key, k in base.annotations.items() if k.question is None and k.keep is None]
    if not len(known) == base.all_annotations > FEW:
        return
    if not any(key in there.annotations for key in known):
        raise SuddenlyEmpty.of_answers(len(known))
    if not any(key in here.annotations for key in known):
        raise SuddenlyEmpty.of_work(len(known))


def _tasks(base: Base, here: Here, there: There) -> list[Action]:
    items = dict.fromkeys((*here.items, *base.tasks, *there.tasks))
    found: list[Action] = []
    for item in items:
        known, mine, seen = base.tasks.get(item), here.items.get(item), there.tasks.get(item)
        if known is None:
            found += _new_task(item, mine, seen)
        elif seen is None:
            found += _gone_task(item, known)
        else:
            found += _present_task(item, known, mine, has_predictions=seen)
    return found


def _new_task(item: str, mine: str | None, seen: bool | None) -> list[Action]:  # noqa: FBT001
    if mine is None:
        return []  # a task of somebody else's
    if seen is None:
        return [Action(Act.TASK, item)]
    lacks = [Action(Act.PREDICTION, item)] if mine and not seen else []
    return [Action(Act.ADOPT_TASK, item), *lacks]


def _gone_task(item: str, known: KnownTask) -> list[Action]:
    if known.is_dropped:
        return []
    if known.keep is Side.HERE:
        return [Action(Act.TASK, item)]
    if known.keep is Side.THERE:
        return [Action(Act.DROP_TASK, item)]
    act = Act.ASK if known.question is None else Act.REMIND
    return [Action(act, item, question=Question.TASK_GONE)]


def _present_task(
    item: str, known: KnownTask, mine: str | None, *, has_predictions: bool
) -> list[Action]:
    found = []
    if known.question is not None or known.keep is not None or known.is_dropped:
        found.append(Action(Act.ADOPT_TASK, item))  # it came back
    if mine and (mine != known.proposed or not has_predictions):
        found.append(Action(Act.PREDICTION, item))
    return found


def _annotation(
    key: Key, known: Known | None, mine: Mine | None, theirs: str | None
) -> Action | None:
    here = None if mine is None else mine.mark
    if known is None and here is None and theirs is None:
        return None
    act, question = _decided(known, here, theirs, is_gold=key.annotator == GOLD)
    if act is None:
        return None
    if act is Act.PUSH and mine is not None and not mine.is_finished:
        act = Act.WAIT
    return Action(act, key.item, key.annotator, question)


def _decided(
    known: Known | None, here: str | None, there: str | None, *, is_gold: bool
) -> tuple[Act | None, Question | None]:
    """What to do about one annotation, and what to ask."""
    known = known or Known(None, None)
    if here == there:
        if here is None:
            return Act.FORGET, None
        return (None if known == Known(here, there) else Act.ADOPT), None
    if known.keep is not None:
        return _kept(known.keep, here, there), None
    gone = _gone(known, here, there)
    if gone is not None:
        return (Act.REMIND if known.question is gone else Act.ASK), gone
    if here is not None and there is not None and _collide(known, here, there, is_gold=is_gold):
        return Act.CONFLICT, Question.CONFLICT
    return _one_sided(known, here, there)


def _one_sided(
    known: Known, here: str | None, there: str | None
) -> tuple[Act | None, Question | None]:
    """What to do where at most one side changed."""
    if known.question is Question.CONFLICT:
        return Act.REMIND, Question.CONFLICT
    if here != known.here:
        return Act.PUSH, None
    if there != known.there:
        return Act.PULL, None
    return (None if known.question is None else Act.ADOPT), None


def _collide(known: Known, here: str, there: str, *, is_gold: bool) -> bool:
    """Whether both sides say something that the other has not seen."""
    changed_here, changed_there = here != known.here, there != known.there
    if known.question is Question.CONFLICT:
        return changed_there
    if known.is_settled:
        return changed_here or changed_there
    if is_gold and changed_there:
        return True  # gold is made here
    return changed_here and (changed_there or known.here is None)


def _gone(known: Known, here: str | None, there: str | None) -> Question | None:
    """Whether one side lost what it had."""
    if there is None and known.there is not None:
        return Question.GONE_THERE
    if here is None and known.here is not None:
        return Question.GONE_HERE
    return None


def _kept(side: Side, here: str | None, there: str | None) -> Act:
    """What makes the side hold that a person chose."""
    if side is Side.HERE:
        return Act.DELETE_THERE if here is None else Act.PUSH
    return Act.CLEAR_HERE if there is None else Act.PULL
