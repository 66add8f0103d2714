"""Label Studio's annotations as ours; what does not fit is given back with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from curate.formats import label_studio_config as config
from curate.formats.label_studio import META
from curate.formats.label_studio_regions import Json, Region, Unfit, check_carrier, single, value_of
from curate.formats.records import Misfit
from curate.model.annotation import (
    Annotation,
    Argument,
    Fate,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from curate.model.schema import EventSchema

COMMENT: Final = "curate keeps no comment on a single region; the region itself is taken"
"""Reason of a misfit that is a whole region, taken over but for what was written about it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as an annotation, and what of it did not fit."""

    annotation: Annotation
    misfits: tuple[Misfit, ...] = ()


class _Hold(msgspec.Struct):
    """What curate keeps in the hidden field of an item."""

    annotator: str | None = None
    fates: dict[str, Fate] = {}


def read_answer(
    answer: Json,
    item: Span,
    schema: EventSchema,
    text: str,
    annotator: str,
    candidates: Collection[str] = frozenset(),
) -> Reading:
    """Read one of Label Studio's annotations of the task of an item.

    `text` is the document's. `annotator` is who it is put down to when the answer
    does not say. Regions that came from a prediction keep the id of their
    candidate, if `candidates` holds it.
    """
    return _AnswerReader(answer, item, schema, text, annotator, candidates).read()


class _AnswerReader:
    """Reads one answer: regions first, then what is said of them, then relations."""

    def __init__(
        self,
        answer: Json,
        item: Span,
        schema: EventSchema,
        text: str,
        annotator: str,
        candidates: Collection[str],
    ) -> None:
        self._answer = answer
        self._item = item
        self._schema = schema
        self._text = text
        self._annotator = annotator
        self._candidates = candidates
        self._controls = config.attribute_controls(schema)
        self._regions: dict[str, Region] = {}
        self._links: dict[Link, None] = {}
        self._states: set[str] = set()
        self._words: dict[str, str] = {}
        self._hold = _Hold()
        self._misfits: list[Misfit] = []

    def read(self) -> Reading:
        """Read everything; nothing is raised for what a person or server did."""
        entries = self._answer.get("result")
        if not isinstance(entries, list):
            self._misfits.append(Misfit("the answer has no list of results", dict(self._answer)))
            entries = []
        rest = [e for e in entries if not self._took(e, self._region)]
        relations = [e for e in rest if not self._took(e, self._said)]
        for entry in relations:
            if not self._took(entry, self._relation):
                self._misfits.append(Misfit("this kind of result is unknown", entry))
        return Reading(self._annotation(), tuple(self._misfits))

    def _took(self, entry: object, read: Callable[[Json], bool]) -> bool:
        """Whether a reader is the one for the entry; its objections are kept with the entry."""
        if not isinstance(entry, Mapping):
            return False
        try:
            return read(entry)
        except Unfit as problem:
            self._misfits.append(Misfit(str(problem), entry))
            return True

    def _region(self, entry: Json) -> bool:
        if entry.get("type") != "labels":
            return False
        control = entry.get("from_name")
        known: Collection[str] = {
            config.ENTITY: self._schema.entity_types,
            config.TRIGGER: self._schema.event_types,
            config.BARE: (config.BARE_LABEL,),
        }.get(str(control), ())
        atom, value = entry.get("id"), value_of(entry)
        if not isinstance(atom, str) or not atom:
            raise Unfit("the region has no id")
        if atom in self._regions:
            raise Unfit("the region has a label already")
        label = single(value.get("labels"), "label")
        if label not in known:
            raise Unfit(f"the schema has no {control} {label}")
        span = self._span(value)
        self._regions[atom] = Region(atom, str(control), span, label, entry)
        self._check_comment(entry)
        return True

    def _span(self, value: Json) -> Span:
        """The span in the document; `value.text` is what was shown, not what is there."""
        start, end = value.get("start"), value.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            raise Unfit("the region has no offsets")
        if not 0 <= start < end <= len(self._item):
            raise Unfit(f"{start}–{end} is no part of the item's {len(self._item)} characters")
        return Span(start, end).shifted(self._item.start)

    def _check_comment(self, entry: Json) -> None:
        """Give back what a person wrote about a single region: curate has no place for it."""
        meta = entry.get("meta")
        if not isinstance(meta, Mapping) or not meta.get("text"):
            return
        kept = meta.get(META)
        reason = kept.get("reason") if isinstance(kept, Mapping) else None
        if meta["text"] != [reason]:
            raise Unfit(COMMENT)

    def _said(self, entry: Json) -> bool:
        """Take a choice or text, of a region or of the item."""
        kind, name = entry.get("type"), entry.get("from_name")
        if kind not in ("choices", "textarea"):
            return False
        value = value_of(entry)
        if name == config.STATE:
            choices = value.get("choices")
            self._states |= set(map(str, choices if isinstance(choices, list) else ()))
        elif name in (config.NOTE, config.REASON, config.HOLD):
            words = value.get("text")
            joined = "\n".join(map(str, words)) if isinstance(words, list) else str(words)
            self._item_words(str(name), joined)
        else:
            self._attribute(entry, str(name), value)
        return True

    def _item_words(self, name: str, words: str) -> None:
        if name != config.HOLD:
            self._words[name] = words
            return
        try:
            self._hold = msgspec.json.decode(words, type=_Hold)
        except msgspec.DecodeError as error:
            raise Unfit(f"the hidden field of curate was changed: {error}") from error

    def _attribute(self, entry: Json, name: str, value: Json) -> None:
        control = self._controls.get(name)
        if control is None:
            raise Unfit(f"the schema has nothing for the control {name}")
        region = self._regions.get(str(entry.get("id")))
        if region is None:
            raise Unfit("it is said of a region that is not there")
        check_carrier(control, region)
        if control.values:
            chosen = single(value.get("choices"), "choice")
            if chosen not in control.values:
                raise Unfit(f"{name} has no value {chosen}")
        else:
            chosen = single(value.get("text"), "text")
        if control.attribute is None:
            region.subtype = chosen
        else:
            region.attributes[control.attribute] = chosen

    def _relation(self, entry: Json) -> bool:
        if entry.get("type") != "relation":
            return False
        source = self._regions.get(str(entry.get("from_id")))
        target = self._regions.get(str(entry.get("to_id")))
        if source is None or target is None:
            raise Unfit("the relation leads to a region that is not there")
        if entry.get("direction") == "left":
            source, target = target, source
        labels = entry.get("labels")
        if not isinstance(labels, list) or not labels:
            raise Unfit("the relation has no label")
        for label in labels:
            try:
                self._label(str(label), source, target)
            except Unfit as problem:
                self._misfits.append(Misfit(str(problem), {**entry, "labels": [label]}))
        return True

    def _label(self, label: str, source: Region, target: Region) -> None:
        if label.startswith(config.LINK_SIGN):
            self._link(label.removeprefix(config.LINK_SIGN), source, target)
            return
        if source.control != config.TRIGGER and target.control == config.TRIGGER:
            source, target = target, source  # drawn from the filler: only a trigger has roles
        if source.control != config.TRIGGER:
            raise Unfit(f"{label} leads from {source.label}, which is no event")
        self._fill(source, label, target)

    def _link(self, kind: str, source: Region, target: Region) -> None:
        ends = {LinkKind.COREF: config.ENTITY, LinkKind.SAME_EVENT: config.TRIGGER}
        wanted = ends.get(LinkKind(kind)) if kind in set(LinkKind) else None
        if wanted is None:
            raise Unfit(f"there is no link {kind}")
        if source.control != wanted or target.control != wanted or source is target:
            raise Unfit(f"{kind} cannot join {source.label} and {target.label}")
        first, second = sorted((source.id, target.id))
        self._links[Link(LinkKind(kind), first, second)] = None

    def _fill(self, frame: Region, role: str, filler: Region) -> None:
        """Put a filler into a slot, if the schema lets it."""
        if filler.control == config.ENTITY:
            argument = Argument(role, mention=filler.id)
            allowed = self._schema.roles_for(frame.label, entity_type=filler.label)
        elif filler.control == config.TRIGGER:
            argument = Argument(role, frame=filler.id)
            allowed = self._schema.roles_for(frame.label, filler_event=filler.label)
            if self._reaches(filler, frame):
                raise Unfit("a frame cannot hold itself, not even through another")
        else:
            argument = Argument(role, span=filler.span)
            allowed = self._schema.roles_for(frame.label)
        if role not in self._schema.event_types[frame.label].roles:
            raise Unfit(f"{frame.label} has no role {role}")
        if role not in allowed:
            raise Unfit(f"{role} of {frame.label} may not be filled by {filler.label}")
        if argument in frame.arguments:
            return
        many = self._schema.event_types[frame.label].roles[role].takes_many
        if not many and any(a.role == role for a in frame.arguments):
            raise Unfit(f"{role} of {frame.label} takes one filler and has one already")
        frame.arguments.append(argument)

    def _reaches(self, source: Region, goal: Region) -> bool:
        """Whether a frame holds another, directly or through others."""
        seen: set[str] = set()
        waiting = [source.id]
        while waiting:
            current = waiting.pop()
            if current == goal.id:
                return True
            if current not in seen:
                seen.add(current)
                waiting += [a.frame for a in self._regions[current].arguments if a.frame]
        return False

    def _annotation(self) -> Annotation:
        regions = self._regions.values()
        held = {a.span for r in regions for a in r.arguments if a.span is not None}
        for region in regions:
            if region.control == config.BARE and region.span not in held:
                reason = "words without a type stand for nothing unless they fill a role"
                self._misfits.append(Misfit(reason, region.content))
        mentions = [self._mention(r) for r in regions if r.control == config.ENTITY]
        frames = [self._frame(r) for r in regions if r.control == config.TRIGGER]
        return Annotation(
            annotator=self._hold.annotator or self._annotator,
            item=self._item,
            status=self._status(),
            mentions=tuple(sorted(mentions, key=mention_order)),
            frames=tuple(sorted(frames, key=frame_order)),
            links=tuple(sorted(self._links, key=link_order)),
            note=self._words.get(config.NOTE),
            reason=self._words.get(config.REASON),
            fates=self._hold.fates,
        )

    def _status(self) -> Status:
        if self._answer.get("was_cancelled"):
            return Status.SKIPPED
        if config.FLAGGED in self._states:
            return Status.FLAGGED
        return Status.DRAFT if config.UNFINISHED in self._states else Status.DONE

    def _candidate(self, region: Region) -> str | None:
        known = region.ours.get("candidate")
        if isinstance(known, str):
            return known
        return region.id if region.id in self._candidates else None

    def _mention(self, region: Region) -> Mention:
        return Mention(
            id=region.id,
            span=region.span,
            type=region.label,
            subtype=region.subtype,
            attributes=region.attributes,
            candidate=self._candidate(region),
        )

    def _frame(self, region: Region) -> Frame:
        return Frame(
            id=region.id,
            type=region.label,
            trigger=region.span,
            arguments=self._ordered(region),
            attributes=region.attributes,
            candidate=self._candidate(region),
        )

    def _ordered(self, region: Region) -> tuple[Argument, ...]:
        """Arguments in the order they had here, then new ones in the order of the card."""
        said = region.ours.get("arguments")
        before = [tuple(e) for e in said if isinstance(e, list)] if isinstance(said, list) else []
        card = list(self._schema.event_types[region.label].roles)
        bare = {r.span: r.id for r in self._regions.values() if r.control == config.BARE}

        def place(argument: Argument) -> tuple[int, int]:
            filler = argument.mention or argument.frame or (argument.span and bare[argument.span])
            end = (argument.role, filler)
            known = before.index(end) if end in before else len(before)
            return known, card.index(argument.role)

        return tuple(sorted(region.arguments, key=place))
