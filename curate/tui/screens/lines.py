"""What the line above, the line below and the side pane say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.project.muting import source_of
from curate.project.queueing import Order, order_of
from curate.project.talking import counts
from curate.tui.arabic import reason
from curate.tui.commands import COMMANDS, Situation, footer_commands, keys_of
from curate.tui.keys import shown_key
from curate.tui.scene import colour_of, type_label
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.project.today import Progress
    from curate.tui.atoms import Atom
    from curate.tui.editor import Editor
    from curate.tui.keys import Keyboard
    from curate.tui.words import Words

_BAR = 10


def headline(
    editor: Editor, words: Words, project: str, *, progress: Progress | None = None
) -> Row:
    """The line above: where in the work this is, whose it is, and how far the day is."""
    view = editor.view
    order = _order(editor, words)
    bar = max(0, _BAR - len(order))
    done = round(bar * view.position / max(1, view.total))
    count = len(editor.atoms.open)
    parts = (
        Part(f" {project}", "name"),
        Part(" · ", "dim"),
        Part(words("item", position=view.position, total=view.total)),
        Part(order, "dim"),
        Part(" " + "▓" * done, "dim"),
        Part("░" * (bar - done), "dim"),
        Part(" · ", "dim"),
        Part(editor.session.annotator),
        Part(" · ", "dim"),
        Part(words("open", count=count) if count else words("nothing_open"),
             "warn" if count else "good"),
    )  # fmt: skip
    status = view.annotation.status.value
    ends = [Part(words(status), "good" if status == "done" else "dim"), Part("  ")]
    threads, unread = counts(editor.session.project, view.item.id, editor.session.annotator)
    if threads or unread:
        talk = words("threads_here", count=threads, new="●" if unread else "")
        ends.insert(0, Part(f"{talk}  ", "warn" if unread else "name"))
    if view.annotation.note or view.annotation.reason:
        ends.insert(0, Part("✎ ", "warn"))
    if editor.session.learning:
        ends.insert(0, Part(f"{words(editor.session.learning)}   ", "dim"))
    if progress is not None:
        today = words("today", items=progress.items, left=progress.left)
        ends.insert(0, Part(f"{today}   ", "dim"))
    read_only = editor.session.project.store.read_only
    saved = Part(words("only_reading"), "warn") if read_only else Part(words("saved"), "dim")
    return Row(parts, (*ends, saved, Part(" ")))


def _order(editor: Editor, words: Words) -> str:
    """How the open items come, where not as they stand."""
    order = order_of(editor.session.project).order
    return "" if order is Order.DOCUMENT else f" {words(f'order_{order}')}"


def footline(
    situation: Situation, words: Words, keyboard: Keyboard, keymap: Mapping[str, str]
) -> Row:
    """The line below: the keys that matter now, as the layout in use prints them."""
    parts = [Part(" ")]
    for command in footer_commands(situation):
        key = shown_key(keys_of(command, keymap)[0], keyboard)
        closes = command.deed == "accept" and not situation.open
        label = words("close_item") if closes else words.of(command.label)
        parts += [Part(key, "key"), Part(f" {label}  ", "dim")]
        if command.deed == "reject" and situation.on_frame:
            parts += [Part("1-9", "key"), Part(f" {words('slot')}  ", "dim")]
    return Row(tuple(parts))


def type_line(
    editor: Editor, words: Words, keyboard: Keyboard, text: str, keys: Mapping[str, str]
) -> Row:
    """The line below while text is selected: the keys that mark it, with their entity types."""
    parts = [Part(f" {words('selected')} ", "dim"), Part(text, "quote"), Part("  ")]
    for key, name in keys.items():
        colour = editor.schema.entity_types[name].colour
        parts += [Part(keyboard.cap(key), "key"), Part(f" {name}  ", "plain", colour)]
    return Row(tuple(parts))


def message_line(text: str, *, bad: bool = False) -> Row:
    """The line below when there is something to say."""
    return Row((Part(" "), Part(text, "error" if bad else "plain")))


def pane_lines(editor: Editor, words: Words, *, why: bool) -> Iterator[tuple[str, str]]:
    """The side pane as lines of text with their looks: why it was proposed, and its guideline."""
    from curate.project.guidelines import guideline

    atom = editor.focus
    if atom is None:
        return
    if why:
        yield from _why(editor, atom, words)
        yield "", "plain"
    if atom.type in editor.schema.event_types or atom.type in editor.schema.entity_types:
        for n, line in enumerate(guideline(editor.schema, atom.type, words.language)):
            example = "»" in line[:4]
            yield line, "heading" if n == 0 else "quote" if example else "plain"
            if n <= 1:
                yield "", "plain"


def _why(editor: Editor, atom: Atom, words: Words) -> Iterator[tuple[str, str]]:
    yield f"{words('why')}: {atom.span.of(editor.view.document.text)}", "heading"
    yield type_label(editor.schema, atom, words.language), "plain"
    value = atom.value
    if isinstance(value, MentionCandidate | FrameCandidate):
        yield reason(value.reason, words.language), "plain"
        yield f"{value.producer} · {words('score', score=f'{value.score:.2f}')}", "dim"
        if source_of(value) is not None:
            yield words("may_mute", key="M"), "dim"
    else:
        yield words("from_candidate" if value.candidate else "by_you"), "dim"


def help_rows(words: Words, keyboard: Keyboard, keymap: Mapping[str, str]) -> Iterator[Row]:
    """Every command under its heading, with its keys."""
    group = None
    for command in COMMANDS:
        if command.group is not group:
            if group is not None:
                yield Row()
            group = command.group
            yield Row((Part(f" {words.of(group.value)}", "heading"),))
        keys = " ".join(shown_key(k, keyboard) for k in keys_of(command, keymap))
        yield Row((Part(f"  {keys:<12} ", "key"), Part(words.of(command.help))))


def type_colour(editor: Editor) -> str:
    """The colour of the focus's type."""
    return "" if editor.focus is None else colour_of(editor.schema, editor.focus)
