"""A lead's session: one open case after the other, each ruling committed before it returns."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from curate.adjudication.audit import Audit, audit_of, is_drawn
from curate.adjudication.cases import Case, choice_values
from curate.adjudication.forms import reading_forms, same_choice
from curate.adjudication.merging import Merged
from curate.adjudication.rulings import Choice, Court, Reason, Ruling, standing
from curate.adjudication.stories import Cell
from curate.model.annotation import Annotation, Status
from curate.model.change import Conflict, difference
from curate.model.document import Document
from curate.model.ids import new_id
from curate.project.activity import Activity, utc_now
from curate.project.edits import EditRefused
from curate.project.reviewing import (
    MergeReport,
    merge_item,
    merge_steps,
    row_of,
    ruling_of,
    withdrawal,
    works_of_document,
)
from curate.project.reviewing_mark import unmerged
from curate.project.reviewing_queue import (
    CaseFilter,
    Desk,
    Order,
    Waiting,
    places,
    queue,
    sides,
    waiting_of,
)
from curate.project.reviewing_settings import review_settings
from curate.project.talking import Talker
from curate.store.journal import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curate.adjudication.values import Values
    from curate.model.ids import NewId
    from curate.model.item import Item
    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class Because:
    """Why a lead rules as they do."""

    reason: Reason | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that a screen shows of a case."""

    waiting: Waiting
    document: Document
    merged: Merged
    sides: tuple[int, ...]
    """Places in `case.readings`, from the first key on."""
    works: tuple[Annotation, ...]
    """What the readers say of the item, by name."""

    @property
    def case(self) -> Case:
        """The case."""
        return self.waiting.case


AT_FIRST: Final = 1.0
"""Seconds for merging before the first case is shown; the rest follows between keys."""
AT_ONCE: Final = 2000
"""Items up to which all of them are merged whenever a lead begins."""


class Reviewing:
    """One lead at work on a project's open cases."""

    def __init__(
        self,
        project: Project,
        lead: str,
        *,
        make_id: NewId = new_id,
        now: Callable[[], str] = utc_now,
        at_once: bool = True,
    ) -> None:
        self.project = project
        self.lead = lead
        self.activity = Activity()
        """Told by the screen of each key: a ruling knows what it cost."""
        self.order = Order.TEXT
        self.filter = CaseFilter()
        self.blind = True
        """Whether the lead does not see whose reading is whose."""
        self._new_id = make_id
        self._now = now
        self._desks: dict[str, Desk] = {}
        self._document: Document | None = None
        self._at_once = at_once
        """Whether everything is merged before anything is shown; else `load` goes on."""
        self._steps: Iterator[int] = iter(())
        self._whole = True
        """Whether items without open cases were looked at too."""
        self.refresh()

    # ------------------------------------------------------------------ what waits

    def refresh(self) -> None:
        """Merge everything anew: annotators may have gone on."""
        self._document = None
        self._desks = {}
        self.settings = review_settings(self.project)
        store = self.project.store
        changed = unmerged(self.project, self.settings)
        if changed is not None and store.gold.counts()[0] > AT_ONCE:
            changed |= store.gold.open_items()
        else:
            changed = None
        self._whole = changed is None
        self._steps = merge_steps(self.project, MergeReport(), self._keep, changed)
        self.load(None if self._at_once else AT_FIRST)

    def load(self, seconds: float | None) -> bool:
        """Go on merging for that long, or to the end; say whether everything is there."""
        until = None if seconds is None else time.monotonic() + seconds
        while next(self._steps, None) is not None:
            if until is not None and time.monotonic() > until:
                return False
        return True

    def _keep(self, item: Item, document: Document, merged: Merged) -> Desk:
        """Keep a merged item in mind."""
        known = self._desks.get(item.id)
        share = len(merged.open) / max(1, len(merged.cases))
        position, _ = self.project.store.items.position(item.id)
        share = known.share if known else share
        desk = Desk(item, document.text, merged, position, share, len(merged.open))
        self._desks[item.id] = desk
        waiting_of(desk)  # so that the queue is there when it is asked for
        return desk

    def _look(self, item_id: str) -> Desk | None:
        """Merge an item and keep it in mind while it has open cases."""
        item = self.project.store.items.get(item_id)
        if item is None:
            return None
        document = self._read(item.document)
        merged = merge_item(self.project, item, document)
        if merged is None:
            self._desks.pop(item_id, None)
            return None
        return self._keep(item, document, merged)

    def _read(self, document_id: str) -> Document:
        if self._document is None or self._document.id != document_id:
            self._document = self.project.store.documents.get(document_id)
        return self._document

    def queue(self) -> list[Waiting]:
        """The cases that wait, as filter and order say."""
        return queue(self._desks.values(), self.filter, self.order)

    def count(self) -> int:
        """How many cases are open."""
        return sum(desk.open for desk in self._desks.values())

    def every(self) -> list[tuple[Case, Merged]]:
        """All open cases, laid aside or not, whatever the filter says."""
        return [(c, d.merged) for d in self._desks.values() for c in d.merged.open]

    def view(self, waiting: Waiting) -> CaseView:
        """All that is shown of a case."""
        document = self._read(waiting.item.document)
        works = works_of_document(self.project, document, self.settings).get(waiting.item.id, ())
        desk = self._desks[waiting.item.id]
        order = sides(waiting.case.readings, waiting.item.id, self.settings.seed)
        works = tuple(sorted(works, key=lambda w: w.annotator))
        return CaseView(waiting, document, desk.merged, tuple(order), works)

    @property
    def readers(self) -> frozenset[str]:
        """Whose work is merged."""
        known = self.project.store.annotations.annotators()
        return frozenset(name for name in known if self.settings.reads(name))

    # ------------------------------------------------------------------ ruling

    def rule(
        self, waiting: Waiting, choice: Choice, reading: int = 0, *,
        values: Values | None = None, because: Because | None = None,
    ) -> None:  # fmt: skip
        """Rule on a case; `reading` is a place in its readings, `values` what was edited.

        Raises `EditRefused`, with nothing written, for what the schema forbids beside the rest.
        """
        self.commit([self.ruling(waiting.case, choice, reading, values=values, because=because)])

    def ruling(
        self, case: Case, choice: Choice, reading: int = 0, *,
        values: Values | None = None, because: Because | None = None,
    ) -> Ruling:  # fmt: skip
        """A ruling, not yet written."""
        because = because or Because()
        return Ruling(
            self._new_id(), case.item, case.id, case.cell, choice, self.lead, self._now(),
            values=choice_values(case, choice, reading) if values is None else values,
            readings=case.readings, kind=case.kind.value, about=case.about, region=case.region,
            reason=because.reason, note=because.note, schema=self.project.schema.identity,
            blind=self.blind,
        )  # fmt: skip

    def commit(self, rulings: Sequence[Ruling]) -> None:
        """Write rulings as one step, merge their items anew, and see that all of it fits."""
        if not rulings:
            return
        seconds, keys = self.activity.take()
        group = rulings[0].id if len(rulings) > 1 else None
        rulings = [replace(r, group=group) for r in rulings]
        rulings[0] = replace(rulings[0], seconds=seconds, keys=keys)
        items = list(dict.fromkeys(r.item for r in rulings))
        before = {i: self._dropped(i) for i in items}
        try:
            with self.project.store.writing():
                self.project.store.rulings.add(map(row_of, rulings))
                for item in items:
                    self._look(item)
                    self._check(item, before[item], rulings)
        except EditRefused:
            for item in items:
                self._look(item)
            raise

    def _check(self, item_id: str, before: set[str], rulings: Iterable[Ruling]) -> None:
        """Refuse rulings that would have something left out of gold."""
        lost = self._dropped(item_id) - before
        if lost and any(r.is_decision for r in rulings):
            raise EditRefused(f"that does not fit: {min(lost)}")

    def _dropped(self, item_id: str) -> set[str]:
        desk = self._desks.get(item_id)
        return set() if desk is None else {d.why for d in desk.merged.dropped}

    def reject_all(self, item_id: str, because: Because | None = None) -> int:
        """Say no to everything that is open in an item, and close it; return how many cases."""
        written: list[Ruling] = []
        with self.project.store.writing():
            while desk := self._desks.get(item_id):
                cases = desk.merged.to_rule
                if not cases:
                    break
                step = [self.ruling(c, Choice.NEITHER, because=because) for c in cases]
                group = written[0].id if written else step[0].id
                step = [replace(r, group=group) for r in step]
                self.project.store.rulings.add(map(row_of, step))
                written += step
                self._look(item_id)
        self.activity.take()
        return len(written)

    def same_form(
        self, waiting: Waiting, choice: Choice, reading: int
    ) -> list[tuple[Waiting, int]]:
        """Other cases that put the same question in the same words, with the same answer there."""
        desk = self._desks[waiting.item.id]
        own = reading_forms(waiting.case, desk.text, places(desk))
        found = []
        for other in queue(self._desks.values(), CaseFilter(), Order.TEXT):
            if other.key == waiting.key or other.form != waiting.form:
                continue
            there = self._desks[other.item.id]
            forms = own, reading_forms(other.case, there.text, places(there))
            at = same_choice(waiting.case, other.case, choice, reading, forms)
            if at is not None:
                found.append((other, at))
        return found

    def rule_all(
        self, chosen: Iterable[tuple[Waiting, int]], choice: Choice, because: Because | None = None
    ) -> None:
        """Rule on several cases at once: one step for undo."""
        self.commit([self.ruling(w.case, choice, at, because=because) for w, at in chosen])

    # ------------------------------------------------------------------ back

    def send_back(self, item_id: str, note: str) -> list[str]:
        """Give an item back to its readers; return their names.

        The word why begins a thread of comments on the item, where they find it.
        """
        item = self.project.store.items.get(item_id)
        if item is None:
            raise EditRefused(f"there is no item {item_id}")
        document = self._read(item.document)
        works = works_of_document(self.project, document, self.settings).get(item_id, ())
        ruling = Ruling(
            self._new_id(), item_id, f"back:{self._new_id()}", Cell.ITEM, Choice.BACK, self.lead,
            self._now(), note=note or None, schema=self.project.schema.identity,
        )  # fmt: skip
        store = self.project.store
        names = []
        with store.writing():
            for work in works:
                known = store.annotations.get(item_id, work.annotator)
                if known.status is Status.DONE:
                    self._restate(item_id, known, Status.DRAFT, note or None)
                    names.append(work.annotator)
            if note.strip():
                Talker(self.project, self.lead, self._new_id, self._now).begin(item_id, note)
            self.commit([ruling])
        return names

    def _restate(self, item_id: str, known: Annotation, status: Status, reason: str | None) -> None:
        """Set the status of an annotator's work, as a row of the journal that is not theirs."""
        change = difference(known, replace(known, status=status, reason=reason))
        action = "sent back" if status is Status.DRAFT else "sent back, withdrawn"
        self.project.store.journal.write(
            Decision(
                self._new_id(), known.annotator, item_id, action, change, 0.0, 0, self._now(),
                undoable=False,
            )
        )  # fmt: skip

    def undo(self) -> str | None:
        """Take this lead's last step back; return the item's id, or None at the beginning.

        Raises `EditRefused` when annotators have gone on with an item that was sent back.
        """
        step = self._last_step()
        if not step:
            return None
        rows = [withdrawal(r, self._new_id(), self.lead, self._now(), step[0].group) for r in step]
        try:
            with self.project.store.writing():
                for ruling in step:
                    if ruling.choice is Choice.BACK:
                        self._take_again(ruling)
                self.project.store.rulings.add(map(row_of, rows))
                for item in dict.fromkeys(r.item for r in step):
                    self._look(item)
        except Conflict as error:
            raise EditRefused("an annotator has gone on with it since") from error
        return step[0].item

    def _last_step(self) -> list[Ruling]:
        """The rulings of this lead's last step that still stand."""
        rows = [ruling_of(r) for r in self.project.store.rulings.latest(self.lead)]
        done = [r for r in standing(rows) if r.choice is not Choice.TAKEN]
        if not done:
            return []
        group = done[0].group
        return done[:1] if group is None else [r for r in done if r.group == group]

    def _take_again(self, ruling: Ruling) -> None:
        """Close what was sent back, where nobody has gone on with it."""
        journal, annotations = self.project.store.journal, self.project.store.annotations
        for said in annotations.of_item(ruling.item):
            last = next(iter(journal.history(ruling.item, said.annotator, limit=1)), None)
            if last is None or last.at < ruling.at:
                continue
            if last.action != "sent back":
                raise Conflict(f"{said.annotator} has gone on")
            self._restate(ruling.item, said, Status.DONE, None)

    # ------------------------------------------------------------------ audit

    def drawn(self) -> list[Waiting]:
        """Cells that were merged without a ruling and are drawn to be checked."""
        settings = self.settings
        if not self._whole:
            self._steps = merge_steps(self.project, MergeReport(), self._keep)
            self._whole = True
        self.load(None)
        return [
            Waiting(case, desk.item, frozenset())
            for desk in sorted(self._desks.values(), key=lambda d: d.position)
            for case in desk.merged.cases
            if is_drawn(case, settings.audit, settings.seed)
        ]

    def check(self, waiting: Waiting, *, holds: bool, because: Because | None = None) -> None:
        """Say of a drawn cell whether it holds; what does not is taken out of gold."""
        choice = Choice.CONFIRMED if holds else Choice.NEITHER
        ruling = self.ruling(waiting.case, choice, because=because)
        self.commit([replace(ruling, audit=True)])

    def audit(self) -> Audit:
        """How much of what was checked did not hold."""
        rulings = [ruling_of(r) for r in self.project.store.rulings.all()]
        return audit_of(Court(rulings).rulings, len(self.drawn()) if self._whole else 0)
