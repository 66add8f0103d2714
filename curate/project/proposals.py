"""What becomes of candidates: accepting, rejecting, and telling their fate from the outcome."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.project.edits import (
    EditRefused,
    check_event_type,
    check_inside,
    check_type,
    get_frame,
    started,
    with_argument,
    with_frame,
    with_mention,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.model.candidate import Candidate
    from curate.model.ids import NewId
    from curate.model.schema import EventSchema
    from curate.model.span import Span

C = TypeVar("C", MentionCandidate, FrameCandidate)


@dataclass(frozen=True, slots=True)
class Proposals:
    """The candidates of one document, by id."""

    mentions: Mapping[str, MentionCandidate]
    """In reading order."""
    frames: Mapping[str, FrameCandidate]
    """In reading order of their triggers."""
    mention_starts: tuple[int, ...] = ()
    """Where each mention candidate starts."""
    frame_starts: tuple[int, ...] = ()
    """Where the trigger of each frame candidate starts."""

    @classmethod
    def of(
        cls, mentions: Iterable[MentionCandidate], frames: Iterable[FrameCandidate]
    ) -> Proposals:
        """Collect candidates; reading order is kept."""
        by_span = sorted(mentions, key=lambda c: (c.span.start, -c.span.end, c.id))
        by_trigger = sorted(frames, key=lambda c: (c.trigger, c.id))
        return cls(
            {c.id: c for c in by_span},
            {c.id: c for c in by_trigger},
            tuple(c.span.start for c in by_span),
            tuple(c.trigger.start for c in by_trigger),
        )

    def get(self, candidate_id: str) -> Candidate:
        """Return the candidate of that id; refused when there is none."""
        found = self.mentions.get(candidate_id) or self.frames.get(candidate_id)
        if found is None:
            raise EditRefused(f"there is no candidate {candidate_id} in this document")
        return found

    def open_mentions(self, annotation: Annotation) -> tuple[MentionCandidate, ...]:
        """Mention candidates inside the item that are undecided, in reading order."""
        taken = {(m.span, m.type) for m in annotation.mentions}
        return tuple(
            c
            for c in _starting_in(annotation.item, self.mentions.values(), self.mention_starts)
            if annotation.item.covers(c.span)
            and c.id not in annotation.fates
            and (c.span, c.type) not in taken
        )

    def open_frames(self, annotation: Annotation) -> tuple[FrameCandidate, ...]:
        """Frame candidates inside the item that are undecided, in reading order.

        Slots whose filler was rejected or lies outside the item are left out.
        """
        taken = {(f.trigger, f.type) for f in annotation.frames}
        return tuple(
            replace(c, arguments=tuple(a for a in c.arguments if self.offers(annotation, a)))
            for c in _starting_in(annotation.item, self.frames.values(), self.frame_starts)
            if annotation.item.covers(c.trigger)
            and c.id not in annotation.fates
            and (c.trigger, c.type) not in taken
        )

    def offers(self, annotation: Annotation, argument: Argument) -> bool:
        """Whether a proposed slot is offered: not when its filler was rejected or is outside."""
        filler = argument.mention or argument.frame
        if filler is None:
            return argument.span is not None and annotation.item.covers(argument.span)
        if annotation.fates.get(filler) is Fate.REJECTED:
            return False
        if argument.mention is not None:
            mention = self.mentions.get(filler)
            return mention is not None and annotation.item.covers(mention.span)
        frame = self.frames.get(filler)
        return frame is not None and annotation.item.covers(frame.trigger)


def _starting_in(item: Span, candidates: Iterable[C], starts: Sequence[int]) -> Iterator[C]:
    """Those candidates, sorted by their starts, that start inside the item."""
    first, last = bisect_left(starts, item.start), bisect_left(starts, item.end)
    return islice(candidates, first, last)


def accept_mention(
    schema: EventSchema, annotation: Annotation, candidate: MentionCandidate, new_id: NewId
) -> tuple[Annotation, str]:
    """The annotation with the candidate as a mention, and the mention's id.

    A mention of the same span and type that is already there is used again.
    """
    for mention in annotation.mentions:
        same = (mention.span, mention.type) == (candidate.span, candidate.type)
        if mention.candidate == candidate.id or same:
            return annotation, mention.id
    check_inside(annotation, candidate.span)
    check_type(schema, candidate.type, candidate.subtype)
    mention = Mention(
        id=new_id(),
        span=candidate.span,
        type=candidate.type,
        subtype=candidate.subtype,
        attributes=dict(candidate.attributes),
        candidate=candidate.id,
    )
    return with_mention(annotation, mention), mention.id


def accept_frame(
    schema: EventSchema,
    annotation: Annotation,
    candidate: FrameCandidate,
    proposals: Proposals,
    new_id: NewId,
) -> tuple[Annotation, str]:
    """The annotation with the candidate as a frame, and the frame's id.

    The mentions in its slots are accepted with it. A slot that holds another
    frame is filled once that frame is accepted too, be it before or after: one
    key never says yes to two events. A slot for which the annotator's own work
    left no room stays empty. A frame made from the candidate before is used again.
    """
    for made in annotation.frames:
        if made.candidate == candidate.id:
            return annotation, made.id
    check_event_type(schema, candidate.type)
    check_inside(annotation, candidate.trigger)
    frame = Frame(
        id=new_id(),
        type=candidate.type,
        trigger=candidate.trigger,
        attributes=dict(candidate.attributes),
        candidate=candidate.id,
    )
    changed = with_frame(annotation, frame)
    for argument in candidate.arguments:
        if not proposals.offers(annotation, argument):
            continue
        changed, filled = _filled(schema, changed, argument, proposals, new_id)
        if filled is not None:
            changed = _into_free_slot(schema, changed, frame.id, filled)
    return _into_waiting_slots(schema, changed, frame, proposals), frame.id


def _filled(
    schema: EventSchema,
    annotation: Annotation,
    argument: Argument,
    proposals: Proposals,
    new_id: NewId,
) -> tuple[Annotation, Argument | None]:
    """Turn an argument over candidates into one over atoms; None when its frame is still open."""
    if argument.mention is not None:
        proposed = proposals.mentions[argument.mention]
        annotation, mention = accept_mention(schema, annotation, proposed, new_id)
        return annotation, Argument(argument.role, mention=mention)
    if argument.frame is not None:
        held = next((f for f in annotation.frames if f.candidate == argument.frame), None)
        return annotation, None if held is None else Argument(argument.role, frame=held.id)
    return annotation, argument


def _into_waiting_slots(
    schema: EventSchema, annotation: Annotation, frame: Frame, proposals: Proposals
) -> Annotation:
    """Put a newly accepted frame into the slots of frames that were proposed to hold it."""
    for holder in annotation.frames:
        proposed = proposals.frames.get(holder.candidate or "")
        if proposed is None or proposed.type != holder.type:
            continue
        for argument in proposed.arguments:
            if argument.frame == frame.candidate:
                filled = Argument(argument.role, frame=frame.id)
                annotation = _into_free_slot(schema, annotation, holder.id, filled)
    return annotation


def _into_free_slot(
    schema: EventSchema, annotation: Annotation, frame_id: str, argument: Argument
) -> Annotation:
    """The annotation with the slot filled, or as it was where there is no room or no right to."""
    frame = get_frame(annotation, frame_id)
    many = schema.event_types[frame.type].roles[argument.role].takes_many
    if not many and any(a.role == argument.role for a in frame.arguments):
        return annotation
    try:
        return with_argument(schema, annotation, frame_id, argument)
    except EditRefused:
        return annotation


def with_fates(before: Annotation, after: Annotation, proposals: Proposals) -> Annotation:
    """The annotation with the fate of each touched candidate told from what is there now.

    A candidate whose atom equals it is accepted, whose atom differs is
    corrected, and whose atom was taken out is rejected.
    """
    fates = dict(after.fates)
    nearby = _starting_in(after.item, proposals.mentions.values(), proposals.mention_starts)
    said = {(c.span, c.type): c.id for c in nearby}
    origin = {m.id: m.candidate or said.get((m.span, m.type)) for m in after.mentions}
    origin |= {f.id: f.candidate for f in after.frames}
    for mention in after.mentions:
        if mention.candidate is not None:
            proposed = proposals.mentions.get(mention.candidate)
            fates[mention.candidate] = _fate(
                same=proposed is None or _is_mention(mention, proposed)
            )
    for frame in after.frames:
        if frame.candidate is not None:
            wanted = proposals.frames.get(frame.candidate)
            same = wanted is None or _is_frame(frame, wanted, origin, after, proposals)
            fates[frame.candidate] = _fate(same=same)
    now = {*_candidates_of(after.mentions), *_candidates_of(after.frames)}
    for gone in {*_candidates_of(before.mentions), *_candidates_of(before.frames)} - now:
        fates[gone] = Fate.REJECTED
    return replace(after, fates=fates)


def _candidates_of(atoms: Iterable[Mention] | Iterable[Frame]) -> set[str]:
    return {a.candidate for a in atoms if a.candidate is not None}


def _fate(*, same: bool) -> Fate:
    return Fate.ACCEPTED if same else Fate.CORRECTED


def _is_mention(mention: Mention, candidate: MentionCandidate) -> bool:
    said = (mention.span, mention.type, mention.subtype)
    proposed = (candidate.span, candidate.type, candidate.subtype)
    return said == proposed and dict(mention.attributes) == dict(candidate.attributes)


def _is_frame(
    frame: Frame,
    candidate: FrameCandidate,
    origin: Mapping[str, str | None],
    annotation: Annotation,
    proposals: Proposals,
) -> bool:
    """Whether the frame says what was proposed; slots that wait for another frame do not count."""
    if (frame.type, frame.trigger) != (candidate.type, candidate.trigger):
        return False
    if dict(frame.attributes) != dict(candidate.attributes):
        return False
    has = {_key(a, origin) for a in frame.arguments}
    proposed = {
        (a.role, a.mention or a.frame or a.span)
        for a in candidate.arguments
        if proposals.offers(annotation, a)
    }
    waiting = {
        (a.role, a.frame)
        for a in candidate.arguments
        if a.frame is not None and all(f.candidate != a.frame for f in annotation.frames)
    }
    return has == proposed - waiting


def _key(argument: Argument, origin: Mapping[str, str | None]) -> tuple[str, str | Span | None]:
    filler = argument.mention or argument.frame
    if filler is None:
        return argument.role, argument.span
    return argument.role, origin.get(filler) or filler


def reject(annotation: Annotation, candidate: Candidate) -> Annotation:
    """The annotation with the candidate rejected, and without what was made from it."""
    atoms: tuple[Mention | Frame, ...] = (*annotation.mentions, *annotation.frames)
    for atom in atoms:
        if atom.candidate == candidate.id:
            annotation = without(annotation, atom.id)
    return replace(started(annotation), fates={**annotation.fates, candidate.id: Fate.REJECTED})
