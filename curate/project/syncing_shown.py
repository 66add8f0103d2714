"""Plans and outcomes of a sync in words for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.sync.plan import GOLD, Act, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.project.syncing import SyncState
    from curate.sync.plan import Action, Plan
    from curate.sync.run import Outcome

_SAID: Final[Mapping[Act, tuple[str, str]]] = {
    Act.TASK: ("task pushed", "tasks pushed"),
    Act.ADOPT_TASK: ("task was there already", "tasks were there already"),
    Act.PREDICTION: ("task given new candidates", "tasks given new candidates"),
    Act.PUSH: ("annotation pushed", "annotations pushed"),
    Act.PULL: ("annotation pulled", "annotations pulled"),
    Act.ADOPT: ("annotation the same on both sides", "annotations the same on both sides"),
    Act.CONFLICT: (
        "annotation changed on both sides: both versions are kept",
        "annotations changed on both sides: both versions are kept",
    ),
    Act.DELETE_THERE: ("annotation deleted there", "annotations deleted there"),
    Act.CLEAR_HERE: ("annotation cleared here", "annotations cleared here"),
    Act.DROP_TASK: ("task left out from now on", "tasks left out from now on"),
    Act.FORGET: ("annotation gone on both sides", "annotations gone on both sides"),
    Act.WAIT: ("draft waits until it is done", "drafts wait until they are done"),
}
_ASKED: Final[Mapping[Question, str]] = {
    Question.CONFLICT: "both sides changed; both versions are kept",
    Question.GONE_THERE: "deleted in Label Studio, still here",
    Question.GONE_HERE: "taken away here, still in Label Studio",
    Question.TASK_GONE: "its task was deleted in Label Studio",
}
_FEW: Final = 10
"""How many of a kind are named before the rest is only counted."""


def table(plan: Plan) -> list[str]:
    """The plan, one action a line: what, whose, where; columns parted by tabs."""
    return [f"{_what(a)}\t{_who(a)}\t{a.item}" for a in plan]


def plan_lines(plan: Plan) -> list[str]:
    """The plan in figures."""
    if plan.is_empty:
        return [_nothing(plan.open)]
    return [f"{count:,} × {act.value}" for act, count in sorted(plan.counts().items())]


def outcome_lines(outcome: Outcome) -> list[str]:
    """What came of a sync."""
    done = [
        f"{count:,} {_SAID[act][count != 1]}"
        for act in _SAID
        if (count := outcome.counts.get(act, 0))
    ]
    lines = done or [_nothing(outcome.open)]
    if outcome.quarantined:
        lines.append(
            f"{outcome.quarantined:,} parts that the schema forbids went to `curate quarantine`"
        )
    if outcome.strangers:
        lines.append(f"{outcome.strangers:,} tasks there are not of this project: left alone")
    lines += _few([f"cannot go: {reason}" for reason in outcome.refused])
    lines += _few([f"warning: {words}" for words in outcome.warnings])
    return [*lines, *open_lines(outcome.open)]


def open_lines(actions: Iterable[Action]) -> list[str]:
    """What is left to decide, and how."""
    asked = list(actions)
    if not asked:
        return []
    lines = _few([f"decide: {_who(a)} on {a.item}: {_question(a)}" for a in asked])
    how = "`curate sync resolve ITEM --as WHO --keep here|there`"
    return [*lines, f"{how}, or rule on the case in `curate review`, then sync again"]


def state_lines(found: SyncState) -> list[str]:
    """What is known of the other side."""
    link = found.link
    return [
        f"{link.server}, project {link.project}: {link.title}",
        f"{found.tasks:,} tasks and {found.annotations:,} annotations are the same on both sides",
        f"last synced {link.at or 'never'}",
        *open_lines(found.open),
    ]


def _nothing(asked: Sequence[Action]) -> str:
    return "nothing to do but to decide" if asked else "nothing to do: both sides say the same"


def _what(action: Action) -> str:
    asked = action.question
    if asked is None or asked.value == action.act.value:
        return action.act.value
    return f"{action.act.value}: {asked}"


def _who(action: Action) -> str:
    return "gold" if action.annotator == GOLD else action.annotator or "task"


def _question(action: Action) -> str:
    return "" if action.question is None else _ASKED[action.question]


def _few(lines: list[str]) -> list[str]:
    rest = len(lines) - _FEW
    return lines if rest <= 0 else [*lines[:_FEW], f"… and {rest:,} more of these"]
