"""Whatever people do in whatever order: undo, redo and replay agree with a plain model."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
from curate.model.change import Change, Conflict, applied, difference
from curate.model.ids import new_id
from curate.model.span import Span
from curate.store.progress import CLOSED
from curate.store.store import Store
from tests.store.building import NOW, decided, item_ids, store

ANNOTATORS = ("a1", "a2")
ITEMS = 4

small = st.integers(0, 12)
words = st.sampled_from(["ملاحظة", "", "سؤال\nثان"])
names = st.sampled_from(["m1", "m2", "m3"])
spans = st.builds(lambda start, size: Span(start, start + size + 1), small, small)
attributes = st.dictionaries(st.sampled_from(["صفة", "زمن"]), words, max_size=2)
mentions = st.builds(
    Mention,
    names,
    spans,
    st.sampled_from(["Group", "Site"]),
    st.none() | words,
    attributes,
    st.none() | names,
)
arguments = st.one_of(
    st.builds(Argument, words, mention=names),
    st.builds(Argument, words, frame=names),
    st.builds(Argument, words, span=spans),
)
frames = st.builds(
    Frame,
    st.sampled_from(["f1", "f2"]),
    st.sampled_from(["Fire", "Speech"]),
    spans,
    st.lists(arguments, max_size=3).map(tuple),
    attributes,
    st.none() | names,
)
links = st.builds(Link, st.sampled_from(LinkKind), names, names)


@st.composite
def contents(draw: st.DrawFn) -> Annotation:
    """Any state an annotation can be in; item and annotator are filled in later."""
    return Annotation(
        "",
        Span(0, 1),
        draw(st.sampled_from(Status)),
        tuple(
            sorted(
                draw(st.lists(mentions, unique_by=lambda m: m.id, max_size=3)), key=mention_order
            )
        ),
        tuple(
            sorted(draw(st.lists(frames, unique_by=lambda f: f.id, max_size=2)), key=frame_order)
        ),
        tuple(sorted(draw(st.lists(links, unique=True, max_size=2)), key=link_order)),
        draw(st.none() | words),
        draw(st.none() | words),
        draw(st.dictionaries(st.sampled_from(["c1", "c2"]), st.sampled_from(Fate))),
    )


@dataclass
class Past:
    """What undo and redo should do for one annotator."""

    steps: list[list[tuple[str, Change]]] = field(default_factory=list)
    done: int = 0

    def add(self, step: list[tuple[str, Change]]) -> None:
        """Add a step and forget what was undone."""
        del self.steps[self.done :]
        self.steps.append(step)
        self.done += 1


class Journalling(RuleBasedStateMachine):
    """Two annotators on four items."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "p.curate"
        self.store = store(self.path, sentences=ITEMS)
        self.items = item_ids(self.store)
        self.state = {
            (item, annotator): self.store.annotations.get(item, annotator)
            for item in self.items
            for annotator in ANNOTATORS
        }
        self.past = {annotator: Past() for annotator in ANNOTATORS}
        self.rows = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def _after(self, item: str, annotator: str, content: Annotation) -> Annotation:
        return replace(content, annotator=annotator, item=self.state[item, annotator].item)

    @rule(who=st.sampled_from(ANNOTATORS), where=st.integers(0, ITEMS - 1), content=contents())
    def decide(self, who: str, where: int, content: Annotation) -> None:
        item = self.items[where]
        after = self._after(item, who, content)
        decision = decided(self.store, item, after)
        assert self.store.journal.write(decision) == after
        self.past[who].add([(item, decision.change)])
        self.state[item, who] = after
        self.rows += 1

    @rule(
        who=st.sampled_from(ANNOTATORS),
        where=st.lists(st.integers(0, ITEMS - 1), min_size=2, max_size=3, unique=True),
        content=contents(),
    )
    def decide_together(self, who: str, where: list[int], content: Annotation) -> None:
        places = [self.items[i] for i in where]
        afters = [self._after(item, who, content) for item in places]
        decisions = [
            decided(self.store, item, after) for item, after in zip(places, afters, strict=True)
        ]
        self.store.journal.write(*decisions)
        self.past[who].add([(d.item, d.change) for d in decisions])
        self.state.update({(a, who): after for a, after in zip(places, afters, strict=True)})
        self.rows += len(decisions)

    @rule(who=st.sampled_from(ANNOTATORS), note=words)
    def import_from_outside(self, who: str, note: str) -> None:
        item = self.items[0]
        after = replace(self.state[item, who], note=note)
        decision = replace(decided(self.store, item, after), undoable=False)
        self.store.journal.write(decision)
        self.state[item, who] = after
        self.rows += 1

    @rule(who=st.sampled_from(ANNOTATORS))
    def undo(self, who: str) -> None:
        past = self.past[who]
        assert self.store.journal.can_undo(who) == (past.done > 0)
        if past.done == 0:
            assert self.store.journal.undo(who, at=NOW, row=new_id()) is None
            return
        step = [(item, change.reversed()) for item, change in past.steps[past.done - 1]]
        if self._travel(self.store.journal.undo, who, step[::-1]):
            past.done -= 1

    @rule(who=st.sampled_from(ANNOTATORS))
    def redo(self, who: str) -> None:
        past = self.past[who]
        assert self.store.journal.can_redo(who) == (past.done < len(past.steps))
        if past.done == len(past.steps):
            assert self.store.journal.redo(who, at=NOW, row=new_id()) is None
            return
        if self._travel(self.store.journal.redo, who, past.steps[past.done]):
            past.done += 1

    def _travel(self, go: object, who: str, step: list[tuple[str, Change]]) -> bool:
        assert callable(go)
        expected = dict(self.state)
        try:
            for item, change in step:
                expected[item, who] = applied(expected[item, who], change)
        except Conflict:
            with pytest.raises(Conflict):
                go(who, at=NOW, row=new_id())
            return False
        assert go(who, at=NOW, row=new_id()) == step[-1][0]
        self.state = expected
        self.rows += len(step)
        return True

    @precondition(lambda self: self.rows % 3 == 0)
    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @rule(who=st.sampled_from(ANNOTATORS))
    def derive_the_timeline_anew(self, who: str) -> None:
        query = "SELECT * FROM timeline ORDER BY annotator, step, journal"
        kept = self.store._connection.rows(query)
        self.store.journal.rebuild_timeline(who)
        assert self.store._connection.rows(query) == kept

    @invariant()
    def the_state_is_the_model(self) -> None:
        for (item, annotator), annotation in self.state.items():
            assert self.store.annotations.get(item, annotator) == annotation
            assert self.store.journal.replay(item, annotator) == annotation
        assert self.store.journal.count() == self.rows

    @invariant()
    def nobody_has_to_count(self) -> None:
        for annotator in ANNOTATORS:
            statuses = [self.state[item, annotator].status for item in self.items]
            counts = self.store.items.counts(annotator)
            assert counts == {status: statuses.count(status) for status in Status}
            open_items = [
                item
                for item, status in zip(self.items, statuses, strict=True)
                if status not in CLOSED
            ]
            for place, item in enumerate(self.items):
                following = [x for x in open_items if self.items.index(x) > place]
                expected = next(iter(following or open_items), None)
                found = self.store.items.next_open(annotator, item)
                assert (found and found.id) == expected

    @invariant()
    def untouched_items_leave_no_rows(self) -> None:
        (rows,) = self.store._connection.rows("SELECT count(*) FROM annotations")[0]
        blank = sum(a == Annotation(a.annotator, a.item) for a in self.state.values())
        assert rows == len(self.state) - blank


TestJournalling = Journalling.TestCase
TestJournalling.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)


def test_a_change_that_does_not_start_from_the_stored_state_is_refused_whole(
    tmp_path: Path,
) -> None:
    with store(tmp_path / "p.curate") as opened:
        first, second, *_ = item_ids(opened)
        before = opened.annotations.get(first, "a1")
        stale = difference(replace(before, note="قديم"), replace(before, note="جديد"))
        good = decided(opened, second, replace(opened.annotations.get(second, "a1"), note="صحيح"))
        with pytest.raises(Conflict):
            opened.journal.write(good, replace(good, id="r2", item=first, change=stale))
        assert opened.journal.count() == 0
        assert opened.annotations.get(second, "a1").note is None
        assert not opened.journal.can_undo("a1")
