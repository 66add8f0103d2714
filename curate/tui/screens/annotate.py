"""The annotator's screen: the text, its frames as cards, one line above and one below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical
from textual.message import Message
from textual.screen import Screen

from curate.errors import CurateError
from curate.model.span import Span
from curate.project.around import said_around
from curate.project.today import Today
from curate.tui.arabic import message
from curate.tui.commands import BY_ID, bindings, keys_of
from curate.tui.editor import Editor
from curate.tui.keys import shown_key
from curate.tui.pacing import DECIDING, Pace, Press, Sight
from curate.tui.scene import role_label, scene_of, type_label
from curate.tui.screens import deeds, errands
from curate.tui.screens.choosing import choose_word_at, fill_with, mark_keys, take_key
from curate.tui.screens.lines import footline, headline, message_line, pane_lines, type_line
from curate.tui.searched import Searched
from curate.tui.widgets.cards import CardRoom, card_rows
from curate.tui.widgets.paragraphs import paragraph_rows
from curate.tui.widgets.passage import Passage
from curate.tui.widgets.rtl_input import RtlInput
from curate.tui.widgets.sheet import Row, Sheet
from curate.tui.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from curate.project.annotating import Annotating
    from curate.project.muting import Source
    from curate.project.today import Progress
    from curate.tui.keys import Keyboard
    from curate.tui.picking import Pick
    from curate.tui.screens.desk import Place
    from curate.tui.triggers import TriggerWords
    from curate.tui.widgets.cells import Manner

ROOMY = 110
"""Columns from which on the line above says how far the day is."""


class AnnotateScreen(Screen[None]):
    """One item at a time; each key is committed before it is drawn."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (140, "-wide")]  # noqa: RUF012 (as Textual has it)

    def __init__(
        self,
        session: Annotating,
        *,
        project: str,
        words: Words,
        keyboard: Keyboard,
        keymap: Mapping[str, str],
        manner: Manner,
    ) -> None:
        super().__init__()
        self.editor = Editor(session)
        self.words = words
        self.keyboard = keyboard
        self.keymap = keymap
        self.manner = manner
        self.asked: Callable[[str], None] | None = None
        """What to do with the line that is being typed."""
        self.found: tuple[Span, ...] = ()
        self.found_in = ""
        """Id of the document that was searched."""
        self.hit = -1
        """Which of them was gone to last."""
        self.searched = Searched()
        """What was searched in the project last."""
        self.came_from: Place | None = None
        """Where to go back to from what a search led to."""
        self._project = project
        self._trigger_words: TriggerWords | None = None
        self.pick: Pick | None = None
        """The choice by letters that is under way."""
        self.pane = ""
        """Which pane is open: `why`, `guideline` or none."""
        self.press = Press("", 0.0)
        """The key that is being answered."""
        self.pace = Pace()
        """Which keys come too early to decide."""
        self.offers_tour = False
        """Whether to say at the start that there is a tour."""
        self._said: Row | None = None
        self.muted: Source | None = None
        """What was muted last, while nothing else was decided since."""
        self._today = Today(session.project, session.annotator)
        self._progress: tuple[str, Progress] | None = None
        self._around: tuple[str, tuple[Span, ...]] = ("", ())

    # ------------------------------------------------------------------ the screen

    def compose(self) -> ComposeResult:
        """One line above, the text, the cards, one line below; a pane beside or between."""
        yield Sheet(id="top", manner=self.manner)
        with Container(id="desk"):
            yield Sheet(id="side", manner=self.manner)
            with Vertical(id="main"):
                yield Passage(id="passage", manner=self.manner)
                yield Sheet(id="cards", manner=self.manner)
        yield RtlInput(id="ask", manner=self.manner)
        yield Sheet(id="bottom", manner=self.manner)

    def on_mount(self) -> None:
        """Show the first item."""
        self.passage.focus()
        self.draw()
        if self.offers_tour:
            key = keys_of(BY_ID["annotate.tour"], self.keymap)[0]
            self.say(self.words("tour_offer", key=shown_key(key, self.keyboard)))

    @property
    def passage(self) -> Passage:
        """The text."""
        return self.query_one(Passage)

    @property
    def is_wide(self) -> bool:
        """Whether there is room for a pane beside the text."""
        return self.app.size.width >= 140

    def on_resize(self) -> None:
        """Use the room there is."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Show the item as it is now; what looks the same is not drawn again."""
        editor, words = self.editor, self.words
        if self.found_in != editor.view.document.id:
            self.found = ()
        scene = scene_of(
            editor.schema,
            editor.view.item.span,
            editor.atoms,
            focus=editor.focus,
            language=words.language,
            picking=None if self.pick is None else self.pick.picking,
            caps=self.keyboard.cap,
            found=self.found,
            around=self._said_around(),
        )
        self.passage.show(editor.view.document, scene)
        self._draw_cards()
        shown = self.progress if self.app.size.width >= ROOMY else None
        line = headline(editor, words, self._project, progress=shown)
        self.query_one("#top", Sheet).show([line], rtl=words.rtl)
        self._draw_side()
        self.draw_foot()
        self.call_after_refresh(self._painted, self._sight())

    @property
    def progress(self) -> Progress:
        """How far the day's work was when the item was opened."""
        item = self.editor.view.item.id
        if self._progress is None or self._progress[0] != item:
            self._progress = item, self._today.progress(item)
        return self._progress[1]

    def _said_around(self) -> tuple[Span, ...]:
        """What is marked in the items around this one, read once for each item."""
        item, session = self.editor.view.item.id, self.editor.session
        if self._around[0] != item:
            self._around = item, said_around(session.project, item, session.annotator)
        return self._around[1]

    def _sight(self) -> Sight:
        """What there is to decide on."""
        return Sight(self.editor.view.item.id, closing=not self.editor.atoms.open)

    def _painted(self, sight: Sight) -> None:
        self.pace.painted(sight, Message().time)  # by the clock that times keys

    def _draw_cards(self) -> None:
        """Show the cards, or in a narrow terminal the pane that is open in their place."""
        cards = self.query_one("#cards", Sheet)
        width = cards.content_size.width or self.app.size.width
        height = cards.content_size.height
        if self.pane and not self.is_wide:
            cards.show(self._pane_rows(width, why=self.pane == "why"), rtl=self.words.rtl)
            return
        room = CardRoom(width, columns=max(1, min(3, width // 38)), manner=self.manner)
        open_role = (self.pick.role or "") if self.pick else ""
        rows = card_rows(self.editor, self.words, room, open_role=open_role, height=height)
        if not self.editor.atoms.frames:
            hint = self.words("no_frames", key=self.keyboard.cap("e"))
            rows.append(message_line(f" {hint}"))
        chosen = next((y for y, row in enumerate(rows) if row.chosen), None)
        cards.show(rows, rtl=self.words.rtl, keep=chosen)

    def _draw_side(self) -> None:
        """Beside the text there is always a pane, where there is room for one."""
        if self.is_wide:
            side = self.query_one("#side", Sheet)
            side.show(self._pane_rows(max(20, side.content_size.width), why=True))

    def _pane_rows(self, width: int, *, why: bool) -> Iterator[Row]:
        lines = pane_lines(self.editor, self.words, why=why)
        return paragraph_rows(lines, width - 1, self.manner, rtl=self.words.rtl)

    def scroll_pane(self, by: int) -> bool:
        """Scroll the pane that covers the cards; False when there is none."""
        covered = bool(self.pane) and not self.is_wide
        if covered:
            self.query_one("#cards", Sheet).scroll_rows(by * 5)
        return covered

    def draw_foot(self) -> None:
        """Show the line below: what was said, what is asked, or the keys that matter."""
        self.query_one("#bottom", Sheet).show([self._foot()], rtl=self.words.rtl)

    def _foot(self) -> Row:
        if self._said is not None:
            return self._said
        selection = self.selection
        if self.pick is not None:
            role = role_label(self.editor.schema, self.pick.role or "", self.words.language)
            focus = self.editor.focus
            frame = type_label(self.editor.schema, focus, self.words.language) if focus else ""
            prompt = "pick_slot" if self.pick.role else self.pick.purpose.prompt
            asked = self.words(prompt, role=role, type=frame)
            return message_line(asked)
        if selection is not None:
            text = selection.of(self.editor.view.document.text)
            keys = mark_keys(self)
            return type_line(self.editor, self.words, self.keyboard, text[:30], keys)
        situation = self.editor.situation(selecting=False)
        return footline(situation, self.words, self.keyboard, self.keymap)

    def say(self, text: str | None, *, bad: bool = False) -> None:
        """Say something in the line below until the next key."""
        self._said = message_line(text, bad=bad) if text else None
        self.draw_foot()

    # ------------------------------------------------------------------ keys

    @property
    def selection(self) -> Span | None:
        """The selected code points without the white space around them."""
        selected = self.passage.selection
        if selected is None:
            return None
        inside = selected.of(self.editor.view.document.text)
        start = selected.start + len(inside) - len(inside.lstrip())
        end = selected.end - len(inside) + len(inside.rstrip())
        return Span(start, end) if start < end else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command can be done now."""
        command = BY_ID.get(str(parameters[0])) if action == "do" and parameters else None
        if command is None:
            return True
        if command.deed == "undo" and self.muted is not None:
            return True
        return command.when(self.editor.situation(selecting=self.passage.selection is not None))

    def action_do(self, command_id: str) -> None:
        """Run a command of the table."""
        command = BY_ID[command_id]
        if not self.pace.allows(command.deed, self._sight(), self.press):
            self.say(self.words("not_shown"))
            return
        if command.deed in DECIDING:
            self.muted = None
        if self.pick is not None and command.deed not in deeds.KEEP_CHOOSING:
            self.pick = None
        self.attempt(lambda: deeds.DEEDS[command.deed](self, *command.arguments))

    def on_key(self, event: events.Key) -> None:
        """Take the key when letters choose something."""
        self._said = None
        if self.query_one(RtlInput).has_focus:
            return
        key = event.character or ""
        if take_key(self, event.key, key.lower()):
            event.stop()

    def attempt(self, step: Callable[[], str | None]) -> None:
        """Do something, show what it led to, and say what it said or why it was refused."""
        try:
            said = step()
        except CurateError as error:
            self.draw()
            self.say(self._told(str(error)), bad=True)
            return
        self.draw()
        if said:
            self.say(self._told(said))

    def _told(self, text: str) -> str:
        """What the project says, in the language of the interface and in one line."""
        return message(text, self.words.language).replace("\n", " · ")

    def start_pick(self, pick: Pick | None) -> None:
        """Begin a choice by letters, or end one."""
        self.pick = pick
        self.draw()

    # ------------------------------------------------------------------ mouse and messages

    def on_passage_pressed(self, event: Passage.Pressed) -> None:
        """Focus what is under the pointer; while choosing, choose it."""
        if self.pick is not None and choose_word_at(self, event.offset):
            return
        atom = self.editor.atoms.at(event.offset)
        if atom is None:
            return
        pick = self.pick
        if pick is not None and pick.purpose.fills:
            self.attempt(lambda: fill_with(self, atom))
        else:
            self.editor.focus = atom
            self.draw()

    def on_passage_selected(self) -> None:
        """Show the keys of the types."""
        self._said = None
        self.draw_foot()

    def on_sheet_pressed(self, event: Sheet.Pressed) -> None:
        """Focus the frame whose card is clicked, or choose the slot."""
        *slot, atom_id = event.target.split(" ")
        atom = self.editor.atoms.find(atom_id)
        if atom is None:
            return
        self.pick = None
        self.editor.focus = atom
        self.draw()
        if slot:
            self.action_do(f"annotate.slot_{slot[1]}")

    def on_rtl_input_submitted(self, event: RtlInput.Submitted) -> None:
        """Hand what was typed to whoever asked."""
        asked, self.asked = self.asked, None
        self._leave_line()
        if asked is not None:
            asked(event.value)

    def ask_line(self, prompt: str, value: str, then: Callable[[str], None]) -> None:
        """Ask for a line of text below."""
        line = self.query_one(RtlInput)
        self.asked = then
        line.ask(f" {prompt}", value)
        self.add_class("-asking")
        line.focus()

    def _leave_line(self) -> None:
        self.remove_class("-asking")
        self.passage.focus()

    # ------------------------------------------------------------------ panes and language

    @property
    def trigger_words(self) -> TriggerWords:
        """The schema's lexicon, read when it is first asked for."""
        if self._trigger_words is None:
            from curate.tui.triggers import TriggerWords

            self._trigger_words = TriggerWords(self.editor.schema)
        return self._trigger_words

    def toggle_pane(self, name: str) -> None:
        """Show a pane, or hide it when it is shown."""
        self.pane = "" if self.pane == name else name

    def step_back(self) -> None:
        """Leave what was begun last: a choice, a selection, a pane, a search."""
        if self.pick is not None:
            self.pick = None
        elif self.passage.drop_caret():
            return
        elif self.pane:
            self.toggle_pane(self.pane)
        elif self.found:
            self.found = ()
            errands.go_back(self)

    def leave(self) -> None:
        """Leave the workbench."""
        self.app.exit()

    def switch_language(self) -> None:
        """Say everything in the other language."""
        self.words = Words("en" if self.words.rtl else "ar")
