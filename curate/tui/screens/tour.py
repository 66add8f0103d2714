"""The tour: the annotator's own screen on a practice item, with a line that says what to try.

Each step waits for the annotator's real deed, by the real keys, and then goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Status
from curate.project.practice import tour_taken
from curate.tui.commands import COMMANDS, keys_of
from curate.tui.keys import shown_key
from curate.tui.scene import role_label
from curate.tui.screens.annotate import AnnotateScreen
from curate.tui.tour_words import DONE, LEAVES, TITLE, TOUR
from curate.tui.widgets.paragraphs import paragraph_rows
from curate.tui.widgets.sheet import Part, Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult

    from curate.model.annotation import Argument, Frame
    from curate.project.practice import Practice
    from curate.tui.keys import Keyboard
    from curate.tui.widgets.cells import Manner
    from curate.tui.words import Words


class TourScreen(AnnotateScreen):
    """Practice: what is done here is done to nothing real."""

    def __init__(
        self,
        practice: Practice,
        *,
        words: Words,
        keyboard: Keyboard,
        keymap: Mapping[str, str],
        manner: Manner,
    ) -> None:
        super().__init__(
            practice.session, project="✦", words=words, keyboard=keyboard, keymap=keymap,
            manner=manner,
        )  # fmt: skip
        self._practice = practice
        self._at = 0
        self._first = self.editor.focus
        self._right, self._wrong, self._missing = _sorted(practice)
        self._steps: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("look", lambda: self.editor.focus != self._first),
            ("accept", lambda: practice.reached(self._right)),
            ("fix", lambda: practice.reached(self._wrong)),
            ("build", lambda: practice.reached(self._missing) and self.pick is None),
            ("undo", lambda: self.editor.view.can_redo),
            ("redo", lambda: not self.editor.view.can_redo),
            ("close", lambda: self.editor.view.annotation.status is Status.DONE),
            ("end", lambda: False),
        )

    @property
    def step(self) -> str:
        """Name of the step that is waited for."""
        return self._steps[self._at][0]

    def compose(self) -> ComposeResult:
        """What to try, above the annotator's screen."""
        yield Sheet(id="coach", manner=self.manner)
        yield from super().compose()

    def draw(self) -> None:
        """Draw the item, and go on where a step was done."""
        while self._steps[self._at][1]():
            self._at += 1
        super().draw()
        self._draw_coach()

    def _draw_coach(self) -> None:
        words, count = self.words, len(self._steps)
        keys = {
            c.id.partition(".")[2]: shown_key(keys_of(c, self.keymap)[0], self.keyboard)
            for c in COMMANDS
        }
        title = words.of(TITLE).format(at=self._at + 1, count=count)
        done = f" {words.of(DONE)}" if self._at else ""
        leaves = words.of(LEAVES).format_map(keys)
        head = Row((Part(title, "heading"), Part(done, "good")), (Part(leaves, "dim"),))
        text = words.of(TOUR[self.step]).format_map({**keys, **self._facts()})
        coach = self.query_one("#coach", Sheet)
        width = max(20, coach.content_size.width or self.app.size.width - 2)
        rows = paragraph_rows([(text, "plain")], width, self.manner, rtl=words.rtl)
        coach.show([head, *rows], rtl=words.rtl)

    def _facts(self) -> dict[str, object]:
        """What the words of a step name of the item."""
        frame = {"accept": self._right, "fix": self._wrong}.get(self.step, self._missing)
        text = self._practice.session.view.document.text
        facts: dict[str, object] = {"trigger": frame.trigger.of(text)}
        argument = frame.arguments[0]
        if self.step == "fix":
            argument, was = _misplaced(self._practice, frame)
            facts["was"] = self._role(was)
            facts["role"] = self._role(argument.role)
            roles = list(self.editor.schema.event_types[frame.type].roles)
            facts["number"] = roles.index(argument.role) + 1
        span = self._practice.filler(self._practice.goal, argument)
        facts["filler"] = "" if span is None else span.of(text)
        return facts

    def _role(self, name: str) -> str:
        return role_label(self.editor.schema, name, self.words.language)

    def step_back(self) -> None:
        """One step back; at the end of the tour, out of it."""
        if self.step == "end":
            self.leave()
        else:
            super().step_back()

    def leave(self) -> None:
        """Leave the practice: to the item one came from, or to the shell."""
        if self.step == "end":
            tour_taken()
        if self.app.screen_stack[0] is self:
            self.app.exit()
        else:
            self.dismiss(None)


def _sorted(practice: Practice) -> tuple[Frame, Frame, Frame]:
    """The frames of the goal: one proposed as it is, one proposed wrongly, one not proposed."""
    found: dict[str, Frame] = {}
    for frame in practice.goal.frames:
        proposed = practice.proposed.get(frame.trigger)
        same = proposed == practice.fillers(practice.goal, frame)
        found["missing" if proposed is None else "right" if same else "wrong"] = frame
    return found["right"], found["wrong"], found["missing"]


def _misplaced(practice: Practice, frame: Frame) -> tuple[Argument, str]:
    """The argument of the goal whose filler was proposed for another role, and that role."""
    proposed = practice.proposed[frame.trigger]
    for argument in frame.arguments:
        place = practice.filler(practice.goal, argument)
        was = next((role for role, span in proposed if span == place), argument.role)
        if was != argument.role:
            return argument, was
    return frame.arguments[0], frame.arguments[0].role
