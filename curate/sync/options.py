"""Options of producers that come from outside: text by name, every one checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Mapping


def checked_options(
    name: str, given: Mapping[str, str], known: Mapping[str, str]
) -> Mapping[str, str]:
    """The options, if all are known; `CurateError` names the first that is not."""
    for option in given:
        if option not in known:
            listed = "; ".join(f"{n}: {about}" for n, about in known.items())
            raise CurateError(f"{name} has no option {option}", f"there are: {listed}")
    return given


def number(name: str, given: Mapping[str, str], option: str, default: float) -> float:
    """An option that is a number above nought and below an hour's seconds."""
    if option not in given:
        return default
    try:
        value = float(given[option])
    except ValueError:
        value = 0.0
    if not 0 < value <= 3600:
        raise CurateError(
            f"{name}: {option} cannot be {given[option]!r}", "give a number from 1 to 3600"
        )
    return value
