"""Candidates from outside, held against schema and text: what does not fit is dropped, counted."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.candidates.naming import named
from curate.model.annotation import Annotation, Frame, Mention
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.problems import Code, Problem, Severity, problems_in
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.model.document import Document
    from curate.model.schema import EventSchema

_LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Checked:
    """What fits, and how much was dropped for which reason."""

    candidates: tuple[Candidate, ...]
    dropped: Counter[str]


def checked(
    candidates: Iterable[object], schema: EventSchema, document: Document, producer: str
) -> Checked:
    """The candidates that fit, under lasting ids and the producer's name.

    A slot that does not fit is emptied and the frame stays; a mention or frame
    that does not fit goes, and with it the slots that it filled.
    """
    dropped: Counter[str] = Counter()
    kept = list(_wellformed(candidates, producer, dropped))
    while kept:
        problems = [p for p in _problems(kept, schema, document) if _counts(p)]
        if not problems:
            break
        kept = _without(kept, problems, dropped)
    return Checked(named(kept), dropped)


def _wellformed(
    candidates: Iterable[object], producer: str, dropped: Counter[str]
) -> Iterable[Candidate]:
    seen: set[str] = set()
    for candidate in candidates:
        if not isinstance(candidate, MentionCandidate | FrameCandidate):
            dropped["it is no candidate"] += 1
        elif candidate.id in seen:
            dropped["its id was given before"] += 1
        elif not (math.isfinite(candidate.score) and 0 <= candidate.score <= 1):
            dropped["its score is no probability"] += 1
        else:
            seen.add(candidate.id)
            reason = candidate.reason[:_LONGEST_REASON]
            yield replace(candidate, producer=producer, reason=reason)


def _problems(kept: Sequence[Candidate], schema: EventSchema, document: Document) -> list[Problem]:
    mentions = [
        Mention(c.id, c.span, c.type, c.subtype, c.attributes)
        for c in kept
        if isinstance(c, MentionCandidate)
    ]
    frames = [
        Frame(c.id, c.type, c.trigger, c.arguments, c.attributes)
        for c in kept
        if isinstance(c, FrameCandidate)
    ]
    whole = Span(0, max(1, len(document.text)))
    said = Annotation("checking", whole, mentions=tuple(mentions), frames=tuple(frames))
    return problems_in(said, schema, document.text)


def _counts(problem: Problem) -> bool:
    """Whether it is a reason to drop: errors are, and spans that begin or end with a blank."""
    return problem.severity is Severity.ERROR or problem.code is Code.BLANK_EDGE


def _without(
    kept: Sequence[Candidate], problems: Iterable[Problem], dropped: Counter[str]
) -> list[Candidate]:
    """The candidates without those that have a problem, or without the slot that has it."""
    gone: dict[str, Code] = {}
    slots: dict[tuple[str, str], Code] = {}
    for problem in problems:
        if problem.atom is None:
            continue
        if problem.role is None:
            gone.setdefault(problem.atom, problem.code)
        else:
            slots.setdefault((problem.atom, problem.role), problem.code)
    for code in (*gone.values(), *slots.values()):
        dropped[code.value.replace("-", " ")] += 1
    return [_emptied(c, slots) for c in kept if c.id not in gone]


def _emptied(candidate: Candidate, slots: dict[tuple[str, str], Code]) -> Candidate:
    if not isinstance(candidate, FrameCandidate):
        return candidate
    stay = tuple(a for a in candidate.arguments if (candidate.id, a.role) not in slots)
    return replace(candidate, arguments=stay)
