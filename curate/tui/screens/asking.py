"""Questions that a command asks before it can do its work: a type, a value, a line of text."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from curate.tui.atoms import Kind
from curate.tui.commands import COMMANDS, keys_of
from curate.tui.editor import CannotDo
from curate.tui.keys import key_of_code
from curate.tui.picking import Purpose, pick_fillers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from curate.model.schema import Attribute, EntityType, EventType
    from curate.model.span import Span
    from curate.tui.screens.choose import Choice
    from curate.tui.screens.desk import Desk


MOST_HITS: Final = 10_000
"""Places that a search in one document shows."""


def ask(
    screen: Desk,
    title: str,
    choices: Sequence[Choice],
    then: Callable[[str], None],
    *,
    by_name: bool = False,
) -> None:
    """Show a list and go on with what was chosen, if anything was."""
    from curate.tui.screens.choose import ChooseScreen

    def chosen(answer: str | None) -> None:
        if answer is not None:
            then(answer)

    asked = ChooseScreen(
        title,
        choices,
        words=screen.words,
        keyboard=screen.keyboard,
        by_name=by_name,
        manner=screen.manner,
    )
    screen.app.push_screen(asked, chosen)


# ---------------------------------------------------------------------- types


def ask_type(
    screen: Desk,
    kind: Kind,
    then: Callable[[str], None],
    *,
    current: str = "",
    first: Sequence[str] = (),
) -> None:
    """Ask for an event type or an entity type; those in `first` head the list."""
    schema = screen.editor.schema
    types = schema.event_types if kind is Kind.FRAME else schema.entity_types
    ordered = [*first, *(name for name in types if name not in first)]
    choices = [_type_choice(screen, types[name], is_current=name == current) for name in ordered]
    ask(screen, screen.words("choose_type"), choices, then)


def _type_choice(screen: Desk, known: EventType | EntityType, *, is_current: bool) -> Choice:
    from curate.model.schema import EventType
    from curate.tui.screens.choose import Choice

    groups = screen.editor.schema.groups
    if isinstance(known, EventType):
        colour = groups[known.group].colour if known.group in groups else ""
    else:
        colour = known.colour
    return Choice(
        id=known.name,
        names=(known.label.ar, known.name) if screen.words.rtl else (known.name, known.label.ar),
        aliases=(known.label.en,),
        key=key_of_code(known.key or ""),
        colour=colour,
        is_current=is_current,
    )


def begin_frame(screen: Desk, word: Span) -> None:
    """Build a frame on a trigger: its type from the lexicon, else by asking; then its fillers."""
    view = screen.editor.view
    known = screen.trigger_words.at(view.document.text, word, view.item.span)
    trigger = known.span if known is not None else word
    if known is not None and len(known.types) == 1:
        _add_frame(screen, known.types[0], trigger)
        return
    first = () if known is None else known.types
    ask_type(
        screen,
        Kind.FRAME,
        lambda name: screen.attempt(lambda: _add_frame(screen, name, trigger)),
        first=first,
    )


def _add_frame(screen: Desk, event_type: str, trigger: Span) -> None:
    screen.editor.add_frame(event_type, trigger)
    screen.start_pick(pick_fillers(screen.editor, None, Purpose.FILL))


def ask_subtype(screen: Desk) -> None:
    """Ask for the subtype of the focused mention."""
    from curate.tui.hints import LETTERS
    from curate.tui.screens.choose import Choice

    atom = screen.editor.focused()
    known = screen.editor.schema.entity_types.get(atom.type)
    if known is None or not known.subtypes:
        raise CannotDo(f"{atom.type} has no subtypes")
    choices = [
        Choice(name, (name, label.ar), (label.en,), key, colour=known.colour)
        for (name, label), key in zip(known.subtypes.items(), LETTERS, strict=False)
    ]
    choices.append(Choice("", (screen.words("none"),), key="b"))
    ask(
        screen,
        f"{atom.type} · {screen.words('choose_subtype')}",
        choices,
        lambda name: screen.attempt(lambda: screen.editor.set_subtype(name or None)),
    )


# ---------------------------------------------------------------------- attributes


def ask_attribute(screen: Desk) -> None:
    """Ask for a value of any attribute of the focus; each value has its letter."""
    from curate.tui.hints import hint_labels
    from curate.tui.screens.choose import Choice

    editor, words = screen.editor, screen.words
    atom = editor.focused()
    known = (
        editor.schema.frame_attributes(atom.type)
        if atom.kind is Kind.FRAME
        else editor.schema.attributes_of_mention(atom.type)
    )
    if not known:
        raise CannotDo(f"{atom.type} has no attributes")
    pairs = [(name, value) for name, a in known.items() for value in (*a.values,)]
    free = [name for name, a in known.items() if not a.values]
    labels = hint_labels(len(pairs) + len(free))
    keys = [k if len(k) == 1 else "" for k in labels]
    choices = [
        Choice(
            id=f"{name}={value}",
            names=(f"{words.of(known[name].label)}: {words.of(known[name].values[value])}",),
            aliases=(known[name].values[value].ar, f"{name} {value}"),
            key=key,
            is_current=_value_of(atom.value.attributes, known[name], name) == value,
        )
        for (name, value), key in zip(pairs, keys, strict=False)
    ]
    choices += [
        Choice(id=f"{name}=", names=(f"{words.of(known[name].label)}: …", name), key=key)
        for name, key in zip(free, keys[len(pairs) :], strict=False)
    ]
    ask(screen, words("choose_attribute"), choices, lambda answer: _set_attribute(screen, answer))


def _value_of(attributes: object, attribute: Attribute, name: str) -> str | None:
    return attributes.get(name, attribute.default) if isinstance(attributes, dict) else None


def _set_attribute(screen: Desk, answer: str) -> None:
    name, _, value = answer.partition("=")
    if value:
        screen.attempt(lambda: screen.editor.set_attribute(name, value))
        return
    screen.ask_line(
        screen.words("ask_value", name=name),
        "",
        lambda typed: screen.attempt(lambda: screen.editor.set_attribute(name, typed or None)),
    )


# ---------------------------------------------------------------------- lines of text


def ask_note(screen: Desk) -> None:
    """Ask for the note on the item."""
    old = screen.editor.view.annotation.note or ""

    def write(text: str) -> None:
        screen.editor.session.set_note(text)
        screen.editor.look()

    screen.ask_line(screen.words("ask_note"), old, lambda text: screen.attempt(lambda: write(text)))


def skip_because(screen: Desk, reason: str) -> str:
    """Skip the item and open the next one."""
    screen.editor.session.skip(reason)
    screen.editor.session.next_open()
    screen.editor.enter_item()
    return screen.words("skipped_now", key=screen.keyboard.cap("u"))


def ask_skip(screen: Desk) -> None:
    """Ask why the item is skipped."""
    screen.ask_line(
        screen.words("ask_skip"),
        "",
        lambda text: screen.attempt(lambda: skip_because(screen, text)),
    )


def ask_flag(screen: Desk) -> None:
    """Ask why the lead should look at the item."""

    def flag(text: str) -> None:
        screen.editor.session.flag(text)
        screen.editor.look()

    screen.ask_line(
        screen.words("ask_flag"),
        screen.editor.view.annotation.reason or "",
        lambda text: screen.attempt(lambda: flag(text)),
    )


def ask_item(screen: Desk) -> None:
    """Ask for the number of an item and go there."""

    def go(text: str) -> None:
        number = text.strip()
        total = screen.editor.view.total
        if not number.isdecimal() or not 1 <= int(number) <= total:
            raise CannotDo(screen.words("not_a_number", text=text))
        screen.editor.session.go_to_position(int(number))
        screen.editor.enter_item()

    screen.ask_line(screen.words("ask_go_to"), "", lambda text: screen.attempt(lambda: go(text)))


# ---------------------------------------------------------------------- search


def ask_search(screen: Desk) -> None:
    """Ask for words and find them in the document."""
    from curate.text.search import Needle

    def find(text: str) -> str | None:
        needle = Needle.of(text)
        screen.found = tuple(islice(needle.hits(screen.editor.view.document.text), MOST_HITS))
        screen.found_in, screen.hit = screen.editor.view.document.id, -1
        return go_to_hit(screen) if text.strip() else None

    screen.ask_line(screen.words("ask_search"), "", lambda text: screen.attempt(lambda: find(text)))


def go_to_hit(screen: Desk) -> str:
    """Show the next hit after the last one, from the item on at first."""
    if not screen.found:
        return screen.words("not_found")
    if screen.hit < 0:
        start = screen.editor.view.item.span.start
        after = (n for n, s in enumerate(screen.found) if s.start >= start)
        screen.hit = next(after, 0)
    else:
        screen.hit = (screen.hit + 1) % len(screen.found)
    screen.passage.show_offset(screen.found[screen.hit].start)
    return screen.words("found", number=screen.hit + 1, count=len(screen.found))


# ---------------------------------------------------------------------- commands


def ask_command(screen: Desk) -> None:
    """Find a command by its name, in either language, and run it."""
    from curate.tui.screens.choose import Choice

    situation = screen.editor.situation(selecting=screen.selection is not None)
    choices = [
        Choice(
            id=command.id,
            names=(screen.words.of(command.label),),
            aliases=(command.label.ar, command.label.en),
            detail=screen.words.of(command.help),
            shown_key=keys_of(command, screen.keymap)[0],
        )
        for command in COMMANDS
        if command.when(situation)
    ]
    ask(screen, screen.words("choose_command"), choices, screen.action_do, by_name=True)


def show_help(screen: Desk) -> None:
    """Show every command with its keys."""
    from curate.tui.screens.help import HelpScreen

    screen.app.push_screen(
        HelpScreen(screen.words, screen.keyboard, screen.keymap, manner=screen.manner)
    )
