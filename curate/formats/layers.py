"""All that one annotator says of a whole document, as the formats of the field see it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.formats.records import Misfit, Record
from curate.model.annotation import (
    Annotation,
    Frame,
    Link,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.document import Document
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curate.model.annotation import Argument

NOBODY = ""
"""The annotator of a layer that holds a document without annotations."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A document and what one annotator says of it, items joined; ids are unique within."""

    document: Document
    annotator: str
    parts: tuple[Annotation, ...] = ()
    """The annotations it was joined from: their items, status, note and reason."""
    mentions: tuple[Mention, ...] = ()
    frames: tuple[Frame, ...] = ()
    links: tuple[Link, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    _places: dict[str, Span] = field(init=False, repr=False, compare=False, hash=False)
    """Where mentions and triggers stand, by id."""

    def __post_init__(self) -> None:
        places = {m.id: m.span for m in self.mentions} | {f.id: f.trigger for f in self.frames}
        object.__setattr__(self, "_places", places)

    @property
    def whole(self) -> Span:
        """The whole text."""
        return Span(0, len(self.document.text))

    def edges(self) -> set[int]:
        """Every offset at which a mention, trigger or bare filler begins or ends."""
        spans = [m.span for m in self.mentions]
        spans += [f.trigger for f in self.frames]
        spans += [a.span for f in self.frames for a in f.arguments if a.span is not None]
        return {edge for span in spans for edge in (span.start, span.end)}

    def filler(self, argument: Argument) -> Span:
        """Where a filler stands: the mention, the trigger of the frame, or the span itself."""
        if argument.span is not None:
            return argument.span
        return self._places[argument.mention or argument.frame or ""]


def layers_of(record: Record) -> list[Layer]:
    """A layer for each annotator, in order of first appearance; one for nobody if there is none."""
    by_name: dict[str, list[Annotation]] = {}
    for annotation in record.annotations:
        by_name.setdefault(annotation.annotator, []).append(annotation)
    if not by_name:
        return [Layer(record.document, NOBODY)]
    return [_joined(record.document, name, parts) for name, parts in by_name.items()]


def _joined(document: Document, name: str, parts: list[Annotation]) -> Layer:
    taken: set[str] = set()
    mentions: list[Mention] = []
    frames: list[Frame] = []
    links: list[Link] = []
    for number, came in enumerate(parts):
        fresh = _fresh(
            [*(m.id for m in came.mentions), *(f.id for f in came.frames)], taken, number
        )
        part = came if taken.isdisjoint(fresh) else renamed(came, fresh)
        taken.update(fresh.values())
        mentions += part.mentions
        frames += part.frames
        links += part.links
    return Layer(
        document,
        name,
        tuple(parts),
        tuple(sorted(mentions, key=mention_order)),
        tuple(sorted(frames, key=frame_order)),
        tuple(sorted(links, key=link_order)),
    )


def _fresh(ids: Iterable[str], taken: set[str], number: int) -> dict[str, str]:
    """New ids for those of a part, so that none is taken."""
    fresh: dict[str, str] = {}
    used = {*taken, *ids}
    for atom in ids:
        wanted = atom
        while wanted in taken or (wanted != atom and wanted in used):
            wanted = f"{wanted}.{number}"
        used.add(wanted)
        fresh[atom] = wanted
    return fresh


def renamed(annotation: Annotation, ids: Mapping[str, str]) -> Annotation:
    """The annotation with other ids for its mentions and frames; ids not named stay."""
    mentions = (replace(m, id=ids.get(m.id, m.id)) for m in annotation.mentions)
    frames = (
        replace(
            f,
            id=ids.get(f.id, f.id),
            arguments=tuple(
                replace(
                    a,
                    mention=None if a.mention is None else ids.get(a.mention, a.mention),
                    frame=None if a.frame is None else ids.get(a.frame, a.frame),
                )
                for a in f.arguments
            ),
        )
        for f in annotation.frames
    )
    links = (
        replace(x, source=ids.get(x.source, x.source), target=ids.get(x.target, x.target))
        for x in annotation.links
    )
    return replace(
        annotation,
        mentions=tuple(sorted(mentions, key=mention_order)),
        frames=tuple(sorted(frames, key=frame_order)),
        links=tuple(sorted(links, key=link_order)),
    )


def record_of(layer: Layer) -> Record:
    """The record that holds a layer as it was read: its atoms in the parts that cover them.

    Where something reaches beyond its part, all atoms go into an annotation of the whole text.
    """
    if layer.annotator == NOBODY and not (layer.mentions or layer.frames or layer.parts):
        return Record(layer.document, misfits=layer.misfits)
    whole = Annotation(
        layer.annotator, layer.whole, Status.DONE, layer.mentions, layer.frames, layer.links
    )
    if not layer.parts:
        return Record(layer.document, (whole,), misfits=layer.misfits)
    made, strays = divided(whole, [p.item for p in layer.parts])
    if strays:
        return Record(layer.document, (*layer.parts, whole), misfits=layer.misfits)
    annotations = (
        replace(p, mentions=d.mentions, frames=d.frames, links=d.links)
        for p, d in zip(layer.parts, made, strict=True)
    )
    return Record(layer.document, tuple(annotations), misfits=layer.misfits)


def sorted_layer(layer: Layer) -> Layer:
    """The layer with its atoms in reading order."""
    return replace(
        layer,
        mentions=tuple(sorted(layer.mentions, key=mention_order)),
        frames=tuple(sorted(layer.frames, key=frame_order)),
        links=tuple(sorted(layer.links, key=link_order)),
    )


def divided(
    whole: Annotation, items: Sequence[Span]
) -> tuple[list[Annotation], tuple[Misfit, ...]]:
    """An annotation cut at items, one for each in their order; and what no item can hold.

    Items do not overlap. A frame goes with its trigger; an argument or link that would reach
    into another item is given back, as is what lies in no item or crosses an edge.
    """
    cut = _Cut(items)
    for mention in whole.mentions:
        cut.mention(mention)
    for frame in whole.frames:
        cut.place(frame.id, frame.trigger)
    for frame in whole.frames:
        cut.frame(frame)
    for link in whole.links:
        cut.link(link)
    made = [
        replace(whole, item=item, mentions=tuple(m), frames=tuple(f), links=tuple(x))
        for item, m, f, x in zip(items, cut.mentions, cut.frames, cut.links, strict=True)
    ]
    return made, tuple(cut.strays)


class _Cut:
    """Atoms on their way to the items that cover them."""

    def __init__(self, items: Sequence[Span]) -> None:
        self._items = items
        self._order = sorted(range(len(items)), key=lambda number: items[number])
        self._starts = [items[number].start for number in self._order]
        self._places: dict[str, int | None] = {}
        self.mentions: list[list[Mention]] = [[] for _ in items]
        self.frames: list[list[Frame]] = [[] for _ in items]
        self.links: list[list[Link]] = [[] for _ in items]
        self.strays: list[Misfit] = []

    def _home(self, span: Span) -> int | None:
        place = bisect_right(self._starts, span.start) - 1
        if place < 0 or not self._items[self._order[place]].covers(span):
            return None
        return self._order[place]

    def place(self, atom: str, span: Span) -> int | None:
        """Note which item covers an atom."""
        self._places[atom] = self._home(span)
        return self._places[atom]

    def mention(self, mention: Mention) -> None:
        """Put a mention into its item."""
        at = self.place(mention.id, mention.span)
        if at is None:
            self._stray(f"mention {mention.id} {mention.type}", mention.span, mention)
        else:
            self.mentions[at].append(mention)

    def frame(self, frame: Frame) -> None:
        """Put a frame into its item, without the arguments that lie elsewhere."""
        at = self._places[frame.id]
        if at is None:
            self._stray(f"frame {frame.id} {frame.type}", frame.trigger, frame)
            return
        kept = tuple(a for a in frame.arguments if self._filler(a) == at)
        self.frames[at].append(replace(frame, arguments=kept))
        for argument in frame.arguments:
            if argument not in kept:
                reason = f"{argument.role} of {frame.type} {frame.id} lies outside its item"
                self.strays.append(Misfit(reason, repr(argument)))

    def link(self, link: Link) -> None:
        """Put a link into the item that holds both its ends."""
        at = self._places.get(link.source)
        if at is None or at != self._places.get(link.target):
            reason = f"the {link.kind} link {link.source} – {link.target} leaves its item"
            self.strays.append(Misfit(reason, repr(link)))
        else:
            self.links[at].append(link)

    def _filler(self, argument: Argument) -> int | None:
        if argument.span is not None:
            return self._home(argument.span)
        return self._places.get(argument.mention or argument.frame or "")

    def _stray(self, what: str, span: Span, atom: object) -> None:
        reason = f"the {what} at {span.start}–{span.end} lies in no item, or in two"
        self.strays.append(Misfit(reason, repr(atom)))


def shifted(annotation: Annotation, by: int) -> Annotation:
    """The annotation moved by that many code points, as when its text is part of a longer one."""

    def moved(argument: Argument) -> Argument:
        span = argument.span
        return argument if span is None else replace(argument, span=span.shifted(by))

    return replace(
        annotation,
        item=annotation.item.shifted(by),
        mentions=tuple(replace(m, span=m.span.shifted(by)) for m in annotation.mentions),
        frames=tuple(
            replace(f, trigger=f.trigger.shifted(by), arguments=tuple(map(moved, f.arguments)))
            for f in annotation.frames
        ),
    )
