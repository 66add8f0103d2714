"""Whatever an annotator does in whatever order: undo, redo, replay, schema and fates hold."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from curate.model.annotation import (
    Annotation,
    Argument,
    Fate,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
)
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.problems import errors_in
from curate.model.schema import Attribute, EventSchema
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.edits import EditRefused
from curate.project.opening import Project, create_project
from tests.small import TEXT, label, proposals, small_schema, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.model.candidate import Candidate

AT = "2026-01-01T00:00:00.000+00:00"
CUT = TEXT.index(" وقال")
ITEMS = (Span(0, CUT), Span(CUT + 1, len(TEXT)))
WHO, OTHER = "a1", "a2"

T = TypeVar("T")


def schema() -> EventSchema:
    """The small schema with an attribute that only one entity type carries."""
    known = Attribute(
        "known", label("known"), {"yes": label("yes"), "no": label("no")}, "yes",
        on=frozenset({"Group"}),
    )  # fmt: skip
    return replace(small_schema(), mention_attributes={"known": known})


def awkward() -> tuple[list[MentionCandidate], list[FrameCandidate]]:
    """What a careless producer might propose on top: nothing of it may do harm."""
    mentions = [
        MentionCandidate("c-twin", span("المدفعية"), "Site", None, 0.3, "test/1", "twin"),
        MentionCandidate("c-cross", span("صباحا وقال"), "Site", None, 0.3, "test/1", "too long"),
        MentionCandidate("c-alien", span("صباحا"), "Planet", None, 0.3, "test/1", "no such type"),
        MentionCandidate("c-sub", span("بلدة"), "Site", "moon", 0.3, "test/1", "no such subtype",
                         {"known": "no", "colour": "red"}),
    ]  # fmt: skip
    far = Argument("Agent", mention="c-gun")
    frames = [
        FrameCandidate("c-far", "Fire", span("مستمر"), (far,), 0.2, "test/1", "far filler"),
        FrameCandidate("c-egg", "Speech", span("الناطق"),
                       (Argument("Said", frame="c-hen"),), 0.2, "test/1", "in a circle"),
        FrameCandidate("c-hen", "Speech", span("إن"),
                       (Argument("Said", frame="c-egg"),), 0.2, "test/1", "in a circle"),
        FrameCandidate("c-full", "Fire", span("صباحا"),
                       (Argument("Agent", mention="c-gun"), Argument("Agent", mention="c-twin"),
                        Argument("Said", mention="c-gun"), Argument("Goal", mention="c-none")),
                       0.2, "test/1", "too full", {"means": "by post", "polarity": "no"}),
        FrameCandidate("c-void", "Comet", span("بلدة"), (), 0.2, "test/1", "no such type"),
    ]  # fmt: skip
    return mentions, frames


MENTIONS = [*proposals()[0], *awkward()[0]]
FRAMES = [*proposals()[1], *awkward()[1]]
CANDIDATES = [*(c.id for c in MENTIONS), *(c.id for c in FRAMES), "c-none"]

places = st.integers(0, 7)
"""Which of the things there are, counted round."""
words = st.sampled_from([None, "", "ملاحظة", "سؤال\nثان"])
starts = st.integers(0, len(TEXT) - 2)
spans = st.one_of(
    st.sampled_from([s for c in MENTIONS for s in (c.span,)] + [c.trigger for c in FRAMES]),
    st.builds(lambda a, n: Span(a, min(len(TEXT), a + n + 1)), starts, st.integers(0, 9)),
)
candidates = st.sampled_from(CANDIDATES)
entity_types = st.sampled_from(["Group", "Site", "Planet"])
event_types = st.sampled_from(["Fire", "Speech", "Comet"])
roles = st.sampled_from(["Agent", "Where", "Goal", "Said", "Tail"])
subtypes = st.sampled_from([None, "army", "moon"])


class Editing(RuleBasedStateMachine):
    """One annotator on two items of one document, and what else may happen meanwhile."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        made = create_project(Path(self.folder.name) / "p.curate")
        document = Document("one", TEXT, {}, tuple(Sentence(s) for s in ITEMS))
        made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
        found: list[Candidate] = [*MENTIONS, *FRAMES]
        made.store.candidates.put("one", "test/1", found, at=AT)
        self.project = Project(made.path, schema(), made.store)
        self.ids = count(1)
        self.items = [item.id for item in made.store.items.all()]
        self.session = self._session()
        self.past: list[dict[str, Annotation]] = []
        self.future: list[dict[str, Annotation]] = []
        self.rows = 0

    def teardown(self) -> None:
        self.project.close()
        self.folder.cleanup()

    def _session(self) -> Annotating:
        return Annotating(self.project, WHO, make_id=lambda: f"n{next(self.ids)}", now=lambda: AT)

    def _state(self) -> dict[str, Annotation]:
        return {item: self.project.store.annotations.get(item, WHO) for item in self.items}

    def _do(self, deed: Callable[[], object]) -> None:
        """One decision: it adds a row and a step, or is refused and changes nothing."""
        before, rows = self._state(), self.project.store.journal.count()
        try:
            deed()
        except EditRefused:
            assert self._state() == before
            assert self.project.store.journal.count() == rows
            return
        after = self._state()
        added = self.project.store.journal.count() - rows
        assert added == (after != before)
        if added:
            self.past.append(before)
            self.future.clear()

    # ------------------------------------------------------------------ what there is

    def _mention(self, place: int) -> str:
        return self._of([m.id for m in self.session.view.annotation.mentions], place)

    def _frame(self, place: int) -> str:
        return self._of([f.id for f in self.session.view.annotation.frames], place)

    def _argument(self, frame: str, place: int) -> Argument:
        found = self.session.view.annotation.frame(frame)
        arguments = list(found.arguments) if found else []
        return arguments[place % len(arguments)] if arguments else Argument("Agent", mention="?")

    @staticmethod
    def _of(there: list[str], place: int) -> str:
        return there[place % len(there)] if there else "nothing"

    def _filler(self, role: str, kind: int, place: int, words: Span) -> Argument:
        if kind == 0:
            return Argument(role, mention=self._mention(place))
        return Argument(role, frame=self._frame(place)) if kind == 1 else Argument(role, span=words)

    # ------------------------------------------------------------------ candidates

    @rule(candidate=candidates)
    def accept_mention(self, candidate: str) -> None:
        self._do(lambda: self.session.accept_mention(candidate))

    @rule(candidate=candidates)
    def accept_frame(self, candidate: str) -> None:
        self._do(lambda: self.session.accept_frame(candidate))

    @rule()
    def accept_all(self) -> None:
        self._do(self.session.accept_all)
        assert self.session.view.mentions == ()
        assert self.session.view.frames == ()

    @rule(candidate=candidates)
    def reject(self, candidate: str) -> None:
        self._do(lambda: self.session.reject(candidate))

    @rule(candidate=candidates)
    def take_over(self, candidate: str) -> None:
        self._do(lambda: self.session.edit_candidate(candidate))

    @rule(place=places)
    def what_is_offered_can_be_accepted(self, place: int) -> None:
        view = self.session.view
        offered: list[Candidate] = [*view.frames, *view.mentions]
        if not offered:
            return
        candidate = offered[place % len(offered)]
        before = self._state()
        if isinstance(candidate, MentionCandidate):
            self.session.accept_mention(candidate.id)
        else:
            self.session.accept_frame(candidate.id)
        self.past.append(before)
        self.future.clear()
        assert self._state() != before
        assert candidate.id in self.session.view.annotation.fates

    # ------------------------------------------------------------------ mentions

    @rule(words=spans, kind=entity_types, subtype=subtypes)
    def add_mention(self, words: Span, kind: str, subtype: str | None) -> None:
        self._do(lambda: self.session.add_mention(words, kind, subtype))

    @rule(place=places, words=st.none() | spans, kind=st.none() | entity_types)
    def change_mention(self, place: int, words: Span | None, kind: str | None) -> None:
        mention = self._mention(place)
        self._do(lambda: self.session.change_mention(mention, span=words, entity_type=kind))

    @rule(place=places, subtype=subtypes)
    def set_subtype(self, place: int, subtype: str | None) -> None:
        mention = self._mention(place)
        self._do(lambda: self.session.change_mention(mention, subtype=subtype))

    @rule(place=places, name=st.sampled_from(["known", "colour"]),
          value=st.sampled_from([None, "yes", "no", "red"]))  # fmt: skip
    def set_mention_attribute(self, place: int, name: str, value: str | None) -> None:
        mention = self._mention(place)
        self._do(lambda: self.session.set_mention_attribute(mention, name, value))

    @rule(place=places)
    def remove_mention(self, place: int) -> None:
        mention = self._mention(place)
        self._do(lambda: self.session.remove_mention(mention))

    # ------------------------------------------------------------------ frames

    @rule(kind=event_types, words=spans)
    def add_frame(self, kind: str, words: Span) -> None:
        self._do(lambda: self.session.add_frame(kind, words))

    @rule(place=places, kind=st.none() | event_types, words=st.none() | spans)
    def change_frame(self, place: int, kind: str | None, words: Span | None) -> None:
        frame = self._frame(place)
        self._do(lambda: self.session.change_frame(frame, event_type=kind, trigger=words))

    @rule(place=places, words=spans)
    def duplicate_frame(self, place: int, words: Span) -> None:
        frame = self._frame(place)
        self._do(lambda: self.session.duplicate_frame(frame, words))

    @rule(place=places)
    def remove_frame(self, place: int) -> None:
        frame = self._frame(place)
        self._do(lambda: self.session.remove_frame(frame))

    @rule(place=places, role=roles, kind=st.integers(0, 2), filler=places, words=spans)
    def add_argument(self, place: int, role: str, kind: int, filler: int, words: Span) -> None:
        frame, argument = self._frame(place), self._filler(role, kind, filler, words)
        self._do(lambda: self.session.add_argument(frame, argument))

    @rule(place=places, filler=places)
    def fill_an_open_role(self, place: int, filler: int) -> None:
        frame, argument = self._frame(place), self._filler("?", 0, filler, ITEMS[0])
        try:
            open_roles = self.session.open_roles(frame, argument)
        except EditRefused:
            return
        for role in open_roles[:1]:
            filled = replace(argument, role=role)
            self._do(lambda: self.session.add_argument(frame, filled))  # noqa: B023 (called now)
            made = self.session.view.annotation.frame(frame)
            assert made is not None
            assert filled in made.arguments

    @rule(place=places, which=places)
    def remove_argument(self, place: int, which: int) -> None:
        frame = self._frame(place)
        argument = self._argument(frame, which)
        self._do(lambda: self.session.remove_argument(frame, argument))

    @rule(place=places, which=places, role=roles, kind=st.integers(0, 2), filler=places,
          words=spans)  # fmt: skip
    def exchange_argument(
        self, place: int, which: int, role: str, kind: int, filler: int, words: Span
    ) -> None:
        frame = self._frame(place)
        old, new = self._argument(frame, which), self._filler(role, kind, filler, words)
        self._do(lambda: self.session.exchange_argument(frame, old, new))

    @rule(place=places, which=places, role=roles)
    def move_argument(self, place: int, which: int, role: str) -> None:
        frame = self._frame(place)
        argument = self._argument(frame, which)
        self._do(lambda: self.session.move_argument(frame, argument, role))

    @rule(place=places, name=st.sampled_from(["polarity", "means", "colour"]),
          value=st.sampled_from([None, "yes", "no", "near", "red"]))  # fmt: skip
    def set_attribute(self, place: int, name: str, value: str | None) -> None:
        frame = self._frame(place)
        self._do(lambda: self.session.set_attribute(frame, name, value))

    # ------------------------------------------------------------------ links, the item

    @rule(kind=st.sampled_from(LinkKind), one=places, other=places)
    def link(self, kind: LinkKind, one: int, other: int) -> None:
        atom = self._mention if kind is LinkKind.COREF else self._frame
        source, target = atom(one), atom(other)
        self._do(lambda: self.session.link(kind, source, target))

    @rule(place=places)
    def unlink(self, place: int) -> None:
        there = self.session.view.annotation.links
        chosen = there[place % len(there)] if there else Link(LinkKind.COREF, "x", "y")
        self._do(lambda: self.session.unlink(chosen))

    @rule(deed=st.sampled_from(["finish", "reopen"]))
    def close_or_reopen(self, deed: str) -> None:
        self._do(getattr(self.session, deed))

    @rule(deed=st.sampled_from(["skip", "flag"]), reason=words)
    def skip_or_flag(self, deed: str, reason: str | None) -> None:
        self._do(lambda: getattr(self.session, deed)(reason or ""))

    @rule(note=words)
    def set_note(self, note: str | None) -> None:
        self._do(lambda: self.session.set_note(note))

    # ------------------------------------------------------------------ moving, time, others

    @rule(deed=st.sampled_from(["next", "previous", "next_open", "refresh"]))
    def move(self, deed: str) -> None:
        before = self._state()
        getattr(self.session, deed)()
        assert self._state() == before

    @rule()
    def undo(self) -> None:
        self._travel(self.session.undo, self.past, self.future)

    @rule()
    def redo(self) -> None:
        self._travel(self.session.redo, self.future, self.past)

    @rule()
    def undo_what_was_just_done_and_repeat_it(self) -> None:
        if not self.past:
            return
        now = self._state()
        self.undo()
        self.redo()
        assert self._state() == now

    def _travel(
        self, go: Callable[[], object],
        source: list[dict[str, Annotation]], target: list[dict[str, Annotation]],
    ) -> None:  # fmt: skip
        before = self._state()
        go()
        if not source:
            assert self._state() == before
            assert self.session.view.notice is not None
            return
        target.append(before)
        assert self._state() == source.pop()

    @rule()
    def close_and_open_again(self) -> None:
        self.project.close()
        opened = type(self.project.store).open(self.project.path)
        self.project = replace(self.project, store=opened)
        self.session = self._session()

    @rule(words=spans)
    def another_annotator_works(self, words: Span) -> None:
        mine = self._state()
        other = Annotating(self.project, OTHER, make_id=lambda: f"o{next(self.ids)}")
        try:
            other.add_mention(words, "Site")
        except EditRefused:
            other.accept_all()
        assert self._state() == mine

    @rule(deed=st.integers(0, 2), place=places)
    def another_program_works_under_the_same_name(self, deed: int, place: int) -> None:
        """The open session finds out at its next decision, and nothing is mixed up."""
        twin = self._session()
        twin.go_to(self.session.view.item.id)
        there = list(atoms(twin.view.annotation))
        before = self._state()
        if deed == 0 or not there:
            twin.set_note(f"note {next(self.ids)}")
        else:
            atom = there[place % len(there)]
            remove = twin.remove_mention if isinstance(atom, Mention) else twin.remove_frame
            remove(atom.id)
        self.past.append(before)
        self.future.clear()
        self._do(self.session.finish)
        if self.session.view.annotation != self._state()[self.session.view.item.id]:
            self.session.refresh()

    # ------------------------------------------------------------------ what always holds

    @invariant()
    def the_journal_tells_the_state(self) -> None:
        journal = self.project.store.journal
        for item, annotation in self._state().items():
            assert journal.replay(item, WHO) == annotation

    @invariant()
    def the_view_is_what_is_stored(self) -> None:
        view = self.session.view
        assert view.annotation == self.project.store.annotations.get(view.item.id, WHO)
        assert view.can_undo == bool(self.past)
        assert view.can_redo == bool(self.future)

    @invariant()
    def nothing_ever_breaks_the_schema(self) -> None:
        for annotation in self._state().values():
            assert errors_in(annotation, self.project.schema, TEXT) == []

    @invariant()
    def fates_tell_what_became_of_candidates(self) -> None:
        for annotation in self._state().values():
            carried = [a.candidate for a in atoms(annotation) if a.candidate is not None]
            assert len(carried) == len(set(carried))
            kept = {c for c, fate in annotation.fates.items() if fate is not Fate.REJECTED}
            assert kept == set(carried)
            for mention in annotation.mentions:
                self._check_mention(mention, annotation)
            for frame in annotation.frames:
                self._check_frame(frame, annotation)

    def _check_mention(self, mention: Mention, annotation: Annotation) -> None:
        for c in MENTIONS:
            if c.id == mention.candidate:
                same = (mention.span, mention.type) == (c.span, c.type)
                accepted = annotation.fates[c.id] is Fate.ACCEPTED
                assert accepted <= same

    def _check_frame(self, frame: Frame, annotation: Annotation) -> None:
        for c in FRAMES:
            if c.id == frame.candidate and annotation.fates[c.id] is Fate.ACCEPTED:
                assert (frame.type, frame.trigger) == (c.type, c.trigger)
                assert {a.role for a in frame.arguments} <= {a.role for a in c.arguments}

    @invariant()
    def what_is_open_is_undecided_and_lies_in_the_item(self) -> None:
        view = self.session.view
        offered: list[Candidate] = [*view.frames, *view.mentions]
        for c in offered:
            assert c.id not in view.annotation.fates
            where = c.span if isinstance(c, MentionCandidate) else c.trigger
            assert view.item.span.covers(where)
            known = schema()
            assert c.type in {**known.entity_types, **known.event_types}

    @invariant()
    def only_what_was_touched_has_begun(self) -> None:
        for annotation in self._state().values():
            if annotation.status is Status.NEW:
                assert annotation == Annotation(WHO, annotation.item)


def atoms(annotation: Annotation) -> Iterator[Mention | Frame]:
    yield from annotation.mentions
    yield from annotation.frames


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestEditing = pytest.mark.slow(TestEditing)
