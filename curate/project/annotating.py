"""One annotator's session: each method is one decision, committed before it returns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Argument, Frame, LinkKind, Mention, Status
from curate.model.candidate import MentionCandidate
from curate.project import edits
from curate.project.edits import EditRefused
from curate.project.proposals import accept_frame, accept_mention, reject
from curate.project.sitting import Sitting
from curate.project.view import KEEP, Keep, View, notice_of

if TYPE_CHECKING:
    from curate.model.annotation import Link
    from curate.model.candidate import Candidate
    from curate.model.span import Span


class Annotating(Sitting):
    """One annotator at work on a project."""

    # ------------------------------------------------------------------ candidates

    def accept_mention(self, candidate_id: str) -> View:
        """Say yes to a mention candidate."""
        candidate = self._mention_candidate(candidate_id)
        after, _ = accept_mention(self.schema, self.view.annotation, candidate, self._new_id)
        return self._decide("accept mention", after, candidate=candidate_id)

    def accept_frame(self, candidate_id: str) -> View:
        """Say yes to a frame candidate, its trigger and the mentions in its slots."""
        after, _ = self._accepted_frame(self.view.annotation, candidate_id)
        return self._decide("accept frame", after, candidate=candidate_id)

    def accept_all(self) -> View:
        """Say yes to every open candidate of the item, in one decision."""
        after = self.view.annotation
        for proposed in self.view.frames:
            after, _ = self._accepted_frame(after, proposed.id)
        for candidate in self.view.mentions:
            after, _ = accept_mention(self.schema, after, candidate, self._new_id)
        return self._decide("accept all", after)

    def reject(self, candidate_id: str) -> View:
        """Say no to a candidate."""
        candidate = self._proposals.get(candidate_id)
        after = reject(self.view.annotation, candidate)
        return self._decide("reject", after, candidate=candidate_id)

    def edit_candidate(self, candidate_id: str) -> str:
        """Take a candidate over so that it can be corrected; return the new atom's id."""
        candidate: Candidate = self._proposals.get(candidate_id)
        if isinstance(candidate, MentionCandidate):
            after, atom = accept_mention(self.schema, self.view.annotation, candidate, self._new_id)
        else:
            after, atom = self._accepted_frame(self.view.annotation, candidate_id)
        self._decide("take over", after, candidate=candidate_id)
        return atom

    def _mention_candidate(self, candidate_id: str) -> MentionCandidate:
        candidate = self._proposals.get(candidate_id)
        if not isinstance(candidate, MentionCandidate):
            raise EditRefused(f"{candidate_id} proposes a frame, not a mention")
        return candidate

    def _accepted_frame(self, annotation: Annotation, candidate_id: str) -> tuple[Annotation, str]:
        candidate = self._proposals.get(candidate_id)
        if isinstance(candidate, MentionCandidate):
            raise EditRefused(f"{candidate_id} proposes a mention, not a frame")
        return accept_frame(self.schema, annotation, candidate, self._proposals, self._new_id)

    # ------------------------------------------------------------------ mentions

    def add_mention(self, span: Span, entity_type: str, subtype: str | None = None) -> str:
        """Add a mention; return its id."""
        edits.check_inside(self.view.annotation, span)
        edits.check_type(self.schema, entity_type, subtype)
        mention = Mention(self._new_id(), span, entity_type, subtype)
        self._decide("add mention", edits.with_mention(self.view.annotation, mention))
        return mention.id

    def change_mention(
        self,
        mention_id: str,
        *,
        span: Span | None = None,
        entity_type: str | None = None,
        subtype: str | Keep | None = KEEP,
    ) -> View:
        """Move a mention's boundaries or change its type; a new type drops the old subtype."""
        mention = edits.changed_mention(
            self.schema, self.view.annotation, mention_id,
            span=span, entity_type=entity_type, subtype=subtype,
        )  # fmt: skip
        after, dropped = edits.retyped_mention(self.schema, self.view.annotation, mention)
        return self._decide("change mention", after, notice=notice_of(dropped))

    def set_mention_attribute(self, mention_id: str, name: str, value: str | None) -> View:
        """Set an attribute of a mention, or take it back to its default with None."""
        after = edits.with_mention_attribute(
            self.schema, self.view.annotation, mention_id, name, value
        )
        return self._decide("set attribute", after)

    def remove_mention(self, mention_id: str) -> View:
        """Take a mention out, and out of the slots it fills."""
        edits.get_mention(self.view.annotation, mention_id)
        return self._decide("remove mention", edits.without(self.view.annotation, mention_id))

    # ------------------------------------------------------------------ frames

    def add_frame(self, event_type: str, trigger: Span) -> str:
        """Add an empty frame; return its id."""
        edits.check_event_type(self.schema, event_type)
        edits.check_inside(self.view.annotation, trigger)
        frame = Frame(self._new_id(), event_type, trigger)
        self._decide("add frame", edits.with_frame(self.view.annotation, frame))
        return frame.id

    def change_frame(
        self, frame_id: str, *, event_type: str | None = None, trigger: Span | None = None
    ) -> View:
        """Retype a frame or move its trigger; arguments follow where the new type has room."""
        after = self.view.annotation
        homeless: list[Argument] = []
        if trigger is not None:
            edits.check_inside(after, trigger)
            frame = edits.get_frame(after, frame_id)
            after = edits.with_frame(after, replace(frame, trigger=trigger))
        if event_type is not None:
            after, homeless = edits.retyped_frame(self.schema, after, frame_id, event_type)
        return self._decide("change frame", after, notice=notice_of(homeless))

    def duplicate_frame(self, frame_id: str, trigger: Span) -> str:
        """Add a frame with the same type, arguments and attributes on another trigger."""
        frame = edits.get_frame(self.view.annotation, frame_id)
        edits.check_inside(self.view.annotation, trigger)
        copy = replace(frame, id=self._new_id(), trigger=trigger, candidate=None)
        self._decide("duplicate frame", edits.with_frame(self.view.annotation, copy))
        return copy.id

    def remove_frame(self, frame_id: str) -> View:
        """Take a frame out, and out of the slots it fills."""
        edits.get_frame(self.view.annotation, frame_id)
        return self._decide("remove frame", edits.without(self.view.annotation, frame_id))

    def open_roles(self, frame_id: str, argument: Argument) -> list[str]:
        """Roles of a frame that may take this filler now, in card order."""
        frame = edits.get_frame(self.view.annotation, frame_id)
        return edits.roles_open_to(self.schema, self.view.annotation, frame, argument)

    def add_argument(self, frame_id: str, argument: Argument) -> View:
        """Fill a role; one that takes a single filler has it exchanged."""
        after = edits.with_argument(self.schema, self.view.annotation, frame_id, argument)
        return self._decide("add argument", after)

    def remove_argument(self, frame_id: str, argument: Argument) -> View:
        """Empty a slot."""
        after = edits.without_argument(self.view.annotation, frame_id, argument)
        return self._decide("remove argument", after)

    def exchange_argument(self, frame_id: str, old: Argument, new: Argument) -> View:
        """Put another filler (or the same one under another role) in the place of an argument."""
        after = edits.without_argument(self.view.annotation, frame_id, old)
        after = edits.with_argument(self.schema, after, frame_id, new)
        return self._decide("exchange argument", after)

    def move_argument(self, frame_id: str, argument: Argument, role: str) -> View:
        """Give a filler another role of the same frame."""
        return self.exchange_argument(frame_id, argument, replace(argument, role=role))

    def set_attribute(self, frame_id: str, name: str, value: str | None) -> View:
        """Set an attribute of a frame, or take it back to its default with None."""
        after = edits.with_attribute(self.schema, self.view.annotation, frame_id, name, value)
        return self._decide("set attribute", after)

    def link(self, kind: LinkKind, source: str, target: str) -> View:
        """Link two mentions (coref) or two frames (same event)."""
        after = edits.with_link(self.view.annotation, kind, source, target)
        return self._decide("link", after)

    def unlink(self, link: Link) -> View:
        """Take a link out."""
        return self._decide("unlink", edits.without_link(self.view.annotation, link))

    # ------------------------------------------------------------------ the item as a whole

    def finish(self) -> View:
        """Close the item as done."""
        return self._set_status("finish", Status.DONE, None)

    def reopen(self) -> View:
        """Take a closed item up again."""
        return self._set_status("reopen", Status.DRAFT, None)

    def skip(self, reason: str) -> View:
        """Leave the item out, and say why."""
        return self._set_status("skip", Status.SKIPPED, reason)

    def flag(self, reason: str) -> View:
        """Leave the item for the lead to look at."""
        return self._set_status("flag", Status.FLAGGED, reason)

    def set_note(self, note: str | None) -> View:
        """Write a note on the item; an empty one is taken away."""
        after = replace(edits.started(self.view.annotation), note=note or None)
        return self._decide("note", after)

    def _set_status(self, action: str, status: Status, reason: str | None) -> View:
        after = replace(self.view.annotation, status=status, reason=reason or None)
        return self._decide(action, after)
