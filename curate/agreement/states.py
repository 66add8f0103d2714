"""Who counts on an item: what was said last, and only what is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Status
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Work:
    """An annotation, and the version of schema and guidelines that it was made with."""

    annotation: Annotation
    version: str = ""
    at: str = ""
    """When it was last closed, ISO 8601; "" where nobody knows."""


@dataclass(frozen=True, slots=True)
class DocumentWork:
    """All that annotators said of one document."""

    id: str
    works: tuple[Work, ...]
    """Of an annotator's several words on an item the last one counts."""
    same_words: Callable[[tuple[int, int], tuple[int, int]], bool] | None = None
    """Whether two spans of this text differ in form alone."""
    hidden: frozenset[Span] | None = None
    """Items whose candidates were not shown, to anybody; None where that was not recorded."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that somebody skipped."""

    document: str
    item: Span
    annotator: str
    reason: str | None


@dataclass(slots=True)
class Attendance:
    """How many items each annotator has in which state, and what could not be compared."""

    statuses: dict[str, Counter[Status]] = field(default_factory=lambda: defaultdict(Counter))
    skipped: list[Skipped] = field(default_factory=list)
    single: int = 0
    """Items that one annotator alone has done."""
    versions_differ: int = 0
    """Items that annotators have done under different versions."""
    repeated: int = 0
    """Annotations that the same annotator's later ones replaced."""


def items_said(
    work: DocumentWork, attendance: Attendance
) -> Iterator[tuple[Span, dict[str, Work]]]:
    """Each item of a document with the last word of each annotator, both in order."""
    found: dict[Span, dict[str, Work]] = defaultdict(dict)
    for said in work.works:
        of_item = found[said.annotation.item]
        attendance.repeated += said.annotation.annotator in of_item
        of_item[said.annotation.annotator] = said
    for span in sorted(found):
        said_of = {name: found[span][name] for name in sorted(found[span])}
        for name, said in said_of.items():
            attendance.statuses[name][said.annotation.status] += 1
            if said.annotation.status is Status.SKIPPED:
                reason = said.annotation.reason
                attendance.skipped.append(Skipped(work.id, span, name, reason))
        yield span, said_of


def done_together(
    said: dict[str, Work], attendance: Attendance, counted: frozenset[Status]
) -> list[dict[str, Work]]:
    """The work on an item that can be compared: groups of two and more, of one version.

    Only those in a `counted` status count; an empty one that is done is an answer.
    """
    by_version: dict[str, dict[str, Work]] = defaultdict(dict)
    for name, word in said.items():
        if word.annotation.status in counted:
            by_version[word.version][name] = word
    groups = [group for group in by_version.values() if len(group) > 1]
    attendance.single += len(by_version) == 1 and not groups
    attendance.versions_differ += len(by_version) > 1
    return groups


def done_again(work: DocumentWork, counted: frozenset[Status]) -> Iterator[tuple[Span, Work, Work]]:
    """Items that one annotator has done twice under one version: the two readings, in order."""
    last: dict[tuple[str, Span], Work] = {}
    for said in work.works:
        if said.annotation.status not in counted:
            continue
        key = said.annotation.annotator, said.annotation.item
        before = last.get(key)
        if before is not None and before.version == said.version:
            yield said.annotation.item, before, said
        last[key] = said
