"""The user's own keys: each belongs to a command that there is, and is a key that there is."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from textual.keys import Keys

from curate.errors import CurateError
from curate.tui.commands import BY_ID
from curate.tui.keys import US_PLAIN, US_SHIFTED, key_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_MODIFIERS = frozenset({"shift", "ctrl", "alt", "super", "hyper", "meta"})
_NAMES = {k.value for k in Keys} | {key_name(c) for c in US_PLAIN + US_SHIFTED}
_NAMES |= {"space", *US_PLAIN, *US_SHIFTED}


def checked(keys: Mapping[str, str]) -> dict[str, str]:
    """The table `[keys]` of the settings, as it is.

    Raises `CurateError` for a command or a key that there is not, with the nearest names.
    """
    for name, pressed in keys.items():
        if name not in BY_ID:
            raise CurateError(
                f"[keys] in the settings: there is no command {name!r}", _near(name, BY_ID)
            )
        for key in pressed.split(","):
            _check_key(name, key.strip())
    return dict(keys)


def _check_key(command: str, key: str) -> None:
    *modifiers, name = key.split("+") if key.strip("+") else [key]
    if name not in _NAMES or not _MODIFIERS.issuperset(modifiers):
        raise CurateError(
            f"[keys] in the settings: {command} cannot be put on {key!r}", _near(name, _NAMES)
        )


def _near(name: str, known: Mapping[str, object] | set[str]) -> str:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return "`curate help keys` lists them all"
