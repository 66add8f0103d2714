from __future__ import annotations

from collections import Counter

from curate.tui.commands import COMMANDS, Situation, bindings, footer_commands, keys_of
from curate.tui.keys import US_PLAIN, US_SHIFTED, Keyboard, key_name
from curate.tui.screens.deeds import DEEDS, KEEP_CHOOSING
from curate.tui.screens.lines import help_rows
from curate.tui.words import Words


def test_every_command_has_a_deed_an_id_and_words_in_both_languages() -> None:
    assert len({c.id for c in COMMANDS}) == len(COMMANDS)
    for command in COMMANDS:
        assert command.deed in DEEDS
        assert all((command.label.en, command.label.ar, command.help.en, command.help.ar))
    assert {c.deed for c in COMMANDS} == set(DEEDS)
    assert set(DEEDS) >= KEEP_CHOOSING


def test_no_key_is_bound_twice() -> None:
    keys = Counter(k for c in COMMANDS for k in keys_of(c, {}))
    assert [key for key, times in keys.items() if times > 1] == []


def test_bindings_can_be_remapped_by_id() -> None:
    assert {b.id for b in bindings()} == {c.id for c in COMMANDS}
    accept = COMMANDS[0]
    assert keys_of(accept, {accept.id: "space"}) == ["space"]


def test_character_keys_are_bound_by_names_that_textual_knows() -> None:
    names = {key_name(c) for c in US_PLAIN + US_SHIFTED}
    special = {"enter", "tab", "space", "escape", "delete", "home", "end"}
    special |= {"left", "right", "up", "down", "pageup", "pagedown"}
    for command in COMMANDS:
        for key in keys_of(command, {}):
            name = key.rsplit("+", 1)[-1]
            assert name in names | special or (name[0] == "f" and name[1:].isdigit()), key


def test_the_footer_names_only_what_can_be_done() -> None:
    ids = {c.id for c in footer_commands(Situation())}
    assert "annotate.accept" in ids
    assert "annotate.accept_all" not in ids
    assert "annotate.undo" not in ids
    assert "annotate.accept_all" in {c.id for c in footer_commands(Situation(open=2))}


def test_the_help_lists_every_command_with_the_keys_of_the_user() -> None:
    rows = list(help_rows(Words("en"), Keyboard(), {"annotate.undo": "f9"}))
    text = "\n".join("".join(p.text for p in row.parts) for row in rows)
    assert "F9" in text
    for command in COMMANDS:
        assert command.help.en in text
