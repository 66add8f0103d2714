"""What a person said of a terminal is kept, and used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.layout import visual
from curate.tui import terminal
from curate.tui.bidi_mode import BidiChoice, decide
from curate.tui.calibration import Calibration, Looks, read_answers, recall, remember, settled
from curate.tui.calibration_screen import KEYS, MARKED, SAMPLE, CalibrationApp, lines
from curate.tui.terminal_advice import Advice
from curate.tui.terminal_manners import BidiMode
from curate.tui.terminal_probe import read_answers as read_probe
from tests.tui import recorded

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = Calibration(Looks.VISUAL, marks=True)
KITTY = decide(read_probe(recorded.KITTY.answers), recorded.KITTY.env)


def test_an_answer_is_kept_for_its_terminal_only(tmp_path: Path) -> None:
    file = tmp_path / "state" / "terminals.json"
    remember("kitty 0.26.5", RIGHT, file)
    remember("putty 136", Calibration(Looks.TERMINAL, marks=False), file)
    assert recall("kitty 0.26.5", file) == RIGHT
    assert recall("putty 136", file) == Calibration(Looks.TERMINAL, marks=False)
    assert recall("kitty 0.27", file) is None
    assert [path.name for path in file.parent.iterdir()] == ["terminals.json"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"terminals": 3}', '{"terminals": {"a": {}}}', '{"terminals": {"a": null}}',
     '{"terminals": {"a": {"looks": "sideways", "marks": true}}}',
     '{"terminals": {"a": {"looks": "visual", "marks": "yes"}}}'],
)  # fmt: skip
def test_a_broken_file_is_left_aside_with_a_note_and_can_be_replaced(
    content: str, tmp_path: Path
) -> None:
    file = tmp_path / "terminals.json"
    file.write_text(content, encoding="utf-8")
    answers, note = read_answers(file)
    assert answers == {}
    assert note is not None
    assert str(file) in note
    remember("a", RIGHT, file)
    assert recall("a", file) == RIGHT


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert read_answers(tmp_path / "terminals.json") == ({}, None)


@given(
    answers=st.dictionaries(
        st.text(min_size=1),
        st.builds(Calibration, st.sampled_from(Looks), st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_a_terminal_calls_itself_its_answer_comes_back(
    answers: dict[str, Calibration], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("state") / "terminals.json"
    for name, answer in answers.items():
        remember(name, answer, file)
    assert read_answers(file) == (answers, None)


def test_the_visual_line_right_means_nothing_is_left_to_do() -> None:
    plan = settled(KITTY, RIGHT)
    assert (plan.mode, plan.certain, plan.marks, plan.advice) == (BidiMode.VISUAL, True, True, ())


def test_marks_in_the_wrong_place_are_hidden() -> None:
    assert not settled(KITTY, Calibration(Looks.VISUAL, marks=False)).marks


def test_words_turned_around_mean_kitty_needs_its_setting() -> None:
    plan = settled(KITTY, Calibration(Looks.WORDWISE, marks=True))
    assert (plan.mode, plan.advice) == (BidiMode.VISUAL, (Advice.KITTY,))


@pytest.mark.parametrize("looks", [Looks.TERMINAL, Looks.NONE])
def test_a_terminal_that_is_not_right_comes_with_advice(looks: Looks) -> None:
    unknown = decide(read_probe(recorded.SILENT.answers), recorded.SILENT.env)
    plan = settled(unknown, Calibration(looks, marks=True))
    assert plan.reorder is (looks is Looks.NONE)
    assert plan.advice == (Advice.ALWAYS_REORDERS,)


def choose(
    monkeypatch: pytest.MonkeyPatch,
    said: Calibration | None,
    *,
    marks: bool | None = None,
    ask: bool = True,
) -> terminal.TerminalPlan:
    """Choose for kitty; the screen is never shown: `said` is what the file holds."""
    monkeypatch.setattr("curate.tui.calibration.recall", lambda name: said)
    monkeypatch.setattr("curate.tui.calibration_screen.calibrate", lambda plan, **_: RIGHT)
    answers = read_probe(recorded.KITTY.answers)
    return terminal.choose_plan(
        BidiChoice.AUTO, recorded.KITTY.env, answers=answers, marks=marks, ask=ask
    )


def test_an_uncertain_terminal_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not choose(monkeypatch, None, ask=False).certain
    assert choose(monkeypatch, None).certain
    asked_before = choose(monkeypatch, Calibration(Looks.TERMINAL, marks=True))
    assert asked_before.mode is BidiMode.TERMINAL


def test_marks_given_on_the_command_line_overrule_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = Calibration(Looks.VISUAL, marks=False)
    assert not choose(monkeypatch, hidden).marks
    assert choose(monkeypatch, hidden, marks=True).marks


def test_the_lines_to_compare_differ_and_say_the_same() -> None:
    shown = lines()
    assert len(set(shown.values())) == 3
    assert shown["2"] == SAMPLE
    assert sorted(shown["3"]) == sorted(SAMPLE), "the letters as stored, in another order"
    assert shown["3"].split()[::-1] == SAMPLE.split()


async def test_the_second_question_comes_only_when_the_first_line_is_right() -> None:
    app = CalibrationApp()
    async with app.run_test() as pilot:
        await pilot.press("y")
        assert app.return_value is None
        await pilot.press("1", "2", "n")
    assert app.return_value == Calibration(Looks.VISUAL, marks=False)


@pytest.mark.parametrize("key", ["2", "3", "0"])
async def test_one_key_answers_the_first_question(key: str) -> None:
    app = CalibrationApp()
    async with app.run_test() as pilot:
        await pilot.press(key)
    assert app.return_value == Calibration(KEYS[key], marks=True)


async def test_escape_leaves_the_question_for_later() -> None:
    app = CalibrationApp()
    async with app.run_test() as pilot:
        await pilot.press("escape")
    assert app.return_value is None


def test_the_marked_sample_has_marks_on_many_letters() -> None:
    assert sum("\u064b" <= letter <= "\u0652" for letter in MARKED) >= 6


async def test_whoever_chose_arabic_is_asked_in_arabic_too() -> None:
    app = CalibrationApp(language="ar")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = "\n".join(
            "".join(s.text for s in strip) for strip in app.screen._compositor.render_strips()
        )
        assert "Which line reads correctly" in shown
        assert visual("أي سطر يُقرأ صحيحاً من اليمين إلى اليسار بحروف متصلة؟") in shown
