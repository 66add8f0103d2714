"""Remember, per terminal, what a person said about how Arabic looks on it."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.tui.terminal_advice import Advice
from curate.tui.terminal_manners import BidiMode

if TYPE_CHECKING:
    from curate.tui.bidi_mode import TerminalPlan


class Looks(StrEnum):
    """Which line of the calibration screen read correctly."""

    VISUAL = "visual"
    """The one we had put in order: the terminal shows rows as they are."""
    TERMINAL = "terminal"
    """The one in stored order: the terminal reorders by itself."""
    WORDWISE = "wordwise"
    """The one with letters in stored order: the terminal turns each word around (kitty)."""
    NONE = "none"
    """No line."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A person's answer for one terminal."""

    looks: Looks
    marks: bool
    """Whether vowel marks sat on their letters."""


def state_file() -> Path:
    """Return the file of answers, one for each user of the machine."""
    from platformdirs import user_state_path

    return user_state_path("curate", appauthor=False) / "terminals.json"


def recall(terminal: str, file: Path | None = None) -> Calibration | None:
    """Return the answer for that terminal; None when there is none or it cannot be read."""
    return read_answers(file or state_file())[0].get(terminal)


def remember(terminal: str, answer: Calibration, file: Path | None = None) -> None:
    """Keep the answer; the file is replaced whole, so that it is never half written."""
    file = file or state_file()
    answers = {**read_answers(file)[0], terminal: answer}
    content = {
        "format": "curate-terminals/1",
        "terminals": {
            name: {"looks": said.looks.value, "marks": said.marks}
            for name, said in sorted(answers.items())
        },
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(content, stream, ensure_ascii=False, indent=1)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_answers(file: Path) -> tuple[dict[str, Calibration], str | None]:
    """Read all answers, and a note when the file is there but cannot be used."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {name: _answer(said) for name, said in content["terminals"].items()}, None
    except FileNotFoundError:
        return {}, None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return {}, f"{file} cannot be read ({error}), so it is left aside"


def _answer(said: Any) -> Calibration:
    marks = said["marks"]
    if not isinstance(marks, bool):
        raise TypeError("marks is neither true nor false")
    return Calibration(Looks(said["looks"]), marks)


def settled(plan: TerminalPlan, answer: Calibration) -> TerminalPlan:
    """Return the plan as the person's answer makes it."""
    because = f"you said that the line in {answer.looks} order reads right"
    if answer.looks is Looks.NONE:
        because = "you said that no line reads right"
    reorders = answer.looks is Looks.TERMINAL
    return replace(
        plan,
        mode=BidiMode.TERMINAL if reorders else BidiMode.VISUAL,
        switch=None if reorders else plan.switch,
        marks=answer.marks,
        because=because,
        certain=True,
        plain_reorders=reorders,
        advice=_advice(plan, answer.looks),
    )


def _advice(plan: TerminalPlan, looks: Looks) -> tuple[Advice, ...]:
    """Say no more than what still helps."""
    if looks is Looks.VISUAL:
        return ()
    if looks is Looks.WORDWISE:
        return (Advice.KITTY,)
    known = tuple(said for said in plan.advice if said is not Advice.UNKNOWN)
    return known or (Advice.ALWAYS_REORDERS,)
