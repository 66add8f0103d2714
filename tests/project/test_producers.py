"""Producers from outside: found, switched on here, checked, and never a crash."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING, Any

import pytest

from curate.errors import CurateError, WorldError
from curate.model.annotation import Argument
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.project import producers
from curate.project.adding import AddOptions, add
from curate.project.annotating import Annotating
from curate.project.checking import checked
from curate.project.opening import create_project, open_project
from curate.project.producers import (
    ask_producers,
    known_producers,
    producers_on,
    switch_off,
    switch_on,
)
from tests.small import TEXT, proposals, small_schema, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from curate.model.candidate import Candidate
    from curate.model.schema import EventSchema
    from curate.project.opening import Project

SCHEMA = small_schema()
DOCUMENT = Document("d1", TEXT, {}, (Sentence(Span(0, len(TEXT))),))


class Plugin:
    """A producer as somebody else might write it."""

    version = "theirs/3"
    answer: Callable[[Document], Any] = staticmethod(lambda _: ())

    def __init__(self, options: dict[str, str]) -> None:
        self.options = options

    def propose(self, document: Document) -> Any:
        return Plugin.answer(document)


def make(schema: EventSchema, options: dict[str, str]) -> Plugin:
    """The plug-in's entry point."""
    if "bad" in options:
        raise ZeroDivisionError("their fault")
    return Plugin(options)


def no_producer(schema: EventSchema, options: dict[str, str]) -> str:
    return "not a producer"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("CURATE_SETTINGS", str(tmp_path / "settings" / "settings.toml"))
    points = [
        EntryPoint("theirs", f"{__name__}:make", producers.GROUP),
        EntryPoint("empty", f"{__name__}:no_producer", producers.GROUP),
        EntryPoint("gone", "no.such.module:make", producers.GROUP),
        EntryPoint("rules", f"{__name__}:make", producers.GROUP),
    ]
    monkeypatch.setattr(producers, "_entry_points", lambda: points)
    monkeypatch.setattr(Plugin, "answer", staticmethod(lambda _: ()))
    with create_project(tmp_path / "p.curate") as made:
        for n in range(4):
            text = tmp_path / f"{n}.txt"
            text.write_text(f"وصل الوفد رقم {n} إلى زرنباق ليلا.", encoding="utf-8")
            add(made, [text], AddOptions(candidates=False))
        yield made


def says(monkeypatch: pytest.MonkeyPatch, answer: Callable[[Document], Any]) -> None:
    monkeypatch.setattr(Plugin, "answer", staticmethod(answer))


def town(document: Document) -> list[MentionCandidate]:
    start = document.text.index("زرنباق")
    return [MentionCandidate("1", Span(start, start + 6), "GPE", None, 0.9, "x", "said so")]


def ask(project: Project) -> tuple[list[producers.Ran], list[str]]:
    said: list[str] = []
    return ask_producers(project, lambda *_: None, said.append), said


def test_what_is_installed_is_listed_and_cannot_pass_for_the_rules(project: Project) -> None:
    names = [(k.name, k.source) for k in known_producers()]
    assert names[:3] == [
        ("rules", "curate"), ("label-studio-backend", "curate"), ("language-model", "curate")
    ]  # fmt: skip
    assert [n for n, _ in names].count("rules") == 1
    assert "theirs" in [n for n, _ in names]


def test_nothing_is_on_unless_it_was_switched_on(project: Project) -> None:
    assert producers_on(project) == []
    assert ask(project) == ([], [])


def test_it_is_asked_for_open_items_and_its_candidates_are_offered(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, town)
    switch_on(project, "theirs", {"a": "b"})
    (ran,), said = ask(project)
    assert (ran.documents, ran.changed, ran.candidates, said) == (4, 4, 4, [])
    view = Annotating(project, "a1").view
    assert [(m.type, m.producer, m.reason) for m in view.mentions] == [
        ("GPE", "theirs/3", "said so")
    ]
    (again,), _ = ask(project)
    assert again.changed == 0


def test_a_project_from_elsewhere_starts_nothing_here(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, town)
    switch_on(project, "theirs", {})
    monkeypatch.setenv("CURATE_SETTINGS", str(tmp_path / "other" / "settings.toml"))
    ran, said = ask(project)
    assert ran == []
    assert "not switched on on this machine" in said[0]


def test_other_options_than_those_that_were_allowed_run_nothing(project: Project) -> None:
    switch_on(project, "theirs", {"url": "http://mine"})
    project.store.settings[producers.SETTING] = {"theirs": {"url": "http://evil.example"}}
    assert [on.is_allowed for on in producers_on(project)] == [False]


@pytest.mark.parametrize("held", [[], "x", 1, {"theirs": 1}, None])
def test_settings_that_make_no_sense_switch_nothing_on(project: Project, held: Any) -> None:
    project.store.settings[producers.SETTING] = held
    assert producers_on(project) == []


def test_switching_off_keeps_what_was_proposed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, town)
    switch_on(project, "theirs", {})
    ask(project)
    switch_off(project, "theirs")
    assert producers_on(project) == []
    assert Annotating(project, "a1").view.mentions
    with pytest.raises(CurateError, match="not on"):
        switch_off(project, "theirs")


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("gone", {}, "is broken: ModuleNotFoundError"),
        ("empty", {}, "has no `propose`"),
        ("theirs", {"bad": "1"}, "is broken: ZeroDivisionError: their fault"),
        ("nobody", {}, "there is no producer nobody"),
        ("rules", {}, "there is no producer rules"),
        ("language-model", {}, "needs its url"),
    ],
)
def test_a_broken_plug_in_is_one_message_and_is_not_switched_on(
    project: Project, name: str, options: dict[str, str], said: str
) -> None:
    with pytest.raises(CurateError, match=said):
        switch_on(project, name, options)
    assert producers_on(project) == []


def broken(_: Document) -> Any:
    raise RuntimeError("oops")


@pytest.mark.parametrize(
    "answer",
    [
        broken, lambda _: None, lambda _: 3,
        lambda _: [MentionCandidate("1", (0, 3), "GPE", None, 0.5, "x", "")],  # type: ignore[arg-type]  # on purpose
        lambda _: [MentionCandidate("1", Span(0, 3), "GPE", None, "high", "x", "")],  # type: ignore[arg-type]  # on purpose
    ],
    ids=["raises", "none", "number", "no-span", "no-score"],
)  # fmt: skip
def test_a_plug_in_that_fails_while_asked_is_one_message(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: Callable[[Document], Any]
) -> None:
    switch_on(project, "theirs", {})
    says(monkeypatch, answer)
    with pytest.raises(CurateError, match="the producer theirs is broken"):
        ask(project)


def test_what_was_answered_before_the_network_failed_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def failing(document: Document) -> Any:
        asked.append(document.id)
        if len(asked) > 1:
            raise WorldError("http://h: no answer", "try again")
        return town(document)

    says(monkeypatch, failing)
    switch_on(project, "theirs", {})
    with pytest.raises(WorldError, match=r"no answer \(1 documents were answered before\)"):
        ask(project)
    assert len(asked) == 4
    path = project.path
    project.close()
    with open_project(path) as again:
        first = next(iter(again.store.documents.all()))
        assert again.store.candidates.of(first.id)[0]


def fit(*candidates: Candidate) -> tuple[list[str], dict[str, int]]:
    result = checked(candidates, SCHEMA, DOCUMENT, "p/1")
    return [c.type for c in result.candidates], dict(result.dropped)


def of(start: int, end: int, **changes: Any) -> MentionCandidate:
    given = {"id": "1", "type": "Group", "subtype": None, "score": 0.5, **changes}
    return MentionCandidate(span=Span(start, end), producer="x", reason="", **given)


def test_candidates_that_fit_stay_whole_under_lasting_ids() -> None:
    mentions, frames = proposals()
    result = checked([*mentions, *frames], SCHEMA, DOCUMENT, "p/1")
    assert not result.dropped
    assert {c.producer for c in result.candidates} == {"p/1"}
    fire = next(c for c in result.candidates if isinstance(c, FrameCandidate) and c.arguments)
    assert {a.mention for a in fire.arguments} <= {c.id for c in result.candidates}
    town_ = span("الريحانية")
    assert f"m{town_.start}-{town_.end}-Site" in {c.id for c in result.candidates}


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (of(0, 4, type="Nothing"), "unknown entity type"),
        (of(0, 4, subtype="navy"), "unknown subtype"),
        (of(0, 9999), "outside text"),
        (of(0, 5), "blank edge"),
        (of(0, 4, attributes={"x": "y"}), "unknown attribute"),
        (of(0, 4, score=float("nan")), "its score is no probability"),
        (of(0, 4, score=1.5), "its score is no probability"),
    ],
)
def test_a_mention_that_does_not_fit_is_dropped_with_the_reason(
    candidate: MentionCandidate, reason: str
) -> None:
    assert fit(candidate) == ([], {reason: 1})


def test_a_slot_that_does_not_fit_is_emptied_and_the_frame_stays() -> None:
    fire = FrameCandidate(
        "f", "Fire", span("قصفت"),
        (Argument("Agent", mention="1"), Argument("Goal", mention="nobody"),
         Argument("Nowhere", mention="1"), Argument("Where", span=Span(0, 4))),
        0.5, "x", "",
    )  # fmt: skip
    result = checked([of(5, 13), fire], SCHEMA, DOCUMENT, "p/1")
    (_, frame) = result.candidates
    assert isinstance(frame, FrameCandidate)
    assert [a.role for a in frame.arguments] == ["Agent"]
    assert result.dropped == {"dangling": 1, "unknown role": 1, "filler not allowed": 1}


def test_a_frame_that_holds_itself_is_dropped() -> None:
    one = FrameCandidate("a", "Speech", span("قال"), (Argument("Said", frame="a"),), 0.5, "x", "")
    assert fit(one) == ([], {"cycle": 1})


def test_the_same_id_twice_and_what_is_no_candidate_are_dropped() -> None:
    result = checked([of(0, 4), of(5, 13), "x", None], SCHEMA, DOCUMENT, "p/1")
    assert len(result.candidates) == 1
    assert result.dropped == {"its id was given before": 1, "it is no candidate": 2}


def test_the_file_of_what_may_run_holds_no_option(project: Project, tmp_path: Path) -> None:
    switch_on(project, "theirs", {"url": "http://mine"})
    text = (tmp_path / "settings" / producers.ALLOWED).read_text(encoding="utf-8")
    assert len(json.loads(text)) == 1
    assert "mine" not in text
