"""A plan of a sync: what is copied, what is kept twice, what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.sync.emptied import FEW, SuddenlyEmpty
from curate.sync.plan import (
    GOLD,
    Act,
    Action,
    Base,
    Direction,
    Here,
    Key,
    Known,
    KnownTask,
    Mine,
    Plan,
    Question,
    Side,
    There,
    plan,
)

KEY = Key("i1", "a1")
TASKS = {"i1": KnownTask("")}


def planned(
    known: Known | None, here: str | None, there: str | None, *, key: Key = KEY, done: bool = True
) -> list[Action]:
    """The plan for one annotation of an item whose task is on both sides."""
    return list(
        plan(
            Base(TASKS, {} if known is None else {key: known}),
            Here({"i1": ""}, {} if here is None else {key: Mine(here, is_finished=done)}),
            There({"i1": False}, {} if there is None else {key: there}),
        )
    )


def act(known: Known | None, here: str | None, there: str | None) -> Act | None:
    """What is done about one annotation."""
    found = planned(known, here, there)
    return found[0].act if found else None


@pytest.mark.parametrize(
    ("known", "here", "there", "wanted"),
    [
        (None, "x", None, Act.PUSH),
        (None, None, "x", Act.PULL),
        (None, "x", "x", Act.ADOPT),
        (None, "x", "y", Act.CONFLICT),
        (Known("x", "x"), "x", "x", None),
        (Known("x", "x"), "y", "x", Act.PUSH),
        (Known("x", "x"), "x", "y", Act.PULL),
        (Known("x", "x"), "y", "y", Act.ADOPT),
        (Known("x", "x"), "y", "z", Act.CONFLICT),
        (Known("x", "x"), "x", None, Act.ASK),
        (Known("x", "x"), None, "x", Act.ASK),
        (Known("x", "x"), "y", None, Act.ASK),
        (Known("x", "x"), None, "y", Act.ASK),
        (Known("x", "x"), None, None, Act.FORGET),
        (Known("x", "x!odd"), "x", "x!odd", None),
        (Known(None, "y"), "x", "y", Act.CONFLICT),
        (Known("x", "y", Question.CONFLICT), "x", "y", Act.REMIND),
        (Known("x", "y", Question.CONFLICT), "z", "y", Act.REMIND),
        (Known("x", "y", Question.CONFLICT), "x", "z", Act.CONFLICT),
        (Known("x", "y", Question.CONFLICT), "y", "y", Act.ADOPT),
        (Known("x", "y", Question.CONFLICT, Side.HERE), "x", "y", Act.PUSH),
        (Known("x", "y", Question.CONFLICT, Side.THERE), "x", "y", Act.PULL),
        (Known("x", "y", is_settled=True), "x", "y", None),
        (Known("x", "y", is_settled=True), "z", "y", Act.CONFLICT),
        (Known("x", "x", Question.GONE_THERE), "x", None, Act.REMIND),
        (Known("x", "x", Question.GONE_THERE), "x", "x", Act.ADOPT),
        (Known("x", "x", Question.GONE_THERE, Side.HERE), "x", None, Act.PUSH),
        (Known("x", "x", Question.GONE_THERE, Side.THERE), "x", None, Act.CLEAR_HERE),
        (Known("x", "x", Question.GONE_HERE, Side.HERE), None, "x", Act.DELETE_THERE),
        (Known("x", "x", Question.GONE_HERE, Side.THERE), None, "x", Act.PULL),
    ],
)
def test_each_case_of_an_annotation(
    known: Known | None, here: str | None, there: str | None, wanted: Act | None
) -> None:
    assert act(known, here, there) is wanted


def test_a_draft_waits_here() -> None:
    assert [a.act for a in planned(None, "x", None, done=False)] == [Act.WAIT]
    assert Plan(tuple(planned(None, "x", None, done=False))).is_empty


def test_a_draft_is_not_overwritten_by_what_changed_there() -> None:
    assert planned(Known("x", "x"), "y", "z", done=False)[0].act is Act.CONFLICT


def test_gold_never_comes_from_there() -> None:
    gold = Key("i1", GOLD)
    assert planned(Known("x", "x"), "x", "y", key=gold)[0].act is Act.CONFLICT
    assert planned(Known("x", "x"), "y", "x", key=gold)[0].act is Act.PUSH


@pytest.mark.parametrize(
    ("known", "mine", "seen", "wanted"),
    [
        (None, "", None, [Act.TASK]),
        (None, "c", True, [Act.ADOPT_TASK]),
        (None, "c", False, [Act.ADOPT_TASK, Act.PREDICTION]),
        (None, None, False, []),
        (KnownTask("c"), "c", True, []),
        (KnownTask("c"), "d", True, [Act.PREDICTION]),
        (KnownTask("c"), "c", False, [Act.PREDICTION]),
        (KnownTask("c"), "c", None, [Act.ASK]),
        (KnownTask("c", Question.TASK_GONE), "c", None, [Act.REMIND]),
        (KnownTask("c", Question.TASK_GONE), "c", True, [Act.ADOPT_TASK]),
        (KnownTask("c", Question.TASK_GONE, Side.HERE), "c", None, [Act.TASK]),
        (KnownTask("c", Question.TASK_GONE, Side.THERE), "c", None, [Act.DROP_TASK]),
        (KnownTask("c", is_dropped=True), "c", None, []),
    ],
)
def test_each_case_of_a_task(
    known: KnownTask | None, mine: str | None, seen: bool | None, wanted: list[Act]
) -> None:
    found = plan(
        Base({} if known is None else {"i1": known}),
        Here({} if mine is None else {"i1": mine}),
        There({} if seen is None else {"i1": seen}),
    )
    assert [a.act for a in found] == wanted


def test_of_a_deleted_task_only_the_task_is_asked_about() -> None:
    base = Base(TASKS, {KEY: Known("x", "x")})
    found = plan(base, Here({"i1": ""}, {KEY: Mine("x")}), There())
    assert [(a.act, a.annotator) for a in found] == [(Act.ASK, "")]


@pytest.mark.parametrize("count", [FEW, FEW + 1])
def test_suddenly_empty_is_an_error_unless_it_was_little(count: int) -> None:
    keys = [Key(f"i{n}", "a1") for n in range(count)]
    tasks = {key.item: KnownTask("") for key in keys}
    base = Base(tasks, {key: Known("x", "x") for key in keys}, count, count)
    here = Here(dict.fromkeys(tasks, ""), {key: Mine("x") for key in keys})
    there = There(dict.fromkeys(tasks, False), dict.fromkeys(keys, "x"))
    emptied = [(here, There()), (here, There(there.tasks)), (Here(here.items), there)]
    for one, other in emptied:
        if count > FEW:
            with pytest.raises(SuddenlyEmpty):
                plan(base, one, other)
        else:
            assert {a.act for a in plan(base, one, other)} == {Act.ASK}


def test_a_part_that_is_gone_is_asked_about_one_by_one() -> None:
    keys = [Key("i1", f"a{n}") for n in range(6)]
    base = Base(TASKS, {key: Known("x", "x") for key in keys}, 1, 6)
    here = Here({"i1": ""}, {key: Mine("x") for key in keys})
    found = plan(base, here, There({"i1": False}, {keys[0]: "x"}))
    assert [a.act for a in found] == [Act.ASK] * 5


def test_directions_part_the_plan() -> None:
    keys = Key("i1", "a"), Key("i1", "b"), Key("i1", "c")
    here = Here({"i1": "", "i2": "c"}, {keys[0]: Mine("x"), keys[2]: Mine("x")})
    whole = plan(Base(TASKS), here, There({"i1": False}, {keys[1]: "y", keys[2]: "z"}))
    push = {a.act for a in whole.only(Direction.PUSH)}
    assert push == {Act.TASK, Act.PUSH, Act.CONFLICT}
    assert {a.act for a in whole.only(Direction.PULL)} == {Act.PULL, Act.CONFLICT}
    assert whole.only(Direction.BOTH) == whole


# ---------------------------------------------------------------- a world of two sides


@dataclass
class World:
    """Both sides and what is remembered, with the effects of actions on them."""

    here: dict[Key, str] = field(default_factory=dict)
    there: dict[Key, str] = field(default_factory=dict)
    known: dict[Key, Known] = field(default_factory=dict)
    rivals: dict[Key, str] = field(default_factory=dict)
    journal: list[str] = field(default_factory=list)
    """All that ever stood here."""

    def plan(self) -> Plan:
        return plan(
            Base(TASKS, self.known),
            Here({"i1": ""}, {k: Mine(m) for k, m in self.here.items()}),
            There({"i1": False}, self.there),
        )

    def sync(self) -> None:
        """Do what the plan says until nothing is left to do."""
        for _ in range(3):
            found = self.plan()
            for action in found.work:
                self.do(action)
        assert self.plan().is_empty

    def do(self, action: Action) -> None:
        key = action.key
        here, there = self.here.get(key), self.there.get(key)
        match action.act:
            case Act.PUSH:
                self.there[key] = self.here[key]
            case Act.PULL:
                self.set_here(key, self.there[key])
                self.known[key] = Known(self.there[key], self.there[key])
            case Act.ADOPT:
                self.known[key] = Known(here, there)
            case Act.CONFLICT:
                self.rivals[key] = self.there[key]
                self.known[key] = Known(here, there, Question.CONFLICT)
            case Act.ASK:
                known = self.known[key]
                self.known[key] = Known(known.here, known.there, action.question)
            case Act.DELETE_THERE:
                del self.there[key]
            case Act.CLEAR_HERE:
                self.set_here(key, None)
                del self.known[key]
            case Act.FORGET:
                del self.known[key]
            case _:
                raise AssertionError(action)

    def set_here(self, key: Key, mark: str | None) -> None:
        if key in self.here:
            self.journal.append(self.here.pop(key))
        if mark is not None:
            self.here[key] = mark

    def held(self) -> set[str]:
        """All that is still to be found somewhere."""
        return {*self.here.values(), *self.there.values(), *self.rivals.values(), *self.journal}


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["here", "there", "lost here", "lost there", "keep here", "keep there"]),
        st.sampled_from(["a1", "a2"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(EDITS)
def test_nothing_said_is_lost_and_every_sync_ends(
    edits: list[tuple[str, str, bool]],
) -> None:
    world = World()
    kept: set[str] = set()
    for number, (what, annotator, syncs) in enumerate(edits):
        key = Key("i1", annotator)
        old_there = world.there.get(key)
        if what == "here":
            world.set_here(key, f"h{number}")
        elif what == "there":
            kept.discard(old_there or "")  # its writer took it back
            world.there[key] = f"t{number}"
        elif what == "lost here":
            world.set_here(key, None)
        elif what == "lost there":
            kept.discard(old_there or "")
            world.there.pop(key, None)
        else:
            known = world.known.get(key)
            if known is not None and known.question is not None:
                side = Side(what.removeprefix("keep "))
                world.known[key] = Known(known.here, known.there, known.question, side)
                if side is Side.HERE:
                    kept.discard(old_there or "")  # a person gave it up
        if syncs:
            world.sync()
        kept |= set(world.there.values()) | set(world.here.values())
        assert kept <= world.held()


@given(EDITS)
def test_a_second_sync_plans_nothing(edits: list[tuple[str, str, bool]]) -> None:
    world = World()
    for number, (what, annotator, _) in enumerate(edits):
        key = Key("i1", annotator)
        if what.endswith("here"):
            world.set_here(key, f"h{number}")
        else:
            world.there[key] = f"t{number}"
    world.sync()
    assert world.plan().is_empty
    sides = {key: (world.here.get(key), world.there.get(key)) for key in world.known}
    asked = {a.key for a in world.plan().open}
    assert all(here == there for key, (here, there) in sides.items() if key not in asked)
