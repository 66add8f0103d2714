"""Runs a sync batch by batch, until both sides say the same.

A batch is looked at on both sides, planned, done, and looked at again: what was
done is noted only when it was seen to have arrived. So an answer that got lost,
a broken connection, a killed process and a server that keeps half of what it
confirms are all one case, and nothing is ever sent twice on trust.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.errors import WorldError
from curate.sync.http import LONGEST_PAUSE
from curate.sync.keeping import keep
from curate.sync.looking import look
from curate.sync.plan import Act, Action, Direction, Key, Plan, Side, plan
from curate.sync.refusals import Unsure
from curate.sync.scope import earlier, listed, scope
from curate.sync.sending import Sender

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from curate.sync.job import Job, View
    from curate.sync.scope import Scope

    Progress = Callable[[int, int, str], None]

BATCH: Final = 400
"""Items that are dealt with at a time."""
ROUNDS: Final = 10
"""How often a batch is looked at before it is given up."""
_SENT: Final = frozenset({Act.TASK, Act.PREDICTION, Act.PUSH, Act.DELETE_THERE})
"""What is done on the server."""
_QUIET: Final = frozenset({Act.ADOPT, Act.ADOPT_TASK})
"""What follows from our own sending, and is no news then."""


@dataclass(slots=True)
class Outcome:
    """What came of a sync."""

    counts: Counter[Act] = field(default_factory=Counter)
    quarantined: int = 0
    refused: list[str] = field(default_factory=list)
    """What cannot go, and why."""
    warnings: list[str] = field(default_factory=list)
    open: list[Action] = field(default_factory=list)
    """What a person has to decide."""
    strangers: int = 0
    """Tasks there that are none of ours; they are left alone."""

    @property
    def exit_code(self) -> int:
        """4 with something left to decide, 1 with something that cannot go, else 0."""
        return 4 if self.open else int(bool(self.refused))

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return {
            "done": {act.value: count for act, count in sorted(self.counts.items())},
            "quarantined": self.quarantined,
            "refused": self.refused,
            "warnings": self.warnings,
            "open": [action.as_json() for action in self.open],
            "strangers": self.strangers,
        }


def preview(
    job: Job, direction: Direction, *, full: bool = False, progress: Progress | None = None
) -> Plan:
    """What a sync would do; nothing is written on either side. Raises `SuddenlyEmpty`."""
    asked = scope(job, full=full, progress=progress)
    actions: list[Action] = []
    for done, batch in _batches(asked.items):
        view = look(job, batch, asked.absent)
        actions += plan(view.base, view.here, view.there).only(direction)
        _tell(progress, done, asked.items)
    return Plan(tuple(actions))


def run(
    job: Job, direction: Direction, *, full: bool = False, progress: Progress | None = None
) -> Outcome:
    """Bring both sides together, as far as the direction goes.

    Broken off anywhere, by whatever, it can be run again and goes on. Raises
    `SuddenlyEmpty`, and `WorldError` when the server does not come to an answer.
    """
    asked = scope(job, full=full, progress=progress)
    runner = _Runner(job, direction)
    runner.outcome.strangers = asked.strangers
    for done, batch in _batches(asked.items):
        bar = _Bar(progress, done - len(batch), done, len(asked.items))
        runner.batch(batch, asked.absent, bar.tick)
        _tell(progress, done, asked.items)
    _close(job, asked, runner)
    return runner.outcome


def _batches(items: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Items in batches, each with how many are done after it."""
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        yield start + len(batch), batch


def _tell(progress: Progress | None, done: int, items: Sequence[str]) -> None:
    if progress is not None:
        progress(done, len(items), "syncing")


@dataclass(slots=True)
class _Bar:
    """The progress within a batch, from single annotations that were sent."""

    progress: Progress | None
    done: int
    until: int
    total: int

    def tick(self) -> None:
        """Go one on, never beyond the batch."""
        self.done = min(self.done + 1, self.until)
        if self.progress is not None:
            self.progress(self.done, self.total, "sending")


class _Runner:
    """Deals with batches, and adds up what came of them."""

    def __init__(self, job: Job, direction: Direction) -> None:
        self._job = job
        self._direction = direction
        self.outcome = Outcome()
        self.rows = 0
        """Journal rows that were written."""
        self.is_quiet = True
        """Whether nothing was sent."""
        self.left: set[Side] = set()
        """Sides on which something was left as it is, to be looked at again."""

    def batch(
        self, items: Sequence[str], absent: Collection[str], tick: Callable[[], None]
    ) -> None:
        """Look, write, send; again, until there is nothing to send."""
        told = _Told()
        fewest, tries, wait = -1, 0, 0.5
        while items:
            view = look(self._job, items, absent)
            absent = ()
            whole = plan(view.base, view.here, view.there)
            going, stale, lost = self._round(view, whole, told, tick)
            items = sorted({action.item for action in going} | stale)
            if lost is not None:
                items = items or sorted(view.items)
            elif not items:
                break
            if 0 <= fewest <= len(going):
                tries += 1
            else:
                fewest, tries, wait = len(going), 0, 0.5
            if tries >= ROUNDS:
                raise lost or _stubborn(self._job)
            if lost is not None or tries:
                after = 0.0 if lost is None else lost.after
                self._job.remote.pause(min(max(wait, after), LONGEST_PAUSE))
                wait *= 2
        self._tell(told)

    def _round(
        self, view: View, whole: Plan, told: _Told, tick: Callable[[], None]
    ) -> tuple[list[Action], set[str], Unsure | None]:
        """Do what one look asks for; return what has to be seen to have arrived."""
        chosen = [a for a in whole.only(self._direction) if not told.is_refused(a)]
        going = [a for a in chosen if a.act in _SENT]
        sender = Sender(self._job, view, tick)
        lost = None
        try:
            sender.send(going)
            if self._direction is not Direction.PULL:
                sender.drop_extra()
        except Unsure as error:
            lost = error
        told.take(view, chosen, sender)
        arrived = {task.item for task in sender.sent.arrived}
        going = [
            a
            for a in going
            if not told.is_refused(a) and not (a.item in arrived and not a.annotator)
        ]
        rest = {a.item for a in whole.work if a not in chosen} | {k.item for k in told.refused}
        busy = {a.item for a in going} | rest | set(view.problems)
        kept = keep(self._job, view, chosen, view.items.keys() - busy, sender.sent.arrived)
        self.rows += kept.rows
        self.outcome.quarantined += kept.strays
        self.is_quiet = self.is_quiet and not going and not view.extra
        self._leave(whole, chosen, view)
        return going, kept.stale, lost

    def _leave(self, whole: Plan, chosen: Collection[Action], view: View) -> None:
        """Note what stays to be looked at by the next sync."""
        for action in whole.work:
            if action not in chosen:
                self.left.add(Side.HERE if action.act in _SENT else Side.THERE)
        if view.problems or view.extra:
            self.left.add(Side.THERE)

    def _tell(self, told: _Told) -> None:
        self.outcome.counts.update(act for act, _ in told.done)
        self.outcome.refused += told.refused.values()
        self.outcome.warnings += [*told.problems, *told.left]
        self.outcome.open += told.open.values()


@dataclass(slots=True)
class _Told:
    """What there is to say of a batch, however often it was looked at."""

    done: set[tuple[Act, Key]] = field(default_factory=set)
    refused: dict[Key, str] = field(default_factory=dict)
    problems: dict[str, None] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)
    open: dict[Key, Action] = field(default_factory=dict)
    is_first: bool = True

    def is_refused(self, action: Action) -> bool:
        """Whether it cannot be done, or hangs on a task that cannot be there."""
        return action.key in self.refused or Key(action.item, "") in self.refused

    def take(self, view: View, chosen: Collection[Action], sender: Sender) -> None:
        """Add what one look came to."""
        self.refused |= sender.sent.refused
        self.problems |= {f"{item}: {why}": None for item, why in view.problems.items()}
        self.left |= dict.fromkeys(sender.sent.left)
        for action in chosen:
            if action.is_open:
                self.open[action.key] = action
            is_news = self.is_first or action.act not in _QUIET
            if is_news and action.act is not Act.REMIND and not self.is_refused(action):
                self.done.add((action.act, action.key))
        self.is_first = False


def _stubborn(job: Job) -> WorldError:
    return WorldError(
        f"{job.link.server} does not keep what it is given, however often",
        "look at the project there and at the server's log, then run the command again",
    )


def _close(job: Job, asked: Scope, runner: _Runner) -> None:
    """Note up to when both sides are known, so that the next sync looks only at what is new."""
    link, remotes = job.link, job.store.remotes
    seen = asked.seen
    if not runner.is_quiet or Side.THERE in runner.left:
        found = listed(job, None if link.seen is None else earlier(link.seen))
        seen = found.first_changed or found.seen or seen
    journal, candidates = link.journal, link.candidates
    if Side.HERE not in runner.left and not runner.outcome.refused:
        journal, candidates = asked.journal, asked.candidates
        newest, _ = remotes.newest()
        if remotes.written(journal, newest) == runner.rows:
            journal = newest  # nobody else wrote meanwhile
    job.save(
        seen=seen,
        journal=journal,
        candidates=candidates,
        strangers=asked.strangers,
        at=asked.at,
    )
