"""Items as Label Studio tasks: candidates become predictions, annotations become answers.

Offsets are Unicode code points, as in Label Studio's own text regions, but
counted from the start of the item. Everything that its editor would drop from a
relation is kept in the `meta` of the frame's region, which survives a save.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from curate.errors import FormatError
from curate.formats import label_studio_config as config
from curate.formats.label_studio_config import Carrier
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, text_hash
from curate.model.item import Item, ItemUnit, item_id, items_of
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.records import Record
    from curate.model.candidate import Candidate
    from curate.model.schema import EventSchema

Json = dict[str, object]
META: Final = "curate"
"""The key under which a region's `meta` holds what is ours."""
CONTEXT: Final = 600
"""Characters of the article shown on either side of an item."""


def write_tasks(records: Iterable[Record], schema: EventSchema, unit: ItemUnit) -> Iterator[bytes]:
    """A JSON array of tasks, as Label Studio imports it, one task a line."""
    encoder = msgspec.json.Encoder()
    before = b"[\n"
    for record in records:
        for task in tasks_of(record, schema, unit):
            yield before + encoder.encode(task)
            before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def tasks_of(record: Record, schema: EventSchema, unit: ItemUnit) -> Iterator[Json]:
    """One task for each item of the document, and for each other span that was annotated.

    Raises FormatError for work that does not fit the schema or leaves its item.
    """
    document = record.document
    items = {item.span: item for item in items_of(document, unit)}
    for annotation in record.annotations:
        made = Item(item_id(document.id, annotation.item), document.id, annotation.item)
        items.setdefault(annotation.item, made)
    for span in sorted(items):
        done = [a for a in record.annotations if a.item == span and a.status is not Status.NEW]
        yield task_of(document, items[span], schema, done, record.candidates)


def task_of(
    document: Document,
    item: Item,
    schema: EventSchema,
    annotations: Iterable[Annotation] = (),
    candidates: Iterable[Candidate] = (),
) -> Json:
    """One item as a task."""
    proposed = prediction_of(candidates, item.span, schema, document.text)
    return {
        "data": task_data(document, item, schema),
        "meta": {"document": dict(document.meta)},
        "annotations": [answer_of(a, schema, document.text) for a in annotations],
        "predictions": [] if proposed is None else [proposed],
    }


def task_data(document: Document, item: Item, schema: EventSchema) -> Json:
    """What a task says of its item; `key` is the item's id, the same in every copy."""
    span = item.span
    known = {n: document.meta.get(n) for n in ("title", "source", "date", "url", "licence")}
    shown = [str(known[n]) for n in ("title", "source", "date") if known[n] is not None]
    words = span.of(document.text)
    return {
        "key": item.id,
        "text": words,
        "context": _context(document.text, span),
        "where": " · ".join(shown) or document.id,
        "document": document.id,
        "start": span.start,
        "end": span.end,
        "sha256": text_hash(words),
        "schema": schema.identity,
        **{name: value for name, value in known.items() if value is not None},
    }


def _context(text: str, span: Span) -> str:
    """The article around the item, which stands between ⟦ and ⟧; nothing if it is all of it."""
    if span == Span(0, len(text)):
        return ""
    before = text[max(0, span.start - CONTEXT) : span.start]
    return f"{before}⟦{span.of(text)}⟧{text[span.end : span.end + CONTEXT]}"


def answer_of(annotation: Annotation, schema: EventSchema, text: str) -> Json:
    """An annotation as Label Studio's annotation of the task."""
    ids = {*(m.id for m in annotation.mentions), *(f.id for f in annotation.frames)}
    writer = _Writer(schema, annotation.item, text, ids)
    for mention in annotation.mentions:
        writer.mention(mention, _ours(candidate=mention.candidate))
    for frame in annotation.frames:
        writer.frame(frame, frame.candidate)
    for link in annotation.links:
        writer.relate(link.source, link.target, config.relation_label(link.kind))
    return {
        "result": [*writer.result(), *_item_results(annotation, writer.taken)],
        "was_cancelled": annotation.status is Status.SKIPPED,
        "ground_truth": False,
    }


def prediction_of(
    candidates: Iterable[Candidate], item: Span, schema: EventSchema, text: str
) -> Json | None:
    """The candidates inside an item as one prediction; slots filled from outside stay empty."""
    inside = [c for c in candidates if item.covers(_where(c))]
    if not inside:
        return None
    kept = {c.id for c in inside}
    writer = _Writer(schema, item, text, kept)
    for candidate in inside:
        meta: Json = {
            "text": [candidate.reason],
            META: {"reason": candidate.reason, "producer": candidate.producer},
        }
        if isinstance(candidate, MentionCandidate):
            mention = Mention(
                candidate.id,
                candidate.span,
                candidate.type,
                candidate.subtype,
                candidate.attributes,
            )
            writer.mention(mention, meta, candidate.score)
        else:
            arguments = tuple(a for a in candidate.arguments if _is_inside(a, kept, item))
            frame = Frame(
                candidate.id, candidate.type, candidate.trigger, arguments, candidate.attributes
            )
            writer.frame(frame, None, meta, candidate.score)
    return {
        "model_version": "+".join(sorted({c.producer for c in inside})),
        "score": sum(c.score for c in inside) / len(inside),
        "result": writer.result(),
    }


def _where(candidate: Candidate) -> Span:
    return candidate.trigger if isinstance(candidate, FrameCandidate) else candidate.span


def _is_inside(argument: Argument, kept: set[str], item: Span) -> bool:
    if argument.span is not None:
        return item.covers(argument.span)
    return (argument.mention or argument.frame) in kept


def _ours(**values: object) -> Json:
    """The `meta` of a region, without what says nothing."""
    given = {name: value for name, value in values.items() if value is not None}
    return {META: given} if given else {}


@dataclass(slots=True)
class _Region:
    """A region as it is repeated for each of its choices."""

    id: str
    value: Json
    extra: Json


_Controls = dict[tuple[Carrier, str, str | None], config.AttributeControl]
_made: list[tuple[EventSchema, _Controls]] = []
"""The schema that was written last, with its controls: a corpus is written with one."""


def _controls_of(schema: EventSchema) -> _Controls:
    """The controls by carrier, type and attribute."""
    known = next((controls for of, controls in _made if of is schema), None)
    if known is None:
        known = {
            (control.carrier, owner, control.attribute): control
            for control in config.attribute_controls(schema).values()
            for owner in control.types or ("",)
        }
        _made[:] = [(schema, known)]
    return known


class _Writer:
    """Collects the results of one annotation: regions, their choices, relations."""

    def __init__(self, schema: EventSchema, item: Span, text: str, ids: set[str]) -> None:
        self._schema = schema
        self._item = item
        self._text = text
        self._controls = _controls_of(schema)
        self._results: list[Json] = []
        self._relations: dict[tuple[str, str], list[str]] = {}
        self._bare: dict[Span, str] = {}
        self.taken = set(ids)
        """Ids of regions, those still to come too."""

    def result(self) -> list[Json]:
        """Regions with their choices, then one relation for each ordered pair."""
        relations: list[Json] = [
            {"type": "relation", "from_id": a, "to_id": b, "direction": "right", "labels": labels}
            for (a, b), labels in self._relations.items()
        ]
        return [*self._results, *relations]

    def mention(self, mention: Mention, meta: Json, score: float | None = None) -> None:
        """Add a mention with its subtype and attributes."""
        if mention.type not in self._schema.entity_types:
            raise _unfit(f"entity type {mention.type}", mention.id)
        region = self._region(mention.id, mention.span, meta, score)
        self._label(region, config.ENTITY, mention.type)
        if mention.subtype is not None:
            self._choose(region, Carrier.MENTION, mention.type, None, mention.subtype)
        for name, value in mention.attributes.items():
            self._choose(region, Carrier.MENTION, mention.type, name, value)

    def frame(
        self,
        frame: Frame,
        candidate: str | None,
        meta: Json | None = None,
        score: float | None = None,
    ) -> None:
        """Add a frame: its trigger with the attributes, and a relation for each argument."""
        if frame.type not in self._schema.event_types:
            raise _unfit(f"event type {frame.type}", frame.id)
        ends = [(a.role, self._filler(a)) for a in frame.arguments]
        if meta is None:
            meta = _ours(candidate=candidate, arguments=ends or None)
        region = self._region(frame.id, frame.trigger, meta, score)
        self._label(region, config.TRIGGER, frame.type)
        for name, value in frame.attributes.items():
            self._choose(region, Carrier.FRAME, frame.type, name, value)
        for role, filler in ends:
            self.relate(frame.id, filler, role)

    def relate(self, source: str, target: str, label: str) -> None:
        """Add a label to the relation between two regions."""
        self._relations.setdefault((source, target), []).append(label)

    def _filler(self, argument: Argument) -> str:
        """The region that fills a slot; a bare span gets one, shared by all that hold it."""
        if argument.span is None:
            return argument.mention or argument.frame or ""
        if argument.span not in self._bare:
            atom = free_id(f"words-{argument.span.start}-{argument.span.end}", self.taken)
            region = self._region(atom, argument.span, {}, None)
            self._label(region, config.BARE, config.BARE_LABEL)
            self._bare[argument.span] = atom
        return self._bare[argument.span]

    def _region(self, atom: str, span: Span, meta: Json, score: float | None) -> _Region:
        if not self._item.covers(span):
            raise FormatError(
                f"{atom} at {span.start}–{span.end} leaves its item "
                f"{self._item.start}–{self._item.end}",
                "Label Studio cannot relate two tasks: use document items for frames that reach "
                "beyond a sentence",
            )
        value: Json = {
            "start": span.start - self._item.start,
            "end": span.end - self._item.start,
            "text": span.of(self._text),
        }
        extra: Json = {"meta": meta} if meta else {}
        if score is not None:
            extra["score"] = score
        return _Region(atom, value, extra)

    def _label(self, region: _Region, control: str, label: str) -> None:
        value = {**region.value, "labels": [label]}
        self._results.append(_result(region.id, control, "labels", value) | region.extra)

    def _choose(
        self, region: _Region, carrier: Carrier, owner: str, attribute: str | None, value: str
    ) -> None:
        control = self._controls.get((carrier, owner, attribute)) or self._controls.get(
            (carrier, "", attribute)
        )
        if control is None or (control.values and value not in control.values):
            raise _unfit(f"{attribute or 'subtype'} {value} of {owner}", region.id)
        if control.values:
            chosen = {**region.value, "choices": [value]}
            self._results.append(_result(region.id, control.name, "choices", chosen))
        else:
            written = {**region.value, "text": [value]}
            self._results.append(_result(region.id, control.name, "textarea", written))


def _result(atom: str, control: str, kind: str, value: Mapping[str, object]) -> Json:
    return {
        "id": atom, "from_name": control, "to_name": config.TEXT, "type": kind, "value": dict(value)
    }  # fmt: skip


def _unfit(what: str, atom: str) -> FormatError:
    return FormatError(
        f"{atom} has the {what}, which the schema does not have",
        "bring the annotations to this version of the schema first",
    )


def free_id(wanted: str, taken: set[str]) -> str:
    """An id that is not taken yet, and from now on is."""
    while wanted in taken:
        wanted += "-"
    taken.add(wanted)
    return wanted


def _item_results(annotation: Annotation, taken: set[str]) -> list[Json]:
    """What is said of the item as a whole; ids of regions are not used again."""
    states = {Status.FLAGGED: [config.FLAGGED], Status.DRAFT: [config.UNFINISHED]}
    found: list[tuple[str, str, Json]] = []
    if annotation.status in states:
        found.append((config.STATE, "choices", {"choices": states[annotation.status]}))
    for name, words in ((config.NOTE, annotation.note), (config.REASON, annotation.reason)):
        if words is not None:
            found.append((name, "textarea", {"text": [words]}))
    hold = {"annotator": annotation.annotator, "fates": dict(sorted(annotation.fates.items()))}
    found.append((config.HOLD, "textarea", {"text": [msgspec.json.encode(hold).decode()]}))
    results = []
    for name, kind, value in found:
        results.append(_result(free_id(name, taken), name, kind, value))
    return results
