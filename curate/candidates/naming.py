"""Ids of candidates, made from what they propose: the same proposal has the same id in every run.

So a decision still finds its candidate after candidates were proposed anew,
and two copies of a project agree on what was decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Argument
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate

if TYPE_CHECKING:
    from collections.abc import Sequence


def named(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates under lasting ids such as `m12-17-TYPE` and `f3-9-Type`, slots included."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for candidate in candidates:
        name = wanted = _wanted(candidate)
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name)
        names[candidate.id] = name
    return tuple(_renamed(candidate, names) for candidate in candidates)


def _wanted(candidate: Candidate) -> str:
    if isinstance(candidate, FrameCandidate):
        span, kind = candidate.trigger, "f"
    else:
        span, kind = candidate.span, "m"
    return f"{kind}{span.start}-{span.end}-{candidate.type}"


def _renamed(candidate: Candidate, names: dict[str, str]) -> Candidate:
    c = candidate  # built anew by hand: `dataclasses.replace` takes four times as long
    if isinstance(c, FrameCandidate):
        arguments = tuple(_filled(argument, names) for argument in c.arguments)
        return FrameCandidate(
            names[c.id], c.type, c.trigger, arguments, c.score, c.producer, c.reason, c.attributes
        )
    return MentionCandidate(
        names[c.id], c.span, c.type, c.subtype, c.score, c.producer, c.reason, c.attributes
    )


def _filled(argument: Argument, names: dict[str, str]) -> Argument:
    if argument.mention is not None:
        return Argument(argument.role, mention=names[argument.mention])
    if argument.frame is not None:
        return Argument(argument.role, frame=names[argument.frame])
    return argument
