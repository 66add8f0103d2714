"""Where an annotator is in a project, and how a decision gets into it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from curate.model.change import Conflict, difference
from curate.model.ids import new_id
from curate.model.span import Span
from curate.project.activity import Activity, utc_now
from curate.project.committing import commit, travel
from curate.project.control import control_of, is_hidden
from curate.project.edits import EditRefused
from curate.project.fitting import fitting
from curate.project.habits import Habits, proposed
from curate.project.muting import still_offered
from curate.project.proposals import Proposals, with_fates
from curate.project.view import View
from curate.store.candidates import CandidateRows
from curate.store.journal import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from curate.model.annotation import Annotation
    from curate.model.document import Document
    from curate.model.ids import NewId
    from curate.model.item import Item
    from curate.project.opening import Project

_STRETCH = 4000
"""Code points of a document whose candidates are made ready together."""
_MOST_WINDOWS = 16
_LATEST = 1000
"""Annotations, the latest of all annotators, whose frames tell of habits."""


ELSEWHERE: Final = "apply elsewhere"
"""Action in the journal of what was done on several items at once."""


class Sitting:
    """One annotator before one item: moving about, undo, and committing what is decided."""

    def __init__(
        self,
        project: Project,
        annotator: str,
        *,
        make_id: NewId = new_id,
        now: Callable[[], str] = utc_now,
    ) -> None:
        self.project = project
        self.schema = project.schema
        self.annotator = annotator
        self.activity = Activity()
        """Told by the screen of each key: the journal knows what a decision cost."""
        self._store = project.store
        self.make_id = self._new_id = make_id
        """Makes the ids of what the annotator adds."""
        self._now = now
        self._grouping = False
        self._document: Document | None = None
        self._rows = CandidateRows(())
        self._windows: dict[tuple[int, int], Proposals] = {}
        self._control = control_of(project.store)
        self._habits: tuple[str, Habits] | None = None
        self._expects_new = False
        self.learning = ""
        """What the machine does beside: `learning`, `learned`, or nothing."""
        item = self._store.items.next_open(annotator) or self._store.items.first()
        if item is None:
            raise EditRefused(
                "the project has no sentences to annotate", "add articles first: curate add PATH"
            )
        self.view = self._look(item)

    # ------------------------------------------------------------------ moving

    def next(self) -> View:
        """Go to the next item, or stay at the last."""
        return self._move(self._store.items.after(self.view.item.id))

    def previous(self) -> View:
        """Go to the item before, or stay at the first."""
        return self._move(self._store.items.before(self.view.item.id))

    def next_open(self) -> View:
        """Go to the next item that is neither done nor skipped nor flagged, round the end."""
        return self._move(self._store.items.next_open(self.annotator, self.view.item.id))

    def go_to(self, item_id: str) -> View:
        """Go to an item by id."""
        item = self._store.items.get(item_id)
        if item is None:
            raise EditRefused(f"there is no item {item_id}")
        return self._move(item)

    def go_to_position(self, position: int) -> View:
        """Go to an item by its place in the project, counted from 1."""
        item = self._store.items.at(position)
        if item is None:
            raise EditRefused(f"there is no item {position}")
        return self._move(item)

    def expect_new_candidates(self) -> None:
        """Read the candidates anew, but not before another item is opened."""
        self._expects_new = True

    def _move(self, item: Item | None) -> View:
        if self._expects_new and item is not None and item.id != self.view.item.id:
            self._expects_new, self._document, self.learning = False, None, ""
        self.view = self._look(item or self.view.item)
        return self.view

    def refresh(self) -> View:
        """Look at the current item again: another program may have changed the project."""
        self._document = None
        return self._move(None)

    def view_of(self, item: Item) -> View:
        """What would be seen of another item of this document, without going there."""
        return self._look(item)

    def _look(
        self, item: Item, notice: str | None = None, annotation: Annotation | None = None
    ) -> View:
        if self._document is None or self._document.id != item.document:
            self._document = self._store.documents.get(item.document)
            self._rows = self._store.candidates.rows(item.document)
            self._windows.clear()
        if annotation is None:
            annotation = self._store.annotations.get(item.id, self.annotator)
        position, total = self._store.items.position(item.id)
        shown = not is_hidden(self._store, self._control, item.id)
        proposals = self._proposals_around(item.span)
        return View(
            item=item,
            position=position,
            total=total,
            document=self._document,
            annotation=annotation,
            mentions=proposals.open_mentions(annotation) if shown else (),
            frames=proposals.open_frames(annotation) if shown else (),
            can_undo=self._store.journal.can_undo(self.annotator),
            can_redo=self._store.journal.can_redo(self.annotator),
            notice=notice,
        )

    @property
    def _proposals(self) -> Proposals:
        """The candidates of the item on view and of the text around it."""
        return self._proposals_around(self.view.item.span)

    def _proposals_around(self, span: Span) -> Proposals:
        """The candidates that start in a stretch of the document which holds the span.

        A document may have tens of thousands: only those near an item are made ready.
        """
        first, last = span.start // _STRETCH, (span.end - 1) // _STRETCH
        known = self._windows.get((first, last))
        if known is None:
            window = Span(max(0, first - 1) * _STRETCH, (last + 2) * _STRETCH)
            found = still_offered(self._store, *self._rows.within(window))
            known = Proposals.of(*fitting(self.schema, *found))
            if len(self._windows) >= _MOST_WINDOWS:
                self._windows.clear()
            self._windows[first, last] = known
        return known

    @property
    def habits(self) -> Habits:
        """Which roles fillers usually play, as known when the item was opened."""
        item = self.view.item.id
        if self._habits is None or self._habits[0] != item:
            confirmed = self._store.annotations.roles_filled(_LATEST)
            self._habits = item, Habits((*proposed(self._proposals), *confirmed))
        return self._habits[1]

    # ------------------------------------------------------------------ time

    def undo(self) -> View:
        """Take back the last decision, wherever it was, and go there."""
        return self._travel(self._store.journal.undo, "nothing to undo")

    def redo(self) -> View:
        """Repeat the decision that was last taken back, and go there."""
        return self._travel(self._store.journal.redo, "nothing to redo")

    def _travel(self, step: Callable[..., str | None], nothing: str) -> View:
        seconds, keys = self.activity.take()
        try:
            cost = {"seconds": seconds, "keys": keys}
            go = partial(step, self.annotator, at=self._now(), row=self._new_id(), **cost)
            item_id = travel(self.project, self.annotator, go, self._document)
        except Conflict as error:
            raise self._changed_elsewhere() from error
        if item_id is None:
            self.view = replace(self.view, notice=nothing)
            return self.view
        return self._move(None) if self._was_together() else self.go_to(item_id)

    def _was_together(self) -> bool:
        """Whether the step just travelled was done from here to other items: stay here."""
        (row,) = self._store.journal.history(annotator=self.annotator, limit=1)
        step = self._store.journal.get(row.undoes or row.redoes or "")
        item = self._store.items.get(row.item)
        here = item is not None and item.document == self.view.item.document
        return here and step is not None and step.action == ELSEWHERE

    # ------------------------------------------------------------------ writing

    @contextmanager
    def as_one(self, action: str, candidate: str | None = None) -> Iterator[None]:
        """Commit all that is decided inside as one decision at the end; refused, nothing of it."""
        before = self.view
        self._grouping = True
        try:
            yield
            after = self.view
        finally:
            self._grouping = False
            self.view = before
        self._decide(action, after.annotation, candidate=candidate, notice=after.notice)

    def _decide(
        self,
        action: str,
        after: Annotation,
        *,
        candidate: str | None = None,
        notice: str | None = None,
    ) -> View:
        """Commit the step from the annotation on view to `after`, then look again."""
        before = self.view.annotation
        after = with_fates(before, after, self._proposals)
        if self._grouping:
            self.view = self._look(self.view.item, notice or self.view.notice, after)
            return self.view
        change = difference(before, after)
        if change:
            seconds, keys = self.activity.take()
            decision = Decision(
                id=self._new_id(),
                at=self._now(),
                annotator=self.annotator,
                item=self.view.item.id,
                action=action,
                change=change,
                seconds=seconds,
                keys=keys,
                candidate=candidate,
            )
            try:
                self._commit(decision, before)
            except Conflict as error:
                raise self._changed_elsewhere() from error
        self.view = self._look(self.view.item, notice)
        return self.view

    def decide_together(self, steps: Sequence[tuple[View, Annotation]]) -> int:
        """Commit what was decided on several items of this document as one step for undo.

        Each step leads from the annotation of a view to another. Returns how many items changed.
        """
        seconds, keys = self.activity.take()
        decisions: list[Decision] = []
        here = self.view.item.id
        for view, after in sorted(steps, key=lambda step: step[0].item.id != here):
            before = view.annotation
            nearby = self._proposals_around(before.item)
            change = difference(before, with_fates(before, after, nearby))
            if change:
                cost = (0.0, 0) if decisions else (seconds, keys)
                decisions.append(
                    Decision(
                        self._new_id(), self.annotator, view.item.id, ELSEWHERE, change, *cost,
                        self._now(),
                    )
                )  # fmt: skip
        seen = {view.item.id: view.annotation for view, _ in steps}
        try:
            self._commit_together(decisions, seen)
        except Conflict as error:
            raise self._changed_elsewhere() from error
        self.view = self._look(self.view.item)
        return len(decisions)

    def _commit_together(
        self, decisions: Sequence[Decision], seen: Mapping[str, Annotation]
    ) -> None:
        if not decisions:
            return
        with self._store.writing():
            for decision in decisions:
                if (
                    self._store.annotations.get(decision.item, self.annotator)
                    != seen[decision.item]
                ):
                    raise Conflict("the annotation is not what the decision was taken on")
            self._store.journal.write(*decisions)
            for decision in decisions:
                self._note_condition(decision)

    def _note_condition(self, decision: Decision) -> None:
        """With the first decision on an item, write down whether it hid its candidates."""
        if self._control is not None:
            hidden = is_hidden(self._store, self._control, decision.item)
            self._store.conditions.record(decision.item, hidden=hidden, at=decision.at)

    def _commit(self, decision: Decision, before: Annotation) -> None:
        """Write a decision, and with the first one on an item its condition."""
        with self._store.writing():
            commit(self._store, decision, before)
            self._note_condition(decision)

    def _changed_elsewhere(self) -> EditRefused:
        self.refresh()
        return EditRefused(
            "this was changed elsewhere meanwhile, under the same name",
            "look again: it is shown as it is now",
        )
