"""What the work costs: seconds and keys per decision, and how much is accepted unread."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from curate.model.annotation import Fate, Status
from curate.model.candidate import MentionCandidate
from curate.project.control import control_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Annotation
    from curate.model.candidate import Candidate
    from curate.model.span import Span
    from curate.project.opening import Project

FAST: Final = 2.0
"""Seconds below which a candidate was hardly read before it was accepted."""
ACCEPTS: Final = frozenset({"accept mention", "accept frame", "accept all"})
"""Actions of the journal that say yes to what was proposed."""
BANDS: Final = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
"""Where bands of scores begin."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Decisions of one kind by one annotator."""

    action: str
    count: int
    keys: float
    """Mean keys of a decision."""
    seconds: float
    """Mean active seconds of a decision; pauses are cut."""
    median_seconds: float


@dataclass(frozen=True, slots=True)
class Share:
    """What became of candidates of one kind."""

    name: str
    """An event or entity type, or a band of scores such as `0.80–0.90`."""
    decided: int
    unchanged: int
    corrected: int
    rejected: int

    @property
    def rate(self) -> float:
        """Accepted unchanged, of all that were decided."""
        return self.unchanged / self.decided if self.decided else 0.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Closed items of one condition: with candidates shown, or hidden for control."""

    name: str
    """`shown` or `hidden`."""
    items: int
    seconds: float
    """Active seconds by item."""
    mentions: float
    """Mentions by item."""
    frames: float
    """Frames by item."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The work of one annotator in figures."""

    annotator: str
    items: int
    """Items closed: done, skipped or flagged."""
    mentions: int
    """Mentions in items that are done."""
    frames: int
    decisions: int
    undone: int
    seconds: float
    """Active seconds of all decisions."""
    keys: int
    fast_accepts: int
    """Accepts in less than `FAST` seconds."""
    accepts: int
    added_mentions: int
    """In closed items: mentions that overlap no candidate."""
    added_frames: int
    """In closed items: frames whose trigger overlaps no candidate's."""
    costs: tuple[Cost, ...] = ()
    types: tuple[Share, ...] = ()
    bands: tuple[Share, ...] = ()
    conditions: tuple[Condition, ...] = ()
    """Empty where the project has no control items."""

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return asdict(self)


@dataclass(slots=True)
class _Tally:
    """Figures of one annotator while they are gathered."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    keys: Counter[str] = field(default_factory=Counter)
    by_item: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    types: dict[str, Counter[Fate]] = field(default_factory=lambda: defaultdict(Counter))
    bands: dict[str, Counter[Fate]] = field(default_factory=lambda: defaultdict(Counter))
    items: int = 0
    mentions: int = 0
    frames: int = 0
    added: Counter[str] = field(default_factory=Counter)
    conditions: dict[str, list[tuple[float, int, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def efforts(project: Project, annotator: str | None = None) -> list[Effort]:
    """The effort of one annotator or of everybody who decided something, by name."""
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    for name, item, action, seconds, keys in project.store.journal.costs(annotator):
        tally = tallies[name]
        tally.seconds[action].append(seconds)
        tally.keys[action] += keys
        tally.by_item[item] += seconds
    for name, tally in tallies.items():
        _read_annotations(project, name, tally)
    return [_effort(name, tallies[name]) for name in sorted(tallies)]


def _read_annotations(project: Project, annotator: str, tally: _Tally) -> None:
    """What the annotator said in the end, beside what was proposed."""
    known: dict[str, Candidate] = {}
    document = ""
    hidden: frozenset[Span] = frozenset()
    controlled = control_of(project.store) is not None
    for item_id, annotation in project.store.annotations.all(annotator):
        item = project.store.items.get(item_id)
        if item is not None and item.document != document:
            document = item.document
            mentions, frames = project.store.candidates.of(document)
            known = {c.id: c for c in mentions}
            known.update((c.id, c) for c in frames)
            hidden = project.store.conditions.hidden(document)
        _fates(tally, annotation, known)
        if annotation.status not in (Status.NEW, Status.DRAFT):
            tally.items += 1
        if annotation.status is not Status.DONE:
            continue
        is_hidden = annotation.item in hidden
        tally.mentions += len(annotation.mentions)
        tally.frames += len(annotation.frames)
        if not is_hidden:
            _additions(tally, annotation, known)
        if controlled:
            figures = (tally.by_item[item_id], len(annotation.mentions), len(annotation.frames))
            tally.conditions["hidden" if is_hidden else "shown"].append(figures)


def _fates(tally: _Tally, annotation: Annotation, known: dict[str, Candidate]) -> None:
    for candidate_id, fate in annotation.fates.items():
        candidate = known.get(candidate_id)
        if candidate is not None:
            tally.types[candidate.type][fate] += 1
            tally.bands[band_of(candidate.score)][fate] += 1


def _additions(tally: _Tally, annotation: Annotation, known: dict[str, Candidate]) -> None:
    spans = [c.span for c in known.values() if isinstance(c, MentionCandidate)]
    triggers = [c.trigger for c in known.values() if not isinstance(c, MentionCandidate)]
    here = annotation.item
    spans = [s for s in spans if s.overlaps(here)]
    triggers = [s for s in triggers if s.overlaps(here)]
    tally.added["mentions"] += sum(
        not any(m.span.overlaps(s) for s in spans) for m in annotation.mentions
    )
    tally.added["frames"] += sum(
        not any(f.trigger.overlaps(s) for s in triggers) for f in annotation.frames
    )


def band_of(score: float) -> str:
    """The band of scores that a score lies in."""
    ends = (*BANDS[1:], 1.0)
    start, end = next(
        pair for pair in reversed(list(zip(BANDS, ends, strict=True))) if score >= pair[0]
    )
    return f"{start:.2f}–{end:.2f}"


def _effort(name: str, tally: _Tally) -> Effort:
    accepts = [s for action in ACCEPTS for s in tally.seconds.get(action, ())]
    every = [s for seconds in tally.seconds.values() for s in seconds]
    return Effort(
        annotator=name,
        items=tally.items,
        mentions=tally.mentions,
        frames=tally.frames,
        decisions=len(every),
        undone=len(tally.seconds.get("undo", ())),
        seconds=sum(every),
        keys=sum(tally.keys.values()),
        fast_accepts=sum(s < FAST for s in accepts),
        accepts=len(accepts),
        added_mentions=tally.added["mentions"],
        added_frames=tally.added["frames"],
        costs=tuple(_costs(tally)),
        types=tuple(_shares(tally.types)),
        bands=tuple(_shares(tally.bands)),
        conditions=tuple(
            _condition(name, figures) for name, figures in sorted(tally.conditions.items())
        ),
    )


def _costs(tally: _Tally) -> Iterator[Cost]:
    """Kinds of decisions, the commonest first."""
    for action, seconds in sorted(tally.seconds.items(), key=lambda x: (-len(x[1]), x[0])):
        count = len(seconds)
        yield Cost(
            action,
            count,
            tally.keys[action] / count,
            statistics.fmean(seconds),
            statistics.median(seconds),
        )


def _shares(found: dict[str, Counter[Fate]]) -> Iterator[Share]:
    for name, fates in sorted(found.items()):
        yield Share(
            name,
            fates.total(),
            fates[Fate.ACCEPTED],
            fates[Fate.CORRECTED],
            fates[Fate.REJECTED],
        )


def _condition(name: str, figures: list[tuple[float, int, int]]) -> Condition:
    seconds, mentions, frames = zip(*figures, strict=True)
    mean = statistics.fmean
    return Condition(name, len(figures), mean(seconds), mean(mentions), mean(frames))
