from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Argument, Frame, Link, LinkKind, Mention
from curate.model.problems import Code, Problem, Severity, errors_in, problems_in
from curate.model.span import Span
from tests.small import TEXT, blank, small_schema, span
from tests.strategies import annotations_of, texts

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = small_schema()
LARGE = shipped_schema()


def good() -> Annotation:
    """Work without a problem."""
    return replace(
        blank(),
        mentions=(
            Mention("gun", span("المدفعية"), "Group", "army"),
            Mention("town", span("الريحانية"), "Site"),
            Mention("voice", span("الناطق"), "Group"),
        ),
        frames=(
            Frame(
                "fire",
                "Fire",
                span("قصفت"),
                (Argument("Agent", mention="gun"), Argument("Goal", mention="town")),
                {"means": "far"},
            ),
            Frame(
                "speech",
                "Speech",
                span("قال"),
                (Argument("Agent", mention="voice"), Argument("Said", frame="fire")),
            ),
        ),
        links=(Link(LinkKind.COREF, "gun", "voice"),),
    )


def with_fire(annotation: Annotation, **changes: object) -> Annotation:
    """The work with its first frame changed."""
    first, *rest = annotation.frames
    return replace(annotation, frames=(replace(first, **changes), *rest))  # type: ignore[arg-type]  # any field


def with_gun(annotation: Annotation, **changes: object) -> Annotation:
    """The work with its first mention changed."""
    first, *rest = annotation.mentions
    return replace(annotation, mentions=(replace(first, **changes), *rest))  # type: ignore[arg-type]  # any field


def with_arguments(*arguments: Argument) -> Callable[[Annotation], Annotation]:
    """Give the first frame these arguments."""
    return lambda annotation: with_fire(annotation, arguments=arguments)


def found(annotation: Annotation) -> list[Problem]:
    return problems_in(annotation, SMALL, TEXT)


def test_good_work_has_no_problem() -> None:
    assert found(good()) == []


BEHIND = Span(len(TEXT) - 1, len(TEXT) + 5)


SPOILED: list[tuple[Callable[[Annotation], Annotation], Code, str | None]] = [
    (lambda a: with_gun(a, type="Tribe"), Code.UNKNOWN_ENTITY_TYPE, "gun"),
    (lambda a: with_gun(a, subtype="navy"), Code.UNKNOWN_SUBTYPE, "gun"),
    (lambda a: with_gun(a, attributes={"size": "big"}), Code.UNKNOWN_ATTRIBUTE, "gun"),
    (lambda a: with_gun(a, span=BEHIND), Code.OUTSIDE_TEXT, "gun"),
    (lambda a: with_gun(a, span=Span(4, 8)), Code.BLANK_EDGE, "gun"),
    (lambda a: replace(a, item=Span(0, 30)), Code.OUTSIDE_ITEM, "voice"),
    (lambda a: with_gun(a, id="town"), Code.DUPLICATE_ID, "town"),
    (lambda a: with_gun(a, id="fire"), Code.DUPLICATE_ID, "fire"),
    (lambda a: with_fire(a, type="Flood"), Code.UNKNOWN_EVENT_TYPE, "fire"),
    (lambda a: with_fire(a, attributes={"depth": "1"}), Code.UNKNOWN_ATTRIBUTE, "fire"),
    (lambda a: with_fire(a, attributes={"means": "medium"}), Code.UNKNOWN_VALUE, "fire"),
    (lambda a: with_fire(a, trigger=BEHIND), Code.OUTSIDE_TEXT, "fire"),
    (with_arguments(Argument("Said", frame="speech")), Code.UNKNOWN_ROLE, "fire"),
    (with_arguments(Argument("Agent", mention="town")), Code.FILLER_NOT_ALLOWED, "fire"),
    (with_arguments(Argument("Goal", frame="speech")), Code.FILLER_NOT_ALLOWED, "fire"),
    (with_arguments(Argument("Goal", span=Span(0, 4))), Code.FILLER_NOT_ALLOWED, "fire"),
    (with_arguments(Argument("Agent", mention="gone")), Code.DANGLING, "fire"),
    (with_arguments(Argument("Agent", frame="gone")), Code.DANGLING, "fire"),
    (
        with_arguments(Argument("Agent", mention="gun"), Argument("Agent", mention="voice")),
        Code.TOO_MANY_FILLERS,
        "fire",
    ),
    (
        with_arguments(Argument("Goal", mention="gun"), Argument("Goal", mention="gun")),
        Code.SAME_FILLER_TWICE,
        "fire",
    ),
    (
        lambda a: replace(a, links=(Link(LinkKind.COREF, "gun", "fire"),)),
        Code.DANGLING,
        "fire",
    ),
    (lambda a: replace(a, links=(Link(LinkKind.COREF, "gun", "gun"),)), Code.BAD_LINK, "gun"),
    (
        lambda a: replace(
            a, links=(Link(LinkKind.COREF, "gun", "town"), Link(LinkKind.COREF, "town", "gun"))
        ),
        Code.BAD_LINK,
        "gun",
    ),
    (lambda a: replace(a, item=Span(0, len(TEXT) + 1)), Code.OUTSIDE_TEXT, None),
]


@pytest.mark.parametrize(
    ("spoil", "code", "atom"),
    SPOILED,
    ids=[f"{number}-{case[1]}" for number, case in enumerate(SPOILED)],
)
def test_each_spoiled_thing_is_told(
    spoil: Callable[[Annotation], Annotation], code: Code, atom: str | None
) -> None:
    assert (code, atom) in {(p.code, p.atom) for p in found(spoil(good()))}


def test_a_missing_wanted_role_is_only_a_warning() -> None:
    silent = replace(good(), frames=(Frame("speech", "Speech", span("قال")),))
    (problem,) = found(silent)
    assert (problem.code, problem.role) == (Code.ROLE_MISSING, "Agent")
    assert problem.severity is Severity.WARNING
    assert errors_in(silent, SMALL, TEXT) == []


def test_one_role_of_a_set_is_enough() -> None:
    airstrike = next(e for e in LARGE.event_types.values() if e.require_any)
    wanted = airstrike.require_any[0]
    empty = replace(blank(), frames=(Frame("f", airstrike.name, span("قصفت")),))
    codes = [p.code for p in problems_in(empty, LARGE, TEXT) if p.role is None]
    assert codes == [Code.ROLE_MISSING]
    role = LARGE.roles[min(wanted)]
    mention = Mention("m", span("الريحانية"), min(role.entity_types))
    filled = replace(
        empty,
        mentions=(mention,),
        frames=(replace(empty.frames[0], arguments=(Argument(role.name, mention="m"),)),),
    )
    assert [p.code for p in problems_in(filled, LARGE, TEXT) if p.role is None] == []


def test_frames_that_hold_each_other_are_a_cycle() -> None:
    pairs = {"a": "b", "b": "a"}
    said = [Frame(n, "Speech", span("قال"), (Argument("Said", frame=m),)) for n, m in pairs.items()]
    codes = [p.code for p in found(replace(blank(), frames=tuple(said)))]
    assert codes.count(Code.CYCLE) == 2


def test_a_frame_that_holds_itself_is_a_cycle() -> None:
    frame = Frame("a", "Speech", span("قال"), (Argument("Said", frame="a"),))
    assert Code.CYCLE in {p.code for p in found(replace(blank(), frames=(frame,)))}


def test_a_frame_that_only_leads_to_a_cycle_is_not_in_it() -> None:
    pairs = {"a": "b", "b": "c", "c": "b"}
    frames = tuple(
        Frame(n, "Speech", span("قال"), (Argument("Said", frame=m),)) for n, m in pairs.items()
    )
    cycles = [p.atom for p in found(replace(blank(), frames=frames)) if p.code is Code.CYCLE]
    assert cycles == ["b", "c"]


def test_two_frames_on_one_trigger_are_fine_unless_they_say_the_same() -> None:
    first, second = good().frames
    other = replace(first, id="again", arguments=())
    assert found(replace(good(), frames=(first, other, second))) == []
    same = replace(first, id="again")
    (problem,) = found(replace(good(), frames=(first, same, second)))
    assert (problem.code, problem.severity) == (Code.DUPLICATE_ATOM, Severity.WARNING)


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_work_drawn_for_a_schema_has_no_errors(data: st.DataObject) -> None:
    text = data.draw(texts())
    for schema in (SMALL, LARGE):
        annotation = data.draw(annotations_of(schema, text))
        assert errors_in(annotation, schema, text) == []
