"""From confirmed annotations to a model: pure, and the same bytes for the same lessons."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates import crf
from curate.candidates.coding import Coder
from curate.candidates.guesses import cut_features, cut_options, span_of, subtype_key
from curate.candidates.judging import Trial, judge
from curate.candidates.learned import FORMAT, Model
from curate.candidates.linear import fitted
from curate.candidates.tags import MENTION, OUTSIDE, TRIGGER, Chunk, chunks_of, tags_of
from curate.model.annotation import Annotation
from curate.model.document import Document
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.candidates.linear import Option
    from curate.candidates.sights import Reader, Sight

PARTS: Final = 5
"""One lesson in five is kept aside to measure on."""
FEWEST: Final = 10
"""Lessons needed before any is kept aside."""
FEW: Final = 400
"""Up to so many lessons, each part is kept aside in turn: there is time, and each one counts."""
_NO_PART: Final = -1
_SCALE: Final = 1000
_LEAST: Final = 4
"""Thousandths: weights that are smaller are left out."""
_SURE: Final = 0.8
"""Share of a stem's mentions that must have a subtype for it to be proposed."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An item that somebody finished."""

    document: Document
    annotation: Annotation


class _Seen(NamedTuple):
    """A sentence of a lesson, read by the rules, with what is true of it."""

    sight: Sight
    chunks: list[Chunk]
    wanted: dict[tuple[str, Span], str | None]
    """Kind and span of each mention and trigger → its subtype."""
    part: int
    """Which part of the lessons it belongs to."""


def train(
    lessons: Iterable[Lesson], reader: Reader, version: str, warm: Iterable[Lesson] = ()
) -> Model:
    """Learn mentions and triggers from lessons, and from others to begin warm with.

    The order of the lessons makes no difference. None of the warm ones is kept
    aside to measure on. `version` names the model.
    """
    ordered = sorted(lessons, key=_order)
    parts = _parts(ordered)
    seen = list(_read(ordered, parts, reader))
    first = sorted(warm, key=_order)
    seen += _read(first, [_NO_PART] * len(first), reader)
    blank = _blank(reader.schema.identity, version)
    if not seen:
        return blank
    aside = _aside(parts)
    models = _fitted(seen, [[s for s in seen if s.part != part] for part in aside] + [seen], blank)
    if aside:
        judged = judge(
            Trial(model, [s.sight for s in kept], [set(s.wanted) for s in kept])
            for part, model in zip(aside, models, strict=False)
            if (kept := [s for s in seen if s.part == part])
        )
        held_out = replace(judged.held_out, lessons=sum(part in aside for part in parts))
        models[-1] = replace(models[-1], held_out=held_out, calibration=judged.calibration)
    return replace(models[-1], lessons=len(ordered), source=fingerprint([*ordered, *first]))


def _aside(parts: Sequence[int]) -> range:
    """Which parts are kept aside in turn, each to be judged by a model that has not seen it."""
    if len(parts) < FEWEST:
        return range(0)
    return range(PARTS if len(parts) <= FEW else 1)


def _order(lesson: Lesson) -> tuple[str, int, int, str]:
    item = lesson.annotation.item
    return lesson.document.id, item.start, item.end, lesson.annotation.annotator


def _parts(lessons: Sequence[Lesson]) -> list[int]:
    """Which part each lesson belongs to: whole documents where there are enough of them."""
    documents = sorted({x.document.id for x in lessons}, key=_shuffled)
    if len(documents) < PARTS:
        return [n % PARTS for n in range(len(lessons))]
    part = {name: n % PARTS for n, name in enumerate(documents)}
    return [part[x.document.id] for x in lessons]


def _shuffled(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def fingerprint(lessons: Iterable[Lesson]) -> str:
    """SHA-256 over which items lessons are and what they say, in whatever order."""
    digest = hashlib.sha256()
    for lesson in sorted(lessons, key=_order):
        a = lesson.annotation
        said = sorted((m.span.start, m.span.end, m.type, m.subtype or "") for m in a.mentions)
        said += sorted((f.trigger.start, f.trigger.end, f.type, "!") for f in a.frames)
        digest.update(repr((lesson.document.id, a.item.start, a.item.end, said)).encode())
    return digest.hexdigest()


def _read(lessons: Sequence[Lesson], parts: Sequence[int], reader: Reader) -> Iterator[_Seen]:
    """The sentences of lessons that follow each other document by document."""
    numbered = zip(lessons, parts, strict=True)
    for _, group in groupby(numbered, key=lambda pair: pair[0].document.id):
        taught = list(group)
        for sight in reader.sights(taught[0][0].document):
            reading = sight.scan.reading
            span = Span(reading.starts[0], reading.ends[-1])
            for lesson, part in taught:
                if lesson.annotation.item.covers(span):
                    yield _seen(sight, span, lesson.annotation, part)


def _seen(sight: Sight, span: Span, annotation: Annotation, part: int) -> _Seen:
    wanted: dict[tuple[str, Span], str | None] = {
        (f"{MENTION}:{m.type}", m.span): m.subtype
        for m in annotation.mentions
        if span.overlaps(m.span)
    }
    for frame in annotation.frames:
        if span.overlaps(frame.trigger):
            wanted[f"{TRIGGER}:{frame.type}", frame.trigger] = None
    return _Seen(sight, chunks_of(sight.scan.reading, [annotation]), wanted, part)


def _blank(schema: str, version: str) -> Model:
    return Model(
        format=FORMAT,
        version=version,
        schema=schema,
        lessons=0,
        source="",
        parameters={name: float(value) for name, value in crf.PARAMETERS.items()},
        held_out=None,
        tags=(OUTSIDE,),
        weights={},
        transitions=(),
        calibration={},
        cuts={},
        subtypes={},
    )


def _fitted(seen: Sequence[_Seen], subsets: Sequence[Sequence[_Seen]], blank: Model) -> list[Model]:
    """A model from each subset of the sentences."""
    coder = Coder()
    rows = [coder.rows(s.sight) for s in seen]
    labels = [tags_of(s.chunks, len(s.sight.scan.reading.words)) for s in seen]
    places = {id(s): place for place, s in enumerate(seen)}
    chosen = [[places[id(s)] for s in subset] for subset in subsets]
    found = crf.trained(rows, labels, chosen, list(coder.numbers))
    return [_model(w, subset, blank) for w, subset in zip(found, subsets, strict=True)]


def _model(found: crf.Weights, seen: Sequence[_Seen], blank: Model) -> Model:
    used = {tag for _, tag in found.state} | {t for pair in found.transitions for t in pair}
    tags = (OUTSIDE, *sorted(used - {OUTSIDE}))
    places = {tag: place for place, tag in enumerate(tags)}
    weights: dict[str, list[int]] = {}
    for (feature, tag), weight in found.state.items():
        rounded = round(weight * _SCALE)
        if abs(rounded) >= _LEAST:
            weights.setdefault(feature, []).extend((places[tag], rounded))
    moves = ((places[a], places[b], round(w * _SCALE)) for (a, b), w in found.transitions.items())
    return replace(
        blank,
        tags=tags,
        weights={feature: tuple(weights[feature]) for feature in sorted(weights)},
        transitions=tuple(sorted(m for m in moves if m[2])),
        cuts=fitted(list(_cut_cases(seen))),
        subtypes=_subtypes(seen),
    )


def _cut_cases(seen: Iterable[_Seen]) -> Iterator[tuple[list[Option], int]]:
    for sentence in seen:
        for chunk in sentence.chunks:
            options = cut_options(sentence.sight.scan.reading.words[chunk.first])
            if len(options) > 1 and chunk.cut in options:
                features = cut_features(sentence.sight, chunk.first, chunk.kind)
                yield features, options.index(chunk.cut)


def _subtypes(seen: Iterable[_Seen]) -> dict[str, str]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in seen:
        for chunk in sentence.chunks:
            reading = sentence.sight.scan.reading
            span = span_of(reading, chunk.first, chunk.last, chunk.cut)
            subtype = sentence.wanted.get((chunk.kind, span))
            if not chunk.is_trigger:
                counts[subtype_key(sentence.sight, chunk)][subtype or ""] += 1
    chosen: dict[str, str] = {}
    for key in sorted(counts):
        subtype, count = min(counts[key].items(), key=lambda pair: (-pair[1], pair[0]))
        if subtype and count >= _SURE * counts[key].total():
            chosen[key] = subtype
    return chosen
