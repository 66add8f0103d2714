"""Draw items of a project for annotation, with a record of how."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.corpus.quality import Flag, quality
from curate.corpus.sampling import Draw, sample
from curate.errors import CurateError
from curate.model.candidate import FrameCandidate
from curate.project.activity import utc_now
from curate.project.copies import copies_now
from curate.project.curating import month_of, source_of
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.model.candidate import Candidate
    from curate.model.document import Document
    from curate.model.item import Item
    from curate.model.span import Span
    from curate.project.opening import Project
    from curate.store.encoding import Json

STRATA: dict[str, Callable[[Document], str]] = {"source": source_of, "month": month_of}
"""What a sample can be drawn in proportion to."""
_UNFIT = frozenset({Flag.NOT_ARABIC, Flag.MOJIBAKE})


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """How a sample is drawn."""

    size: int
    """Items, or documents where whole documents are drawn."""
    seed: int = 1
    by: tuple[str, ...] = ()
    """Names in `STRATA`."""
    types: frozenset[str] = frozenset()
    """Only items with a candidate of one of these types."""
    triggers: tuple[str, ...] = ()
    """Only items with a proposed event whose trigger is one of these words in normal form."""
    most_uncertain: bool = False
    documents: bool = False
    """Draw whole documents."""
    with_copies: bool = False
    """Draw near copies of earlier documents too."""
    with_flagged: bool = False
    """Draw texts that are not Arabic or wrongly decoded too."""
    again: bool = False
    """Draw items that are in an earlier sample too."""

    def as_json(self) -> dict[str, Json]:
        """What it takes to draw the same sample again."""
        return {
            "size": self.size,
            "seed": self.seed,
            "by": [*self.by],
            "types": [*sorted(self.types)],
            "triggers": [*self.triggers],
            "most_uncertain": self.most_uncertain,
            "documents": self.documents,
            "with_copies": self.with_copies,
            "with_flagged": self.with_flagged,
            "again": self.again,
        }


@dataclass(slots=True)
class SampleReport:
    """What was drawn, and out of what."""

    name: str
    items: list[str] = field(default_factory=list)
    pool: int = 0
    """Items, or documents, that could be drawn."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Why → documents or items that could not."""

    def as_json(self) -> dict[str, object]:
        """The report as values that JSON can hold."""
        return {
            "name": self.name,
            "items": self.items,
            "pool": self.pool,
            "left_out": self.left_out,
        }

    def lines(self) -> list[str]:
        """The figures for a reader."""
        out = ", ".join(f"{count:,} {why}" for why, count in self.left_out.items())
        return [
            f"{self.name}: {len(self.items):,} items drawn out of {self.pool:,}"
            + (f"; left out: {out}" if out else "")
        ]


def draw_sample(project: Project, name: str, options: SampleOptions) -> SampleReport:
    """Draw items, keep them in the project under a name that is not taken, and tell."""
    unknown = [by for by in options.by if by not in STRATA]
    if unknown:
        raise CurateError(f"a sample cannot be drawn by {unknown[0]}", f"by {', '.join(STRATA)}")
    types = {*project.schema.entity_types, *project.schema.event_types}
    for wanted in options.types - types:
        raise CurateError(
            f"the schema has no type {wanted}", "`curate schema show` lists the types"
        )
    report = SampleReport(name)
    pool = _Pool(project, options, report)
    members: dict[str, list[str]] = {}
    draws: list[Draw] = []
    for draw, items in pool.draws():
        draws.append(draw)
        members[draw.item] = items
    report.pool = len(draws)
    chosen = sample(draws, options.size, seed=options.seed, most_uncertain=options.most_uncertain)
    report.items = [item for key in chosen for item in members[key]]
    how: dict[str, Json] = {
        **options.as_json(),
        "pool": report.pool,
        "left_out": {**report.left_out},
    }
    project.store.samples.put(name, report.items, how, at=utc_now())
    return report


def sample_lines(project: Project, *, as_json: bool = False) -> list[str]:
    """The samples of a project, one a line, and how each was drawn."""
    samples = project.store.samples
    shown = []
    for name in samples.names():
        how = samples.how(name)
        count = len(samples.items(name))
        if as_json:
            entry = {"name": name, "items": count, "how": how}
            shown.append(json.dumps(entry, ensure_ascii=False))
        else:
            said = how.items() if isinstance(how, dict) else ()
            options = ", ".join(f"{key} {_said(value)}" for key, value in said if value)
            shown.append(f"{name}: {count:,} items ({options})")
    return shown


def _said(value: Json) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{count} {why}" for why, count in value.items())
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "yes" if value is True else str(value)


class _Pool:
    """What can be drawn."""

    def __init__(self, project: Project, options: SampleOptions, report: SampleReport) -> None:
        self._store = project.store
        self._options = options
        self._report = report
        self._copies = {} if options.with_copies else copies_now(project)
        self._drawn = frozenset[str]() if options.again else frozenset(self._store.samples.drawn())
        self._triggers = frozenset(normal(word) for word in options.triggers)

    def draws(self) -> Iterator[tuple[Draw, list[str]]]:
        """Each thing that can be drawn, with the items that come along."""
        for document in self._store.documents.all():
            if self._is_out(document):
                continue
            stratum = "\0".join(STRATA[by](document) for by in self._options.by)
            offers = [
                (item, doubt)
                for item, doubt in self._items(document)
                if item.id not in self._drawn or self._left_out("in an earlier sample")
            ]
            if not offers:
                continue
            if self._options.documents:
                doubt = sum(d for _, d in offers) / len(offers)
                yield Draw(document.id, stratum, doubt), [item.id for item, _ in offers]
            else:
                for item, doubt in offers:
                    yield Draw(item.id, stratum, doubt), [item.id]

    def _is_out(self, document: Document) -> bool:
        if document.id in self._copies:
            self._left_out("near copies")
            return True
        if not self._options.with_flagged and _UNFIT & {*quality(document).flags}:
            self._left_out("not Arabic or wrongly decoded")
            return True
        return False

    def _left_out(self, why: str) -> bool:
        self._report.left_out[why] = self._report.left_out.get(why, 0) + 1
        return False

    def _items(self, document: Document) -> Iterator[tuple[Item, float]]:
        items = self._store.items.of_document(document.id)
        options = self._options
        if not (options.types or self._triggers or options.most_uncertain):
            yield from ((item, 0.0) for item in items)
            return
        mentions, frames = self._store.candidates.of(document.id)
        proposed: list[Candidate] = [*mentions, *frames]
        for item in items:
            inside = [c for c in proposed if item.span.covers(_span(c))]
            if self._is_wanted(document, inside):
                yield item, uncertainty(inside)

    def _is_wanted(self, document: Document, inside: list[Candidate]) -> bool:
        types, triggers = self._options.types, self._triggers
        if types and not any(c.type in types for c in inside):
            return False
        return not triggers or any(
            isinstance(c, FrameCandidate) and normal(c.trigger.of(document.text)) in triggers
            for c in inside
        )


def uncertainty(candidates: list[Candidate]) -> float:
    """How unsure the most doubtful candidate is: 1 at a score of .5, 0 at scores of 0 and 1."""
    return max((1 - abs(2 * c.score - 1) for c in candidates), default=0.0)


def _span(candidate: Candidate) -> Span:
    return candidate.trigger if isinstance(candidate, FrameCandidate) else candidate.span
