"""Ask a person, once for each terminal, which line reads correctly and where vowel marks sit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final
from unicodedata import normalize

from rich.text import Text
from textual.app import App
from textual.widgets import Static

from curate.model.schema import Label
from curate.text.layout import visual
from curate.tui.calibration import Calibration, Looks, remember
from curate.tui.terminal_session import prepared

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.driver import Driver

    from curate.tui.bidi_mode import TerminalPlan

SAMPLE: Final = "قالت لينا (المديرة) إن 12 طالبا زاروا الحديقة"
"""No Latin at its ends: a terminal that takes the row for left-to-right would misplace it."""
MARKED: Final = "كَتَبَ مُعَلِّمٌ دَرْسًا"

KEYS: Final = {"1": Looks.VISUAL, "2": Looks.TERMINAL, "3": Looks.WORDWISE, "0": Looks.NONE}
_ARABIC_WORD = re.compile("[\u0620-\u065f\u066e-\u06ff\ufb50-\ufdff\ufe70-\ufeff]+")


def lines() -> dict[str, str]:
    """Return what each number key stands for; no line may stand on the screen in another order."""
    return {"1": visual(SAMPLE), "2": SAMPLE, "3": wordwise(SAMPLE)}


def wordwise(text: str) -> str:
    """Return the words in visual order but the letters of each as stored: what kitty turns."""
    return _ARABIC_WORD.sub(lambda word: normalize("NFKC", word[0][::-1]), visual(text))


_WORDS: Final = {
    "looks": Label(
        "Which line reads correctly, from right to left, with joined letters?",
        "أي سطر يُقرأ صحيحاً من اليمين إلى اليسار بحروف متصلة؟",
    ),
    "marks": Label("Does every vowel mark sit on its own letter?", "هل تقع كل حركة على حرفها؟"),
    "none": Label("0   none of them", "0   لا سطر منها"),
    "later": Label("Esc   ask me later", "Esc   اسألني لاحقاً"),
    "yes": Label("y   yes", "y   نعم"),
    "no": Label("n   no", "n   لا"),
}


def _said(*names: str, arabic: bool) -> Text:
    """Words in English, and for whoever chose it in Arabic too: none may look wrong alone."""
    lines = ["          ".join(_WORDS[name].en for name in names)]
    if arabic:
        lines.append(visual("     ".join(_WORDS[name].ar for name in names)))
    return Text("\n".join((*lines, "")), no_wrap=True)


class CalibrationApp(App[Calibration | None]):
    """Two questions, one key each."""

    CSS = """
    Screen { padding: 1 2; background: ansi_default; }
    .sample { padding: 0 6 1 6; text-style: bold; }
    .hidden { display: none; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *((key, f"looks('{looks}')", looks.value) for key, looks in KEYS.items()),
        ("y", "marks(True)", "yes"),
        ("n", "marks(False)", "no"),
        ("escape", "leave", "later"),
    ]

    def __init__(self, driver_class: type[Driver] | None = None, *, language: str = "en") -> None:
        super().__init__(driver_class=driver_class, ansi_color=True)
        self._looks: Looks | None = None
        self._arabic = language == "ar"

    def compose(self) -> ComposeResult:
        """Show the lines of the first question; the second one waits."""
        arabic = self._arabic
        yield Static(_said("looks", arabic=arabic), id="ask")
        for key, line in lines().items():
            yield Static(f"{key}", markup=False, classes="first")
            yield Static(Text(line, no_wrap=True), classes="sample first")
        yield Static(_said("none", "later", arabic=arabic), classes="first")
        yield Static(Text(visual(MARKED), no_wrap=True), classes="sample second hidden")
        yield Static(_said("yes", "no", arabic=arabic), classes="second hidden")

    def action_looks(self, looks: str) -> None:
        """Take the first answer; ask about marks only where they can be seen in place."""
        if self._looks is not None:
            return
        self._looks = Looks(looks)
        if self._looks is not Looks.VISUAL:
            self.exit(Calibration(self._looks, marks=True))
            return
        self.query(".first").add_class("hidden")
        self.query(".second").remove_class("hidden")
        self.query_one("#ask", Static).update(_said("marks", arabic=self._arabic))

    def action_marks(self, marks: bool) -> None:  # noqa: FBT001 - a binding passes it by position
        """Take the second answer."""
        if self._looks is not None:
            self.exit(Calibration(self._looks, marks=marks))

    def action_leave(self) -> None:
        """Leave without an answer: it is asked again next time."""
        self.exit(None)


def calibrate(
    plan: TerminalPlan, file: Path | None = None, *, language: str = "en"
) -> Calibration | None:
    """Show the screen on this terminal and remember the answer; None when there was none."""
    with prepared(plan) as terminal:
        answer = CalibrationApp(terminal.driver_class, language=language).run()
    if answer is not None:
        remember(plan.terminal, answer, file)
    return answer
